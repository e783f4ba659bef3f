#include "ocrtune/study_run/voices.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "ocrtune/pipeline/pipeline_file.h"

namespace ocrtune::workflow {
namespace {

/// Without an engine besides Tesseract, which not every machine has.
Voices without_engine(const std::vector<Pipeline>& found) {
  setenv("OCRTUNE_PPOCR", "/nonexistent", 1);
  return voices_of(found, 3, {}, {"eng"}, {}, {});
}

Pipeline parsed(const std::string& text) { return parse_pipeline(text, "t"); }

TEST(Voices, AreThePipelinesOfTheEffortsAndWhatWasFound) {
  const Voices none = without_engine({});
  const Voices one =
      without_engine({parsed("name = \"point-7\"\n[[stage]]\nuse = \"rescale\"\nfactor = 1.25\n")});
  EXPECT_EQ(one.portfolio.pipelines.size(), none.portfolio.pipelines.size() + 1);
  EXPECT_EQ(one.portfolio.pipelines.back().name(), "point-7");
  EXPECT_EQ(one.candidates.size(), one.portfolio.pipelines.size());
  EXPECT_EQ(one.normal, none.normal);
  EXPECT_EQ(one.original.members.size(), 1U);
  EXPECT_EQ(one.portfolio.pipelines[one.original.members[0].pipeline].name(), "raw");
  EXPECT_TRUE(one.low.stops_early);
  EXPECT_FALSE(one.high.stops_early);
}

TEST(Voices, TheFirstOfTesseractAreThereAgainWithTrainedModels) {
  setenv("OCRTUNE_PPOCR", "/nonexistent", 1);
  const Voices none = voices_of({}, 3, {}, {"eng", "fra"}, {}, {});
  const Voices trained = voices_of({}, 3, {.folder = "/m", .lang = "fra", .engines = {"tesseract"}},
                                   {"eng", "fra"}, {}, {});
  EXPECT_EQ(trained.portfolio.pipelines.size(), none.portfolio.pipelines.size() + 3);
  EXPECT_EQ(trained.normal, none.normal) << "untuned is what it was";
  const PipelineUse use{.tessdata = "/m", .languages = {"fra"}};
  std::size_t of_trained = 0;
  for (const EnsembleMember& member : trained.candidates) {
    if (trained.portfolio.use_of(trained.portfolio.pipelines[member.pipeline]) != use) continue;
    EXPECT_EQ(member.languages, use.languages);
    ++of_trained;
  }
  EXPECT_EQ(of_trained, 3U);
  const Voices other =
      voices_of({}, 3, {.folder = "/m", .lang = "fra", .engines = {"ppocr"}}, {"fra"}, {}, {});
  EXPECT_EQ(other.portfolio.pipelines.size(), none.portfolio.pipelines.size());
}

TEST(Voices, AreNotThereTwice) {
  const Voices none = without_engine({});
  std::vector<Pipeline> found;
  for (const Pipeline& known : none.portfolio.pipelines) {
    std::vector<StageUse> stages = known.stages();
    // As a point of a search has it: a stage that is off.
    StageUse off = parsed("name = \"t\"\n[[stage]]\nuse = \"rescale\"\nfactor = 3\n").stages()[0];
    off.on = false;
    off.switch_name = "use_rescale";
    if (known.name() == "raw") stages.push_back(off);
    found.emplace_back("point-" + known.name(), "", stages);
  }
  EXPECT_EQ(without_engine(found).portfolio.pipelines.size(), none.portfolio.pipelines.size());
}

}  // namespace
}  // namespace ocrtune::workflow
