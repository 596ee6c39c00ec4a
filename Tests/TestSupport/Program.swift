package import Foundation

/// Runs the built program as a user would.
package enum Program {
  package struct Result: Sendable {
    package let status: Int32
    package let output: String
    package let talk: String
  }

  /// The program beside the test bundle that is running.
  package static let path: String = {
    let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let beside = bundle.appendingPathComponent("archive").path
    if FileManager.default.isExecutableFile(atPath: beside) { return beside }
    return TestFolders.project + "/.build/debug/archive"
  }()

  /// Starts the program without waiting for it.
  package static func start(_ arguments: [String], output: FileHandle? = nil) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.standardOutput = output ?? FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// Runs the program to its end.
  package static func run(_ arguments: [String]) throws -> Result {
    let process = Process()
    let (output, talk) = (Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.standardOutput = output
    process.standardError = talk
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    let words = talk.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, output: String(decoding: data, as: UTF8.self),
      talk: String(decoding: words, as: UTF8.self))
  }
}
