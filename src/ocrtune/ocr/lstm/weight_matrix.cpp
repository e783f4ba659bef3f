#include "ocrtune/ocr/lstm/weight_matrix.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "ocrtune/base/translation.h"

namespace ocrtune::lstm {
namespace {

constexpr std::int64_t kMaxInputs = 4096;
constexpr std::int64_t kMaxOutputs = 65'536;
constexpr double kGreatest = 1e6;

// Flags in a matrix's first byte.
constexpr unsigned kInteger = 1;
constexpr unsigned kAdam = 4;
constexpr unsigned kDouble = 128;

struct Size {
  int rows = 0;
  int columns = 0;
};

/// Sizes, then Tesseract's value for new cells.
template <typename Cell>
Size parse_size(tessdata::ByteReader& bytes) {
  Size size;
  size.rows = static_cast<int>(
      bytes.in_range(bytes.number<std::int32_t>(), 1, kMaxOutputs, tr_noop("a matrix's outputs")));
  size.columns = static_cast<int>(bytes.in_range(bytes.number<std::int32_t>(), 2, kMaxInputs + 1,
                                                 tr_noop("a matrix's inputs")));
  bytes.number<Cell>();
  return size;
}

template <typename Cell>
std::vector<Cell> parse_cells(tessdata::ByteReader& bytes, Size size) {
  return bytes.numbers<Cell>(static_cast<std::uint64_t>(size.rows) *
                             static_cast<std::uint64_t>(size.columns));
}

void skip_doubles(tessdata::ByteReader& bytes) {
  parse_cells<double>(bytes, parse_size<double>(bytes));
}

float narrowed(tessdata::ByteReader& bytes, double value) {
  if (!(std::abs(value) <= kGreatest)) bytes.fail(tr("a weight is not a number or is too large"));
  return static_cast<float>(value);
}

void parse_integers(tessdata::ByteReader& bytes, WeightMatrix& matrix) {
  const Size size = parse_size<std::int8_t>(bytes);
  matrix.outputs = size.rows;
  matrix.inputs = size.columns - 1;
  matrix.integers = parse_cells<std::int8_t>(bytes, size);
  // Tesseract may have written scales of additional outputs that only fill a register.
  const auto count = static_cast<std::size_t>(bytes.in_range(
      bytes.number<std::uint32_t>(), size.rows, size.rows + 64, tr_noop("the number of scales")));
  const std::vector<double> scales = bytes.numbers<double>(count);
  for (int output = 0; output < size.rows; ++output) {
    matrix.scales.push_back(narrowed(bytes, scales[static_cast<std::size_t>(output)] / 127));
  }
}

void parse_floats(tessdata::ByteReader& bytes, WeightMatrix& matrix) {
  const Size size = parse_size<double>(bytes);
  matrix.outputs = size.rows;
  matrix.inputs = size.columns - 1;
  for (const double weight : parse_cells<double>(bytes, size)) {
    matrix.floats.push_back(narrowed(bytes, weight));
  }
}

}  // namespace

WeightMatrix parse_weights(tessdata::ByteReader& bytes, bool training) {
  const unsigned flags = bytes.number<std::uint8_t>();
  if ((flags & kDouble) == 0) {
    bytes.fail(tr("the weight format of Tesseract before 4.0 isn't supported"));
  }
  WeightMatrix matrix;
  if ((flags & kInteger) != 0) {
    parse_integers(bytes, matrix);
    return matrix;
  }
  parse_floats(bytes, matrix);
  if (training) {
    skip_doubles(bytes);
    if ((flags & kAdam) != 0) skip_doubles(bytes);
  }
  return matrix;
}

}  // namespace ocrtune::lstm
