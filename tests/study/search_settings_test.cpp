#include "ocrtune/study/search_settings.h"

#include <gtest/gtest.h>

#include <fstream>

#include "ocrtune/storage/storage.h"
#include "support/errors.h"
#include "support/sql.h"
#include "support/studies.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {
namespace fs = std::filesystem;

using test::contains;
using test::error_of;
using test::random_trial;
using test::same_trial;
using test::study_definition;
using test::TempFolder;

SearchSettings settings() {
  return {.sampler = "tpe",
          .pruner = "racing",
          .in_flight = 3,
          .sampled = true,
          .more_objectives = {Score::time, Score::cnr},
          .constraints = {parse_constraint("words>=0.8x"), parse_constraint("cer<=12.5"),
                          parse_constraint("loss(cer)<=2")},
          .first = {Point{{{"bin_c", 12.5}, {"use_denoise_nlm", 0}}}, Point{}},
          .whole = 1,
          .steady = true,
          .reference_engine = "ppocr",
          .starts = 3,
          .planned = 64};
}

/// A pruned trial on the pages 2 and 0.
PrunedTrial pruned_trial(const StudyDefinition& definition, std::size_t number) {
  Random random(number);
  Trial trial = random_trial(definition, number, random);
  return {.number = number,
          .point = trial.point,
          .pages = {2, 0},
          .results = {trial.pages[2], trial.pages[0]},
          .started_us = trial.started_us,
          .finished_us = trial.finished_us};
}

bool same_pruned(const PrunedTrial& a, const PrunedTrial& b) {
  const auto as_trial = [](const PrunedTrial& trial) {
    return Trial{.number = trial.number,
                 .point = trial.point,
                 .pages = trial.results,
                 .started_us = trial.started_us,
                 .finished_us = trial.finished_us};
  };
  return a.pages == b.pages && same_trial(as_trial(a), as_trial(b));
}

TEST(SearchSettings, TextGivesThemBack) {
  EXPECT_EQ(search_from(search_text(settings())), settings());
  EXPECT_EQ(search_from(search_text({})), SearchSettings{});
  EXPECT_EQ(search_text(settings()).find('\n'), std::string::npos);
  // Studies of earlier versions have neither.
  EXPECT_EQ(search_text({}).find("starts"), std::string::npos);
  EXPECT_EQ(search_text({}).find("planned"), std::string::npos);
}

TEST(SearchSettings, OtherTextsAreDamaged) {
  for (
      const std::string text :
      {"", "{", "[]", "{}", "null", R"({"sampler": 3})",
       R"({"sampler":"a","pruner":"b","in_flight":1,"sampled":false,"more_objectives":["x"],"constraints":[],"first":[]})",
       R"({"sampler":"a","pruner":"b","in_flight":1,"sampled":false,"more_objectives":[],"constraints":["x"],"first":[]})",
       R"({"sampler":"a","pruner":"b","in_flight":1,"sampled":false,"more_objectives":[],"constraints":[],"first":[[["a"]]]})"})
    EXPECT_TRUE(contains(error_of(Errc::study_error, [&] { (void)search_from(text); }),
                         "is damaged: its search settings"))
        << text;
}

TEST(StorageSearch, SettingsHeldOutPagesAndPrunedTrialsAreGivenBack) {
  const TempFolder folder;
  const fs::path file = folder.path() / "s.db";
  StudyDefinition definition = study_definition(5);
  definition.search = settings();
  definition.held_out = {definition.pages.begin() + 3, definition.pages.end()};
  definition.pages.resize(3);
  const auto study = create_study(file, definition);
  Random random(1);
  Trial trial = random_trial(definition, 0, random);
  trial.page_order = {1, 2, 0};
  study->append(trial);
  study->append(pruned_trial(definition, 1));
  study->append(random_trial(definition, 2, random));
  study->append(pruned_trial(definition, 3));
  const std::vector<PageScores> held_out{trial.pages[0].scores, trial.pages[1].scores};
  study->validate(0, held_out);
  const auto viewer = view_study(file);
  EXPECT_TRUE(test::same_definition(viewer->definition(), definition));
  ASSERT_EQ(viewer->trials().size(), 2U);
  ASSERT_EQ(viewer->pruned().size(), 2U);
  EXPECT_TRUE(same_pruned(viewer->pruned()[0], pruned_trial(definition, 1)));
  EXPECT_TRUE(same_pruned(viewer->pruned()[1], pruned_trial(definition, 3)));
  EXPECT_EQ(viewer->validations().at(0).size(), 2U);
  EXPECT_EQ(viewer->validations().at(0)[1], held_out[1]);
  EXPECT_EQ(viewer->foreign_trials(), 0);
}

TEST(StorageSearch, APrunedTrialsNumberIsTaken) {
  const TempFolder folder;
  const StudyDefinition definition = study_definition(3);
  const auto study = create_study(folder.path() / "s.db", definition);
  study->append(pruned_trial(definition, 1));
  Random random(1);
  const Trial same = random_trial(definition, 1, random);
  EXPECT_TRUE(contains(error_of(Errc::study_error, [&] { study->append(same); }),
                       "trial 1 was written by another process"));
  error_of(Errc::study_error, [&] { study->append(pruned_trial(definition, 1)); });
  EXPECT_TRUE(study->trials().empty());
  EXPECT_EQ(study->pruned().size(), 1U);
}

TEST(StorageSearch, DamageIsNamed) {
  const TempFolder folder;
  const fs::path file = folder.path() / "s.db";
  StudyDefinition definition = study_definition(3);
  create_study(file, definition)->append(pruned_trial(definition, 1));
  test::run_sql(file, "UPDATE ocrtune_results SET page = 7 WHERE number = 1 AND place = 1");
  EXPECT_TRUE(contains(error_of(Errc::study_error, [&] { (void)view_study(file)->pruned(); }),
                       "s.db: is damaged: trial 1 has a page 7 that is not in the study"));
  test::run_sql(file, "UPDATE ocrtune_study SET search = '{}'");
  EXPECT_TRUE(contains(error_of(Errc::study_error, [&] { (void)view_study(file); }),
                       "s.db: is damaged: its search settings can't be read"));
}

}  // namespace
}  // namespace ocrtune
