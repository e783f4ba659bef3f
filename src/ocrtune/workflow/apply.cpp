#include "ocrtune/workflow/apply.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <utility>

#include "ocrtune/apply/best_result.h"
#include "ocrtune/apply/journal.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/base/version.h"
#include "ocrtune/evaluator/page_places.h"
#include "ocrtune/image/encode.h"
#include "ocrtune/ocr/engine_choice.h"
#include "ocrtune/ocr/engine_registry.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/ocr/ocr_formats.h"
#include "ocrtune/ocr/recognizer_pool.h"
#include "ocrtune/ocr/tesseract_recognizer.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/workflow/devices_in_use.h"
#include "ocrtune/workflow/effort.h"
#include "ocrtune/workflow/engines_in_use.h"
#include "ocrtune/workflow/page_output.h"
#include "ocrtune/workflow/pages_at_work.h"
#include "ocrtune/workflow/read.h"

namespace ocrtune::workflow {
namespace {

ChoiceRule rule_of(const ApplyOptions& options) {
  if (const Effort* effort = find_effort(options.effort))
    return {.choice = Choice::vote,
            .enough = kEnoughConfidence,
            .agreement_is_enough = effort->agreement_is_enough};
  return {.choice = options.vote ? Choice::vote : Choice::best,
          .enough = options.thorough ? std::nullopt : std::optional(options.enough)};
}

Portfolio chosen_portfolio(const ApplyOptions& options) {
  if (const Effort* effort = find_effort(options.effort))
    return load_portfolio(std::string(effort->portfolio));
  if (options.pipelines.empty()) return load_portfolio(options.portfolio);
  Portfolio portfolio{.name = "given", .description = "", .pipelines = {}};
  for (const std::string& name : options.pipelines) {
    const Pipeline pipeline = load_pipeline(name).at({});
    const auto same = [&](const Pipeline& other) { return other.name() == pipeline.name(); };
    if (std::ranges::any_of(portfolio.pipelines, same))
      throw OptionError(Errc::invalid_argument, "pipeline", "",
                        tr("two pipelines have the name `{}`", pipeline.name()));
    portfolio.pipelines.push_back(pipeline);
  }
  return portfolio;
}

/// Throws if the OCR results of a portfolio's engines would not be combined, or one of the engines
/// cannot be used for a language of the pages.
void check_engines(const ApplyOptions& options, const Portfolio& portfolio, const Corpus& corpus,
                   const RecognitionOptions& reading) {
  if (!portfolio.engine_names().empty() && rule_of(options).choice != Choice::vote)
    throw OptionError(Errc::invalid_argument, "portfolio", "",
                      tr("its pipelines have several OCR engines, whose results only voting can "
                         "combine: use it with --vote"));
  for (const std::string& name : portfolio.engine_names()) require_engine(name, corpus, reading);
  for (const Pipeline& pipeline : portfolio.pipelines) {
    const std::string engine = portfolio.use_of(pipeline).engine;
    if (engine.empty())
      check_engine_options(pipeline, reading.engines);
    else
      check_engine_options(pipeline, engine);
  }
}

/// The pipeline with the most stages, for which devices are chosen.
const Pipeline& longest(const Portfolio& portfolio) {
  return *std::ranges::max_element(portfolio.pipelines, {}, [](const Pipeline& pipeline) {
    return std::ranges::count_if(pipeline.stages(), &StageUse::on);
  });
}

/// All settings that affect the output, besides the pages.
std::string settings_text(const ApplyOptions& options, const Portfolio& portfolio,
                          const RecognitionOptions& reading) {
  const ChoiceRule rule = rule_of(options);
  return fmt::format(
      "{}\n{}{}\nformats {}\nimages {}\npsm {}\noem {}\nmax_width {}\nengine {} {} {}\n{} {}\n",
      portfolio_text(portfolio), rule.choice == Choice::vote ? "vote\n" : "",
      rule.enough
          ? fmt::format("enough {}{}", *rule.enough, rule.agreement_is_enough ? "" : " alone")
          : "thorough",
      joined(options.formats, " "), options.images, reading.psm, reading.oem,
      reading.max_width.value_or(0), engines_text(reading.engines),
      engine_identities(names_of(reading.engines)), engine_identities(portfolio.engine_names()),
      program_version(), tesseract_version());
}

/// Output files of each page.
class Outputs {
 public:
  Outputs(const ApplyOptions& options, const Corpus& corpus) : options_(options), corpus_(corpus) {
    for (const std::string& name : options.formats)
      refuse_collisions(options.output, corpus.pages(), ocr_format(name).extension);
    if (image_format_) refuse_collisions(options.output, corpus.pages(), image_extension());
  }

  [[nodiscard]] bool are_there(const Page& page) const {
    std::error_code ignored;
    const auto there = [&](const std::string& extension) {
      return std::filesystem::exists(output_path(options_.output, page, extension), ignored);
    };
    const bool texts = std::ranges::all_of(options_.formats, [&](const std::string& name) {
      return there(ocr_format(name).extension);
    });
    return texts && (!image_format_ || there(image_extension()));
  }

  /// The contents of a page's output files, by file.
  [[nodiscard]] std::map<std::filesystem::path, std::vector<std::byte>> made(
      std::size_t index, const BestResult& best, const std::string& engine) const {
    const Page& page = corpus_.pages()[index];
    PageSource source = source_of(corpus_, index, engine);
    source.turns = best.turns;
    std::map<std::filesystem::path, std::vector<std::byte>> files;
    for (const std::string& name : options_.formats) {
      const OcrFormat& format = ocr_format(name);
      const std::string text = format.text(best.reading, source);
      const auto bytes = std::as_bytes(std::span(text));
      files[output_path(options_.output, page, format.extension)] = {bytes.begin(), bytes.end()};
    }
    if (image_format_) {
      files[output_path(options_.output, page, image_extension())] =
          encode(best.image, *image_format_);
    }
    return files;
  }

 private:
  [[nodiscard]] std::string image_extension() const { return extension_of(*image_format_); }

  const ApplyOptions& options_;
  const Corpus& corpus_;
  std::optional<OutputFormat> image_format_ =
      options_.images == "none"
          ? std::nullopt
          : std::optional(options_.images == "tiff" ? OutputFormat::tiff : OutputFormat::png);
};

/// By language, the identities of its models in these folders.
std::map<std::string, std::string> models_by_language(const Corpus& corpus,
                                                      const std::vector<std::string>& tessdata) {
  std::map<std::string, std::string> models;
  for (const std::string& lang : languages_of(corpus)) {
    std::vector<std::string> identities;
    identities.reserve(tessdata.size());
    for (const std::string& folder : tessdata)
      identities.push_back(language_identity(lang, tessdata_folder(folder)));
    models[lang] = joined(identities, "; ");
  }
  return models;
}

/// The folders of `--tessdata`, of which the first is left in the options.
std::vector<std::string> take_folders(OcrOptions& options) {
  std::vector<std::string> folders = tessdata_folders(options.tessdata);
  options.tessdata = folders.front();
  return folders;
}

/// The portfolio with the models of further folders. Throws if the selected engine has other
/// models, or a folder lacks a language of the pages.
Portfolio with_models_of(const std::vector<std::string>& folders, Portfolio portfolio,
                         const Corpus& corpus, const RecognitionOptions& reading,
                         const Events& events) {
  if (folders.size() < 2) return portfolio;
  for (const auto& [lang, name] : reading.engines) {
    const OcrEngine& engine = engine_named(name);
    if (!engine.has_tesseract_models())
      throw OptionError(
          Errc::invalid_argument, "tessdata", "",
          tr("several folders, but {} has models of its own", translated(engine.title)));
  }
  const std::vector<std::string> further(folders.begin() + 1, folders.end());
  for (const std::string& folder : further) {
    for (const std::string& lang : languages_of(corpus)) require_languages(lang, folder);
    (void)selected_engines(events, corpus, with_models(reading, folder));
  }
  return with_further_models(portfolio, further);
}

AppliedPage applied(const Page& page, const std::string& models, const Portfolio& portfolio,
                    const BestResult& best, Choice choice) {
  const OcrQuality& quality = best.quality;
  AppliedPage result{.page = page.name,
                     .pixels = page.identity().text(),
                     .models = models,
                     .pipeline = portfolio.pipelines[best.pipeline].name(),
                     .net_legible = quality.net_legible,
                     .confidence = mean_confidence(best.reading),
                     .expected_cer = best.of_several_engines ? expected_cer_of_engines(quality)
                                                             : expected_cer(quality),
                     .coverage = quality.coverage,
                     .words = static_cast<int>(best.reading.words.size()),
                     .rotate = 90 * best.turns,
                     .voted = choice == Choice::vote ? std::optional(best.changed) : std::nullopt,
                     .readings = {},
                     .seconds = best.seconds,
                     .first_seconds = best.first_seconds};
  for (const Candidate& candidate : best.candidates) {
    if (candidate.failure.empty())
      result.readings[portfolio.pipelines[candidate.pipeline].name()] =
          candidate.quality.net_legible;
  }
  return result;
}

/// A recognized page that is not written yet; compressed, because many may wait for a slow one.
struct Finished {
  AppliedPage page;
  std::vector<std::string> failures;  ///< of OCR engines whose pipelines were left out
  std::map<std::filesystem::path, std::vector<std::byte>> files;
};

std::vector<std::string> failures_of(const BestResult& best) {
  std::vector<std::string> failures;
  for (const Candidate& candidate : best.candidates) {
    if (candidate.engine_failed) failures.push_back(candidate.failure);
  }
  return failures;
}

void write(const std::map<std::filesystem::path, std::vector<std::byte>>& files) {
  for (const auto& [path, bytes] : files) {
    make_folder(path.parent_path());
    write_atomically(path, bytes);
  }
}

/// The pages that are not done yet, or were done with other models or other pixels.
std::vector<std::size_t> open_pages(const Corpus& corpus, const ApplyJournal& journal,
                                    const std::map<std::string, std::string>& models,
                                    const Outputs& outputs) {
  const auto is_done = [&](const Page& page) {
    const auto found = journal.done().find(page.name);
    return found != journal.done().end() && found->second.pixels == page.identity().text() &&
           found->second.models == models.at(page.lang) && outputs.are_there(page);
  };
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < corpus.pages().size(); ++i) {
    if (!is_done(corpus.pages()[i])) open.push_back(i);
  }
  return open;
}

}  // namespace

Options options_of(ApplyOptions& options) {
  Options rows = options_of(options.pages);
  append(
      rows,
      {{.name = "portfolio",
        .field = &options.portfolio,
        .group = "Pipeline",
        .help = "Portfolio to choose from: the name of one that comes with ocrtune, or a TOML file",
        .command_only = true},
       {.name = "pipeline",
        .field = &options.pipelines,
        .group = "Pipeline",
        .help = "Pipeline to use instead: a preset or a TOML file; may be given several times",
        .excludes = {"portfolio"},
        .command_only = true},
       {.name = "vote",
        .field = &options.vote,
        .group = "Pipeline",
        .help = "Combine the OCR results of a page word by word by voting (ROVER)"},
       {.name = "enough",
        .field = &options.enough,
        .group = "Pipeline",
        .help =
            "Stop trying pipelines on a page when the mean character confidence reaches this value",
        .range = NumberRange{0, 100}},
       {.name = "thorough",
        .field = &options.thorough,
        .group = "Pipeline",
        .help = "Try further pipelines on a page however good its OCR result is",
        .excludes = {"enough"}},
       {.name = "effort",
        .field = &options.effort,
        .group = "Pipeline",
        .help =
            "Portfolio and rule by the time that a page may take, instead of these options: low "
            "votes on documents; normal adds another OCR engine, if it is installed; high stops "
            "only at a confident result that both agree on",
        .choices = effort_names(),
        .excludes = {"portfolio", "pipeline", "vote", "enough", "thorough"}},
       {.name = "output",
        .field = &options.output,
        .group = "Output",
        .help = "Output folder",
        .letter = 'o',
        .required = true,
        .command_only = true},
       format_option(options.formats),
       {.name = "images",
        .field = &options.images,
        .group = "Output",
        .help = "Also write the preprocessed image: png, tiff or none",
        .choices = {"none", "png", "tiff"}}});
  Options ocr = options_of(options.ocr);
  Option& tessdata = *std::ranges::find(ocr, "tessdata", &Option::name);
  tessdata.help =
      "Folder with the .traineddata files; with several, separated by commas, pages are also "
      "recognized with the models of the others";
  append(rows, std::move(ocr));
  append(rows, options_of(options.work));
  append(rows, options_of(options.devices));
  return rows;
}

Applied apply(const ApplyOptions& given, const Events& events) {
  check_fields(given);
  ApplyOptions options = given;
  const std::vector<std::string> folders = take_folders(options.ocr);
  Applied result{.portfolio = chosen_portfolio(options), .summary = {}};
  Portfolio& portfolio = result.portfolio;
  const MemoryPlan plan =
      plan_work(options.work, options.ocr, portfolio.engine_names(), folders.size());
  const bool in_colour = std::ranges::any_of(portfolio.pipelines, &Pipeline::wants_colour);
  const LoadedPages loaded =
      load_pages(options.pages, events, plan, options.ocr.tessdata, in_colour);
  result.left_out = loaded.left_out;
  const Corpus& corpus = loaded.corpus;
  const Outputs outputs(options, corpus);
  DevicesInUse devices(options.devices);
  RecognitionOptions reading = resolved(options.ocr, events, corpus);
  if (options.effort)
    portfolio = with_usable_engines(std::move(portfolio), corpus, reading, events);
  check_engines(options, portfolio, corpus, reading);
  portfolio = with_models_of(folders, std::move(portfolio), corpus, reading, events);
  reading.device = devices.opened_for_ocr(events, reading);
  PagePlaces places(plan.cache, kStepsPerWorker * static_cast<std::uint64_t>(plan.workers),
                    devices.opened(events, corpus, longest(portfolio), plan));
  const std::map<std::string, std::string> models = models_by_language(corpus, folders);
  ApplyJournal journal(options.output, settings_text(options, portfolio, reading));
  const std::vector<std::size_t> open = open_pages(corpus, journal, models, outputs);
  result.pages = open.size();
  result.summary.done_before = corpus.pages().size() - open.size();
  if (result.summary.done_before > 0)
    events.say(tr("{} pages are already done", result.summary.done_before));
  const ChoiceRule rule = rule_of(options);
  const WorkedPages worked = work_on_pages<Finished>(
      {.corpus = corpus,
       .which = open,
       .plan = plan,
       .reading = reading,
       .in_colour = in_colour,
       .events = events,
       .line = pages_line},
      [&](PageAtWork& at) -> std::optional<Finished> {
        const Page& page = at.page;
        const PagePlace place = places.of(at.index);
        const auto best = best_result(
            page, [&] { return corpus.image(at.index, in_colour); },
            {.portfolio = portfolio,
             .recognizers = at.recognizers,
             .place = place,
             .stop = *events.stop,
             .room = &at.room},
            rule);
        if (!best) return std::nullopt;
        return Finished{applied(page, models.at(page.lang), portfolio, *best, rule.choice),
                        failures_of(*best),
                        outputs.made(at.index, *best, reading.engines.at(page.lang))};
      },
      [&](std::size_t index, const Finished& finished) {
        write(finished.files);
        journal.add(finished.page);
        for (const std::string& failure : finished.failures)
          warn_of_failure(events, corpus.pages()[index], failure);
      });
  result.left_out += worked.left_out;
  devices.tell(events);
  for (const Page& page : corpus.pages()) {
    const auto found = journal.done().find(page.name);
    if (found != journal.done().end()) result.summary.pages.push_back(found->second);
  }
  return result;
}

}  // namespace ocrtune::workflow
