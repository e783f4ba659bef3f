#include "ocrtune/workflow/train.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/hash.h"
#include "ocrtune/base/process.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/time.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/base/version.h"
#include "ocrtune/ocr/engines/engine_choice.h"
#include "ocrtune/ocr/engines/engine_registry.h"
#include "ocrtune/ocr/engines/trained_models.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/ocr/tesseract_recognizer.h"
#include "ocrtune/training/look_alikes.h"
#include "ocrtune/training/lstm_trainer.h"
#include "ocrtune/training/ppocr_trainer.h"
#include "ocrtune/training/train_model.h"
#include "ocrtune/training/training_folder.h"
#include "ocrtune/workflow/train_result_file.h"
#include "ocrtune/workflow/trainable_engines.h"
#include "ocrtune/workflow/training_pages.h"

namespace ocrtune::workflow {
namespace {

namespace fs = std::filesystem;
using training::LinePicture;

/// Share of wrong characters from which the ground truth may be that of other pages.
constexpr double kSuspicious = 0.5;

/// What all engines are trained with.
struct Base {
  const TrainOptions& options;
  std::string lang;
  std::string tessdata;  ///< folder of the base
  const training::TrainingSet& set;
  training::TrainingPlan plan;
  int workers = 1;
  fs::path scratch;  ///< folder for what is not finished
  fs::path kept;     ///< folder for finished folds
};

std::string key_of(const Base& base, const std::string& engine) {
  std::string key =
      fmt::format("{} {} {} {} {} {} {} {} {}", engine, base.lang, program_version(),
                  tesseract_version(), language_identity(base.lang, base.tessdata), base.plan.folds,
                  base.plan.epochs, base.plan.seed, base.options.add_characters);
  for (const std::size_t page : base.set.page_of) key += fmt::format(" {}", page);
  if (engine == kPpocrEngine) key += engine_identities({kPpocrEngine});
  for (const LinePicture& picture : *base.set.pictures) {
    const cv::Mat& gray = picture.gray;
    key += fmt::format("\n{} {}x{} {}", picture.text, gray.cols, gray.rows,
                       content_hash(std::as_bytes(std::span(gray.data, gray.total()))).text());
  }
  return key;
}

/// The engine's trainer; nothing if it was stopped.
std::unique_ptr<training::ModelTrainer> open_trainer(const Base& base, const std::string& engine,
                                                     const std::atomic<bool>& stop) {
  std::unique_ptr<training::ModelTrainer> trainer;
  if (engine == kPpocrEngine) {
    trainer = training::open_ppocr_trainer(base.lang, base.set.pictures, base.workers, stop);
    if (!trainer) return nullptr;
  } else {
    const fs::path scratch = base.scratch / kTesseractEngine;
    make_folder(scratch);
    trainer = training::open_lstm_trainer(base.lang, base.tessdata, base.set.pictures, scratch);
  }
  const std::set<std::string> missing = trainer->missing_characters();
  if (!base.options.add_characters || missing.empty()) return trainer;
  const auto alike = training::look_alikes(base.set, *trainer->start(), missing);
  std::vector<training::AddedCharacter> added;
  added.reserve(missing.size());
  for (const std::string& character : missing)
    added.push_back({.text = character, .like = alike.at(character)});
  return trainer->with_characters(added);
}

/// What a model's file says of itself, one line.
std::string made_of(const Base& base, std::size_t characters, const training::Outcome& outcome) {
  return fmt::format(
      "{} {} on {} with {} pages, {} lines, {} characters, {} epochs; "
      "wrong characters on pages left out: {:.2f} % before, {:.2f} % after",
      kTrainedBy, program_version(), utc_time_text(now_us()).substr(0, 10), base.set.pages,
      base.set.lines(), characters, outcome.epochs, 100 * outcome.characters_before,
      100 * outcome.characters_after);
}

std::size_t characters_of(const training::TrainingSet& set) {
  std::size_t characters = 0;
  for (std::size_t line = 0; line < set.lines(); ++line)
    characters += code_points(set.text(line)).size();
  return characters;
}

std::string title_of(const std::string& engine) { return translated(engine_named(engine).title); }

/// "Tesseract: 12/72 epochs, 2 min left".
Progress progress_of(const std::string& engine, const training::TrainingProgress& progress,
                     double seconds) {
  const std::size_t done = progress.done;
  const std::size_t all = progress.all;
  std::string line = tr("{}: {}/{} epochs", title_of(engine), done, all);
  if (done > 0) {
    const double left = seconds / static_cast<double>(done) * static_cast<double>(all - done);
    line += ", " + tr("at most {} left", duration_text(left));
  }
  return {.line = line, .done = done, .all = all};
}

/// Nothing if it was stopped.
std::optional<EngineTrained> trained_engine(
    const Base& base, const std::string& engine, const training::ModelTrainer& trainer,
    const std::atomic<bool>& stop,
    const std::function<void(const training::TrainingProgress&)>& progress) {
  const auto start = std::chrono::steady_clock::now();
  const training::KeptCurves kept(base.kept, key_of(base, engine));
  auto model = training::train_model(
      base.set, trainer, base.plan,
      {.workers = base.workers, .kept = &kept, .stop = stop, .progress = progress});
  if (!model) return std::nullopt;
  EngineTrained result{.engine = engine,
                       .outcome = model->outcome,
                       .missing_characters = trainer.missing_characters()};
  if (model->model) {
    make_folder(base.options.output);
    model->model->write(base.options.output,
                        made_of(base, characters_of(base.set), model->outcome));
    const fs::path folder = base.options.output;
    result.file = engine == kPpocrEngine ? trained_ppocr_model(folder, base.lang)
                                         : folder / (base.lang + ".traineddata");
  }
  result.seconds = seconds_since(start);
  return result;
}

/// The engines that are asked for, or all that can be trained: why others cannot is told, and part
/// of the result. Throws if one that is asked for cannot, or none.
std::vector<std::string> engines_to_train(const TrainOptions& options, Trained& result,
                                          const Events& events) {
  std::vector<std::string> engines;
  for (const char* engine : {kTesseractEngine, kPpocrEngine}) {
    if (options.engines.empty() ||
        std::ranges::find(options.engines, engine) != options.engines.end())
      engines.emplace_back(engine);
  }
  std::erase_if(engines, [&](const std::string& engine) {
    const std::string refusal = refusal_to_train(engine, result.lang);
    if (refusal.empty()) return false;
    const std::string line = tr("{} is not trained: {}", title_of(engine), refusal);
    if (!options.engines.empty()) throw Error(Errc::dependency_missing, line);
    result.not_trained.push_back({engine, refusal});
    events.say(line);
    return true;
  });
  if (engines.empty())
    throw Error(Errc::dependency_missing,
                tr("{} is not trained: {}", title_of(result.not_trained.front().engine),
                   result.not_trained.front().reason));
  return engines;
}

/// The engine's trainer; null if it was stopped, or if its model is of a kind that cannot be
/// trained and nobody asked for it, which is told and part of the result.
std::unique_ptr<training::ModelTrainer> trainer_or_reason(const Base& base,
                                                          const std::string& engine,
                                                          Trained& result, const Events& events) {
  try {
    auto trainer = open_trainer(base, engine, *events.stop);
    result.stopped = trainer == nullptr;
    return trainer;
  } catch (const Error& error) {
    if (!base.options.engines.empty() || error.code() != Errc::dependency_missing) throw;
    result.not_trained.push_back({engine, error.what()});
    events.warn(tr("{} is not trained: {}", title_of(engine), error.what()));
    return nullptr;
  }
}

void train_engines(const Base& base, const std::vector<std::string>& engines, Trained& result,
                   TrainResultFile& file, const Events& events) {
  for (std::size_t number = 0; number < engines.size(); ++number) {
    const std::string& engine = engines[number];
    const auto start = std::chrono::steady_clock::now();
    const auto trainer = trainer_or_reason(base, engine, result, events);
    if (result.stopped) return;
    if (!trainer) continue;
    const auto tell = [&](const training::TrainingProgress& progress) {
      events.progress(progress_of(engine, progress, seconds_since(start)));
      file.write_progress(result, {.engine = engine,
                                   .done = number * progress.all + progress.done,
                                   .all = engines.size() * progress.all,
                                   .curve = progress.curve});
    };
    auto trained = trained_engine(base, engine, *trainer, *events.stop, tell);
    result.stopped = !trained;
    if (result.stopped) return;
    if (trained->outcome.characters_before > kSuspicious)
      events.warn(
          tr("{}: more than half of the characters are read otherwise than in the ground "
             "truth; is it that of these pages?",
             title_of(engine)));
    result.engines.push_back(*std::move(trained));
  }
}

/// Pages that are left out tell nothing of a model that was trained with them before.
void warn_of_trained_base(const std::string& tessdata, const std::string& lang,
                          const Events& events) {
  for (const TrainedModelFile& model : trained_models(tessdata)) {
    if (model.lang == lang && model.engine == engine_named(kTesseractEngine).title)
      events.warn(
          tr("the model to start from was trained before; if it was with these pages, it "
             "wins more here than on others"));
  }
}

/// A folder of models has all that the language's pages are read with.
void complete_folder(const Base& base, const Trained& trained) {
  const auto won = [](const EngineTrained& engine) { return !engine.file.empty(); };
  if (std::ranges::none_of(trained.engines, won)) return;
  const std::string name = base.lang + ".traineddata";
  const fs::path target = fs::path(base.options.output) / name;
  std::error_code ignored;
  if (fs::exists(target, ignored)) return;
  constexpr std::uint64_t kMaxModel = 1'000'000'000;
  write_atomically(target, read_bytes(fs::path(base.tessdata) / name, kMaxModel));
}

/// `keeps`: finished folds stay where they are.
Trained trained_with(const Corpus& corpus, const MemoryPlan& plan, const TrainOptions& options,
                     bool keeps, const Events& events) {
  Trained result{.lang = language_to_train(corpus)};
  const std::string tessdata = tessdata_folder(options.ocr.tessdata);
  refuse_base_as_output("output", options.output, tessdata);
  warn_of_trained_base(tessdata, result.lang, events);
  const std::vector<std::string> engines = engines_to_train(options, result, events);
  TrainResultFile file(options.result);
  const training::TrainingFolder folder(options.output);
  const RecognitionOptions recognition = resolved(options.ocr, events, {result.lang});
  const TrainingPages pages = training_pages(corpus, plan, recognition, options.seed, events);
  result.left_out = pages.left_out;
  result.stopped = events.stopped();
  if (result.stopped) return result;
  result.pages = pages.set.pages;
  result.lines = pages.set.lines();
  result.truth_lines = pages.truth_lines;
  result.characters = characters_of(pages.set);
  if (result.pages < kFewestTrainingPages || result.lines < kFewestTrainingLines)
    throw Error(Errc::input_unreadable,
                tr("{} of {} can be trained with; at least {} lines of {} pages are needed, with "
                   "ground truth beside them (NAME.gt.txt, PAGE XML or ALTO)",
                   counted(result.lines, "line"), counted(result.pages, "page"),
                   kFewestTrainingLines, kFewestTrainingPages));
  const Base base{.options = options,
                  .lang = result.lang,
                  .tessdata = tessdata,
                  .set = pages.set,
                  .plan = {.folds = std::min(options.folds, result.pages),
                           .epochs = options.epochs,
                           .seed = options.seed},
                  .workers = plan.workers,
                  .scratch = folder.scratch(),
                  .kept = folder.kept()};
  train_engines(base, engines, result, file, events);
  if (result.stopped) return result;
  complete_folder(base, result);
  file.write(result);
  if (keeps) {
    folder.remove_scratch();
  } else {
    folder.remove();
  }
  return result;
}

}  // namespace

Trained train_with(const Corpus& corpus, const MemoryPlan& plan, const TrainOptions& options,
                   const Events& events) {
  return trained_with(corpus, plan, options, true, events);
}

Trained train(const TrainOptions& options, const Events& events) {
  check_fields(options);
  const MemoryPlan plan = plan_work(options.work, options.ocr);
  const LoadedPages loaded = load_pages(options.pages, events, plan, options.ocr.tessdata, false);
  Trained result = trained_with(loaded.corpus, plan, options, false, events);
  result.left_out += loaded.left_out;
  return result;
}

std::string outcome_text(const EngineTrained& engine) {
  const training::Outcome& outcome = engine.outcome;
  std::string text = title_of(engine.engine) + "\n";
  if (!engine.missing_characters.empty())
    text += "  " +
            tr("lines with these characters, which the model lacks, were left out: {}",
               joined({engine.missing_characters.begin(), engine.missing_characters.end()}, " ")) +
            "\n";
  text += "  " +
          tr("of 100 characters {:.2f} are wrong before training, {:.2f} after it (gain "
             "{:.2f}, 95 % interval {:.2f} to {:.2f}), on lines of pages left out",
             100 * outcome.characters_before, 100 * outcome.characters_after,
             100 * outcome.gain.mean, 100 * outcome.gain.low, 100 * outcome.gain.high) +
          "\n  " +
          tr("of 100 words {:.1f} before, {:.1f} after", 100 * outcome.words_before,
             100 * outcome.words_after) +
          "\n  ";
  text += engine.file.empty() ? tr("nothing was won for sure; the model stays as it is")
                              : tr("written to {}", shown(engine.file));
  return text + "\n";
}

std::string result_text(const TrainOptions& options, const Trained& trained) {
  std::string text =
      tr("{}, {} of {}, {} characters of ground truth", counted(trained.pages, "page"),
         trained.lines, counted(trained.truth_lines, "line"), trained.characters) +
      "\n";
  bool won = false;
  for (const EngineTrained& engine : trained.engines) {
    text += "\n" + outcome_text(engine);
    won = won || !engine.file.empty();
  }
  if (won)
    text += "\n" +
            tr("next: {}",
               fmt::format("ocrtune apply PAGES -o texts/ {}",
                           shell_text({"--lang", trained.lang, "--tessdata", options.output}))) +
            "\n";
  return text;
}

}  // namespace ocrtune::workflow
