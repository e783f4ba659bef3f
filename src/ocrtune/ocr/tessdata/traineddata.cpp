#include "ocrtune/ocr/tessdata/traineddata.h"

#include <fmt/format.h>

#include <algorithm>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/translation.h"

namespace ocrtune::tessdata {
namespace {

constexpr std::uint32_t kMaxEntries = 1000;
constexpr std::int64_t kAbsent = -1;

std::span<const std::uint8_t> as_uint8(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()};
}

/// The number of entries of the table.
std::uint32_t component_count(ByteReader& bytes) {
  const auto count = bytes.number<std::uint32_t>();
  if (count > kMaxEntries) {
    if (__builtin_bswap32(count) <= kMaxEntries) {
      bytes.fail(tr("the file is big-endian, which isn't supported"));
    }
    bytes.fail(tr("it is not a .traineddata file"));
  }
  return count;
}

}  // namespace

TrainedData TrainedData::parse(std::vector<std::byte> file, std::string name) {
  TrainedData data;
  data.file_ = std::move(file);
  data.name_ = std::move(name);
  ByteReader bytes(as_uint8(data.file_), data.name_);
  const std::uint32_t count = component_count(bytes);
  const auto offsets = bytes.numbers<std::int64_t>(count);

  const auto size = static_cast<std::int64_t>(data.file_.size());
  auto begin = static_cast<std::int64_t>(bytes.position());
  std::vector<Range> ranges(std::max<std::size_t>(count, kComponents));
  Range* current = nullptr;
  for (std::size_t i = 0; i < offsets.size(); ++i) {
    if (offsets[i] == kAbsent) continue;
    const std::int64_t offset = bytes.in_range(offsets[i], begin, size, tr_noop("an offset"));
    if (current == nullptr && offset != begin) bytes.fail(tr("a component begins too late"));
    if (current != nullptr) current->size = static_cast<std::size_t>(offset - begin);
    begin = offset;
    current = &ranges[i];
    current->begin = static_cast<std::size_t>(begin);
  }
  if (current != nullptr) current->size = static_cast<std::size_t>(size - begin);
  std::copy_n(ranges.begin(), kComponents, data.ranges_.begin());
  return data;
}

TrainedData TrainedData::open(const std::filesystem::path& path) {
  return parse(read_bytes(path, kMaxBytes, Errc::dependency_missing), shown(path));
}

std::span<const std::uint8_t> TrainedData::bytes(Component component) const {
  const Range& range = ranges_[static_cast<std::size_t>(component)];
  return as_uint8(std::span(file_).subspan(range.begin, range.size));
}

ByteReader TrainedData::reader(Component component, const std::string& what) const {
  return {bytes(component), fmt::format("{}, {}", name_, what)};
}

}  // namespace ocrtune::tessdata
