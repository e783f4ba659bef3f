#include "ocrtune/server/applied_run.h"

#include <cstdint>

#include "ocrtune/base/files.h"
#include "ocrtune/corpus/page_output.h"
#include "ocrtune/documents/spaces_of_text.h"
#include "ocrtune/documents/tsv_writer.h"

namespace ocrtune::server {
namespace {

constexpr std::uint64_t kMaxBytes = std::uint64_t{32} << 20U;

std::string written(const AppliedRun& run, const Page& page, const char* extension) {
  return read_text(output_path(run.output, page, extension), kMaxBytes);
}

}  // namespace

std::string written_text(const AppliedRun& run, const Page& page) {
  try {
    return written(run, page, ".txt");
  } catch (const Error&) {
    return "";
  }
}

std::optional<OcrResult> written_words(const AppliedRun& run, const Page& page) {
  try {
    OcrResult result = parse_tsv(written(run, page, ".tsv"));
    take_spaces(result, written_text(run, page));
    result.width = page.width;
    result.height = page.height;
    return result;
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace ocrtune::server
