#include "ocrtune/ocr/tessdata/traineddata_bytes.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "support/model_files.h"

namespace ocrtune::tessdata {
namespace {

Components some_components() {
  Components components;
  const int count = *rc::gen::inRange(0, static_cast<int>(TrainedData::kComponents));
  for (int i = 0; i < count; ++i) {
    const int place = *rc::gen::inRange(0, static_cast<int>(TrainedData::kComponents));
    components[static_cast<Component>(place)] =
        *rc::gen::nonEmpty(rc::gen::arbitrary<std::vector<std::uint8_t>>());
  }
  return components;
}

RC_GTEST_PROP(TrainedDataBytes, AreParsedToTheSameComponents, ()) {
  const Components components = some_components();
  const TrainedData data = TrainedData::parse(traineddata_bytes(components), "x");
  RC_ASSERT(components_of(data) == components);
}

TEST(TrainedDataBytes, AreThoseOfTheFile) {
  const std::vector<std::byte> file = test::tiny_model();
  EXPECT_EQ(traineddata_bytes(components_of(TrainedData::parse(file, "tiny"))), file);
}

TEST(TrainedDataBytes, HaveNoEmptyComponents) {
  const Components components = {{Component::config, {}}, {Component::version, {65}}};
  const TrainedData data = TrainedData::parse(traineddata_bytes(components), "x");
  EXPECT_FALSE(data.has(Component::config));
  EXPECT_TRUE(data.has(Component::version));
}

}  // namespace
}  // namespace ocrtune::tessdata
