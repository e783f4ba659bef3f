#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <span>

#include "ocrtune/apply/best_reading.h"
#include "ocrtune/apply/journal.h"
#include "ocrtune/apply/summary.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/version.h"
#include "ocrtune/cli/device_arguments.h"
#include "ocrtune/cli/help.h"
#include "ocrtune/cli/options.h"
#include "ocrtune/cli/page_output.h"
#include "ocrtune/cli/read_formats.h"
#include "ocrtune/evaluator/page_loop.h"
#include "ocrtune/image/encode.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/ocr/reader.h"
#include "ocrtune/ocr/tesseract_recognizer.h"
#include "ocrtune/pipeline/presets.h"

namespace ocrtune::cli {
namespace {

struct Apply {
  CorpusArguments corpus;
  ReadingArguments reading;
  WorkArguments work;
  DeviceArguments device;
  std::string portfolio = "documents";
  std::vector<std::string> pipelines;
  std::string output;
  std::vector<std::string> formats{"text"};
  std::string images = "none";
  bool vote = false;
  double enough = kEnoughConfidence;
  bool thorough = false;

  [[nodiscard]] ChoiceRule rule() const {
    return {.choice = vote ? Choice::vote : Choice::best,
            .enough = thorough ? std::nullopt : std::optional(enough)};
  }
};

Portfolio chosen_portfolio(const Apply& options) {
  if (options.pipelines.empty()) return load_portfolio(options.portfolio);
  Portfolio portfolio{.name = "given", .description = "", .pipelines = {}};
  for (const std::string& name : options.pipelines) {
    const Pipeline pipeline = load_pipeline(name).at({});
    const auto same = [&](const Pipeline& other) { return other.name() == pipeline.name(); };
    if (std::ranges::any_of(portfolio.pipelines, same))
      throw Error(ExitStatus::wrong_use,
                  fmt::format("--pipeline: two are called `{}`", pipeline.name()));
    portfolio.pipelines.push_back(pipeline);
  }
  return portfolio;
}

/// The pipeline of most stages, for whose sake devices are chosen.
const Pipeline& longest(const Portfolio& portfolio) {
  return *std::ranges::max_element(portfolio.pipelines, {}, [](const Pipeline& pipeline) {
    return std::ranges::count_if(pipeline.stages(), &StageUse::on);
  });
}

/// All that what is written depends on, besides the pages.
std::string settings_text(const Apply& options, const Portfolio& portfolio,
                          const ReadingOptions& reading) {
  return fmt::format(
      "{}\n{}{}\nformats {}\nimages {}\npsm {}\noem {}\nmax_width {}\nreader {}\n{} {}\n",
      portfolio_text(portfolio), options.vote ? "vote\n" : "",
      options.thorough ? "thorough" : fmt::format("enough {}", options.enough),
      joined(options.formats, " "), options.images, reading.psm, reading.oem,
      reading.max_width.value_or(0), readers_text(reading.readers), program_version(),
      tesseract_version());
}

/// Where the results of each page go.
class Outputs {
 public:
  Outputs(const Apply& options, const Corpus& corpus) : options_(options), corpus_(corpus) {
    for (const std::string& name : options.formats)
      refuse_collisions(options.output, corpus.pages(), read_format(name).extension);
    if (image_format_) refuse_collisions(options.output, corpus.pages(), image_extension());
  }

  [[nodiscard]] bool are_there(const Page& page) const {
    std::error_code ignored;
    const auto there = [&](const std::string& extension) {
      return std::filesystem::exists(output_path(options_.output, page, extension), ignored);
    };
    const bool texts = std::ranges::all_of(options_.formats, [&](const std::string& name) {
      return there(read_format(name).extension);
    });
    return texts && (!image_format_ || there(image_extension()));
  }

  /// What is to be written for a page, by file.
  [[nodiscard]] std::map<std::filesystem::path, std::vector<std::byte>> made(
      std::size_t index, const BestReading& best, Reader reader) const {
    const Page& page = corpus_.pages()[index];
    const PageSource source = source_of(corpus_, index, reader);
    std::map<std::filesystem::path, std::vector<std::byte>> files;
    for (const std::string& name : options_.formats) {
      const ReadFormat& format = read_format(name);
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

  const Apply& options_;
  const Corpus& corpus_;
  std::optional<OutputFormat> image_format_ =
      options_.images == "none"
          ? std::nullopt
          : std::optional(options_.images == "tiff" ? OutputFormat::tiff : OutputFormat::png);
};

/// By language the identity of its data.
std::map<std::string, std::string> models_of(const Corpus& corpus, const std::string& tessdata) {
  std::map<std::string, std::string> models;
  for (const Page& page : corpus.pages()) {
    std::string& identity = models[page.lang];
    if (identity.empty()) identity = language_identity(page.lang, tessdata_folder(tessdata));
  }
  return models;
}

AppliedPage applied(const Page& page, const std::string& models, const Portfolio& portfolio,
                    const BestReading& best, bool vote) {
  const ReadingQuality& quality = best.quality;
  AppliedPage result{.page = page.name,
                     .pixels = page.identity().text(),
                     .models = models,
                     .pipeline = portfolio.pipelines[best.pipeline].name(),
                     .net_legible = quality.net_legible,
                     .confidence = mean_confidence(best.reading),
                     .expected_cer = expected_cer(quality),
                     .coverage = quality.coverage,
                     .words = static_cast<int>(best.reading.words.size()),
                     .voted = vote ? std::optional(best.changed) : std::nullopt,
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

/// A page that is read and not yet written: compressed, for others may wait for a slow one.
struct Finished {
  AppliedPage page;
  std::map<std::filesystem::path, std::vector<std::byte>> files;
};

void write(const std::map<std::filesystem::path, std::vector<std::byte>>& files) {
  for (const auto& [path, bytes] : files) {
    make_folder(path.parent_path());
    write_atomically(path, bytes);
  }
}

ExitStatus apply(Apply& options, Context& context) {
  const Portfolio portfolio = chosen_portfolio(options);
  const MemoryPlan& plan = options.work.plan();
  const bool in_colour = std::ranges::any_of(portfolio.pipelines, &Pipeline::wants_colour);
  const Corpus corpus = options.corpus.load(context, plan, options.reading.tessdata, in_colour);
  const Outputs outputs(options, corpus);
  ReadingOptions reading = options.reading.settled(context, corpus);
  reading.device = options.device.opened_for_reading(context, reading);
  PagePlaces places(plan.cache, kStepsPerWorker * static_cast<std::uint64_t>(plan.workers),
                    options.device.opened(context, corpus, longest(portfolio), plan));
  const std::map<std::string, std::string> models = models_of(corpus, options.reading.tessdata);
  ApplyJournal journal(options.output, settings_text(options, portfolio, reading));
  const auto is_done = [&](const Page& page) {
    const auto found = journal.done().find(page.name);
    return found != journal.done().end() && found->second.pixels == page.identity().text() &&
           found->second.models == models.at(page.lang) && outputs.are_there(page);
  };
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < corpus.pages().size(); ++i) {
    if (!is_done(corpus.pages()[i])) open.push_back(i);
  }
  ApplySummary summary{.pages = {}, .done_before = corpus.pages().size() - open.size()};
  if (summary.done_before > 0)
    context.talk.say(fmt::format("{} pages were done before", summary.done_before));
  MemoryGate gate(plan.tasks);
  std::vector<Finished> results(open.size());
  const auto work = [&](std::size_t i, RecognizerPool& recognizers) {
    const Page& page = corpus.pages()[open[i]];
    MemoryGate::Room room(gate, task_bytes(page, in_colour));
    const auto best = best_reading(
        page, [&] { return corpus.image(open[i], in_colour); }, portfolio, recognizers,
        places.of(open[i]), context.stop, options.rule(), &room);
    if (!best) return false;
    results[i] = {applied(page, models.at(page.lang), portfolio, *best, options.vote),
                  outputs.made(open[i], *best, reading.readers.at(page.lang))};
    return true;
  };
  const auto emit = [&](std::size_t i) {
    const Finished finished = std::move(results[i]);
    write(finished.files);
    journal.add(finished.page);
    context.talk.progress(fmt::format("{}/{} pages", i + 1, open.size()));
  };
  for_each_page(open.size(), plan.workers, reading, work, emit, context.stop);
  options.device.tell(context);
  for (const Page& page : corpus.pages()) {
    const auto found = journal.done().find(page.name);
    if (found != journal.done().end()) summary.pages.push_back(found->second);
  }
  context.print(context.json ? json_text(summary_json(summary)) : summary_text(summary, portfolio));
  if (context.stop) {
    context.talk.say("ended early; the same command goes on");
    return ExitStatus::interrupted;
  }
  context.talk.say(fmt::format("{} pages applied into {}", open.size(), shown(options.output)));
  return options.corpus.status();
}

}  // namespace

void add_apply(CLI::App& app, Context& context) {
  CLI::App* command = add_command(
      app, context, "apply", "Read a whole collection, of every page the best of several readings",
      "  ocrtune apply scans/ -o texts/\n"
      "  ocrtune apply scans/ -o texts/ --vote\n"
      "  ocrtune apply scans/ -o texts/ --portfolio best.portfolio.toml --format text,alto\n"
      "  ocrtune apply scans/ -o texts/ --pipeline raw --pipeline best.toml --images png");
  auto options = std::make_shared<Apply>();
  options->corpus.add_to(*command);
  auto* portfolio =
      command
          ->add_option("--portfolio", options->portfolio,
                       "The pipelines each page is read through: a portfolio that comes with "
                       "ocrtune, or a TOML file")
          ->capture_default_str()
          ->group("Pipeline");
  command
      ->add_option("--pipeline", options->pipelines,
                   "Instead: a preset's name or a TOML file; several times for several")
      ->allow_extra_args(false)
      ->excludes(portfolio)
      ->group("Pipeline");
  command
      ->add_flag("--vote", options->vote,
                 "Combine a page's readings word by word, along the best of them")
      ->group("Pipeline");
  auto* enough =
      command
          ->add_option("--enough", options->enough,
                       "Try no more pipelines once the characters of a page's best reading have "
                       "this confidence")
          ->capture_default_str()
          ->check(between(0.0, 100.0))
          ->group("Pipeline");
  command
      ->add_flag("--thorough", options->thorough,
                 "Read every page through all pipelines, however good a reading is")
      ->excludes(enough)
      ->group("Pipeline");
  command->add_option("-o,--output", options->output, "Folder for the files of each page")
      ->required()
      ->group("Output");
  add_format_option(*command, options->formats);
  command
      ->add_option("--images", options->images, "Also the image that was read: png, tiff or none")
      ->capture_default_str()
      ->check(CLI::IsMember({"none", "png", "tiff"}))
      ->group("Output");
  options->reading.add_to(*command);
  options->work.add_to(*command);
  options->device.add_to(*command);
  command->callback([options, &context] {
    context.command = [options, &context] { return apply(*options, context); };
  });
}

}  // namespace ocrtune::cli
