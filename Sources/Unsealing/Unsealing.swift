import COpenSSL

/// Why a sealed file stays shut.
package enum UnsealingError: Error, Equatable, CustomStringConvertible {
  /// The key does not fit: what comes out is noise.
  case wrongKey
  /// The key fits, and the file is damaged or was changed.
  case damaged(String)
  /// The plain copy could not be written.
  case cannotWrite(String)

  package var description: String {
    switch self {
    case .wrongKey: "the key does not fit"
    case .damaged(let reason): "the sealed file is damaged: \(reason)"
    case .cannotWrite(let reason): "the plain copy cannot be written: \(reason)"
    }
  }
}

/// Opens files that are sealed with AES-256-GCM over zlib, piece by piece, so that their size does
/// not count.
///
/// OpenSSL does it: swift-crypto opens GCM only as a whole, which takes three times the file's
/// size in memory. Nothing of the plain text may be used before the end: only the tag tells that
/// it is right.
package struct SealedFile {
  /// The sealed file.
  package let bytes: UnsafeRawBufferPointer
  /// Where in it the sealed text lies.
  package let body: Range<Int>
  /// The 16 bytes that prove it.
  package let tag: Range<Int>
  package let nonce: [UInt8]

  package init(
    _ bytes: UnsafeRawBufferPointer, body: Range<Int>, tag: Range<Int>, nonce: [UInt8]
  ) {
    self.bytes = bytes
    self.body = body
    self.tag = tag
    self.nonce = nonce
  }

  private static let step = 1 << 20

  /// Opens the file into a plain one.
  ///
  /// - Parameters:
  ///   - key: 32 bytes.
  ///   - file: Where the plain text goes.
  ///   - release: Called now and then: bytes that were read are not needed in memory.
  /// - Throws: `UnsealingError`.
  package func open(
    key: [UInt8], to file: PrivateFile, release: (Range<Int>) -> Void = { _ in }
  ) throws {
    guard let context = EVP_CIPHER_CTX_new() else {
      throw UnsealingError.damaged("OpenSSL has no memory")
    }
    defer { EVP_CIPHER_CTX_free(context) }
    guard EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), nil, nil, nil) == 1,
      EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_IVLEN, Int32(nonce.count), nil) == 1,
      EVP_DecryptInit_ex(context, nil, nil, key, nonce) == 1
    else { throw UnsealingError.damaged("the key or its number has a wrong length") }
    var inflater = try Inflater()
    var plain = [UInt8](repeating: 0, count: SealedFile.step + 16)
    var place = body.lowerBound
    while place < body.upperBound {
      let end = min(place + SealedFile.step, body.upperBound)
      var count: Int32 = 0
      let source = UnsafeRawBufferPointer(rebasing: bytes[place..<end])
      guard
        EVP_DecryptUpdate(
          context, &plain, &count, source.bindMemory(to: UInt8.self).baseAddress,
          Int32(source.count)) == 1
      else { throw UnsealingError.damaged("it cannot be opened at byte \(place)") }
      if place == body.lowerBound, !SealedFile.looksPlain(plain.prefix(Int(count))) {
        throw UnsealingError.wrongKey
      }
      try plain.withUnsafeBytes { buffer in
        try inflater.add(UnsafeRawBufferPointer(rebasing: buffer.prefix(Int(count))), to: file)
      }
      release(place..<end)
      place = end
    }
    var proof = Array(bytes[tag])
    var rest: Int32 = 0
    guard EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(proof.count), &proof) == 1,
      EVP_DecryptFinal_ex(context, &plain, &rest) == 1
    else { throw UnsealingError.damaged("its seal is broken: it was changed or cut") }
    guard inflater.isAtEnd else { throw UnsealingError.damaged("it ends too early") }
  }

  /// True if a text begins as what is sealed does: zlib, zip or SQLite.
  private static func looksPlain(_ bytes: ArraySlice<UInt8>) -> Bool {
    let head = Array(bytes.prefix(4))
    guard head.count >= 2 else { return false }
    if head[0] == 0x78, (UInt16(head[0]) << 8 | UInt16(head[1])) % 31 == 0 { return true }
    return head == Array("PK\u{3}\u{4}".utf8) || head == Array("SQLi".utf8)
  }
}

/// Sums that seals are made of.
package enum SealSums {
  /// HMAC with SHA-256.
  package static func hmac(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
    var sum = [UInt8](repeating: 0, count: 32)
    var count: UInt32 = 0
    _ = HMAC(EVP_sha256(), key, Int32(key.count), message, message.count, &sum, &count)
    return sum
  }

  /// MD5, which proves nothing and finds what was cut.
  package static func md5(
    _ bytes: UnsafeRawBufferPointer, release: (Range<Int>) -> Void = { _ in }
  ) -> [UInt8] {
    guard let context = EVP_MD_CTX_new() else { return [] }
    defer { EVP_MD_CTX_free(context) }
    EVP_DigestInit_ex(context, EVP_md5(), nil)
    for place in stride(from: 0, to: bytes.count, by: 1 << 20) {
      let end = min(place + 1 << 20, bytes.count)
      EVP_DigestUpdate(context, bytes.baseAddress?.advanced(by: place), end - place)
      release(place..<end)
    }
    var sum = [UInt8](repeating: 0, count: 16)
    EVP_DigestFinal_ex(context, &sum, nil)
    return sum
  }
}
