import Importing
import InboxModel
import TextDecoding

/// The report on one's account that WhatsApp makes on request: no messages, but the owner's number,
/// the numbers of contacts and the names of groups.
///
/// Source: the keys that public readers of these reports look for. What its lists hold was not
/// seen: entries are read as texts and as objects.
enum AccountReport {
  /// The keys at the root of its files.
  private static let roots = ["wa_contacts", "wa_groups", "wa_registration_info"]

  /// True for a file that begins as one of the report's does.
  static func recognizes(_ head: [UInt8]) -> Bool {
    let text = String(decoding: head.prefix(4_096), as: UTF8.self)
    return roots.contains { text.contains("\"\($0)\"") }
  }

  static func read(_ bytes: ByteView, _ emit: (ImportEvent) throws -> Void) throws {
    let root: JSONValue
    do {
      var reader = JSONReader(bytes)
      root = try JSONValue(&reader)
    } catch {
      throw FileDamage(error)
    }
    guard case .object(let fields) = root else { throw NotThisFormat("it is no report") }
    let place = RecordPlace(offset: 0, length: Int64(bytes.count))
    var phones: [String] = []
    for field in fields {
      switch field.key {
      case "wa_contacts", "contacts":
        for entry in entries(field.value) { try emit(.record(contact(entry, place))) }
      case "wa_groups", "groups":
        for entry in entries(field.value) {
          try emit(
            .record(
              Record(
                kind: RecordKind(rawValue: "group"), name: text(entry, ["subject", "name"]),
                detail: details(entry), place: place)))
        }
      default:
        try emit(.record(Record(kind: .profile, detail: details(field.value), place: place)))
        phones += details(field.value).filter { $0.label.contains("phone") }.map(\.value)
      }
    }
    if !phones.isEmpty { try emit(.owner(OwnerFacts(names: [], phones: phones))) }
  }

  private static func contact(_ entry: JSONValue, _ place: RecordPlace) -> Record {
    let number = text(entry, ["phone_number", "phone", "number", "wa_id", "jid"])
    let handle = number.flatMap(JID.init)?.handle ?? number.map(international)
    return Record(
      kind: .contact, name: words(entry) == nil ? text(entry, ["name", "display_name"]) : nil,
      contacts: [handle].compactMap(\.self), detail: details(entry), place: place)
  }

  /// The report writes numbers with their country and without a plus.
  private static func international(_ number: String) -> String {
    number.utf8.allSatisfy { (0x30...0x39).contains($0) } && number.utf8.count > 9
      ? "+" + number : number
  }

  private static func entries(_ value: JSONValue) -> [JSONValue] {
    if case .list(let entries) = value { return entries }
    return []
  }

  private static func text(_ entry: JSONValue, _ keys: [String]) -> String? {
    words(entry) ?? keys.lazy.compactMap { entry[$0].flatMap(words) }.first
  }

  /// A text, or a number as it is written.
  private static func words(_ value: JSONValue) -> String? {
    if case .number(let digits) = value { return digits }
    return value.words
  }

  private static func details(_ value: JSONValue) -> [Record.Detail] {
    guard case .object(let fields) = value else { return [] }
    return fields.compactMap { field in
      words(field.value).map { Record.Detail(label: field.key, value: $0) }
    }
  }
}
