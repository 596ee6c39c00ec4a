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

  /// Reads an object: lists in it hold records, at any level; an object without such is one itself.
  private static func readObject(
    _ reader: inout JSONReader, _ maker: RecordMaker, _ emit: (ImportEvent) throws -> Void,
    _ count: inout Int
  ) throws {
    _ = reader.peek()
    let (start, before) = (reader.position, count)
    var plain: [(key: String, value: JSONValue)] = []
    var hasLists = false
    try reader.beginObject()
    while let key = try reader.nextKey() {
      let isPart = partsOfRecords.contains(key) || maker.kind.isOneObject(key)
      switch reader.peek() {
      case .array where !isPart:
        hasLists = true
        try readList(&reader, maker, emit, &count)
      case .object where !isPart:
        hasLists = true
        try readObject(&reader, maker, emit, &count)
      default: plain.append((key, try JSONValue(&reader)))
      }
    }
    guard !plain.isEmpty else { return }
    if !hasLists || plain.contains(where: { partsOfRecords.contains($0.key) }) {
      return try hand(out: .object(plain), start, reader.position, maker, emit, &count)
    }
    let reason =
      "\(plain.count) values beside a list of \(count - before) records stay in the file only"
    try emit(.issue(ImportIssue(.note, reason, offset: Int64(start))))
  }

  /// Keys whose lists are parts of one record, not lists of records.
  private static let partsOfRecords: Set<String> = [
    "label_values", "string_map_data", "string_list_data", "media_list_data", "media_map_data",
    "media", "data", "attachments", "details", "tags",
  ]

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

extension RecordKind {
  /// True if a list or an object under a key is part of one record of this kind.
  fileprivate func isOneObject(_ key: String) -> Bool {
    switch self {
    // All of a profile is one; so is a list of its entries' entry.
    case .profile: !key.hasPrefix("profile_") || key == "profile_uri"
    case .support, .report: key == "messages"
    default: false
    }
  }
}
