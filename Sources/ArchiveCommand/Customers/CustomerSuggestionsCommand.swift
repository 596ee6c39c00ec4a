import ArgumentParser
import SocialArchive

/// `archive customers suggestions`
struct CustomerSuggestionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suggestions",
    abstract: "Lists customers who may be one; accepts or rejects suggestions.",
    discussion: """
      What is rejected is never suggested again.

      EXAMPLES
        archive customers suggestions
        archive customers suggestions --accept 3 --accept 8 --reject 5
        archive customers suggestions --reject-all
      """)

  @Option(help: "The number of a suggestion: they are one.")
  var accept: [Int64] = []

  @Option(help: "The number of a suggestion: they are not.")
  var reject: [Int64] = []

  @Flag(name: .customLong("accept-all"), help: "All are one.")
  var acceptAll = false

  @Flag(name: .customLong("reject-all"), help: "None is.")
  var rejectAll = false

  @OptionGroup var archive: ArchiveOptions

  func validate() throws {
    if acceptAll, rejectAll { throw ValidationError("accept all, or reject all?") }
    if let both = accept.first(where: reject.contains) {
      throw ValidationError("suggestion \(both) cannot be accepted and rejected.")
    }
  }

  func run() throws {
    let suggestions = try archive.opened.customerSuggestions()
    let answered = accept + reject
    guard !answered.isEmpty || acceptAll || rejectAll else { return show(suggestions) }
    let rest = suggestions.map(\.number).filter { !answered.contains($0) }
    // First of all what is apart: what is joined then follows it.
    let rejected = reject + (rejectAll ? rest : [])
    let accepted = accept + (acceptAll ? rest : [])
    let decisions = try archive.opened.answer(rejecting: rejected, accepting: accepted)
    if archive.json {
      return Talk.print("{\"decisions\":[\(decisions.map(String.init).joined(separator: ","))]}")
    }
    Talk.say("\(accepted.count) accepted, \(rejected.count) rejected.")
    if let last = decisions.last { Talk.say("To undo the last: archive customers undo \(last)") }
  }

  private func show(_ suggestions: [CustomerSuggestion]) {
    for suggestion in suggestions {
      if archive.json {
        Talk.print(suggestion.json)
        continue
      }
      let first = VisibleText.line(suggestion.firstName ?? "(no name)")
      let second = VisibleText.line(suggestion.secondName ?? "(no name)")
      Talk.print(
        "\(suggestion.number)  \(first) (\(suggestion.first)) = \(second) (\(suggestion.second))?")
      for reason in suggestion.reasons { Talk.print("    \(VisibleText.line(reason))") }
    }
    if !archive.json { Talk.say("\(suggestions.count) suggestions") }
  }
}

/// `archive customers merge A B …`
struct CustomerMergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Says that customers are one.")

  @Argument(help: "Two customers or more.")
  var customers: [String]

  @OptionGroup var archive: ArchiveOptions

  func validate() throws {
    if customers.count < 2 { throw ValidationError("say two customers at least.") }
  }

  func run() throws {
    let (decisions, card) = try archive.opened.merge(customers)
    CustomerText.print(decisions, [card], archive.json)
  }
}

/// `archive customers split CUSTOMER PROFILE …`
struct CustomerSplitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "split",
    abstract: "Parts profiles from a customer, for ever.",
    discussion: """
      EXAMPLES
        archive customers show 12
        archive customers split 12 p40
      """)

  @Argument(help: "The customer.")
  var customer: String

  @Argument(help: "Profiles, by the numbers that `show` gives, such as p40.")
  var profiles: [String]

  @OptionGroup var archive: ArchiveOptions

  func run() throws {
    let numbers = try profiles.map { text -> Int64 in
      guard let number = Int64(text.hasPrefix("p") ? String(text.dropFirst()) : text) else {
        throw ArchiveFailure.failed(
          "\(text) is no profile. See: archive customers show \(customer)")
      }
      return number
    }
    let (decision, cards) = try archive.opened.split(customer, numbers)
    CustomerText.print([decision], cards, archive.json)
  }
}

/// `archive customers undo [N]`
struct CustomerUndoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo", abstract: "Takes back a decision: the last, or the one of a number.")

  @Argument(help: "The number of a decision, as `decisions` lists them.")
  var number: Int64?

  @OptionGroup var archive: ArchiveOptions

  func run() throws {
    let entry = try archive.opened.undo(number)
    if archive.json { return Talk.print(entry.json) }
    Talk.say("Undone: \(CustomerText.line(entry))")
  }
}

/// `archive customers decisions`
struct CustomerDecisionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decisions", abstract: "Lists what was decided, the last first.")

  @OptionGroup var archive: ArchiveOptions

  func run() throws {
    let entries = try archive.opened.decisions()
    for entry in entries { Talk.print(archive.json ? entry.json : CustomerText.line(entry)) }
    if !archive.json { Talk.say("\(entries.count) decisions") }
  }
}
