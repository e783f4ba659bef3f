#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ocrtune/metrics/page_condition.h"

namespace ocrtune {

/// A reason why the text of a page is probably wrong.
enum class PageReasonKind {
  nothing_recognized,  ///< there are letters, but no words were recognized
  other_language,      ///< the text is in another language than it was recognized in
  vertical_text,       ///< vertical lines were read across
  columns,             ///< the page has columns, or its lines were read out of order
  light_on_dark,       ///< most letters are lighter than the paper
  low_resolution,      ///< letters are too small; the value is the resolution that it is like, dpi
  faint,               ///< letters are hardly darker than the paper; gray levels between them
  skewed,              ///< text lines lean; degrees clockwise
  blurred,             ///< standard deviation of the blur, px
  noisy,               ///< standard deviation of the noise, gray levels
  uneven_light         ///< standard deviation of the paper's gray level, gray levels
};

/// A reason with what was measured.
struct PageReason {
  PageReasonKind kind = PageReasonKind::nothing_recognized;  ///< what it is
  double value = 0;   ///< as its kind states; 0 for those that measure nothing
  std::string model;  ///< to recognize the page with; of other_language and vertical_text alone

  bool operator==(const PageReason&) const = default;  ///< equal in every field
};

/// The names of the kinds in JSON, in their order.
const std::vector<std::string>& page_reason_names();

/// The kind with this name; nothing if there is none. Pure; thread-safe.
std::optional<PageReasonKind> page_reason_named(const std::string& name);

/// What of a page's condition is a reason, the gravest first by the order of the kinds. Pure;
/// thread-safe.
std::vector<PageReason> reasons_of(const PageCondition& condition);

/// What shows that the text of a page is doubtful.
struct PageFindings {
  bool nothing_recognized = false;     ///< its OCR result has no words
  std::string other_lang = {};         ///< model of what it is probably in; empty: as expected
  bool across_vertical_lines = false;  ///< `other_lang` is that for vertical text
  bool in_columns = false;             ///< it has columns, or its lines were read out of order
  PageCondition condition;             ///< of its image
};

/// The reasons that follow from it, in the order of the kinds. Pure; thread-safe.
std::vector<PageReason> reasons_of(const PageFindings& findings);

/// "leans 3.1°": a few words, in the language of this thread. Thread-safe.
std::string reason_text(const PageReason& reason);

/// What to do about it: a few words, in the language of this thread. Thread-safe.
std::string reason_advice(const PageReason& reason);

}  // namespace ocrtune
