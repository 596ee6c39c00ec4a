import TextDecoding

/// Small words that join, point or bound, of all languages at once: `Tables/small-words.tsv`. They
/// count in any talk, whatever language it is in.
enum SmallWords: String, CaseIterable {
  case addingAnd, swapJoint, why, second, article
  case tomorrow, soon, timeLead, including, threshold
  case thresholdJoint, thresholdLead, thresholdEnd, condition, inscription
  case placeWord, smallUnit, preposition, pronoun, street
  case articleOfName, joint, partitive, colourWord, spanJoint
  case numbering, receiver, unrealCondition, unreal, verbAtEnd
  case gluedUnit, between, spanAnd, possession, times

  /// The words, folded.
  var words: Set<String> { SmallWords.tables[rawValue] ?? [] }

  /// By category. Read once; the file is part of the program.
  static let tables: [String: Set<String>] = {
    let rows = LanguageTable.rows("small-words", in: .module)
      .filter { $0.count > 1 && $0[0] != "category" }
    return Dictionary(grouping: rows) { $0[0] }.mapValues { Set($0.map { $0[1] }) }
  }()
}
