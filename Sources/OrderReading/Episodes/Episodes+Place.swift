import Foundation
import InboxModel

/// Where it goes, and whom to call.
extension Episodes {
  /// Address and telephone.
  mutating func readPlace(_ reading: Reading) {
    guard open != nil else { return }
    let isAnswer = askedPlace.map { reading.place - $0 <= 3 } ?? false
    if let found = addressReader.read(
      reading.text, isAnswer: isAnswer, isOrder: open?.placedAt == reading.text.message.sentAt),
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
