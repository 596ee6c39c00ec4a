import Foundation
import TestSupport
import TextDecoding
import Testing

@Suite struct JSONValidatorTests {
  /// nst/JSONTestSuite: `y_` must be accepted, `n_` rejected, `i_` may be either.
  @Test(.enabled(if: TestFolders.fixtures != nil))
  func givesAllVerdictsOfTheSuite() throws {
    let folder = try #require(TestFolders.fixtures) + "/json-test-suite/test_parsing"
    var counts: [Character: Int] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
      let isValid = try MappedFile.read("\(folder)/\(name)") { bytes in
        (try? JSONValidator.validate(bytes)) != nil
      }
      if name.hasPrefix("y_") { #expect(isValid, "\(name)") }
      if name.hasPrefix("n_") { #expect(!isValid, "\(name)") }
      if let first = name.first { counts[first, default: 0] += 1 }
    }
    #expect(counts["y"] == 95)
    #expect(counts["n"] == 188)
  }

  /// What the tolerant reader meets, it survives: no file makes it trap or run on.
  @Test(.enabled(if: TestFolders.fixtures != nil))
  func tolerantReaderSurvivesTheSuite() throws {
    let folder = try #require(TestFolders.fixtures) + "/json-test-suite/test_parsing"
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      try MappedFile.read("\(folder)/\(name)") { bytes in
        var reader = JSONReader(bytes, repair: .escapedBytes)
        try? reader.skip()
        #expect(reader.position <= bytes.count)
      }
    }
  }
}
