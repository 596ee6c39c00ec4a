import TextDecoding

#if canImport(Glibc)
  import Glibc
#endif

/// Numbers the names before the first colon of messages, by their bytes.
///
/// A chat has few names and a million messages: a name is decoded when it comes first, and after
/// that found without making a string.
struct NameTable {
  /// A name, or what looks like one.
  struct Entry {
    /// Without direction marks, blanks plain.
    let name: String
    /// The name without the tilde of people who are not in the address book.
    let person: String
    /// How many messages it begins.
    var count = 0
    /// What follows the header, in the first such line.
    var firstLine: Range<Int>?
    /// How many of its messages only a person can have sent.
    var personal = 0
  }

  private(set) var entries: [Entry] = []
  private var raws: [[UInt8]] = []
  /// For each written form, the number of its name.
  private var numbers: [Int] = []
  private var places: [String: Int] = [:]
  /// Places in `raws`, by hash; -1 for none. Twice as many as there can be forms.
  private var slots = [Int32](repeating: -1, count: NameTable.size)
  private var last = (first: -1, second: -1)

  private static let size = 1 << 16
  /// So many written forms are told apart; a chat has at most a thousand members.
  private static let most = 20_000

  /// The number of a name; nil if there are too many.
  mutating func number(of raw: UnsafeBufferPointer<UInt8>) -> Int? {
    if isForm(last.first, raw) { return numbers[last.first] }
    if isForm(last.second, raw) {
      last = (last.second, last.first)
      return numbers[last.first]
    }
    guard let form = form(of: raw) else { return nil }
    last = (form, last.first)
    return numbers[form]
  }

  /// The number of a name that is known already.
  func known(_ name: String) -> Int? { places[name] }

  mutating func note(_ number: Int, line: Range<Int>, isPersonal: Bool) {
    entries[number].count += 1
    if isPersonal { entries[number].personal += 1 }
    if entries[number].firstLine == nil { entries[number].firstLine = line }
  }

  private func isForm(_ form: Int, _ raw: UnsafeBufferPointer<UInt8>) -> Bool {
    guard form >= 0, raws[form].count == raw.count else { return false }
    return raws[form].withUnsafeBytes { known in
      guard let left = known.baseAddress, let right = raw.baseAddress else { return true }
      return memcmp(left, right, raw.count) == 0
    }
  }

  private mutating func form(of raw: UnsafeBufferPointer<UInt8>) -> Int? {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in raw { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    var slot = Int((hash ^ hash >> 32) & UInt64(NameTable.size - 1))
    while case let form = Int(slots[slot]), form >= 0 {
      if isForm(form, raw) { return form }
      slot = (slot + 1) & (NameTable.size - 1)
    }
    guard raws.count < NameTable.most else { return nil }
    slots[slot] = Int32(raws.count)
    raws.append(Array(raw))
    numbers.append(add(InvisibleMarks.cleanName(String(decoding: raw, as: UTF8.self))))
    return raws.count - 1
  }

  private mutating func add(_ name: String) -> Int {
    if let known = places[name] { return known }
    let person =
      name.hasPrefix("~") ? InvisibleMarks.cleanName(String(name.dropFirst())) : name
    places[name] = entries.count
    entries.append(Entry(name: name, person: person))
    return entries.count - 1
  }
}
