#include "ocrtune/pipeline/pipeline.h"

#include <gtest/gtest.h>

#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/stages/registry.h"
#include "pipeline/random_pipeline.h"
#include "support/errors.h"
#include "support/images.h"

namespace ocrtune {
namespace {

using test::contains;
using test::same_pixels;

Pipeline two_stages() {
  return parse_pipeline(R"(
name = "two"
[[stage]]
use = "denoise_nlm"
optional = true
h = { low = 2, high = 20, initial = 9, as = "strength" }
[[stage]]
use = "clahe"
tile = { low = 4, high = 16 }
)",
                        "t");
}

std::vector<std::string> names_of(const Space& space) {
  std::vector<std::string> names;
  for (const Dimension& dimension : space.dimensions()) names.push_back(dimension.name);
  return names;
}

using Names = std::vector<std::string>;

std::string change_refusal(const std::function<void()>& action) {
  return test::error_of(Errc::pipeline_invalid, action);
}

TEST(Pipeline, SpaceIsInPipelineOrderSwitchesFirst) {
  const Space space = two_stages().space();
  EXPECT_EQ(names_of(space), (Names{"use_denoise_nlm", "strength", "tile"}));
  EXPECT_EQ(space.dimensions()[0].type, ParameterType::boolean);
  EXPECT_EQ(space.dimensions()[0].initial, 1);
  EXPECT_EQ(space.dimensions()[1].active_if, "use_denoise_nlm");
  EXPECT_EQ(space.dimensions()[2].active_if, "");
  EXPECT_EQ(space.dimensions()[2].type, ParameterType::integer);
}

TEST(Pipeline, InactiveParametersAreLeftOut) {
  const Space space = two_stages().space();
  const Point off = space.at(std::vector<double>{0.1, 0.5, 0.0});
  EXPECT_EQ(off, (Point{{{"use_denoise_nlm", 0}, {"tile", 4}}}));
  const Point on = space.at(std::vector<double>{0.9, 0.5, 0.999});
  EXPECT_EQ(on, (Point{{{"use_denoise_nlm", 1}, {"strength", 11}, {"tile", 16}}}));
  EXPECT_FALSE(off.find("strength"));
}

TEST(Pipeline, AStageThatIsOffHasNoFreeParameters) {
  Pipeline pipeline = two_stages();
  pipeline.fix("use_denoise_nlm", 0);
  EXPECT_EQ(names_of(pipeline.space()), Names{"tile"});
  pipeline.free("use_denoise_nlm", {});
  EXPECT_EQ(names_of(pipeline.space()), (Names{"use_denoise_nlm", "strength", "tile"}));
  EXPECT_EQ(pipeline.space().dimensions()[0].initial, 0);
}

TEST(Pipeline, FixAndFreeTakeBothNames) {
  Pipeline pipeline = two_stages();
  pipeline.fix("denoise_nlm.h", 5);
  EXPECT_EQ(names_of(pipeline.space()), (Names{"use_denoise_nlm", "tile"}));
  EXPECT_EQ(pipeline.stages()[0].settings[0].value, 5);
  pipeline.free("strength", Range{6, 8});
  EXPECT_EQ(pipeline.stages()[0].settings[0].value, 6);  // moved into the range
  pipeline.free("clahe.clip", {});
  const Space space = pipeline.space();
  EXPECT_EQ(names_of(space), (Names{"use_denoise_nlm", "strength", "clip", "tile"}));
  EXPECT_EQ(space.dimensions()[2].low, 1);
  EXPECT_EQ(space.dimensions()[2].high, 5);
  EXPECT_EQ(pipeline.parameter_of("clahe.tile").type, ParameterType::integer);
  EXPECT_EQ(pipeline.parameter_of("use_clahe").type, ParameterType::boolean);
}

TEST(Pipeline, RefusesNamesAndValues) {
  Pipeline pipeline = two_stages();
  const std::string unknown = change_refusal([&] { pipeline.fix("strenght", 1); });
  EXPECT_TRUE(contains(unknown, "pipeline `two` has no parameter `strenght`")) << unknown;
  EXPECT_TRUE(contains(unknown, "did you mean `strength`?"));
  EXPECT_TRUE(contains(unknown, "use_denoise_nlm, strength, noise_threshold, use_clahe"));
  EXPECT_TRUE(contains(change_refusal([&] { pipeline.fix("strength", 101); }), "strength = 101"));
  EXPECT_TRUE(contains(change_refusal([&] { pipeline.fix("use_clahe", 0.5); }), "true or false"));
  EXPECT_TRUE(contains(change_refusal([&] { pipeline.free("tile", Range{9, 4}); }), "is empty"));
  EXPECT_TRUE(contains(change_refusal([&] { pipeline.free("tile", Range{4.5, 9}); }), "integer"));
  EXPECT_TRUE(contains(change_refusal([&] {
                         pipeline.free("use_clahe", Range{0, 1});
                       }),
                       "has no range"));
  change_refusal([&] { (void)pipeline.at({{{"nothing", 1}}}); });
  change_refusal([&] { (void)pipeline.at({{{"tile", 4.5}}}); });
  change_refusal([&] { (void)pipeline.parameter_of(""); });
  EXPECT_TRUE(contains(change_refusal([] { raw_pipeline().fix("x", 1); }), "it has: none"));
  // Nothing of this changed it.
  EXPECT_EQ(pipeline_text(pipeline), pipeline_text(two_stages()));
}

TEST(Pipeline, AtFixesEverything) {
  const Pipeline pipeline = two_stages();
  const Pipeline fixed = pipeline.at({{{"use_denoise_nlm", 0}, {"tile", 7}}});
  EXPECT_EQ(fixed.space().size(), 0U);
  EXPECT_FALSE(fixed.stages()[0].on);
  EXPECT_EQ(fixed.stages()[0].settings[0].value, 9);
  EXPECT_EQ(fixed.stages()[1].settings[1].value, 7);
  EXPECT_EQ(pipeline.space().size(), 3U);
}

TEST(Pipeline, EveryPointOfItsSpaceIsAllowed) {
  Random random(8);
  for (int i = 0; i < 100; ++i) {
    const Pipeline pipeline = test::random_pipeline("p", "", random);
    const Space space = pipeline.space();
    for (const double unit : {0.0, 0.5, 1 - 0x1p-32, 1 - 0x1p-53, random.uniform()}) {
      const Pipeline fixed = pipeline.at(space.at(std::vector<double>(space.size(), unit)));
      EXPECT_EQ(fixed.space().size(), 0U);
    }
  }
}

TEST(Pipeline, TheSameStageTwiceHasTwoSwitches) {
  const Pipeline pipeline = parse_pipeline(
      "[[stage]]\nuse=\"stretch_contrast\"\n[[stage]]\nuse=\"stretch_contrast\"\noptional=true\n",
      "t");
  EXPECT_EQ(pipeline.parameter_names(), (Names{"use_stretch_contrast", "use_stretch_contrast_2"}));
  EXPECT_EQ(names_of(pipeline.space()), Names{"use_stretch_contrast_2"});
}

Pipeline with_alternatives() {
  return parse_pipeline(R"(
[[stage]]
use = "denoise_nlm"
h = "free"
[[stage]]
one_of = ["binarize_adaptive", "none", "clahe"]
as = "last"
initial = "none"
[stage.binarize_adaptive]
c = { low = 1, high = 9 }
[stage.clahe]
clip = "free"
tile = { low = 4, high = 16, step = 4, as = "tiles" }
)",
                        "t");
}

TEST(Pipeline, AlternativesAreACategoryWithTheirOwnParameters) {
  const Space space = with_alternatives().space();
  EXPECT_EQ(names_of(space), (Names{"h", "last", "binarize_adaptive_c", "clahe_clip", "tiles"}));
  const Dimension& last = space.dimensions()[1];
  EXPECT_EQ(last.type, ParameterType::category);
  EXPECT_EQ(last.choices, (Names{"binarize_adaptive", "none", "clahe"}));
  EXPECT_EQ(last.initial, 1);
  EXPECT_EQ(space.dimensions()[2].active_if, "last");
  EXPECT_EQ(space.dimensions()[2].active_values, std::vector<double>{0});
  EXPECT_EQ(space.dimensions()[4].active_values, std::vector<double>{2});
  EXPECT_EQ(space.dimensions()[4].step, 4);
  EXPECT_EQ(space.initial(), (Point{{{"h", 9}, {"last", 1}}}));
  EXPECT_EQ(space.texts_of(Point{{{"h", 9.12345}, {"last", 2}, {"tiles", 8}}}),
            (Names{"h=9.123", "last=clahe", "tiles=8"}));
}

TEST(Pipeline, OfAlternativesOneIsLeftWhereItIsChosen) {
  const Pipeline pipeline = with_alternatives();
  const auto stages_of = [](const Pipeline& some) {
    Names names;
    for (const StageUse& use : some.stages()) {
      if (use.on) names.push_back(use.stage->name);
    }
    return names;
  };
  EXPECT_EQ(stages_of(pipeline), Names{"denoise_nlm"}) << "the initial one is none";
  const Pipeline fixed = pipeline.at({{{"h", 3}, {"last", 2}, {"clahe_clip", 1.5}}});
  EXPECT_EQ(stages_of(fixed), (Names{"denoise_nlm", "clahe"}));
  EXPECT_EQ(fixed.stages().size(), 2U);
  EXPECT_EQ(fixed.stages()[1].settings[0].value, 1.5);
  EXPECT_TRUE(fixed.slots().empty());
  EXPECT_EQ(fixed.space().size(), 0U);
  EXPECT_EQ(stages_of(pipeline.at({})), Names{"denoise_nlm"});
  Pipeline chosen = pipeline;
  chosen.fix("last", 0);
  EXPECT_EQ(names_of(chosen.space()), (Names{"h", "binarize_adaptive_c"}));
  chosen.free("binarize_adaptive_c", Range{.low = 2, .high = 3});
  EXPECT_EQ(chosen.space().dimensions()[1].active_if, "");
}

TEST(Pipeline, AlternativesHaveNamesAndNoSwitch) {
  Pipeline pipeline = with_alternatives();
  EXPECT_EQ(pipeline.parameter_of("last").choices.size(), 3U);
  EXPECT_TRUE(contains(change_refusal([&] { pipeline.fix("use_clahe", 1); }),
                       "clahe is an alternative in `last`, which takes: binarize_adaptive, none"));
  EXPECT_TRUE(
      contains(change_refusal([&] { pipeline.fix("last", 3); }), "allowed: one of binarize"));
  EXPECT_TRUE(contains(change_refusal([&] {
                         pipeline.free("last", Range{0, 1});
                       }),
                       "has no range"));
  pipeline.free("last", {});
  EXPECT_EQ(pipeline_text(pipeline), pipeline_text(with_alternatives()));
}

TEST(Pipeline, ARangeMayBeLogarithmicOrHaveSteps) {
  Pipeline pipeline = two_stages();
  pipeline.free("strength", Range{.low = 2, .high = 8, .log = true});
  EXPECT_TRUE(pipeline.space().dimensions()[1].log);
  pipeline.free("tile", Range{.low = 4, .high = 16, .step = 4});
  EXPECT_EQ(value_count(pipeline.space().dimensions()[2]), 4U);
  const auto refused = [&](const char* name, const Range& range, const char* why) {
    EXPECT_TRUE(contains(change_refusal([&] { pipeline.free(name, range); }), why)) << name;
  };
  refused("strength", {.low = 0, .high = 8, .log = true}, "log needs a real or an integer above 0");
  refused("strength", {.low = 1, .high = 8, .log = true, .step = 1},
          "log needs a real or an integer above 0");
  refused("strength", {.low = 1, .high = 8, .step = -1}, "step must be above 0");
  refused("tile", {.low = 4, .high = 16, .step = 0.5}, "whole for integers");
}

TEST(Pipeline, RunsTheStagesThatAreOnInOrder) {
  const Image page{test::scanned(90, 60, 1), {300, 300}};
  Pipeline pipeline =
      parse_pipeline("[[stage]]\nuse=\"stretch_contrast\"\n[[stage]]\nuse=\"clahe\"\n", "t");
  Values values;
  values.set("clip", 2);
  values.set("tile", 8);
  const Image stretched = stage_named("stretch_contrast").run(page, {});
  EXPECT_TRUE(
      same_pixels(pipeline.run(page).gray, stage_named("clahe").run(stretched, values).gray));
  pipeline.fix("use_clahe", 0);
  EXPECT_TRUE(same_pixels(pipeline.run(page).gray, stretched.gray));
  EXPECT_TRUE(same_pixels(raw_pipeline().run(page).gray, page.gray));
  EXPECT_EQ(pipeline.run(page).dpi.x, 300);
}

TEST(Pipeline, AStageThatCantRunIsAnError) {
  const Pipeline pipeline = parse_pipeline("[[stage]]\nuse=\"clahe\"\n", "t");
  const Image colour{cv::Mat(5, 5, CV_8UC3, cv::Scalar(0)), {}};
  EXPECT_TRUE(contains(test::error_of(Errc::limit_reached, [&] { (void)pipeline.run(colour); }),
                       "stage clahe: "));
}

std::string colour_refusal(const std::string& stages) {
  return change_refusal([&] { (void)parse_pipeline(stages, "t"); });
}

std::string uses(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += "[[stage]]\nuse = \"" + name + "\"\n";
  return text;
}

TEST(Pipeline, ColourStagesStandWhereThereIsColour) {
  EXPECT_EQ(colour_refusal(uses({"deskew", "to_gray"})),
            "t: line 3: stage `to_gray` needs colours, which `deskew` removes; put it "
            "before that stage");
  EXPECT_TRUE(
      contains(colour_refusal(uses({"to_gray", "drop_colour"})), "which `to_gray` removes"));
  EXPECT_TRUE(contains(colour_refusal(uses({"drop_colour", "clahe", "to_gray"})),
                       "`to_gray` needs colours, which `clahe` removes"));
  EXPECT_TRUE(contains(colour_refusal("[[stage]]\none_of = [\"deskew\", \"none\"]\nas = \"a\"\n" +
                                      uses({"to_gray"})),
                       "which `deskew` removes"));
  const std::string alternatives =
      "[[stage]]\none_of = [\"to_gray\", \"clahe\", \"drop_colour\"]\nas = \"a\"\n";
  for (const std::string& text : {uses({"drop_colour", "to_gray", "deskew"}), alternatives,
                                  uses({"drop_colour"}) + alternatives + uses({"clahe"})}) {
    EXPECT_NO_THROW((void)parse_pipeline(text, "t")) << text;
  }
  EXPECT_TRUE(parse_pipeline(uses({"to_gray", "deskew"}), "t").wants_colour());
  EXPECT_FALSE(parse_pipeline(uses({"deskew", "clahe"}), "t").wants_colour());
}

TEST(WithoutIdleStages, IsWhatRuns) {
  Pipeline pipeline = parse_pipeline(
      "name = \"t\"\n[[stage]]\nuse = \"rescale\"\nfactor = 2\n[[stage]]\nuse = \"gamma\"\ngamma = "
      "0.5\n",
      "t");
  std::vector<StageUse> stages = pipeline.stages();
  stages[1].on = false;
  stages[1].switch_name = "use_gamma";
  const Pipeline running = without_idle_stages(Pipeline("t", "", stages), "other");
  EXPECT_EQ(running.name(), "other");
  ASSERT_EQ(running.stages().size(), 1U);
  EXPECT_EQ(running.stages()[0].stage->name, "rescale");
}

}  // namespace
}  // namespace ocrtune
