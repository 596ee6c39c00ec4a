import Foundation
import InboxModel

/// Where it goes, and whom to call.
extension Episodes {
  /// Address and telephone.
  mutating func readPlace(_ reading: Reading) {
    guard open != nil else { return }
    if mendPlace(reading) || extendPlace(reading) || isSecondPlace(reading) { return }
    let text = reading.text
    // Behind a part of an address only more of it counts.
    let isMore =
      continuesPlace(reading)
      && (text.tokens.count <= 3 || text.has("address_marker")
        || text.tokens.contains { $0.number != nil })
    let isAnswer =
      askedPlace.map { reading.place - $0 <= 3 } ?? false && open?.address == nil || isMore
    if let found = addressReader.read(
      reading.text, isAnswer: isAnswer, isPriced: open?.isAnswered == true,
      isOrder: open?.placedAt == reading.text.message.sentAt),
      open?.address == nil || found.isSure && open?.isAddressSure == false
        || reading.text.has("change") || continuesPlace(reading)
    {
      // A street makes what was taken for a place before none.
      let isStreet = reading.text.has("address_marker")
      let continues = continuesPlace(reading) && (isPlaceMarked || !isStreet)
      let before = continues ? (open?.address).map { $0 + ", " } ?? "" : ""
      isPlaceMarked = isStreet || continues && isPlaceMarked
      open?.address = before + found.text
      open?.isAddressSure = found.isSure
      placeAt = reading.place
      // Who says where it goes, once the price is known, agrees to it.
      if open?.isAnswered == true, offer != nil { open?.signs.insert(.agreed) }
      open?.prove("address", reading.id, found.range)
      open?.messages.insert(reading.place)
      if let phone = reading.text.message.phones.first {
        setPhone(phone, reading)
        return
      }
    }
    if let phone = reading.text.message.phones.first, open?.phone == nil {
      setPhone(phone, reading)
    }
  }

  /// "Sorry, 54, not 44": another number in the address.
  ///
  /// - Returns: True if the message mended it.
  private mutating func mendPlace(_ reading: Reading) -> Bool {
    guard let (old, new) = mended(reading), let address = open?.address else { return false }
    var result = ""
    var digits = ""
    for sign in address {
      if sign.isNumber {
        digits.append(sign)
      } else {
        result += (digits == old ? new : digits) + String(sign)
        digits = ""
      }
    }
    open?.address = result + (digits == old ? new : digits)
    open?.prove("address", reading.id, reading.text.stored(0..<reading.text.bytes.count))
    open?.messages.insert(reading.place)
    return true
  }

  /// The number that was wrong in the address, and the right one, as written; nil if none is mended.
  func mended(_ reading: Reading) -> (old: String, new: String)? {
    let text = reading.text
    guard let address = open?.address, text.message.phones.isEmpty,
      ["negation", "change", "replace", "mistake"].contains(where: { text.has($0) })
    else { return nil }
    let numbers = Set(
      text.tokens.indices.filter { text.tokens[$0].number != nil }.map { text.slice($0..<($0 + 1)) }
    )
    let known = Set(address.split { !$0.isNumber }.map(String.init))
    guard numbers.count == 2, let old = numbers.first(where: known.contains),
      let new = numbers.first(where: { !known.contains($0) })
    else { return nil }
    return (old, new)
  }

  /// "Calle Autonomía", "44", "3º dcha": the number of a house in a message of its own.
  private mutating func extendPlace(_ reading: Reading) -> Bool {
    guard isPiece(reading), let address = open?.address else { return false }
    open?.address = address + " " + reading.text.slice(0..<reading.text.tokens.count)
    open?.messages.insert(reading.place)
    placeAt = reading.place
    return true
  }

  /// "And the second one to my mother": another place, where one is known.
  private func isSecondPlace(_ reading: Reading) -> Bool {
    open?.address != nil
      && reading.text.tokens.prefix(3).contains { Episodes.seconds.contains($0.folded) }
  }

  private static let seconds = SmallWords.second.words

  /// True for a number right behind a message with a part of the address.
  func isPiece(_ reading: Reading) -> Bool {
    let text = reading.text
    guard continuesPlace(reading), previous?.isOwner == false, text.tokens.count <= 4,
      let number = text.tokens.first?.number, number < 10_000, text.message.phones.isEmpty
    else { return false }
    return ["quantity_unit", "currency", "order_intent", "order_add"].allSatisfy { !text.has($0) }
  }

  /// True right after a message with a part of the address.
  func continuesPlace(_ reading: Reading) -> Bool {
    placeAt == reading.place - 1 && open?.address != nil
  }

  mutating func setPhone(_ phone: OrderMessage.Phone, _ reading: Reading) {
    open?.phone = phone.number
    let range = reading.text.bytes.firstRange(of: Array(phone.raw.utf8))
    open?.prove("phone", reading.id, reading.text.stored(range ?? 0..<reading.text.bytes.count))
    open?.messages.insert(reading.place)
  }
}
