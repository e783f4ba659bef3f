#include "ocrtune/corpus/page_output.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

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
  EXPECT_TRUE(test::contains(message, "a.png and a.jpg would both be written to /out/a.txt"));
}

TEST(RefuseCollisions, WithThePageItself) {
  const test::TempFolder folder;
  const fs::path file = folder.write("a.png", "x");
  refuse_collisions(folder.path(), {page("a.png", 0, file)}, ".tif");
  test::error_of(Errc::invalid_argument,
                 [&] { refuse_collisions(folder.path(), {page("a.png", 0, file)}, ".png"); });
}

}  // namespace
}  // namespace ocrtune
