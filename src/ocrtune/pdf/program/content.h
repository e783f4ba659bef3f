#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

namespace ocrtune {

/// A content stream of a PDF without its invisible text, as earlier OCR puts it over scans.
struct VisibleContent {
  std::string content;          ///< what is left
  bool changed = false;         ///< there was invisible text
  std::size_t shown = 0;        ///< bytes of strings that are shown visibly
  std::set<std::string> gone;   ///< names of fonts of invisible text only, without "/"
  std::set<std::string> drawn;  ///< names of XObjects that are drawn, without "/"
};

/// Removes text of rendering mode 3 and groups (q … Q) with nothing else. For any bytes; what is
/// not understood is kept. Pure.
VisibleContent visible_content(std::string_view content);

/// The opposite: only the text of rendering mode 3, and what places it. For any bytes. Pure.
std::string invisible_content(std::string_view content);

}  // namespace ocrtune
