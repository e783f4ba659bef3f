#include "ocrtune/workflow/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/page_output.h"
#include "ocrtune/execution/pages_at_work.h"
#include "ocrtune/ocr/engines/engine_choice.h"
#include "ocrtune/ocr/noise.h"
#include "ocrtune/options/engines_in_use.h"
#include "ocrtune/pipeline/presets.h"

namespace ocrtune::workflow {
namespace {

/// The pipelines by name; a single one is compared with the original pages.
std::vector<std::pair<std::string, Pipeline>> named_pipelines(std::vector<std::string> names) {
  if (names == std::vector<std::string>{"raw"}) {
    throw OptionError(Errc::invalid_argument, "pipeline", "raw",
                      tr("is already compared by default; name a second pipeline"));
  }
  if (names.size() == 1) names.insert(names.begin(), "raw");
  std::vector<std::pair<std::string, Pipeline>> pipelines;
  std::set<std::string> known;
  pipelines.reserve(names.size());
  for (const std::string& name : names) {
    if (!known.insert(name).second) {
      throw OptionError(Errc::invalid_argument, "pipeline", quotable(name),
                        tr("is given twice; name different pipelines"));
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
    throw OptionError(
        Errc::invalid_argument, "by", by,
        tr("no page has ground truth (NAME.gt.txt beside it, or the column truth of a manifest)"));
  }
  return measure;
}

ReadPage judged(const Page& page, const OcrResult& ocr_result) {
  ReadPage result{.confidence = mean_confidence(ocr_result),
                  .words = static_cast<int>(ocr_result.words.size())};
  if (!page.truth) return result;
  const std::string text = plain_text(ocr_result);
  result.errors = error_rate(text, *page.truth);
  const PreparedText read = prepared_text(text, {});
  const PreparedText truth = prepared_text(*page.truth, {});
  result.bag = compare_bags(views_of(read.words), views_of(truth.words));
  return result;
}

/// The result of a pipeline that could not run: no text.
ReadPage failed(const Page& page, const std::string& why) {
  ReadPage result = judged(page, {});
  result.failure = why;
  return result;
}

/// Runs a pipeline on a page and recognizes the result; nothing if `stop` became true.
std::optional<ReadPage> read_through(const Pipeline& pipeline, const Page& page, const Image& image,
                                     RecognizerPool& recognizers,
                                     MemoryGate::Reservation& reservation,
                                     const std::atomic<bool>& stop) {
  Image made;
  OcrSettings settings;
  try {
    made = pipeline.run(image);
    settings = pipeline.ocr_settings(made);
  } catch (const Error& error) {
    return failed(page, error.what());
  }
  reservation.grow_to(ocr_bytes(made.gray.size()));
  try {
    const auto ocr_result = recognizers.get(page.lang, settings).read(made, settings, stop, [&] {
      return page_marks(image.gray);
    });
    if (!ocr_result) return std::nullopt;
    return judged(page, *ocr_result);
  } catch (const Error& error) {
    if (error.code() != Errc::limit_reached) throw;
    return failed(page, error.what());
  }
}

}  // namespace

Options options_of(CompareOptions& options) {
  std::vector<std::string> measures;
  for (const Measure measure : all_measures()) measures.emplace_back(measure_name(measure));
  Options rows = options_of(options.pages);
  append(rows, {{.name = "pipeline",
                 .field = &options.pipelines,
                 .group = "Pipeline",
                 .help = "Preset or TOML file; give several: the others are compared with the "
                         "first, a single one with raw",
                 .required = true,
                 .completion = Completion::pipeline,
                 .command_only = true},
                {.name = "by",
                 .field = &options.by,
                 .group = "Output",
                 .help = "Score that decides which pages got worse",
                 .usual = "cer where pages have ground truth, else confidence",
                 .choices = measures},
                {.name = "most",
                 .field = &options.most,
                 .group = "Output",
                 .help = "Number of pages that got worse to list",
                 .range = NumberRange{0, 1'000'000}},
                {.name = "csv",
                 .field = &options.csv,
                 .group = "Output",
                 .help = "Also write a CSV file with one row per pipeline and page",
                 .completion = Completion::file,
                 .suffixes = {".csv"},
                 .command_only = true}});
  append(rows, options_of(options.ocr));
  append(rows, options_of(options.work));
  return rows;
}

Compared compare(const CompareOptions& options, const Events& events) {
  check_fields(options);
  if (!options.csv.empty()) require_output_file(options.csv, options.pages.inputs);
  const auto pipelines = named_pipelines(options.pipelines);
  const bool in_colour =
      std::ranges::any_of(pipelines, [](const auto& named) { return named.second.wants_colour(); });
  const MemoryPlan plan = plan_work(options.work, options.ocr);
  const LoadedPages loaded =
      load_pages(options.pages, events, plan, options.ocr.tessdata, in_colour);
  const Corpus& corpus = loaded.corpus;
  const RecognitionOptions recognition = resolved(options.ocr, events, languages_of(corpus));
  for (const auto& [name, pipeline] : pipelines)
    check_engine_options(pipeline, recognition.engines);
  Compared result{.by = measure_of(options.by, corpus),
                  .engine = engines_text(recognition.engines),
                  .left_out = loaded.left_out};
  for (const Page& page : corpus.pages()) result.pages.push_back(page.name);
  for (const auto& [name, pipeline] : pipelines)
    result.pipelines.push_back({.name = name, .pages = std::vector<ReadPage>(result.pages.size())});
  const std::vector<std::size_t> all = all_of(corpus);
  using ReadPages = std::vector<ReadPage>;  // one for each pipeline
  const WorkedPages worked = work_on_pages<ReadPages>(
      {.corpus = corpus,
       .which = all,
       .plan = plan,
       .recognition = recognition,
       .in_colour = in_colour,
       .events = events,
       .line = PagesProgress()},
      [&](PageAtWork& at) -> std::optional<ReadPages> {
        const Image image = corpus.image(at.index, in_colour);
        ReadPages read_pages;
        for (const auto& [name, pipeline] : pipelines) {
          auto page =
              read_through(pipeline, at.page, image, at.recognizers, at.reservation, *events.stop);
          if (!page) return std::nullopt;
          read_pages.push_back(*std::move(page));
        }
        return read_pages;
      },
      [&](std::size_t index, const ReadPages& read_pages) {
        for (std::size_t p = 0; p < read_pages.size(); ++p)
          result.pipelines[p].pages[index] = read_pages[p];
      });
  result.done = worked.done;
  result.left_out += worked.left_out;
  if (!options.csv.empty() && !events.stopped()) {
    write_atomically(options.csv, comparison_csv(result.pipelines, result.pages));
    events.say(tr("written to {}", shown(options.csv)));
  }
  return result;
}

}  // namespace ocrtune::workflow
