#include "ocrtune/cli/known_faults.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/temp_folder.h"

namespace ocrtune::cli {
namespace {

using ocrtune::test::TempFolder;

std::vector<std::string> faults_of(const std::string& name, const std::string& version,
                                   const TempFolder& packages) {
  return known_faults({{.name = name, .version = version}}, packages.path());
}

TEST(KnownFaults, AreThoseOfEarlierVersions) {
  const TempFolder none;
  const std::vector<std::string> lines = faults_of("libwebp", "1.2.4", none);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(
      lines[0],
      "libwebp 1.2.4: a file from outside may crash it, or worse (CVE-2023-4863, corrected in "
      "1.3.2), unless your distribution has corrected it; update it: apt upgrade");
  EXPECT_EQ(faults_of("poppler", "22.12.0", none).size(), 2U);
  EXPECT_EQ(faults_of("poppler", "25.04.1", none).size(), 1U);
  for (const char* version : {"1.3.2", "1.3.10", "1.10.0", "2.0", ""})
    EXPECT_TRUE(faults_of("libwebp", version, none).empty()) << version;
  EXPECT_TRUE(faults_of("another", "0.1", none).empty());
}

TEST(KnownFaults, ThatADistributionHasCorrectedAreNone) {
  const TempFolder packages;
  packages.write("libwebp7/changelog.Debian.gz", "  * CVE-2023-4863\n");
  EXPECT_TRUE(faults_of("libwebp", "1.2.4", packages).empty());
  for (const auto& [package, text] :
       {std::pair("libwebp7", "  * CVE-2023-48631\n"), {"libwebpmux3", "  * CVE-2023-4863\n"}}) {
    const TempFolder others;
    others.write(std::string(package) + "/changelog.Debian.gz", text);
    EXPECT_EQ(faults_of("libwebp", "1.2.4", others).size(), 1U) << package;
  }
}

TEST(KnownFaults, TheLibrariesSayTheirVersions) {
  std::vector<std::string> missing;
  const std::vector<ParserLibrary> libraries = parser_libraries(missing);
  EXPECT_TRUE(missing.empty()) << missing.front();
  EXPECT_EQ(libraries.size(), 8U);
  for (const auto& [name, version] : libraries)
    EXPECT_TRUE(std::ranges::count(version, '.') >= 1 || (name == "libwebp" && version.empty()))
        << name << " " << version;
}

}  // namespace
}  // namespace ocrtune::cli
