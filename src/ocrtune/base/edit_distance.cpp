#include "ocrtune/base/edit_distance.h"

#include <array>

namespace ocrtune {
namespace {

constexpr std::size_t kBits = 64;
/// Blocks that are advanced together: each depends on its own last step, and only at its start on
/// the one above.
constexpr std::size_t kGroup = 4;

/// Bits of the rows of several blocks that equal an element of the pattern.
using Equal = std::array<std::uint64_t, kGroup>;

/// Differences of cells to their left neighbours, in bits: 1 more (up) and 1 less (down).
struct Change {
  std::uint64_t up;
  std::uint64_t down;
};

/// 64 rows of the table's current column: Myers' equations. A bit of plus_ or minus_ is set where a
/// cell is 1 more or less than the one above it.
class Block {
 public:
  /// Advances to the column of the text's next element. `equal` has the rows whose element is that;
  /// `above`, with at most the lowest bits set, is the change of the row above the block.
  Change advance(std::uint64_t equal, Change above) {
    const std::uint64_t vertical = equal | minus_;
    equal |= above.down;
    const std::uint64_t horizontal = (((equal & plus_) + plus_) ^ plus_) | equal;
    const Change change{minus_ | ~(horizontal | plus_), plus_ & horizontal};
    const Change shifted{change.up << 1 | above.up, change.down << 1 | above.down};
    plus_ = shifted.down | ~(vertical | shifted.up);
    minus_ = shifted.up & vertical;
    return change;
  }

 private:
  std::uint64_t plus_ = ~std::uint64_t{0};
  std::uint64_t minus_ = 0;
};

/// The changes of a row of the table from column to column, each 0 or 1.
class Row {
 public:
  /// The table's top row: 0, 1, 2, …
  explicit Row(std::size_t size) : up_(size, 1), down_(size, 0) {}

  [[nodiscard]] Change get(std::size_t column) const { return {up_[column], down_[column]}; }
  void set(std::size_t column, const Change& change) {
    up_[column] = static_cast<std::uint8_t>(change.up);
    down_[column] = static_cast<std::uint8_t>(change.down);
  }

 private:
  std::vector<std::uint8_t> up_;
  std::vector<std::uint8_t> down_;
};

Change lowest_row(const Change& change, std::size_t last) {
  return {change.up >> last & 1, change.down >> last & 1};
}

/// Replaces the row above a block by its row number `last`.
void advance_block(std::span<const Equal> equal, std::span<const std::uint32_t> text,
                   std::size_t last, Row& row) {
  Block block;
  for (std::size_t j = 0; j < text.size(); ++j) {
    row.set(j, lowest_row(block.advance(equal[text[j]][0], row.get(j)), last));
  }
}

/// The same for all rows of a group.
void advance_group(std::span<const Equal> equal, std::span<const std::uint32_t> text, Row& row) {
  Block first;
  Block second;
  Block third;
  Block fourth;
  for (std::size_t j = 0; j < text.size(); ++j) {
    const Equal& rows = equal[text[j]];
    Change change = row.get(j);
    change = lowest_row(first.advance(rows[0], change), kBits - 1);
    change = lowest_row(second.advance(rows[1], change), kBits - 1);
    change = lowest_row(third.advance(rows[2], change), kBits - 1);
    change = lowest_row(fourth.advance(rows[3], change), kBits - 1);
    row.set(j, change);
  }
}

}  // namespace

std::size_t edit_distance_of_numbers(std::span<const std::uint32_t> a,
                                     std::span<const std::uint32_t> b, std::size_t numbers) {
  // The last block of the pattern is seldom full; the longer sequence wastes less by it.
  const auto pattern = a.size() >= b.size() ? a : b;
  const auto text = a.size() >= b.size() ? b : a;
  std::vector<Equal> equal(numbers);
  Row row(text.size());
  for (std::size_t done = 0; done < pattern.size();) {
    const std::size_t left = pattern.size() - done;
    const bool group = left >= kGroup * kBits;
    const auto part = pattern.subspan(done, group ? kGroup * kBits : std::min(left, kBits));
    for (std::size_t i = 0; i < part.size(); ++i) {
      equal[part[i]][i / kBits] |= std::uint64_t{1} << i % kBits;
    }
    if (group) {
      advance_group(equal, text, row);
    } else {
      advance_block(equal, text, part.size() - 1, row);
    }
    for (const std::uint32_t number : part) equal[number] = {};
    done += part.size();
  }
  std::size_t distance = pattern.size();
  for (std::size_t j = 0; j < text.size(); ++j) distance += row.get(j).up - row.get(j).down;
  return distance;
}

}  // namespace ocrtune
