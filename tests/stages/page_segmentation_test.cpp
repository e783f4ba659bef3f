#include <gtest/gtest.h>

#include "ocrtune/pipeline/pipeline.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/stages/registry.h"
#include "support/images.h"

namespace ocrtune {
namespace {

Image through(const std::string& stages) {
  return parse_pipeline("name = \"p\"\n" + stages, "p").run({test::noise(20, 10, 1), {}});
}

std::string told(const std::string& mode, const std::string& name = "mode") {
  return "[[stage]]\nuse = \"page_segmentation\"\nmode = { value = \"" + mode + "\", as = \"" +
         name + "\" }\n";
}

TEST(PageSegmentation, StatesTesseractsNumberOfTheMode) {
  EXPECT_EQ(through("").told.psm, 0);
  EXPECT_EQ(through(told("given")).told.psm, 0);
  EXPECT_EQ(through(told("auto")).told.psm, 3);
  EXPECT_EQ(through(told("column")).told.psm, 4);
  EXPECT_EQ(through(told("block")).told.psm, 6);
  EXPECT_EQ(through(told("sparse")).told.psm, 11);
}

TEST(PageSegmentation, LeavesThePixels) {
  EXPECT_TRUE(test::same_pixels(through(told("sparse")).gray, test::noise(20, 10, 1)));
}

TEST(PageSegmentation, HoldsForTheStagesAfterIt) {
  const std::string larger = "[[stage]]\nuse = \"rescale\"\nfactor = 2\n";
  EXPECT_EQ(through(told("column") + larger).told.psm, 4);
  EXPECT_EQ(through(told("column") + larger + told("given", "last")).told.psm, 4);
  EXPECT_EQ(through(told("column") + larger + told("block", "last")).told.psm, 6);
}

}  // namespace
}  // namespace ocrtune
