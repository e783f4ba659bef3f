#include "ocrtune/training/look_alikes.h"

#include <gtest/gtest.h>

#include "training/made_trainer.h"

namespace ocrtune::training {
namespace {

TEST(LookAlikes, AreWhatIsRecognizedInTheirPlace) {
  const TrainingSet set = test::made_set(2, 3, "une ſaiſon");
  const test::MadeTrainer trainer(set, 1000);
  const auto alike = look_alikes(set, *trainer.start(), {"ſ", "¶"});
  EXPECT_EQ(alike, (std::map<std::string, std::string>{{"ſ", "f"}, {"¶", ""}}));
}

}  // namespace
}  // namespace ocrtune::training
