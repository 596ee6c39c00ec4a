/// The small words by which a message in Latin letters shows its language.
enum FunctionWords {
  /// Languages, by their place in `bits`; those without a stemmer are known so that their messages
  /// are not taken for another's.
  static let languages = [
    "en", "es", "fr", "de", "it", "pt", "nl", "tr", "sv", "da", "no", "fi", "hu", "ro", "ca", "id",
    "pl", "vi", "cs", "hr", "sq", "sw",
  ]

  /// For the hash of each folded word, the languages that have it, a bit for each.
  static let bits: HashMap = {
    var bits = HashMap(size: 4_096)
    for (place, language) in languages.enumerated() {
      for word in (words[language] ?? "").split(separator: " ") {
        bits.add(1 << UInt32(place), at: WordHash.of(Array(word.utf8)[...]))
      }
    }
    return bits
  }()

  /// Letters that only some languages have, each with these languages.
  static let letters: [Unicode.Scalar: UInt32] = {
    let all = [
      "åÅ": "sv da no", "äÄ": "de sv fi", "öÖ": "de sv fi hu tr", "øØæÆ": "da no", "ß": "de",
      "üÜ": "de tr hu", "ğĞşŞıİ": "tr", "ñÑ¿¡": "es", "ãÃõÕ": "pt", "œŒêÊëîïûÿ": "fr",
      "çÇ": "fr pt tr ca sq", "őŐűŰ": "hu", "ăĂțȚșȘţ": "ro", "łŁąężźćśń": "pl",
      "đĐơƠưƯ": "vi", "řŘěĚůŮ": "cs", "ìòù": "it", "èà": "it fr ca", "éÉ": "fr es it pt hu",
      "íóúá": "es pt hu cs vi",
    ]
    var letters: [Unicode.Scalar: UInt32] = [:]
    for (signs, names) in all {
      for name in names.split(separator: " ") {
        guard let place = languages.firstIndex(of: String(name)) else { continue }
        for sign in signs.unicodeScalars { letters[sign, default: 0] |= 1 << UInt32(place) }
      }
    }
    return letters
  }()

  private static let words: [String: String] = [
    "en":
      "the and you is are was were have has had can do does did will would for with this that it my your we they what how when where not please thanks thank yes of to be want need much there from an at if or but me i",
    "es":
      "el los las una unos y que de del por para con no si esta este eso como cuanto cuando donde quiero puedo tiene hay gracias hola muy pero dos tres yo mi tu su les nos es son en lo al buenas buenos dias",
    "fr":
      "le les des une et est sont je tu il elle nous vous que qui pour avec dans sur pas ne ce cette mon ma mes votre combien quand merci bonjour oui non du au aux c j d l s il y a plait",
    "de":
      "der die das und ist sind ich du er sie wir ihr ein eine einen nicht mit fur auf von zu im den dem wie was wann wo bitte danke ja nein haben hat kann konnen mir mein noch auch gibt es",
    "it":
      "il lo gli una e di che non per con sono ho ha hai del della dei mi ti si ci vorrei grazie ciao quanto quando dove questo questa buongiorno anche al nel piu",
    "pt":
      "o os as um uma e de do da dos das que nao para com por voce eu ele ela tem quero obrigado obrigada ola bom dia quanto quando onde sim meu minha em no na esta isso pra muito",
    "nl":
      "de het een en is zijn ik je jij u wij we van met voor niet op te dat dit hoe wat wanneer waar bedankt dank graag ja nee kan heb heeft mijn er naar ook",
    "tr":
      "bir bu ve ne mi mu icin ile da de var yok cok ben sen siz biz kac nasil nerede zaman tesekkurler tesekkur evet hayir lutfen merhaba istiyorum olarak gibi daha kadar su o",
    "sv":
      "och att det en ett ar jag du vi ni inte med for pa av till som hur vad nar var tack hej ja nej har kan min din den",
    "da":
      "og at det en et er jeg du vi i ikke med for pa af til som hvordan hvad hvornar hvor tak hej ja nej har kan min din den",
    "no":
      "og at det en et er jeg du vi dere ikke med for pa av til som hvordan hva nar hvor takk hei ja nei har kan min din den",
    "fi":
      "ja on ei se mina sina me te han etta kun jos mutta tama mika missa milloin paljonko kiitos hei kylla voi olen onko niin myos",
    "hu":
      "a az egy es van nem hogy en te mi ti ez mennyi mikor hol koszonom szia igen kerem szeretnek meg csak de is volt lesz",
    "ro":
      "si este sunt eu tu el ea noi un o de la cu pentru nu ce cat cand unde multumesc buna da va rog vreau am ai are din mai pe",
    "ca":
      "el els les una i que de del per amb no si aquest aquesta com quant quan on vull puc te gracies hola molt pero jo meu es son en",
    "id":
      "yang dan di ini itu saya aku kamu anda kami untuk dengan tidak ada apa berapa kapan dimana terima kasih ya bisa mau sudah dari ke",
    "pl":
      "i w na z do nie to jest sa ja ty my wy sie ze jak co kiedy gdzie ile prosze dziekuje tak dzien dobry mam czy dla za po od",
    "vi":
      "toi ban co khong la va cua cho bao nhieu khi nao o dau cam on vang da mot nay do voi duoc em anh chi a nhe",
    "cs":
      "a je jsem jsou to na v se ze ne jak co kdy kde kolik prosim dekuji ano dobry den mam pro za do od s si",
    "hr":
      "i je sam su to na u se da ne kako sto kada gdje koliko molim hvala dobar dan imam za od s li mi",
    "sq":
      "dhe eshte jane une ti ne ju nje per me nga te si cfare kur ku sa faleminderit po jo kam ka nuk",
    "sw":
      "na ya wa ni kwa la za si mimi wewe sisi bei gani lini wapi asante ndiyo hapana nataka kuna sana habari",
  ]
}

/// A hash of a word's folded bytes.
enum WordHash {
  static func of(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    // Zero stands for an empty place in tables of hashes.
    return hash == 0 ? 1 : hash
  }
}
