#pragma once

#include <tesseract/pageiterator.h>

#include <optional>

namespace ocrtune::layout {

/// The baseline of a row of Tesseract's layout, as Tesseract computes with it. Its public interface
/// returns baselines rounded to a pixel (`PageIterator::Baseline`).
///
/// For that, the linker gives Tesseract a function of ours in place of its own `QSPLINE::y`, which
/// evaluates baselines; it notes which spline is asked for, and calls Tesseract's. If Tesseract
/// does not call it by name (built with -Bsymbolic, static, a future version), `of` returns none.
class RowBaseline {
 public:
  /// That of the row of the iterator's current word; none if it cannot be told. It is valid as long
  /// as the layout. Thread-safe for different layouts.
  static std::optional<RowBaseline> of(const tesseract::PageIterator& it);

  /// px from the lower edge of the page.
  [[nodiscard]] float at(int x) const;

 private:
  explicit RowBaseline(const void* spline) : spline_(spline) {}

  const void* spline_;
};

}  // namespace ocrtune::layout
