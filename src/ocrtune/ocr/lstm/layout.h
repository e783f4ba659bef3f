#pragma once

#include <tesseract/baseapi.h>

#include <vector>

#include "ocrtune/ocr/lstm/box.h"
#include "ocrtune/ocr/lstm/model_config.h"
#include "ocrtune/ocr/lstm/pix.h"

namespace ocrtune::lstm {

/// What is read at once: the words of a row, as long as they stand close.
struct Unit {
  int block = 0;      ///< running number
  int paragraph = 0;  ///< running number over the page
  int row = 0;        ///< running number over the page
  Box box;            ///< with dots above and below
  Box crop;           ///< the row's height around the unit, padded: what is cut out; may be empty
  std::vector<Box> blobs;  ///< connected marks, by their middle
  std::vector<Box> parts;  ///< of several words: their boxes as laid out
  bool sure = false;       ///< the crop is Tesseract's own, else a guess that may be a pixel off
  bool picture = false;    ///< stands in a picture or rule: isn't read
};

struct PageLayout {
  int width = 0;   ///< px
  int height = 0;  ///< px
  std::vector<Unit> units;
  /// Rotated or vertical text: only Tesseract itself can read it.
  bool needs_stock = false;
};

/// Tesseract's interface with what its subclasses may do.
class LayoutApi : public tesseract::TessBaseAPI {
 public:
  /// Forgets page and layout, also the layout as it was before it was analysed once more.
  void forget(tesseract::PAGE_RES* earlier);
  [[nodiscard]] tesseract::PAGE_RES* analysed() const { return page_res_; }
};

/// Lays pages out by Tesseract's public interface alone. It doesn't tell where exactly a unit is
/// cut out; that is seen by letting it cut and read a drawing of marks (see probe.h).
class LayoutFinder {
 public:
  /// `config`: variables of the language; `psm` as ReadingOptions has it. Throws
  /// Error(dependency_missing) where Tesseract can't be opened.
  LayoutFinder(const ModelConfig& config, int psm);

  /// The layout of a page in black and white (1 bit).
  PageLayout find(PIX* binary);

 private:
  int psm_;
  LayoutApi api_;
};

}  // namespace ocrtune::lstm
