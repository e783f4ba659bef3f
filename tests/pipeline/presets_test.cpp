#include "ocrtune/pipeline/presets.h"

#include <gtest/gtest.h>

#include <map>

#include "ocrtune/pipeline/pipeline_file.h"
#include "support/errors.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {

struct Expected {
  ParameterType type;
  double low;
  double high;
  double initial;
};

constexpr ParameterType kReal = ParameterType::real;
constexpr ParameterType kInteger = ParameterType::integer;
constexpr ParameterType kOdd = ParameterType::odd;

void expect_space(const char* preset,
                  const std::vector<std::pair<std::string, Expected>>& expected) {
  const Space space = load_pipeline(preset).space();
  ASSERT_EQ(space.size(), expected.size()) << preset;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const Dimension& dimension = space.dimensions()[i];
    const auto& [name, values] = expected[i];
    SCOPED_TRACE(name);
    EXPECT_EQ(dimension.name, name);
    EXPECT_EQ(dimension.type, values.type);
    EXPECT_EQ(dimension.low, values.low);
    EXPECT_EQ(dimension.high, values.high);
    EXPECT_EQ(dimension.initial, values.initial);
    EXPECT_EQ(dimension.active_if, "");
  }
}

TEST(Presets, StandardIsAsDocumented) {
  expect_space("standard", {{"line_h_size", {kInteger, 30, 70, 45}},
                            {"line_v_size", {kInteger, 40, 120, 50}},
                            {"norm_kernel", {kOdd, 81, 201, 151}},
                            {"denoise_h", {kReal, 2, 20, 9}},
                            {"noise_threshold", {kReal, 20, 500, 100}},
                            {"bin_block_size", {kOdd, 61, 201, 121}},
                            {"bin_c", {kReal, 10, 25, 15}}});
  const Pipeline standard = load_pipeline("standard");
  EXPECT_EQ(standard.stages()[0].settings[2].name, "dilate_iter");
  EXPECT_EQ(standard.stages()[0].settings[2].value, 2);
}

TEST(Presets, BlurClaheIsAsDocumented) {
  expect_space("blur_clahe", {{"inp_line_h", {kInteger, 20, 100, 40}},
                              {"inp_line_v", {kInteger, 20, 100, 40}},
                              {"denoise_h", {kReal, 5, 20, 12}},
                              {"bg_dilate", {kOdd, 3, 31, 7}},
                              {"bg_blur", {kOdd, 11, 103, 21}},
                              {"clahe_clip", {kReal, 1, 5, 2}},
                              {"clahe_tile", {kInteger, 4, 16, 8}}});
}

TEST(Presets, RawIsFirstAndDoesNothing) {
  ASSERT_GE(all_presets().size(), 3U);
  EXPECT_EQ(all_presets().front().name, "raw");
  EXPECT_TRUE(raw_pipeline().stages().empty());
}

TEST(Presets, BearTheirNameAndADescription) {
  for (const Preset& preset : all_presets()) {
    const Pipeline pipeline = load_pipeline(std::string(preset.name));
    EXPECT_EQ(pipeline.name(), preset.name);
    EXPECT_TRUE(pipeline.description().ends_with('.')) << preset.name;
    EXPECT_EQ(pipeline_text(parse_pipeline(pipeline_text(pipeline), "t")), pipeline_text(pipeline));
  }
}

TEST(Presets, FilesAreLoadedByPath) {
  const test::TempFolder folder;
  const auto file = folder.write("mine.toml", "name = \"mine\"\n");
  EXPECT_EQ(load_pipeline(file.string()).name(), "mine");
  const std::string message =
      test::error_of(Errc::pipeline_invalid, [] { (void)load_pipeline("standart"); });
  EXPECT_TRUE(test::contains(message, "(did you mean `standard`?); presets: raw, ")) << message;
}

}  // namespace
}  // namespace ocrtune
