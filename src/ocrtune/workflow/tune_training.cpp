#include "ocrtune/workflow/tune_training.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/time.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/pipeline/portfolio.h"
#include "ocrtune/workflow/trainable_engines.h"

namespace ocrtune::workflow {
namespace {

/// Of the time limit, for training models at most.
constexpr double kShareOfTraining = 0.3;

std::filesystem::path models_folder(const TuneOptions& options) {
  return std::filesystem::absolute(*options.models_folder());
}

/// The tuning pages without the ground truth of those that are validation pages in another scan: a
/// model that has seen one knows the other.
Corpus pages_to_train(const OpenStudy& open) {
  Corpus pages = open.pages;
  for (std::size_t page = 0; page < pages.pages().size(); ++page) {
    const auto same = [&](const Page& other) {
      return other.truth == open.pages.pages()[page].truth;
    };
    if (open.pages.pages()[page].truth && std::ranges::any_of(open.held_out.pages(), same))
      pages = pages.with_truth(page, std::nullopt);
  }
  return pages;
}

bool is_too_long(const TuneOptions& options, const Corpus& pages, int workers,
                 const Events& events) {
  std::error_code ignored;
  // What was trained before is there again in a fraction of the time.
  if (!options.budget || std::filesystem::exists(models_folder(options), ignored)) return false;
  const TrainingEstimate estimate = training_estimate(pages, workers);
  if (estimate.seconds <= *options.budget * kShareOfTraining) return false;
  events.say(tr("training with {} takes about {}, for which {} is too short: no model is trained",
                counted(estimate.lines, "line"), duration_text(estimate.seconds),
                duration_text(*options.budget)));
  return true;
}

}  // namespace

void require_models_place(const TuneOptions& options) {
  if (!options.models_folder())
    throw OptionError(Errc::invalid_argument, "train", "",
                      tr("needs an output that is a file, beside which models are kept"));
  if (options.study.pages.lang) require_one_language(*options.study.pages.lang);
  const std::string folder = models_folder(options).string();
  refuse_base_as_output("models", folder, tessdata_folder(options.study.ocr.tessdata));
  if (quotable(folder, kLongestModelsPath) != folder)
    throw OptionError(Errc::invalid_argument, "models", quotable(folder, kLongestModelsPath),
                      tr("a recipe cannot name this folder: its path has to be UTF-8, one line of "
                         "at most {} bytes",
                         kLongestModelsPath));
}

void check_training_pages(const Corpus& pages, const Corpus& held_out, int workers) {
  if (held_out.pages().size() < 2)
    throw OptionError(Errc::invalid_argument, "train", "",
                      tr("needs at least 2 validation pages (--hold-out), which 8 pages have by "
                         "themselves; with fewer, use `ocrtune train`, which judges its models by "
                         "pages that were left out"));
  const TrainingEstimate estimate = training_estimate(pages, workers);
  if (estimate.problem.empty()) return;
  throw OptionError(Errc::input_unreadable, "train", "",
                    tr("{} of {} tuning pages have ground truth, with {}: {}", estimate.pages,
                       pages.pages().size(), counted(estimate.lines, "line"), estimate.problem));
}

std::optional<Trained> models_for_tuning(const TuneOptions& options, const OpenStudy& open,
                                         const MemoryPlan& plan, const Events& events) {
  if (!options.train) return std::nullopt;
  const auto start = std::chrono::steady_clock::now();
  const Corpus pages = pages_to_train(open);
  if (is_too_long(options, pages, plan.workers, events)) return std::nullopt;
  std::atomic<bool> stop = events.stopped();
  bool is_over = false;
  Events until = events;
  until.stop = &stop;
  until.progress = [&](const Progress& progress) {
    is_over = options.budget && seconds_since(start) > *options.budget * kShareOfTraining;
    if (is_over || events.stopped()) stop = true;
    events.progress(progress);
  };
  Trained trained = train_with(pages, plan,
                               {.output = models_folder(options).string(),
                                .add_characters = true,
                                .seed = open.storage->definition().seed,
                                .ocr = options.study.ocr},
                               until);
  if (trained.stopped) {
    if (is_over)
      events.say(
          tr("training was not finished in its part of {}: its models are not used; the same "
             "command resumes it",
             duration_text(*options.budget)));
    return std::nullopt;
  }
  for (const EngineTrained& engine : trained.engines) events.say(outcome_text(engine));
  return trained;
}

TrainedModels trained_models_of(const TuneOptions& options, const std::optional<Trained>& trained) {
  if (!trained) return {};
  TrainedModels models{
      .folder = models_folder(options).string(), .lang = trained->lang, .engines = {}};
  for (const EngineTrained& engine : trained->engines) {
    if (!engine.file.empty()) models.engines.insert(engine.engine);
  }
  return models;
}

}  // namespace ocrtune::workflow
