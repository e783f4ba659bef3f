#include "ocrtune/study_run/voices.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "ocrtune/ocr/engines/engine_registry.h"
#include "ocrtune/options/effort.h"
#include "ocrtune/pipeline/pipeline_file.h"

namespace ocrtune::workflow {
namespace {

/// A slight blur leaves text as it is; what an engine recognizes otherwise there is doubtful.
constexpr const char* kBlurred = R"(
name = "blurred"

[[stage]]
use = "denoise_gaussian"
sigma = 0.8
)";

Portfolio portfolio_of_effort(const char* name, const std::vector<std::string>& languages,
                              const RecognitionOptions& recognition, const Events& events) {
  const Effort* effort = find_effort(std::string(name));
  return with_usable_engines(load_portfolio(std::string(effort->portfolio)), languages, recognition,
                             events);
}

bool has_same_stages(const Pipeline& a, const Pipeline& b) {
  return pipeline_text(without_idle_stages(a, "")) == pipeline_text(without_idle_stages(b, ""));
}

/// Adds a pipeline unless there is one of the same stages and use.
void add(Portfolio& portfolio, const Pipeline& pipeline, const PipelineUse& use) {
  const bool known = std::ranges::any_of(portfolio.pipelines, [&](const Pipeline& other) {
    const PipelineUse& its = portfolio.use_of(other);
    return its.engine == use.engine && its.tessdata == use.tessdata &&
           its.for_faint_text == use.for_faint_text && has_same_stages(other, pipeline);
  });
  if (known || portfolio.pipelines.size() >= kMaxPipelines) return;
  portfolio.pipelines.push_back(pipeline);
  if (use != PipelineUse{}) portfolio.uses[pipeline.name()] = use;
}

/// Variants of the page for the engine: a blurred page, the best of `found`, a cleaned page.
void add_variants(Portfolio& portfolio, const PipelineUse& use, const std::vector<Pipeline>& found,
                  std::size_t most) {
  std::vector<Pipeline> variants{parse_pipeline(kBlurred, "blurred")};
  const auto clean = std::ranges::find(portfolio.pipelines, "clean", &Pipeline::name);
  if (clean != portfolio.pipelines.end()) variants.push_back(*clean);
  if (!found.empty()) variants.insert(variants.begin() + 1, found.front());
  for (std::size_t i = 0; i < std::min(most, variants.size()); ++i) {
    const std::string name = fmt::format("{}, {}", variants[i].name(), use.engine);
    // Settings of Tesseract mean nothing to another engine.
    add(portfolio, Pipeline(name, "", without_idle_stages(variants[i], name).stages()), use);
  }
}

/// Adds the pipelines of engines with trained models, with these; of Tesseract's the first ones, as
/// more of them say little more.
void add_trained(Portfolio& portfolio, const TrainedModels& trained,
                 const RecognitionOptions& recognition) {
  constexpr std::size_t kOfTesseract = 3;
  const auto asked = recognition.engines.find(trained.lang);
  const bool has_tesseract_models =
      asked == recognition.engines.end() || engine_named(asked->second).has_tesseract_models();
  std::size_t of_tesseract = 0;
  const std::vector<Pipeline> installed = portfolio.pipelines;
  for (const Pipeline& pipeline : installed) {
    PipelineUse use = portfolio.use_of(pipeline);
    if (!trained.engines.contains(use.engine.empty() ? "tesseract" : use.engine)) continue;
    if (use.engine.empty() && (!has_tesseract_models || ++of_tesseract > kOfTesseract)) continue;
    use.tessdata = trained.folder;
    use.languages = {trained.lang};
    add(portfolio, renamed(pipeline, fmt::format("{}, trained", pipeline.name())), use);
  }
}

/// Index of the pipeline of a name.
std::size_t index_of(const Portfolio& portfolio, const std::string& name) {
  return static_cast<std::size_t>(std::ranges::find(portfolio.pipelines, name, &Pipeline::name) -
                                  portfolio.pipelines.begin());
}

/// The pipelines of an effort as members, in its order.
Ensemble ensemble_of(const Portfolio& effort, const Portfolio& all) {
  Ensemble ensemble;
  for (const Pipeline& pipeline : effort.pipelines) {
    const PipelineUse use = effort.use_of(pipeline);
    // What stands in for an engine that does not know a language is added by `apply` itself.
    if (use.engine.empty() && !use.languages.empty()) continue;
    ensemble.members.push_back(
        {.pipeline = index_of(all, pipeline.name()), .languages = use.languages});
  }
  return ensemble;
}

/// The use of the first engine besides Tesseract; nothing of note if there is none.
PipelineUse use_of_engine(const Portfolio& portfolio) {
  for (const Pipeline& pipeline : portfolio.pipelines) {
    PipelineUse use = portfolio.use_of(pipeline);
    if (use.has_engine_for_all_pages()) return use;
  }
  return {};
}

}  // namespace

Voices voices_of(const std::vector<Pipeline>& found, std::size_t variants,
                 const TrainedModels& trained, const std::vector<std::string>& languages,
                 const RecognitionOptions& recognition, const Events& events) {
  Events silent;
  silent.stop = events.stop;
  const Portfolio high = portfolio_of_effort("high", languages, recognition, events);
  const Portfolio normal = portfolio_of_effort("normal", languages, recognition, silent);
  Voices voices{.portfolio = {.name = "recorded", .description = "", .pipelines = {}}};
  Portfolio& all = voices.portfolio;
  for (const Pipeline& pipeline : high.pipelines) {
    PipelineUse use = high.use_of(pipeline);
    if (use.for_faint_text) continue;
    // Whichever languages an effort uses a pipeline for, an ensemble may use it for all that its
    // engine knows.
    if (use.engine.empty()) use.languages.clear();
    add(all, pipeline, use);
  }
  for (const Pipeline& pipeline : found) add(all, pipeline, {});
  const PipelineUse of_engine = use_of_engine(high);
  if (!of_engine.engine.empty()) add_variants(all, of_engine, found, variants);
  add_trained(all, trained, recognition);
  for (std::size_t i = 0; i < all.pipelines.size(); ++i)
    voices.candidates.push_back(
        {.pipeline = i, .languages = all.use_of(all.pipelines[i]).languages});
  for (const Pipeline& pipeline : high.pipelines) {
    const PipelineUse use = high.use_of(pipeline);
    if (!use.for_faint_text) continue;
    voices.faint.push_back({.pipeline = all.pipelines.size(), .languages = use.languages});
    all.pipelines.push_back(pipeline);
    all.uses[pipeline.name()] = use;
  }
  voices.original = {.members = {voices.candidates.front()}};
  voices.normal = ensemble_of(normal, all);
  voices.low = voices.normal;
  voices.low.stops_early = true;
  voices.high = ensemble_of(high, all);
  return voices;
}

}  // namespace ocrtune::workflow
