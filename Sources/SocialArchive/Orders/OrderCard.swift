import ArchiveExport

/// An order with what shows it: the talk around it, what proves each fact, what was decided.
public struct OrderCard: Sendable {
  /// What shows a fact.
  public struct Proof: Sendable {
    /// `line 1`, `price 1`, `total`, `fee`, `address`, `phone`, `status`.
    public let field: String
    /// The uid of the message.
    public let message: String
    /// In bytes of the message's text.
    public let range: Range<Int>
    /// The words.
    public let text: String
    public let sender: String?
    /// ISO 8601, UTC.
    public let sentAt: String
  }

  /// A message of the talk around an order.
  public struct Message: Sendable {
    public let uid: String
    public let sender: String?
    public let isOwner: Bool
    /// ISO 8601, UTC.
    public let sentAt: String
    public let kind: String
    public let text: String?
    /// True for a message that speaks of the order.
    public let isEvidence: Bool
    /// True if messages between this one and the one before are left out.
    public let isAfterGap: Bool
    /// The text, with what proves a fact marked.
    public let pieces: [SnippetPiece]
  }

  public let entry: OrderEntry
  public let proofs: [Proof]
  public let messages: [Message]
  /// What the user decided about it, in order.
  public let decisions: [DecisionEntry]
}

extension OrderCard {
  /// The card as one JSON object.
  public var json: String {
    var text = JSONText()
    entry.add(to: &text)
    text.add("proofs", json: JSONText.list(proofs.map(\.json)))
    text.add("messages", json: JSONText.list(messages.map(\.json)))
    text.add("decisions", json: JSONText.list(decisions.map(\.json)))
    return text.text
  }
}

extension OrderCard.Proof {
  var json: String {
    var text = JSONText()
    text.add("field", field)
    text.add("message", message)
    text.add("start", Int64(range.lowerBound))
    text.add("length", Int64(range.count))
    text.add("text", self.text)
    return text.text
  }
}

extension OrderCard.Message {
  var json: String {
    var text = JSONText()
    text.add("uid", uid)
    text.add("sender", sender)
    text.add("is_owner", isOwner)
    text.add("sent_at", sentAt)
    text.add("kind", kind)
    text.add("text", self.text)
    text.add("is_evidence", isEvidence)
    return text.text
  }
}
