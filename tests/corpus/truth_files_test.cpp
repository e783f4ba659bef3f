#include "ocrtune/corpus/truth_files.h"

#include <gtest/gtest.h>

#include "support/temp_folder.h"

namespace ocrtune {
namespace {

TEST(TruthFiles, AreThoseThatAreLookedFor) {
  const test::TempFolder folder;
  for (const char* name :
       {"a.b.tif", "a.b.gt.txt", "a.b.2.gt.txt", "a.b.12.xml", "a.b.hocr", "page/a.b.xml"})
    folder.write(name, "text");
  for (const char* other : {"a.b.txt", "a.b.c.gt.txt", "a.bc.gt.txt", "a.gt.txt", "a.b..gt.txt",
                            "a.b.2", "a.b.2gt.txt", "page/a.b.gt.txt", "page/a.b.hocr"})
    folder.write(other, "text");
  const std::filesystem::path root = folder.path();
  TruthFiles files;
  EXPECT_EQ(files.beside(root / "a.b.tif"),
            (std::vector{root / "a.b.12.xml", root / "a.b.2.gt.txt", root / "a.b.gt.txt",
                         root / "a.b.hocr", root / "page/a.b.xml"}));
  EXPECT_TRUE(files.beside(root / "nothing.tif").empty());
  EXPECT_TRUE(files.beside(root / "no folder" / "a.tif").empty());
}

}  // namespace
}  // namespace ocrtune
