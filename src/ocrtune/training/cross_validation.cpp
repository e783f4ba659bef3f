#include "ocrtune/training/cross_validation.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <string>

#include "ocrtune/base/edit_distance.h"
#include "ocrtune/base/text.h"

namespace ocrtune::training {
namespace {

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words = split(text, ' ');
  std::erase(words, "");
  return words;
}

LineErrors errors_of(const std::string& read, const std::string& truth) {
  const std::string composed = utf8(normalized_code_points(read));
  return {
      .characters = edit_distance(code_points(joined(words_of(composed), " ")), code_points(truth)),
      .words = edit_distance(words_of(composed), words_of(truth))};
}

/// The errors in these lines; of the others of the set none.
std::vector<LineErrors> errors_in(const std::vector<std::size_t>& lines, const TrainingSet& set,
                                  ModelInTraining& model, const std::atomic<bool>& stop) {
  std::vector<std::size_t> pictures;
  pictures.reserve(lines.size());
  for (const std::size_t line : lines) pictures.push_back(set.picture(line, 0));
  const std::vector<std::string> texts = model.recognize(pictures, stop);
  std::vector<LineErrors> errors(set.lines());
  for (std::size_t i = 0; i < texts.size(); ++i)
    errors[lines[i]] = errors_of(texts[i], set.text(lines[i]));
  return errors;
}

LineErrors sum_of(const std::vector<LineErrors>& lines) {
  LineErrors sum;
  for (const LineErrors& line : lines) sum += line;
  return sum;
}

/// A curve's value after an epoch; after the last one it stays.
const std::vector<LineErrors>& at(const FoldCurve& curve, std::size_t epoch) {
  return curve[std::min(epoch, curve.size() - 1)];
}

/// Wrong characters after each epoch; `without`: a fold that does not count.
std::vector<std::size_t> errors_by_epoch(const std::vector<FoldCurve>& curves,
                                         std::optional<std::size_t> without) {
  std::size_t longest = 0;
  for (const FoldCurve& curve : curves) longest = std::max(longest, curve.size());
  std::vector<std::size_t> errors(longest, 0);
  for (std::size_t epoch = 0; epoch < longest; ++epoch) {
    for (std::size_t fold = 0; fold < curves.size(); ++fold) {
      if (fold != without) errors[epoch] += sum_of(at(curves[fold], epoch)).characters;
    }
  }
  return errors;
}

/// The epochs with the fewest wrong characters, the first of several.
std::size_t best_epochs(const std::vector<std::size_t>& errors) {
  return static_cast<std::size_t>(std::ranges::min_element(errors) - errors.begin());
}

double share(std::size_t wrong, std::size_t of) {
  return static_cast<double>(wrong) / static_cast<double>(std::max<std::size_t>(of, 1));
}

Interval interval_of(const std::vector<double>& differences) {
  const double mean = mean_of(differences);
  const auto count = static_cast<double>(differences.size());
  Interval interval{.mean = mean, .low = mean, .high = mean};
  if (differences.size() < 2) return interval;
  double squares = 0;
  for (const double each : differences) squares += (each - mean) * (each - mean);
  const double error = std::sqrt(squares / (count - 1) / count);
  const boost::math::students_t distribution(count - 1);
  const double half = error * boost::math::quantile(distribution, 0.975);
  interval.low -= half;
  interval.high += half;
  return interval;
}

}  // namespace

LineErrors& LineErrors::operator+=(const LineErrors& other) {
  characters += other.characters;
  words += other.words;
  return *this;
}

std::size_t fold_of(std::size_t page, const TrainingPlan& plan) { return page % plan.folds; }

std::optional<FoldCurve> fold_curve(const TrainingSet& set, const ModelTrainer& trainer,
                                    std::size_t fold, const TrainingPlan& plan,
                                    const std::atomic<bool>& stop,
                                    const std::function<void()>& epoch_done) {
  std::vector<std::size_t> trained;
  std::vector<std::size_t> left_out;
  for (std::size_t line = 0; line < set.lines(); ++line)
    (fold_of(set.page_of[line], plan) == fold ? left_out : trained).push_back(line);
  const std::unique_ptr<ModelInTraining> model = trainer.start();
  FoldCurve curve{errors_in(left_out, set, *model, stop)};
  std::size_t best = 0;
  const auto goes_on = [&](std::size_t epoch) {
    return epoch < plan.epochs && (epoch < best + plan.patience || epoch < plan.least_epochs);
  };
  for (std::size_t epoch = 0; goes_on(epoch); ++epoch) {
    if (!model->train(epoch_pictures(set, trained, epoch, plan.seed), stop)) return std::nullopt;
    curve.push_back(errors_in(left_out, set, *model, stop));
    if (stop.load()) return std::nullopt;
    if (sum_of(curve.back()).characters < sum_of(curve[best]).characters) best = epoch + 1;
    epoch_done();
  }
  return curve;
}

Outcome outcome_of(const TrainingSet& set, const std::vector<FoldCurve>& curves,
                   const TrainingPlan& plan) {
  std::vector<std::size_t> epochs(plan.folds);
  for (std::size_t fold = 0; fold < plan.folds; ++fold)
    epochs[fold] = best_epochs(errors_by_epoch(curves, fold));
  const bool by_page = set.pages >= kFewestPagesToCompare;
  std::vector<double> gains(by_page ? set.pages : set.lines(), 0);
  LineErrors all;
  LineErrors before;
  LineErrors after;
  for (std::size_t line = 0; line < set.lines(); ++line) {
    const std::size_t page = set.page_of[line];
    const std::size_t fold = fold_of(page, plan);
    const LineErrors base = curves[fold].front()[line];
    const LineErrors trained = at(curves[fold], epochs[fold])[line];
    all += {.characters = code_points(set.text(line)).size(),
            .words = words_of(set.text(line)).size()};
    before += base;
    after += trained;
    gains[by_page ? page : line] +=
        static_cast<double>(base.characters) - static_cast<double>(trained.characters);
  }
  // Pages count by their characters: a line more or less in a short one says little.
  const double scale = static_cast<double>(gains.size()) /
                       static_cast<double>(std::max<std::size_t>(all.characters, 1));
  for (double& gain : gains) gain *= scale;
  const std::vector<std::size_t> errors = errors_by_epoch(curves, std::nullopt);
  Outcome outcome{.epochs = best_epochs(errors),
                  .characters_before = share(before.characters, all.characters),
                  .characters_after = share(after.characters, all.characters),
                  .words_before = share(before.words, all.words),
                  .words_after = share(after.words, all.words),
                  .curve = {},
                  .gain = interval_of(gains)};
  for (const std::size_t each : errors) outcome.curve.push_back(share(each, all.characters));
  outcome.is_taken =
      outcome.epochs > 0 && is_above_zero(outcome.gain) && after.words <= before.words;
  return outcome;
}

std::vector<double> error_curve(const TrainingSet& set,
                                const std::vector<std::optional<FoldCurve>>& curves,
                                const TrainingPlan& plan) {
  std::vector<FoldCurve> done;
  for (const std::optional<FoldCurve>& curve : curves) {
    if (curve) done.push_back(*curve);
  }
  std::size_t characters = 0;
  for (std::size_t line = 0; line < set.lines(); ++line) {
    if (curves[fold_of(set.page_of[line], plan)]) characters += code_points(set.text(line)).size();
  }
  std::vector<double> shares;
  for (const std::size_t errors : errors_by_epoch(done, std::nullopt))
    shares.push_back(share(errors, characters));
  return shares;
}

std::size_t epochs_needed(const std::vector<FoldCurve>& curves) {
  std::size_t needed = best_epochs(errors_by_epoch(curves, std::nullopt));
  for (std::size_t fold = 0; fold < curves.size(); ++fold)
    needed = std::max(needed, best_epochs(errors_by_epoch(curves, fold)));
  return needed;
}

}  // namespace ocrtune::training
