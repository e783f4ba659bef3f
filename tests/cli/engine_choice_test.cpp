// Which engine reads, and what is said of it.

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>

#include "command_run.h"
#include "support/sanitized.h"
#include "support/temp_folder.h"

namespace ocrtune::cli::test {
namespace {

using Arguments = std::vector<std::string>;

/// What only stock Tesseract reads.
const Arguments kForTesseract[] = {{"--oem", "3"}, {"--oem", "3", "--lang", "eng+fra"}};
const Arguments kUnstatedOrAuto[] = {{}, {"--engine", "auto"}};

Arguments with(Arguments first, const Arguments& second, const Arguments& third = {}) {
  first.insert(first.end(), second.begin(), second.end());
  first.insert(first.end(), third.begin(), third.end());
  return first;
}

TEST(EngineChoice, UnlessStatedAutoChooses) {
  const std::pair<Arguments, std::string> expected[] = {
      {{}, "lstm"}, {{"--lang", "eng+fra"}, "lstm"}, {kForTesseract[1], "tesseract"}};
  for (const auto& [options, engine] : expected) {
    const Arguments read = with({"read", receipt(), "--json"}, options);
    const std::string unstated = output_of(read);
    EXPECT_EQ(nlohmann::json::parse(unstated)[0]["engine"], engine);
    EXPECT_EQ(output_of(with(read, {"--engine", "auto"})), unstated);
    EXPECT_EQ(output_of(with(read, {"--engine", engine})), unstated);
  }
}

TEST(EngineChoice, OutputTellsTheEngine) {
  for (const std::string engine : {"lstm", "tesseract"}) {
    const auto read =
        nlohmann::json::parse(output_of({"read", receipt(), "--engine", engine, "--json"}));
    EXPECT_EQ(read[0]["engine"], engine);
    const auto scored = nlohmann::json::parse(
        output_of({"score", receipt(), "--set", "denoise_h=0", "--engine", engine, "--json"}));
    EXPECT_EQ(scored.size(), 2U);
    for (const auto& point : scored) EXPECT_EQ(point["engine"], engine);
  }
}

TEST(EngineChoice, OurOwnOrAnError) {
  for (const Arguments& options : kForTesseract) {
    for (const char* command : {"read", "score"}) {
      const CommandRun done = run(with({command, receipt()}, options, {"--engine", "lstm"}));
      EXPECT_EQ(done.status, 3) << done.err;
      EXPECT_EQ(done.out, "");
    }
  }
}

TEST(EngineChoice, TesseractForWhatOursNeverReadsIsNoNews) {
  for (const Arguments& options : kForTesseract) {
    for (const Arguments& stated : kUnstatedOrAuto) {
      const Arguments read = with({"read", receipt()}, options, stated);
      EXPECT_EQ(run(read).err.find("stock"), std::string::npos);
      EXPECT_NE(run(with(read, {"--verbose"})).err.find("OCR engine Tesseract: "),
                std::string::npos);
    }
    // Sanitizers report on standard error, and libraries write there too then.
    if (!ocrtune::test::is_sanitized()) {
      EXPECT_EQ(run(with({"read", receipt(), "--quiet"}, options)).err, "");
    }
  }
}

TEST(EngineChoice, OneLineSaysItForAllLanguages) {
  const ocrtune::test::TempFolder folder;
  const auto manifest =
      folder.write("manifest.csv", "file;lang\n" + receipt() + ";eng\n" + receipt() + ";fra+eng\n");
  const std::string said = run({"read", manifest.string(), "--oem", "3", "--verbose"}).err;
  EXPECT_EQ(said.find("OCR engine"), said.rfind("OCR engine")) << said;
  EXPECT_TRUE(std::regex_search(
      said, std::regex("OCR engine Tesseract: eng \\([^)]+\\), fra\\+eng \\([^)]+\\)\\n")))
      << said;
}

}  // namespace
}  // namespace ocrtune::cli::test
