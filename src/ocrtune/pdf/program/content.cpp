#include "ocrtune/pdf/program/content.h"

#include <algorithm>
#include <array>
#include <vector>

#include "ocrtune/base/text.h"
#include "ocrtune/pdf/program/content_tokens.h"

namespace ocrtune {
namespace {

/// Operators that show nothing by themselves.
bool is_state_operator(std::string_view name) {
  constexpr std::array<std::string_view, 36> kNames{
      "cm", "Tf", "Tz", "Tm", "Td", "TD", "T*", "Tr", "Tc", "Tw",  "TL",  "Ts",
      "BT", "ET", "gs", "w",  "J",  "j",  "M",  "d",  "ri", "i",   "rg",  "RG",
      "g",  "G",  "k",  "K",  "cs", "CS", "sc", "q",  "Q",  "BMC", "BDC", "EMC"};
  return std::ranges::find(kNames, name) != kNames.end();
}

std::set<std::string> fonts_of(std::string_view content) {
  std::set<std::string> fonts;
  ContentTokens tokens(content);
  std::array<std::string_view, 2> before;
  for (std::string_view token = tokens.next(); !token.empty(); token = tokens.next()) {
    if (token == "ID") tokens.skip_image();
    if (token == "Tf" && before[0].starts_with('/')) fonts.emplace(before[0]);
    before = {before[1], token};
  }
  return fonts;
}

/// Passes on what is kept, operator by operator.
class ContentFilter {
 public:
  explicit ContentFilter(std::string_view content) : content_(content), tokens_(content) {}

  /// Without the operators that show text and are hidden.
  std::string without(const std::vector<bool>& hidden) {
    std::size_t operation = 0;
    follow([&](std::string_view name) {
      if (!shows_strings(name)) return true;
      const std::size_t number = operation++;
      if (number >= hidden.size() || !hidden[number]) return true;
      strip(name);
      return false;
    });
    result_ += content_.substr(from_);
    return std::move(result_);
  }

  /// Of operators that show something, only those that show text of rendering mode 3.
  std::string invisible() {
    follow([&](std::string_view name) {
      return shows_strings(name) ? states_.back().mode == 3 : is_state_operator(name);
    });
    return std::move(result_);
  }

 private:
  /// What `q` saves.
  struct State {
    int mode = 0;
    std::size_t begin = 0;  // of the group in the output
    bool stripped = false;  // hidden text was in the group
    bool marked = false;    // something else is in it
  };

  template <typename Keeps>
  void follow(const Keeps& keeps) {
    for (std::string_view token = tokens_.next(); !token.empty(); token = tokens_.next()) {
      if (!is_operator(token)) {
        operands_.push_back(token);
        continue;
      }
      if (token == "ID") tokens_.skip_image();
      apply(token, keeps);
      from_ = tokens_.at();
      operands_.clear();
    }
  }

  template <typename Keeps>
  void apply(std::string_view name, const Keeps& keeps) {
    State& state = states_.back();
    if (name == "q") {
      states_.push_back({.mode = state.mode, .begin = result_.size()});
    } else if (name == "Q" && states_.size() > 1) {
      end_group();
      return;
    } else if (name == "Tr" && !operands_.empty()) {
      double mode = 0;
      state.mode = parse_number(std::string(operands_.back()), mode) ? static_cast<int>(mode) : 0;
    }
    if (!keeps(name)) return;
    if (!is_state_operator(name)) states_.back().marked = true;
    keep();
  }

  /// Removes an operator that shows text; what it does besides stays.
  void strip(std::string_view name) {
    states_.back().stripped = true;
    if (name == "\"" && operands_.size() >= 3) {
      result_ += "\n" + std::string(operands_[0]) + " Tw " + std::string(operands_[1]) + " Tc T*";
    } else if (name == "'") {
      result_ += "\nT*";
    }
  }

  void end_group() {
    const State ended = states_.back();
    states_.pop_back();
    State& outer = states_.back();
    outer.stripped = outer.stripped || ended.stripped;
    outer.marked = outer.marked || ended.marked;
    if (ended.stripped && !ended.marked) {
      result_.resize(ended.begin);
    } else {
      keep();
    }
  }

  void keep() { result_ += content_.substr(from_, tokens_.at() - from_); }

  std::string_view content_;
  ContentTokens tokens_;
  std::size_t from_ = 0;  // begin of what is not in the output yet
  std::vector<std::string_view> operands_;
  std::vector<State> states_{State{}};
  std::string result_;
};

}  // namespace

RestOfContent without_text(std::string_view content, const std::vector<bool>& hidden) {
  RestOfContent rest;
  rest.content = ContentFilter(content).without(hidden);
  rest.fonts = fonts_of(rest.content);
  for (const std::string& font : fonts_of(content)) {
    if (!rest.fonts.contains(font)) rest.gone.insert(font);
  }
  return rest;
}

std::string invisible_content(std::string_view content) {
  return ContentFilter(content).invisible();
}

}  // namespace ocrtune
