#pragma once

#include <tesseract/baseapi.h>

#include <memory>
#include <optional>

#include "ocrtune/ocr/layout/layout.h"
#include "ocrtune/ocr/layout/probe_model.h"
#include "ocrtune/ocr/tesseract_variables.h"

namespace ocrtune::layout {

/// Tesseract's interface with what its subclasses may do.
class LayoutApi : public tesseract::TessBaseAPI {
 public:
  /// Forgets page and layout, also the layout as it was before it was analysed once more.
  void forget(tesseract::PAGE_RES* earlier);
  [[nodiscard]] tesseract::PAGE_RES* analysed() const { return page_res_; }
};

/// A Tesseract that lays pages out and reads the models of probes, and what it is told.
struct Prober {
  LayoutApi api;
  std::optional<TesseractVariables> variables;
};

/// `variables`: those of the language. Throws Error(dependency_missing) where Tesseract can't be
/// opened.
std::unique_ptr<Prober> open_prober(const Variables& variables, const ProbeSight& sight);

}  // namespace ocrtune::layout
