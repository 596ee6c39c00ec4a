/// What may be left of a Turkish word without its endings.
///
/// Snowball's Turkish stemmer gives forms of one word different stems (elbise, elbiseler) and makes one
/// of different words (altın, altı). Endings are taken off here one after the other; those that may
/// as well belong to the word are taken off only from the words of messages, never from the query's.
enum TurkishStems {
  private struct Rule {
    /// The ending: `A` is a or e, `I` one of ı i u ü, `D` d or t.
    let ending: [Unicode.Scalar]
    /// What must stand before it.
    let before: Before
    let isSure: Bool
    /// Letters that must be left.
    let least: Int
  }

  private enum Before {
    case anything, vowel, consonant
    /// `yor`, or a past tense.
    case yor, past
  }

  private static func rule(
    _ ending: String, _ before: Before = .anything, sure: Bool = true, least: Int = 3
  ) -> Rule {
    Rule(ending: Array(ending.unicodeScalars), before: before, isSure: sure, least: least)
  }

  private static let rules: [Rule] = [
    // Cases.
    rule("nIn", .vowel), rule("yI", .vowel), rule("yA", .vowel), rule("DAn", least: 4),
    rule("DA", least: 4), rule("nDAn", .vowel), rule("nDA", .vowel), rule("ylA", .vowel),
    rule("DAn", sure: false), rule("DA", sure: false), rule("lA", .consonant, sure: false),
    rule("In", .consonant, sure: false), rule("I", .consonant, sure: false, least: 2),
    rule("A", .consonant, sure: false, least: 2), rule("nI", .vowel, sure: false),
    rule("nA", .vowel, sure: false),
    // Whose it is.
    rule("sI", .vowel), rule("mIz", .vowel), rule("nIz", .vowel), rule("ImIz", .consonant),
    rule("InIz", .consonant), rule("lArI"), rule("Im", .consonant, sure: false),
    rule("m", .vowel, sure: false), rule("n", .vowel, sure: false),
    // More than one.
    rule("lAr"),
    // Verbs: who does it.
    rule("um", .yor), rule("sun", .yor), rule("uz", .yor), rule("sunuz", .yor),
    rule("mIş", sure: false, least: 4),
    rule("m", .past, sure: false, least: 4), rule("k", .past, sure: false, least: 4),
    rule("nIz", .past, sure: false, least: 4),
  ]

  /// The stems of a word.
  ///
  /// - Parameters:
  ///   - word: The word as written, in lower case.
  ///   - isQuery: True to take off only endings that are sure to be some.
  /// - Returns: The word itself and what is left of it, each once.
  static func of(_ word: String, isQuery: Bool) -> [String] {
    let start = word.unicodeScalars.map(plain)
    var found: [(letters: [Unicode.Scalar], isSure: Bool)] = [(start, true)]
    var next = 0
    while next < found.count, found.count < 24 {
      let (letters, isSure) = found[next]
      next += 1
      for rule in rules where rule.isSure || !isQuery {
        guard let rest = strip(rule, letters), !found.contains(where: { $0.letters == rest }) else {
          continue
        }
        found.append((rest, isSure && rule.isSure))
        // Before a vowel k, p, t and ç become soft: kağıt, kağıdı.
        if let soft = rest.last, let hard = hardened[soft], isVowel(letters[rest.count]) {
          found.append((rest.dropLast() + [hard], false))
        }
      }
    }
    return found.map { String(String.UnicodeScalarView($0.letters)) }
  }

  private static let hardened: [Unicode.Scalar: Unicode.Scalar] = [
    "b": "p", "c": "ç", "d": "t", "ğ": "k", "g": "k",
  ]

  private static func strip(_ rule: Rule, _ letters: [Unicode.Scalar]) -> [Unicode.Scalar]? {
    let length = letters.count - rule.ending.count
    guard length >= rule.least,
      zip(letters[length...], rule.ending).allSatisfy({ fits($0, $1) })
    else { return nil }
    let rest = letters[..<length]
    guard let last = rest.last else { return nil }
    switch rule.before {
    case .anything:
      // `da` stands behind soft letters, `ta` behind hard ones.
      if rule.ending.first == "D", let first = letters[length...].first {
        guard "fstkçşhpc".unicodeScalars.contains(last) == (first == "t") else { return nil }
      }
    case .vowel: guard isVowel(last) else { return nil }
    case .consonant: guard !isVowel(last) else { return nil }
    case .yor:
      guard rest.count > 3, String(String.UnicodeScalarView(rest.suffix(3))) == "yor" else {
        return nil
      }
    case .past:
      guard rest.count > 3, "ıiuü".unicodeScalars.contains(last),
        "dt".unicodeScalars.contains(rest[rest.endIndex - 2])
      else { return nil }
    }
    return Array(rest)
  }

  private static func fits(_ letter: Unicode.Scalar, _ sign: Unicode.Scalar) -> Bool {
    switch sign {
    case "A": letter == "a" || letter == "e"
    case "I": "ıiuü".unicodeScalars.contains(letter)
    case "D": letter == "d" || letter == "t"
    default: letter == sign
    }
  }

  private static func isVowel(_ letter: Unicode.Scalar) -> Bool {
    "aeıioöuü".unicodeScalars.contains(letter)
  }

  /// Without the circumflex, which most people leave out.
  private static func plain(_ letter: Unicode.Scalar) -> Unicode.Scalar {
    switch letter {
    case "â": "a"
    case "î": "i"
    case "û": "u"
    default: letter
    }
  }
}
