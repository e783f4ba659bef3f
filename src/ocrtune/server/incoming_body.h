#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace ocrtune::server {

/// Gives up to so many bytes of what a client sends; 0 at its end, negative where it fails.
using ByteSource = std::function<ssize_t(char* to, std::size_t size)>;

/// The body of a request: of a stated length, or in chunks (RFC 9112, section 7.1). For one thread.
class IncomingBody {
 public:
  /// `content_length` and `transfer_encoding` are the headers, empty where there is none. Throws
  /// HttpError(400) where they are malformed or both there.
  IncomingBody(const std::string& content_length, const std::string& transfer_encoding,
               ByteSource source);

  /// Gives the body piece by piece. Throws HttpError: 413 where it is longer than `limit`, at once
  /// where its stated length is; 400 where it is malformed or ends early.
  void read(std::uint64_t limit, const std::function<void(std::string_view)>& take);

  /// Nothing of it is left unread.
  [[nodiscard]] bool complete() const { return complete_; }

 private:
  void read_bytes(std::uint64_t count, const std::function<void(std::string_view)>& take);
  std::string read_line();

  std::optional<std::uint64_t> length_;  // nothing: in chunks
  ByteSource source_;
  bool complete_ = false;
};

}  // namespace ocrtune::server
