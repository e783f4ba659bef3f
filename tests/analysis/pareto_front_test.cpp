#include "ocrtune/analysis/pareto_front.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "ocrtune/analysis/results_json.h"
#include "support/studies.h"

namespace ocrtune {
namespace {

Trial trial_of(std::size_t number, double confidence, double cnr, int words) {
  Trial trial = test::trial_with(number, {confidence});
  trial.pages[0].scores.set(Score::cnr, cnr);
  trial.pages[0].scores.set(Score::words, words);
  return trial;
}

StudyDefinition two_objectives() {
  StudyDefinition definition = test::study_definition(1);
  definition.objective = Score::confidence;
  definition.search.more_objectives = {Score::cnr};
  return definition;
}

ParetoFront front_among(const StudyDefinition& definition, const std::vector<Trial>& trials) {
  return pareto_front(definition, study_trials(definition, trials));
}

std::vector<std::size_t> numbers_of(const ParetoFront& front) {
  std::vector<std::size_t> numbers;
  for (const ParetoFront::Entry& entry : front.entries) numbers.push_back(entry.number);
  return numbers;
}

const std::vector<Trial> kTrials{trial_of(0, 50, 9, 100), trial_of(1, 80, 5, 100),
                                 trial_of(2, 70, 4, 100), trial_of(3, 60, 8, 10),
                                 trial_of(4, 50, 8, 100)};

TEST(ParetoFront, HasWhatNothingElseBeats) {
  const ParetoFront front = front_among(two_objectives(), kTrials);
  EXPECT_EQ(numbers_of(front), (std::vector<std::size_t>{1, 3, 0}));
  EXPECT_EQ(front.entries[1].values, (std::vector<double>{60, 8}));
  EXPECT_NE(pareto_text(front).find("#0              50.00         9.00  (baseline)"),
            std::string::npos)
      << pareto_text(front);
  EXPECT_EQ(pareto_json(front)[0]["values"]["cnr"], 5);
}

TEST(ParetoFront, LeavesOutWhatBreaksAConstraint) {
  StudyDefinition definition = two_objectives();
  definition.search.constraints = {parse_constraint("words>=0.5x")};
  EXPECT_EQ(numbers_of(front_among(definition, kTrials)), (std::vector<std::size_t>{1, 0}));
}

TEST(ParetoFront, OfOneObjectiveIsTheBest) {
  StudyDefinition definition = two_objectives();
  definition.search.more_objectives.clear();
  EXPECT_EQ(numbers_of(front_among(definition, kTrials)), std::vector<std::size_t>{1});
  const std::vector<Trial> tied{trial_of(0, 80, 1, 1), trial_of(1, 70, 2, 2),
                                trial_of(2, 80, 3, 3)};
  EXPECT_EQ(numbers_of(front_among(definition, tied)), (std::vector<std::size_t>{0, 2}));
  EXPECT_TRUE(front_among(definition, {}).entries.empty());
  const std::string csv = pareto_csv(front_among(definition, kTrials));
  EXPECT_TRUE(csv.starts_with("trial;confidence;line_h_size")) << csv;
  EXPECT_NE(csv.find("\n1;80;"), std::string::npos) << csv;
}

}  // namespace
}  // namespace ocrtune
