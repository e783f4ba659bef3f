#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "ocrtune/analysis/json_parts.h"
#include "ocrtune/analysis/study_overview.h"
#include "ocrtune/base/address.h"
#include "ocrtune/base/optional_json.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/cli/add_options.h"
#include "ocrtune/cli/context.h"
#include "ocrtune/cli/help.h"
#include "ocrtune/cli/show_pages.h"
#include "ocrtune/metrics/scores_json.h"
#include "ocrtune/study_run/follow_study.h"

namespace ocrtune::cli {
namespace {

struct Show {
  std::string study = "ocrtune.db";
  std::size_t top = 5;
  bool follow = false;
};

std::string top_text(const StudyTrials& trials, const Space& space, Score objective,
                     std::size_t most) {
  constexpr std::size_t kIndent = 12;
  const std::vector<std::size_t> best = best_first(trials.scores, objective);
  const std::size_t count = std::min(most, best.size());
  std::string text = tr("the {} best:\n", count);
  const double scale = shown_scale(objective);
  for (std::size_t i = 0; i < count; ++i) {
    const Trial trial = trials.at(trials.scores.numbers()[best[i]]);
    std::string first = fmt::format("  #{:<5} ", trial.number);
    const auto cer = mean_score(trial.pages, Score::cer);
    if (cer && objective != Score::cer) first += localized("CER {:.2f} %  ", 100 * *cer);
    first += localized("{} {:.2f}", shown_name(objective), scale * trial.mean(objective));
    std::vector<std::string> settings = space.texts_of(trial.point);
    if (trial.number == 0) settings.insert(settings.begin(), "(" + tr("baseline") + ")");
    text += wrapped(first, settings, kIndent);
  }
  return text;
}

/// A screening has no sampler, but the points of its design.
std::string shown_sampler(const std::string& sampler) {
  return sampler == kDesign ? translated("sampler", tr_noop("sampler", "design")) : sampler;
}

/// Prints the trials of a study that is followed.
class TrialPrinter {
 public:
  explicit TrialPrinter(Context& context) : context_(context) {}

  void print(const TrialOutcome& trial, const BestSoFar& so_far,
             const StudyDefinition& definition) {
    if (!space_) space_ = space_of(definition);
    context_.print((context_.json ? json_of(trial, so_far, definition.objective).dump()
                                  : line_of(trial, so_far, definition.objective)) +
                   "\n");
  }

 private:
  /// Without its end.
  [[nodiscard]] std::string line_of(const TrialOutcome& trial, const BestSoFar& so_far,
                                    Score objective) const {
    if (!trial.value) return tr("trial {}: pruned", trial.number);
    const double scale = shown_scale(objective);
    std::string line =
        tr("trial {}: {} {:.2f}", trial.number, shown_name(objective), scale * *trial.value);
    for (const Score score : kFollowedScores) {
      const std::optional<double> value = trial.scores.find(score);
      if (value && score != objective)
        line += localized(", {} {:.2f}", shown_name(score), shown_scale(score) * *value);
      if (value && score == Score::confidence && trial.delta && trial.number > 0)
        line += localized(" ({:+.2f})", *trial.delta);
    }
    if (!trial.keeps_constraints) line += tr(", violates a constraint");
    if (!trial.settings.empty()) line += ", " + joined(trial.settings, " ");
    if (!so_far.best_number) return line;
    if (*so_far.best_number == trial.number) return line + tr(", the best so far");
    const std::string settings = joined(space_->texts_of(so_far.best_point), " ");
    return line + (settings.empty()
                       ? tr(", best {:.2f} (trial {})", scale * *so_far.best, *so_far.best_number)
                       : tr(", best {:.2f} (trial {}: {})", scale * *so_far.best,
                            *so_far.best_number, settings));
  }

  [[nodiscard]] nlohmann::json json_of(const TrialOutcome& trial, const BestSoFar& so_far,
                                       Score objective) const {
    return {{"number", trial.number},
            {"objective", score_name(objective)},
            {"value", or_null(trial.value)},
            {"scores", scores_json(trial.scores)},
            {"delta", or_null(trial.delta)},
            {"params", point_json(*space_, trial.point)},
            {"pruned", trial.pruned},
            {"keeps_constraints", trial.keeps_constraints},
            {"finished_ms", trial.finished_us / 1000},
            {"best", or_null(so_far.best)},
            {"best_number", or_null(so_far.best_number)},
            {"best_params", point_json(*space_, so_far.best_point)}};
  }

  Context& context_;
  std::optional<Space> space_;
};

ExitStatus follow(const Show& options, Context& context) {
  TrialPrinter printer(context);
  const auto print = [&](const TrialOutcome& trial, const BestSoFar& so_far,
                         const StudyDefinition& definition) {
    printer.print(trial, so_far, definition);
  };
  if (!workflow::follow_study(options.study, print, events_of(context)))
    return ExitStatus::interrupted;
  context.talk.say(tr("no command is working on the study"));
  return ExitStatus::success;
}

ExitStatus show(const Show& options, Context& context) {
  if (is_applied_folder(options.study)) return show_pages(options.study, options.top, context);
  if (options.follow) return follow(options, context);
  const auto storage = view_study(options.study);
  const StudyOverview overview = study_overview(*storage);
  const StudyDefinition& definition = overview.definition;
  if (context.json) {
    context.print(json_text(overview_json(overview, options.study)));
    return ExitStatus::success;
  }
  std::string text = overview.verdict ? verdict_text(*overview.verdict) : "";
  text += tr("{}: sampler {}, seed {}, engine {}\n  created by {}\n", shown_address(options.study),
             shown_sampler(definition.search.sampler), definition.seed, definition.engine,
             definition.program);
  if (!definition.search.reference_engine.empty())
    text += tr("references with engine {}\n", definition.search.reference_engine);
  if (overview.pruned > 0) text += tr("pruner {}\n", definition.search.pruner);
  // What is recommended is said by the verdict alone, where there is one.
  text += summary_text(overview.summary, overview.verdict.has_value());
  text += top_text(overview.trials, overview.summary.space, definition.objective, options.top);
  if (overview.front) text += pareto_text(*overview.front);
  if (overview.importance) text += importance_text(*overview.importance);
  text += measurements_text(overview.measurements);
  if (overview.foreign_trials > 0)
    text +=
        tr("{} trials were added by other programs and are not shown\n", overview.foreign_trials);
  context.print(text);
  return ExitStatus::success;
}

}  // namespace

void add_show(CLI::App& app, Context& context) {
  CLI::App* command =
      add_command(app, context, "show",
                  tr("Show the results of a study, or the worst pages of an output folder"),
                  "  ocrtune show\n"
                  "  ocrtune show scans.db --top 20\n"
                  "  ocrtune show scans.db --json\n"
                  "  ocrtune show scans.db --follow\n"
                  "  ocrtune show output/ --top 20");
  auto options = std::make_shared<Show>();
  completed(context,
            command->add_option(
                "STUDY", options->study,
                tr("Study: a SQLite file or postgresql://USER@HOST/DATABASE/STUDY; or an output "
                   "folder of `apply`")),
            workflow::Completion::study)
      ->capture_default_str();
  command
      ->add_option("--top", options->top, tr("Number of best points, or of worst pages, to list"))
      ->capture_default_str()
      ->check(between(1, 100000));
  command->add_flag(
      "--follow", options->follow,
      tr("Print a line for each trial, with its scores and parameters and the best so far, "
         "until no command is working on the study"));
  command->callback([options, &context] {
    context.command = [options, &context] { return show(*options, context); };
  });
}

}  // namespace ocrtune::cli
