// Names of devices that are none or are not here.

#include <gtest/gtest.h>

#include <algorithm>

#include "command_run.h"

namespace ocrtune::cli::test {
namespace {

constexpr const char* kOptions[] = {"--device", "--ocr-device"};

TEST(DeviceNames, AreRefusedInOneLine) {
  for (const std::string option : kOptions) {
    for (const char* name : {"gpu", "opencl:x", "opencl:", "opencl:-1", "openclx", "cuda:1e3", "",
                             "cpu,opencl", "opencl,opencl", "auto,cpu"}) {
      const CommandRun done = run({"score", receipt(), option, name});
      EXPECT_EQ(done.status, 1) << name << ": " << done.err;
      EXPECT_NE(done.err.find(option + ": "), std::string::npos) << done.err;
      EXPECT_EQ(std::ranges::count(done.err, '\n'), 1) << done.err;
    }
  }
}

TEST(DeviceNames, OfWhatIsNotHereAreNamed) {
  EXPECT_EQ(
      run({"clean", receipt(), "--pipeline", "standard", "-o", "/nowhere", "--device", "opencl:99"})
          .status,
      3);
  for (const std::string option : kOptions) {
    for (const std::string name : {"opencl:99", "cuda:99"}) {
      const CommandRun done = run({"score", receipt(), option, name});
      EXPECT_EQ(done.status, 3) << done.err;
      EXPECT_NE(done.err.find(option + " " + name), std::string::npos) << done.err;
    }
  }
}

}  // namespace
}  // namespace ocrtune::cli::test
