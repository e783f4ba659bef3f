#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "ocrtune/base/files.h"
#include "ocrtune/execution/memory.h"
#include "ocrtune/options/options.h"
#include "support/errors.h"
#include "support/temp_folder.h"

namespace ocrtune::workflow {
namespace {

/// A folder in which PP-OCRv6 is looked for.
class PlanWork : public testing::Test {
 protected:
  PlanWork() { ::setenv("OCRTUNE_PPOCR", folder_.path().c_str(), 1); }
  ~PlanWork() override { ::unsetenv("OCRTUNE_PPOCR"); }

  void install() const {
    const std::filesystem::path model = folder_.path() / "models" / "small";
    make_folder(model);
    write_atomically(model / "det.onnx", "");
    write_atomically(folder_.path() / "libocrtune_openvino.so", "");
  }

  const OcrOptions ppocr_{.engine = "ppocr"};

 private:
  test::TempFolder folder_;
};

TEST_F(PlanWork, RefusesMemoryInWhichAnEngineDoesNotFit) {
  install();
  EXPECT_EQ(test::error_of(Errc::limit_reached,
                           [&] { plan_work({.jobs = 2, .memory = 300'000'000}, ppocr_); }),
            "memory 300 MB: at least 640 MB is needed with PP-OCRv6");
  EXPECT_EQ(plan_work({.jobs = 2, .memory = 640'000'000}, ppocr_).workers, 1);
  EXPECT_EQ(plan_work({.jobs = 2, .memory = 1'230'000'000}, ppocr_).workers, 2);
  EXPECT_EQ(plan_work({.jobs = 2, .memory = 300'000'000}).workers, 2);
}

TEST_F(PlanWork, CountsNoEngineThatIsNotInstalled) {
  EXPECT_EQ(plan_work({.jobs = 2, .memory = 300'000'000}, ppocr_).workers, 2);
}

}  // namespace
}  // namespace ocrtune::workflow
