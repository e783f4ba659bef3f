#include "ocrtune/ocr/layout/unused_measures.h"

#include <tesseract/baseapi.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "ocrtune/ocr/layout/tesseract_symbol.h"

// tesseract::SetBlobStrokeWidth(Image, BLOBNBOX*)
#define OCRTUNE_STROKE_WIDTH "_ZN9tesseract18SetBlobStrokeWidthENS_5ImageEPNS_8BLOBNBOXE"
// tesseract::TO_BLOCK::ComputeEdgeOffsets(Image, Image)
#define OCRTUNE_EDGE_OFFSETS "_ZN9tesseract8TO_BLOCK18ComputeEdgeOffsetsENS_5ImageES1_"

namespace ocrtune::layout {
namespace {

thread_local bool left_out = false;

/// An Image of Tesseract is passed as the pointer that it consists of.
using Image = void*;

bool reads_none_of_them() {
  constexpr std::array<std::string_view, 3> kChecked = {"5.3.", "5.4.", "5.5."};
  const std::string_view version = tesseract::TessBaseAPI::Version();
  return std::any_of(kChecked.begin(), kChecked.end(),
                     [&](std::string_view checked) { return version.starts_with(checked); });
}

}  // namespace

void stroke_width(Image page, void* blob) OCRTUNE_REPLACES(OCRTUNE_STROKE_WIDTH);
void edge_offsets(void* block, Image thresholds, Image gray) OCRTUNE_REPLACES(OCRTUNE_EDGE_OFFSETS);

void stroke_width(Image page, void* blob) {
  static const auto kOwn = tesseracts_own<void (*)(Image, void*)>(OCRTUNE_STROKE_WIDTH);
  if (!left_out) kOwn(page, blob);
}

void edge_offsets(void* block, Image thresholds, Image gray) {
  static const auto kOwn = tesseracts_own<void (*)(void*, Image, Image)>(OCRTUNE_EDGE_OFFSETS);
  if (!left_out) kOwn(block, thresholds, gray);
}

WithoutUnusedMeasures::WithoutUnusedMeasures(int psm) {
  static const bool kPossible = reads_none_of_them();
  left_out = kPossible && psm == tesseract::PSM_SINGLE_BLOCK;
}

WithoutUnusedMeasures::~WithoutUnusedMeasures() { left_out = false; }

}  // namespace ocrtune::layout
