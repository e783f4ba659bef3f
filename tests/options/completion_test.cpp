#include "ocrtune/options/completion.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "ocrtune/metrics/score.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/search/samplers/registry.h"
#include "ocrtune/stages/registry.h"
#include "ocrtune/workflow/optimize.h"

namespace ocrtune::workflow {
namespace {

std::vector<std::string> values(const Completer& completer, const TypedValue& typed) {
  std::vector<std::string> names;
  for (const Suggestion& one : suggestions(completer, typed).values) names.push_back(one.value);
  return names;
}

Option option_named(OptimizeOptions& options, std::string_view name) {
  const Options rows = options_of(options);
  return *std::ranges::find(rows, name, &Option::name);
}

using Texts = std::vector<std::string>;

TEST(Completion, ChoicesHaveTheDescriptionsOfTheirTable) {
  OptimizeOptions options;
  const Suggestions found = suggestions(completer_of(option_named(options, "sampler")), {});
  ASSERT_EQ(found.values.size(), all_samplers().size());
  for (std::size_t i = 0; i < found.values.size(); ++i)
    EXPECT_EQ(found.values[i], (Suggestion{all_samplers()[i].name, all_samplers()[i].summary}));
  EXPECT_FALSE(found.goes_on);
  EXPECT_EQ(found.files, SuggestedFiles::none);
}

TEST(Completion, TheWordsOfAListAreGivenOnce) {
  OptimizeOptions options;
  const Completer objectives = completer_of(option_named(options, "objective"));
  EXPECT_EQ(values(objectives, {.text = ""}), score_names());
  EXPECT_EQ(values(objectives, {.text = "cer,w"}), (Texts{"cer,wer", "cer,words"}));
  EXPECT_EQ(values(objectives, {.text = "wer,w"}), (Texts{"wer,words"}));
  EXPECT_TRUE(suggestions(objectives, {}).goes_on);
}

TEST(Completion, LanguagesAreThoseInTheFolder) {
  const Completer languages{.kind = Completion::language};
  Texts installed = installed_languages(tessdata_folder(""));
  std::erase(installed, "osd");
  installed.insert(installed.begin(), "auto");
  EXPECT_EQ(values(languages, {.text = ""}), installed);
  EXPECT_EQ(values(languages, {.text = "fra+en"}), (Texts{"fra+eng"}));
  EXPECT_EQ(values(languages, {.text = "", .tessdata = "/nowhere"}), Texts{"auto"});
  EXPECT_EQ(values(languages, {.text = "fra+a", .tessdata = "/nowhere"}), Texts{});
}

TEST(Completion, ParametersAreThoseOfThePipeline) {
  const Completer set{.kind = Completion::parameter_value};
  EXPECT_EQ(values(set, {.text = "bin_c", .pipeline = "standard"}), (Texts{"bin_c="}));
  EXPECT_TRUE(suggestions(set, {.text = "bin_c", .pipeline = "standard"}).goes_on);
  EXPECT_EQ(values(set, {.text = "bin_c=", .pipeline = "standard"}).size(), 1U);
  EXPECT_EQ(values(set, {.text = "use_remove_lines=", .pipeline = "standard"}),
            (Texts{"use_remove_lines=on", "use_remove_lines=off"}));
  EXPECT_EQ(values(set, {.text = "thresh", .pipeline = "raw"}), (Texts{"thresholding="}));
  EXPECT_EQ(values(set, {.text = "bin_c", .pipeline = "raw"}), Texts{});
  EXPECT_EQ(values(set, {.text = "bin_c", .pipeline = "no such file.toml"}), Texts{});
  EXPECT_EQ(values(set, {.text = "nothing=", .pipeline = "standard"}), Texts{});
  const Completer free{.kind = Completion::parameter_range};
  EXPECT_EQ(values(free, {.text = "bin_c", .pipeline = "standard"}), (Texts{"bin_c=", "bin_c"}));
  EXPECT_EQ(values(free, {.text = "bin_c=", .pipeline = "standard"}).size(), 1U);
}

TEST(Completion, FilesHaveTheSuffixesOfTheirKind) {
  const Suggestions pipelines = suggestions({.kind = Completion::pipeline}, {.text = "st"});
  EXPECT_EQ(pipelines.files, SuggestedFiles::files);
  EXPECT_EQ(pipelines.suffixes, (Texts{".toml"}));
  ASSERT_EQ(pipelines.values.size(), 1U);
  EXPECT_EQ(pipelines.values.front().value, "standard");
  EXPECT_FALSE(pipelines.values.front().description.empty());
  EXPECT_EQ(suggestions({.kind = Completion::folder}, {}).files, SuggestedFiles::folders);
  EXPECT_EQ(suggestions({.kind = Completion::study}, {}).suffixes, (Texts{".db"}));
  OptimizeOptions options;
  EXPECT_EQ(suggestions(completer_of(option_named(options, "output")), {}).suffixes,
            (Texts{".toml"}));
}

TEST(Completion, StagesAndConstraintsAreThoseOfTheTables) {
  EXPECT_EQ(values({.kind = Completion::stage}, {}).size(), all_stages().size() + 1);
  EXPECT_EQ(values({.kind = Completion::constraint}, {.text = "wor"}), (Texts{"words>="}));
  EXPECT_EQ(values({.kind = Completion::constraint}, {.text = "loss(ce"}), (Texts{"loss(cer)<="}));
}

TEST(Completion, DevicesAreListedOnceTheirKindIsTyped) {
  const Texts kinds = values({.kind = Completion::device}, {.text = ""});
  EXPECT_EQ(kinds.front(), "cpu");
  EXPECT_NE(std::ranges::find(kinds, "auto"), kinds.end());
  EXPECT_TRUE(std::ranges::none_of(
      kinds, [](const std::string& one) { return one.find(':') != std::string::npos; }));
  for (const std::string& one : values({.kind = Completion::device}, {.text = "opencl:"}))
    EXPECT_TRUE(one.starts_with("opencl:")) << one;
}

TEST(Completion, AServerThatIsNotThereGivesNothing) {
  EXPECT_EQ(values({.kind = Completion::study}, {.text = "postgresql://localhost:1/ocr/"}),
            Texts{});
  EXPECT_EQ(values({.kind = Completion::study}, {.text = "postgresql://"}), Texts{});
}

// What completes a value is stated for every text that has no choices, or it is known to be free.
TEST(Completion, EveryTextOptionStatesItsKind) {
  OptimizeOptions options;
  for (const Option& option : options_of(options)) {
    const std::string_view kind = kind_of(option);
    if ((kind != "text" && kind != "list") || option.notation != Notation::plain) continue;
    if (option.name == "pages") continue;  // numbers
    EXPECT_TRUE(!option.choices.empty() || option.completion != Completion::choices) << option.name;
  }
}

}  // namespace
}  // namespace ocrtune::workflow
