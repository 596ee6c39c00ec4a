import SearchText
import TextDecoding

/// The words by which chats say whose a number is, what a name is, and what somebody wants:
/// `Tables/words-*.tsv`, a file for each language.
struct MatchingWords: Sendable {
  let lexicon: Lexicon
  /// Local parts of mailboxes that belong to a role and not to a person.
  let roles: Set<String>

  static let languages = ["ar", "el", "en", "es", "fr", "he", "tr"]

  /// Read once; the files are part of the program.
  static let shared = MatchingWords()

  init() {
    let rows = MatchingWords.languages.flatMap {
      LanguageTable.rows("words-" + $0, in: .module).filter { $0.first != "category" }
    }
    lexicon = Lexicon(rows: rows.filter { $0[0] != "role" })
    roles = Set(rows.filter { $0[0] == "role" }.map { $0[1] })
  }
}
