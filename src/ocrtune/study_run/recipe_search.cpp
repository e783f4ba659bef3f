#include "ocrtune/study_run/recipe_search.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <set>
#include <utility>

#include "ocrtune/base/translation.h"
#include "ocrtune/metrics/pareto.h"
#include "ocrtune/options/engines_in_use.h"
#include "ocrtune/pipeline/recipe.h"
#include "ocrtune/study_run/judged_pages.h"
#include "ocrtune/study_run/recorded_pages.h"

namespace ocrtune::workflow {
namespace {

/// The choice `balanced` leaves at most this much more than `best`.
constexpr double kNearlyAsGood = 1.1;
/// With fewer validation pages, the tuning pages are judged too, each by what the others chose.
constexpr std::size_t kMinHeldOut = 2;

std::vector<std::size_t> all_pages(std::size_t count) {
  std::vector<std::size_t> pages(count);
  std::iota(pages.begin(), pages.end(), 0);
  return pages;
}

/// The ensembles that the choices of a recipe stand for.
struct Choices {
  Ensemble fast;
  Ensemble balanced;
  Ensemble best;
};

/// Chooses on some pages.
class Chooser {
 public:
  Chooser(EnsembleTable& table, const Voices& voices) : table_(table), voices_(voices) {}

  [[nodiscard]] Choices choices(const std::vector<std::size_t>& pages) const {
    std::vector<Ensemble> all{voices_.low, voices_.normal, voices_.high};
    for (Ensemble& step : greedy_ensembles(table_, voices_.candidates, pages)) {
      add_faint(step);
      Ensemble early = step;
      early.stops_early = true;
      all.push_back(std::move(early));
      all.push_back(std::move(step));
    }
    Choices chosen;
    chosen.best = best_ensemble(table_, all, voices_.normal, pages);
    chosen.balanced = cheapest_ensemble(table_, all, chosen.best, kNearlyAsGood, pages);
    chosen.fast = cheapest_ensemble(table_, all, voices_.normal, 1, pages);
    return chosen;
  }

 private:
  /// Pages with faint text alone may be among those that were not seen.
  void add_faint(Ensemble& ensemble) const {
    const bool has_engine =
        std::ranges::any_of(ensemble.members, [this](const EnsembleMember& member) {
          return !voices_.portfolio.use_of(voices_.portfolio.pipelines[member.pipeline])
                      .engine.empty();
        });
    if (has_engine)
      ensemble.members.insert(ensemble.members.end(), voices_.faint.begin(), voices_.faint.end());
  }

  EnsembleTable& table_;
  const Voices& voices_;
};

constexpr std::array<Ensemble Choices::*, 3> kChoices{&Choices::fast, &Choices::balanced,
                                                      &Choices::best};
constexpr std::array<const char*, 3> kChoiceNames{"fast", "balanced", "best"};
constexpr const char* kUntunedChoice = "untuned";

/// Each page's values with what was chosen on those of other folds, of which there are eight or,
/// with fewer pages, as many as pages.
std::array<EnsembleValues, 3> cross_validated(EnsembleTable& table, const Voices& voices,
                                              std::size_t count) {
  constexpr std::size_t kFolds = 8;
  const std::size_t folds = std::min(kFolds, count);
  std::array<EnsembleValues, 3> values;
  for (EnsembleValues& choice : values) {
    choice.wrong.resize(count);
    choice.seconds.resize(count);
  }
  for (std::size_t fold = 0; fold < folds; ++fold) {
    std::vector<std::size_t> others = all_pages(count);
    std::erase_if(others, [&](std::size_t page) { return page % folds == fold; });
    const Choices chosen = Chooser(table, voices).choices(others);
    for (std::size_t c = 0; c < kChoices.size(); ++c) {
      const EnsembleValues& own = table.of(chosen.*kChoices[c]);
      for (std::size_t page = fold; page < count; page += folds) {
        values[c].wrong[page] = own.wrong[page];
        values[c].seconds[page] = own.seconds[page];
      }
    }
  }
  return values;
}

std::array<EnsembleValues, 3> values_of(EnsembleTable& table, const Choices& chosen) {
  return {table.of(chosen.fast), table.of(chosen.balanced), table.of(chosen.best)};
}

std::vector<double> percent(std::vector<double> shares) {
  for (double& share : shares) share *= 100;
  return shares;
}

std::vector<double> differences(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> result(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) result[i] = 100 * (a[i] - b[i]);
  return result;
}

RecipePoint point_of(const char* name, bool tuned, const EnsembleValues& values) {
  return {.name = name,
          .tuned = tuned,
          .wrong = 100 * mean_of(values.wrong),
          .seconds = mean_of(values.seconds)};
}

void mark_front(std::vector<RecipePoint>& points) {
  std::vector<ObjectiveVector> objectives;
  objectives.reserve(points.size());
  for (const RecipePoint& point : points) objectives.push_back({point.wrong, point.seconds});
  for (const std::size_t i : nondominated(objectives)) points[i].on_front = true;
}

/// Values on the pages that are judged, and the gain over untuned on pages that were chosen on.
struct Judgement {
  EnsembleTable& table;  ///< of the judged pages
  std::array<EnsembleValues, 3> choices;
  std::vector<double> further_wrong;  ///< of the best choice on tuning pages; empty if they are
                                      ///< judged
  std::vector<double> further_gains;
};

Verdict verdict_from(const Judgement& judgement, const Voices& voices, std::uint64_t seed) {
  Verdict verdict{.untuned = "normal", .found = "best"};
  const auto add = [&](const char* name, const Ensemble& ensemble) {
    verdict.points.push_back(point_of(name, false, judgement.table.of(ensemble)));
  };
  add("original", voices.original);
  add("low", voices.low);
  add("normal", voices.normal);
  add("high", voices.high);
  for (std::size_t c = 0; c < kChoices.size(); ++c)
    verdict.points.push_back(point_of(kChoiceNames[c], true, judgement.choices[c]));
  mark_front(verdict.points);
  const std::vector<double>& best = judgement.choices.back().wrong;
  verdict.pages = best.size();
  verdict.wrong = clipped(paired_bootstrap(percent(best), judgement.further_wrong, seed), 0, 100);
  verdict.gain = paired_bootstrap(differences(judgement.table.of(voices.normal).wrong, best),
                                  judgement.further_gains, seed);
  return verdict;
}

RecipeChoice choice_of(const char* name, const Ensemble& ensemble, const Portfolio& portfolio) {
  RecipeChoice choice{.name = name, .pipelines = {}};
  for (const EnsembleMember& member : ensemble.members)
    choice.pipelines.push_back(portfolio.pipelines[member.pipeline].name());
  if (ensemble.stops_early) choice.enough = kEnoughConfidence;
  return choice;
}

MeasuredChoice measured(const Verdict& verdict, const char* point) {
  const RecipePoint& at = verdict.point(point);
  return {.wrong = at.wrong, .seconds = at.seconds, .pages = verdict.pages};
}

/// The choices and the pipelines that they use.
Recipe recipe_of(const Choices& chosen, const Voices& voices, const Verdict& verdict) {
  Recipe recipe{
      .portfolio = {.name = "best", .description = "Found by ocrtune tune.", .pipelines = {}},
      .choices = {},
      .recommended = verdict.recommends ? "best" : kUntunedChoice};
  for (std::size_t c = 0; c < kChoices.size(); ++c) {
    recipe.choices.push_back(choice_of(kChoiceNames[c], chosen.*kChoices[c], voices.portfolio));
    recipe.choices.back().measured = measured(verdict, kChoiceNames[c]);
  }
  recipe.choices.push_back(choice_of(kUntunedChoice, voices.normal, voices.portfolio));
  recipe.choices.back().measured = measured(verdict, "normal");
  std::set<std::string> used;
  for (const RecipeChoice& choice : recipe.choices)
    used.insert(choice.pipelines.begin(), choice.pipelines.end());
  for (const Pipeline& pipeline : voices.portfolio.pipelines) {
    if (!used.contains(pipeline.name())) continue;
    recipe.portfolio.pipelines.push_back(pipeline);
    PipelineUse use = voices.portfolio.use_of(pipeline);
    use.languages.clear();
    if (use != PipelineUse{}) recipe.portfolio.uses[pipeline.name()] = use;
  }
  return recipe;
}

/// Leaves the pipelines with models of a folder out of those to choose from.
void without_models_of(const std::string& folder, Voices& voices) {
  std::erase_if(voices.candidates, [&](const EnsembleMember& member) {
    return voices.portfolio.use_of(voices.portfolio.pipelines[member.pipeline]).tessdata == folder;
  });
}

/// The choices on the tuning pages. The models that were trained with these are only used if that
/// wins on the validation pages (nullptr: there are none); they are left out of `voices`
/// afterwards.
Choices chosen_on(EnsembleTable& tuned, std::size_t count, EnsembleTable* held_out,
                  const TrainedModels& trained, Voices& voices) {
  Choices chosen = Chooser(tuned, voices).choices(all_pages(count));
  if (trained.engines.empty()) return chosen;
  without_models_of(trained.folder, voices);
  Choices installed = Chooser(tuned, voices).choices(all_pages(count));
  const auto wrong = [&](const Choices& choices) {
    return mean_of(held_out->of(choices.best).wrong);
  };
  return held_out == nullptr || wrong(installed) <= wrong(chosen) ? installed : chosen;
}

/// Recorded pages of a study, judged.
JudgedPages judged(PagesOfStudy which, const OpenStudy& open, const Voices& voices,
                   const MemoryPlan& plan, bool looks_for_columns, const RecipeLimits& limits,
                   const Events& events) {
  const Corpus& corpus = which == PagesOfStudy::tuned ? open.pages : open.held_out;
  auto recorded = record_pages({.storage = *open.storage,
                                .which = which,
                                .corpus = corpus,
                                .recognition = open.recognition,
                                .plan = plan,
                                .portfolio = voices.portfolio,
                                .looks_for_columns = looks_for_columns,
                                .end = limits.end},
                               events);
  return {corpus, open.recognition, plan.workers, std::move(recorded), *events.stop};
}

}  // namespace

std::optional<Verdict> find_recipe(const OpenStudy& open, const RecipeMaterial& material,
                                   const MemoryPlan& plan, bool looks_for_columns,
                                   const RecipeLimits& limits, const Events& events) {
  std::set<std::string> languages;
  for (const Corpus* corpus : {&open.pages, &open.held_out}) {
    for (const std::string& lang : languages_of(*corpus)) languages.insert(lang);
  }
  Voices voices = voices_of(material.found, limits.variants, material.trained,
                            {languages.begin(), languages.end()}, open.recognition, events);
  // The validation pages take their share of the time.
  RecipeLimits its_limits = limits;
  if (limits.end) {
    const auto pages = open.pages.pages().size() + open.held_out.pages().size();
    const auto now = std::chrono::steady_clock::now();
    its_limits.end = now + (*limits.end - now) * open.held_out.pages().size() / pages;
  }
  const JudgedPages held_out =
      judged(PagesOfStudy::held_out, open, voices, plan, looks_for_columns, its_limits, events);
  const JudgedPages tuned =
      judged(PagesOfStudy::tuned, open, voices, plan, looks_for_columns, limits, events);
  if (events.stopped() || tuned.size() == 0) return std::nullopt;
  events.say(tr("choosing from the OCR results of {} pipelines", voices.candidates.size()));
  EnsembleTable of_tuned([&](const auto& ensembles) { return tuned.values(ensembles); });
  const bool kept_aside = held_out.size() >= kMinHeldOut;
  EnsembleTable of_held_out([&](const auto& ensembles) { return held_out.values(ensembles); });
  const Choices chosen = chosen_on(of_tuned, tuned.size(), kept_aside ? &of_held_out : nullptr,
                                   material.trained, voices);
  Judgement judgement{.table = kept_aside ? of_held_out : of_tuned,
                      .choices = kept_aside ? values_of(of_held_out, chosen)
                                            : cross_validated(of_tuned, voices, tuned.size()),
                      .further_wrong = {},
                      .further_gains = {}};
  if (kept_aside && material.trained.engines.empty()) {
    const std::vector<double>& best = of_tuned.of(chosen.best).wrong;
    judgement.further_wrong = percent(best);
    judgement.further_gains = differences(of_tuned.of(voices.normal).wrong, best);
  }
  if (events.stopped()) return std::nullopt;
  Verdict verdict = verdict_from(judgement, voices, open.storage->definition().seed);
  verdict.kept_aside = kept_aside;
  // Without validation pages, the pipelines of the search were found on the pages that are judged.
  verdict.recommends = kept_aside && is_above_zero(verdict.gain);
  verdict.with_truth = (kept_aside ? held_out : tuned).with_truth();
  verdict.recipe = recipe_text(recipe_of(chosen, voices, verdict));
  return verdict;
}

}  // namespace ocrtune::workflow
