#pragma once

#include <filesystem>
#include <string>

#include "ocrtune/ocr/recognizer.h"

namespace ocrtune {

/// Everything that the outcome of an engine's self-check (self_check.h) hangs on, as a hash: the
/// engine, the language and the models' files, the page segmentation mode and engine mode, the
/// files of ocrtune, libtesseract, Leptonica and the C library, and the processor's instruction
/// sets. Files are compared by path, size and time of the last change, not read.
std::string self_check_key(const std::string& engine, const std::string& lang,
                           const RecognitionOptions& options);

/// Self-checks that engines passed on this machine, in a file of the user's cache folder, so that
/// not every process repeats them. A failed one is not kept. A file that cannot be read counts as
/// empty; what cannot be written is checked again next time.
class PassedSelfChecks {
 public:
  /// An empty path keeps nothing.
  explicit PassedSelfChecks(std::filesystem::path file) : file_(std::move(file)) {}

  /// Whether the check of this key passed before.
  [[nodiscard]] bool contains(const std::string& key) const;

  /// Keeps the last 256 keys.
  void add(const std::string& key) const;

 private:
  std::filesystem::path file_;
};

}  // namespace ocrtune
