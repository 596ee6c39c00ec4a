/// The order in which a country usually writes dates.
struct UsualOrder {
  let order: DateOrder
  let reason: String

  /// Countries that write the month first, by Unicode's CLDR.
  private static let monthFirst: Set = [
    "AS", "FM", "GU", "MH", "MP", "PA", "PH", "PR", "PW", "UM", "US", "VI",
  ]

  /// - Parameter region: A country, two letters of ISO 3166; nil gives nil.
  init?(region: String?) {
    guard let region else { return nil }
    order = UsualOrder.monthFirst.contains(region) ? .monthDayYear : .dayMonthYear
    reason = "the usual order in \(region)"
  }
}
