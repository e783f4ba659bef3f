#include "ocrtune/workflow/evaluate.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <iterator>
#include <set>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/resources.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/page_output.h"
#include "ocrtune/documents/transcript.h"
#include "ocrtune/workflow/transcript_files.h"

namespace ocrtune::workflow {
namespace {

TextRules rules_of(const EvaluateOptions& options) {
  const auto ignores = [&](const char* what) {
    return std::ranges::count(options.ignored, what) > 0;
  };
  return {.form = options.form == "nfkc" ? UnicodeForm::kc : UnicodeForm::c,
          .ignore_case = ignores("case"),
          .ignore_space = ignores("space"),
          .ignore_punctuation = ignores("punctuation")};
}

/// The files of each side: OCR results are those that are not marked as ground truth.
FilePairs found_pairs(const EvaluateOptions& options, std::vector<Problem>& problems) {
  std::vector<TranscriptFile> ocr_results = find_transcripts(options.ocr_results, problems);
  std::vector<TranscriptFile> truths;
  if (options.truth.empty()) {
    std::ranges::copy_if(ocr_results, std::back_inserter(truths), &TranscriptFile::truth);
    std::ranges::move(truths_beside(ocr_results), std::back_inserter(truths));
  } else {
    truths = find_transcripts(options.truth, problems);
  }
  std::erase_if(ocr_results, [](const TranscriptFile& file) { return file.truth; });
  std::set<std::filesystem::path> read;
  for (const TranscriptFile& file : ocr_results) read.insert(file.path.lexically_normal());
  std::erase_if(truths, [&](const TranscriptFile& file) {
    return read.contains(file.path.lexically_normal());
  });
  return paired(std::move(ocr_results), std::move(truths));
}

/// The texts; those that cannot be read are left out and added to `problems`.
std::vector<TextPair> text_pairs(const FilePairs& files, std::vector<Problem>& problems) {
  std::vector<TextPair> texts;
  for (const auto& [read, truth] : files.pairs) {
    try {
      texts.push_back({.page = read.page,
                       .read = read_transcript(read.path).text,
                       .truth = read_transcript(truth.path).text});
    } catch (const Error& error) {
      problems.push_back({"", error.what()});
    }
  }
  return texts;
}

void say_what_is_alone(const FilePairs& files, const Events& events) {
  const auto say = [&](const std::vector<std::string>& pages, const std::string& what) {
    if (pages.empty()) return;
    events.say(tr("{} without {}: {}{}", counted(pages.size(), "page"), what,
                  quotable(pages.front(), 100), pages.size() > 1 ? ", …" : ""));
  };
  say(files.without_truth, tr("ground truth"));
  say(files.without_ocr_result, tr("an OCR result"));
}

void require_texts(const FilePairs& files, const std::vector<TextPair>& texts) {
  if (!texts.empty()) return;
  throw Error(
      Errc::input_unreadable,
      files.pairs.empty()
          ? tr("no OCR result has ground truth; for NAME.txt it is NAME.gt.txt beside it, or "
               "a file of that name in the folder of ground truth")
          : tr("no OCR result could be compared with its ground truth; nothing was done"));
}

}  // namespace

Options options_of(EvaluateOptions& options) {
  return {{.name = "RESULTS",
           .field = &options.ocr_results,
           .group = "",
           .help = "OCR results: files or folders of text, hOCR, ALTO or PAGE XML",
           .positional = true,
           .required = true,
           .completion = Completion::file,
           .command_only = true},
          {.name = "truth",
           .field = &options.truth,
           .group = "",
           .help = "Ground truth: files or folders",
           .usual = "NAME.gt.txt, .gt.xml or .gt.hocr beside the OCR results",
           .completion = Completion::file,
           .command_only = true},
          {.name = "ignore",
           .field = &options.ignored,
           .group = "Comparison",
           .help = "Differences to ignore: case, space between words, punctuation around words; "
                   "several joined by commas",
           .choices = {"case", "space", "punctuation"},
           .joined = true},
          {.name = "unicode",
           .field = &options.form,
           .group = "Comparison",
           .help = "Unicode normalization: nfc, or nfkc, which also replaces ligatures and long s",
           .choices = {"nfc", "nfkc"}},
          {.name = "most",
           .field = &options.most,
           .group = "Output",
           .help = "Number of confusions and of worst pages to list",
           .range = NumberRange{0, 1'000'000}},
          {.name = "csv",
           .field = &options.csv,
           .group = "Output",
           .help = "Also write a CSV file with one row per page",
           .completion = Completion::file,
           .suffixes = {".csv"},
           .command_only = true}};
}

Evaluated evaluate(const EvaluateOptions& options, const Events& events) {
  check_fields(options);
  if (!options.csv.empty()) {
    require_output_file(options.csv, options.ocr_results);
    require_output_file(options.csv, options.truth);
  }
  std::vector<Problem> problems;
  FilePairs files = found_pairs(options, problems);
  const std::vector<TextPair> texts = text_pairs(files, problems);
  warn_of(problems, events);
  say_what_is_alone(files, events);
  require_texts(files, texts);
  std::atomic<std::size_t> done{0};
  Evaluated result{
      .evaluation = evaluate_texts(texts, rules_of(options), default_workers(machine_resources()),
                                   [&] {
                                     ++done;
                                     return !events.stopped();
                                   }),
      .without_truth = std::move(files.without_truth),
      .without_ocr_result = std::move(files.without_ocr_result),
      .texts = texts.size(),
      .done = done,
      .problems = !problems.empty()};
  if (events.stopped()) return result;
  for (const EvaluatedPage& page : result.evaluation.pages) {
    if (page.failure.empty()) continue;
    result.problems = true;
    events.warn(fmt::format("{}: {}", quotable(page.page, 300), page.failure));
  }
  if (!options.csv.empty()) {
    write_atomically(options.csv, evaluation_csv(result.evaluation));
    events.say(tr("written to {}", shown(options.csv)));
  }
  return result;
}

}  // namespace ocrtune::workflow
