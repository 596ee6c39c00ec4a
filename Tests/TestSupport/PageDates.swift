import Foundation

/// How an account's language writes the times of pages.
package struct PageDates: Sendable, CustomStringConvertible {
  package let description: String
  private let months: [String]
  private let shape: @Sendable (Parts, String) -> String

  /// The fields of a time on the page's clock.
  struct Parts: Sendable {
    let year, month, day, hour, minute, second: Int

    var twelve: Int { hour % 12 == 0 ? 12 : hour % 12 }
    var clock24: String { String(format: "%02d:%02d", hour, minute) }
    var clock12: String { String(format: "%d:%02d", twelve, minute) }
    var paddedDay: String { String(format: "%02d", day) }
  }

  /// A time in milliseconds, on a clock that stands this many hours east of UTC.
  package func text(_ time: Int64, hours: Int) -> String {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(secondsFromGMT: hours * 3_600) ?? .gmt
    let fields = calendar.dateComponents(
      [.year, .month, .day, .hour, .minute, .second],
      from: Date(timeIntervalSince1970: Double(time) / 1_000)
    )
    let parts = Parts(
      year: fields.year ?? 0, month: fields.month ?? 1, day: fields.day ?? 1,
      hour: fields.hour ?? 0, minute: fields.minute ?? 0, second: fields.second ?? 0)
    return shape(parts, months[parts.month - 1])
  }

  private init(
    _ description: String, _ months: String, _ shape: @escaping @Sendable (Parts, String) -> String
  ) {
    self.description = description
    self.months = months.split(separator: " ").map {
      $0.replacingOccurrences(of: "_", with: " ")
    }
    self.shape = shape
  }

  private static let english = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"

  /// Times as pages since May 2018 show them, by language.
  package static let modern: [PageDates] = [
    PageDates("en", english) {
      "\($1) \($0.paddedDay), \($0.year) \($0.clock12) \($0.hour < 12 ? "am" : "pm")"
    },
    PageDates("en-comma", english) {
      "\($1) \($0.day), \($0.year), \($0.clock12)\u{202F}\($0.hour < 12 ? "AM" : "PM")"
    },
    PageDates("en-at", english) {
      "\($1) \($0.day), \($0.year) at \($0.clock12) \($0.hour < 12 ? "AM" : "PM")"
    },
    PageDates("en-seconds", english) {
      "\($1) \($0.paddedDay), \($0.year) \($0.clock12):\(String(format: "%02d", $0.second))"
        + ($0.hour < 12 ? "am" : "pm")
    },
    PageDates("fr-numbers", "01 02 03 04 05 06 07 08 09 10 11 12") {
      "\($0.paddedDay)/\($1)/\($0.year), \($0.clock24)"
    },
    PageDates("en-24", english) { "\($0.day) \($1) \($0.year), \($0.clock24)" },
    PageDates("ar", "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر") {
      "\($1) \($0.day), \($0.year) \($0.clock12) \($0.hour < 12 ? "ص" : "م")"
    },
    PageDates(
      "ar-levant",
      "كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول"
    ) { "\($0.day) \($1) \($0.year) \($0.clock12) \($0.hour < 12 ? "صباحًا" : "مساءً")" },
    PageDates(
      "ar-digits", "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"
    ) {
      let text = "\($0.day) \($1) \($0.year)، \($0.clock24)"
      return String(
        text.unicodeScalars.map { scalar -> Character in
          guard ("0"..."9").contains(scalar), let digit = Unicode.Scalar(scalar.value + 0x630)
          else {
            return Character(scalar)
          }
          return Character(digit)
        })
    },
    PageDates("el", "Ιαν Φεβ Μαρ Απρ Μαΐ Ιουν Ιουλ Αυγ Σεπ Οκτ Νοε Δεκ") {
      "\($1) \($0.day), \($0.year) \($0.clock12) \($0.hour < 12 ? "π.μ." : "μ.μ.")"
    },
    PageDates("he", "ינו׳ פבר׳ מרץ אפר׳ מאי יוני יולי אוג׳ ספט׳ אוק׳ נוב׳ דצמ׳") {
      "\($0.day) ב\($1) \($0.year), \($0.clock24)"
    },
    PageDates("tr", "Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara") {
      "\($1) \($0.day), \($0.year) \($0.hour < 12 ? "ÖÖ" : "ÖS") \($0.clock12)"
    },
    PageDates("es", "ene feb mar abr may jun jul ago sep oct nov dic") {
      "\($1) \($0.day), \($0.year) \($0.clock12) \($0.hour < 12 ? "am" : "pm")"
    },
    PageDates("pt-BR", "jan fev mar abr mai jun jul ago set out nov dez") {
      "\($1) \($0.day), \($0.year) \($0.clock12) \($0.hour < 12 ? "da manhã" : "da tarde/noite")"
    },
    PageDates("fr", "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.") {
      "\($0.day) \($1) \($0.year), \($0.clock24)"
    },
    PageDates("de", "01. 02. 03. 04. 05. 06. 07. 08. 09. 10. 11. 12.") {
      "\($0.paddedDay).\($1)\($0.year) \($0.clock24)"
    },
    PageDates("ja", "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月") {
      "\($1) \($0.day), \($0.year) \($0.clock12) \($0.hour < 12 ? "AM" : "PM")"
    },
  ]
}
