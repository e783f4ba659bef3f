#include "ocrtune/base/natural_order.h"

#include <algorithm>

namespace ocrtune {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Takes the digits that `text` begins with, without leading zeros.
std::string_view take_number(std::string_view& text) {
  const auto end = std::ranges::find_if_not(text, is_digit);
  std::string_view number = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(number.size());
  number.remove_prefix(std::min(number.find_first_not_of('0'), number.size()));
  return number;
}

std::strong_ordering order_of_numbers(std::string_view a, std::string_view b) {
  return a.size() != b.size() ? a.size() <=> b.size() : a <=> b;
}

}  // namespace

std::strong_ordering natural_order(std::string_view a, std::string_view b) {
  std::string_view left = a;
  std::string_view right = b;
  while (!left.empty() && !right.empty()) {
    if (is_digit(left.front()) && is_digit(right.front())) {
      const std::string_view first = take_number(left);
      const auto order = order_of_numbers(first, take_number(right));
      if (std::is_neq(order)) return order;
      continue;
    }
    if (left.front() != right.front())
      return static_cast<unsigned char>(left.front()) <=> static_cast<unsigned char>(right.front());
    left.remove_prefix(1);
    right.remove_prefix(1);
  }
  const auto order = left.size() <=> right.size();
  return std::is_neq(order) ? order : a <=> b;
}

bool naturally_less(const std::filesystem::path& a, const std::filesystem::path& b) {
  return std::ranges::lexicographical_compare(
      a, b, [](const std::filesystem::path& one, const std::filesystem::path& other) {
        return std::is_lt(natural_order(one.native(), other.native()));
      });
}

}  // namespace ocrtune
