#include "ocrtune/ocr/external/engine_manifest.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "ocrtune/ocr/engines/engine_registry.h"
#include "ocrtune/ocr/external/external_engine.h"
#include "support/errors.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {

using nlohmann::json;

json manifest() {
  return {{"title", "Fake OCR"}, {"summary", "an engine for tests"}, {"command", {"sh", "run.sh"}}};
}

std::string manifest_refusal(const json& text) {
  return test::error_of(Errc::invalid_argument,
                        [&] { (void)parse_manifest(text.dump(), "/engines/fake"); });
}

/// Sets an environment variable until the end of its scope.
class WithEngines {
 public:
  explicit WithEngines(const std::string& folders) {
    ::setenv("OCRTUNE_ENGINES", folders.c_str(), 1);
  }
  ~WithEngines() { ::unsetenv("OCRTUNE_ENGINES"); }
  WithEngines(const WithEngines&) = delete;
  WithEngines& operator=(const WithEngines&) = delete;
};

TEST(ParseManifest, HasDefaults) {
  const EngineManifest parsed = parse_manifest(manifest().dump(), "/engines/fake");
  EXPECT_EQ(parsed.name, "fake");
  EXPECT_EQ(parsed.title, "Fake OCR");
  EXPECT_EQ(parsed.command, (std::vector<std::string>{"sh", "run.sh"}));
  EXPECT_EQ(parsed.page_seconds, 120);
  EXPECT_EQ(parsed.memory_mb, 500);
}

TEST(ParseManifest, NamesTheFieldThatIsInvalid) {
  const std::vector<std::pair<std::string, json>> fields{{"title", ""},
                                                         {"title", "two\nlines"},
                                                         {"summary", std::string(201, 'a')},
                                                         {"command", json::array()},
                                                         {"command", "sh run.sh"},
                                                         {"requires", "model"},
                                                         {"install", 1},
                                                         {"page_seconds", 0},
                                                         {"startup_seconds", 4000},
                                                         {"memory_mb", 1.5},
                                                         {"colour", true}};
  for (const auto& [name, value] : fields) {
    json text = manifest();
    text[name] = value;
    EXPECT_TRUE(test::contains(manifest_refusal(text), "`" + name + "`")) << text;
  }
}

TEST(LoadManifest, NamesTheFile) {
  const test::TempFolder folder;
  folder.write("fake/engine.json", "{\"title\": 1}");
  EXPECT_TRUE(test::contains(
      test::error_of(Errc::invalid_argument, [&] { (void)load_manifest(folder.path() / "fake"); }),
      "fake/engine.json: `title`"));
  (void)test::error_of(Errc::input_unreadable,
                       [&] { (void)load_manifest(folder.path() / "none"); });
}

TEST(MissingFor, NamesTheProgramOrHowToInstall) {
  EngineManifest parsed = parse_manifest(manifest().dump(), "/engines/fake");
  EXPECT_EQ(missing_for(parsed), "");
  parsed.required = {"model.onnx"};
  parsed.install = "make models";
  EXPECT_TRUE(test::contains(missing_for(parsed), "`make models`"));
  parsed.command = {"no-such-program"};
  EXPECT_TRUE(test::contains(missing_for(parsed), "`no-such-program`"));
  parsed.command = {"./run.sh"};
  EXPECT_TRUE(test::contains(missing_for(parsed), "`./run.sh`"));
}

TEST(EngineFolders, AreThoseOfTheEnvironmentVariable) {
  const test::TempFolder folder;
  folder.write("a/zeta/engine.json", manifest().dump());
  folder.write("a/alpha/engine.json", manifest().dump());
  folder.write("a/empty/README.md", "");
  folder.write("b/zeta/engine.json", manifest().dump());
  const WithEngines engines((folder.path() / "a").string() + "::" + (folder.path() / "b").string() +
                            ":/nonexistent");
  EXPECT_EQ(engine_folders(), (std::vector<std::filesystem::path>{folder.path() / "a/alpha",
                                                                  folder.path() / "a/zeta"}));
}

TEST(RefusalOfFolderName, NamesWhatIsWrong) {
  EXPECT_EQ(refusal_of_folder_name("my_engine-2"), "");
  for (const char* name : {"", "Big Name", "auto"})
    EXPECT_TRUE(test::contains(refusal_of_folder_name(name), "a to z")) << name;
  for (const char* name : {"lstm", "tesseract"})
    EXPECT_TRUE(test::contains(refusal_of_folder_name(name), "another engine")) << name;
}

TEST(ExternalEngines, AnInvalidOneRefusesWithTheReason) {
  const test::TempFolder folder;
  folder.write("good/engine.json", manifest().dump());
  folder.write("bad/engine.json", "{}");
  for (const char* name : {"Bad Name", "auto", "tesseract"})
    folder.write(name + std::string("/engine.json"), manifest().dump());
  const WithEngines where(folder.path().string());
  const std::vector<OcrEngine> engines = external_engines({"lstm", "tesseract"});
  ASSERT_EQ(engines.size(), 2U);
  EXPECT_EQ(engines[0].name, "bad");
  EXPECT_TRUE(test::contains(engines[0].refuses("eng", {})->reason, "`title`"));
  EXPECT_TRUE(test::contains(
      test::error_of(Errc::dependency_missing, [&] { (void)engines[0].open("eng", {}); }),
      "`title`"));
  EXPECT_EQ(engines[1].title, "Fake OCR");
  EXPECT_FALSE(engines[1].automatic);
}

}  // namespace
}  // namespace ocrtune
