/// What WhatsApp writes in one language: copied by hand from chats and from the app's own texts, apart from the tables of
/// the reader.
struct ChatWords: Sendable {
  let language: String
  /// `*` stands for the file.
  let attachedOnPhone: String
  let attached: String
  let photoOmittedOnPhone: String
  let omitted: String
  let deletedOnPhone: String
  let deleted: String
  let missedCall: String
  let edited: String?
  /// `*` stands for the chat's name.
  let fileName: String

  static let all: [String: ChatWords] = Dictionary(
    uniqueKeysWithValues: list.map { ($0.language, $0) })

  private static let list = [
    ChatWords(
      language: "en", attachedOnPhone: "<attached: *>", attached: "* (file attached)",
      photoOmittedOnPhone: "image omitted", omitted: "<Media omitted>",
      deletedOnPhone: "This message was deleted.", deleted: "This message was deleted",
      missedCall: "Missed voice call", edited: "<This message was edited>",
      fileName: "WhatsApp Chat with *"),
    ChatWords(
      language: "ar", attachedOnPhone: "<المُرفق: *>", attached: "* (الملف مرفق)",
      photoOmittedOnPhone: "لم يتم إدراج الصورة", omitted: "<تم استبعاد الوسائط>",
      deletedOnPhone: "تم حذف هذه الرسالة.", deleted: "تم حذف هذه الرسالة",
      missedCall: "مكالمة صوتية فائتة", edited: "<تم تعديل هذه الرسالة>",
      fileName: "دردشة واتساب مع *"),
    ChatWords(
      language: "he", attachedOnPhone: "<מצורף: *>", attached: "* (קובץ מצורף)",
      photoOmittedOnPhone: "התמונה הושמטה", omitted: "<המדיה לא נכללה>",
      deletedOnPhone: "הודעה זו נמחקה.", deleted: "הודעה זו נמחקה",
      missedCall: "שיחה קולית שלא נענתה", edited: "<הודעה זו נערכה>",
      fileName: "צ'אט WhatsApp עם *"),
    ChatWords(
      language: "el", attachedOnPhone: "<επισυνάφθηκε: *>", attached: "* (συνημμένο αρχείο)",
      photoOmittedOnPhone: "εικόνα παραλείφθηκε", omitted: "<αρχείο παραλήφθηκε>",
      deletedOnPhone: "Αυτό το μήνυμα διαγράφηκε.", deleted: "Αυτό το μήνυμα διαγράφηκε",
      missedCall: "Αναπάντητη φωνητική κλήση", edited: nil, fileName: "Συνομιλία WhatsApp με *"),
    ChatWords(
      language: "es", attachedOnPhone: "<adjunto: *>", attached: "* (archivo adjunto)",
      photoOmittedOnPhone: "imagen omitida", omitted: "<Multimedia omitido>",
      deletedOnPhone: "Se eliminó este mensaje.", deleted: "Este mensaje fue eliminado",
      missedCall: "Llamada perdida", edited: "<Se editó este mensaje.>",
      fileName: "Chat de WhatsApp con *"),
    ChatWords(
      language: "fr", attachedOnPhone: "< pièce jointe : * >", attached: "* (fichier joint)",
      photoOmittedOnPhone: "image absente", omitted: "<Médias omis>",
      deletedOnPhone: "Ce message a été supprimé.", deleted: "Ce message a été supprimé",
      missedCall: "Appel vocal manqué", edited: "<Ce message a été modifié>",
      fileName: "Discussion WhatsApp avec *"),
    ChatWords(
      language: "de", attachedOnPhone: "<Anhang: *>", attached: "* (Datei angehängt)",
      photoOmittedOnPhone: "Bild weggelassen", omitted: "<Medien ausgeschlossen>",
      deletedOnPhone: "Diese Nachricht wurde gelöscht.", deleted: "Diese Nachricht wurde gelöscht",
      missedCall: "Verpasster Sprachanruf", edited: "<Diese Nachricht wurde bearbeitet>",
      fileName: "WhatsApp Chat mit *"),
    ChatWords(
      language: "it", attachedOnPhone: "<allegato: *>", attached: "* (file allegato)",
      photoOmittedOnPhone: "immagine omessa", omitted: "<Media omessi>",
      deletedOnPhone: "Questo messaggio è stato eliminato.",
      deleted: "Questo messaggio è stato eliminato", missedCall: "Chiamata vocale persa",
      edited: "<Questo messaggio è stato modificato>", fileName: "Chat WhatsApp con *"),
    ChatWords(
      language: "pt", attachedOnPhone: "<anexado: *>", attached: "* (arquivo anexado)",
      photoOmittedOnPhone: "imagem ocultada", omitted: "<Mídia omitida>",
      deletedOnPhone: "Mensagem apagada", deleted: "Esta mensagem foi apagada",
      missedCall: "Chamada de voz perdida", edited: "<Mensagem editada>",
      fileName: "Conversa do WhatsApp com *"),
    ChatWords(
      language: "tr", attachedOnPhone: "<* eklendi>", attached: "* (dosya ekli)",
      photoOmittedOnPhone: "görüntü dahil edilmedi", omitted: "<Medya dahil edilmedi>",
      deletedOnPhone: "Bu mesaj silindi.", deleted: "Bu mesaj silindi",
      missedCall: "Cevapsız sesli arama", edited: nil, fileName: "* ile WhatsApp Sohbeti"),
    ChatWords(
      language: "fa", attachedOnPhone: "<پیوست: *>", attached: "فایل پیوست شد *",
      photoOmittedOnPhone: "تصویر حذف شد", omitted: "<رسانه حذف شد>",
      deletedOnPhone: "این پیام حذف شده است.", deleted: "این پیام حذف شد",
      missedCall: "تماس صوتی پاسخ داده نشده", edited: nil, fileName: "گفتگوی WhatsApp با *"),
    ChatWords(
      language: "ur", attachedOnPhone: "<پیوستہ: *>", attached: "* (پیوستہ فائل)",
      photoOmittedOnPhone: "تصویر نکال دی گئی ہے", omitted: "<میڈیا چھوڑ دیا گیا>",
      deletedOnPhone: "یہ میسج حذف کر دیا گیا ہے۔", deleted: "یہ پیغام حذف کیا گیا",
      missedCall: "مسڈ وائس کال", edited: nil, fileName: "* کے ساتھ WhatsApp بات چیت"),
    ChatWords(
      language: "hi", attachedOnPhone: "<अटैच किया गया: *>",
      attached: "* (फाइल अटैच कर दी गई है)", photoOmittedOnPhone: "फ़ोटो हटाई गई",
      omitted: "<मीडिया के बिना>", deletedOnPhone: "यह मैसेज डिलीट कर दिया गया है.",
      deleted: "यह संदेश मिटाया गया", missedCall: "वॉइस कॉल मिस हुई", edited: nil,
      fileName: "* के साथ WhatsApp चैट"),
    ChatWords(
      language: "ru", attachedOnPhone: "<прикреплено: *>", attached: "* (файл добавлен)",
      photoOmittedOnPhone: "изображение отсутствует", omitted: "<Без медиафайлов>",
      deletedOnPhone: "Данное сообщение удалено.", deleted: "Данное сообщение удалено",
      missedCall: "Пропущенный аудиозвонок", edited: nil, fileName: "Чат WhatsApp с *"),
    ChatWords(
      language: "nl", attachedOnPhone: "<bijgevoegd: *>", attached: "* (bestand bijgevoegd)",
      photoOmittedOnPhone: "afbeelding weggelaten", omitted: "<Media weggelaten>",
      deletedOnPhone: "Dit bericht is verwijderd.", deleted: "Dit bericht is verwijderd",
      missedCall: "Gemist spraakgesprek", edited: "<Dit bericht is bewerkt>",
      fileName: "WhatsApp-chat met *"),
    ChatWords(
      language: "id", attachedOnPhone: "<terlampir: *>", attached: "* (file terlampir)",
      photoOmittedOnPhone: "gambar tidak disertakan", omitted: "<Media tidak disertakan>",
      deletedOnPhone: "Pesan ini dihapus.", deleted: "Pesan ini telah dihapus",
      missedCall: "Panggilan suara tak terjawab", edited: nil, fileName: "Chat WhatsApp dengan *"),
    ChatWords(
      language: "ja", attachedOnPhone: "<添付ファイル: *>", attached: "* (添付ファイル有り)",
      photoOmittedOnPhone: "画像は含まれていません", omitted: "<メディアなし>",
      deletedOnPhone: "このメッセージは削除されました。", deleted: "このメッセージは削除されました",
      missedCall: "音声通話不在着信", edited: nil, fileName: "*とのWhatsAppチャット"),
    ChatWords(
      language: "ko", attachedOnPhone: "< 첨부됨: *>", attached: "* (파일 첨부됨)",
      photoOmittedOnPhone: "이미지 생략됨", omitted: "<미디어 파일 제외됨>",
      deletedOnPhone: "이 메시지는 삭제되었습니다.", deleted: "이 메시지는 삭제되었습니다",
      missedCall: "부재중 전화", edited: nil, fileName: "*님과의 WhatsApp 대화"),
    ChatWords(
      language: "zh", attachedOnPhone: "<附件：*>", attached: "* (文件附件)",
      photoOmittedOnPhone: "照片已忽略", omitted: "<省略多媒体文件>",
      deletedOnPhone: "这条消息已被删除。", deleted: "信息已删除", missedCall: "未接语音通话",
      edited: nil, fileName: "与*的 WhatsApp 聊天"),
  ]
}
