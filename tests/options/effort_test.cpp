#include "ocrtune/options/effort.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace ocrtune::workflow {
namespace {

const char* const kMine = R"(
name = "mine"
[[pipeline]]
name = "clean"
[[pipeline.stage]]
use = "rescale"
factor = 3
[[pipeline]]
name = "page"
engine = "none_such"
)";

std::vector<std::string> names_of(const Portfolio& portfolio) {
  std::vector<std::string> names;
  for (const Pipeline& pipeline : portfolio.pipelines) names.push_back(pipeline.name());
  return names;
}

TEST(WithUsableEngines, KeepsItsOwnPipelinesBeforeThoseOfDocuments) {
  std::vector<std::string> said;
  Events events;
  events.say = [&](const std::string& line) { said.push_back(line); };
  const Portfolio mine =
      with_usable_engines(parse_portfolio(kMine, "mine"), {"eng", "fra"}, {}, events);
  EXPECT_EQ(names_of(mine),
            (std::vector<std::string>{"clean", "raw", "smooth", "plain", "turned"}));
  EXPECT_EQ(mine.pipelines.front().stages().size(), 1U) << "its own `clean`";
  EXPECT_TRUE(mine.uses.empty());
  EXPECT_EQ(said.size(), 1U);
}

TEST(WithUsableEngines, WithoutOtherEnginesAPortfolioIsAsItWas) {
  Portfolio raw = parse_portfolio("name = \"one\"\n[[pipeline]]\nname = \"raw\"\n", "one");
  EXPECT_EQ(names_of(with_usable_engines(raw, {"eng"}, {}, {})), std::vector<std::string>{"raw"});
}

}  // namespace
}  // namespace ocrtune::workflow
