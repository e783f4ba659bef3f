#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "ocrtune/pdf/page.h"
#include "ocrtune/pdf/text_layer.h"
#include "ocrtune/pdf/writer.h"

namespace ocrtune {

/// PDF's matrix from px of a page, from its lower left corner, to where they are, pt.
using PdfMatrix = std::array<double, 6>;

/// A rectangle, pt.
struct PdfBox {
  double left = 0;
  double bottom = 0;
  double right = 0;
  double top = 0;
};

/// Writes pages with images and invisible text one after the other. All have the same fonts without
/// glyphs. Not thread-safe.
class PdfBuilder {
 public:
  /// `fonts`: what the names of fonts begin with. The writer must outlive it.
  explicit PdfBuilder(PdfWriter& pdf, std::string fonts = "F");

  /// Adds a page of this size. Its words are where `matrix` puts them, and so is its image, if it
  /// has one; it is shown with its turns.
  void add(const PdfPage& page, const PdfMatrix& matrix, const PdfBox& box);

  /// Adds the fonts and the page tree and ends the document. `catalog`: further entries of the
  /// catalog; `info`: number of the document information, or 0.
  void finish(const std::string& catalog, int info);

 private:
  std::string resources(const PageText& text, const std::string& images);
  std::string images_of(const PdfPage& page);

  PdfWriter& pdf_;
  std::string names_;
  TextFonts fonts_;
  std::map<std::size_t, int> numbers_;  // of fonts
  int tree_;
  std::vector<int> pages_;
};

}  // namespace ocrtune
