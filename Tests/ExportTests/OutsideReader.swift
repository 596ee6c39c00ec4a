import Foundation
import TestSupport

/// Programs that have nothing to do with this one, and read what it writes.
enum OutsideReader {
  /// Python with the libraries of `make readers`; nil without them.
  static let python: String? = {
    let own = TestFolders.project + "/.build-readers/bin/python"
    if FileManager.default.isExecutableFile(atPath: own) { return own }
    print("there is no .build-readers: tests with outside readers are skipped")
    return nil
  }()

  /// LibreOffice; nil where it is not installed.
  static let office = program("soffice")

  /// Chromium; nil where it is not installed.
  static let browser = program("chromium")

  private static func program(_ name: String) -> String? {
    let path = "/usr/bin/" + name
    if FileManager.default.isExecutableFile(atPath: path) { return path }
    print("there is no \(name): its tests are skipped")
    return nil
  }

  /// What a script of `Readers` prints of a file.
  static func read<Value: Decodable>(
    _ type: Value.Type, _ script: String, _ arguments: [String]
  ) throws -> Value {
    let path = Bundle.module.path(forResource: script, ofType: "py", inDirectory: "Readers") ?? ""
    let output = try run(python ?? "", [path] + arguments)
    return try JSONDecoder().decode(type, from: output)
  }

  /// Runs a program to its end and gives what it prints.
  @discardableResult
  static func run(_ program: String, _ arguments: [String]) throws -> Data {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
    return data
  }
}
