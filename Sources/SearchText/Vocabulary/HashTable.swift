/// A set of hashes, small and quick; it forgets all when it is full.
struct HashTable {
  private var places: [UInt64]
  private var count = 0
  private let most: Int

  /// - Parameter size: Places, a power of two; the set holds at most half as many.
  init(size: Int) {
    places = Array(repeating: 0, count: size)
    most = size / 2
  }

  /// True if the hash was not in the set; it is now. Zero is no hash.
  mutating func insert(_ hash: UInt64) -> Bool {
    if count == most { removeAll() }
    let mask = places.count - 1
    var place = Int(truncatingIfNeeded: hash ^ hash >> 32) & mask
    while places[place] != 0 {
      if places[place] == hash { return false }
      place = (place + 1) & mask
    }
    places[place] = hash
    count += 1
    return true
  }

  mutating func removeAll() {
    guard count > 0 else { return }
    for index in places.indices { places[index] = 0 }
    count = 0
  }
}

/// Bits by hash, for look-ups that come by the million.
struct HashMap: Sendable {
  private var places: [(hash: UInt64, bits: UInt32)]

  /// - Parameter size: Places, a power of two, at least twice as many as there will be hashes.
  init(size: Int) { places = Array(repeating: (0, 0), count: size) }

  mutating func add(_ bits: UInt32, at hash: UInt64) {
    let place = place(hash)
    places[place] = (hash, places[place].bits | bits)
  }

  /// The bits of a hash; 0 if there are none.
  func bits(_ hash: UInt64) -> UInt32 { places[place(hash)].bits }

  /// Where the hash is, or where it would be.
  private func place(_ hash: UInt64) -> Int {
    let mask = places.count - 1
    var place = Int(truncatingIfNeeded: hash ^ hash >> 32) & mask
    while places[place].hash != 0, places[place].hash != hash { place = (place + 1) & mask }
    return place
  }
}
