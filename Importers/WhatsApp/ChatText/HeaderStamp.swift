/// The numbers and words at the start of a message's first line, before their order is known.
struct HeaderStamp {
  /// A number of a date and how many digits it was written with.
  struct Number: Equatable {
    var value = 0
    var digits = 0
  }

  /// The three numbers of the date in the order of the line.
  var first = Number()
  var second = Number()
  var third = Number()
  var hour = 0
  var minute = 0
  /// Nil if the header shows none.
  var seconds: Int?
  /// What the words beside the time say of the half of the day.
  var period = DayPeriod.none
  /// True if a word beside the time is in no table.
  var hasUnknownWord = false
  /// A letter before the year, as in the Japanese `R4`.
  var era: Unicode.Scalar?
  /// What stands between the numbers of the date.
  var separator: Unicode.Scalar = "/"
  /// True for `[stamp] Name: …`, as iPhones write it.
  var isBracketed = false
  /// True for a stamp that ends as a sentence could: only a sender behind it makes a header.
  var needsSender = false
  /// What must be the same in all headers of one file, as a hash.
  var shape: UInt64 = 0
  /// The offset in the file after the header: the sender or the text begins there.
  var end = 0

  /// True for times that a clock can show; 24:00 and a leap second are let through.
  var isTime: Bool { hour < 25 && minute < 60 && seconds ?? 0 < 61 }
}
