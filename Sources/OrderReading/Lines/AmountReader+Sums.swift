import Foundation

/// What sums of money in a message come to.
extension AmountReader {
  /// `24 + 9 + 7 = 40`, `5*25 + 45 = 170`.
  func readSum(_ text: OrderText, _ found: inout Amounts) {
    guard
      let equals = text.tokens.indices.last(where: {
        text.tokens[$0].gap.signs.contains("=") && text.tokens[$0].number != nil
      })
    else {
      readPlainSum(text, &found)
      return readTerms(text, &found)
    }
    func value(_ place: Int) -> Decimal? {
      text.tokens[place].number.map { $0 * scale(place, text).0 }
    }
    found.sum = value(equals)
    var terms: [Decimal] = []
    var product: Decimal?
    // "Tables 6. So 60 + 30 = 90": what is added up begins with the last number without a sign.
    var first = equals
    while let before = text.tokens[..<first].lastIndex(where: { $0.number != nil && !$0.isMasked })
    {
      first = before
      if !text.tokens[before].gap.signs.contains(where: { "+*×xX-–".contains($0) }),
        !isFactor(before, text)
      {
        break
      }
    }
    for (place, token) in text.tokens[..<equals].enumerated() where place >= first {
      guard let number = value(place), !token.isMasked else { continue }
      if token.gap.signs.contains(where: { "*×xX".contains($0) }), let factor = product {
        product = factor * number
      } else {
        if let product { terms.append(product) }
        product = number
      }
    }
    if let product { terms.append(product) }
    if terms.count > 1, terms.reduce(0, +) == found.sum {
      found.terms = terms
      readFeeTerm(text, before: equals, &found)
    }
    if !found.all.contains(where: { $0.tokens.contains(equals) }), let sum = found.sum {
      found.all.append(
        Amount(value: sum, currency: nil, tokens: equals..<(equals + 1), role: .total))
    }
  }

  /// True for the second number of "3 x 25" with a letter between them.
  private func isFactor(_ place: Int, _ text: OrderText) -> Bool {
    place > 1 && AmountReader.times.contains(text.tokens[place - 1].folded)
      && text.tokens[place - 2].number != nil
  }

  private static let times = SmallWords.times.words

  /// "210 + 15 + 25 delivery = 250": the term right before the word for the way.
  private func readFeeTerm(_ text: OrderText, before equals: Int, _ found: inout Amounts) {
    for fee in text.hits["fee"] ?? [] where fee.tokens.upperBound <= equals {
      let place = fee.tokens.lowerBound - 1
      guard place > 0, text.tokens[place].number != nil, text.tokens[place].gap.signs.contains("+"),
        !found.all.contains(where: { $0.tokens.contains(place) })
      else { continue }
      found.all.append(
        Amount(
          value: text.tokens[place].number ?? 0, currency: nil, tokens: place..<(place + 1),
          role: .fee))
      found.all.sort { $0.tokens.lowerBound < $1.tokens.lowerBound }
      return
    }
  }

  /// "142.50 + 55": what each thing comes to, and not all of it.
  private func readTerms(_ text: OrderText, _ found: inout Amounts) {
    guard text.isOwner, found.sum == nil, found.terms.isEmpty else { return }
    var chain: [Int] = []
    for place in text.tokens.indices.dropFirst()
    where text.tokens[place].number != nil && text.tokens[place].gap.signs == "+"
      && text.tokens[place - 1].number != nil && !text.tokens[place].isMasked
      && !text.tokens[place - 1].isMasked
    {
      if chain.last != place - 1 { chain = [place - 1] }
      chain.append(place)
    }
    guard chain.count > 1 else { return }
    found.terms = chain.compactMap { text.tokens[$0].number }
    for place in chain where !found.all.contains(where: { $0.tokens.contains(place) }) {
      found.all.append(
        Amount(
          value: text.tokens[place].number ?? 0, currency: nil, tokens: place..<(place + 1)))
    }
    found.all.sort { $0.tokens.lowerBound < $1.tokens.lowerBound }
  }

  /// "22 a box so 44": the price of one, where a sum behind it is so many times as much.
  func readEach(_ text: OrderText, _ found: inout Amounts) {
    guard text.isOwner else { return }
    for each in text.hits["each"] ?? [] where each.tokens.lowerBound > 0 {
      let place = each.tokens.lowerBound - 1
      guard let price = text.tokens[place].number, price > 1, !text.tokens[place].isMasked,
        text.gap(before: place + 1).signs.isEmpty,
        !found.all.contains(where: { $0.tokens.contains(place) }),
        found.all.contains(where: { amount in
          let times = amount.value / price
          return amount.tokens.lowerBound > place && times >= 2 && times <= 100
            && times == Decimal(NSDecimalNumber(decimal: times).intValue)
        })
      else { continue }
      found.all.append(
        Amount(value: price, currency: nil, tokens: place..<(place + 1), isEach: true))
      found.all.sort { $0.tokens.lowerBound < $1.tokens.lowerBound }
    }
  }

  /// "360 and 150, 510": a number that those right before it come to.
  private func readPlainSum(_ text: OrderText, _ found: inout Amounts) {
    guard text.isOwner else { return }
    let numbers = text.tokens.indices.compactMap { place in
      text.tokens[place].isMasked
        ? nil
        : text.tokens[place].number.map { (value: $0 * scale(place, text).0, place: place) }
    }
    for last in numbers.indices.reversed() where last >= 2 && numbers[last].value >= 10 {
      var sum: Decimal = 0
      for first in (max(0, last - AmountReader.mostTerms)..<last).reversed() {
        // Digits in groups are of an account.
        let (place, next) = (numbers[first].place, numbers[first + 1].place)
        if next == place + 1, text.tokens[next].gap.signs.isEmpty { break }
        sum += numbers[first].value
        if sum >= numbers[last].value {
          guard sum == numbers[last].value, last - first > 1 else { break }
          found.sum = sum
          // "31 and 2 for delivery, 33": the goods, and the way.
          if text.has("fee") {
            if last - first == 2, numbers[last - 1].value < numbers[first].value,
              !found.all.contains(where: { $0.tokens.contains(numbers[last - 1].place) })
            {
              let place = numbers[last - 1].place
              found.all.append(
                Amount(
                  value: numbers[last - 1].value, currency: nil, tokens: place..<(place + 1),
                  role: .fee))
              found.all.sort { $0.tokens.lowerBound < $1.tokens.lowerBound }
            }
          } else {
            found.terms = numbers[first..<last].map(\.value)
          }
          let place = numbers[last].place
          if let index = found.all.firstIndex(where: { $0.tokens.contains(place) }) {
            found.all[index].role = .total
          } else {
            found.all.append(
              Amount(value: sum, currency: nil, tokens: place..<(place + 1), role: .total))
          }
          return
        }
      }
    }
  }

  /// Nobody adds up more without an equals sign.
  private static let mostTerms = 12

  /// "31 and 2 for delivery, 33": what two sums before it come to is all of it. "278, let's say 270":
  /// so is a little less, named last.
  func findRounded(_ text: OrderText, _ found: inout Amounts) {
    for index in found.all.indices where !found.all[index].isEach {
      let (amount, place) = (found.all[index].value, found.all[index].tokens.lowerBound)
      if found.all[index].role == .fee {
        let before = text.tokens[..<place].filter { $0.number != nil && !$0.isMasked }
          .suffix(4).compactMap(\.number)
        let addends = before.indices.dropLast().last { before[$0] + before[$0 + 1] == amount }
        if let addends {
          found.all[index].role = .total
          let fee = min(before[addends], before[addends + 1])
          if let other = found.all.firstIndex(where: { $0.value == fee && $0.role == .price }) {
            found.all[other].role = .fee
          }
          continue
        }
      }
      // "42.80 and 4.20 for the way. 47."
      if found.all[index].role == .price, let fee = found.first(.fee)?.value,
        found.all[..<index].contains(where: { $0.role == .total && $0.value + fee == amount })
      {
        found.all[index].role = .total
        continue
      }
      if found.all[..<index].contains(where: {
        $0.role == .total && $0.value > amount && amount * 10 >= $0.value * 8
      }) {
        found.all[index].role = .total
      }
    }
  }
}
