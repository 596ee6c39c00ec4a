import Foundation
package import InboxModel

/// Reads the orders out of a conversation between a business and one customer.
package struct OrderReader: OrderFinding {
  private let region: String?
  private let marker: OrderMarker

  /// - Parameter region: The business's country, two letters: it says what `دينار` and `1.200` mean.
  package init(region: String?) {
    self.region = region?.uppercased()
    marker = OrderMarker(region: region?.uppercased())
  }

  package func isWorthReading(_ text: String) -> Bool { marker.isWorthReading(text) }

  package func read(_ messages: [OrderMessage]) -> [ReadOrder] {
    guard !messages.isEmpty else { return [] }
    let languages = ActiveLanguages(
      messages.prefix(ActiveLanguages.enough).lazy.map(marker.mark))
    var episodes = Episodes(region: region)
    for (place, message) in messages.enumerated() {
      // Between orders most of what people say has nothing to do with one.
      if episodes.isIdle(at: message.sentAt), !marker.mayBegin(message.text) {
        episodes.skip()
        continue
      }
      var text = marker.mark(message)
      languages.keepOnly(&text)
      text.dropConditions()
      NumberMasks.apply(&text)
      episodes.read(text, at: place)
    }
    return episodes.finish(messages)
  }
}
