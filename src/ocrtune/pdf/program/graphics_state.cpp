#include "ocrtune/pdf/program/graphics_state.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "ocrtune/base/text.h"

namespace ocrtune {
namespace {

using Operands = std::vector<std::string_view>;

/// What is fainter cannot be seen.
constexpr double kFaint = 0.02;

/// From components of gray, RGB or CMYK. A strong colour can be seen on white, however light it is.
std::optional<double> light_of(const Operands& operands) {
  std::vector<double> parts;
  for (const std::string_view operand : operands) {
    double part = 0;
    if (!parse_number(operand, part)) return std::nullopt;
    parts.push_back(std::clamp(part, 0.0, 1.0));
  }
  if (parts.size() == 1) return parts[0];
  if (parts.size() == 3) return std::ranges::min(parts);
  if (parts.size() == 4) return (1 - std::max({parts[0], parts[1], parts[2]})) * (1 - parts[3]);
  return std::nullopt;
}

bool is_one_of(std::string_view name, std::string_view one, std::string_view other) {
  return name == one || name == other;
}

}  // namespace

double number_of(std::string_view token) {
  double number = 0;
  return parse_number(token, number) && std::isfinite(number) ? number : 0;
}

std::optional<Transform> matrix_in(const Operands& operands) {
  if (operands.size() != 6) return std::nullopt;
  std::array<double, 6> numbers{};
  std::ranges::transform(operands, numbers.begin(), number_of);
  return transform_of(numbers);
}

bool GraphicsState::set(std::string_view name, const Operands& operands) {
  if (name == "cm") {
    if (const auto moved = matrix_in(operands)) matrix = moved->then(matrix);
    return true;
  }
  return set_text(name, operands) || set_colour(name, operands);
}

bool GraphicsState::set_text(std::string_view name, const Operands& operands) {
  const double value = operands.empty() ? 0 : number_of(operands.back());
  if (name == "Tr") {
    mode = static_cast<int>(std::clamp(value, 0.0, 7.0));
  } else if (name == "Tc") {
    spacing = value;
  } else if (name == "Tw") {
    word_spacing = value;
  } else if (name == "Tz") {
    stretch = value / 100;
  } else if (name == "TL") {
    leading = value;
  } else if (name == "Ts") {
    rise = value;
  } else {
    return false;
  }
  return true;
}

bool GraphicsState::set_colour(std::string_view name, const Operands& operands) {
  if (is_one_of(name, "g", "rg") || name == "k") {
    fill = {.light = light_of(operands)};
  } else if (is_one_of(name, "G", "RG") || name == "K") {
    stroke = {.light = light_of(operands)};
  } else if (is_one_of(name, "sc", "scn") || is_one_of(name, "SC", "SCN")) {
    Paint& paint = name.front() == 's' ? fill : stroke;
    const bool is_pattern = !operands.empty() && operands.back().starts_with('/');
    paint.is_plain = !is_pattern;
    paint.light = is_pattern || !paint.is_counted ? std::nullopt : light_of(operands);
  } else {
    return false;
  }
  return true;
}

bool GraphicsState::shows_text() const {
  if (mode == 3 || mode == 7 || (font && font->has_no_glyphs)) return false;
  const bool fills = mode % 4 != 1;
  const bool strokes = mode % 4 == 1 || mode % 4 == 2;
  return group_alpha * std::max(fills ? fill_alpha : 0, strokes ? stroke_alpha : 0) > kFaint;
}

std::optional<double> GraphicsState::light_of_text() const {
  if (mode % 4 == 0) return fill.light;
  if (mode % 4 == 1) return stroke.light;
  if (!fill.light || !stroke.light) return std::nullopt;
  return std::min(*fill.light, *stroke.light);
}

bool GraphicsState::covers() const {
  return !blends && !is_masked && group_alpha * fill_alpha > 1 - kFaint;
}

}  // namespace ocrtune
