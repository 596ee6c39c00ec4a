import Testing

@testable import OrderReading

/// The table of small words and what reads it know the same categories.
@Suite struct SmallWordsTests {
  @Test func everyCategoryHasWords() {
    #expect(Set(SmallWords.tables.keys) == Set(SmallWords.allCases.map(\.rawValue)))
    #expect(SmallWords.unreal.words.isSuperset(of: ["had", "היה", "كان", "ειχατε"]))
  }
}
