#include "ocrtune/workflow/output_names.h"

#include <gtest/gtest.h>

#include <opencv2/core.hpp>

#include "ocrtune/corpus/page_output.h"
#include "support/errors.h"

namespace ocrtune::workflow {
namespace {
namespace fs = std::filesystem;

Corpus corpus_of(const std::vector<std::string>& names) {
  std::vector<InputFile> files;
  files.reserve(names.size());
  for (const std::string& name : names) {
    files.push_back(
        {.path = {},
         .name = name,
         .lang = {},
         .truth = std::nullopt,
         .labels = {},
         .image = std::make_shared<const Image>(Image{.gray = cv::Mat(8, 8, CV_8UC1, 255)})});
  }
  std::vector<Problem> none;
  return Corpus::load(files, {}, none);
}

std::vector<std::string> names_of(const Corpus& corpus) {
  std::vector<std::string> names;
  for (const Page& page : corpus.pages()) names.push_back(page.name);
  return names;
}

OutputNames names_in(const fs::path& folder) {
  return {folder, [folder](const Page& page) {
            return PageOutputs{.of_page = {output_path(folder, page, ".txt")}, .of_file = {}};
          }};
}

TEST(OutputNames, LeavesOutPagesWithAWarningEach) {
  const std::string longest(251, 'a');
  LoadedPages loaded{.corpus = corpus_of({"a.png", longest + "a.b", "c/" + longest + ".png"}),
                     .left_out = 1};
  std::vector<std::string> warnings;
  Events events;
  events.warn = [&](const std::string& line) { warnings.push_back(line); };
  names_in("/tmp/none").leave_out(loaded, events);
  EXPECT_EQ(names_of(loaded.corpus), (std::vector<std::string>{"a.png", "c/" + longest + ".png"}));
  EXPECT_EQ(loaded.left_out, 2U);
  EXPECT_EQ(warnings,
            (std::vector<std::string>{longest + "a.b: a name in the output would have 256 bytes, "
                                                "the file system allows 255"}));
}

TEST(OutputNames, NeedAPage) {
  LoadedPages loaded{.corpus = corpus_of({std::string(300, 'a')}), .left_out = 0};
  EXPECT_EQ(
      test::error_of(Errc::input_unreadable, [&] { names_in("").leave_out(loaded, Events()); }),
      "no page could be read; nothing was done");
}

TEST(OutputNames, NeedAFolderWithAShortName) {
  const std::string why =
      test::error_of(Errc::output_unwritable, [&] { names_in("/" + std::string(256, 'a')); });
  EXPECT_TRUE(test::contains(why, "the folder cannot be created: a name in the output"));
}

}  // namespace
}  // namespace ocrtune::workflow
