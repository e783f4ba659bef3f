#include "ocrtune/options/option.h"

#include <gtest/gtest.h>

#include <set>

#include "ocrtune/workflow/apply.h"
#include "ocrtune/workflow/clean.h"
#include "ocrtune/workflow/compare.h"
#include "ocrtune/workflow/evaluate.h"
#include "ocrtune/workflow/optimize.h"
#include "ocrtune/workflow/read.h"
#include "ocrtune/workflow/score.h"
#include "ocrtune/workflow/screen.h"
#include "ocrtune/workflow/tune.h"
#include "support/errors.h"

namespace ocrtune::workflow {
namespace {

struct Fields {
  bool flag = false;
  int whole = 6;
  std::optional<std::size_t> stated_whole;
  std::optional<double> seconds;
  std::string text = "png";
  std::vector<std::string> list;
};

Options options_of(Fields& fields) {
  return {
      {.name = "a-flag", .field = &fields.flag, .group = "", .help = "A flag"},
      {.name = "whole",
       .field = &fields.whole,
       .group = "",
       .help = "A number",
       .range = NumberRange{1, 9}},
      {.name = "stated", .field = &fields.stated_whole, .group = "", .help = "B", .usual = "all"},
      {.name = "time", .field = &fields.seconds, .group = "", .help = "C", .range = kDurationRange},
      {.name = "text", .field = &fields.text, .group = "", .help = "D", .choices = {"png", "tiff"}},
      {.name = "list",
       .field = &fields.list,
       .group = "",
       .help = "E",
       .required = true,
       .max_values = 2,
       .joined = true}};
}

std::string problem_of(Fields fields) {
  return test::error_of(Errc::invalid_argument, [&] { check(options_of(fields)); });
}

TEST(Option, SaysItsKindAndWhatItUsuallyIs) {
  Fields fields;
  const Options options = options_of(fields);
  std::vector<std::string> kinds;
  std::vector<std::string> usual;
  for (const Option& option : options) {
    kinds.emplace_back(kind_of(option));
    usual.push_back(usual_text(option));
  }
  EXPECT_EQ(kinds, (std::vector<std::string>{"flag", "whole", "whole", "real", "text", "list"}));
  EXPECT_EQ(usual, (std::vector<std::string>{"", "6", "all", "", "png", ""}));
  EXPECT_EQ(json_name(options.front()), "a_flag");
}

TEST(Option, IsStatedOnACommandLineWhereItIsntAsUsual) {
  Fields fields;
  Fields untouched;
  EXPECT_TRUE(words_of(options_of(fields), options_of(untouched)).empty());
  fields = {.flag = true,
            .whole = 7,
            .stated_whole = 0,
            .seconds = 90.25,
            .text = "tiff",
            .list = {"a", "b c"}};
  EXPECT_EQ(words_of(options_of(fields), options_of(untouched)),
            (std::vector<std::string>{"--a-flag", "--whole=7", "--stated=0", "--time=90.25",
                                      "--text=tiff", "--list=a,b c"}));
}

TEST(Option, IsChecked) {
  Fields fields{.list = {"a"}};
  EXPECT_NO_THROW(check(options_of(fields)));
  EXPECT_EQ(problem_of({.whole = 10, .list = {"a"}}), "whole: `10` is not within 1 to 9");
  EXPECT_EQ(problem_of({.seconds = 0.5, .list = {"a"}}), "time: `0.5` is not within 1 to 3600000");
  EXPECT_EQ(problem_of({.text = "tif", .list = {"a"}}),
            "text: `tif` is not one of png, tiff (did you mean `tiff`?)");
  EXPECT_EQ(problem_of({.list = {"a", "b", "c"}}), "list: at most 2 values, not 3");
  EXPECT_EQ(problem_of({}), "list is required");
}

template <typename Struct>
void expect_sound(const char* workflow) {
  Struct fields;
  std::set<std::string> names;
  for (const Option& option : options_of(fields)) {
    EXPECT_TRUE(names.insert(option.name).second) << workflow << ": " << option.name << " twice";
    EXPECT_FALSE(option.help.empty() || option.help.ends_with('.')) << workflow << option.name;
    const bool ungrouped = option.positional || option.name == "truth";
    EXPECT_EQ(option.group.empty(), ungrouped) << workflow << option.name;
    const bool number = kind_of(option) == "whole" || kind_of(option) == "real";
    EXPECT_TRUE(!number || option.range || !option.choices.empty())
        << workflow << ": " << option.name << " has no range";
  }
  for (const Option& option : options_of(fields)) {
    for (const std::string& other : option.excludes)
      EXPECT_TRUE(names.contains(other)) << option.name << " excludes " << other;
  }
}

TEST(Option, TablesOfAllWorkflowsAreSound) {
  expect_sound<TuneOptions>("tune");
  expect_sound<OptimizeOptions>("optimize");
  expect_sound<ScreenOptions>("screen");
  expect_sound<ScoreOptions>("score");
  expect_sound<ReadOptions>("read");
  expect_sound<CleanOptions>("clean");
  expect_sound<ApplyOptions>("apply");
  expect_sound<CompareOptions>("compare");
  expect_sound<EvaluateOptions>("evaluate");
}

}  // namespace
}  // namespace ocrtune::workflow
