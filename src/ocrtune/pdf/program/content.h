#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace ocrtune {

/// What is left of a content stream of a PDF without some of its text, as earlier OCR puts it over
/// scans.
struct RestOfContent {
  std::string content;
  std::set<std::string> fonts;  ///< names of fonts that it still selects, with "/"
  std::set<std::string> gone;   ///< names of fonts that it no longer selects
};

/// Removes text, and groups (q … Q) with nothing else. `hidden`: whether each of the operators that
/// show text is removed. For any bytes; what is not understood is kept. Pure.
RestOfContent without_text(std::string_view content, const std::vector<bool>& hidden);

/// The opposite: only the text of rendering mode 3, and what places it. For any bytes. Pure.
std::string invisible_content(std::string_view content);

}  // namespace ocrtune
