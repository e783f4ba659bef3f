#include "ocrtune/corpus/corpus.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "support/encoded.h"
#include "support/errors.h"
#include "support/images.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {
namespace fs = std::filesystem;

using test::contains;
using test::encoded;
using test::noise;
using test::same_pixels;
using test::TempFolder;

struct Loaded {
  Corpus corpus;
  std::vector<Problem> problems;
  std::vector<std::string> names;
};

Loaded load(const std::vector<InputFile>& files, const CorpusOptions& options = {}) {
  Loaded loaded;
  loaded.corpus = Corpus::load(files, options, loaded.problems);
  for (const Page& page : loaded.corpus.pages()) loaded.names.push_back(page.name);
  return loaded;
}

InputFile input(const fs::path& path) { return {.path = path, .name = path.filename().string()}; }

test::Bytes three_pages() {
  return test::tiff_of(
      {{.pixels = noise(9, 7, 1)}, {.pixels = noise(8, 6, 2)}, {.pixels = noise(7, 5, 3)}});
}

TEST(Corpus, KnowsItsPages) {
  const TempFolder folder;
  const cv::Mat gray = noise(9, 7, 1);
  const auto file = folder.write("a.png", encoded(gray, ".png"));
  folder.write("a.gt.txt", "\xEF\xBB\xBFwritten\n");
  const Loaded loaded = load({{.path = file, .name = "a.png", .labels = {{"year", "1901"}}}});
  ASSERT_EQ(loaded.names, std::vector<std::string>{"a.png"});
  const Page& page = loaded.corpus.pages()[0];
  EXPECT_EQ(page.width, 9);
  EXPECT_EQ(page.height, 7);
  EXPECT_EQ(page.lang, "eng");
  EXPECT_EQ(page.truth, "written\n");
  EXPECT_EQ(page.labels, (Labels{{"year", "1901"}}));
  EXPECT_TRUE(same_pixels(loaded.corpus.image(0).gray, gray));
}

TEST(Corpus, PagesOfOneFileAreNumbered) {
  const TempFolder folder;
  const auto file = folder.write("x.tif", three_pages());
  folder.write("x.2.gt.txt", "second");
  folder.write("x.gt.txt", "not for a file of several pages");
  const Loaded loaded = load({input(file)});
  EXPECT_EQ(loaded.names, (std::vector<std::string>{"x.tif#1", "x.tif#2", "x.tif#3"}));
  EXPECT_FALSE(loaded.corpus.pages()[0].truth);
  EXPECT_EQ(loaded.corpus.pages()[1].truth, "second");
  EXPECT_EQ(loaded.corpus.pages()[1].index, 1);
  EXPECT_TRUE(same_pixels(loaded.corpus.image(2).gray, noise(7, 5, 3)));
}

TEST(Corpus, StatedTruthAndLanguageGoFirst) {
  const TempFolder folder;
  const auto file = folder.write("a.png", encoded(noise(4, 4, 1), ".png"));
  folder.write("a.gt.txt", "beside");
  const auto other = folder.write("other.txt", "stated");
  const Loaded loaded = load({{.path = file, .name = "a", .lang = "fra", .truth = other}});
  EXPECT_EQ(loaded.corpus.pages()[0].truth, "stated");
  EXPECT_EQ(loaded.corpus.pages()[0].lang, "fra");
}

TEST(Corpus, ABadTruthIsAProblemButThePageStays) {
  const TempFolder folder;
  const auto file = folder.write("a.png", encoded(noise(4, 4, 1), ".png"));
  folder.write("a.gt.txt", "\xff");
  const Loaded bad = load({input(file)});
  ASSERT_EQ(bad.problems.size(), 1U);
  EXPECT_TRUE(contains(bad.problems[0].what, "is not UTF-8 text"));
  EXPECT_EQ(bad.names.size(), 1U);
  const Loaded missing = load({{.path = file, .name = "a", .truth = folder.path() / "none.txt"}});
  ASSERT_EQ(missing.problems.size(), 1U);
  EXPECT_TRUE(contains(missing.problems[0].what, "without ground truth"));
}

TEST(Corpus, WhatCantBeReadIsLeftOutAndSaid) {
  const TempFolder folder;
  const auto good = folder.write("good.png", encoded(noise(4, 4, 1), ".png"));
  const auto bad = folder.write("bad.png", "not an image");
  const Loaded loaded = load({input(bad), input(good), input(folder.path() / "gone.png")});
  EXPECT_EQ(loaded.names, std::vector<std::string>{"good.png"});
  ASSERT_EQ(loaded.problems.size(), 2U);
  EXPECT_TRUE(contains(loaded.problems[0].where, "bad.png"));
  EXPECT_TRUE(contains(loaded.problems[1].what, "gone.png"));
}

TEST(Corpus, AMissingLastPageOfATiffIsSaid) {
  const TempFolder folder;
  test::Bytes bytes = three_pages();
  bytes.resize(bytes.size() - 60);
  const Loaded loaded = load({input(folder.write("x.tif", bytes))});
  EXPECT_EQ(loaded.names, (std::vector<std::string>{"x.tif#1", "x.tif#2"}));
  ASSERT_EQ(loaded.problems.size(), 1U);
  EXPECT_TRUE(contains(loaded.problems[0].where, "x.tif: page 3"));
}

TEST(Corpus, NamesAreUnique) {
  const TempFolder folder;
  const auto a = folder.write("a/scan.png", encoded(noise(4, 4, 1), ".png"));
  const auto b = folder.write("b/scan.png", encoded(noise(4, 4, 2), ".png"));
  const auto c = folder.write("c/x.tif", three_pages());
  const auto d = folder.write("d/x.tif", three_pages());
  const Loaded loaded = load({input(a), input(b), input(a), input(c), input(d)});
  ASSERT_EQ(loaded.names.size(), 9U);
  EXPECT_EQ(std::set<std::string>(loaded.names.begin(), loaded.names.end()).size(), 9U);
  EXPECT_EQ(loaded.names[0], a.string());
  EXPECT_EQ(loaded.names[2], a.string() + " (2)");
  EXPECT_EQ(loaded.names[4], c.string() + "#2");
}

TEST(Corpus, WorkersDontChangeAnything) {
  const TempFolder folder;
  std::vector<InputFile> files;
  for (int i = 0; i < 12; ++i) {
    files.push_back(
        input(folder.write("p" + std::to_string(i) + ".png",
                           encoded(noise(5 + i, 4, static_cast<std::uint64_t>(i)), ".png"))));
  }
  const Loaded one = load(files, {.workers = 1});
  const Loaded four = load(files, {.workers = 4, .keep_bytes = 100});
  ASSERT_EQ(one.names, four.names);
  for (std::size_t i = 0; i < one.names.size(); ++i) {
    EXPECT_EQ(one.corpus.pages()[i].pixel_hash, four.corpus.pages()[i].pixel_hash);
    EXPECT_TRUE(same_pixels(one.corpus.image(i).gray, four.corpus.image(i).gray));
  }
}

TEST(Corpus, ReadsAgainWhatIsNotKeptAndNoticesChanges) {
  const TempFolder folder;
  const auto file = folder.write("a.png", encoded(noise(9, 7, 1), ".png"));
  const Loaded read_again = load({input(file)}, {.keep_bytes = 0});
  const Loaded kept = load({input(file)}, {.keep_bytes = 1000});
  folder.write("a.png", encoded(noise(9, 7, 2), ".png"));
  EXPECT_TRUE(same_pixels(kept.corpus.image(0).gray, noise(9, 7, 1)));
  const auto message = [&] {
    return test::error_of(Errc::input_unreadable, [&] { (void)read_again.corpus.image(0); });
  };
  EXPECT_EQ(message(), "a.png: has changed since the command began");
  folder.write("a.png", "no image");
  EXPECT_TRUE(contains(message(), "a.png: is not an image"));
  fs::remove(file);
  EXPECT_TRUE(contains(message(), "No such file"));
}

TEST(Corpus, TruthHasAnIdentity) {
  const Page none;
  EXPECT_EQ(none.truth_hash(), "");
  const Page empty{.truth = ""};
  const Page text{.truth = "x"};
  EXPECT_EQ(std::set<std::string>({"", empty.truth_hash(), text.truth_hash()}).size(), 3U);
}

TEST(Corpus, TruthIsReplaced) {
  const TempFolder folder;
  const Corpus without =
      load({input(folder.write("a.png", encoded(noise(9, 7, 1), ".png")))}).corpus;
  const Corpus with = without.with_truth(0, Truth{.text = "typed", .file = "a.gt.txt"});
  EXPECT_EQ(with.pages()[0].truth, "typed");
  EXPECT_EQ(with.pages()[0].truth_file, "a.gt.txt");
  EXPECT_FALSE(without.pages()[0].truth);
  EXPECT_FALSE(with.with_truth(0, std::nullopt).pages()[0].truth);
}

TEST(Corpus, SamePixelsInOtherShapesAreOtherPages) {
  const TempFolder folder;
  const cv::Mat black(4, 6, CV_8UC1, cv::Scalar(0));
  const Loaded loaded = load({input(folder.write("a.png", encoded(black, ".png"))),
                              input(folder.write("b.png", encoded(black.reshape(1, 6), ".png"))),
                              input(folder.write("c.tif", test::tiff_of({{.pixels = black}})))});
  const auto& pages = loaded.corpus.pages();
  EXPECT_NE(pages[0].pixel_hash, pages[1].pixel_hash);
  // The file's format doesn't matter.
  EXPECT_EQ(pages[0].pixel_hash, pages[2].pixel_hash);
}

TEST(Corpus, IsReordered) {
  const TempFolder folder;
  std::vector<InputFile> files;
  for (const std::uint64_t seed : {1U, 2U, 1U, 3U}) {
    const std::string name = std::to_string(files.size()) + ".png";
    files.push_back(input(folder.write(name, encoded(noise(5, 5, seed), ".png"))));
  }
  const Loaded loaded = load(files, {.keep_bytes = 60});
  const Corpus turned = loaded.corpus.selected({3, 2, 1, 0});
  EXPECT_EQ(turned.pages()[0].name, "3.png");
  EXPECT_EQ(turned.pages()[3].name, "0.png");
  EXPECT_TRUE(same_pixels(turned.image(0).gray, noise(5, 5, 3)));
  EXPECT_TRUE(same_pixels(turned.image(1).gray, noise(5, 5, 1)));
  EXPECT_TRUE(same_pixels(turned.image(2).gray, noise(5, 5, 2)));
}

TEST(Corpus, HasPagesInMemoryBesideFiles) {
  const TempFolder folder;
  const cv::Mat gray = noise(9, 7, 1);
  const auto in_memory = [&](const std::string& name, const Image& image) {
    return InputFile{.name = name, .image = std::make_shared<const Image>(image)};
  };
  cv::Mat colour(7, 9, CV_8UC3, cv::Scalar(200, 10, 20));
  const InputFile file = input(folder.write("a.png", encoded(noise(5, 5, 2), ".png")));
  const Loaded loaded =
      load({in_memory("<array 0>", {.gray = gray}), file,
            in_memory("x", {.gray = gray, .colour = colour}), in_memory("x", {.gray = gray})},
           {.keep_bytes = 0});
  ASSERT_EQ(loaded.names, (std::vector<std::string>{"<array 0>", "a.png", "x", "x (2)"}));
  EXPECT_TRUE(loaded.problems.empty());
  EXPECT_EQ(loaded.corpus.image(0).gray.data, gray.data) << "copied";
  EXPECT_FALSE(loaded.corpus.pages()[2].colour_hash);
  EXPECT_TRUE(loaded.corpus.image(2, true).colour.empty());
  EXPECT_EQ(loaded.corpus.facsimile(2).channels, 1);
  const Loaded coloured =
      load({in_memory("x", {.gray = gray, .colour = colour})}, {.in_colour = true});
  EXPECT_TRUE(coloured.corpus.pages()[0].colour_hash);
  EXPECT_EQ(coloured.corpus.image(0, true).colour.data, colour.data);
  const Facsimile facsimile = coloured.corpus.facsimile(0);
  EXPECT_TRUE(facsimile.channels == 3 || !facsimile.palette.empty());
}

TEST(Corpus, DecodesOnlyWhatItHadNotBefore) {
  const TempFolder folder;
  const auto file = folder.write("a.tif", three_pages());
  const auto other = folder.write("b.png", encoded(noise(6, 5, 4), ".png"));
  const std::vector<InputFile> files{input(file), input(other)};
  const Loaded first = load(files);
  // Where the file has other pixels by now, the hash tells which were decoded.
  folder.write("b.png", encoded(noise(6, 5, 5), ".png"));
  folder.write("a.tif.edit.toml", "[[page]]\nnumber = 2\nsplit = 3\n");
  folder.write("a.2.gt.txt", "left");
  const Corpus before = first.corpus.selected({0, 2, 3});
  const Loaded again = load(files, {.before = &before});
  EXPECT_EQ(again.names,
            (std::vector<std::string>{"a.tif#1", "a.tif#2", "a.tif#3", "a.tif#4", "b.png"}));
  EXPECT_TRUE(again.problems.empty());
  const auto& pages = again.corpus.pages();
  EXPECT_EQ(pages[1].width, 3);
  EXPECT_EQ(pages[1].truth, "left");
  EXPECT_EQ(pages[2].width, 5);
  EXPECT_EQ(pages[3].pixel_hash, first.corpus.pages()[2].pixel_hash);
  EXPECT_EQ(pages[3].width, 7);
  EXPECT_TRUE(same_pixels(again.corpus.image(3).gray, noise(7, 5, 3)));
  EXPECT_EQ(pages[4].pixel_hash, first.corpus.pages()[3].pixel_hash);
  const std::string changed =
      test::error_of(Errc::input_unreadable, [&] { (void)again.corpus.image(4); });
  EXPECT_TRUE(contains(changed, "has changed"));
}

}  // namespace
}  // namespace ocrtune
