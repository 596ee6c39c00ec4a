import ForeignDatabases
import InboxModel

/// The chats of an Android database.
struct AndroidChats {
  struct Chat {
    let address: JID?
    let subject: String?
    let members: [String]
  }

  private(set) var all: [Int64: Chat] = [:]

  init(_ db: ForeignDatabase, _ people: AndroidPeople) throws {
    let members = try AndroidChats.members(db, people)
    let account = db.has("chat", ["account_jid_row_id"]) ? "account_jid_row_id" : "NULL"
    let subject = db.has("chat", ["subject"]) ? "subject" : "NULL"
    try db.forEach("SELECT _id, jid_row_id, \(account), \(subject) FROM chat") { row in
      guard let id = row.integer(0), let jid = row.integer(1) else { return }
      // One person may have a chat under the number and one under the hidden number.
      let address = people.address(row.integer(2) ?? jid) ?? people.address(jid)
      let subject = row.text(3)
      all[id] = Chat(
        address: address, subject: subject?.isEmpty == true ? nil : subject,
        members: members[jid] ?? [])
    }
  }

  /// The members of groups, by the row of the group's address.
  private static func members(
    _ db: ForeignDatabase, _ people: AndroidPeople
  ) throws -> [Int64: [String]] {
    var members: [Int64: [String]] = [:]
    let table = "group_participant_user"
    guard db.has(table, ["group_jid_row_id", "user_jid_row_id"]) else { return members }
    try db.forEach("SELECT group_jid_row_id, user_jid_row_id FROM \(table)") { row in
      guard let group = row.integer(0), let handle = people.handle(row.integer(1)) else { return }
      members[group, default: []].append(handle)
    }
    return members
  }
}

extension InboxModel.Thread {
  /// A chat of a phone's database.
  ///
  /// - Parameters:
  ///   - key: Names the chat inside its database.
  ///   - address: Whom the chat is with; nil if the database lost it.
  ///   - title: A group's subject, or what the phone calls the other.
  ///   - members: The handles of a group's members.
  ///   - owner: What the phone's owner is called.
  init(key: String, address: JID?, title: String?, members: [String], owner: String) {
    let isDirect = address?.handle != nil
    self.init(
      key: key, platformID: address?.conversation, title: title,
      participants: isDirect ? [owner] + [address?.handle].compactMap(\.self) : [owner] + members,
      kind: address == nil ? nil : isDirect ? .direct : .group, order: .oldestFirst,
      showsReactions: true, ownerNames: [owner])
  }
}
