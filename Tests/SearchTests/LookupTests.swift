import Foundation
import SocialArchive
import TestSupport
import Testing

/// Search answers in the language that a message was written in.
@Suite struct LookupTests {
  /// How many of the messages that are judged were found rightly, wrongly, or not at all.
  private struct Score {
    var right = 0
    var wrong = 0
    var missed = 0

    var recall: Double { Double(right) / Double(max(1, right + missed)) }
    var precision: Double { Double(right) / Double(max(1, right + wrong)) }
  }

  @Test func answersInEveryLanguage() throws {
    #expect(Lookup.all.count >= 200)
    #expect(Set(Lookup.all.map(\.language)).count >= 15)
    try TestFolders.withScratch { scratch in
      let archive = try Lookup.makeArchive(in: scratch)
      var scores: [String: Score] = [:]
      for lookup in Lookup.all {
        var request = SearchRequest(query: lookup.query)
        request.limit = 10_000
        let found = Set(try archive.search(request).messages.map { Array(($0.text ?? "").utf8) })
        for text in lookup.hits {
          if found.contains(Array(text.utf8)) {
            scores[lookup.language, default: Score()].right += 1
          } else {
            scores[lookup.language, default: Score()].missed += 1
            print("\(lookup.language): \(lookup.query) does not find: \(text)")
          }
        }
        for text in lookup.misses where found.contains(Array(text.utf8)) {
          scores[lookup.language, default: Score()].wrong += 1
          print("\(lookup.language): \(lookup.query) finds: \(text)")
        }
      }
      var all = Score()
      for score in scores.values {
        all.right += score.right
        all.wrong += score.wrong
        all.missed += score.missed
      }
      print("recall \(all.recall), precision \(all.precision), \(Lookup.all.count) look-ups")
      #expect(all.recall >= 0.97)
      #expect(all.precision >= 0.97)
      for language in ["ar", "el", "he", "en", "tr"] {
        let score = scores[language] ?? Score()
        #expect(score.recall >= 0.95, "\(language): \(score)")
        #expect(score.precision >= 0.95, "\(language): \(score)")
      }
    }
  }
}
