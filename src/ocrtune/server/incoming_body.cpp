#include "ocrtune/server/incoming_body.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/server/message.h"

namespace ocrtune::server {
namespace {

/// Longest line between chunks; more than their length nobody sends.
constexpr std::size_t kLongestLine = 256;

/// Lines after the last chunk.
constexpr int kMostTrailers = 16;

/// The whole of `text` as a whole number.
std::optional<std::uint64_t> parse_whole(std::string_view text, int base) {
  std::uint64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

[[noreturn]] void too_large(std::uint64_t limit) {
  throw HttpError(413, fmt::format("the body is too large; the limit is {}", human_size(limit)));
}

}  // namespace

IncomingBody::IncomingBody(const std::string& content_length, const std::string& transfer_encoding,
                           ByteSource source)
    : source_(std::move(source)) {
  if (!transfer_encoding.empty()) {
    if (!content_length.empty() || lower_case(trimmed(transfer_encoding)) != "chunked") {
      throw HttpError(400, "Transfer-Encoding must be chunked, without a Content-Length");
    }
    return;
  }
  length_ = content_length.empty() ? 0 : parse_whole(trimmed(content_length), 10);
  if (!length_) throw HttpError(400, "Content-Length isn't a number of bytes");
  complete_ = *length_ == 0;
}

void IncomingBody::read(std::uint64_t limit, const std::function<void(std::string_view)>& take) {
  if (complete_) return;
  if (length_) {
    if (*length_ > limit) too_large(limit);
    read_bytes(*length_, take);
    complete_ = true;
    return;
  }
  for (std::uint64_t taken = 0;;) {
    const std::string line = read_line();
    const auto size = parse_whole(trimmed(split(line, ';').front()), 16);
    if (!size) throw HttpError(400, "a chunk of the body has no length");
    if (*size > limit - taken) too_large(limit);
    if (*size == 0) break;
    read_bytes(*size, take);
    taken += *size;
    if (!read_line().empty()) throw HttpError(400, "a chunk of the body has another length");
  }
  int trailers = 0;
  while (!read_line().empty()) {
    if (++trailers > kMostTrailers) throw HttpError(400, "the body has too many trailers");
  }
  complete_ = true;
}

void IncomingBody::read_bytes(std::uint64_t count,
                              const std::function<void(std::string_view)>& take) {
  std::array<char, 65536> piece{};
  while (count > 0) {
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(count, piece.size()));
    const ssize_t got = source_(piece.data(), wanted);
    if (got <= 0) throw HttpError(400, "the body ends early");
    take(std::string_view(piece.data(), static_cast<std::size_t>(got)));
    count -= static_cast<std::uint64_t>(got);
  }
}

std::string IncomingBody::read_line() {
  std::string line;
  for (char c = 0; line.size() <= kLongestLine;) {
    if (source_(&c, 1) <= 0) throw HttpError(400, "the body ends early");
    if (c == '\n') {
      if (line.ends_with('\r')) line.pop_back();
      return line;
    }
    line += c;
  }
  throw HttpError(400, "a chunk of the body has no length");
}

}  // namespace ocrtune::server
