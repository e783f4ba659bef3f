#include "ocrtune/ocr/languages.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "ocrtune/base/hash.h"
#include "support/errors.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {

using test::contains;
using test::error_of;
using test::TempFolder;

TEST(Languages, AreListedInOrder) {
  const TempFolder folder;
  for (const char* name : {"fra.traineddata", "eng.traineddata", "eng.user-words", "pdf.ttf"}) {
    folder.write(name, "x");
  }
  EXPECT_EQ(installed_languages(folder.path().string()), (std::vector<std::string>{"eng", "fra"}));
  EXPECT_TRUE(installed_languages("/no/such/folder").empty());
  EXPECT_TRUE(installed_languages("").empty());
}

TEST(Languages, MissingOnesNameTheirPackage) {
  const TempFolder folder;
  const std::string path = folder.path().string();
  folder.write("eng.traineddata", "x");
  folder.write("script/Latin.traineddata", "x");
  require_languages("eng", path);
  require_languages("eng+script/Latin", path);
  const std::string message =
      error_of(Errc::dependency_missing, [&] { require_languages("eng+chi_sim", path); });
  EXPECT_TRUE(contains(message, "language `chi_sim`")) << message;
  EXPECT_TRUE(contains(message, "apt install tesseract-ocr-chi-sim")) << message;
  EXPECT_TRUE(contains(message, path)) << message;
  EXPECT_TRUE(contains(error_of(Errc::dependency_missing, [] { require_languages("eng", ""); }),
                       "any tessdata folder"));
}

TEST(Languages, NothingThatLooksLikeAPathIsTaken) {
  const TempFolder folder;
  folder.write("data/eng.traineddata", "x");
  folder.write("eng.traineddata", "x");
  const std::string path = (folder.path() / "data").string();
  for (const char* bad : {"", "+", "eng+", "+eng", "../eng", "../x", "/etc/passwd", "en g",
                          "script/../eng", "script/", "a/b", "eng\n", "~eng", "eng.", "\xff"}) {
    SCOPED_TRACE(bad);
    const std::string message =
        error_of(Errc::invalid_argument, [&] { require_languages(bad, path); });
    EXPECT_TRUE(contains(message, "names look like eng or eng+fra"));
  }
  error_of(Errc::invalid_argument, [&] { require_languages(std::string(65, 'a'), path); });
}

TEST(Languages, OneOfThemOrAllAreRead) {
  const std::string stated = "deu+lat";
  EXPECT_EQ(languages_read(stated, Languages::given), stated);
  EXPECT_EQ(languages_read(stated, Languages::all), stated);
  EXPECT_EQ(languages_read(stated, Languages::first), "deu");
  EXPECT_EQ(languages_read(stated, Languages::second), "lat");
  EXPECT_EQ(languages_read(stated, Languages::third), stated) << "there is none";
  EXPECT_EQ(languages_read("deu", Languages::first), "deu");
}

TEST(Languages, IdentityIsThatOfTheData) {
  const TempFolder folder;
  const std::string path = folder.path().string();
  folder.write("eng.traineddata", "model");
  folder.write("fra.traineddata", "other");
  EXPECT_EQ(language_identity("eng", path), "eng=" + content_hash("model").text());
  EXPECT_EQ(language_identity("fra+eng", path),
            "fra=" + content_hash("other").text() + "+eng=" + content_hash("model").text());
  folder.write("eng.traineddata", "newer");
  EXPECT_EQ(language_identity("eng", path), "eng=" + content_hash("newer").text());
  error_of(Errc::dependency_missing, [&] { (void)language_identity("deu", path); });
}

TEST(Languages, FoldersAreSeparatedByCommas) {
  EXPECT_EQ(tessdata_folders(""), std::vector<std::string>{""});
  EXPECT_EQ(tessdata_folders("a"), std::vector<std::string>{"a"});
  EXPECT_EQ(tessdata_folders("a,b/c"), (std::vector<std::string>{"a", "b/c"}));
  const TempFolder folder;
  const auto with_comma = folder.path() / "a,b";
  std::filesystem::create_directory(with_comma);
  EXPECT_EQ(tessdata_folders(with_comma.string()), std::vector<std::string>{with_comma.string()});
}

TEST(Languages, AGivenFolderIsTaken) {
  EXPECT_EQ(tessdata_folder("/given"), "/given");
  EXPECT_FALSE(installed_languages(tessdata_folder("")).empty());
}

}  // namespace
}  // namespace ocrtune
