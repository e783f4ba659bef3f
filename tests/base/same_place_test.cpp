#include "ocrtune/base/same_place.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include "ocrtune/base/descriptor.h"
#include "ocrtune/base/files.h"
#include "support/errors.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {

namespace fs = std::filesystem;

TEST(SamePlace, KnowsWhetherItIsThere) {
  const test::TempFolder folder;
  const fs::path file = folder.path() / "file";
  EXPECT_FALSE(SamePlace(file).is_there());
  write_atomically(file, "a");
  const SamePlace place(file);
  EXPECT_TRUE(place.is_there());
  place.require();
  fs::rename(file, folder.path() / "other");
  EXPECT_FALSE(place.is_there());
  write_atomically(file, "a");
  EXPECT_FALSE(place.is_there()) << "replaced";
  fs::rename(folder.path() / "other", file);
  EXPECT_TRUE(place.is_there()) << "back again";
  fs::remove(file);
  EXPECT_TRUE(test::contains(test::error_of(Errc::output_unwritable, [&] { place.require(); }),
                             "file: was deleted, moved or replaced while it was in use"));
}

TEST(SamePlace, MayBeOfAnOpenFile) {
  const test::TempFolder folder;
  const fs::path file = folder.path() / "file";
  write_atomically(file, "a");
  const Descriptor open(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  write_atomically(file, "b");
  EXPECT_FALSE(SamePlace(file, open.get()).is_there());
}

TEST(OutputFolder, IsMadeOnce) {
  const test::TempFolder folder;
  const fs::path out = folder.path() / "deep" / "out";
  OutputFolder output(out);
  output.require();
  EXPECT_FALSE(fs::exists(out));
  output.prepare();
  output.prepare();
  output.require();
  EXPECT_TRUE(fs::is_directory(out));
  fs::remove_all(out);
  test::error_of(Errc::output_unwritable, [&] { output.require(); });
  test::error_of(Errc::output_unwritable, [&] { output.prepare(); });
  EXPECT_FALSE(fs::exists(out));
}

}  // namespace
}  // namespace ocrtune
