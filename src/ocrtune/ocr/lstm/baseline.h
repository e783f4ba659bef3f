#pragma once

#include <span>
#include <vector>

#include "ocrtune/ocr/lstm/box.h"

namespace ocrtune::lstm {

/// y = slope · x + offset.
struct Line {
  double slope = 0;
  double offset = 0;

  [[nodiscard]] double at(double x) const { return slope * x + offset; }
};

/// A row's baseline: straight pieces from left to right, in Tesseract's arithmetic.
class Baseline {
 public:
  struct Piece {
    int start = 0;  ///< x where it begins to count
    float slope = 0;
    float offset = 0;

    friend bool operator==(const Piece&, const Piece&) = default;
  };

  Baseline() = default;
  explicit Baseline(std::vector<Piece> pieces) : pieces_(std::move(pieces)) {}
  /// One piece for all x.
  static Baseline straight(const Line& line) {
    return Baseline(
        {{.slope = static_cast<float>(line.slope), .offset = static_cast<float>(line.offset)}});
  }

  [[nodiscard]] float at(float x) const;
  [[nodiscard]] const std::vector<Piece>& pieces() const { return pieces_; }

  friend bool operator==(const Baseline&, const Baseline&) = default;

 private:
  std::vector<Piece> pieces_;
};

/// What Tesseract's public interface tells of a baseline: its height at x, rounded.
struct BaselineSample {
  int x = 0;
  int y = 0;
};

/// Samples the baseline doesn't round to.
int misses(const Baseline& baseline, std::span<const BaselineSample> samples);

/// What is known of a row before its baseline is.
struct BaselineRow {
  std::span<const Box> blobs;  ///< by their left edge
  Line straight;               ///< the row's straight baseline, roughly
  int line_size = 0;           ///< px; of the row's block
};

/// A row's baseline fitted to its blobs' lower edges as Tesseract's Textord does (oldbasel.cpp):
/// blobs are split into groups that lie level, the largest group is cut where it turns, and each
/// piece is a least-squares line. Beyond its ends the baseline goes on with the slope of `straight`.
Baseline fit_baseline(const BaselineRow& row);

}  // namespace ocrtune::lstm
