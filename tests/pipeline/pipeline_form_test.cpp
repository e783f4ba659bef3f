#include "ocrtune/pipeline/pipeline_form.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>

#include "ocrtune/base/error.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/pipeline/presets.h"
#include "pipeline/random_pipeline.h"

namespace ocrtune {
namespace {

using nlohmann::json;

/// As it comes over the network.
json sent(const json& value) { return json::parse(value.dump()); }

TEST(PipelineForm, EveryPresetComesBackExactly) {
  for (const Preset& preset : all_presets()) {
    const Pipeline pipeline = parse_pipeline(preset.text, preset.name);
    const json form = pipeline_form(pipeline);
    const Pipeline back = parse_pipeline_form(sent(form), "pipeline");
    EXPECT_EQ(pipeline_text(back), pipeline_text(pipeline)) << preset.name;
    EXPECT_EQ(pipeline_form(back), form) << preset.name;
  }
}

RC_GTEST_PROP(PipelineForm, AnyPipelineComesBackExactly, (std::uint64_t seed)) {
  Random random(seed);
  const Pipeline pipeline = test::random_pipeline("p", "what it is for", random);
  const json form = pipeline_form(pipeline);
  const Pipeline back = parse_pipeline_form(sent(form), "pipeline");
  RC_ASSERT(pipeline_text(back) == pipeline_text(pipeline));
  RC_ASSERT(pipeline_form(back) == form);
}

/// Puts something else into a random place of a JSON value.
void damage(json& value, Random& random) {
  if (value.is_structured() && !value.empty() && random.chance(0.8)) {
    auto place = value.begin();
    std::advance(place, random.integer(0, static_cast<int>(value.size()) - 1));
    if (random.chance(0.1)) {
      value.erase(place);
    } else {
      damage(*place, random);
    }
    return;
  }
  const std::vector<json> others{nullptr,
                                 true,
                                 -1,
                                 1e300,
                                 "",
                                 "none",
                                 json::array(),
                                 json::object(),
                                 "use_x",
                                 3,
                                 std::string(2000, 'x')};
  value = others[static_cast<std::size_t>(random.integer(0, static_cast<int>(others.size()) - 1))];
}

RC_GTEST_PROP(PipelineForm, DamagedOnesAreRefusedInOneLine, (std::uint64_t seed)) {
  Random random(seed);
  json form = pipeline_form(test::random_pipeline("p", "d", random));
  for (int i = random.integer(1, 3); i > 0; --i) damage(form, random);
  try {
    const Pipeline pipeline = parse_pipeline_form(form, "pipeline");
    RC_ASSERT(pipeline_text(parse_pipeline_form(pipeline_form(pipeline), "pipeline")) ==
              pipeline_text(pipeline));
  } catch (const Error& error) {
    RC_ASSERT(error.code() == Errc::invalid_argument || error.code() == Errc::pipeline_invalid);
    RC_ASSERT(std::string(error.what()).find('\n') == std::string::npos);
  }
}

std::string complaint(const json& form) {
  try {
    (void)parse_pipeline_form(form, "pipeline");
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(PipelineForm, MessagesNameTheField) {
  json form = pipeline_form(load_pipeline("standard"));
  form["uses"][1]["settings"][0]["value"] = "many";
  EXPECT_NE(complaint(form).find("pipeline.uses[1].settings[0].value"), std::string::npos);
  form = pipeline_form(load_pipeline("standard"));
  form["uses"][2]["stage"] = "denoise_nml";
  EXPECT_NE(complaint(form).find("pipeline.uses[2].stage"), std::string::npos);
  form = pipeline_form(load_pipeline("standard"));
  form["uses"][0]["extra"] = 1;
  EXPECT_NE(complaint(form).find("extra"), std::string::npos);
  form = pipeline_form(load_pipeline("standard"));
  form["uses"][0]["slot"] = "nowhere";
  EXPECT_NE(complaint(form).find("nowhere"), std::string::npos);
}

TEST(PipelineForm, SaysHowPagesAreRead) {
  const Pipeline pipeline = parse_pipeline("[ocr]\ndpi = 300\ninvert = \"free\"\n", "t");
  json form = pipeline_form(pipeline);
  EXPECT_EQ(form["ocr"][0], (json{{"name", "dpi"},
                                  {"parameter", "dpi"},
                                  {"value", 300.0},
                                  {"free", nullptr},
                                  {"choices", json::array()},
                                  {"switch_name", "use_dpi"},
                                  {"on", true},
                                  {"optional", false}}));
  EXPECT_EQ(form["ocr"][1]["choices"], (json{"given", "on", "off"}));
  json twice = form;
  twice["ocr"][1] = twice["ocr"][0];
  EXPECT_NE(complaint(twice).find("`pipeline.ocr`: has a parameter twice"), std::string::npos);
  json unknown = form;
  unknown["ocr"][0]["parameter"] = "psm";
  EXPECT_NE(complaint(unknown).find("`pipeline.ocr[0].parameter`: [ocr] has no parameter `psm`"),
            std::string::npos);
  form.erase("ocr");
  EXPECT_TRUE(parse_pipeline_form(form, "pipeline").ocr().empty());
}

}  // namespace
}  // namespace ocrtune
