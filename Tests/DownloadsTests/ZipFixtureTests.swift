import Downloads
import Foundation
import TestSupport
import Testing

/// thejoshwolfe/yauzl's archives: all of `success/` is read or named as encrypted, all of
/// `failure/` is reported.
@Suite(.enabled(if: TestFolders.fixtures != nil)) struct ZipFixtureTests {
  private func folder(_ name: String) throws -> String {
    try #require(TestFolders.fixtures) + "/zip/test/" + name
  }

  private struct Reading {
    var files: [String: [UInt8]] = [:]
    var complaints: [String] = []
    var hazards: [String] = []
  }

  private func read(_ path: String) throws -> Reading {
    var reading = Reading()
    do {
      try Part(path: path, kind: .zip).forEachEntry(
        { entry in
          var bytes: [UInt8] = []
          let outcome = try entry.read { bytes += $0 }
          if let hazard = entry.name.hazard { reading.hazards.append(hazard) }
          switch outcome {
          case .whole: reading.files[entry.name.text] = bytes
          case .damaged(let reason), .unreadable(let reason): reading.complaints.append(reason)
          }
        }, problem: { reading.complaints.append($0.reason) })
    } catch let error as DownloadError {
      reading.complaints.append(error.description)
    }
    return reading
  }

  @Test func readsEverySuccess() throws {
    let folder = try folder("success")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    let zips = names.filter { $0.hasSuffix(".zip") }
    #expect(zips.count == 22)
    for zip in zips {
      let reading = try read("\(folder)/\(zip)")
      let isEncrypted = zip.hasPrefix("traditional-encryption")
      let isBogus = zip == "bogus-compression-method.zip"
      #expect(
        reading.complaints.isEmpty != (isEncrypted || isBogus), "\(zip) \(reading.complaints)")
      if isEncrypted { #expect(reading.complaints.contains { $0.contains("encrypted") }, "\(zip)") }
      let beside = "\(folder)/\(zip.dropLast(4))"
      for (name, bytes) in reading.files {
        guard let expected = FileManager.default.contents(atPath: "\(beside)/\(name)") else {
          continue
        }
        #expect(Data(bytes) == expected, "\(zip): \(name)")
      }
    }
  }

  @Test func reportsEveryFailure() throws {
    let folder = try folder("failure")
    let zips = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(zips.count == 24)
    for zip in zips {
      let reading = try read("\(folder)/\(zip)")
      #expect(!(reading.complaints + reading.hazards).isEmpty, "\(zip)")
    }
  }

  @Test func readsUnicodeNames() throws {
    let reading = try read(try folder("success/unicode-path-extra-field.zip"))
    #expect(reading.files.keys.contains { $0.unicodeScalars.contains { $0.value > 0x2FFF } })
  }
}
