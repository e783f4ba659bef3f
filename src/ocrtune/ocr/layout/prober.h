#pragma once

#include <tesseract/baseapi.h>

#include <memory>
#include <optional>

#include "ocrtune/ocr/layout/layout.h"
#include "ocrtune/ocr/layout/probe_model.h"
#include "ocrtune/ocr/tesseract_variables.h"

namespace ocrtune::layout {

/// Tesseract's interface with access to its protected members.
class LayoutApi : public tesseract::TessBaseAPI {
 public:
  /// Discards page and layout, including `earlier`, the layout before a second analysis.
  void forget(tesseract::PAGE_RES* earlier);
  [[nodiscard]] tesseract::PAGE_RES* analysed() const { return page_res_; }
};

/// A Tesseract that analyses layouts and recognizes with probe models, and its variables.
struct Prober {
  LayoutApi api;
  std::optional<TesseractVariables> variables;
};

/// `variables`: those of the language. Throws Error(dependency_missing) if Tesseract cannot be
/// opened.
std::unique_ptr<Prober> open_prober(const Variables& variables, const ProbeSight& sight);

}  // namespace ocrtune::layout
