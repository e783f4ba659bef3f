#include "ocrtune/server/applied_run.h"

#include <cstdint>
#include <utility>

#include "ocrtune/base/files.h"
#include "ocrtune/corpus/page_output.h"
#include "ocrtune/documents/page_json.h"
#include "ocrtune/documents/spaces_of_text.h"
#include "ocrtune/documents/tsv_writer.h"

namespace ocrtune::server {
namespace {

constexpr std::uint64_t kMaxBytes = std::uint64_t{32} << 20U;

std::string written(const AppliedRun& run, const Page& page, const std::string& extension) {
  return read_text(output_path(run.output, page, extension), kMaxBytes);
}

OcrResult as_large_as(const Page& page, OcrResult result) {
  result.width = page.width;
  result.height = page.height;
  return result;
}

/// Runs of ocrtune 0.1.0 have the words as TSV.
std::optional<OcrResult> words_of_earlier_version(const AppliedRun& run, const Page& page) {
  try {
    OcrResult result = parse_tsv(written(run, page, ".tsv"));
    take_spaces(result, written_text(run, page));
    return as_large_as(page, std::move(result));
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

std::optional<std::string> written_file(const AppliedRun& run, const Page& page,
                                        const std::string& extension) {
  try {
    return written(run, page, extension);
  } catch (const Error&) {
    return std::nullopt;
  }
}

std::string written_text(const AppliedRun& run, const Page& page) {
  return written_file(run, page, ".txt").value_or("");
}

std::optional<OcrResult> written_words(const AppliedRun& run, const Page& page) {
  try {
    return as_large_as(page, parse_page_json(written(run, page, ".json")));
  } catch (const Error&) {
    return words_of_earlier_version(run, page);
  }
}

}  // namespace ocrtune::server
