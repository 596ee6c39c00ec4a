import Foundation

extension ChatShape {
  /// Shapes that phones write, by country, device and version.
  static let all: [ChatShape] = iPhones + androids + files

  private static let iPhones: [ChatShape] = [
    ChatShape("iPhone en-US", "en", "[M/d/yy, h:mm:ss\u{202F}a] "),
    ChatShape("iPhone en-US before 2023", "en", "[M/d/yy, h:mm:ss a] "),
    ChatShape("iPhone en-GB", "en", "[dd/MM/yyyy, HH:mm:ss] "),
    ChatShape("iPhone en-CA", "en", "[yyyy-MM-dd, h:mm:ss\u{202F}a] ").with {
      $0.periods = ["a.m.", "p.m."]
    },
    ChatShape("iPhone en-ZA", "en", "[yyyy/MM/dd, HH:mm:ss] "),
    ChatShape("iPhone en-AU", "en", "[d/M/yyyy, h:mm:ss a] ").with { $0.periods = ["am", "pm"] },
    ChatShape("iPhone de", "de", "[dd.MM.yy, HH:mm:ss] "),
    ChatShape("iPhone de-CH", "de", "[dd.MM.yyyy, HH:mm:ss] "),
    ChatShape("iPhone German words, US dates", "de", "[M/d/yy, h:mm:ss\u{202F}a] "),
    ChatShape("iPhone fr", "fr", "[dd/MM/yyyy HH:mm:ss] "),
    ChatShape("iPhone fr, older", "fr", "[dd/MM/yyyy à HH:mm:ss] "),
    ChatShape("iPhone fr-CA", "fr", "[yyyy-MM-dd HH' h 'mm' min 'ss' s'] "),
    ChatShape("iPhone es", "es", "[d/M/yy, HH:mm:ss] "),
    ChatShape("iPhone es-MX", "es", "[dd/MM/yy, h:mm:ss a] ").with {
      $0.periods = ["a.m.", "p.m."]
    },
    ChatShape("iPhone es-CO", "es", "[d/MM/yy, h:mm:ss\u{202F}a] ").with {
      $0.periods = ["a.\u{A0}m.", "p.\u{A0}m."]
    },
    ChatShape("iPhone pt", "pt", "[dd/MM/yy, HH:mm:ss] "),
    ChatShape("iPhone it", "it", "[dd/MM/yy, HH:mm:ss] "),
    ChatShape("iPhone nl", "nl", "[dd-MM-yyyy HH:mm:ss] "),
    ChatShape("iPhone el", "el", "[d/M/yy, h:mm:ss a] ").with { $0.periods = ["π.μ.", "μ.μ."] },
    ChatShape("iPhone he", "he", "[dd/MM/yyyy, H:mm:ss] "),
    ChatShape("iPhone he, dots", "he", "[d.M.yyyy, H:mm:ss] "),
    ChatShape("iPhone ar", "ar", "[d\u{200F}/M\u{200F}/yyyy، h:mm:ss\u{A0}a] ").with {
      $0.periods = ["ص", "م"]
    },
    ChatShape("iPhone ar, 2025", "ar", "\u{200F}[\u{200F}d\u{200F}/M\u{200F}/yyyy، h:mm:ss a] ")
      .with { $0.periods = ["ص", "م"] },
    ChatShape("iPhone ar-EG", "ar", "[d\u{200F}/M\u{200F}/yyyy، h:mm:ss\u{A0}a] ").with {
      $0.periods = ["ص", "م"]
      $0.zero = "\u{660}"
    },
    ChatShape("iPhone fa", "fa", "[yyyy/M/d،‏ H:mm:ss] ").with { $0.zero = "\u{6F0}" },
    ChatShape("iPhone fa, Persian calendar", "fa", "[yyyy/M/d،‏ H:mm:ss] ").with {
      $0.zero = "\u{6F0}"
      $0.calendar = .persian
    },
    ChatShape("iPhone ur", "ur", "[d/M/yyyy، h:mm:ss a] "),
    ChatShape("iPhone tr", "tr", "[d.MM.yyyy HH:mm:ss] "),
    ChatShape("iPhone ru", "ru", "[dd.MM.yyyy, HH:mm:ss] "),
    ChatShape("iPhone ja", "ja", "[yyyy/MM/dd H:mm:ss] "),
    ChatShape("iPhone ja, halves", "ja", "[yyyy/MM/dd ah:mm:ss] ").with {
      $0.periods = ["午前", "午後"]
      $0.countsFromZero = true
    },
    ChatShape("iPhone ko", "ko", "[yyyy. M. d. a h:mm:ss] ").with { $0.periods = ["오전", "오후"] },
    ChatShape("iPhone zh", "zh", "[yyyy/M/d ah:mm:ss] ").with { $0.periods = ["上午", "下午"] },
    ChatShape("iPhone th", "en", "[d/M/yyyy HH:mm:ss] ").with { $0.calendar = .buddhist },
    ChatShape("iPhone th, BE", "en", "[d/M/yyyy BE, HH:mm:ss] ").with { $0.calendar = .buddhist },
    ChatShape("iPhone vi", "en", "[HH:mm:ss, d/M/yyyy] "),
    ChatShape("iPhone fi", "en", "[d.M.yyyy klo H.mm.ss] "),
    ChatShape("iPhone da", "en", "[dd.MM.yyyy HH.mm.ss] "),
    ChatShape("iPhone id", "id", "[dd/MM/yy HH.mm.ss] "),
    ChatShape("iPhone hu", "en", "[yyyy. MM. dd. H:mm:ss] "),
    ChatShape("iPhone hr", "en", "[dd. MM. yyyy. HH:mm:ss] "),
  ]

  private static let androids: [ChatShape] = [
    ChatShape("Android en-US", "en", "M/d/yy, h:mm\u{202F}a - "),
    ChatShape("Android en-US before 2023", "en", "M/d/yy, h:mm a - "),
    ChatShape("Android en-GB", "en", "dd/MM/yyyy, HH:mm - "),
    ChatShape("Android en-IN", "en", "dd/MM/yy, h:mm\u{202F}a - ").with {
      $0.periods = ["am", "pm"]
    },
    ChatShape("Android en-CA", "en", "yyyy-MM-dd, h:mm\u{202F}a - ").with {
      $0.periods = ["a.m.", "p.m."]
    },
    ChatShape("Android de", "de", "dd.MM.yy, HH:mm - "),
    ChatShape("Android fr", "fr", "dd/MM/yyyy HH:mm - "),
    ChatShape("Android fr, older", "fr", "dd/MM/yyyy à HH:mm - "),
    ChatShape("Android es", "es", "d/M/yy, H:mm - "),
    ChatShape("Android es-CO", "es", "d/MM/yyyy, h:mm\u{A0}a - ").with {
      $0.periods = ["a.\u{A0}m.", "p.\u{A0}m."]
    },
    ChatShape("Android pt-BR", "pt", "dd/MM/yyyy HH:mm - "),
    ChatShape("Android it", "it", "dd/MM/yy, HH:mm - "),
    ChatShape("Android nl", "nl", "dd-MM-yyyy HH:mm - "),
    ChatShape("Android el", "el", "d/M/yy, h:mm a - ").with { $0.periods = ["π.μ.", "μ.μ."] },
    ChatShape("Android he", "he", "dd/MM/yyyy, H:mm - "),
    ChatShape("Android ar", "ar", "d\u{200F}/M\u{200F}/yyyy، h:mm\u{A0}a - ").with {
      $0.periods = ["ص", "م"]
    },
    ChatShape("Android ar-EG", "ar", "d\u{200F}/M\u{200F}/yyyy، h:mm\u{A0}a - ").with {
      $0.periods = ["ص", "م"]
      $0.zero = "\u{660}"
    },
    ChatShape("Android ar-SA, Hijri calendar", "ar", "d/M/yyyy، HH:mm - ").with {
      $0.calendar = .islamicCivil
    },
    ChatShape("Android fa", "fa", "yyyy/M/d،\u{200F} H:mm - ").with { $0.zero = "\u{6F0}" },
    ChatShape("Android ur", "ur", "d/M/yyyy، h:mm a - "),
    ChatShape("Android hi", "hi", "d/M/yyyy, h:mm a - ").with { $0.periods = ["am", "pm"] },
    ChatShape("Android mr, Devanagari digits", "en", "d/M/yy, h:mm a - ").with {
      $0.periods = ["म.पू.", "म.उ."]
      $0.zero = "\u{966}"
    },
    ChatShape("Android tr", "tr", "d.MM.yyyy HH:mm - "),
    ChatShape("Android ru", "ru", "dd.MM.yyyy, HH:mm - "),
    ChatShape("Android bg", "en", "d.MM.yy\u{202F}г., HH:mm - "),
    ChatShape("Android cs", "en", "dd.MM.yy HH:mm - "),
    ChatShape("Android ja", "ja", "yyyy/MM/dd H:mm - "),
    ChatShape("Android ko", "ko", "yyyy. M. d. a h:mm - ").with { $0.periods = ["오전", "오후"] },
    ChatShape("Android ko, short", "ko", "yy. M. d. a h:mm - ").with {
      $0.periods = ["오전", "오후"]
    },
    ChatShape("Android zh", "zh", "yyyy/M/d ah:mm - ").with { $0.periods = ["上午", "下午"] },
    ChatShape("Android zh, 24", "zh", "yyyy/M/d HH:mm - "),
    ChatShape("Android th", "en", "d/M/yyyy HH:mm - ").with { $0.calendar = .buddhist },
    ChatShape("Android ms", "en", "d/MM/yy, h:mm a - ").with { $0.periods = ["PG", "PTG"] },
    ChatShape("Android vi", "en", "HH:mm, dd/MM/yyyy - "),
    ChatShape("Android id", "id", "dd/MM/yy HH.mm - "),
    ChatShape("Android sv", "en", "yyyy-MM-dd HH:mm - "),
    ChatShape("Android sq", "en", "d.M.yy, h:mm a - ").with { $0.periods = ["p.d.", "m.d."] },
    ChatShape("Android full-width digits", "zh", "yyyy/M/d HH:mm - ").with { $0.zero = "\u{FF10}" },
  ]

  /// Not the phone but what became of its file.
  private static let files: [ChatShape] = [
    ChatShape("Android, UTF-16", "en", "dd/MM/yyyy, HH:mm - ").with {
      $0.encoding = .utf16LittleEndian
      $0.startsWithMark = true
    },
    ChatShape("iPhone, UTF-16 the other way", "de", "[dd.MM.yy, HH:mm:ss] ").with {
      $0.encoding = .utf16BigEndian
      $0.startsWithMark = true
    },
    ChatShape("Android, with a mark", "he", "dd/MM/yyyy, H:mm - ").with {
      $0.startsWithMark = true
    },
    ChatShape("before 2016", "en", "dd/MM/yyyy HH:mm:ss: "),
  ]
}
