#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ocrtune/pdf/program/content.h"
#include "ocrtune/pdf/program/qpdf_file.h"

namespace ocrtune {

/// A form without its invisible text, not yet in the PDF.
struct StrippedForm {
  QpdfFile::Object stream = 0;
  std::string content;
};

/// All content of a page.
struct PdfPageContent {
  std::optional<VisibleContent> own;  ///< nothing if it cannot be decoded
  std::string invisible;              ///< that of the page itself
  std::vector<StrippedForm> forms;    ///< with invisible text
  std::size_t shown = 0;              ///< bytes of visible strings
};

/// Reads and changes the text of pages. Not thread-safe.
class PageTexts {
 public:
  using Object = QpdfFile::Object;

  /// The file must outlive it.
  explicit PageTexts(QpdfFile& original) : pdf_(original) {}

  PdfPageContent content_of(Object page);

  /// Removes invisible text from a page and its forms.
  void strip(Object page, const PdfPageContent& content);

  /// Replaces what a page shows by nothing, but for its invisible text.
  void keep_invisible(Object page, const PdfPageContent& content);

  /// Adds what `layer`, a page of `layers`, shows below everything else. `gone`: names of fonts
  /// that the page no longer needs.
  void lay_under(Object page, QpdfFile& layers, Object layer, const std::set<std::string>& gone);

 private:
  void look_at_forms(Object resources, const std::set<std::string>& drawn, PdfPageContent& content,
                     int depth);

  QpdfFile& pdf_;
  std::set<int> seen_;
};

}  // namespace ocrtune
