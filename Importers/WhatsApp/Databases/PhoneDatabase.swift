import ForeignDatabases
import Importing
import TextDecoding

/// A database of a phone, told by its tables and not by its name.
enum PhoneDatabase {
  /// Reads whatever of WhatsApp's databases a file is.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - log: The log of changes beside it; nil if there is none.
  ///   - emit: Gets what is found.
  /// - Throws: `FileDamage` where it stops being readable, `NotThisFormat` if it is none of them.
  static func read(
    _ bytes: ByteView, log: ByteView?, _ emit: @escaping (ImportEvent) throws -> Void
  ) throws {
    do {
      let db = try ForeignDatabase(
        UnsafeRawBufferPointer(bytes.buffer(0..<bytes.count)),
        log: log.map { UnsafeRawBufferPointer($0.buffer(0..<$0.count)) },
        release: { bytes.release(from: 0, to: bytes.count) })
      // A phone that is moving from one schema to the other has both.
      let (modern, legacy) = (try AndroidMessages.count(db), try AndroidLegacy.count(db))
      if modern > 0, modern >= legacy {
        var reader = try AndroidMessages(db, emit: emit)
        try reader.read(count: modern)
      } else if legacy > 0 {
        var reader = try AndroidLegacy(db, emit: emit)
        try reader.read()
      } else if AndroidContacts.fits(db) {
        try AndroidContacts.read(db, emit)
      } else if PhoneMessages.fits(db) {
        var reader = try PhoneMessages(db, emit: emit)
        try reader.read()
      } else if PhoneContacts.fits(db) {
        try PhoneContacts.read(db, emit)
      } else if PhoneCalls.fits(db) {
        try PhoneCalls.read(db, emit)
      } else {
        if let damage = db.damage { throw FileDamage(damage) }
        throw NotThisFormat(
          "the database holds no messages, contacts or calls of WhatsApp"
            + (db.keepsLog && log == nil ? "; it was copied without its -wal file" : ""))
      }
      if let damage = db.damage {
        throw FileDamage("it is damaged, and read as far as it goes: \(damage)")
      }
    } catch let error as ForeignDatabaseError {
      throw FileDamage(error.reason)
    }
  }
}
