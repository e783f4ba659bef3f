#include "ocrtune/ocr/ppocr/dictionary.h"

#include <cstdint>
#include <string_view>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/ppocr/wire_fields.h"

namespace ocrtune::ppocr {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMaxDictionary = 4'000'000;
constexpr std::size_t kMaxCharacters = 100'000;

/// The value of a key of a model's metadata; empty if there is none.
std::string_view metadata(std::string_view model, std::string_view key) {
  WireFields fields(model);
  while (const auto field = fields.next()) {
    if (field->number != kOnnxMetadata) continue;
    const auto [name, value] = metadata_entry(field->bytes);
    if (name == key) return value;
  }
  return {};
}

}  // namespace

std::string metadata_of(std::span<const std::byte> onnx, std::string_view key) {
  return std::string(metadata(as_text(onnx), key));
}

std::vector<std::string> characters_of(const fs::path& model, std::span<const std::byte> bytes) {
  const std::string_view found = metadata(as_text(bytes), kCharactersKey);
  const fs::path file = fs::path(model).replace_extension(".txt");
  std::string text(found);
  std::error_code ignored;
  const bool is_beside = found.empty() && fs::exists(file, ignored);
  if (is_beside) text = read_text(file, kMaxDictionary, Errc::dependency_missing);
  while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
  std::vector<std::string> characters = split(text, '\n');
  for (std::string& character : characters) {
    if (character.ends_with('\r')) character.pop_back();
  }
  if (text.empty() || characters.size() > kMaxCharacters || !is_utf8(text))
    throw Error(
        Errc::dependency_missing,
        is_beside ? tr("{}: has no list of characters", shown(file))
                  : tr("{}: has no list of characters, neither in its metadata nor in {} beside it",
                       shown(model), shown(file.filename())));
  return characters;
}

}  // namespace ocrtune::ppocr
