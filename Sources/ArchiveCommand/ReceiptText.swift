import SocialArchive

/// Words a receipt.
struct ReceiptText {
  private let receipt: Receipt
  private let isRehearsal: Bool
  private static let shown = 20

  init(_ receipt: Receipt, isRehearsal: Bool) {
    self.receipt = receipt
    self.isRehearsal = isRehearsal
  }

  /// For people.
  var lines: [String] {
    var lines = receipt.parts.map { "\(VisibleText.line($0.name)): \($0.kind), \($0.files) files" }
    let order = ["read", "attachment", "kept", "ignored", "failed"]
    let files = order.compactMap { outcome in
      receipt.files[outcome].map { "\($0) \(ReceiptText.word(outcome, $0))" }
    }
    lines.append("Files: \(receipt.fileCount) = \(files.joined(separator: " + "))")
    lines.append(
      "Messages: \(receipt.messagesRead) read, \(receipt.newMessages) new, \(receipt.totalMessages) in the archive"
    )
    if let first = receipt.firstMessageAt, let last = receipt.lastMessageAt {
      lines.append("Time: \(first) to \(last)")
    }
    lines.append(
      "Archive: \(receipt.conversations) conversations, \(receipt.customers) customers, \(receipt.contactPoints) new contact points"
    )
    if !receipt.recordKinds.isEmpty {
      let kinds = receipt.recordKinds.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      lines.append(
        "Records beside the messages: "
          + kinds.map { "\(VisibleText.line($0.key)) \($0.value)" }.joined(separator: ", "))
    }
    lines += problems
    for (what, count) in receipt.notRead.sorted(by: { $0.key < $1.key }) {
      lines.append("Kept, \(VisibleText.line(what)): \(count) files")
    }
    lines += receipt.advice.map { "Missing: \(VisibleText.line($0))" }
    lines.append(isRehearsal ? "Nothing was changed." : "Imported; all of it is on the disk.")
    return lines
  }

  private static func word(_ outcome: String, _ count: Int) -> String {
    outcome == "attachment" && count != 1 ? "attachments" : outcome
  }

  private var problems: [String] {
    var lines: [String] = []
    for failure in receipt.failures.prefix(ReceiptText.shown) {
      let path = failure.path.isEmpty ? "" : VisibleText.line(failure.path) + ": "
      lines.append("Failed: \(path)\(VisibleText.line(failure.reason))")
    }
    if receipt.failures.count > ReceiptText.shown {
      lines.append(
        "Failed: \(receipt.failures.count - ReceiptText.shown) more; see archive list files")
    }
    for problem in receipt.mended.prefix(ReceiptText.shown) {
      lines.append("Note: \(VisibleText.line(problem.path)): \(VisibleText.line(problem.reason))")
    }
    if receipt.mended.count > ReceiptText.shown {
      lines.append("Note: \(receipt.mended.count - ReceiptText.shown) more")
    }
    for (reading, count) in receipt.readings.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) })
    {
      lines.append(
        "Understood: \(VisibleText.line(reading)) (\(count == 1 ? "1 file" : "\(count) files"))")
    }
    return lines
  }

  /// For programs: one object.
  var json: String { receipt.json(isRehearsal: isRehearsal) }
}
