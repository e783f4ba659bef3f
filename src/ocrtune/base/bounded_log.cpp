#include "ocrtune/base/bounded_log.h"

#include <algorithm>
#include <fstream>
#include <system_error>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kMaxAtOnce = 256U << 10U;
constexpr std::size_t kLongestLogLine = 1000;

bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xc0U) == 0x80U; }

}  // namespace

BoundedLog::BoundedLog(fs::path file, std::uint64_t dropped, std::uint64_t most)
    : file_(std::move(file)), dropped_(dropped), most_(most) {
  std::error_code failure;
  const std::uintmax_t size = fs::file_size(file_, failure);
  size_ = failure ? 0 : size;
}

void BoundedLog::append(std::string_view text) {
  if (text.empty()) return;
  note_last_line(text);
  {
    std::ofstream out(file_, std::ios::binary | std::ios::app);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    if (!out.flush()) return;
  }
  size_ += text.size();
  if (size_ <= most_) return;
  // Drops half of the text at once, so that this happens rarely.
  std::string rest = read_part(file_, size_ - most_ / 2, most_ / 2);
  const std::size_t line = rest.find('\n');
  if (line != std::string::npos) rest.erase(0, line + 1);
  try {
    write_atomically(file_, rest);
  } catch (const Error&) {
    return;
  }
  dropped_ += size_ - rest.size();
  size_ = rest.size();
}

BoundedLog::Part BoundedLog::read(std::uint64_t from) const {
  const std::uint64_t first = std::clamp(from, dropped_, dropped_ + size_);
  const std::uint64_t count = std::min(dropped_ + size_ - first, kMaxAtOnce);
  std::string text = read_part(file_, first - dropped_, count);
  // An incomplete character is left for the next part; a character has at most four bytes.
  for (std::size_t back = 1; back <= std::min<std::size_t>(text.size(), 4); ++back) {
    const char byte = text[text.size() - back];
    if (continues_character(byte)) continue;
    const auto lead = static_cast<unsigned char>(byte);
    const std::size_t length = lead >= 0xf0U ? 4 : lead >= 0xe0U ? 3 : lead >= 0xc0U ? 2 : 1;
    if (length > back && text.size() > back) text.erase(text.size() - back);
    break;
  }
  const std::uint64_t next = first + text.size();
  return {.text = std::move(text), .next = next};
}

void BoundedLog::note_last_line(std::string_view text) {
  for (const char byte : text) {
    if (byte != '\n' && byte != '\r') {
      if (unfinished_.size() < kLongestLogLine) unfinished_ += byte;
      continue;
    }
    if (!trimmed(unfinished_).empty()) last_line_ = quotable(trimmed(unfinished_), kLongestLogLine);
    unfinished_.clear();
  }
}

}  // namespace ocrtune
