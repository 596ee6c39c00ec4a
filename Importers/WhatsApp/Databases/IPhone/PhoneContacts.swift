import ForeignDatabases
import Importing
import InboxModel
import TextDecoding

/// The address book of an iPhone as WhatsApp keeps it: `ContactsV2.sqlite`.
enum PhoneContacts {
  static func fits(_ db: ForeignDatabase) -> Bool {
    db.has("ZWAADDRESSBOOKCONTACT", ["ZFULLNAME"])
  }

  static func read(_ db: ForeignDatabase, _ emit: (ImportEvent) throws -> Void) throws {
    let table = "ZWAADDRESSBOOKCONTACT"
    let wanted = ["Z_PK", "ZFULLNAME", "ZGIVENNAME", "ZWHATSAPPID", "ZPHONENUMBER", "ZABOUTTEXT"]
    let columns = wanted.map { db.has(table, [$0]) ? $0 : "NULL" }.joined(separator: ", ")
    try db.forEach("SELECT \(columns) FROM \(table)") { row in
      let written = (row.text(1) ?? row.text(2)).map(InvisibleMarks.cleanName)
      let name = written?.isEmpty == true ? nil : written
      let handle = row.text(3).flatMap(JID.init)?.handle
      if let handle, let name { try emit(.person(PersonName(handle: handle, name: name))) }
      let number = handle ?? row.text(4)
      try emit(
        .record(
          Record(
            kind: .contact, name: name, contacts: [number].compactMap(\.self),
            detail: row.text(5).map { [Record.Detail(label: "about", value: $0)] } ?? [],
            place: RecordPlace(offset: row.integer(0) ?? 0, length: 0))))
    }
  }
}

/// The calls of an iPhone as WhatsApp keeps them: `CallHistory.sqlite`.
enum PhoneCalls {
  static func fits(_ db: ForeignDatabase) -> Bool {
    db.has("ZWACDCALLEVENT", ["Z_PK", "ZDATE", "ZDURATION"])
  }

  static func read(_ db: ForeignDatabase, _ emit: (ImportEvent) throws -> Void) throws {
    let people = try participants(db)
    let kinds = try kinds(db)
    let key = db.has("ZWACDCALLEVENT", ["Z1CALLEVENTS"]) ? "Z1CALLEVENTS" : "NULL"
    try db.forEach("SELECT Z_PK, ZDATE, ZDURATION, \(key) FROM ZWACDCALLEVENT") { row in
      guard let id = row.integer(0), let time = PhoneTime.time(row.real(1)) else {
        return try emit(.issue(ImportIssue(.lost, "a call without a time", offset: row.integer(0))))
      }
      let kind = row.integer(3).flatMap { kinds[$0] }
      let seconds = max(0, row.integer(2) ?? 0)
      let text = DatabaseAmounts.call(
        isVideo: kind?.isVideo == true, isMissed: kind?.isIncoming != false && seconds == 0,
        seconds: seconds)
      try emit(
        .record(
          .call(
            with: people[id], isOwn: kind?.isIncoming == false, time.milliseconds, text, id)))
    }
  }

  private static func participants(_ db: ForeignDatabase) throws -> [Int64: String] {
    var people: [Int64: String] = [:]
    let table = "ZWACDCALLEVENTPARTICIPANT"
    guard db.has(table, ["Z1PARTICIPANTS", "ZJIDSTRING"]) else { return people }
    try db.forEach("SELECT Z1PARTICIPANTS, ZJIDSTRING FROM \(table)") { row in
      if let call = row.integer(0), let handle = row.text(1).flatMap(JID.init)?.handle {
        people[call] = handle
      }
    }
    return people
  }

  private static func kinds(
    _ db: ForeignDatabase
  ) throws -> [Int64: (isIncoming: Bool, isVideo: Bool)] {
    var kinds: [Int64: (isIncoming: Bool, isVideo: Bool)] = [:]
    let table = "ZWAAGGREGATECALLEVENT"
    guard db.has(table, ["Z_PK", "ZINCOMING", "ZVIDEO"]) else { return kinds }
    try db.forEach("SELECT Z_PK, ZINCOMING, ZVIDEO FROM \(table)") { row in
      if let id = row.integer(0) { kinds[id] = (row.integer(1) == 1, row.integer(2) == 1) }
    }
    return kinds
  }
}
