import Foundation
import TestSupport
import Testing

/// Killed anywhere, an import that is run again gives what an undisturbed one gives.
@Suite struct CrashTests {
  @Test func convergesAfterFiftyKills() throws {
    let downloads = try TestFolders.sampleNames().map { "\(TestFolders.samples)/\($0)/download" }
    let arguments = ["import"] + downloads + ["--timezone", "Asia/Amman", "--region", "JO"]
    try TestFolders.withScratch { scratch in
      let clean = scratch + "/clean"
      let begin = Date()
      #expect(try Program.run(arguments + ["--archive", clean]).status == 0)
      let duration = Date().timeIntervalSince(begin)
      let expected = try Captured.dump(clean)
      for round in 0..<50 {
        let folder = "\(scratch)/\(round)"
        let process = try Program.start(arguments + ["--archive", folder])
        Thread.sleep(forTimeInterval: Double.random(in: 0...duration))
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        let again = try Program.run(arguments + ["--archive", folder])
        #expect(again.status == 0, "\(again.talk)")
        let found = try Captured.dump(folder)
        #expect(found == expected, "round \(round)")
        try FileManager.default.removeItem(atPath: folder)
        if found != expected { return }
      }
    }
  }
}
