#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/pdf/program/optional_content.h"
#include "ocrtune/pdf/program/qpdf_file.h"
#include "ocrtune/pdf/transform.h"

namespace ocrtune {

/// What an operator that shows text draws, or would draw.
struct TextRun {
  int stream = 0;             ///< object number of the form that has it; 0: the page
  std::size_t operation = 0;  ///< its number among those of the stream that show text
  std::vector<PdfBox> boxes;  ///< on the page; their width is a guess if the font states none
  std::size_t order = 0;
  bool is_drawn = false;  ///< neither invisible by its state nor clipped away
  bool is_blank = false;  ///< only spaces
  /// How light it is, if something else may be: 0 black, 1 white; nothing: unknown.
  std::optional<double> light;
  bool on_paper = false;  ///< nothing was painted there before
};

/// An image or a filled rectangle through which nothing shines.
struct PaintedArea {
  Transform place;  ///< of the unit square
  PdfBox clip;
  std::size_t order = 0;
};

/// What a page draws, in order.
struct PageDrawing {
  std::vector<TextRun> runs;
  std::vector<PaintedArea> areas;  ///< the largest
  /// It draws more than is followed: nothing is known of the rest.
  bool is_incomplete = false;
  /// By the stream whose resources name them: forms that are drawn, and their object numbers.
  std::map<int, std::map<std::string, int>> forms;
  /// Forms use resources of the page.
  bool forms_share_resources = false;
};

/// Follows the content of a page and of the forms that it draws. `page`: where something can be
/// seen.
PageDrawing page_drawing(QpdfFile& pdf, OptionalContent& layers, QpdfFile::Object resources,
                         std::string_view content, const PdfBox& page);

}  // namespace ocrtune
