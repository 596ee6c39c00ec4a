#if canImport(Glibc)
  import Glibc
#endif

/// What the program says beside its data: on standard error.
enum Talk {
  static func say(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

  static func error(_ text: String) { say("archive: " + VisibleText.line(text)) }

  /// Data, on standard output.
  static func print(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

  static func write(_ text: String, to descriptor: Int32) {
    var text = text
    text.withUTF8 { bytes in
      var offset = 0
      while offset < bytes.count {
        let written = Glibc.write(
          descriptor, bytes.baseAddress.map { $0 + offset }, bytes.count - offset)
        if written < 0, errno == EINTR { continue }
        guard written > 0 else { exit(errno == EPIPE ? 0 : ExitStatus.failed) }
        offset += written
      }
    }
  }

  static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
  static var talkIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// True if colours are wanted: on a terminal, unless `NO_COLOR` is set.
  static var hasColour: Bool {
    guard outputIsTerminal else { return false }
    let no = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
    return !no
  }
}

/// Text from chats, made harmless for a terminal.
enum VisibleText {
  /// The text with control characters and direction overrides shown as `<U+001B>`.
  ///
  /// Line breaks and tabs stay; everything else that moves a cursor or turns text round does not.
  static func block(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHidden) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      guard isHidden(scalar) else {
        result.append(scalar)
        continue
      }
      let digits = String(scalar.value, radix: 16, uppercase: true)
      let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
      result.append(contentsOf: "<U+\(padded)>".unicodeScalars)
    }
    return String(result)
  }

  /// The same on one line.
  static func line(_ text: String) -> String {
    let flat = text.unicodeScalars.map { scalar -> Unicode.Scalar in
      scalar == "\n" || scalar == "\t" || scalar == "\r" ? " " : scalar
    }
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: flat)
    return block(String(scalars))
  }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A, 0x09: false
    case 0x00...0x1F, 0x7F...0x9F, 0x200E, 0x200F, 0x061C, 0x202A...0x202E, 0x2066...0x2069,
      0x2028, 0x2029, 0xFEFF:
      true
    default: false
    }
  }
}
