#pragma once

#include <tesseract/pageiterator.h>

#include <optional>

namespace ocrtune::layout {

/// The baseline and x-height of a row of Tesseract's layout, as Tesseract computes with them. Its
/// public interface returns baselines rounded to a pixel (`PageIterator::Baseline`), and a sum with
/// the x-height, rounded (`RowAttributes`).
///
/// For that, the linker gives Tesseract a function of ours in place of its own `QSPLINE::y`, which
/// evaluates baselines; it notes which spline is asked for, and calls Tesseract's. The spline is
/// part of Tesseract's row; the x-height stands before it.
class RowGeometry {
 public:
  /// That of the row of the iterator's current word. None if it cannot be told: if Tesseract does
  /// not call the function by name (built with -Bsymbolic, static, a future version), or if what
  /// stands before the spline is not the x-height, ascenders and descenders from which the
  /// interface computes. It is valid as long as the layout. Thread-safe for different layouts.
  static std::optional<RowGeometry> of(const tesseract::PageIterator& it);

  /// The baseline at x, px from the lower edge of the page.
  [[nodiscard]] float baseline(int x) const;

  /// px.
  [[nodiscard]] float x_height() const { return x_height_; }

 private:
  RowGeometry(const void* spline, float x_height) : spline_(spline), x_height_(x_height) {}

  const void* spline_;
  float x_height_;
};

}  // namespace ocrtune::layout
