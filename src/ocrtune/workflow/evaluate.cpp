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
#include "ocrtune/transcript/transcript.h"
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

/// The files of each side: readings are those that don't say that they are truth.
FilePairs found_pairs(const EvaluateOptions& options, std::vector<Problem>& problems) {
  std::vector<TranscriptFile> readings = find_transcripts(options.readings, problems);
  std::vector<TranscriptFile> truths;
  if (options.truth.empty()) {
    std::ranges::copy_if(readings, std::back_inserter(truths), &TranscriptFile::truth);
  } else {
    truths = find_transcripts(options.truth, problems);
  }
  std::erase_if(readings, [](const TranscriptFile& file) { return file.truth; });
  std::set<std::filesystem::path> read;
  for (const TranscriptFile& file : readings) read.insert(file.path.lexically_normal());
  std::erase_if(truths, [&](const TranscriptFile& file) {
    return read.contains(file.path.lexically_normal());
  });
  return paired(std::move(readings), std::move(truths));
}

/// The texts; what can't be read is left out and added to `problems`.
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
  const auto say = [&](const std::vector<std::string>& pages, const char* what) {
    if (pages.empty()) return;
    events.say(fmt::format("{} without {}: {}{}", counted(pages.size(), "page"), what,
                           quotable(pages.front(), 100), pages.size() > 1 ? ", …" : ""));
  };
  say(files.without_truth, "truth");
  say(files.without_reading, "a reading");
}

void require_texts(const FilePairs& files, const std::vector<TextPair>& texts) {
  if (!texts.empty()) return;
  throw Error(
      Errc::input_unreadable,
      files.pairs.empty()
          ? "no reading has a truth; for NAME.txt it is NAME.gt.txt beside it, or a file of "
            "that name in the folder of the truth"
          : "no reading could be compared with its truth; nothing was done");
}

}  // namespace

Options options_of(EvaluateOptions& options) {
  return {{.name = "READINGS",
           .field = &options.readings,
           .group = "",
           .help = "Files or folders of readings: text, hOCR, ALTO, PAGE XML",
           .positional = true,
           .required = true,
           .command_only = true},
          {.name = "truth",
           .field = &options.truth,
           .group = "",
           .help = "Files or folders of truths",
           .usual = "NAME.gt.txt, .gt.xml, .gt.hocr beside the readings",
           .command_only = true},
          {.name = "ignore",
           .field = &options.ignored,
           .group = "Comparison",
           .help = "case, space between words, punctuation around words, or several joined by "
                   "commas",
           .choices = {"case", "space", "punctuation"},
           .joined = true},
          {.name = "unicode",
           .field = &options.form,
           .group = "Comparison",
           .help = "Normalisation: nfc, or nfkc, which also evens out ligatures and long s",
           .choices = {"nfc", "nfkc"}},
          {.name = "most",
           .field = &options.most,
           .group = "Output",
           .help = "How many confusions and worst pages are shown",
           .range = NumberRange{0, 1'000'000}},
          {.name = "csv",
           .field = &options.csv,
           .group = "Output",
           .help = "Also write one row per page here",
           .command_only = true}};
}

Evaluated evaluate(const EvaluateOptions& options, const Events& events) {
  check_fields(options);
  if (!options.csv.empty()) require_writable_place(options.csv);
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
      .without_reading = std::move(files.without_reading),
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
    events.say(fmt::format("written to {}", shown(options.csv)));
  }
  return result;
}

}  // namespace ocrtune::workflow
