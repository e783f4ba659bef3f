#include "ocrtune/ocr/tessdata/unicharset_line.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace ocrtune::tessdata {
namespace {

constexpr std::string_view kSpaces = " \t\n\v\f\r";
constexpr std::size_t kMaxFieldBytes = 254;
constexpr std::size_t kMaxWordBytes = 62;

bool digit(char c) { return c >= '0' && c <= '9'; }

/// Takes fields off a line; after a field that fails, no more are taken.
class Fields {
 public:
  explicit Fields(std::string_view line) : left_(line) {}

  [[nodiscard]] bool fits() const { return !failed_ && !odd_separator_; }
  [[nodiscard]] std::string_view left() const { return left_; }

  Fields& word(std::string_view& word, std::size_t most) {
    if (!next()) return *this;
    word = left_.substr(0, std::min(most, left_.find_first_of(kSpaces)));
    left_.remove_prefix(word.size());
    return *this;
  }

  Fields& word(std::string_view& word_read) { return word(word_read, kMaxWordBytes); }

  template <typename Integer>
  Fields& integer(Integer& value, int base = 10) {
    if (!next()) return *this;
    if (left_.front() == '+') left_.remove_prefix(1);
    if (base == 16 && (left_.starts_with("0x") || left_.starts_with("0X"))) left_.remove_prefix(2);
    value = 0;
    const bool negative = left_.starts_with('-');
    const auto read = std::from_chars(left_.data(), left_.data() + left_.size(), value, base);
    if (read.ec == std::errc::result_out_of_range) {
      value = negative ? std::numeric_limits<Integer>::min() : std::numeric_limits<Integer>::max();
    }
    taken(read.ptr, read.ec);
    return *this;
  }

  Fields& integer(std::optional<int>& value) {
    int read = value.value_or(0);
    const bool there = next();
    integer(read);
    if (there) value = read;
    return *this;
  }

  /// A number that is not used.
  Fields& number() {
    if (!next()) return *this;
    const std::size_t sign = left_.front() == '-' ? 1 : 0;
    double value = 0;
    const auto read = std::from_chars(left_.data(), left_.data() + left_.size(), value);
    const bool numeric = left_.size() > sign && (digit(left_[sign]) || left_[sign] == '.');
    taken(read.ptr, numeric ? read.ec : std::errc::invalid_argument);
    return *this;
  }

  Fields& comma() {
    if (!next()) return *this;
    odd_separator_ = odd_separator_ || left_.front() != ',';
    left_.remove_prefix(1);
    return *this;
  }

  /// "0,255,0,255": the ranges of bottom and top.
  Fields& ranges() {
    int position = 0;
    integer(position).comma().integer(position).comma();
    return integer(position).comma().integer(position);
  }

  /// ",0,0,0,0,0,0": means and deviations of width, bearing and advance.
  Fields& statistics() {
    for (int i = 0; i < 6; ++i) comma().number();
    return *this;
  }

 private:
  /// Skips spaces; false: there is no further field.
  bool next() {
    if (failed_) return false;
    left_.remove_prefix(std::min(left_.find_first_not_of(kSpaces), left_.size()));
    failed_ = left_.empty();
    return !failed_;
  }

  void taken(const char* end, std::errc failure) {
    failed_ = failure != std::errc();
    left_.remove_prefix(static_cast<std::size_t>(end - left_.data()));
  }

  std::string_view left_;
  bool failed_ = false;
  bool odd_separator_ = false;
};

/// Parses the fields after the properties in the newest format that fits.
void parse_details(std::string_view details, UnicharLine& line) {
  const auto names = [&line](Fields& fields) -> Fields& {
    return fields.word(line.script).integer(line.other_case);
  };
  const auto places = [&](Fields& fields) -> Fields& {
    return names(fields).integer(line.direction).integer(line.mirror);
  };
  Fields newest(details);
  if (places(newest.ranges().statistics()).word(line.normed).fits()) return;
  Fields without_normed(details);
  if (places(without_normed.ranges().statistics()).fits()) return;
  Fields without_statistics(details);
  if (places(without_statistics.ranges()).fits()) return;
  Fields without_direction(details);
  if (names(without_direction.ranges()).fits()) return;
  Fields without_ranges(details);
  if (names(without_ranges).fits()) return;
  Fields(details).word(line.script);
}

}  // namespace

std::optional<UnicharLine> parse_unichar_line(std::string_view line) {
  UnicharLine parsed;
  Fields fields(line.substr(0, line.find('\0')));
  if (!fields.word(parsed.text, kMaxFieldBytes).integer(parsed.properties, 16).fits()) return {};
  parse_details(fields.left(), parsed);
  return parsed;
}

}  // namespace ocrtune::tessdata
