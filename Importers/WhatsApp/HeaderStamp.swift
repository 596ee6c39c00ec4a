/// The numbers and words at the start of a message's first line, before any is understood.
struct HeaderStamp {
  /// A number of a date and how many digits it was written with.
  struct Number {
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
  /// The words beside the time, before and after it.
  var words: [String] = []
  /// A letter before the year, as in the Japanese `R4`.
  var era: Unicode.Scalar?
  /// What stands between the numbers of the date.
  var separator: Unicode.Scalar = "/"
  /// True for `[stamp] Name: …`, as iPhones write it.
  var isBracketed = false
  /// What must be the same in all headers of one file, as a hash.
  var shape: UInt64 = 0
  /// The offset in the file after the header: the sender or the text begins there.
  var end = 0
}
