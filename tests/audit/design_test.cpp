#include "ocrtune/audit/design.h"

#include <gtest/gtest.h>

#include "ocrtune/pipeline/presets.h"

namespace ocrtune {
namespace {

TEST(AuditDesign, ParametersAreTheFreeOnesOfThePresets) {
  for (const AuditPipeline& pipeline : audit_pipelines()) {
    const Space space = load_pipeline(std::string(pipeline.preset)).space();
    ASSERT_EQ(space.size(), pipeline.parameters.size());
    for (std::size_t i = 0; i < space.size(); ++i) {
      const AuditParameter& parameter = pipeline.parameters[i];
      EXPECT_EQ(space.dimensions()[i].name, parameter.name);
      EXPECT_EQ(space.dimensions()[i].type == ParameterType::odd, parameter.kernel)
          << parameter.name;
    }
  }
}

TEST(AuditDesign, PipelinesAreFoundByThePreset) {
  ASSERT_NE(find_audit_pipeline("blur_clahe"), nullptr);
  EXPECT_EQ(find_audit_pipeline("blur_clahe")->title, "Haute Fidélité (Blur+CLAHE)");
  EXPECT_EQ(find_audit_pipeline("auto"), nullptr);
}

TEST(AuditDesign, ScoresAreFoundByTheirColumns) {
  EXPECT_EQ(audit_score_named("score_nettete"), Score::sharpness);
  EXPECT_EQ(audit_score_named("nettete"), Score::sharpness);
  EXPECT_EQ(audit_score_named("score_contraste"), Score::contrast);
  EXPECT_EQ(audit_score_named("score_sharpness"), std::nullopt);
  EXPECT_EQ(audit_score_named("score_"), std::nullopt);
  EXPECT_EQ(audit_score_named(""), std::nullopt);
  EXPECT_TRUE(is_audit_delta("tesseract_delta"));
  EXPECT_TRUE(is_audit_delta("score_tesseract_delta"));
  EXPECT_FALSE(is_audit_delta("score_tesseract"));
}

TEST(AuditDesign, TheConfigurationStandsBesideTheResults) {
  EXPECT_EQ(audit_configuration_name("a/results.csv"), "a/results_config.csv");
}

}  // namespace
}  // namespace ocrtune
