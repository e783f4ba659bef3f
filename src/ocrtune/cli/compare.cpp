#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/cli/help.h"
#include "ocrtune/cli/options.h"
#include "ocrtune/evaluator/page_loop.h"
#include "ocrtune/ocr/reader.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/report/comparison.h"

namespace ocrtune::cli {
namespace {

struct Compare {
  CorpusArguments corpus;
  ReadingArguments reading;
  WorkArguments work;
  std::vector<std::string> pipelines;
  std::string by;
  std::string csv;
  std::size_t most = 10;
};

/// The pipelines by name; one alone is compared with the pages as they came.
std::vector<std::pair<std::string, Pipeline>> load(std::vector<std::string> names) {
  if (names == std::vector<std::string>{"raw"}) {
    throw Error(
        ExitStatus::wrong_use,
        "--pipeline raw: is what one pipeline alone is compared with; give another one, too");
  }
  if (names.size() == 1) names.insert(names.begin(), "raw");
  std::vector<std::pair<std::string, Pipeline>> pipelines;
  std::set<std::string> known;
  pipelines.reserve(names.size());
  for (const std::string& name : names) {
    if (!known.insert(name).second) {
      throw Error(ExitStatus::wrong_use,
                  fmt::format("--pipeline {}: is given twice; one is compared with another",
                              quotable(name)));
    }
    pipelines.emplace_back(quotable(name), load_pipeline(name).at({}));
  }
  return pipelines;
}

Measure measure_of(const std::string& by, const Corpus& pages) {
  const bool truth =
      std::ranges::any_of(pages.pages(), [](const Page& page) { return page.truth.has_value(); });
  if (by.empty()) return truth ? Measure::cer : Measure::confidence;
  const Measure measure = *std::ranges::find(all_measures(), by, measure_name);
  if (measure != Measure::confidence && !truth) {
    throw Error(ExitStatus::wrong_use,
                fmt::format("--by {}: no page has a truth (NAME.gt.txt beside it, or a manifest's "
                            "column)",
                            by));
  }
  return measure;
}

ReadPage judged(const Page& page, const Reading& reading) {
  ReadPage result{.confidence = mean_confidence(reading),
                  .words = static_cast<int>(reading.words.size())};
  if (!page.truth) return result;
  const std::string text = plain_text(reading);
  result.errors = error_rate(text, *page.truth);
  const PreparedText read = prepared_text(text, {});
  const PreparedText truth = prepared_text(*page.truth, {});
  result.bag = compare_bags(views_of(read.words), views_of(truth.words));
  return result;
}

/// The pipeline couldn't run: nothing was read.
ReadPage failed(const Page& page, const std::string& why) {
  ReadPage result = judged(page, {});
  result.failure = why;
  return result;
}

/// Runs a pipeline on a page and reads it; nothing where `stop` became true.
std::optional<ReadPage> read_through(const Pipeline& pipeline, const Page& page, const Image& image,
                                     RecognizerPool& recognizers, MemoryGate::Room& room,
                                     const std::atomic<bool>& stop) {
  Image made;
  try {
    made = pipeline.run(image);
  } catch (const Error& error) {
    return failed(page, error.what());
  }
  room.grow_to(reading_bytes(made.gray.size()));
  try {
    const auto reading = recognizers.get(page.lang, made.told).read(made, stop, [&] {
      return page_marks(image.gray);
    });
    if (!reading) return std::nullopt;
    return judged(page, *reading);
  } catch (const Error& error) {
    if (error.status() != ExitStatus::limit_reached) throw;
    return failed(page, error.what());
  }
}

ExitStatus compare(Compare& options, Context& context) {
  if (!options.csv.empty()) require_writable_place(options.csv);
  const auto pipelines = load(options.pipelines);
  const bool in_colour =
      std::ranges::any_of(pipelines, [](const auto& named) { return named.second.wants_colour(); });
  const Corpus corpus =
      options.corpus.load(context, options.work.plan(), options.reading.tessdata, in_colour);
  const std::vector<Page>& pages = corpus.pages();
  const Measure by = measure_of(options.by, corpus);
  const ReadingOptions reading = options.reading.settled(context, corpus);
  std::vector<ComparedPipeline> compared;
  compared.reserve(pipelines.size());
  for (const auto& [name, pipeline] : pipelines)
    compared.push_back({.name = name, .pages = std::vector<ReadPage>(pages.size())});
  MemoryGate gate(options.work.plan().tasks);
  const auto work = [&](std::size_t i, RecognizerPool& recognizers) {
    MemoryGate::Room room(gate, task_bytes(pages[i], in_colour));
    const Image image = corpus.image(i, in_colour);
    for (std::size_t p = 0; p < pipelines.size(); ++p) {
      auto page =
          read_through(pipelines[p].second, pages[i], image, recognizers, room, context.stop);
      if (!page) return false;
      compared[p].pages[i] = *std::move(page);
    }
    return true;
  };
  std::size_t done = 0;
  for_each_page(
      pages.size(), options.work.plan().workers, reading, work,
      [&](std::size_t) { context.talk.progress(fmt::format("{}/{} pages", ++done, pages.size())); },
      context.stop);
  if (context.stop) {
    context.talk.complain(fmt::format("interrupted after {} of {} pages", done, pages.size()));
    return ExitStatus::interrupted;
  }
  std::vector<std::string> names;
  names.reserve(pages.size());
  for (const Page& page : pages) names.push_back(page.name);
  if (!options.csv.empty()) {
    write_atomically(options.csv, comparison_csv(compared, names));
    context.talk.say(fmt::format("written to {}", shown(options.csv)));
  }
  if (context.json) {
    nlohmann::json json = comparison_json(compared, names, by);
    json["reader"] = readers_text(reading.readers);
    context.print(json_text(json));
  } else {
    context.print(comparison_text(compared, names, by, options.most));
  }
  return options.corpus.status();
}

}  // namespace

void add_compare(CLI::App& app, Context& context) {
  CLI::App* command =
      add_command(app, context, "compare", "Compare pipelines on the same pages, page by page",
                  "  ocrtune compare scans/ --pipeline best.toml         against the pages as they "
                  "came\n"
                  "  ocrtune compare scans/ --pipeline standard --pipeline best.toml\n"
                  "  ocrtune compare scans/ --pipeline a.toml --pipeline b.toml --by wer --csv "
                  "pages.csv");
  auto options = std::make_shared<Compare>();
  options->corpus.add_to(*command);
  command
      ->add_option("--pipeline", options->pipelines,
                   "A preset's name or a TOML file; give it twice or more: the others are compared "
                   "with the first, one alone with raw")
      ->required()
      ->allow_extra_args(false)
      ->group("Pipeline");
  command
      ->add_option("--by", options->by,
                   "What says which page got worse [cer where pages have truth, else confidence]")
      ->check(CLI::IsMember({"confidence", "cer", "wer", "bow"}))
      ->group("Output");
  command->add_option("--most", options->most, "How many pages that got worse are shown")
      ->capture_default_str()
      ->check(between(0, 1'000'000))
      ->group("Output");
  command->add_option("--csv", options->csv, "Also write one row per pipeline and page here")
      ->group("Output");
  options->reading.add_to(*command);
  options->work.add_to(*command);
  command->callback([options, &context] {
    context.command = [options, &context] { return compare(*options, context); };
  });
}

}  // namespace ocrtune::cli
