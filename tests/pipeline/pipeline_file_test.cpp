#include "ocrtune/pipeline/pipeline_file.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ocrtune/base/text.h"
#include "ocrtune/pipeline/presets.h"
#include "pipeline/random_pipeline.h"
#include "support/errors.h"
#include "support/temp_folder.h"
#include "support/text_gen.h"

namespace ocrtune {
namespace {

using test::contains;

bool same_setting(const Setting& a, const Setting& b) {
  if (a.name != b.name || a.parameter != b.parameter || a.value != b.value) return false;
  if (a.free.has_value() != b.free.has_value()) return false;
  return a.free == b.free;
}

bool same_use(const StageUse& a, const StageUse& b) {
  return a.stage == b.stage && a.switch_name == b.switch_name && a.on == b.on &&
         a.optional == b.optional && a.slot == b.slot &&
         std::ranges::equal(a.settings, b.settings, same_setting);
}

RC_GTEST_PROP(PipelineFile, GivesBackWhatWasWritten, ()) {
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  const std::string name = quotable(*test::utf8_text(), 100);
  const std::string description = quotable(*test::utf8_text(), 900);
  const Pipeline pipeline = test::random_pipeline(name, description, random);
  const std::string text = pipeline_text(pipeline);
  const Pipeline again = parse_pipeline(text, "t");
  RC_ASSERT(pipeline_text(again) == text);
  RC_ASSERT(again.name() == name);
  RC_ASSERT(again.description() == description);
  RC_ASSERT(std::ranges::equal(again.stages(), pipeline.stages(), same_use));
  RC_ASSERT(again.slots() == pipeline.slots());
  RC_ASSERT(again.space().dimensions() == pipeline.space().dimensions());
  RC_ASSERT(ocr_settings_of(again.ocr(), 20) == ocr_settings_of(pipeline.ocr(), 20));
}

TEST(PipelineFile, ReadsEveryWayToStateASetting) {
  const Pipeline pipeline = parse_pipeline(R"(
name = "mine"
[[stage]]
use = "denoise_nlm"
h = 7.5
noise_threshold = "free"
[[stage]]
use = "clahe"
optional = true
on = false
clip = { low = 1.5, high = 1.8, as = "limit" }
tile = { initial = 9 }
[[stage]]
use = "remove_lines"
h_size = { value = 33, as = "across" }
)",
                                           "t");
  ASSERT_EQ(pipeline.stages().size(), 3U);
  const auto& nlm = pipeline.stages()[0].settings;
  EXPECT_EQ(nlm[0].value, 7.5);
  EXPECT_FALSE(nlm[0].free);
  EXPECT_EQ(nlm[1].free->low, 20);
  EXPECT_EQ(nlm[1].free->high, 500);
  EXPECT_EQ(nlm[1].value, 100);
  const StageUse& clahe = pipeline.stages()[1];
  EXPECT_TRUE(clahe.optional);
  EXPECT_FALSE(clahe.on);
  EXPECT_EQ(clahe.settings[0].name, "limit");
  EXPECT_EQ(clahe.settings[0].value, 1.8);  // the stage's own 2 lies above the range
  EXPECT_EQ(clahe.settings[1].free->high, 16);
  EXPECT_EQ(clahe.settings[1].value, 9);
  const auto& lines = pipeline.stages()[2].settings;
  EXPECT_EQ(lines[0].name, "across");
  EXPECT_EQ(lines[0].value, 33);
  EXPECT_EQ(lines[1].value, 50);
  EXPECT_EQ(lines[2].value, 2);
}

TEST(PipelineFile, ReadsAlternatives) {
  const Pipeline pipeline = parse_pipeline(R"(
[[stage]]
use = "stretch_contrast"
[[stage]]
one_of = ["clahe", "none", "denoise_nlm"]
[stage.clahe]
clip = { low = 1, high = 4, log = true }
tile = 4
[[stage]]
one_of = ["remove_lines", "none"]
initial = "none"
[[stage]]
one_of = ["inpaint_lines", "normalize_division"]
)",
                                           "t");
  ASSERT_EQ(pipeline.slots().size(), 3U);
  EXPECT_EQ(pipeline.slots()[0],
            (Slot{.name = "choice_2", .choices = {"clahe", "none", "denoise_nlm"}, .chosen = 0}));
  EXPECT_EQ(pipeline.slots()[1],
            (Slot{.name = "remove", .choices = {"remove_lines", "none"}, .chosen = 1}));
  EXPECT_EQ(pipeline.slots()[2].name, "choice_4");
  ASSERT_EQ(pipeline.stages().size(), 6U);
  const StageUse& clahe = pipeline.stages()[1];
  EXPECT_EQ(clahe.slot, "choice_2");
  EXPECT_TRUE(clahe.on);
  EXPECT_EQ(clahe.settings[0].name, "clahe_clip");
  EXPECT_TRUE(clahe.settings[0].free->log);
  EXPECT_EQ(clahe.settings[1].value, 4);
  EXPECT_FALSE(pipeline.stages()[3].on);
}

TEST(PipelineFile, AFixedAlternativeIsWrittenAsAPlainStage) {
  const Pipeline pipeline = parse_pipeline(
      "[[stage]]\none_of = [\"clahe\", \"denoise_nlm\"]\nas = \"x\"\n[stage.clahe]\nclip = "
      "\"free\"\n",
      "t");
  const std::string text = pipeline_text(pipeline.at({{{"x", 0}, {"clahe_clip", 3}}}));
  EXPECT_TRUE(contains(text, "use = \"clahe\"\nclip = { value = 3, as = \"clahe_clip\" }")) << text;
  EXPECT_FALSE(contains(text, "denoise_nlm")) << text;
}

TEST(PipelineFile, OfNothingIsAPipelineWithoutStages) {
  const Pipeline empty = parse_pipeline("", "t");
  EXPECT_EQ(empty.name(), "unnamed");
  EXPECT_TRUE(empty.stages().empty());
}

struct Bad {
  std::string text;
  int line;
  std::string fragment;
};

const std::string kNlm = "[[stage]]\nuse = \"denoise_nlm\"\n";
const std::string kLines = "[[stage]]\nuse = \"remove_lines\"\n";

const std::string kSlot = "[[stage]]\none_of = [\"clahe\", \"none\"]\n";

std::vector<Bad> bad_texts() {
  return {
      {"name = ", 1, "not TOML"},
      {"name = \"a\"\nname = \"b\"\n", 2, "not TOML"},
      {"\n\n[[stage]\n", 3, "not TOML"},
      {"name = \"x\"\n[[pipeline]]\n", 2, "this is a portfolio, and a pipeline is needed"},
      {"nme = \"x\"\n", 1, "unknown key `nme` at the top level (did you mean `name`?)"},
      {"name = \"x\"\nseed = 3\n", 2, "known: name, description, stage"},
      {"name = 3\n", 1, "`name` must be a string"},
      {"name = \"\"\"two\nlines\"\"\"\n", 1, "one line of at most 1000 bytes"},
      {"description = \"a\\u0007\"\n", 1, "`description` must be one line"},
      {"\nstage = 3\n", 2, "[[stage]]"},
      {"stage = [1]\n", 1, "[[stage]]"},
      {"[stage]\nuse = \"clahe\"\n", 1, "[[stage]]"},
      {"\n[[stage]]\n", 2, "a stage needs use = \"NAME\""},
      {"[[stage]]\nuse = 7\n", 2, "`use` needs the name of a stage"},
      {"[[stage]]\nuse = \"denoise\"\n", 2, "unknown stage `denoise`"},
      {"[[stage]]\nuse = \"clah\"\n", 2, "did you mean `clahe`?"},
      {kNlm + "hh = 3\n", 3, "unknown key `hh` in stage denoise_nlm (did you mean `h`?)"},
      {kNlm + "\nh = \"big\"\n", 4, "`h` must be a number, \"free\", or {"},
      {kNlm + "h = true\n", 3, "`h` must be a number"},
      {kNlm + "h = 1979-05-27\n", 3, "`h` must be a number"},
      {kNlm + "h = nan\n", 3, "`h` must be a number"},
      {kNlm + "h = inf\n", 3, "`h` must be a number"},
      {kNlm + "h = -1\n", 3, "h = -1: allowed: real, 0 to 100"},
      {kNlm + "h = 100.5\n", 3, "h = 100.5: allowed: real, 0 to 100"},
      {kLines + "h_size = 45.5\n", 3, "allowed: integer, 1 to 10000"},
      {"[[stage]]\nuse = \"normalize_division\"\nkernel = 150\n", 3, "allowed: odd integer"},
      {kNlm + "optional = \"yes\"\n", 3, "`optional` must be true or false"},
      {kNlm + "on = 1\n", 3, "`on` must be true or false"},
      {kNlm + "h = { low = 3 }\n", 3, "`h` needs both low and high"},
      {kNlm + "h = { high = 3 }\n", 3, "`h` needs both low and high"},
      {kNlm + "h = { low = 9, high = 3 }\n", 3, "`h`: low is above high"},
      {kNlm + "h = { low = 2, high = 101 }\n", 3, "h = 101: allowed:"},
      {kNlm + "h = { low = \"a\", high = 3 }\n", 3, "`h` must be a number"},
      {kNlm + "h = { value = 3, low = 2, high = 9 }\n", 3, "either fixed (value) or free"},
      {kNlm + "h = { value = 3, initial = 4 }\n", 3, "either fixed (value) or free"},
      {kNlm + "h = { value = 300 }\n", 3, "h = 300: allowed:"},
      {kNlm + "h = { low = 2, high = 9, initial = 10 }\n", 3, "initial lies outside"},
      {kNlm + "h = { lo = 2, high = 9 }\n", 3, "unknown key `lo` in `h` (did you mean `low`?)"},
      {kNlm + "h = { as = \"a b\" }\n", 3, "takes letters, digits and _"},
      {kNlm + "h = { as = \"\" }\n", 3, "takes letters, digits and _"},
      {kNlm + "h = { as = 5 }\n", 3, "`as` must be a string"},
      {kNlm + kNlm, 3, "two parameters have the name `h`"},
      {kNlm + "h = { as = \"noise_threshold\" }\n", 1,
       "two parameters have the name `noise_threshold`"},
      {kNlm + "h = { as = \"use_denoise_nlm\" }\n", 1,
       "two parameters have the name `use_denoise_nlm`"},
      {kNlm + "h = { low = 0, high = 3, log = true }\n", 3,
       "log needs a real or an integer above 0"},
      {kNlm + "h = { low = 1, high = 3, step = -1 }\n", 3, "step must be above 0"},
      {kNlm + "h = { step = \"x\" }\n", 3, "`step` must be a number"},
      {"[[stage]]\none_of = \"clahe\"\n", 2, "takes at least two"},
      {"[[stage]]\none_of = [\"clahe\"]\n", 2, "takes at least two"},
      {"[[stage]]\none_of = [\"clahe\", \"clahe\"]\n", 2, "`clahe` is given twice"},
      {"[[stage]]\none_of = [\"clahe\", \"clah\"]\n", 2, "did you mean `clahe`?"},
      {"[[stage]]\none_of = [\"clahe\", 3]\n", 2, "`use` needs the name of a stage"},
      {kSlot + "initial = \"nun\"\n", 3, "`initial` is not one of clahe, none"},
      {kSlot + "optional = true\n", 3, "unknown key `optional` beside one_of in `clahe`"},
      {kSlot + "none = 3\n", 3, "`none` has no parameters"},
      {kSlot + "clahe = 3\n", 3, "written in a section [stage.clahe]"},
      {kSlot + "[stage.clahe]\nclip = 3\nh = 3\n", 5, "unknown key `h` in stage clahe"},
      {kSlot + "as = \"a b\"\n", 1, "takes letters, digits and _"},
      {kSlot + kSlot, 3, "two alternatives have the name `clahe`"},
  };
}

TEST(PipelineFile, NamesTheLineOfEveryMistake) {
  for (const Bad& bad : bad_texts()) {
    SCOPED_TRACE(bad.text);
    const std::string message =
        test::error_of(Errc::pipeline_invalid, [&] { (void)parse_pipeline(bad.text, "my.toml"); });
    EXPECT_TRUE(message.starts_with(fmt::format("my.toml: line {}: ", bad.line))) << message;
    EXPECT_TRUE(contains(message, bad.fragment)) << message;
  }
}

TEST(PipelineFile, LimitsAndEncodings) {
  std::string many;
  for (int i = 0; i < 101; ++i) many += "[[stage]]\nuse = \"stretch_contrast\"\n";
  EXPECT_TRUE(
      contains(test::error_of(Errc::pipeline_invalid, [&] { (void)parse_pipeline(many, "t"); }),
               "more than 100 stages"));
  EXPECT_EQ(
      test::error_of(Errc::pipeline_invalid, [] { (void)parse_pipeline("name = \"\xff\"", "t"); }),
      "t: is not UTF-8 text");
  const test::TempFolder folder;
  const auto file = folder.write("p.toml", "name = 1");
  EXPECT_TRUE(contains(test::error_of(Errc::pipeline_invalid, [&] { (void)read_pipeline(file); }),
                       "p.toml: line 1: "));
  test::error_of(Errc::pipeline_invalid, [&] { (void)read_pipeline(folder.path() / "none.toml"); });
  folder.write("p.toml", std::string(1'000'001, ' '));
  EXPECT_TRUE(contains(test::error_of(Errc::pipeline_invalid, [&] { (void)read_pipeline(file); }),
                       "is too large"));
}

void expect_only_pipeline_errors(const std::string& text) {
  try {
    const Pipeline pipeline = parse_pipeline(text, "t");
    EXPECT_EQ(pipeline_text(parse_pipeline(pipeline_text(pipeline), "t")), pipeline_text(pipeline));
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::pipeline_invalid);
    EXPECT_EQ(std::string_view(error.what()).find('\n'), std::string_view::npos) << error.what();
  }
}

TEST(PipelineFile, RandomTextsNeverCrash) {
  EXPECT_TRUE(rc::check([] { expect_only_pipeline_errors(*test::any_bytes()); }));
  EXPECT_TRUE(rc::check([] { expect_only_pipeline_errors(*test::utf8_text()); }));
  expect_only_pipeline_errors("a = " + std::string(100'000, '['));
  expect_only_pipeline_errors("a" + std::string(100'000, '.') + "b = 1");
}

TEST(PipelineFile, MutatedTextsNeverCrash) {
  Random random(5);
  static constexpr std::string_view kBytes = "[]{}=\"'.,\n0123456789-+e#\\ \xc3\x01";
  for (const Preset& preset : all_presets()) {
    for (int i = 0; i < 600; ++i) {
      std::string text(preset.text);
      for (int edits = random.integer(1, 5); edits > 0 && !text.empty(); --edits) {
        const auto at =
            static_cast<std::size_t>(random.integer(0, static_cast<int>(text.size()) - 1));
        const auto byte =
            static_cast<std::size_t>(random.integer(0, static_cast<int>(kBytes.size()) - 1));
        switch (random.integer(0, 3)) {
          case 0:
            text[at] = kBytes[byte];
            break;
          case 1:
            text.insert(at, 1, kBytes[byte]);
            break;
          case 2:
            text.erase(at, static_cast<std::size_t>(random.integer(1, 20)));
            break;
          default:
            text.resize(at);
            break;
        }
      }
      expect_only_pipeline_errors(text);
    }
  }
}

}  // namespace
}  // namespace ocrtune
