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

bool shows_strings(std::string_view name) {
  return name == "Tj" || name == "TJ" || name == "'" || name == "\"";
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
  ContentTokens tokens_;
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
