import InboxModel
import TextDecoding

/// What a record says, label by label, whichever of Meta's three grammars it is written in.
///
/// Source: named arrays of plain objects since 2018; `string_map_data` and `string_list_data` of
/// Instagram; `label_values` of both since 2023, whose `ent_field_name` is the same in every
/// language, unlike the labels.
struct RecordFacts {
  struct Fact {
    let label: String
    let text: String
  }

  private(set) var facts: [Fact] = []
  /// Times in the order of the record, by label: milliseconds since 1970 in UTC.
  private(set) var times: [(label: String, milliseconds: Int64)] = []

  /// Says nothing yet.
  init() {}

  init(_ value: JSONValue) { collect(value, label: "") }

  mutating func add(_ text: String, label: String) {
    facts.append(Fact(label: label, text: text))
  }

  mutating func add(time milliseconds: Int64, label: String) {
    times.append((label, milliseconds))
  }

  /// The first text under one of these labels, in the order of the labels.
  func text(_ labels: String...) -> String? {
    for label in labels {
      if let found = facts.first(where: { $0.label.lowercased() == label }) { return found.text }
    }
    return nil
  }

  /// When it happened: the time of the record itself before that of its changes.
  var time: Int64? {
    for label in ["created_timestamp", "creation_timestamp", "timestamp", "time"] {
      if let found = times.first(where: { $0.label.lowercased() == label }) {
        return found.milliseconds
      }
    }
    return times.first?.milliseconds
  }

  // MARK: Collecting

  private mutating func collect(_ value: JSONValue, label: String) {
    switch value {
    case .text(let text):
      if !text.isEmpty { facts.append(Fact(label: label, text: text)) }
    case .number(let text):
      if let time = RecordFacts.time(text, label) {
        times.append((label, time))
      } else {
        facts.append(Fact(label: label, text: text))
      }
    case .boolean(let isTrue): facts.append(Fact(label: label, text: isTrue ? "true" : "false"))
    case .null: break
    case .list(let items): for item in items { collect(item, label: label) }
    case .object(let fields): collect(fields, label: label)
    }
  }

  private mutating func collect(_ fields: [(key: String, value: JSONValue)], label: String) {
    let object = JSONValue.object(fields)
    // A labelled value names itself; its own name goes before the words of a language.
    if let own = object["ent_field_name"]?.words ?? object["label"]?.words,
      fields.contains(where: { RecordFacts.values.contains($0.key) })
    {
      for (key, value) in fields where RecordFacts.values.contains(key) {
        collect(value, label: own)
      }
      return
    }
    for (key, value) in fields {
      switch key {
      case "string_map_data":
        guard case .object(let entries) = value else { continue }
        for (name, entry) in entries { collectEntry(entry, label: name) }
      case "string_list_data", "label_values", "vec", "dict", "media_list_data", "data":
        collect(value, label: label)
      case "value" where !label.isEmpty: collect(value, label: label)
      default: collect(value, label: key)
      }
    }
  }

  /// `{href, value, timestamp}` under a label.
  private mutating func collectEntry(_ entry: JSONValue, label: String) {
    if let text = entry["value"]?.words ?? entry["href"]?.words {
      facts.append(Fact(label: label, text: text))
    }
    if case .number(let number)? = entry["timestamp"],
      let time = RecordFacts.time(number, "timestamp")
    {
      times.append((label, time))
    }
  }

  private static let values: Set<String> = [
    "value", "timestamp_value", "href", "vec", "dict", "media", "title", "description",
  ]

  /// A number that is a time: seconds since 1970, or milliseconds under a name that says so.
  private static func time(_ text: String, _ label: String) -> Int64? {
    guard let number = Int64(text) else { return nil }
    if SourceTime.plausible.contains(number) { return number }
    let name = label.lowercased()
    guard
      name.contains("time") || name.contains("date") || name == "updated" || name == "created"
        || number > 1_000_000_000
    else { return nil }
    let (milliseconds, overflow) = number.multipliedReportingOverflow(by: 1_000)
    return !overflow && SourceTime.plausible.contains(milliseconds) ? milliseconds : nil
  }
}
