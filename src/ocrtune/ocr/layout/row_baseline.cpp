#include "ocrtune/ocr/layout/row_baseline.h"

#include "ocrtune/ocr/layout/tesseract_symbol.h"

namespace ocrtune::layout {
namespace {

// tesseract::QSPLINE::y(double) const
#define OCRTUNE_QSPLINE_Y "_ZNK9tesseract7QSPLINE1yEd"

thread_local const void* last_spline = nullptr;

double evaluate(const void* spline, double x) {
  static const auto kOwn = tesseracts_own<double (*)(const void*, double)>(OCRTUNE_QSPLINE_Y);
  return kOwn(spline, x);
}

}  // namespace

double noted_evaluation(const void* spline, double x) OCRTUNE_REPLACES(OCRTUNE_QSPLINE_Y);

double noted_evaluation(const void* spline, double x) {
  last_spline = spline;
  return evaluate(spline, x);
}

std::optional<RowBaseline> RowBaseline::of(const tesseract::PageIterator& it) {
  last_spline = nullptr;
  int unused = 0;
  if (!it.Baseline(tesseract::RIL_WORD, &unused, &unused, &unused, &unused)) return std::nullopt;
  return last_spline == nullptr ? std::nullopt : std::optional(RowBaseline(last_spline));
}

float RowBaseline::at(int x) const {
  return static_cast<float>(evaluate(spline_, static_cast<double>(x)));
}

}  // namespace ocrtune::layout
