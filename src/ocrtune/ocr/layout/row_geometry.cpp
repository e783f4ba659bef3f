#include "ocrtune/ocr/layout/row_geometry.h"

#include <cstring>

#include "ocrtune/ocr/layout/tesseract_symbol.h"

// tesseract::QSPLINE::y(double) const
#define OCRTUNE_QSPLINE_Y "_ZNK9tesseract7QSPLINE1yEd"

namespace ocrtune::layout {
namespace {

/// The end of Tesseract's `ROW` before the spline of its baseline.
struct BeforeSpline {
  float x_height;
  float ascenders;
  float descenders;
  float body_size;
  void* words;
};

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

std::optional<RowGeometry> RowGeometry::of(const tesseract::PageIterator& it) {
  last_spline = nullptr;
  int unused = 0;
  if (!it.Baseline(tesseract::RIL_WORD, &unused, &unused, &unused, &unused)) return std::nullopt;
  if (last_spline == nullptr) return std::nullopt;
  float height = 0;
  float descenders = 0;
  float ascenders = 0;
  it.RowAttributes(&height, &descenders, &ascenders);
  BeforeSpline row{};
  std::memcpy(&row, static_cast<const char*>(last_spline) - sizeof(row), sizeof(row));
  if (row.ascenders != ascenders || row.descenders != descenders ||
      (row.x_height + ascenders) - descenders != height) {
    return std::nullopt;
  }
  return RowGeometry(last_spline, row.x_height);
}

float RowGeometry::baseline(int x) const {
  return static_cast<float>(evaluate(spline_, static_cast<double>(x)));
}

}  // namespace ocrtune::layout
