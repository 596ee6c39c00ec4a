/// A download in one of its forms: as data, or as pages for people. Where it has both, they show
/// the same messages, so they count like two downloads.
struct DownloadForm: Hashable, Comparable {
  let download: Int64
  let isRendered: Bool

  static func < (left: DownloadForm, right: DownloadForm) -> Bool {
    (left.download, left.isRendered ? 0 : 1) < (right.download, right.isRendered ? 0 : 1)
  }
}
