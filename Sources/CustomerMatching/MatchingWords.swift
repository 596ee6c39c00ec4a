import SearchText
import TextDecoding

/// The words by which chats say whose a number is, what a name is, and what somebody wants:
/// `Tables/words-*.tsv`, a file for each language.
struct MatchingWords: Sendable {
  let lexicon: Lexicon
  /// Phrases that alone make a message worth reading.
  let sieve: PhraseSieve
  /// Phrases that do so beside a digit.
  let sieveWithDigits: PhraseSieve
  /// Local parts of mailboxes that belong to a role and not to a person.
  let roles: Set<String>

  static let languages = ["ar", "el", "en", "es", "fr", "he", "tr"]

  /// Read once; the files are part of the program.
  static let shared = MatchingWords()

  init() {
    let rows = MatchingWords.languages.flatMap {
      LanguageTable.rows("words-" + $0, in: .module).filter { $0.first != "category" }
    }
    // Words of links, and for the signs of addresses that are spelled out.
    let links =
      [
        "instagram", "facebook", "fb", "wa", "ig", "m me", "t me", "tiktok", "snapchat", "com",
        "net",
      ]
      + EmailFinder.atWords.map(\.text).filter { $0 != "at" } + EmailFinder.dotWords
    sieve = PhraseSieve(
      rows: rows + links.map { ["link", $0] },
      categories: ["name_given", "opt_out", "supplier", "spam", "bot", "platform", "link"])
    sieveWithDigits = PhraseSieve(rows: rows, categories: ["address_marker"])
    lexicon = Lexicon(rows: rows.filter { $0[0] != "role" })
    roles = Set(rows.filter { $0[0] == "role" }.map { $0[1] })
  }
}
