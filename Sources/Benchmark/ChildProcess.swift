import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// Runs a program and measures it.
enum ChildProcess {
  struct Result {
    let seconds: Double
    /// Peak resident memory in MiB.
    let peak: Double
    let status: Int32
    let output: String
  }

  static func run(_ path: String, _ arguments: [String]) throws -> Result {
    let output = NSTemporaryDirectory() + "/benchmark-output-\(getpid())"
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(
      &actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) }
    words.append(nil)
    defer { for word in words { free(word) } }
    var process = pid_t()
    let start = Date()
    let code = posix_spawn(&process, path, &actions, nil, words, environ)
    guard code == 0 else { throw BenchmarkError("\(path): \(String(cString: strerror(code)))") }
    var status: Int32 = 0
    var usage = rusage()
    while wait4(process, &status, 0, &usage) < 0, errno == EINTR {}
    let seconds = Date().timeIntervalSince(start)
    let text = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
    try? FileManager.default.removeItem(atPath: output)
    return Result(
      seconds: seconds, peak: Double(usage.ru_maxrss) / 1_024, status: status >> 8 & 0xFF,
      output: text)
  }
}

/// Why a measurement failed.
struct BenchmarkError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
