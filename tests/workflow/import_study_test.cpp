#include "ocrtune/workflow/import_study.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <filesystem>

#include "ocrtune/storage/storage.h"
#include "ocrtune/storage/study_lock.h"
#include "support/errors.h"
#include "support/postgresql_server.h"
#include "support/temp_folder.h"

namespace ocrtune::workflow {
namespace {

namespace fs = std::filesystem;
using test::contains;

class ImportStudy : public testing::Test {
 protected:
  ImportStudy() {
    events_.warn = [&](const std::string& line) { warned_ += line + "\n"; };
    events_.stop = &stop_;
  }

  [[nodiscard]] ImportOptions into(const std::string& study) const {
    return {.results = results_.string(), .study = study, .preset = {}};
  }
  [[nodiscard]] std::string path(const char* name) const {
    return (folder_.path() / name).string();
  }

  std::string refusal(const std::string& study, Errc code) {
    return test::error_of(code, [&] { (void)import_points(into(study), events_); });
  }

  /// Stops once the first trial is written.
  void stop_meanwhile() {
    events_.progress = [&](const Progress&) { stop_ = true; };
  }

  test::TempFolder folder_;
  fs::path results_ = folder_.write("r.csv",
                                    "point_id;score_tesseract_delta;score_tesseract;bin_c\n"
                                    "1;1;41;12\n2;2;42;13\n");
  std::atomic<bool> stop_{false};
  Events events_;
  std::string warned_;
};

TEST_F(ImportStudy, MakesANewStudy) {
  EXPECT_EQ(import_points(into(path("s.db")), events_).rows, 2U);
  EXPECT_EQ(view_study(path("s.db"))->trials().size(), 3U);
}

TEST_F(ImportStudy, LeavesWhatIsThere) {
  const std::string folder = path("folder");
  const std::string pipe = path("pipe");
  const std::string link = path("link");
  const std::string empty = folder_.write("empty.db", "").string();
  fs::create_directory(folder);
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  fs::create_symlink("nowhere", link);
  for (const std::string& study : {folder, pipe, link, empty}) {
    EXPECT_TRUE(contains(refusal(study, Errc::study_error), "exists already")) << study;
    EXPECT_TRUE(fs::exists(fs::symlink_status(study))) << study;
  }
  EXPECT_EQ(fs::file_size(empty), 0U);
  EXPECT_FALSE(fs::exists(path("nowhere")));
}

TEST_F(ImportStudy, LeavesNothingIfItIsStopped) {
  stop_meanwhile();
  EXPECT_EQ(refusal(path("s.db"), Errc::interrupted), "interrupted; nothing was imported");
  EXPECT_EQ(warned_, "");
  for (const auto& entry : fs::directory_iterator(folder_.path()))
    EXPECT_EQ(entry.path().filename(), "r.csv");
}

TEST_F(ImportStudy, IsLockedWhileItIsMade) {
  bool locked = false;
  events_.progress = [&](const Progress&) { locked = locked || fs::exists(path("s.db-lock")); };
  (void)import_points(into(path("s.db")), events_);
  EXPECT_TRUE(locked);
}

TEST_F(ImportStudy, HasNoObjectiveButTheConfidence) {
  ImportOptions options = into(path("s.db"));
  options.by = "cnr";
  EXPECT_EQ(
      test::error_of(Errc::invalid_argument, [&] { (void)import_points(options, events_); }),
      "by cnr: can't be used with --study: the objective is the confidence, the only score of "
      "the original pages in such files");
  EXPECT_FALSE(fs::exists(path("s.db")));
}

TEST_F(ImportStudy, SaysWhatRemainsOnAServer) {
  stop_meanwhile();
  const std::string study = test::PostgresqlServer::shared().study("stopped-import");
  EXPECT_EQ(refusal(study, Errc::interrupted), "interrupted");
  EXPECT_TRUE(contains(warned_,
                       "a part of the import remains; `DROP SCHEMA \"stopped-import\" CASCADE` "
                       "deletes it"))
      << warned_;
}

}  // namespace
}  // namespace ocrtune::workflow
