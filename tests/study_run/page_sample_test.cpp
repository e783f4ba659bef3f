#include "ocrtune/study_run/page_sample.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <opencv2/core.hpp>
#include <set>
#include <string>

#include "ocrtune/base/error.h"
#include "support/encoded.h"
#include "support/errors.h"
#include "support/images.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {
namespace fs = std::filesystem;

using test::TempFolder;

/// Small pages: of every five, one is dark.
cv::Mat small_page(int number) {
  cv::Mat page = test::noise(24, 20, static_cast<std::uint64_t>(number) + 1);
  if (number % 5 == 0) page *= 0.25;
  return page;
}

InputFile input_at(const fs::path& path) {
  return {.path = path, .name = path.filename().string()};
}

std::vector<InputFile> files_in(const TempFolder& folder, int count) {
  std::vector<InputFile> files;
  for (int i = 0; i < count; ++i)
    files.push_back(
        input_at(folder.write(std::to_string(i) + ".png", test::encoded(small_page(i), ".png"))));
  return files;
}

workflow::SampleRequest wanting(std::size_t pages, std::uint64_t seed = 1) {
  return {.tuned = pages, .held_out = [](std::size_t) { return std::size_t{0}; }, .seed = seed};
}

struct Sampled {
  workflow::PageSample sample;
  std::vector<Problem> problems;
  std::vector<std::string> messages;

  [[nodiscard]] std::set<std::string> names() const {
    std::set<std::string> found;
    for (const InputFile& file : sample.files) found.insert(file.name);
    return found;
  }
};

Sampled sampled(const std::vector<InputFile>& files, const workflow::SampleRequest& request,
                const DecodeLimits& limits = {}) {
  Sampled result;
  Events events;
  events.say = [&](const std::string& line) { result.messages.push_back(line); };
  result.sample = workflow::sample_pages(files, request, {.limits = limits, .workers = 2}, events,
                                         result.problems);
  return result;
}

TEST(PageSample, OfASmallCollectionIsTheCollection) {
  const TempFolder folder;
  const std::vector<InputFile> files = files_in(folder, 6);
  const Sampled whole = sampled(files, wanting(6));
  EXPECT_TRUE(whole.sample.whole);
  EXPECT_EQ(whole.sample.files.size(), 6U);
  EXPECT_FALSE(whole.sample.files.front().pages.has_value());
  EXPECT_TRUE(whole.messages.empty());
}

TEST(PageSample, HasTheKindsOfPagesInTheirProportion) {
  const TempFolder folder;
  const std::vector<InputFile> files = files_in(folder, 50);
  const Sampled some = sampled(files, wanting(20));
  EXPECT_FALSE(some.sample.whole);
  EXPECT_EQ(some.sample.drawn_from, 50U);
  EXPECT_EQ(some.sample.files.size(), 20U);
  EXPECT_EQ(some.messages, std::vector<std::string>{"a stratified sample of 20 of 50 pages"});
  const auto dark = std::ranges::count_if(
      some.sample.files, [](const InputFile& file) { return std::stoi(file.name) % 5 == 0; });
  EXPECT_NEAR(static_cast<double>(dark), 4, 1);
  EXPECT_EQ(sampled(files, wanting(20)).names(), some.names());
  EXPECT_NE(sampled(files, wanting(20, 2)).names(), some.names());
}

TEST(PageSample, HasValidationPagesOfTheSameKinds) {
  const TempFolder folder;
  const std::vector<InputFile> files = files_in(folder, 50);
  workflow::SampleRequest request = wanting(20);
  request.held_out = [](std::size_t pages) { return std::min<std::size_t>(10, pages); };
  for (request.seed = 1; request.seed <= 10; ++request.seed) {
    const Sampled some = sampled(files, request);
    EXPECT_EQ(some.sample.files.size(), 30U);
    ASSERT_EQ(some.sample.held_out.size(), 10U);
    const auto dark = std::ranges::count_if(some.sample.held_out, [](const auto& page) {
      return std::stoi(fs::path(page.first).filename().string()) % 5 == 0;
    });
    EXPECT_NEAR(static_cast<double>(dark), 2, 1);
    for (const auto& [path, page] : some.sample.held_out)
      EXPECT_TRUE(some.names().contains(fs::path(path).filename().string()));
  }
}

TEST(PageSample, DoesNotDependOnNamesWhileAllFilesAreOpened) {
  const TempFolder folder;
  std::vector<InputFile> files = files_in(folder, 40);
  const auto paths = [](const Sampled& some) {
    std::set<fs::path> found;
    for (const InputFile& file : some.sample.files) found.insert(file.path);
    return found;
  };
  const auto before = paths(sampled(files, wanting(12)));
  for (InputFile& file : files) file.name = "renamed/" + file.name;
  std::ranges::reverse(files);
  EXPECT_EQ(paths(sampled(files, wanting(12))), before);
}

TEST(PageSample, OfALargeCollectionOpensOnlySomeFiles) {
  const TempFolder folder;
  std::vector<InputFile> files = files_in(folder, 40);
  // Those that are missing are problems as soon as they are opened.
  for (int i = 0; i < 360; ++i)
    files.push_back(input_at(folder.path() / ("gone" + std::to_string(i) + ".png")));
  const Sampled some = sampled(files, wanting(1));
  EXPECT_EQ(some.sample.files.size(), 1U);
  EXPECT_LT(some.problems.size(), 360U);
  ASSERT_EQ(some.messages.size(), 1U);
  EXPECT_TRUE(test::contains(some.messages.front(), "drawn from 400 files")) << some.messages[0];
}

TEST(PageSample, ChoosesPagesOfAFileWithSeveral) {
  const TempFolder folder;
  std::vector<test::TiffPage> pages;
  for (int i = 0; i < 40; ++i) pages.push_back({.pixels = small_page(i)});
  std::vector<InputFile> files{input_at(folder.write("book.tif", test::tiff_of(pages)))};
  files.push_back(files_in(folder, 1).front());
  const Sampled some = sampled(files, wanting(10));
  std::size_t chosen = 0;
  for (const InputFile& file : some.sample.files) {
    ASSERT_TRUE(file.pages.has_value());
    EXPECT_TRUE(std::ranges::is_sorted(*file.pages));
    chosen += file.pages->size();
  }
  EXPECT_EQ(chosen, 10U);
  std::vector<Problem> problems;
  const Corpus corpus = Corpus::load(some.sample.files, {}, problems);
  EXPECT_EQ(corpus.pages().size(), 10U);
  EXPECT_TRUE(problems.empty());
  for (const Page& page : corpus.pages()) {
    if (page.file.filename() == "book.tif") {
      EXPECT_EQ(page.name, "book.tif#" + std::to_string(page.index + 1));
    }
  }
}

TEST(PageSample, LeavesOutWhatCannotBeRead) {
  const TempFolder folder;
  std::vector<InputFile> files = files_in(folder, 30);
  files.push_back(input_at(folder.write("bad.png", test::bytes_of("no image"))));
  const Sampled some = sampled(files, wanting(10));
  EXPECT_EQ(some.sample.files.size(), 10U);
  ASSERT_EQ(some.problems.size(), 1U);
  EXPECT_TRUE(test::contains(some.problems.front().where, "bad.png"));
}

TEST(PageSample, KeepsPagesForTrialsIfFewCanBeRead) {
  const TempFolder folder;
  std::vector<InputFile> files = files_in(folder, 8);
  // A TIFF file is opened before its pages are found to be too large.
  for (int i = 0; i < 40; ++i)
    files.push_back(input_at(folder.write("large" + std::to_string(i) + ".tif",
                                          test::tiff_of({{.pixels = test::noise(40, 40, 1)}}))));
  workflow::SampleRequest request = wanting(20);
  request.held_out = [](std::size_t pages) { return std::min<std::size_t>(8, pages / 4); };
  const Sampled some = sampled(files, request, {.max_pixels = 1000});
  EXPECT_EQ(some.problems.size(), 40U);
  EXPECT_EQ(some.sample.files.size(), 8U);
  EXPECT_EQ(some.sample.held_out.size(), 2U);
}

TEST(PageSample, IsOfPagesWithGroundTruthIfTheseAreNeeded) {
  const TempFolder folder;
  const std::vector<InputFile> files = files_in(folder, 40);
  std::set<std::string> known;
  for (int i = 0; i < 40; i += 3) {
    folder.write(std::to_string(i) + ".gt.txt", test::bytes_of("words"));
    known.insert(std::to_string(i) + ".png");
  }
  folder.write("1.gt.xml", test::bytes_of("<PcGts>"));
  workflow::SampleRequest request = wanting(6);
  request.with_truth = true;
  const Sampled some = sampled(files, request);
  EXPECT_EQ(some.sample.drawn_from, known.size());
  EXPECT_EQ(some.sample.files.size(), 6U);
  ASSERT_EQ(some.problems.size(), 1U);
  EXPECT_TRUE(test::contains(some.problems.front().what, "1.gt.xml"));
  EXPECT_TRUE(std::ranges::includes(known, some.names()));
}

TEST(PageSample, CanBeStopped) {
  const TempFolder folder;
  const std::vector<InputFile> files = files_in(folder, 20);
  const std::atomic<bool> stop{true};
  Events events;
  events.stop = &stop;
  std::vector<Problem> problems;
  test::error_of(Errc::interrupted,
                 [&] { workflow::sample_pages(files, wanting(5), {}, events, problems); });
}

}  // namespace
}  // namespace ocrtune
