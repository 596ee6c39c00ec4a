import Foundation
import GRDB
import InboxModel
import TextDecoding

extension BatchWriter {
  /// Writes what a source says beside its messages.
  static func write(_ row: RecordRow, _ db: Database) throws {
    let record = row.record
    try db.cachedStatement(
      sql: """
        INSERT INTO record_sighting(source_id, number, key, platform, kind, name, text, happened_ms,
          time_precision, amount, currency, contacts, detail, place, length)
        VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
        """
    ).execute(
      arguments: [
        row.source, row.number, key(row), row.platform.rawValue, record.kind.rawValue, record.name,
        record.text, row.time, record.time?.precision.rawValue, record.amount, record.currency,
        StoredList.text(record.contacts), StoredDetail.text(record.detail), record.place.offset,
        record.place.length,
      ])
  }

  /// What two downloads must agree on for a record to be one.
  private static func key(_ row: RecordRow) -> String {
    let record = row.record
    let minute = row.time.map { String($0 / 60_000) } ?? ""
    let contacts = record.contacts.map { $0.filter { !$0.isWhitespace } }.sorted()
    return Hexadecimal.digest(
      [
        row.platform.rawValue, record.kind.rawValue, NameFolding.fold(record.name ?? ""),
        record.text ?? "", minute, record.amount ?? "", record.currency ?? "",
      ] + contacts, length: 24)
  }
}

/// The details of a record as a JSON object; a label that comes again has a list.
enum StoredDetail {
  /// The values of stored details, without their labels.
  static func values(_ text: String) -> [String] {
    let object = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    return (object ?? [:]).sorted { $0.key < $1.key }.flatMap { _, value in
      value as? [String] ?? [value as? String].compactMap(\.self)
    }
  }

  static func text(_ details: [InboxModel.Record.Detail]) -> String {
    var order: [String] = []
    var values: [String: [String]] = [:]
    for detail in details {
      if values[detail.label] == nil { order.append(detail.label) }
      values[detail.label, default: []].append(detail.value)
    }
    let fields = order.map { label in
      let found = values[label] ?? []
      let list = StoredList.text(found)
      // One value stands without its brackets.
      return StoredList.text([label]).dropFirst().dropLast() + ":"
        + (found.count == 1 ? String(list.dropFirst().dropLast()) : list)
    }
    return "{" + fields.joined(separator: ",") + "}"
  }
}
