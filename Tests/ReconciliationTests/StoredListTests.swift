import ArchiveStore
import Foundation
import Testing

/// Lists of text in one column: what goes in comes out, and any JSON reader understands it.
@Suite struct StoredListTests {
  @Test(
    arguments: [
      [], [""], ["Rania"], ["a", "b"], ["a,", ","], ["say \"hi\"", "c:\\dir"],
      ["line\nbreak", "ليلى"],
      ["[\"x\"]", "]"],
    ])
  func aListComesBack(_ list: [String]) throws {
    let text = StoredList.text(list)
    #expect(StoredList.values(text) == list)
    #expect(try JSONDecoder().decode([String].self, from: Data(text.utf8)) == list)
  }

  @Test func othersSpellingIsRead() {
    #expect(StoredList.values(#"[ "a" , "b" ]"#) == ["a", "b"])
    #expect(StoredList.values(#"["\u0041"]"#) == ["A"])
  }
}
