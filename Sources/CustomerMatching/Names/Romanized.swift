import Foundation

/// A word of a name in Latin letters, as far as its script says how it sounds.
struct Romanized: Sendable, Hashable {
  /// Latin letters; of Arabic and Hebrew the written ones, which leave out short vowels.
  let letters: [UInt8]
  /// True if vowels are written.
  let hasVowels: Bool

  /// - Parameter word: A folded word.
  init(_ word: String) {
    let script = word.unicodeScalars.first { $0.properties.isAlphabetic }?.value ?? 0
    hasVowels = !(0x590...0x6FF ~= script)
    if script < 0x80 {
      letters = Array(word.utf8)
    } else if let table = Romanized.table(script) {
      letters = word.unicodeScalars.flatMap { table[$0] ?? [] }
    } else {
      let latin = word.applyingTransform(.toLatin, reverse: false) ?? word
      let plain = latin.folding(options: [.diacriticInsensitive, .caseInsensitive], locale: nil)
      letters = plain.lowercased().utf8.filter { $0 < 0x80 }
    }
  }

  /// The consonants by classes that scripts confuse, without doubling; several where a letter may
  /// be a vowel too.
  ///
  /// Vowels count only at the beginning, and a silent h at the end not at all.
  var skeletons: Set<String> {
    hasVowels
      ? [Romanized.skeleton(Romanized.replaced(letters, Romanized.sounds))]
      : Romanized.withoutVowels(letters)
  }

  /// The skeletons of letters that come from a script without vowels.
  static func withoutVowels(_ letters: [UInt8]) -> Set<String> {
    let sounds = replaced(letters, sounds)
    let consonants = sounds.map { $0 == UInt8(ascii: "w") ? UInt8(ascii: "b") : $0 }
    return [skeleton(sounds), skeleton(consonants)]
  }

  /// Spelled the same but for doubling and the usual ways to write one vowel.
  var spelling: [UInt8] {
    var result: [UInt8] = []
    for letter in Romanized.replaced(letters, Romanized.spellings) where result.last != letter {
      result.append(letter)
    }
    return result
  }

  private static func skeleton(_ sounds: [UInt8]) -> String {
    var result: [UInt8] = []
    for (place, letter) in sounds.enumerated() {
      guard let sound = classes[letter] else { continue }
      if sound == UInt8(ascii: "'") {
        if place == 0 { result.append(sound) }
      } else if result.last != sound {
        result.append(sound)
      }
    }
    if result.last == UInt8(ascii: "h"), result.count > 2 { result.removeLast() }
    return String(decoding: result, as: UTF8.self)
  }

  /// The letters with two that stand for one sound, and single ones, exchanged.
  private static func replaced(_ letters: [UInt8], _ table: [UInt16: [UInt8]]) -> [UInt8] {
    var result: [UInt8] = []
    var place = 0
    while place < letters.count {
      if place + 1 < letters.count,
        let other = table[UInt16(letters[place]) << 8 | UInt16(letters[place + 1])]
      {
        result += other
        place += 2
      } else {
        if let other = table[UInt16(letters[place])] {
          result += other
        } else {
          result.append(letters[place])
        }
        place += 1
      }
    }
    return result
  }

  private static func pairs(_ text: String) -> [UInt16: [UInt8]] {
    var table: [UInt16: [UInt8]] = [:]
    for pair in text.split(separator: " ") {
      let sides = pair.split(separator: "=", omittingEmptySubsequences: false)
      let key = sides[0].utf8.reduce(UInt16(0)) { $0 << 8 | UInt16($1) }
      table[key] = sides.count > 1 ? Array(sides[1].utf8) : []
    }
    return table
  }

  /// Letters that stand together for one sound.
  private static let sounds = pairs(
    "sh=s ch=h kh=h gh=g th=t dh=d ph=f mp=b nt=d gk=g tz=s ts=s dj=g x=ks ck=k ou=u")

  /// Ways to write one sound.
  private static let spellings = pairs(
    "ou=u oo=u ee=i ea=i ei=i ai=i ay=i ey=i oi=i y=i ph=f ck=k c=k q=k x=h ch=h kh=h gh=g j=g "
      + "mp=b nt=d w=v o=u e=i th=t dh=d")

  private static let classes: [UInt8: UInt8] = {
    var table: [UInt8: UInt8] = [:]
    for (sound, letters) in [
      ("'", "aeiouyw'"), ("b", "bpvf"), ("m", "m"), ("n", "n"), ("l", "l"), ("r", "r"),
      ("t", "t"), ("d", "d"), ("k", "kqc"), ("g", "gj"), ("h", "h"), ("s", "sz"),
    ] {
      for letter in letters.utf8 { table[letter] = sound.utf8.first }
    }
    return table
  }()

  private static func table(_ script: UInt32) -> [Unicode.Scalar: [UInt8]]? {
    switch script {
    case 0x370...0x3FF: greek
    case 0x590...0x5FF: hebrew
    case 0x600...0x6FF: arabic
    default: nil
    }
  }

  private static func letters(_ text: String) -> [Unicode.Scalar: [UInt8]] {
    var table: [Unicode.Scalar: [UInt8]] = [:]
    for pair in text.split(separator: " ") {
      let scalars = Array(pair.unicodeScalars)
      table[scalars[0]] = scalars.dropFirst().map { UInt8(truncatingIfNeeded: $0.value) }
    }
    return table
  }

  /// Folded Greek letters, as ELOT 743 writes them.
  private static let greek = letters(
    "αa βv γg δd εe ζz ηi θth ιi κk λl μm νn ξx οo πp ρr σs ςs τt υy φf χch ψps ωo")
  /// Alef, ayin, waw and yod stand for vowels, too.
  private static let hebrew = letters(
    "אa בb גg דd הh וw זz חh טt יy כk ךk לl מm םm נn ןn סs עa פp ףf צs ץs קk רr שs תt")
  private static let arabic = letters(
    "اa بb تt ثt جg حh خh دd ذd رr زz سs شs صs ضd طt ظz عa غg فf قk كk لl مm نn هh وw يy ءa پp ڤv "
      + "گg چs")
}
