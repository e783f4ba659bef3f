#include <fmt/format.h>

#include <algorithm>

#include "ocrtune/base/csv.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/image_service.h"
#include "ocrtune/corpus/inputs.h"
#include "ocrtune/corpus/url.h"

namespace ocrtune {
namespace {

constexpr std::uint64_t kManifestLimit = 64'000'000;

/// The file that a field names.
std::filesystem::path file_named(const std::filesystem::path& folder, const std::string& value) {
  if (!is_url(value)) return folder / value;
  check_url(value);
  return value;
}

InputFile manifest_entry(const std::filesystem::path& folder, const CsvRow& header,
                         const CsvRow& row) {
  InputFile entry;
  for (std::size_t i = 0; i < header.size(); ++i) {
    const std::string& value = row[i];
    if (header[i] == "file") {
      entry.path = file_named(folder, value);
      entry.name = is_url(value) ? page_url_name(value) : value;
    } else if (header[i] == "lang") {
      entry.lang = value;
    } else if (header[i] == "truth") {
      if (!value.empty()) entry.truth = file_named(folder, value);
    } else {
      entry.labels.emplace_back(header[i], value);
    }
  }
  return entry;
}

}  // namespace

std::vector<InputFile> read_manifest(const std::filesystem::path& path) {
  const std::string source = shown(path);
  const std::vector<CsvRow> rows = parse_csv(read_input_text(path, kManifestLimit), source);
  if (rows.empty()) throw Error(Errc::input_unreadable, tr("{}: is empty", source));
  const CsvRow& header = rows.front();
  if (std::ranges::count(header, "file") != 1) {
    throw Error(Errc::input_unreadable,
                tr("{}: line 1: a manifest needs exactly one column `file` (found: {})", source,
                   quotable(joined(header))));
  }
  std::vector<InputFile> entries;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (rows[i].size() != header.size()) {
      throw Error(Errc::input_unreadable, tr("{}: record {} has {} fields, the header {}", source,
                                             i + 1, rows[i].size(), header.size()));
    }
    try {
      entries.push_back(manifest_entry(path.parent_path(), header, rows[i]));
    } catch (const Error& error) {
      throw Error(error.code(), tr("{}: record {}: {}", source, i + 1, error.what()));
    }
    if (entries.back().name.empty()) {
      throw Error(Errc::input_unreadable, tr("{}: record {}: `file` is empty", source, i + 1));
    }
  }
  return entries;
}

}  // namespace ocrtune
