#include "ocrtune/study_run/study_inputs.h"

#include <gtest/gtest.h>

#include "ocrtune/corpus/inputs.h"
#include "support/temp_folder.h"

namespace ocrtune::workflow {
namespace {

using Inputs = std::vector<std::string>;

StudyDefinition with_pages(std::vector<PageRecord> pages) {
  StudyDefinition definition;
  definition.pages = std::move(pages);
  return definition;
}

PageRecord record_at(const std::string& file, const std::string& truth = "",
                     const std::string& lang = "eng") {
  return {.name = file, .lang = lang, .file = file, .truth_file = truth};
}

TEST(StudyInputs, AreTheFilesOrUrlsOfThePages) {
  const test::TempFolder folder;
  const std::string url = "https://example.org/p.png?id=1";
  // As paths, the last two would be equal.
  const Inputs files{"/scans/a.png", url, "https://example.org/q.png",
                     "https://example.org//q.png"};
  StudyDefinition definition = with_pages(
      {record_at(files[0], "/scans/a.gt.txt"), record_at(files[1]), record_at(files[1])});
  definition.held_out = {record_at(files[2]), record_at(files[3])};
  EXPECT_EQ(study_inputs(definition, folder.path() / "pages.csv"), files);
}

// Nothing is looked for beside a URL.
TEST(StudyInputs, AreAManifestIfAUrlHasGroundTruth) {
  const test::TempFolder folder;
  const std::string url = "https://example.org/p.png?id=1";
  for (const std::string truth : {"https://example.org/p.gt.txt", "/scans/p.gt.txt"}) {
    const auto manifest = folder.path() / "pages.csv";
    EXPECT_EQ(study_inputs(with_pages({record_at(url, truth)}), manifest),
              Inputs{manifest.string()});
    const std::vector<InputFile> files = read_manifest(manifest);
    EXPECT_EQ(files.at(0).path.string(), url);
    EXPECT_EQ(files.at(0).truth.value().string(), truth);
  }
}

// A language that an edit states is that of its page alone.
TEST(StudyInputs, LeaveLanguagesThatEditsStateToThem) {
  const test::TempFolder folder;
  const std::string file = (folder.path() / "a.tif").string();
  folder.write("a.tif.edit.toml", "[[page]]\nlang = 'deu'\n");
  const auto manifest = folder.path() / "pages.csv";
  std::vector<PageRecord> pages{record_at(file, "", "deu"), record_at(file, "", "eng")};
  pages[1].file_page = 1;
  StudyDefinition definition = with_pages(pages);
  definition.lang = "eng";
  EXPECT_EQ(study_inputs(definition, manifest), Inputs{file});
  definition.lang = "fra";
  EXPECT_EQ(study_inputs(definition, manifest), Inputs{manifest.string()});
  EXPECT_EQ(read_manifest(manifest).at(0).lang, "eng");
  // A language that the file's pages have too may be stated for one of them.
  folder.write("a.tif.edit.toml",
               "[[page]]\nlang = 'deu'\n[[page]]\nnumber = 3\nlang = 'fra'\n"
               "[[page]]\nnumber = 4\nlang = 'auto'\n");
  pages = {record_at(file, "", "deu"), record_at(file, "", "deu"), record_at(file, "", "fra"),
           record_at(file, "", "lat")};
  for (int page = 0; page < 4; ++page) pages[static_cast<std::size_t>(page)].file_page = page;
  definition = with_pages(pages);
  definition.lang = "eng";
  EXPECT_EQ(study_inputs(definition, manifest), Inputs{manifest.string()});
  EXPECT_EQ(read_manifest(manifest).at(0).lang, "deu");
}

}  // namespace
}  // namespace ocrtune::workflow
