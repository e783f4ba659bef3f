#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <nlohmann/json.hpp>
#include <set>

#include "ocrtune/base/files.h"
#include "ocrtune/base/resources.h"
#include "ocrtune/base/text.h"
#include "ocrtune/cli/context.h"
#include "ocrtune/cli/help.h"
#include "ocrtune/cli/transcript_files.h"
#include "ocrtune/report/evaluation.h"
#include "ocrtune/transcript/transcript.h"

namespace ocrtune::cli {
namespace {

struct Evaluate {
  std::vector<std::string> readings;
  std::vector<std::string> truth;
  std::vector<std::string> ignored;
  std::string form = "nfc";
  std::string csv;
  std::size_t most = 10;

  [[nodiscard]] TextRules rules() const {
    const auto ignores = [&](const char* what) { return std::ranges::count(ignored, what) > 0; };
    return {.form = form == "nfkc" ? UnicodeForm::kc : UnicodeForm::c,
            .ignore_case = ignores("case"),
            .ignore_space = ignores("space"),
            .ignore_punctuation = ignores("punctuation")};
  }
};

void complain(const std::vector<Problem>& problems, Context& context) {
  for (const Problem& problem : problems) {
    context.talk.complain(problem.where.empty()
                              ? problem.what
                              : fmt::format("{}: {}", quotable(problem.where, 300), problem.what));
  }
}

/// The files of each side: readings are those that don't say that they are truth.
FilePairs found_pairs(const Evaluate& options, std::vector<Problem>& problems) {
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
std::vector<TextPair> texts_of(const FilePairs& files, std::vector<Problem>& problems) {
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

void say_what_is_alone(const FilePairs& files, Context& context) {
  const auto say = [&](const std::vector<std::string>& pages, const char* what) {
    if (pages.empty()) return;
    context.talk.say(fmt::format("{} without {}: {}{}", counted(pages.size(), "page"), what,
                                 quotable(pages.front(), 100), pages.size() > 1 ? ", …" : ""));
  };
  say(files.without_truth, "truth");
  say(files.without_reading, "a reading");
}

void print(const Evaluate& options, const FilePairs& files, const Evaluation& evaluation,
           Context& context) {
  if (!options.csv.empty()) {
    write_atomically(options.csv, evaluation_csv(evaluation));
    context.talk.say(fmt::format("written to {}", shown(options.csv)));
  }
  if (!context.json) {
    context.print(evaluation_text(evaluation, options.most));
    return;
  }
  nlohmann::json json = evaluation_json(evaluation);
  json["unicode_form"] = options.form;
  json["ignored"] = options.ignored;
  json["without_truth"] = files.without_truth;
  json["without_reading"] = files.without_reading;
  context.print(json_text(json));
}

ExitStatus evaluate(const Evaluate& options, Context& context) {
  if (!options.csv.empty()) require_writable_place(options.csv);
  std::vector<Problem> problems;
  const FilePairs files = found_pairs(options, problems);
  const std::vector<TextPair> texts = texts_of(files, problems);
  complain(problems, context);
  say_what_is_alone(files, context);
  if (texts.empty() && !files.pairs.empty()) {
    throw Error(ExitStatus::input_unreadable,
                "no reading could be compared with its truth; nothing was done");
  }
  if (texts.empty()) {
    throw Error(ExitStatus::input_unreadable,
                "no reading has a truth; for NAME.txt it is NAME.gt.txt beside it, or a file of "
                "that name in the folder of --truth");
  }
  std::atomic<std::size_t> done{0};
  const Evaluation evaluation =
      evaluate_texts(texts, options.rules(), default_workers(machine_resources()), [&] {
        ++done;
        return !context.stop;
      });
  if (context.stop) {
    context.talk.complain(
        fmt::format("interrupted after {} of {} pages", done.load(), texts.size()));
    return ExitStatus::interrupted;
  }
  bool failed = !problems.empty();
  for (const EvaluatedPage& page : evaluation.pages) {
    if (page.failure.empty()) continue;
    failed = true;
    context.talk.complain(fmt::format("{}: {}", quotable(page.page, 300), page.failure));
  }
  print(options, files, evaluation, context);
  return failed ? ExitStatus::input_unreadable : ExitStatus::done;
}

}  // namespace

void add_evaluate(CLI::App& app, Context& context) {
  CLI::App* command = add_command(
      app, context, "evaluate", "Compare texts that any program read with the truth",
      "  ocrtune evaluate texts/ --truth truth/\n"
      "  ocrtune evaluate page.hocr --truth page.xml --ignore case,punctuation\n"
      "  ocrtune evaluate scans/ --csv errors.csv      NAME.txt and NAME.gt.txt side by side");
  auto options = std::make_shared<Evaluate>();
  command
      ->add_option("READINGS", options->readings,
                   "Files or folders of readings: text, hOCR, ALTO, PAGE XML")
      ->required();
  command
      ->add_option(
          "--truth", options->truth,
          "Files or folders of truths [NAME.gt.txt, .gt.xml, .gt.hocr beside the readings]")
      ->allow_extra_args(false);
  command
      ->add_option("--ignore", options->ignored,
                   "case, space between words, punctuation around words, or several joined by "
                   "commas")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember({"case", "space", "punctuation"}))
      ->group("Comparison");
  command
      ->add_option("--unicode", options->form,
                   "Normalisation: nfc, or nfkc, which also evens out ligatures and long s")
      ->capture_default_str()
      ->check(CLI::IsMember({"nfc", "nfkc"}))
      ->group("Comparison");
  command->add_option("--most", options->most, "How many confusions and worst pages are shown")
      ->capture_default_str()
      ->check(between(0, 1'000'000))
      ->group("Output");
  command->add_option("--csv", options->csv, "Also write one row per page here")->group("Output");
  command->callback([options, &context] {
    context.command = [options, &context] { return evaluate(*options, context); };
  });
}

}  // namespace ocrtune::cli
