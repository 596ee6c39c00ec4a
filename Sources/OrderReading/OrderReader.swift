import Foundation
package import InboxModel

/// Reads the orders out of a conversation between a business and one customer.
package struct OrderReader: OrderFinding {
  private let region: String?

  /// - Parameter region: The business's country, two letters: it says what `دينار` and `1.200` mean.
  package init(region: String?) {
    self.region = region?.uppercased()
  }

  /// The currency of a country, two letters; nil if there is no such country.
  package static func currency(ofRegion region: String) -> String? {
    Currencies.ofRegion(region.uppercased())
  }

  package func read(_ next: () throws -> OrderMessage?) rethrows -> [ReadOrder] {
    let marker = OrderMarker(region: region)
    // The first messages say in which languages people write; then each is read and forgotten.
    var first: [OrderText] = []
    while first.count < ActiveLanguages.enough, let message = try next() {
      first.append(marker.mark(message))
    }
    let languages = ActiveLanguages(first)
    var episodes = Episodes(region: region)
    for text in first { read(text.message, languages, marker, &episodes) { text } }
    first.removeAll()
    while let message = try next() {
      read(message, languages, marker, &episodes) { marker.mark(message) }
    }
    return episodes.finish()
  }

  private func read(
    _ message: OrderMessage, _ languages: ActiveLanguages, _ marker: OrderMarker,
    _ episodes: inout Episodes, _ mark: () -> OrderText
  ) {
    // Between orders most of what people say has nothing to do with one.
    guard !episodes.isIdle(at: message.sentAt) || marker.mayBegin(message.text) else {
      return episodes.skip(message.id)
    }
    var text = mark()
    languages.keepOnly(&text)
    text.dropIdleRequests()
    NumberMasks.apply(&text, region: region)
    episodes.read(text)
  }
}
