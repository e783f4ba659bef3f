#include "ocrtune/ocr/tessdata/traineddata_bytes.h"

#include <cstring>
#include <span>

namespace ocrtune::tessdata {
namespace {

constexpr std::int64_t kNotThere = -1;

template <typename T>
void append(std::vector<std::byte>& file, std::span<const T> values) {
  const auto bytes = std::as_bytes(values);
  file.insert(file.end(), bytes.begin(), bytes.end());
}

}  // namespace

Components components_of(const TrainedData& data) {
  Components components;
  for (std::size_t i = 0; i < TrainedData::kComponents; ++i) {
    const auto component = static_cast<Component>(i);
    const auto bytes = data.bytes(component);
    if (!bytes.empty()) components[component].assign(bytes.begin(), bytes.end());
  }
  return components;
}

std::vector<std::byte> traineddata_bytes(const Components& components) {
  const auto count = static_cast<std::uint32_t>(TrainedData::kComponents);
  std::vector<std::int64_t> offsets(count, kNotThere);
  std::size_t offset = sizeof count + count * sizeof(std::int64_t);
  for (const auto& [component, bytes] : components) {
    if (bytes.empty() || static_cast<std::size_t>(component) >= count) continue;
    offsets[static_cast<std::size_t>(component)] = static_cast<std::int64_t>(offset);
    offset += bytes.size();
  }
  std::vector<std::byte> file;
  file.reserve(offset);
  append(file, std::span(&count, 1));
  append(file, std::span<const std::int64_t>(offsets));
  for (const auto& [component, bytes] : components) {
    if (static_cast<std::size_t>(component) >= count) continue;
    append(file, std::span<const std::uint8_t>(bytes));
  }
  return file;
}

}  // namespace ocrtune::tessdata
