#include "ocrtune/metrics/registry.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {

#define OCRTUNE_METRIC(name) Metric name##_metric();
#include "ocrtune/metrics/metrics.inc"
#undef OCRTUNE_METRIC

namespace {

constexpr std::size_t kNamedScores = static_cast<std::size_t>(Score::time) + 1;
constexpr std::size_t kMaxScores = 200;
constexpr std::size_t kLongestName = 40;

bool is_name(std::string_view name) {
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  return !name.empty() && name.size() <= kLongestName && is_letter(name.front()) &&
         std::ranges::all_of(
             name, [&](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; });
}

class Registry {
 public:
  Registry() : declarations_(kNamedScores) {
#define OCRTUNE_METRIC(name) add(name##_metric());
#include "ocrtune/metrics/metrics.inc"
#undef OCRTUNE_METRIC
    if (scores_.size() < kNamedScores) throw std::logic_error("a score isn't declared");
  }

  void add(Metric metric) {
    for (auto declared = metric.scores.begin(); declared != metric.scores.end(); ++declared) {
      require_new(declared->name);
      if (std::ranges::find(metric.scores.begin(), declared, declared->name,
                            &ScoreDeclaration::name) != declared)
        refuse(declared->name, tr("is declared twice"));
    }
    for (ScoreDeclaration& declared : metric.scores) {
      if (!declared.score) {
        declared.score = static_cast<Score>(declarations_.size());
        declarations_.emplace_back();
      }
      declarations_[static_cast<std::size_t>(*declared.score)] = declared;
      scores_.push_back(*declared.score);
    }
    std::ranges::sort(scores_);
    metrics_.push_back(std::move(metric));
  }

  [[nodiscard]] const std::deque<Metric>& metrics() const { return metrics_; }
  [[nodiscard]] const std::vector<Score>& scores() const { return scores_; }
  [[nodiscard]] const ScoreDeclaration& declaration(Score score) const {
    return declarations_[static_cast<std::size_t>(score)];
  }

 private:
  [[noreturn]] static void refuse(std::string_view name, std::string_view why) {
    throw Error(Errc::invalid_argument, tr("score `{}`: {}", quotable(name, 60), why));
  }

  void require_new(std::string_view name) const {
    if (!is_name(name)) {
      refuse(name, tr("a name begins with a letter a to z and has only these letters, digits and "
                      "_, at most {} characters",
                      kLongestName));
    }
    if (std::ranges::find(declarations_, name, &ScoreDeclaration::name) != declarations_.end())
      refuse(name, tr("is already declared"));
    if (declarations_.size() >= kMaxScores)
      refuse(name, tr("at most {} scores can be declared", kMaxScores));
  }

  std::deque<ScoreDeclaration> declarations_;  ///< by score
  std::vector<Score> scores_;
  std::deque<Metric> metrics_;
};

Registry& registry() {
  static Registry registry;
  return registry;
}

}  // namespace

const std::deque<Metric>& all_metrics() { return registry().metrics(); }
const std::vector<Score>& all_scores() { return registry().scores(); }
const ScoreDeclaration& declaration_of(Score score) { return registry().declaration(score); }
void add_metric(Metric metric) { registry().add(std::move(metric)); }

void derive_scores(ScoreValues& scores) {
  for (const Metric& metric : all_metrics()) {
    if (metric.derive) metric.derive(scores);
  }
}

PageScores worst_scores(const Page& page) {
  PageScores scores;
  for (const Metric& metric : all_metrics()) {
    if (metric.derive || !applies(metric, page)) continue;
    for (const ScoreDeclaration& score : metric.scores)
      scores.set(*score.score, score.of_clock ? 0 : worst_value(*score.score));
  }
  derive_scores(scores);
  return scores;
}

bool applies(const Metric& metric, const Page& page) {
  return std::ranges::any_of(metric.scores, [&](const ScoreDeclaration& score) {
    return (score.truth != Need::needs || page.truth) &&
           (score.reference != Need::needs || page.reference);
  });
}

}  // namespace ocrtune
