#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/corpus/corpus.h"
#include "ocrtune/workflow/apply.h"

namespace ocrtune::workflow {

/// The formats of a workspace, the first of which is the usual one.
const std::vector<std::string>& workspace_formats();

/// An output folder as OCR-D, eScriptorium and Transkribus import it: images of the pages at its
/// top, OCR results in a folder for each format (`page`, `alto`) with the names of the images, and
/// a METS file. Thread-safe.
class Workspace {
 public:
  explicit Workspace(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// The image file of a page with this extension.
  [[nodiscard]] std::filesystem::path image(const Page& page, const std::string& extension) const;

  /// The image file of a page that is there; nothing if there is none.
  [[nodiscard]] std::optional<std::filesystem::path> image_there(const Page& page) const;

  /// The file of a page's OCR result.
  [[nodiscard]] std::filesystem::path ocr_result(const Page& page, const std::string& format) const;

  /// Throws Error(invalid_argument) if two pages have the same files.
  void refuse_collisions(const std::vector<Page>& pages) const;

  /// Writes `mets.xml` for the pages whose files are there. Throws Error(output_unwritable).
  void write_mets(const std::vector<Page>& pages, const std::vector<std::string>& formats) const;

 private:
  std::filesystem::path folder_;
};

/// The options with the formats of a workspace. Throws OptionError(invalid_argument) if others are
/// not possible with one.
ApplyOptions workspace_options(ApplyOptions options);

}  // namespace ocrtune::workflow
