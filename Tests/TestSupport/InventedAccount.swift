import Foundation

/// An invented account for tests: threads of messages at known times, to be rendered in any form.
package struct InventedAccount: Sendable {
  package struct Message: Sendable {
    package let sender: String
    package let text: String?
    /// UTC, milliseconds since 1970.
    package let time: Int64
    package let photo: String?
    package let reaction: (sign: String, actor: String)?
  }

  package struct Thread: Sendable {
    package let id: String
    package let people: [String]
    package let title: String
    /// Newest first, as Meta writes them.
    package let messages: [Message]
  }

  package let owner = "Rana Shop"
  package let threads: [Thread]

  /// The folder of a thread below `messages/inbox`.
  package static func folder(_ thread: Thread) -> String { "person_\(thread.id)" }

  /// An account whose content depends on the numbers only.
  ///
  /// - Parameters:
  ///   - count: The number of threads; every fifth is a group.
  ///   - messages: The number of messages of each.
  ///   - seed: Where its random numbers begin.
  package init(threads count: Int, messages: Int, seed: UInt64 = 7) {
    var numbers = SeededNumbers(seed: seed)
    let owner = self.owner
    threads = (0..<count).map { number in
      let names = InventedAccount.names
      let first = "\(names[number % names.count]) \(number)"
      let others =
        number % 5 == 4 ? [first, "\(names[(number + 3) % names.count]) \(number)b"] : [first]
      let people = others + [owner]
      // A winter half and a summer half.
      var time: Int64 = number % 2 == 0 ? 1_768_000_000_000 : 1_784_000_000_000
      let list = (0..<messages).map { index in
        time -= Int64.random(in: 0...90_000, using: &numbers)
        return InventedAccount.message(
          index, thread: number, time, people[Int.random(in: 0..<people.count, using: &numbers)],
          others[0])
      }
      return Thread(
        id: String(100_000_000 + number), people: people,
        title: others.count == 1 ? first : "Group \(number)", messages: list)
    }
  }

  private static func message(
    _ index: Int, thread: Int, _ time: Int64, _ sender: String, _ actor: String
  ) -> Message {
    let photo =
      index % 6 == 5
      ? "your_facebook_activity/messages/inbox/person_\(100_000_000 + thread)/photos/\(index).jpg"
      : nil
    let text =
      photo != nil ? nil : index % 4 == 0 ? "ok" : "\(texts[index % texts.count]) \(index)"
    return Message(
      sender: sender, text: text, time: time, photo: photo,
      reaction: index % 7 == 3 ? ("❤", actor) : nil)
  }

  private static let names = [
    "Dana Khoury", "رانيا حداد", "Ελένη Παππά", "נועה לוי", "Ayşe Yılmaz", "José Núñez",
    "O'Neil & Co",
  ]
  private static let texts = [
    "Hello, is the <cake> ready?", "كم سعر الكيكة؟", "Θέλω δύο τούρτες\nγια αύριο", "אפשר להזמין?",
    "5 & 6 are \"fine\"", "10:30 tomorrow", "Aug 10, 2026 6:32 pm",
  ]
}

/// Numbers that come the same way in every run.
package struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  package mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}
