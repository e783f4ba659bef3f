#pragma once

#include <tesseract/baseapi.h>

#include <memory>
#include <optional>
#include <vector>

#include "ocrtune/image/pix.h"
#include "ocrtune/ocr/lstm/box.h"
#include "ocrtune/ocr/lstm/model_config.h"
#include "ocrtune/ocr/lstm/probe_model.h"
#include "ocrtune/ocr/tesseract_variables.h"

namespace ocrtune::lstm {

/// px around a unit's box that its crop has, unless the page ends there.
constexpr int kCropPadding = 4;

/// What is read at once: the words of a row, as long as they stand close.
struct Unit {
  int block = 0;      ///< running number
  int paragraph = 0;  ///< running number over the page
  int row = 0;        ///< running number over the page
  Box box;            ///< with dots above and below
  Box crop;           ///< the row's height around the unit, padded: what is cut out; may be empty
  std::vector<Box> blobs;  ///< connected marks, by their middle
  std::vector<Box> parts;  ///< of several words: their boxes as laid out
  bool sure = false;       ///< the crop is Tesseract's own, else a guess that may be off
  bool picture = false;    ///< stands in a picture or rule: isn't read

  /// Whether its crop still has to be found out.
  [[nodiscard]] bool is_open() const { return !sure && !picture && !crop.empty(); }
};

struct PageLayout {
  int width = 0;   ///< px
  int height = 0;  ///< px
  std::vector<Unit> units;
  /// Only Tesseract itself can read the page as it does: text is rotated or vertical, or a unit's
  /// crop couldn't be found out.
  bool needs_stock = false;
};

/// Tesseract's interface with what its subclasses may do.
class LayoutApi : public tesseract::TessBaseAPI {
 public:
  /// Forgets page and layout, also the layout as it was before it was analysed once more.
  void forget(tesseract::PAGE_RES* earlier);
  [[nodiscard]] tesseract::PAGE_RES* analysed() const { return page_res_; }
};

/// The size that units are scaled to before they are read (px), and the least width then.
struct LineScale {
  int height = 36;
  int least_width = 3;
};

/// Lays pages out by Tesseract's public interface alone. It doesn't tell where exactly a unit is
/// cut out; that is seen by letting it cut and read a drawing of marks (see probe.h).
class LayoutFinder {
 public:
  /// `config`: variables of the language. Throws Error(dependency_missing) where Tesseract can't be
  /// opened.
  explicit LayoutFinder(ModelConfig config, LineScale scale = {});

  /// A page in black and white as Tesseract makes it with these settings; null where it can't.
  PixPtr threshold(PIX* page, const OcrSettings& settings);

  /// The layout of a page in black and white (1 bit), in the mode that is settings.
  PageLayout find(PIX* binary, const OcrSettings& settings);

 private:
  /// A Tesseract that reads models of probes, and what it is settings.
  struct Prober {
    LayoutApi api;
    std::optional<TesseractVariables> variables;
  };

  [[nodiscard]] std::unique_ptr<Prober> open(const ProbeSight& sight) const;
  void find_rest(PIX* binary, const OcrSettings& settings, PageLayout& layout);

  ModelConfig config_;
  LineScale scale_;
  std::unique_ptr<Prober> coarse_;
  std::unique_ptr<Prober> fine_;  ///< opened when a page needs it
};

}  // namespace ocrtune::lstm
