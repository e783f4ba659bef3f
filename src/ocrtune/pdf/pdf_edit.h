#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>

#include "ocrtune/pdf/parsed_pdf.h"
#include "ocrtune/pdf/pdf_page_place.h"

namespace ocrtune {

/// A PDF whose pages get words, and an image in place of what they show. Its parser changes it.
/// Not thread-safe.
class PdfEdit {
 public:
  /// The bytes must outlive it. Throws Error(input_unreadable) if they can't be parsed.
  explicit PdfEdit(std::span<const std::byte> original);

  [[nodiscard]] int page_count() const { return pages_; }
  [[nodiscard]] bool is_encrypted() const { return encrypted_; }
  [[nodiscard]] bool is_signed() const { return signed_; }
  /// The beginning of names that no font of the pages has.
  [[nodiscard]] const std::string& unused_names() const { return names_; }

  /// Where text can be seen on a page.
  PdfPageLook look(int page);

  /// Changes a page so that words, or an image, can be added, and shows it with these clockwise
  /// quarter turns more. Its place as it was. Pages come in order.
  PdfPagePlace prepare(int page, PdfPageChange change, int turns);

  /// Writes it to the sink, with the pages of the PDF `layers` under those that are prepared, in
  /// order; an empty path if there are none.
  void write(const std::filesystem::path& layers, const Parser::Sink& sink);

 private:
  std::optional<ParsedPdf> pdf_;
  int pages_ = 0;
  bool encrypted_ = false;
  bool signed_ = false;
  std::string names_;
};

}  // namespace ocrtune
