#include "ocrtune/corpus/truth.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/corpus/url.h"
#include "ocrtune/documents/transcript.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

bool is_there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

/// Ground truth from a file whose name does not state that it is ground truth; nothing if it is
/// not.
std::optional<Truth> possible_truth(const fs::path& path) {
  // An empty file: the shell has created it for the output of this command.
  std::error_code ignored;
  if (fs::file_size(path, ignored) == 0) return std::nullopt;
  std::optional<Transcript> found = read_known_document(path);
  if (!found) return std::nullopt;
  // hOCR is written by programs; if a person typed it, it names no program.
  const bool read = found->format == TranscriptFormat::hocr ? !found->made_by.empty()
                                                            : is_ocr_program(found->made_by);
  // A layout without text does not mean that the page has no text.
  if (read || trimmed(found->text).empty()) return std::nullopt;
  return Truth{.text = std::move(found->text), .file = path};
}

/// The beginning of the names of a page's ground truth files.
std::string truth_stem(const fs::path& file, int index, int page_count) {
  return file.stem().string() + (page_count > 1 ? fmt::format(".{}", index + 1) : "");
}

}  // namespace

fs::path new_truth_file(const fs::path& file, int index, int page_count) {
  return file.parent_path() / (truth_stem(file, index, page_count) + ".gt.txt");
}

bool is_ocr_program(const std::string& made_by) {
  constexpr std::array<std::string_view, 7> kPrograms{
      "ocrtune", "tesseract", "abbyy", "finereader", "ocropy", "ocropus", "calamari"};
  const std::string name = lower_case(made_by);
  return std::ranges::any_of(
      kPrograms, [&](std::string_view program) { return name.find(program) != std::string::npos; });
}

std::optional<Truth> truth_beside(const fs::path& file, int index, int page_count) {
  if (is_url(file.native())) return std::nullopt;
  const std::string stem = truth_stem(file, index, page_count);
  for (const char* ending : {".gt.txt", ".gt.xml", ".gt.hocr", ".gt.html"}) {
    const fs::path path = file.parent_path() / (stem + ending);
    if (is_there(path)) return Truth{.text = read_transcript(path).text, .file = path};
  }
  for (const char* ending : {".page.xml", ".alto.xml", ".xml", ".hocr"}) {
    const fs::path path = file.parent_path() / (stem + ending);
    if (!is_there(path)) continue;
    if (auto truth = possible_truth(path)) return truth;
  }
  const fs::path exported = file.parent_path() / "page" / (stem + ".xml");
  return is_there(exported) ? possible_truth(exported) : std::nullopt;
}

}  // namespace ocrtune
