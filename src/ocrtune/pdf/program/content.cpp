#include "ocrtune/pdf/program/content.h"

#include <algorithm>
#include <array>
#include <vector>

#include "ocrtune/base/text.h"

namespace ocrtune {
namespace {

bool is_pdf_space(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

bool is_delimiter(char c) {
  return std::string_view("()<>[]{}/%").find(c) != std::string_view::npos;
}

/// Operators that show nothing by themselves.
bool is_state_operator(std::string_view name) {
  constexpr std::array<std::string_view, 36> kNames{
      "cm", "Tf", "Tz", "Tm", "Td", "TD", "T*", "Tr", "Tc", "Tw",  "TL",  "Ts",
      "BT", "ET", "gs", "w",  "J",  "j",  "M",  "d",  "ri", "i",   "rg",  "RG",
      "g",  "G",  "k",  "K",  "cs", "CS", "sc", "q",  "Q",  "BMC", "BDC", "EMC"};
  return std::ranges::find(kNames, name) != kNames.end();
}

bool shows_strings(std::string_view name) {
  return name == "Tj" || name == "TJ" || name == "'" || name == "\"";
}

/// The parts of a content stream, one after the other: operands and operators.
class Tokens {
 public:
  explicit Tokens(std::string_view text) : text_(text) {}

  /// The next token; empty at the end.
  std::string_view next() {
    skip_space();
    const std::size_t begin = at_;
    if (at_ == text_.size()) return {};
    const char c = text_[at_++];
    if (c == '(') {
      skip_string();
    } else if (c == '<' && peek() != '<') {
      while (at_ < text_.size() && text_[at_++] != '>') continue;
    } else if ((c == '<' || c == '>') && peek() == c) {
      ++at_;
    } else if (c == '/' || !is_delimiter(c)) {
      while (at_ < text_.size() && !is_pdf_space(text_[at_]) && !is_delimiter(text_[at_])) ++at_;
    }
    return text_.substr(begin, at_ - begin);
  }

  /// After ID: the end of an inline image's data.
  void skip_image() {
    while (at_ < text_.size()) {
      const std::size_t found = text_.find("EI", at_);
      if (found == std::string_view::npos) break;
      at_ = found + 2;
      const bool begins = found > 0 && is_pdf_space(text_[found - 1]);
      if (begins && (at_ == text_.size() || is_pdf_space(text_[at_]))) return;
    }
    at_ = text_.size();
  }

  /// The offset behind the last token.
  [[nodiscard]] std::size_t at() const { return at_; }

 private:
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  void skip_space() {
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] == '%') {
        while (at_ < text_.size() && text_[at_] != '\n' && text_[at_] != '\r') ++at_;
        if (at_ == text_.size()) return;
      } else if (!is_pdf_space(text_[at_])) {
        return;
      }
    }
  }

  void skip_string() {
    for (int depth = 1; at_ < text_.size() && depth > 0; ++at_) {
      if (text_[at_] == '\\') {
        if (at_ + 1 < text_.size()) ++at_;
      } else if (text_[at_] == '(') {
        ++depth;
      } else if (text_[at_] == ')') {
        --depth;
      }
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

bool is_operator(std::string_view token) {
  const char c = token.front();
  if (std::string_view("()<>[]{}/+-.0123456789").find(c) != std::string_view::npos) return false;
  return token != "true" && token != "false" && token != "null";
}

class ContentFilter {
 public:
  ContentFilter(std::string_view content, bool keeps_visible)
      : content_(content), tokens_(content), keeps_visible_(keeps_visible) {}

  VisibleContent filtered() {
    for (std::string_view token = tokens_.next(); !token.empty(); token = tokens_.next()) {
      if (!is_operator(token)) {
        operands_.push_back(token);
        continue;
      }
      if (token == "ID") tokens_.skip_image();
      apply(token);
      from_ = tokens_.at();
      operands_.clear();
    }
    if (keeps_visible_) result_.content += content_.substr(from_);
    for (const std::string& font : invisible_fonts_) {
      if (!visible_fonts_.contains(font)) result_.gone.insert(font);
    }
    return std::move(result_);
  }

 private:
  /// What `q` saves.
  struct State {
    int mode = 0;
    std::string font;
    std::size_t begin = 0;  // of the group in the output
    bool stripped = false;  // invisible text was in the group
    bool marked = false;    // something else is in it
  };

  void apply(std::string_view name) {
    State& state = states_.back();
    if (name == "q") {
      states_.push_back({state.mode, state.font, result_.content.size()});
    } else if (name == "Q" && states_.size() > 1) {
      end_group();
      return;
    } else if (name == "Tr" && !operands_.empty()) {
      double mode = 0;
      state.mode = parse_number(std::string(operands_.back()), mode) ? static_cast<int>(mode) : 0;
    } else if (name == "Tf" && operands_.size() >= 2) {
      state.font = operands_[operands_.size() - 2].substr(1);
    } else if (shows_strings(name)) {
      if (state.mode == 3) {
        if (keeps_visible_) {
          strip(name);
        } else {
          keep();
        }
        return;
      }
      visible_fonts_.insert(state.font);
      for (const std::string_view operand : operands_) result_.shown += bytes_of(operand);
    } else if (name == "Do" && !operands_.empty()) {
      result_.drawn.insert(std::string(operands_.back().substr(1)));
    }
    if (!is_state_operator(name)) state.marked = true;
    if (keeps_visible_ || is_state_operator(name)) keep();
  }

  /// The bytes of a string.
  static std::size_t bytes_of(std::string_view operand) {
    if (operand.front() == '(') return operand.size() - std::min<std::size_t>(2, operand.size());
    return operand.front() == '<' && operand.size() > 2 ? (operand.size() - 2) / 2 : 0;
  }

  /// Removes an operator that shows text; what it does besides stays.
  void strip(std::string_view name) {
    State& state = states_.back();
    state.stripped = true;
    result_.changed = true;
    invisible_fonts_.insert(state.font);
    if (name == "\"" && operands_.size() >= 3) {
      result_.content +=
          "\n" + std::string(operands_[0]) + " Tw " + std::string(operands_[1]) + " Tc T*";
    } else if (name == "'") {
      result_.content += "\nT*";
    }
  }

  void end_group() {
    const State ended = states_.back();
    states_.pop_back();
    State& outer = states_.back();
    outer.stripped = outer.stripped || ended.stripped;
    outer.marked = outer.marked || ended.marked;
    if (ended.stripped && !ended.marked) {
      result_.content.resize(ended.begin);
    } else {
      keep();
    }
  }

  void keep() { result_.content += content_.substr(from_, tokens_.at() - from_); }

  std::string_view content_;
  Tokens tokens_;
  bool keeps_visible_;
  std::size_t from_ = 0;  // begin of what is not in the output yet
  std::vector<std::string_view> operands_;
  std::vector<State> states_{State{}};
  std::set<std::string> visible_fonts_;
  std::set<std::string> invisible_fonts_;
  VisibleContent result_;
};

}  // namespace

VisibleContent visible_content(std::string_view content) {
  return ContentFilter(content, true).filtered();
}

std::string invisible_content(std::string_view content) {
  return ContentFilter(content, false).filtered().content;
}

}  // namespace ocrtune
