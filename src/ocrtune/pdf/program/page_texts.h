#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "ocrtune/pdf/program/optional_content.h"
#include "ocrtune/pdf/program/qpdf_file.h"
#include "ocrtune/pdf/program/shown_text.h"

namespace ocrtune {

/// The text of a page.
struct PdfPageText {
  std::optional<std::string> content;  ///< of the page itself; nothing if it cannot be decoded
  ShownText shown;
  std::map<int, std::map<std::string, int>> forms;  ///< as PageDrawing has them
  bool forms_share_resources = false;
};

/// Reads and changes the text of pages. Not thread-safe.
class PageTexts {
 public:
  using Object = QpdfFile::Object;

  /// The file must outlive it.
  explicit PageTexts(QpdfFile& original) : pdf_(original), layers_(original) {}

  /// `box`: the part of the page that is shown.
  PdfPageText text_of(Object page, const PdfBox& box, const Lightness& lightness);

  /// Removes hidden text from a page and its forms. Returns the names of fonts that the page no
  /// longer needs.
  std::set<std::string> strip(Object page, const PdfPageText& text);

  /// Replaces what a page shows by nothing, but for its invisible text.
  void keep_invisible(Object page);

  /// Replaces what a page shows, and its text, by nothing.
  void remove_all(Object page);

  /// Adds what `layer`, a page of `layers`, shows below everything else. `gone`: names of fonts
  /// that the page no longer needs.
  void lay_under(Object page, QpdfFile& layers, Object layer, const std::set<std::string>& gone);

 private:
  std::optional<std::string> content_of(Object page);
  Object stripped_resources(Object resources, int owner, const PdfPageText& text);
  Object stripped_form(Object form, const PdfPageText& text);

  QpdfFile& pdf_;
  OptionalContent layers_;
  std::map<int, Object> stripped_;  // forms of a page that was looked at, by object number
};

}  // namespace ocrtune
