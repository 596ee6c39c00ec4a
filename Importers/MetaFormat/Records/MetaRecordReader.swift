package import Importing
package import InboxModel
import TextDecoding

/// Reads the records of a JSON file beside the messages.
///
/// Source: files of one list or several, of one object where the list has one entry, or of objects
/// by id. An entry is what stands in the innermost list that holds objects.
package enum MetaRecordReader {
  /// Emits the records of a file.
  ///
  /// - Throws: `NotThisFormat` if the file holds no records, `FileDamage` where it breaks off.
  package static func read(
    _ file: SourceFile, kind: RecordKind, _ emit: (ImportEvent) throws -> Void
  ) throws {
    var reader = JSONReader(file.bytes, repair: .escapedBytes)
    let maker = RecordMaker(kind: kind)
    var count = 0
    do {
      switch reader.peek() {
      case .array: try readList(&reader, maker, emit, &count)
      case .object: try readObject(&reader, maker, emit, &count)
      case .end: throw FileDamage("the file is empty")
      default: throw NotThisFormat("it holds no list")
      }
    } catch let damage as JSONDamage {
      throw FileDamage(damage)
    }
    if !reader.notes.isEmpty {
      try emit(.issue(ImportIssue(.mended, "mended: \(reader.notes.summary)")))
    }
  }

  private static func readList(
    _ reader: inout JSONReader, _ maker: RecordMaker, _ emit: (ImportEvent) throws -> Void,
    _ count: inout Int
  ) throws {
    try reader.beginArray()
    while try reader.nextElement() {
      _ = reader.peek()
      let start = reader.position
      let value = try JSONValue(&reader)
      try hand(out: value, start, reader.position, maker, emit, &count)
    }
  }

  private static func readObject(
    _ reader: inout JSONReader, _ maker: RecordMaker, _ emit: (ImportEvent) throws -> Void,
    _ count: inout Int
  ) throws {
    _ = reader.peek()
    let start = reader.position
    try reader.beginObject()
    var plain: [(key: String, value: JSONValue)] = []
    while let key = try reader.nextKey() {
      if reader.peek() == .array, !partsOfRecords.contains(key) {
        try readList(&reader, maker, emit, &count)
        continue
      }
      let begin = reader.position
      let value = try JSONValue(&reader)
      // A list or records by id may stand one level down: `{"address_book": {"address_book": []}}`.
      if case .object(let fields) = value, !partsOfRecords.contains(key), maker.kind != .profile {
        let end = reader.position
        try handInner(fields, begin, end, maker, emit, &count)
      } else {
        plain.append((key, value))
      }
    }
    // What is left is an entry by itself, if it says more than a name of the file.
    let object = JSONValue.object(plain)
    if plain.contains(where: { partsOfRecords.contains($0.key) }) || maker.kind == .profile {
      try hand(out: object, start, reader.position, maker, emit, &count)
    }
  }

  /// Keys whose lists are parts of one record, not lists of records.
  private static let partsOfRecords: Set<String> = [
    "label_values", "string_map_data", "string_list_data", "media_list_data", "media_map_data",
    "media", "data", "attachments", "details", "tags",
  ]

  private static func handInner(
    _ fields: [(key: String, value: JSONValue)], _ start: Int, _ end: Int, _ maker: RecordMaker,
    _ emit: (ImportEvent) throws -> Void, _ count: inout Int
  ) throws {
    let lists = fields.filter {
      if case .list(let items) = $0.value, case .object? = items.first {
        return !partsOfRecords.contains($0.key)
      }
      return false
    }
    if lists.isEmpty || maker.kind == .support || maker.kind == .report {
      return try hand(out: .object(fields), start, end, maker, emit, &count)
    }
    for (_, value) in lists {
      guard case .list(let items) = value else { continue }
      for item in items { try hand(out: item, start, end, maker, emit, &count) }
    }
  }

  private static func hand(
    out value: JSONValue, _ start: Int, _ end: Int, _ maker: RecordMaker,
    _ emit: (ImportEvent) throws -> Void, _ count: inout Int
  ) throws {
    let place = RecordPlace(offset: Int64(start), length: Int64(end - start))
    guard
      let record = maker.record(
        RecordFacts(value), precision: .second, place: place)
    else { return }
    count += 1
    try emit(.record(record))
  }
}
