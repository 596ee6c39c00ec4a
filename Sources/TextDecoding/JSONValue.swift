/// A value of a JSON file as a tree, for records whose shape differs from file to file.
package indirect enum JSONValue: Sendable, Equatable {
  case text(String)
  /// As written.
  case number(String)
  case boolean(Bool)
  case null
  case list([JSONValue])
  /// Keys in the order of the file; a key may come again.
  case object([(key: String, value: JSONValue)])

  /// Reads the value at the reader's position.
  ///
  /// - Throws: `JSONDamage` if the file breaks off or is nested too deeply.
  package init(_ reader: inout JSONReader) throws(JSONDamage) {
    switch reader.peek() {
    case .string: self = .text(try reader.string() ?? "")
    case .number: self = .number(try reader.rawText())
    case .literal: self = try reader.boolean().map(JSONValue.boolean) ?? .null
    case .array:
      var items: [JSONValue] = []
      try reader.beginArray()
      while try reader.nextElement() { items.append(try JSONValue(&reader)) }
      self = .list(items)
    case .object:
      var fields: [(key: String, value: JSONValue)] = []
      try reader.beginObject()
      while let key = try reader.nextKey() { fields.append((key, try JSONValue(&reader))) }
      self = .object(fields)
    default:
      try reader.skip()
      self = .null
    }
  }

  package static func == (left: JSONValue, right: JSONValue) -> Bool {
    switch (left, right) {
    case (.text(let a), .text(let b)), (.number(let a), .number(let b)): a == b
    case (.boolean(let a), .boolean(let b)): a == b
    case (.null, .null): true
    case (.list(let a), .list(let b)): a == b
    case (.object(let a), .object(let b)):
      a.count == b.count && zip(a, b).allSatisfy { $0.key == $1.key && $0.value == $1.value }
    default: false
    }
  }

  /// The value of a key of an object; nil if there is none.
  package subscript(key: String) -> JSONValue? {
    guard case .object(let fields) = self else { return nil }
    return fields.first { $0.key == key }?.value
  }

  /// The words of a text; nil for any other value and for an empty text.
  package var words: String? {
    guard case .text(let text) = self, !text.isEmpty else { return nil }
    return text
  }

  /// A whole number; nil for any other value.
  package var integer: Int64? {
    guard case .number(let text) = self else { return nil }
    return Int64(text)
  }
}
