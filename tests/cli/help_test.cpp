// --help, --version, the man page and lists, in both languages.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <CLI/App.hpp>
#include <algorithm>
#include <atomic>
#include <regex>
#include <string>
#include <utility>
#include <vector>

#include "command_run.h"
#include "english_lines.h"
#include "ocrtune/base/text.h"
#include "ocrtune/cli/context.h"

namespace ocrtune::cli::test {
namespace {

/// The commands that users see.
std::vector<std::string> commands() {
  const std::atomic<bool> stop{false};
  Context context{.talk = {}, .stop = stop, .command = {}};
  const auto app = make_app(context);
  std::vector<std::string> names;
  for (const CLI::App* command : std::as_const(*app).get_subcommands(
           [](const CLI::App* one) { return !one->get_group().empty(); }))
    names.push_back(command->get_name());
  return names;
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(Help, EveryCommandHasExamplesAndJson) {
  EXPECT_GT(commands().size(), 15U);
  for (const std::string& command : commands()) {
    const std::string help = output_of({command, "--help"});
    EXPECT_TRUE(contains(help, "  ocrtune " + command) || contains(help, "ocrtune completion"))
        << help;
    EXPECT_TRUE(contains(help, "--json")) << help;
  }
}

TEST(Help, IsFrenchForFrenchUsers) {
  std::vector<std::vector<std::string>> of{{"--help"}};
  for (const std::string& command : commands()) of.push_back({command, "--help"});
  for (const auto& arguments : of) {
    const std::string help = output_of(arguments, Language::french);
    EXPECT_EQ(english_lines(help), std::vector<std::string>{}) << arguments.front();
    EXPECT_NE(help, output_of(arguments)) << arguments.front();
  }
}

TEST(Help, ListsAreFrenchForFrenchUsers) {
  for (const char* command : {"stages", "samplers", "presets"})
    EXPECT_EQ(english_lines(output_of({command}, Language::french)), std::vector<std::string>{})
        << command;
}

TEST(Help, EnglishWordsAreFound) {
  EXPECT_EQ(english_lines("page illisible\nthe page\nvoir `all the pages`\n  ocrtune read all"),
            std::vector<std::string>{"the page"});
}

TEST(Help, ManPageAndCompletionKnowEveryCommand) {
  const std::string man = output_of({"man"});
  const std::string completed = output_of({"complete", "--", ""});
  for (const std::string& command : commands()) {
    EXPECT_TRUE(contains(man, fmt::format(".SS \"ocrtune {}\"", command))) << command;
    EXPECT_TRUE(contains("\n" + completed, fmt::format("\n{}\t", command))) << command;
  }
}

TEST(Help, CompletionKnowsTheObjectivesOfTheHelp) {
  std::vector<std::string> completed;
  for (const std::string& line :
       split(output_of({"complete", "--", "tune", "--objective", ""}), '\n'))
    if (!line.empty()) completed.push_back(line.substr(0, line.find('\t')));
  const std::string help = output_of({"tune", "--help"});
  std::smatch listed;
  ASSERT_TRUE(std::regex_search(help, listed, std::regex("--objective TEXT \\(\\{(.*?)\\}\\)")));
  EXPECT_EQ(completed, split(listed.str(1), ','));
  EXPECT_NE(std::ranges::find(completed, "reference_quality"), completed.end());
}

TEST(Help, TheTimeLimitOfTuneFollowsWhatEveryCommandHas) {
  const std::string help = output_of({"tune", "--help"});
  const std::regex option("\n +(?:-\\w,)?(--[\\w-]+)");
  std::vector<std::string> names;
  for (auto one = std::sregex_iterator(help.begin(), help.end(), option);
       one != std::sregex_iterator(); ++one)
    names.push_back(one->str(1));
  ASSERT_GT(names.size(), 20U) << help;
  names.resize(5);
  EXPECT_EQ(names,
            (std::vector<std::string>{"--help", "--json", "--quiet", "--verbose", "--budget"}));
}

TEST(Help, EnginesAreChosenWherePagesAreRead) {
  for (const char* command : {"read", "score", "screen", "optimize", "tune"})
    EXPECT_TRUE(std::regex_search(output_of({command, "--help"}),
                                  std::regex("--engine TEXT[^\\n]*\\n?[^-]*auto")))
        << command;
  for (const char* command : {"clean", "show", "export"})
    EXPECT_FALSE(contains(output_of({command, "--help"}), "--engine")) << command;
}

TEST(Help, Version) {
  EXPECT_TRUE(
      std::regex_match(output_of({"--version"}), std::regex("ocrtune \\d+\\.\\d+\\.\\d+\\n")));
}

}  // namespace
}  // namespace ocrtune::cli::test
