#include "ocrtune/ocr/ppocr/dictionary.h"

#include <cstdint>
#include <optional>
#include <string_view>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune::ppocr {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMaxDictionary = 4'000'000;
constexpr std::size_t kMaxCharacters = 100'000;

// Numbers of fields in onnx.proto.
constexpr std::uint64_t kMetadata = 14;
constexpr std::uint64_t kKey = 1;
constexpr std::uint64_t kValue = 2;

/// Reads the fields of a message in protocol buffers' wire format.
class WireFields {
 public:
  explicit WireFields(std::string_view message) : rest_(message) {}

  struct Field {
    std::uint64_t number = 0;
    std::string_view bytes;  ///< of a text or message; else empty
  };

  /// Nothing at the end, or where the message is damaged.
  std::optional<Field> next() {
    const std::optional<std::uint64_t> key = varint();
    if (!key) return std::nullopt;
    Field field{.number = *key >> 3U, .bytes = {}};
    switch (*key & 7U) {
      case 0:
        return varint() ? std::optional(field) : std::nullopt;
      case 1:
        return take(8) ? std::optional(field) : std::nullopt;
      case 5:
        return take(4) ? std::optional(field) : std::nullopt;
      case 2: {
        const std::optional<std::uint64_t> size = varint();
        if (!size) return std::nullopt;
        const auto bytes = take(*size);
        if (!bytes) return std::nullopt;
        field.bytes = *bytes;
        return field;
      }
      default:
        return std::nullopt;
    }
  }

 private:
  std::optional<std::uint64_t> varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
      if (byte < 0x80) return value;
    }
    return std::nullopt;
  }

  std::optional<std::string_view> take(std::uint64_t count) {
    if (count > rest_.size()) return std::nullopt;
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }

  std::string_view rest_;
};

/// The value of a key of a model's metadata; empty if there is none.
std::string_view metadata(std::string_view model, std::string_view key) {
  WireFields fields(model);
  while (const auto field = fields.next()) {
    if (field->number != kMetadata) continue;
    WireFields entry(field->bytes);
    std::string_view name;
    std::string_view value;
    while (const auto part = entry.next()) {
      if (part->number == kKey) name = part->bytes;
      if (part->number == kValue) value = part->bytes;
    }
    if (name == key) return value;
  }
  return {};
}

std::string_view as_text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

std::string metadata_of(std::span<const std::byte> onnx, std::string_view key) {
  return std::string(metadata(as_text(onnx), key));
}

std::vector<std::string> characters_of(const fs::path& model, std::span<const std::byte> bytes) {
  const std::string_view found = metadata(as_text(bytes), "character");
  const fs::path file = fs::path(model).replace_extension(".txt");
  std::string text(found);
  if (text.empty()) text = read_text(file, kMaxDictionary, Errc::dependency_missing);
  while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
  std::vector<std::string> characters = split(text, '\n');
  for (std::string& character : characters) {
    if (character.ends_with('\r')) character.pop_back();
  }
  if (text.empty() || characters.size() > kMaxCharacters || !is_utf8(text))
    throw Error(Errc::dependency_missing,
                tr("{}: has no list of characters", shown(found.empty() ? file : model)));
  return characters;
}

}  // namespace ocrtune::ppocr
