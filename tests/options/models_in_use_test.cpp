#include "ocrtune/options/models_in_use.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "ocrtune/base/error.h"
#include "support/temp_folder.h"

namespace ocrtune::workflow {
namespace {

Portfolio with_models(const std::filesystem::path& folder) {
  return parse_portfolio("name = \"p\"\n[[pipeline]]\nname = \"raw\"\n[[pipeline]]\ntessdata = \"" +
                             folder.string() + "\"\nname = \"trained\"\n",
                         "p");
}

TEST(ModelsInUse, AreUsedForTheLanguagesThatTheyHave) {
  const test::TempFolder folder;
  std::ofstream(folder.path() / "fra.traineddata") << "model";
  const Portfolio portfolio = with_models(folder.path());
  EXPECT_EQ(model_folders(portfolio), std::set<std::string>{folder.path().string()});
  std::vector<std::string> said;
  Events events;
  events.warn = [&](const std::string& line) { said.push_back(line); };
  const Portfolio both = with_models_there(portfolio, {"eng", "fra"}, events);
  EXPECT_EQ(both.use_of(both.pipelines[1]).languages, std::set<std::string>{"fra"});
  EXPECT_EQ(said.size(), 1U);
  const Portfolio one = with_models_there(portfolio, {"fra"}, events);
  EXPECT_EQ(one.uses, portfolio.uses);
  EXPECT_TRUE(model_folders(both, "eng").empty());
  EXPECT_EQ(model_folders(both, "fra").size(), 1U);
  EXPECT_THROW((void)with_models_there(portfolio, {"eng"}, events), Error)
      << "what was tuned for these models is worse without them than untuned";
}

TEST(ModelsInUse, AnEngineNeedsItsOwn) {
  const test::TempFolder folder;
  std::ofstream(folder.path() / "fra.traineddata") << "model";
  Portfolio portfolio = with_models(folder.path());
  portfolio.uses["trained"].engine = "ppocr";
  EXPECT_THROW((void)with_models_there(portfolio, {"fra"}, {}), Error);
  std::filesystem::create_directories(folder.path() / "ppocr/fra");
  std::ofstream(folder.path() / "ppocr/fra/rec.onnx") << "model";
  EXPECT_EQ(with_models_there(portfolio, {"fra"}, {}).uses, portfolio.uses);
}

}  // namespace
}  // namespace ocrtune::workflow
