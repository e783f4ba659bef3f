#include "ocrtune/ocr/ppocr/last_layer.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <span>
#include <string>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/ppocr/wire_fields.h"

namespace ocrtune::ppocr {
namespace {

/// Replaces the only occurrence of `before`.
void replace(std::vector<std::byte>& bytes, std::span<const std::byte> before,
             std::span<const std::byte> after) {
  const std::boyer_moore_horspool_searcher searcher(before.begin(), before.end());
  const auto found = std::search(bytes.begin(), bytes.end(), searcher);
  if (before.empty() || found == bytes.end() ||
      std::search(found + 1, bytes.end(), searcher) != bytes.end())
    throw Error(Errc::dependency_missing, tr("the last layer of the model is not in its file"));
  std::ranges::copy(after, found);
}

/// A field of bytes in protocol buffers' wire format.
std::string field_of(std::uint64_t number, std::string_view bytes) {
  std::string text(1, static_cast<char>(number << 3U | 2U));
  auto size = bytes.size();
  for (; size >= 0x80; size >>= 7U) text += static_cast<char>((size & 0x7FU) | 0x80U);
  text += static_cast<char>(size);
  text += bytes;
  return text;
}

}  // namespace

std::vector<std::byte> with_last_layer(std::vector<std::byte> onnx, const LastLayer& before,
                                       const LastLayer& after) {
  replace(onnx, std::as_bytes(std::span(before.weights)), std::as_bytes(std::span(after.weights)));
  replace(onnx, std::as_bytes(std::span(before.bias)), std::as_bytes(std::span(after.bias)));
  return onnx;
}

void set_metadata(std::vector<std::byte>& onnx, std::string_view key, std::string_view value) {
  const std::string_view file = as_text(onnx);
  std::vector<std::pair<std::size_t, std::size_t>> former;  // places and sizes
  WireFields fields(file);
  for (std::size_t begin = 0; const auto field = fields.next();) {
    const std::size_t end = file.size() - fields.rest().size();
    if (field->number == kOnnxMetadata && metadata_entry(field->bytes).first == key)
      former.emplace_back(begin, end - begin);
    begin = end;
  }
  // ModelProto's metadata_props, and a StringStringEntryProto; fields that repeat may stand
  // anywhere.
  const std::string entry = field_of(kOnnxMetadata, field_of(1, key) + field_of(2, value));
  for (auto one = former.rbegin(); one != former.rend(); ++one) {
    const auto begin = onnx.begin() + static_cast<std::ptrdiff_t>(one->first);
    onnx.erase(begin, begin + static_cast<std::ptrdiff_t>(one->second));
  }
  const auto bytes = std::as_bytes(std::span(entry));
  onnx.insert(onnx.end(), bytes.begin(), bytes.end());
}

}  // namespace ocrtune::ppocr
