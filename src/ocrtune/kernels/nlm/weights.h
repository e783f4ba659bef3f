#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace ocrtune::nlm {

constexpr int kTemplate = 7;
constexpr std::ptrdiff_t kHalf = kTemplate / 2;
/// OpenCV divides the sum over the template by 64, the power of two after 49, to index its weights.
constexpr int kShift = 6;
constexpr int kMaxSquare = 255 * 255;
constexpr int kMaxIndex = kTemplate * kTemplate * kMaxSquare >> kShift;
/// Half of the widest search window.
constexpr std::ptrdiff_t kMaxReach = 10;
/// Weights that do not fit into a signed number of 16 bits are stored as two of this many bits.
constexpr int kPlaneBits = 15;
/// Number of indices of 16-bit sums.
constexpr int kNarrowIndices = 1 << (16 - kShift);

/// The weights up to index kBlocks * kBlock as products, in tables that fit into registers:
///
///   weights[i] = (start[b] * within[r] >> (16 + shift[b])) + bit b % 16 of extra[b / 16][r],
///
/// b = i / kBlock, r = i % kBlock. For e = one * exp(-c i), start[b] is e at the block's first
/// index, times 2^s, rounded, and within[r] is exp(-c r) * 2^16, rounded. s is as large as 16 bits
/// allow: for each block, as shift[b]; or for block 0, and then `within` is divided by 2^s instead
/// of the product. As long as the two roundings change the quotient by less than 1/2, rounded down
/// it is the weight or 1 less. That is not so for every `h`, therefore every index is checked, and
/// `exact` tells whether all are correct.
struct Factors {
  static constexpr std::size_t kBlock = 64;
  static constexpr std::size_t kBlocks = 64;

  bool exact = false;    ///< whether the formula holds, so that the tables may be used
  bool shifted = false;  ///< whether blocks have a shift; else `shift` is 0
  std::array<std::uint16_t, kBlocks> start{};
  std::array<std::uint16_t, kBlocks> shift{};
  std::array<std::uint16_t, kBlock> within{};
  std::array<std::array<std::uint16_t, kBlock>, kBlocks / 16> extra{};
};

/// The weights of fastNlMeansDenoising by (sum over the template >> kShift).
///
/// They are stored as numbers that fit a signed 16-bit factor: weight = sum over the planes p of
/// (planes[p][index] + bias) << (15 * p).
struct Weights {
  std::uint32_t one = 0;   ///< the weight at index 0, the largest
  std::uint16_t bias = 0;  ///< 0 if there are two planes
  std::size_t cutoff = 0;  ///< the weight is 0 from this index on
  bool narrow = false;     ///< whether every index from kNarrowIndices - 1 on has the weight 0
  /// kNarrowIndices entries if narrow, else kMaxIndex + 1.
  std::vector<std::vector<std::uint16_t>> planes;
  Factors factors;  ///< of the only plane, without the bias
};

/// The weights for strength `h` and a window of `search` x `search` pixels; pure.
Weights weights_for(float h, int search);

/// The weights below the cutoff, each as one number; pure.
std::vector<std::uint32_t> whole_weights(const Weights& weights);

}  // namespace ocrtune::nlm
