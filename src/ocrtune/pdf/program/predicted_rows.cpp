#include "ocrtune/pdf/program/predicted_rows.h"

#include <array>
#include <cstdlib>
#include <limits>
#include <vector>

namespace ocrtune {
namespace {

using Octets = std::vector<unsigned char>;

constexpr int kFilters = 5;

int paeth(int left, int above, int corner) {
  const int guess = left + above - corner;
  const int to_left = std::abs(guess - left);
  const int to_above = std::abs(guess - above);
  const int to_corner = std::abs(guess - corner);
  if (to_left <= to_above && to_left <= to_corner) return left;
  return to_above <= to_corner ? above : corner;
}

int prediction(int filter, int left, int above, int corner) {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return (left + above) / 2;
    case 4:
      return paeth(left, above, corner);
    default:
      return 0;
  }
}

/// The row after a filter into `out`; returns the sum of its bytes as signed numbers, without their
/// signs: the smallest one is what PNG recommends.
std::size_t filtered(int filter, const Octets& row, const Octets& above, std::size_t pixel_bytes,
                     Octets& out) {
  std::size_t sum = 0;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const bool first = i < pixel_bytes;
    const int left = first ? 0 : row[i - pixel_bytes];
    const int corner = first ? 0 : above[i - pixel_bytes];
    const auto rest =
        static_cast<unsigned char>(row[i] - prediction(filter, left, above[i], corner));
    out[i] = rest;
    sum += rest < 128 ? rest : 256U - rest;
  }
  return sum;
}

}  // namespace

std::string predicted_rows(std::string_view samples, std::size_t row_bytes,
                           std::size_t pixel_bytes) {
  const std::size_t rows = samples.size() / row_bytes;
  std::string result;
  result.reserve(rows * (row_bytes + 1));
  Octets above(row_bytes);
  Octets tried(row_bytes);
  Octets best(row_bytes);
  for (std::size_t y = 0; y < rows; ++y) {
    const std::string_view bytes = samples.substr(y * row_bytes, row_bytes);
    const Octets row(bytes.begin(), bytes.end());
    std::size_t least = std::numeric_limits<std::size_t>::max();
    int chosen = 0;
    for (int filter = 0; filter < kFilters; ++filter) {
      const std::size_t sum = filtered(filter, row, above, pixel_bytes, tried);
      if (sum >= least) continue;
      least = sum;
      chosen = filter;
      best.swap(tried);
    }
    result += static_cast<char>(chosen);
    result.append(best.begin(), best.end());
    above = row;
  }
  return result;
}

}  // namespace ocrtune
