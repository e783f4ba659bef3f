#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>

#include "ocrtune/pdf/pdf_page_place.h"
#include "ocrtune/pdf/program/page_lightness.h"
#include "ocrtune/pdf/program/page_texts.h"
#include "ocrtune/pdf/program/qpdf_file.h"

namespace ocrtune {

/// A PDF whose pages get words, and an image in place of what they show. Not thread-safe.
class DocumentTexts {
 public:
  /// The bytes must outlive it. Throws Error(input_unreadable).
  explicit DocumentTexts(std::span<const std::byte> original);

  [[nodiscard]] int page_count() const { return pdf_.page_count(); }
  [[nodiscard]] bool is_encrypted() const { return pdf_.is_encrypted(); }
  bool is_signed();

  /// The beginning of names that no font of the pages has.
  std::string unused_names();

  /// Where text can be seen on a page.
  PdfPageLook look(int page);

  /// Changes a page so that words, or an image, can be added, and shows it with these clockwise
  /// quarter turns more. Its place as it was. Pages come in order.
  PdfPagePlace prepare(int page, PdfPageChange change, int turns);

  /// Lays the pages of the PDF `layers` under those that are prepared, in order, and writes to
  /// standard output. Without layers no page may be prepared. Throws Error(input_unreadable).
  void write(std::optional<std::span<const std::byte>> layers);

 private:
  QpdfFile::Object page_at(int index);
  PdfPagePlace place_of(QpdfFile::Object page);
  const PdfPageText& text_of(int index, QpdfFile::Object page, const PdfPagePlace& place);
  void remove_claims();
  void remove_wrong_identifier();

  QpdfFile pdf_;
  PageTexts texts_;
  PageLightness lightness_;
  int looked_at_ = -1;  // the page of
  PdfPageText text_;
  std::map<int, std::set<std::string>> gone_;  // by prepared page: fonts that it no longer needs
};

}  // namespace ocrtune
