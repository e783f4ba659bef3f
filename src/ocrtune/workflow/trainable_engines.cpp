#include "ocrtune/workflow/trainable_engines.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/engines/engine_registry.h"
#include "ocrtune/options/options.h"
#include "ocrtune/training/lstmtraining.h"
#include "ocrtune/workflow/train.h"

namespace ocrtune::workflow {
namespace {

/// Processor seconds for a line with the usual folds, as measured with a book of the 18th century.
constexpr double kTesseractSeconds = 1.9;
constexpr double kPpocrSeconds = 0.25;

std::size_t lines_of(const std::string& truth) {
  std::size_t lines = 0;
  for (const std::string& line : split(truth, '\n')) lines += trimmed(line).empty() ? 0 : 1;
  return lines;
}

}  // namespace

std::string refusal_to_train(const std::string& engine, const std::string& lang) try {
  if (engine == kTesseractEngine) {
    (void)training::find_lstmtraining();
    return "";
  }
  const std::optional<Refusal> refusal = engine_named(engine).refuses(lang, {});
  return refusal ? refusal->reason : "";
} catch (const Error& error) {
  return error.what();
}

void require_one_language(const std::string& lang) {
  if (lang.find('+') != std::string::npos)
    throw OptionError(Errc::invalid_argument, "lang", lang,
                      tr("a model is trained for one language"));
}

void refuse_base_as_output(const std::string& option, const std::string& folder,
                           const std::string& base) {
  std::error_code ignored;
  // Replaced by what comes of it, it would be another one when the work is resumed.
  if (!base.empty() && std::filesystem::equivalent(folder, base, ignored))
    throw OptionError(Errc::invalid_argument, option, shown(folder),
                      tr("the models to start from are there; give another folder"));
}

std::string language_to_train(const Corpus& pages) {
  std::string lang;
  for (const Page& page : pages.pages()) {
    if (!page.truth || page.lang == lang) continue;
    if (!lang.empty())
      throw OptionError(
          Errc::invalid_argument, "lang", "",
          tr("the pages are in several languages, {} and {}; a model is trained for one", lang,
             page.lang));
    lang = page.lang;
  }
  if (lang.empty()) lang = pages.pages().front().lang;
  require_one_language(lang);
  return lang;
}

TrainingEstimate training_estimate(const Corpus& pages, int workers) {
  TrainingEstimate estimate;
  for (const Page& page : pages.pages()) {
    if (!page.truth) continue;
    ++estimate.pages;
    estimate.lines += lines_of(*page.truth);
  }
  if (estimate.pages < kFewestTrainingPages || estimate.lines < kFewestTrainingLines) {
    estimate.problem =
        tr("at least {} lines of {} pages are needed", kFewestTrainingLines, kFewestTrainingPages);
    return estimate;
  }
  std::string lang;
  try {
    lang = language_to_train(pages);
  } catch (const OptionError& error) {
    estimate.problem = error.what();
    return estimate;
  }
  double of_line = 0;
  const std::string refusal = refusal_to_train(kTesseractEngine, lang);
  if (refusal.empty()) of_line += kTesseractSeconds;
  if (refusal_to_train(kPpocrEngine, lang).empty()) of_line += kPpocrSeconds;
  if (of_line == 0) estimate.problem = refusal;
  // A fold is trained by one processor.
  const auto folds = static_cast<int>(TrainOptions{}.folds);
  const int at_once = std::max(1, std::min(workers, folds));
  estimate.seconds = of_line * static_cast<double>(estimate.lines) / at_once;
  return estimate;
}

}  // namespace ocrtune::workflow
