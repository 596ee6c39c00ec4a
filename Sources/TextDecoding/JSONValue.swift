/// A value of a JSON file as a tree, for records whose shape differs from file to file.
package enum JSONValue: Sendable {
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
}
