#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>

#include "ocrtune/pdf/pdf_page_place.h"
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

  /// Removes what words on a page, or an image, replace. Nothing if it shows at least half as much
  /// text as `visible_bytes` and gets no image: then it stays as it is. Pages come in order.
  std::optional<PdfPagePlace> prepare(int page, bool has_image, std::size_t visible_bytes);

  /// Lays the pages of the PDF `layers` under those that are prepared, in order, and writes to
  /// standard output. Without layers no page may be prepared. Throws Error(input_unreadable).
  void write(std::optional<std::span<const std::byte>> layers);

 private:
  void remove_claims();
  void remove_wrong_identifier();

  QpdfFile pdf_;
  PageTexts texts_;
  std::map<int, std::set<std::string>> gone_;  // by prepared page: fonts that it no longer needs
};

}  // namespace ocrtune
