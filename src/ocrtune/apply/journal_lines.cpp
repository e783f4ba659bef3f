#include "ocrtune/apply/journal_lines.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace ocrtune {
namespace {

using nlohmann::json;

/// What is read at a time: at first as much as most records have, then more.
constexpr std::size_t kFirstPiece = 4096;
constexpr std::size_t kPiece = 1U << 20U;
constexpr std::size_t kLongestLine = 64U << 20U;

/// Takes the texts of a record's key from its outer object, and stops when it has them.
class KeyTaker final : public nlohmann::json_sax<json> {
 public:
  explicit KeyTaker(RecordKey& key) : key_(key) {}

  [[nodiscard]] bool has_all() const { return taken_ == 3; }

  bool null() override { return is_value(); }
  bool boolean(bool) override { return is_value(); }
  bool number_integer(number_integer_t) override { return is_value(); }
  bool number_unsigned(number_unsigned_t) override { return is_value(); }
  bool number_float(number_float_t, const string_t&) override { return is_value(); }
  bool binary(binary_t&) override { return is_value(); }
  bool start_object(std::size_t) override { return begin(); }
  bool end_object() override { return end(); }
  bool start_array(std::size_t) override { return begin(); }
  bool end_array() override { return end(); }

  bool string(string_t& text) override {
    if (wanted_ != nullptr) {
      *std::exchange(wanted_, nullptr) = std::move(text);
      ++taken_;
    }
    return depth_ > 0 && !has_all();
  }

  bool key(string_t& name) override {
    if (depth_ != 1) return true;
    if (name == "page") wanted_ = &key_.page;
    if (name == "pixels") wanted_ = &key_.pixels;
    if (name == "models") wanted_ = &key_.models;
    return true;
  }

  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
    return false;
  }

 private:
  /// Those of the key are texts.
  [[nodiscard]] bool is_value() const { return wanted_ == nullptr; }

  bool begin() {
    ++depth_;
    return is_value();
  }

  bool end() {
    --depth_;
    return true;
  }

  RecordKey& key_;
  std::string* wanted_ = nullptr;
  int depth_ = 0;
  int taken_ = 0;
};

}  // namespace

std::optional<std::string_view> LineReader::next() {
  for (;;) {
    const std::size_t end = buffer_.find('\n', searched_);
    if (end != std::string::npos) {
      const std::string_view line(buffer_.data() + begin_, end - begin_);
      at_ += line.size() + 1;
      begin_ = searched_ = end + 1;
      return line;
    }
    searched_ = buffer_.size();
    if (!read_more()) return std::nullopt;
  }
}

/// False at the end of the file.
bool LineReader::read_more() {
  buffer_.erase(0, std::exchange(begin_, 0));
  const std::size_t kept = buffer_.size();
  if (kept > kLongestLine) throw std::length_error("line");
  searched_ = kept;
  const std::size_t piece = buffer_.capacity() < kFirstPiece ? kFirstPiece : kPiece;
  buffer_.resize(kept + piece);
  ssize_t got = 0;
  do {
    got = ::pread(descriptor_, buffer_.data() + kept, piece, static_cast<off_t>(at_ + kept));
  } while (got < 0 && errno == EINTR);
  const int number = errno;
  buffer_.resize(kept + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  if (got < 0) throw std::system_error(number, std::generic_category());
  return got > 0;
}

std::optional<RecordKey> key_of(std::string_view line) {
  RecordKey key;
  KeyTaker taker(key);
  (void)json::sax_parse(line.begin(), line.end(), &taker);
  return taker.has_all() && line.ends_with('}') ? std::optional(std::move(key)) : std::nullopt;
}

}  // namespace ocrtune
