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

  /// Removes what words on a page, or an image, replace. Nothing if it shows at least half as much
  /// text as `visible_bytes` and gets no image: then it stays as it is. Pages come in order.
  std::optional<PdfPagePlace> prepare(int page, bool has_image, std::size_t visible_bytes);

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
