import SearchText

/// How far two names may be those of one person.
struct NameAgreement: Sendable {
  enum Likeness: Sendable {
    case same, table, sound
    /// Alike in two consonants: something only beside another word that agrees.
    case faint
    case initial
  }

  /// The pairs of words that agree.
  let pairs: [(first: PersonName.Word, second: PersonName.Word, how: Likeness)]
  /// True if both show a given name, and not the same.
  let isContradictory: Bool
  /// True if every word of the shorter name stands in the other, two at least.
  let isFull: Bool

  /// True if any word says the same in both.
  var agrees: Bool { pairs.contains { $0.how != .initial && $0.how != .faint } }
  /// The more agrees, the more it weighs.
  var weight: Int { pairs.count + (isFull ? 100 : 0) - (isContradictory ? 50 : 0) }
  /// True if nothing but the sound of a short word says the same, as of גדי and Gadi.
  var agreesFaintly: Bool { pairs.contains { $0.how == .faint } && !isContradictory }
  /// True if a word that agrees is no common name.
  var isRare: Bool {
    pairs.contains {
      $0.how != .initial && $0.how != .faint && !$0.first.isCommon && !$0.second.isCommon
    }
  }

  init(_ first: PersonName, _ second: PersonName) {
    let isTurned = first.words.count > second.words.count
    let (short, long) = isTurned ? (second.words, first.words) : (first.words, second.words)
    var free = Array(long.indices)
    var pairs: [(PersonName.Word, PersonName.Word, Likeness)] = []
    for word in short {
      let best = free.compactMap { place in
        NameAgreement.likeness(word, long[place]).map { (place, $0) }
      }.min { NameAgreement.rank($0.1) < NameAgreement.rank($1.1) }
      guard let (place, how) = best else { continue }
      free.removeAll { $0 == place }
      pairs.append(isTurned ? (long[place], word, how) : (word, long[place], how))
    }
    self.pairs = pairs
    isFull =
      pairs.count == short.count && pairs.count { $0.2 != .initial } >= 2
      && pairs.contains { $0.2 != .initial && $0.2 != .faint }
    let (mine, theirs) = (first.givenNames, second.givenNames)
    isContradictory =
      !mine.isEmpty && !theirs.isEmpty
      && !mine.contains { a in
        theirs.contains { b in
          a.folded == b.folded || !a.givenNames.isDisjoint(with: b.givenNames)
            || !Set(a.entries.map(\.canonical)).isDisjoint(with: b.entries.map(\.canonical))
        }
      }
  }

  private static func rank(_ likeness: Likeness) -> Int {
    switch likeness {
    case .same: 0
    case .table: 1
    case .sound: 2
    case .faint: 3
    case .initial: 4
    }
  }

  static func likeness(_ first: PersonName.Word, _ second: PersonName.Word) -> Likeness? {
    if first.folded == second.folded { return .same }
    if first.isInitial || second.isInitial {
      return first.sound.letters.first == second.sound.letters.first ? .initial : nil
    }
    let known = Set(first.entries.map(\.canonical))
    if !known.isDisjoint(with: second.entries.map(\.canonical)) { return .table }
    // Two names that the table tells apart are not one because they sound alike.
    if first.isCommon && second.isCommon { return nil }
    let (a, b) = (first.sound, second.sound)
    if a.hasVowels && b.hasVowels {
      guard a.spelling.count >= 4 else { return a.spelling == b.spelling ? .sound : nil }
      let isNear =
        a.spelling == b.spelling
        || a.spelling.count >= 6 && !a.skeletons.isDisjoint(with: b.skeletons)
          && EditDistance.between(a.spelling, b.spelling, atMost: 1) <= 1
      return isNear ? .sound : nil
    }
    let common = a.skeletons.intersection(b.skeletons)
    if common.contains(where: { $0.count >= 3 }) { return .sound }
    let isLong = min(a.letters.count, b.letters.count) >= 3
    return isLong && common.contains { $0.count == 2 } ? .faint : nil
  }
}
