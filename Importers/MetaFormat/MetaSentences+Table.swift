import TextDecoding

/// The apps' sentences: seen in exports or read in parsers of them.
extension MetaSentences {
  /// Whole sentences, and those known by their beginning and end, whoever acts.
  static let openings: [(Meaning, BytePattern)] = patterns([
    (.reaction, "Liked a message"),
    (.reaction, "liked a message"),
    (.call, "The video call ended."),
    (.call, "You called a contact."),
    (.call, "The call ended."),
    (.call, "The video chat ended."),
    (.call, "Video chat ended"),
    (.system, "You are now connected on Messenger."),
    (.system, "A contact added participants."),
    (.system, "Say hi to your new Facebook friend."),
    (.marketplace, "Beware of common scams using payment apps"),
    (.placeholder, "Enviaste un adjunto."),
    (.reaction, "Reacted * to your message "), (.reaction, "Reacted * to your message"),
    (.marketplace, "To help identify and reduce scams and fraud, Meta may use technology*"),
    (.marketplace, "You can now rate each other*"),
    (.marketplace, "* started this chat. View seller profile"),
    (.marketplace, "* started this chat. View buyer profile"),
    (.marketplace, "* marked the listing as Available."),
    (.marketplace, "* marked the listing as Pending."),
    (.marketplace, "* marked the listing as Sold."),
    (.marketplace, "* is waiting for your response about this listing*"),
    (.marketplace, "* is getting a lot of messages about this listing*"),
    (.marketplace, "Ahora pueden calificarse*"),
  ])

  /// What follows the actor's name.
  static let deeds: [(Meaning, BytePattern)] = patterns([
    (.placeholder, "sent an attachment."), (.placeholder, "sent a photo."),
    (.placeholder, "sent * photos."), (.placeholder, "sent a video."),
    (.placeholder, "sent a GIF."), (.placeholder, "sent a sticker."),
    (.placeholder, "sent a voice message."), (.placeholder, "sent a location."),
    (.placeholder, "sent a file."), (.placeholder, "sent a link."),
    (.placeholder, "hat einen Anhang gesendet."), (.placeholder, "envió un adjunto."),
    (.placeholder, "a envoyé une pièce jointe."), (.placeholder, "ha inviato un allegato."),
    (.placeholder, "heeft een bijlage verzonden."), (.placeholder, "enviou um anexo."),
    (.placeholder, "wysłał(a) załącznik."), (.placeholder, "έστειλε ένα συνημμένο."),
    (.placeholder, "أرسل مرفقًا."), (.placeholder, "שלח/ה קובץ מצורף."),
    (.reaction, "liked a message"), (.reaction, "Liked a message"),
    (.call, "called you."), (.call, "called *."), (.call, "missed your call."),
    (.call, "missed your video call."), (.call, "missed a call from *."),
    (.call, "missed a video call with *."), (.call, "missed a video call from *."),
    (.call, "started a video call."), (.call, "started a call."), (.call, "started an audio call."),
    (.call, "joined the video call."), (.call, "joined the call."), (.call, "left the call."),
    (.call, "started sharing video."), (.call, "started a video chat."),
    (.system, "added * to the group."), (.system, "removed * from the group."),
    (.system, "left the group."), (.system, "created the group."),
    (.system, "named the group *."), (.system, "named the group *"),
    (.system, "changed the group photo."), (.system, "is now an admin."),
    (.system, "joined the group."), (.system, "set the nickname for *"),
    (.system, "set your nickname to *"), (.system, "set * nickname to *"),
    (.system, "cleared the nickname for *"), (.system, "changed the chat theme to *"),
    (.system, "changed the theme to *"), (.system, "set the emoji to *"),
    (.system, "set the quick reaction to *"), (.system, "pinned a message."),
    (.system, "unpinned a message."), (.system, "turned on disappearing messages*"),
    (.system, "turned off disappearing messages*"),
    (.system, "salió del grupo."), (.system, "Cambió la foto del grupo."),
    (.marketplace, "sold *."), (.marketplace, "changed the listing description."),
    (.marketplace, "changed the listing price*"),
    (.poll, "created a poll: *"), (.poll, "created a poll."), (.poll, "voted for * in the poll."),
    (.poll, "removed vote for * in the poll."),
  ])

  private static func patterns(_ rows: [(Meaning, String)]) -> [(Meaning, BytePattern)] {
    rows.map { ($0.0, BytePattern($0.1)) }
  }
}
