#include "ocrtune/corpus/truth.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/corpus/truth_files.h"
#include "ocrtune/corpus/url.h"
#include "ocrtune/documents/transcript.h"
#include "ocrtune/image/format.h"

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

/// The page file with this path but for its extension.
std::optional<fs::path> page_beside(const std::string& stem) {
  for (const std::string_view extension : page_extensions()) {
    std::string form(extension);
    if (is_there(stem + form)) return stem + form;
    for (char& c : form) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    if (is_there(stem + form)) return stem + form;
  }
  return std::nullopt;
}

}  // namespace

fs::path new_truth_file(const fs::path& file, int index, int page_count) {
  return file.parent_path() / (truth_stem(file, index, page_count) + ".gt.txt");
}

std::optional<fs::path> page_with_truth(const fs::path& file) {
  for (const std::string_view ending : kTruthEndings) {
    std::string stem = file.string();
    if (!stem.ends_with(ending)) continue;
    stem.resize(stem.size() - ending.size());
    if (auto page = page_beside(stem)) return page;
    const std::size_t dot = stem.find_last_not_of("0123456789");
    const bool is_numbered = dot != std::string::npos && stem[dot] == '.' && dot + 1 < stem.size();
    return is_numbered ? page_beside(stem.substr(0, dot)) : std::nullopt;
  }
  return std::nullopt;
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
  for (const std::string_view ending : kTruthEndings) {
    const fs::path path = file.parent_path() / (stem + std::string(ending));
    if (is_there(path)) return Truth{.text = read_transcript(path).text, .file = path};
  }
  for (const std::string_view ending : kPossibleTruthEndings) {
    const fs::path path = file.parent_path() / (stem + std::string(ending));
    if (!is_there(path)) continue;
    if (auto truth = possible_truth(path)) return truth;
  }
  const fs::path exported = exported_truth(file, stem);
  return is_there(exported) ? possible_truth(exported) : std::nullopt;
}

}  // namespace ocrtune
