#include "ocrtune/options/known_rates.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "ocrtune/base/files.h"
#include "support/temp_folder.h"

namespace ocrtune::workflow {
namespace {

using test::TempFolder;

TEST(KnownRates, ComeBack) {
  const TempFolder folder;
  const KnownRates known(folder.path() / "deeper" / "rates.json");
  EXPECT_FALSE(known.find("a"));
  known.store("a", {{"cpu", 12.5}, {"opencl:0", 0}});
  known.store("b", {{"cpu", 1}});
  EXPECT_EQ(known.find("a"), (StageRates{{"cpu", 12.5}, {"opencl:0", 0}}));
  known.store("a", {{"cpu", 3}});
  EXPECT_EQ(known.find("a"), (StageRates{{"cpu", 3}}));
  EXPECT_EQ(known.find("b"), (StageRates{{"cpu", 1}}));
}

TEST(KnownRates, WhatIsNoneOfThemIsNotKnown) {
  const TempFolder folder;
  for (const std::string text :
       {"", "{", "[]", "{\"a\": 3}", "{\"a\": {\"cpu\": \"x\"}}", "{\"a\": {\"cpu\": -1}}",
        "{\"a\": {\"cpu\": null}}", "\xff\xfe"}) {
    const std::filesystem::path file = folder.write("rates.json", text);
    const KnownRates known(file);
    EXPECT_FALSE(known.find("a")) << text;
    known.store("a", {{"cpu", 2}});
    EXPECT_EQ(known.find("a"), (StageRates{{"cpu", 2}})) << text;
  }
}

TEST(KnownRates, TheFileDoesNotGrow) {
  const TempFolder folder;
  const KnownRates known(folder.path() / "rates.json");
  for (int i = 0; i < 300; ++i) known.store(std::to_string(i), {{"cpu", 1}});
  EXPECT_TRUE(known.find("299"));
  EXPECT_LT(std::filesystem::file_size(folder.path() / "rates.json"), 4000U);
}

TEST(KnownRates, WhereNothingCanBeWrittenNothingIsKnown) {
  for (const std::string file : {"", "/proc/none/rates.json"}) {
    const KnownRates known{std::filesystem::path(file)};
    known.store("a", {{"cpu", 2}});
    EXPECT_FALSE(known.find("a"));
  }
}

}  // namespace
}  // namespace ocrtune::workflow
