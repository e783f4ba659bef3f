#include "ocrtune/server/run_exports.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "ocrtune/apply/ocr_formats.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/file_state.h"
#include "ocrtune/base/version.h"
#include "ocrtune/corpus/page_output.h"
#include "ocrtune/pdf/searchable_pdf.h"
#include "ocrtune/server/zip_writer.h"
#include "ocrtune/voting/borrowed_places.h"

namespace ocrtune::server {
namespace {

std::string name_in_archive(const Page& page, const std::string& extension) {
  return output_path("", page, extension).generic_string();
}

/// When a file was changed; now if it is gone.
std::chrono::system_clock::time_point changed_at(const std::filesystem::path& file) {
  using Clock = std::chrono::system_clock;
  const auto state = file_state(file);
  if (!state) return Clock::now();
  return Clock::time_point(
      std::chrono::duration_cast<Clock::duration>(std::chrono::nanoseconds(state->time)));
}

/// When the file with this extension was written for a page.
auto written_at(const AppliedRun& run, const Page& page, const std::string& extension) {
  return changed_at(output_path(run.output, page, extension));
}

/// The text as words without places, a line of text per line, an empty line between paragraphs.
OcrResult words_of_text(const std::string& text, const Page& page) {
  OcrResult result{.words = {}, .width = page.width, .height = page.height};
  constexpr int kSure = 100;
  Word next{.confidence = kSure, .block = 1, .paragraph = 1, .line = 1, .index = 1};
  const auto end_word = [&] {
    if (next.text.empty()) return;
    result.words.push_back(next);
    next.text.clear();
    ++next.index;
  };
  for (const char c : text) {
    const bool is_space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (!is_space) {
      next.text += c;
      continue;
    }
    end_word();
    if (c != '\n') continue;
    if (next.index > 1) {
      ++next.line;
      next.index = 1;
    } else if (next.line > 1) {
      ++next.paragraph;
      next.line = 1;
    }
  }
  end_word();
  return result;
}

OcrResult words_of(const AppliedRun& run, const Page& page) {
  OcrResult read = written_words(run, page).value_or(
      OcrResult{.words = {}, .width = page.width, .height = page.height});
  if (!page.truth) return read;
  OcrResult words = words_of_text(*page.truth, page);
  borrow_places(words, read);
  return words;
}

std::string program() { return fmt::format("ocrtune {}", program_version()); }

/// Metadata of a page for documents of its ground truth.
PageSource source_of_truth(const AppliedRun& run, const WrittenPage& written) {
  PageSource source = source_of(*run.corpus, written.page, "");
  source.program = program();
  source.turns = written.turns;
  source.corrected = true;
  return source;
}

/// In the formats that are documents of text, what the run has written for a page, or its ground
/// truth in the places of the words.
void add_documents(ZipWriter& zip, const AppliedRun& run, const WrittenPage& written) {
  const Page& page = run.corpus->pages()[written.page];
  std::optional<OcrResult> words;  // aligned once for all formats
  for (const OcrFormat& format : all_ocr_formats()) {
    if (!format.document || format.binary) continue;
    const auto file = written_file(run, page, format.extension);
    if (!file) continue;
    const auto recognized = written_at(run, page, format.extension);
    if (page.truth && !words) words = words_of(run, page);
    zip.add(name_in_archive(page, format.extension),
            words ? format.text(*words, source_of_truth(run, written)) : *file,
            words ? std::max(recognized, changed_at(page.truth_file)) : recognized);
  }
}

std::optional<PdfPage> pdf_page(const AppliedRun& run, const WrittenPage& written) {
  try {
    return PdfPage{words_of(run, run.corpus->pages()[written.page]),
                   run.corpus->facsimile(written.page), written.turns};
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

void write_texts_zip(const AppliedRun& run, const std::vector<WrittenPage>& pages,
                     const TextSink& sink) {
  ZipWriter zip(sink);
  for (const WrittenPage& written : pages) {
    const Page& page = run.corpus->pages()[written.page];
    const std::string recognized = written_text(run, page);
    const auto when = written_at(run, page, ".txt");
    zip.add(name_in_archive(page, ".txt"), page.truth.value_or(recognized),
            page.truth ? changed_at(page.truth_file) : when);
    if (page.truth) zip.add(name_in_archive(page, ".ocr.txt"), recognized, when);
    add_documents(zip, run, written);
  }
  zip.finish();
}

void write_pages_pdf(const AppliedRun& run, const std::vector<WrittenPage>& pages,
                     const TextSink& sink) {
  std::vector<std::size_t> numbers;
  numbers.reserve(pages.size());
  for (const WrittenPage& written : pages) numbers.push_back(written.page);
  write_searchable_pdf({.title = run.output.filename().string(),
                        .language = language_of(*run.corpus, numbers),
                        .program = program(),
                        .count = pages.size(),
                        .page = [&](std::size_t at) { return pdf_page(run, pages[at]); }},
                       sink);
}

}  // namespace ocrtune::server
