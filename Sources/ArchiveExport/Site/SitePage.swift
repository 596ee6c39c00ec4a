/// One page of a static site: no script, nothing from outside, printable.
package struct SitePage {
  package let title: String
  package let isRightToLeft: Bool
  private var body: [String] = []

  package init(title: String, isRightToLeft: Bool) {
    self.title = title
    self.isRightToLeft = isRightToLeft
  }

  /// Adds markup.
  package mutating func add(_ markup: String) { body.append(markup) }

  /// The page.
  package var text: String {
    """
    <!DOCTYPE html>
    <html dir="\(isRightToLeft ? "rtl" : "ltr")">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src 'self' file:; media-src 'self' file:">
    <meta name="referrer" content="no-referrer">
    <title>\(HTMLText.escaped(title))</title>
    <style>\(SitePage.style)</style>
    </head>
    <body>
    \(body.joined(separator: "\n"))
    </body>
    </html>

    """
  }

  private static let style = """
    body{font:16px/1.5 system-ui,"Noto Sans","Noto Naskh Arabic","Noto Sans Hebrew",sans-serif;\
    margin:0 auto;max-width:50rem;padding:1rem;color:#1c1c1c;background:#fff}\
    a{color:#0a4f8f}table{border-collapse:collapse;width:100%}\
    th,td{text-align:start;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #ddd}\
    nav{display:flex;gap:1rem;flex-wrap:wrap;margin:1rem 0}\
    h2.day{font-size:.9rem;text-align:center;color:#666;margin:1.5rem 0 .5rem}\
    .message{margin:.4rem 0;padding:.4rem .7rem;border-radius:.6rem;background:#f1f1f1;max-width:80%;\
    width:fit-content;break-inside:avoid}\
    .own{background:#dcefdc;margin-inline-start:auto}.system{background:none;color:#666;margin-inline:auto}\
    .text{white-space:pre-wrap;overflow-wrap:anywhere}.who{font-weight:600}.small{font-size:.8rem;color:#555}\
    img,video{max-width:100%;max-height:24rem;display:block;margin:.3rem 0}\
    @media print{body{max-width:none;font-size:11pt}nav{display:none}.message{border:1px solid #ccc}}
    """
}

/// A message in a transcript.
package struct SiteMessage: Sendable {
  package struct File: Sendable {
    /// What it is, such as `photo`.
    package let kind: String
    package let name: String?
    /// Where the page finds it; nil if it is not there.
    package let path: String?
    /// Why it is not there.
    package let reason: String?

    package init(kind: String, name: String?, path: String?, reason: String?) {
      self.kind = kind
      self.name = name
      self.path = path
      self.reason = reason
    }
  }

  package let uid: String
  package let sender: String?
  package let isOwner: Bool
  /// As the clock on the wall showed it: `2024-05-01 09:12`.
  package let time: String
  package let kind: String
  package let text: String?
  package let isEdited: Bool
  package let isDeleted: Bool
  package let files: [File]
  package let reactions: [String]

  package init(
    uid: String, sender: String?, isOwner: Bool, time: String, kind: String, text: String?,
    isEdited: Bool, isDeleted: Bool, files: [File], reactions: [String]
  ) {
    self.uid = uid
    self.sender = sender
    self.isOwner = isOwner
    self.time = time
    self.kind = kind
    self.text = text
    self.isEdited = isEdited
    self.isDeleted = isDeleted
    self.files = files
    self.reactions = reactions
  }

  /// The message as markup.
  package var markup: String {
    let style = kind == "system" ? " system" : isOwner ? " own" : ""
    var lines = ["<div class=\"message\(style)\" id=\"\(HTMLText.escaped(uid))\">"]
    if kind != "system" {
      lines.append("<div class=\"who\"><bdi>\(HTMLText.escaped(sender ?? "–"))</bdi></div>")
    }
    if let text { lines.append("<div class=\"text\" dir=\"auto\">\(HTMLText.linked(text))</div>") }
    lines += files.map(SiteMessage.markup)
    if text == nil, files.isEmpty { lines.append("<div>[\(HTMLText.escaped(kind))]</div>") }
    let marks = [isEdited ? "edited" : nil, isDeleted ? "deleted" : nil].compactMap(\.self)
    let reacted = reactions.map { "<bdi>\(HTMLText.escaped($0))</bdi>" }
    let foot = [String(time.suffix(5))] + marks + reacted
    lines.append("<div class=\"small\">\(foot.joined(separator: " · "))</div>")
    lines.append("</div>")
    return lines.joined(separator: "\n")
  }

  private static func markup(_ file: File) -> String {
    let name = HTMLText.escaped(file.name ?? file.kind)
    guard let path = file.path.map(HTMLText.escaped) else {
      let reason = HTMLText.escaped(file.reason ?? "not in the download")
      return "<div class=\"small\">[<bdi>\(name)</bdi>: \(reason)]</div>"
    }
    switch (path.split(separator: ".").last ?? "").lowercased() {
    case "jpg", "jpeg", "png", "gif", "webp":
      return "<a href=\"\(path)\"><img src=\"\(path)\" alt=\"\(name)\" loading=\"lazy\"></a>"
    case "mp4", "webm", "mov":
      return "<video controls preload=\"none\" src=\"\(path)\"></video>"
    case "mp3", "m4a", "aac", "ogg", "opus", "wav", "amr":
      return "<audio controls preload=\"none\" src=\"\(path)\"></audio>"
    default: return "<div><a href=\"\(path)\"><bdi>\(name)</bdi></a></div>"
    }
  }
}
