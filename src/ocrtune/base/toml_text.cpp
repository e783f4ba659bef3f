#include "ocrtune/base/toml_text.h"

#include <algorithm>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace {

/// Counts before anything is parsed: toml++ makes and destroys what is nested by calling itself,
/// and has no limit for the names of a key.
class TomlNesting {
 public:
  explicit TomlNesting(std::string_view text) : text_(text) {}

  /// Reads on until something is deeper than `limit`. True if something is.
  bool exceeds(std::size_t limit) {
    while (at_ < text_.size() && deepest_ <= limit) step();
    return deepest_ > limit;
  }

  [[nodiscard]] std::size_t deepest() const { return deepest_; }
  [[nodiscard]] std::size_t line() const {
    return 1 + static_cast<std::size_t>(std::ranges::count(text_.substr(0, at_), '\n'));
  }

 private:
  enum class Part { start, header, key, value };

  /// An array or a table in braces.
  struct Open {
    bool is_table = false;
    std::size_t depth = 0;
  };

  void step() {
    const char c = text_[at_];
    if (c == '#') {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (c == '"' || c == '\'') {
      if (part_ == Part::start) begin_key(header_);
      skip_string(c);
    } else {
      ++at_;
      if (c == '\n') {
        if (open_.empty()) part_ = Part::start;
      } else if (c != ' ' && c != '\t' && c != '\r') {
        take(c);
      }
    }
  }

  void take(char c) {
    switch (part_) {
      case Part::start:
        begin_key(c == '[' ? 0 : header_);
        if (c == '[') part_ = Part::header;
        break;
      case Part::header:
        if (c == '.') deepen();
        header_ = depth_;
        break;
      case Part::key:
        if (c == '.') deepen();
        if (c == '=') part_ = Part::value;
        if (c == '}') close();
        break;
      case Part::value:
        take_of_value(c);
        break;
    }
  }

  void take_of_value(char c) {
    if (c == '[' || c == '{') {
      deepen();
      open_.push_back({.is_table = c == '{', .depth = depth_});
      if (c == '{') begin_key(depth_);
    } else if (c == ']' || c == '}') {
      close();
    } else if (c == ',' && !open_.empty()) {
      depth_ = open_.back().depth;
      if (open_.back().is_table) begin_key(depth_);
    }
  }

  void begin_key(std::size_t outside) {
    depth_ = outside;
    deepen();
    part_ = Part::key;
  }

  void close() {
    if (!open_.empty()) open_.pop_back();
    depth_ = open_.empty() ? header_ : open_.back().depth;
    part_ = Part::value;
  }

  void deepen() { deepest_ = std::max(deepest_, ++depth_); }

  /// Whether a text stands at this place.
  [[nodiscard]] bool has(std::string_view what) const {
    return text_.substr(std::min(at_, text_.size())).starts_with(what);
  }

  void skip_string(char quote) {
    const std::string three(3, quote);
    const bool is_long = has(three);
    const std::string end = is_long ? three : three.substr(0, 1);
    at_ += end.size();
    while (at_ < text_.size() && !has(end)) at_ += quote == '"' && text_[at_] == '\\' ? 2 : 1;
    at_ = std::min(at_ + end.size(), text_.size());
    // Up to two quotes more are the end of a long string's text.
    for (int more = 0; is_long && more < 2 && has(end.substr(0, 1)); ++more) ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Part part_ = Part::start;
  std::size_t depth_ = 0;
  std::size_t header_ = 0;
  std::size_t deepest_ = 0;
  std::vector<Open> open_;
};

[[noreturn]] void refuse_toml(const std::string& why) { throw Error(Errc::input_unreadable, why); }

}  // namespace

std::size_t toml_depth(std::string_view text) {
  TomlNesting nesting(text);
  (void)nesting.exceeds(text.size());
  return nesting.deepest();
}

toml::table parse_toml(std::string_view text) {
  if (!is_utf8(text)) refuse_toml(tr("is not UTF-8 text"));
  TomlNesting nesting(text);
  if (nesting.exceeds(kMaxTomlDepth))
    refuse_toml(tr("line {}: is nested more than {} deep", nesting.line(), kMaxTomlDepth));
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    // toml++ explains in English only; the column shows others where to look.
    const toml::source_position at = error.source().begin;
    refuse_toml(tr("line {}: not TOML: {}", at.line,
                   current_language() == Language::english ? quotable(error.description())
                                                           : tr("see column {}", at.column)));
  }
}

}  // namespace ocrtune
