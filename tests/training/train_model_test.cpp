#include "ocrtune/training/train_model.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <numeric>
#include <set>

#include "support/temp_folder.h"
#include "training/made_trainer.h"

namespace ocrtune::training {
namespace {

const std::atomic<bool> kGoesOn{false};
const std::atomic<bool> kStopped{true};
constexpr TrainingPlan kPlan{.folds = 3, .epochs = 6, .patience = 2};

TEST(TrainModel, TellsWhatIsWonAndTrainsWithAllLines) {
  const TrainingSet set = test::made_set(6, 5, "une ſaiſon");
  const test::MadeTrainer trainer(set, 150);
  const auto trained = train_model(set, trainer, kPlan, {.stop = kGoesOn});
  ASSERT_TRUE(trained);
  const Outcome& outcome = trained->outcome;
  EXPECT_EQ(outcome.epochs, 2U) << "120 pictures of the other folds' 20 lines in an epoch";
  EXPECT_DOUBLE_EQ(outcome.characters_before, 6.0 / 31);
  EXPECT_DOUBLE_EQ(outcome.characters_after, 0);
  EXPECT_DOUBLE_EQ(outcome.words_before, 0.5);
  EXPECT_DOUBLE_EQ(outcome.words_after, 0);
  EXPECT_EQ(outcome.curve, (std::vector<double>{6.0 / 31, 6.0 / 31, 0, 0, 0}));
  EXPECT_TRUE(trained->model);
}

TEST(TrainModel, OfFewPagesTheLinesAreCompared) {
  const TrainingSet set = test::made_set(3, 20, "une ſaiſon");
  const test::MadeTrainer trainer(set, 150);
  const auto trained = train_model(set, trainer, kPlan, {.stop = kGoesOn});
  ASSERT_TRUE(trained);
  EXPECT_TRUE(trained->outcome.is_taken) << "which the intervals of 3 pages hardly ever show";
}

TEST(TrainModel, LeavesAModelThatWinsNothing) {
  const TrainingSet set = test::made_set(4, 5, "clean print");
  const test::MadeTrainer trainer(set, 1);
  const auto trained = train_model(set, trainer, kPlan, {.stop = kGoesOn});
  ASSERT_TRUE(trained);
  EXPECT_EQ(trained->outcome.epochs, 0U);
  EXPECT_FALSE(trained->outcome.is_taken);
  EXPECT_FALSE(trained->model);
  EXPECT_EQ(trainer.calls.epochs, 3 * 2) << "each fold ends after two epochs without a gain";
}

TEST(TrainModel, AnswersTheSameWithAnyNumberOfWorkers) {
  const TrainingSet set = test::made_set(5, 4, "ſi");
  const test::MadeTrainer trainer(set, 150);
  const auto one = train_model(set, trainer, kPlan, {.workers = 1, .stop = kGoesOn});
  const auto many = train_model(set, trainer, kPlan, {.workers = 8, .stop = kGoesOn});
  ASSERT_TRUE(one && many);
  EXPECT_EQ(one->outcome.curve, many->outcome.curve);
  EXPECT_EQ(one->outcome.gain.low, many->outcome.gain.low);
}

TEST(TrainModel, FinishedFoldsAreNotTrainedAgain) {
  const test::TempFolder folder;
  const KeptCurves kept(folder.path() / "folds", "key");
  const TrainingSet set = test::made_set(6, 5, "ſoit");
  const test::MadeTrainer trainer(set, 150);
  EXPECT_FALSE(train_model(set, trainer, kPlan, {.kept = &kept, .stop = kStopped}));
  const auto whole = train_model(set, trainer, kPlan, {.kept = &kept, .stop = kGoesOn});
  const int epochs = trainer.calls.epochs;
  const auto again = train_model(set, trainer, kPlan, {.kept = &kept, .stop = kGoesOn});
  ASSERT_TRUE(whole && again);
  EXPECT_EQ(trainer.calls.epochs - epochs, 2) << "the model of all lines alone";
  EXPECT_EQ(again->outcome.curve, whole->outcome.curve);
  EXPECT_FALSE(KeptCurves(folder.path() / "folds", "other").find(0, 30));
  EXPECT_FALSE(kept.find(0, 31)) << "of other lines";
}

TEST(EpochPictures, AreEachLineInAnotherVariantThanBefore) {
  const TrainingSet set = test::made_set(10, 30, "x y", 4);
  std::vector<std::size_t> lines(150);
  std::iota(lines.begin(), lines.end(), std::size_t{100});
  std::set<std::size_t> both;
  for (const std::size_t epoch : {0, 1}) {
    const auto pictures = epoch_pictures(set, lines, epoch, 7);
    EXPECT_EQ(pictures, epoch_pictures(set, lines, epoch, 7));
    std::set<std::size_t> found;
    for (const std::size_t picture : pictures) found.insert(picture / 4);
    EXPECT_EQ(found, (std::set<std::size_t>(lines.begin(), lines.end())));
    EXPECT_EQ(pictures.size(), lines.size());
    both.insert(pictures.begin(), pictures.end());
  }
  EXPECT_EQ(both.size(), 300U);
}

TEST(EpochPictures, OfFewLinesAreSeveralPasses) {
  const TrainingSet set = test::made_set(3, 9, "x y", 4);
  const auto pictures = epoch_pictures(set, {0, 3, 5, 8, 20}, 0, 7);
  EXPECT_EQ(pictures.size(), kLeastPictures);
  EXPECT_EQ(std::set<std::size_t>(pictures.begin(), pictures.end()).size(), 20U);
  EXPECT_TRUE(epoch_pictures(set, {}, 0, 7).empty());
}

TEST(KeptCurves, WhatIsDamagedCountsForNothing) {
  const test::TempFolder folder;
  const KeptCurves kept(folder.path(), "key");
  kept.keep(0, {{{.characters = 3, .words = 1}}, {{.characters = 2, .words = 1}}});
  ASSERT_EQ(kept.find(0, 1)->size(), 2U);
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    for (const std::string text : {"", "[", "[[[1]]]", "{}", "[[[-1,2]]]", "[[[1,\"x\"]]]"}) {
      std::ofstream(entry.path()) << text;
      EXPECT_FALSE(kept.find(0, 1)) << text;
    }
  }
}

}  // namespace
}  // namespace ocrtune::training
