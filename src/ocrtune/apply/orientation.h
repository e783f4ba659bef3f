#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>

#include "ocrtune/apply/page_reader.h"
#include "ocrtune/corpus/corpus.h"

namespace ocrtune {

/// A page in the orientation in which it is recognized.
struct OrientedPage {
  int turns = 0;                       ///< clockwise rotations of the page by 90 degrees, 0 to 3
  std::unique_ptr<PageReader> reader;  ///< of the rotated page
  /// By pipeline, those OCR results of it that finding the orientation took.
  std::map<std::size_t, PipelineResult> results;

  /// The OCR result of a pipeline, as PageReader::read(). Call it once for each.
  std::optional<PipelineResult> read(std::size_t pipeline);
};

/// Whether a page with such an OCR result may lie on its side or upside down: it has text, which
/// was recognized with hardly any confidence.
bool may_be_rotated(const OcrQuality& quality);

/// Whether the OCR result of a rotated page shows that it is upright only now: there is text, and
/// its confidence is far above the one before.
bool is_upright(const OcrQuality& rotated, const OcrQuality& before);

/// Finds the orientation of a page, `image`, by its OCR results, since engines recognize rotated
/// text with hardly any confidence: with a pipeline as it is and, if it may_be_rotated(), in the
/// three other orientations; if none of these is_upright(), the same with another pipeline, because
/// faint text has hardly any confidence either. It stays as it is if that decides nothing. Only
/// pipelines of the portfolio's own engine decide, the first two. Nothing if the work was stopped.
/// Throws as PageReader::read.
std::optional<OrientedPage> oriented(const Page& page, const Image& image, const OcrMeans& means);

}  // namespace ocrtune
