#include "ocrtune/cli/options.h"

#include <fmt/format.h>

#include <iostream>

#include "ocrtune/base/files.h"
#include "ocrtune/base/resources.h"
#include "ocrtune/base/text.h"
#include "ocrtune/cli/help.h"
#include "ocrtune/cli/reader_choice.h"
#include "ocrtune/image/inputs.h"
#include "ocrtune/image/pdf.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/ocr/reader.h"
#include "ocrtune/pipeline/presets.h"

namespace ocrtune::cli {
namespace {

constexpr std::uint64_t kLeastMemory = 100'000'000;

[[noreturn]] void wrong_use(const std::string& why) { throw Error(ExitStatus::wrong_use, why); }

/// Runs a change of the pipeline; an error names the option it came from.
template <typename Change>
void change_as(const std::string& option, Change change) {
  try {
    change();
  } catch (const Error& error) {
    wrong_use(error.status() == ExitStatus::wrong_use
                  ? error.what()
                  : fmt::format("{}: {}", option, error.what()));
  }
}

void apply_set(Pipeline& pipeline, const std::string& text) {
  const std::string option = fmt::format("--set {}", quotable(text, 100));
  change_as(option, [&] {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos) wrong_use(option + ": expected NAME=VALUE");
    const std::string name = text.substr(0, equals);
    pipeline.fix(name, parse_value(pipeline.parameter_of(name),
                                   std::string_view(text).substr(equals + 1), name));
  });
}

/// LOW:HIGH, LOW:HIGH:STEP or LOW:HIGH:log.
Range parse_range(const Parameter& parameter, std::string_view text, const std::string& option,
                  const std::string& name) {
  const std::vector<std::string> parts = split(text, ':');
  if (parts.size() < 2 || parts.size() > 3)
    wrong_use(option + ": expected NAME, NAME=LOW:HIGH, NAME=LOW:HIGH:STEP or NAME=LOW:HIGH:log");
  Range range{.low = parse_value(parameter, parts[0], name),
              .high = parse_value(parameter, parts[1], name)};
  if (parts.size() == 2) return range;
  range.log = parts[2] == "log";
  if (!range.log && (!parse_number(parts[2], range.step) || range.step <= 0))
    wrong_use(
        fmt::format("{}: `{}` is neither a step above 0 nor log", option, quotable(parts[2], 60)));
  return range;
}

void apply_free(Pipeline& pipeline, const std::string& text) {
  const std::string option = fmt::format("--free {}", quotable(text, 100));
  change_as(option, [&] {
    const std::size_t equals = text.find('=');
    const std::string name = text.substr(0, equals);
    std::optional<Range> range;
    if (equals != std::string::npos) {
      range = parse_range(pipeline.parameter_of(name), std::string_view(text).substr(equals + 1),
                          option, name);
    }
    pipeline.free(name, range);
  });
}

}  // namespace

void CorpusArguments::add_to(CLI::App& command) {
  command
      .add_option(
          "CORPUS", inputs,
          "Pages: files, folders (searched through), glob patterns, a CSV manifest (columns file, "
          "lang, truth; others are labels), or - for a list on standard input")
      ->required();
  command.add_option("--lang", lang, "Tesseract's language, or several joined by + [eng]")
      ->group("Pages");
  command
      .add_option(
          "--pdf-dpi", pdf_dpi,
          fmt::format("Resolution PDF pages are rendered at [scans: their own; else {}]", kPdfDpi))
      ->check(between(kLeastPdfDpi, kMostPdfDpi))
      ->group("Pages");
}

Corpus CorpusArguments::load(Context& context, const MemoryPlan& plan, const std::string& tessdata,
                             bool in_colour, const std::string& standard_lang) {
  const std::string folder = tessdata_folder(tessdata);
  require_languages(lang.value_or(standard_lang), folder);
  std::vector<Problem> problems;
  const std::vector<InputFile> files = expand_inputs(inputs, std::cin, problems);
  CorpusOptions options{
      .lang = lang.value_or(standard_lang), .limits = {}, .workers = plan.workers};
  options.limits.pdf_dpi = pdf_dpi;
  options.keep_bytes = plan.pages;
  options.in_colour = in_colour;
  Corpus corpus = Corpus::load(files, options, problems);
  for (const Problem& problem : problems) {
    context.talk.complain(problem.where.empty()
                              ? problem.what
                              : fmt::format("{}: {}", quotable(problem.where, 300), problem.what));
  }
  problem_count = problems.size();
  if (corpus.pages().empty())
    throw Error(ExitStatus::input_unreadable, "no page could be read; nothing was done");
  for (const std::string& language : languages_of(corpus)) require_languages(language, folder);
  return corpus;
}

ExitStatus CorpusArguments::status() const {
  return problem_count > 0 ? ExitStatus::input_unreadable : ExitStatus::done;
}

void ReadingArguments::add_to(CLI::App& command) {
  const ReadingOptions standard;
  command
      .add_option("--psm", psm,
                  fmt::format("Tesseract's page segmentation mode [{}]", standard.psm))
      ->check(CLI::IsMember({1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}))
      ->group("Reading");
  command
      .add_option("--oem", oem,
                  fmt::format("Tesseract's engine: 0 legacy, 1 LSTM, 2 both, 3 what there is [{}]",
                              standard.oem))
      ->check(between(0, 3))
      ->group("Reading");
  command
      .add_option("--ocr-max-width", max_width,
                  "Read wider pages at this width (px); else halved above 2500")
      ->check(between(16, 32767))
      ->group("Reading");
  command
      .add_option(
          "--reader", reader,
          fmt::format("Who reads: lstm is ocrtune's own, faster reader, tesseract the stock "
                      "one; auto takes lstm where it reads a built-in page alike [{}]",
                      reader_name(standard.reader)))
      ->check(CLI::IsMember({"auto", "lstm", "tesseract"}))
      ->group("Reading");
  command.add_option("--tessdata", tessdata, "Folder of the .traineddata files")->group("Reading");
}

ReadingOptions ReadingArguments::options() const {
  ReadingOptions options;
  options.psm = psm.value_or(options.psm);
  options.oem = oem.value_or(options.oem);
  options.max_width = max_width;
  options.tessdata = tessdata;
  if (reader) options.reader = reader_named(*reader);
  return options;
}

ReadingOptions ReadingArguments::settled(Context& context, const Corpus& corpus) const {
  ReadingOptions result = options();
  result.readers = settled_readers(context, corpus, result);
  return result;
}

std::string ReadingArguments::repeated() const {
  std::string text;
  if (psm) text += fmt::format(" --psm {}", *psm);
  if (oem) text += fmt::format(" --oem {}", *oem);
  if (max_width) text += fmt::format(" --ocr-max-width {}", *max_width);
  if (reader) text += fmt::format(" --reader {}", *reader);
  if (!tessdata.empty()) text += fmt::format(" --tessdata {}", quotable(tessdata));
  return text;
}

void PipelineArguments::add_to(CLI::App& command, const std::string& standard, bool searched) {
  command
      .add_option("--pipeline", pipeline,
                  fmt::format("A preset's name or a TOML file [{}]", standard))
      ->group("Pipeline");
  command
      .add_option(
          "--set", set,
          "NAME=VALUE: fix a parameter or the choice of a stage; use_STAGE=off turns a stage off")
      ->allow_extra_args(false)
      ->group("Pipeline");
  if (!searched) return;
  command
      .add_option(
          "--free", free,
          "NAME, NAME=LOW:HIGH, NAME=LOW:HIGH:STEP or NAME=LOW:HIGH:log: search a parameter; "
          "use_STAGE: let the search turn a stage off")
      ->allow_extra_args(false)
      ->group("Pipeline");
}

Pipeline PipelineArguments::load(const std::string& standard) const {
  Pipeline result = load_pipeline(pipeline.value_or(standard));
  for (const std::string& text : set) apply_set(result, text);
  for (const std::string& text : free) apply_free(result, text);
  return result;
}

void WorkArguments::add_to(CLI::App& command) {
  command
      .add_option("--jobs", jobs,
                  "Worker threads [one a core, half as many more where its threads share cores]")
      ->check(between(1, 1024))
      ->group("Work");
  command
      .add_option(
          "--memory", memory,
          "Memory to work in, such as 800M or 4G: fewer pages are kept and in work at a time "
          "where it is less [3/4 of what is free]")
      ->type_name("SIZE")
      ->group("Work");
}

const MemoryPlan& WorkArguments::plan() {
  if (plan_) return *plan_;
  const Resources machine = machine_resources();
  std::uint64_t bytes = machine.available_bytes / 4 * 3;
  if (memory && (!parse_bytes(*memory, bytes) || bytes < kLeastMemory)) {
    wrong_use(fmt::format("--memory: `{}` is not a size of at least {}, such as 800M or 4G",
                          quotable(*memory, 60), bytes_text(kLeastMemory)));
  }
  plan_ = plan_memory(bytes, jobs.value_or(default_workers(machine)));
  return *plan_;
}

}  // namespace ocrtune::cli
