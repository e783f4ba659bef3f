#include "ocrtune/ocr/layout/unused_work.h"

#include <tesseract/baseapi.h>

#include "ocrtune/ocr/layout/tesseract_symbol.h"
#include "ocrtune/ocr/layout/verified_version.h"

// tesseract::SetBlobStrokeWidth(Image, BLOBNBOX*)
#define OCRTUNE_STROKE_WIDTH "_ZN9tesseract18SetBlobStrokeWidthENS_5ImageEPNS_8BLOBNBOXE"
// tesseract::TO_BLOCK::ComputeEdgeOffsets(Image, Image)
#define OCRTUNE_EDGE_OFFSETS "_ZN9tesseract8TO_BLOCK18ComputeEdgeOffsetsENS_5ImageES1_"
// tesseract::TessBaseAPI::DetectParagraphs(bool)
#define OCRTUNE_PARAGRAPHS "_ZN9tesseract11TessBaseAPI16DetectParagraphsEb"

namespace ocrtune::layout {
namespace {

thread_local bool without_measures = false;
thread_local bool without_paragraphs = false;

/// An Image of Tesseract is passed as the pointer that it consists of.
using Image = void*;

}  // namespace

void stroke_width(Image page, void* blob) OCRTUNE_REPLACES(OCRTUNE_STROKE_WIDTH);
void edge_offsets(void* block, Image thresholds, Image gray) OCRTUNE_REPLACES(OCRTUNE_EDGE_OFFSETS);
void paragraphs(void* api, bool after_recognition) OCRTUNE_REPLACES(OCRTUNE_PARAGRAPHS);

void stroke_width(Image page, void* blob) {
  static const auto kOwn = tesseracts_own<void (*)(Image, void*)>(OCRTUNE_STROKE_WIDTH);
  if (!without_measures) kOwn(page, blob);
}

void edge_offsets(void* block, Image thresholds, Image gray) {
  static const auto kOwn = tesseracts_own<void (*)(void*, Image, Image)>(OCRTUNE_EDGE_OFFSETS);
  if (!without_measures) kOwn(block, thresholds, gray);
}

void paragraphs(void* api, bool after_recognition) {
  static const auto kOwn = tesseracts_own<void (*)(void*, bool)>(OCRTUNE_PARAGRAPHS);
  if (!without_paragraphs) kOwn(api, after_recognition);
}

WithoutUnusedMeasures::WithoutUnusedMeasures(int psm)
    : RaisedFlag(without_measures, is_verified_version() && psm == tesseract::PSM_SINGLE_BLOCK) {}

WithoutParagraphs::WithoutParagraphs() : RaisedFlag(without_paragraphs, is_verified_version()) {}

}  // namespace ocrtune::layout
