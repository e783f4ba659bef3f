#include "ocrtune/pdf/program/text_position.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>

namespace ocrtune {
namespace {

using Operands = std::vector<std::string_view>;

std::optional<unsigned> digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return std::nullopt;
}

std::string hexadecimal(std::string_view digits) {
  std::string bytes;
  std::optional<unsigned> high;
  for (const char c : digits) {
    const auto value = digit(c);
    if (!value) continue;
    if (high) bytes += static_cast<char>(*high * 16 + *value);
    high = high ? std::nullopt : value;
  }
  if (high) bytes += static_cast<char>(*high * 16);
  return bytes;
}

/// The byte after a backslash at `at`, which is set behind it.
std::optional<char> escaped(std::string_view text, std::size_t& at) {
  const char c = text[at++];
  if (c >= '0' && c <= '7') {
    unsigned value = c - '0';
    for (int i = 0; i < 2 && at < text.size() && text[at] >= '0' && text[at] <= '7'; ++i)
      value = value * 8 + (text[at++] - '0');
    return static_cast<char>(value);
  }
  if (c == '\n') return std::nullopt;
  if (c == '\r') {
    if (at < text.size() && text[at] == '\n') ++at;
    return std::nullopt;
  }
  constexpr std::string_view kLetters = "nrtbf";
  constexpr std::string_view kBytes = "\n\r\t\b\f";
  const std::size_t letter = kLetters.find(c);
  return letter == std::string_view::npos ? c : kBytes[letter];
}

std::string literal(std::string_view text) {
  std::string bytes;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != '\\' || at + 1 == text.size()) {
      bytes += text[at++];
      continue;
    }
    if (const auto byte = escaped(text, ++at)) bytes += *byte;
  }
  return bytes;
}

const FontMetrics& font_of(const GraphicsState& state) {
  static const FontMetrics kUnknown;
  return state.font ? *state.font : kUnknown;
}

/// How far a string goes on, in the space of text. `blank`: whether it is only spaces.
double advance(const std::string& bytes, const GraphicsState& state, bool& blank) {
  const FontMetrics& font = font_of(state);
  double along = 0;
  for (std::size_t i = 0; i < bytes.size(); i += font.code_bytes) {
    std::size_t code = static_cast<unsigned char>(bytes[i]);
    if (font.code_bytes == 2)
      code = code * 256 + (i + 1 < bytes.size() ? static_cast<unsigned char>(bytes[i + 1]) : 0);
    const bool is_space = font.code_bytes == 1 && code == ' ';
    blank = blank && is_space;
    const double glyph = font.is_vertical ? -state.size : font.width(code) * state.size;
    along += glyph + state.spacing + (is_space ? state.word_spacing : 0);
  }
  return font.is_vertical ? along : along * state.stretch;
}

}  // namespace

std::string string_bytes(std::string_view token) {
  if (token.size() < 2) return "";
  const auto inside = [&](char end) {
    return token.substr(1, token.size() - (token.back() == end ? 2 : 1));
  };
  if (token.front() == '(') return literal(inside(')'));
  return token.front() == '<' && token[1] != '<' ? hexadecimal(inside('>')) : "";
}

void TextPosition::next_line(double x, double y) {
  line_ = Transform{1, 0, 0, 1, x, y}.then(line_);
  text_ = line_;
}

bool TextPosition::move(std::string_view name, const Operands& operands, GraphicsState& state) {
  const auto operand = [&](std::size_t i) { return number_of(operands[i]); };
  if (name == "BT") {
    line_ = text_ = {};
  } else if (name == "Td" || name == "TD") {
    if (operands.size() != 2) return true;
    if (name == "TD") state.leading = -operand(1);
    next_line(operand(0), operand(1));
  } else if (name == "Tm") {
    if (const auto placed = matrix_in(operands)) line_ = text_ = *placed;
  } else if (name == "T*") {
    next_line(0, -state.leading);
  } else {
    return false;
  }
  return true;
}

TextPosition::Shown TextPosition::show(std::string_view name, const Operands& operands,
                                       GraphicsState& state) {
  if (name == "\"" && operands.size() >= 3) {
    state.word_spacing = number_of(operands[0]);
    state.spacing = number_of(operands[1]);
  }
  if (name == "'" || name == "\"") next_line(0, -state.leading);
  const bool is_array = name == "TJ";
  const bool vertical = state.font && state.font->is_vertical;
  Shown shown;
  double begin = 0;
  double at = 0;
  for (std::size_t i = is_array || operands.empty() ? 0 : operands.size() - 1; i < operands.size();
       ++i) {
    const std::string_view operand = operands[i];
    if (operand.front() == '(' || operand.front() == '<') {
      at += advance(string_bytes(operand), state, shown.is_blank);
    } else if (is_array && operand != "[" && operand != "]") {
      const double gap = -number_of(operand) / 1000 * state.size * (vertical ? 1 : state.stretch);
      // What stands apart, as in columns, has room between it.
      constexpr double kApart = 0.6;
      if (std::abs(gap) > kApart * std::abs(state.size)) {
        add(begin, at, state, shown);
        begin = at + gap;
      }
      at += gap;
    }
  }
  add(begin, at, state, shown);
  text_ = (vertical ? Transform{1, 0, 0, 1, 0, at} : Transform{1, 0, 0, 1, at, 0}).then(text_);
  return shown;
}

void TextPosition::add(double begin, double end, const GraphicsState& state, Shown& shown) const {
  if (begin == end) return;
  const FontMetrics& font = font_of(state);
  const double half = 0.5 * state.size;
  const PdfBox box = font.is_vertical ? PdfBox{-half, end, half, begin}
                                      : PdfBox{begin, font.descent * state.size + state.rise, end,
                                               font.ascent * state.size + state.rise};
  shown.boxes.push_back(box_around(box, text_.then(state.matrix)));
}

}  // namespace ocrtune
