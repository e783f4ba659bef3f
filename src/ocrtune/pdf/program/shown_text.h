#pragma once

#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "ocrtune/pdf/program/page_drawing.h"

namespace ocrtune {

/// Which text of a page can be seen.
struct ShownText {
  std::vector<PdfBox> boxes;  ///< where it is
  /// Whether the operators that show text show none that can be seen: by the object number of
  /// their stream (0: the page) and their number in it. What is missing can be seen.
  std::map<int, std::vector<bool>> hidden;
};

/// How light most of a part of the page is as it is shown, from 0 to 1; nothing if that is unknown.
using Lightness = std::function<std::optional<double>(const PdfBox&)>;

/// Text is hidden if it is not drawn, lies under what is painted later, or is about as light as
/// what is around it. Of a drawing that is incomplete, all of the page counts as shown text.
ShownText shown_text(const PageDrawing& drawing, const PdfBox& page, const Lightness& lightness);

}  // namespace ocrtune
