#include "ocrtune/workflow/document_output.h"

#include <array>
#include <system_error>

#include "ocrtune/apply/ocr_formats.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/hash.h"
#include "ocrtune/base/name_limits.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/page_output.h"
#include "ocrtune/workflow/read.h"

namespace ocrtune::workflow {
namespace fs = std::filesystem;
namespace {

/// Of which one document can have all pages.
constexpr std::array kFormats{kPdfFormat, kTextFormat};
constexpr std::uint64_t kMostText = 1'000'000'000;

[[noreturn]] void refuse(const std::string& option, const std::string& value) {
  throw OptionError(Errc::invalid_argument, option, value,
                    tr("needs an output folder; the output is one document"));
}

/// Before pages are recognized.
void require_short_name(const DocumentOutput& document) {
  const NameLimits limits(document.file.parent_path());
  std::string why = limits.why_not(document.file);
  if (why.empty()) why = limits.why_not(document.folder);
  if (!why.empty())
    throw Error(Errc::output_unwritable, tr("{}: can't be written: {}", shown(document.file), why));
}

}  // namespace

std::optional<DocumentOutput> document_output(const ApplyOptions& options) {
  const fs::path file(options.output);
  const std::string extension = lower_case(file.extension().string());
  std::error_code ignored;
  if (fs::is_directory(file, ignored)) return std::nullopt;
  for (const char* format : kFormats) {
    if (extension != ocr_format(format).extension) continue;
    const ApplyOptions usual;
    if (options.formats != usual.formats && options.formats != std::vector<std::string>{format})
      refuse("format", joined(options.formats, ","));
    if (options.split) refuse("split", "");
    if (options.images != usual.images) refuse("images", options.images);
    if (options.journal) refuse("journal", "");
    const DocumentOutput document{
        .file = file,
        .folder = file.parent_path() / ("." + file.filename().string() + ".ocrtune"),
        .format = format};
    require_short_name(document);
    require_output_file(file, options.pages.inputs);
    return document;
  }
  return std::nullopt;
}

fs::path text_file(const fs::path& folder, const Page& page) {
  return folder / (content_hash(page.name).text() + ocr_format(kTextFormat).extension);
}

void join_texts(const DocumentOutput& document, const Corpus& corpus,
                const std::function<bool(const Page&)>& is_left_out) {
  write_atomically(document.file, [&](const TextSink& sink) {
    bool first = true;
    for (const Page& page : corpus.pages()) {
      std::error_code missing;
      const fs::path file = text_file(document.folder, page);
      if (is_left_out(page) || !fs::exists(file, missing)) continue;
      if (!first) sink("\f");
      first = false;
      sink(read_text(file, kMostText));
    }
  });
}

}  // namespace ocrtune::workflow
