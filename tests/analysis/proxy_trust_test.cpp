#include "ocrtune/analysis/proxy_trust.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "ocrtune/analysis/results_json.h"
#include "ocrtune/analysis/summary.h"
#include "support/errors.h"
#include "support/studies.h"
#include "support/summaries.h"

namespace ocrtune {
namespace {

using test::contains;
using test::trial_with;

/// Trials whose second page has truth; `errors` by trial.
std::vector<Trial> trials_with(const std::vector<double>& confidences,
                               const std::vector<double>& errors) {
  std::vector<Trial> trials;
  for (std::size_t i = 0; i < errors.size(); ++i) {
    trials.push_back(trial_with(i, {50, confidences[i]}));
    trials.back().pages[0].scores.set(Score::cer, std::nullopt);
    trials.back().pages[1].scores.set(Score::cer, errors[i]);
  }
  return trials;
}

std::optional<ProxyTrust> proxy_trust_of(const StudyDefinition& definition,
                                         const std::vector<Trial>& trials) {
  return proxy_trust(definition, scores_of(definition, trials));
}

TEST(ProxyTrust, IsTheCorrelationOnPagesWithTruth) {
  const auto trust = proxy_trust_of(test::study_by_confidence(2),
                                    trials_with({10, 20, 30, 40, 50}, {.5, .4, .3, .1, .2}));
  ASSERT_TRUE(trust.has_value());
  EXPECT_EQ(trust->pages, 1U);
  EXPECT_DOUBLE_EQ(trust->spearman, 0.9);
  EXPECT_EQ(trust->fewest, 3U);
  EXPECT_DOUBLE_EQ(trust->fewest_errors, 0.1);
}

TEST(ProxyTrust, IsUnknownWhereNothingTellsTrialsApart) {
  EXPECT_FALSE(
      proxy_trust_of(test::study_by_confidence(2), trials_with({1, 2, 3, 4}, {.4, .3, .2, .1})));
  EXPECT_FALSE(proxy_trust_of(test::study_by_confidence(2),
                              trials_with({1, 2, 3, 4, 5}, {.4, .4, .4, .4, .4})));
  StudyDefinition by_errors = test::study_by_confidence(2);
  by_errors.objective = Score::cer;
  EXPECT_FALSE(proxy_trust_of(by_errors, trials_with({1, 2, 3, 4, 5}, {.5, .4, .3, .2, .1})));
}

TEST(ProxyTrust, IsSaidInTheSummary) {
  const auto text = [](const std::vector<double>& errors) {
    return summary_text(
        test::summary_of(test::study_by_confidence(2), trials_with({10, 20, 30, 40, 50}, errors)));
  };
  EXPECT_TRUE(contains(text({.5, .4, .3, .1, .2}), "(Spearman 0.90); lowest CER: #3, 10.00 %"));
  EXPECT_TRUE(contains(text({.1, .2, .3, .4, .5}),
                       "Warning: on 1 page with ground truth, confidence correlates weakly "
                       "with the CER (Spearman -1.00)"));
}

TEST(Summary, NamesPagesThatArePoorlyRecognized) {
  const StudyDefinition definition = test::study_by_confidence(2);
  std::vector<Trial> trials{trial_with(0, {40, 40}), trial_with(1, {90, 60})};
  trials[1].pages[0].scores.set(Score::char_confidence, 90);
  trials[1].pages[1].scores.set(Score::char_confidence, 30);
  const Summary summary = test::summary_of(definition, trials);
  ASSERT_EQ(summary.poorly_recognized.size(), 1U);
  EXPECT_EQ(summary.poorly_recognized[0].name, definition.pages[1].name);
  EXPECT_TRUE(contains(summary_text(summary), "1 page is poorly recognized with any settings"));
  EXPECT_EQ(summary_json(summary)["poorly_recognized_pages"][0]["char_confidence"], 30);
}

}  // namespace
}  // namespace ocrtune
