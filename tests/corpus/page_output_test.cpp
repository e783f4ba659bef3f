#include "ocrtune/corpus/page_output.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "support/errors.h"
#include "support/temp_folder.h"
#include "support/text_gen.h"

namespace ocrtune {
namespace {
namespace fs = std::filesystem;

Page page(const std::string& name, int index = 0, const fs::path& file = {}) {
  return {.name = name, .file = file, .index = index};
}

std::string output_of(const std::string& name, int index = 0) {
  return output_path("/out", page(name, index), ".txt").string();
}

TEST(OutputPath, KeepsFoldersAndNumbersPages) {
  EXPECT_EQ(output_of("scan.png"), "/out/scan.txt");
  EXPECT_EQ(output_of("a/scan.v2.png"), "/out/a/scan.v2.txt");
  EXPECT_EQ(output_of("a/scan.tif#2", 1), "/out/a/scan.2.txt");
  EXPECT_EQ(output_of("scan.tif#12", 11), "/out/scan.12.txt");
  EXPECT_EQ(output_of("plain"), "/out/plain.txt");
}

bool is_inside(const fs::path& folder, const fs::path& path) {
  const fs::path relative = path.lexically_normal().lexically_relative(folder);
  return !relative.empty() && *relative.begin() != ".." && *relative.begin() != ".";
}

TEST(OutputPath, StaysInsideItsFolder) {
  for (const char* name :
       {"../../x", "/etc/passwd", "a/../../b", "..", "../", "a/../../../b.png", "./../x.png",
        "a//../..//b", "....//x", "/out/../x.png", "~/x.png", "a/..", "..#1"}) {
    const fs::path path = output_path("/out", page(name), ".txt");
    EXPECT_TRUE(is_inside("/out", path)) << name << " -> " << path;
  }
}

RC_GTEST_PROP(OutputPath, StaysInsideItsFolderForAnyName, ()) {
  const auto parts = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(rc::gen::oneOf(
      rc::gen::element<std::string>("..", ".", "a.png", "#1", ".hidden"), test::utf8_text())));
  std::string name;
  for (const std::string& part : parts) name += part + "/";
  name += "page";
  RC_ASSERT(is_inside("/out", output_path("/out", page(name), ".txt")));
}

TEST(RefuseCollisions, OfPagesWithOneOutput) {
  refuse_collisions("/out", {page("a.png"), page("b.png"), page("a.tif#2", 1)}, ".txt");
  const std::string message = test::error_of(Errc::invalid_argument, [] {
    refuse_collisions("/out", {page("a.png"), page("b.png"), page("a.jpg")}, ".txt");
  });
  EXPECT_EQ(message,
            "pages a.png and a.jpg would both be written to /out/a.txt; give them separately, each "
            "with an output folder of its own, or recognize all into one document with `ocrtune "
            "apply -o NAME.pdf`");
}

TEST(RefuseCollisions, WithThePageItself) {
  const test::TempFolder folder;
  const fs::path file = folder.write("a.png", "x");
  refuse_collisions(folder.path(), {page("a.png", 0, file)}, ".tif");
  test::error_of(Errc::invalid_argument,
                 [&] { refuse_collisions(folder.path(), {page("a.png", 0, file)}, ".png"); });
}

std::string collision(const fs::path& folder, const std::vector<Page>& pages,
                      const std::string& extension) {
  return test::error_of(Errc::invalid_argument,
                        [&] { refuse_collisions(folder, pages, extension); });
}

TEST(RefuseCollisions, WithAnotherPage) {
  const test::TempFolder folder;
  const std::vector<Page> pages{page("a.tif", 0, folder.write("a.tif", "x")),
                                page("b/a.png", 0, folder.write("a.png", "x"))};
  EXPECT_TRUE(test::contains(collision(folder.path(), pages, ".png"),
                             "a.png would overwrite the page b/a.png; give another output"));
}

TEST(RefuseCollisions, WithGroundTruth) {
  const test::TempFolder folder;
  Page other = page("x.png", 0, folder.write("x.png", "x"));
  const Page odd = page("x.gt.png", 0, folder.write("x.gt.png", "x"));
  // Also where it isn't written yet, or its page isn't among the pages.
  EXPECT_TRUE(test::contains(collision(folder.path(), {odd}, ".txt"),
                             "x.gt.txt would be taken for the ground truth of "));
  EXPECT_TRUE(test::contains(collision(folder.path(), {odd}, ".hocr"), "ground truth of "));
  refuse_collisions(folder.path() / "out", {odd, other}, ".txt");
  refuse_collisions(folder.path(), {odd}, ".tsv");
  other.truth_file = folder.write("x.gt.txt", "x");
  EXPECT_TRUE(test::contains(collision(folder.path(), {odd, other}, ".txt"),
                             "x.gt.txt would overwrite the ground truth of x.png"));
  other.truth_file = folder.write("x.page.xml", "x");
  EXPECT_TRUE(test::contains(collision(folder.path(), {other}, ".page.xml"),
                             "x.page.xml would overwrite the ground truth of x.png"));
}

TEST(RefuseCollisions, WithGroundTruthOfAFileOfSeveralPages) {
  const test::TempFolder folder;
  (void)folder.write("x.TIF", "x");
  EXPECT_TRUE(test::contains(collision(folder.path(), {page("x.2.gt.png")}, ".txt"),
                             "x.2.gt.txt would be taken for the ground truth of "));
  refuse_collisions(folder.path(), {page("y.2.gt.png"), page(".gt.png"), page("2.gt.png")}, ".txt");
}

TEST(PageNames, AreMadeUniqueInLinearTime) {
  std::vector<Page> pages(200'000, page("a.png", 0, "/scans/a.png"));
  pages[7].name = "/scans/a.png (3)";
  make_names_unique(pages);
  EXPECT_EQ(pages[0].name, "/scans/a.png");
  EXPECT_EQ(pages[1].name, "/scans/a.png (2)");
  std::set<std::string> names;
  for (const Page& each : pages) names.insert(each.name);
  EXPECT_EQ(names.size(), pages.size());
}

}  // namespace
}  // namespace ocrtune
