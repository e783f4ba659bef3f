#include "ocrtune/corpus/remote_files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>

#include "ocrtune/base/input_folders.h"
#include "ocrtune/corpus/corpus.h"
#include "ocrtune/corpus/url.h"
#include "support/encoded.h"
#include "support/errors.h"
#include "support/http_stand_in.h"
#include "support/images.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {
namespace fs = std::filesystem;

using test::contains;
using test::encoded;
using test::http_answer;
using test::HttpStandIn;
using test::noise;

std::string body_of(const std::vector<std::byte>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// A server with some files, and a cache of its own.
class RemoteFiles : public ::testing::Test {
 protected:
  RemoteFiles() { ::setenv("OCRTUNE_CACHE", cache_.path().c_str(), 1); }
  ~RemoteFiles() override {
    ::unsetenv("OCRTUNE_CACHE");
    ::unsetenv(kOfflineVariable);
  }

  fs::path copy(const std::string& url) const {
    return cache_.path() / "pages" / url_cache_name(url);
  }

  HttpStandIn::Answer answer(const std::string& path) const {
    if (path.starts_with("/page.png")) return http_answer("200 OK", page_);
    if (path == "/cut.png") return http_answer("200 OK", page_.substr(0, page_.size() - 20));
    if (path == "/login.png") return http_answer("200 OK", "<html>Log in</html>");
    if (path.starts_with("/page.gt.txt")) return http_answer("200 OK", "\xEF\xBB\xBFwritten\n");
    if (path == "/bad.txt") return http_answer("200 OK", "\xff");
    return http_answer("404 Not Found", "");
  }

  test::TempFolder cache_;
  std::string page_ = body_of(encoded(noise(9, 7, 1), ".png"));
  HttpStandIn server_{[this](const std::string& path, int) { return answer(path); }};
};

TEST_F(RemoteFiles, ArePagesOfACorpus) {
  const std::string url = server_.url("/page.png");
  const InputFile page{.path = url, .name = url_name(url), .truth = server_.url("/page.gt.txt")};
  for (int times = 0; times < 2; ++times) {
    std::vector<Problem> problems;
    const Corpus corpus = Corpus::load({page}, {}, problems);
    EXPECT_TRUE(problems.empty());
    ASSERT_EQ(corpus.pages().size(), 1U);
    EXPECT_EQ(corpus.pages()[0].file, fs::path(url));
    EXPECT_EQ(corpus.pages()[0].truth, "written\n");
    EXPECT_EQ(corpus.pages()[0].truth_file, fs::path(server_.url("/page.gt.txt")));
    EXPECT_TRUE(test::same_pixels(corpus.image(0).gray, noise(9, 7, 1)));
    EXPECT_EQ(server_.requests().size(), 2U) << "the second time, copies are there";
    if (times == 0) continue;
    fs::remove_all(cache_.path() / "pages");
    EXPECT_TRUE(test::same_pixels(corpus.image(0).gray, noise(9, 7, 1)));
    EXPECT_EQ(server_.requests().size(), 3U);
  }
}

// Truth files beside a page are looked for in folders alone.
TEST_F(RemoteFiles, HaveNoTruthBeside) {
  const std::string url = server_.url("/page.png");
  std::vector<Problem> problems;
  const Corpus corpus = Corpus::load({{.path = url, .name = "page.png"}}, {}, problems);
  EXPECT_FALSE(corpus.pages().at(0).truth);
  EXPECT_EQ(server_.requests().size(), 1U);
}

TEST_F(RemoteFiles, AreProblemsByTheirUrl) {
  const std::string gone = server_.url("/gone.png");
  const std::string login = server_.url("/login.png");
  const std::string bad = server_.url("/bad.txt");
  std::vector<Problem> problems;
  const Corpus corpus =
      Corpus::load({{.path = gone, .name = url_name(gone)},
                    {.path = login, .name = url_name(login)},
                    {.path = server_.url("/page.png"), .name = "page", .truth = bad}},
                   {}, problems);
  EXPECT_EQ(corpus.pages().size(), 1U);
  ASSERT_EQ(problems.size(), 3U);
  EXPECT_EQ(problems[0].what,
            gone + ": can't be downloaded: the server answers with HTTP status 404");
  EXPECT_EQ(problems[1].where, login);
  EXPECT_TRUE(contains(problems[1].what, "is not an image"));
  EXPECT_EQ(problems[2].what, bad + ": is not UTF-8 text (the page is used without ground truth)");
}

TEST_F(RemoteFiles, AreKeptOnlyIfTheyAreWholePages) {
  for (const char* path : {"/login.png", "/cut.png"}) {
    (void)read_page_file(server_.url(path), {});
    EXPECT_FALSE(fs::exists(copy(server_.url(path)))) << path;
  }
  EXPECT_THROW((void)read_truth(server_.url("/bad.txt")), Error);
  EXPECT_FALSE(fs::exists(copy(server_.url("/bad.txt"))));
  EXPECT_TRUE(is_to_be_downloaded(server_.url("/page.png")));
  EXPECT_EQ(body_of(read_page_file(server_.url("/page.png"), {})), page_);
  EXPECT_TRUE(fs::exists(copy(server_.url("/page.png"))));
  EXPECT_FALSE(is_to_be_downloaded(server_.url("/page.png")));
  EXPECT_FALSE(is_to_be_downloaded("/page.png"));
}

TEST_F(RemoteFiles, ThatNeededAPasswordAreKeptForTheUserAlone) {
  const test::TempFolder home;
  home.write(".netrc", "machine 127.0.0.1 login anna password geheim\n");
  const auto is_private = [&](const char* path) {
    return (fs::status(copy(server_.url(path))).permissions() & fs::perms(0077)) == fs::perms::none;
  };
  const mode_t mask = ::umask(0022);
  (void)read_page_file(server_.url("/page.png?open"), {});
  const std::string before = std::getenv("HOME") == nullptr ? "" : std::getenv("HOME");
  ::setenv("HOME", home.path().c_str(), 1);
  (void)read_page_file(server_.url("/page.png"), {});
  (void)read_truth(server_.url("/page.gt.txt"));
  ::setenv("HOME", before.c_str(), 1);
  ::umask(mask);
  EXPECT_FALSE(is_private("/page.png?open"));
  EXPECT_TRUE(is_private("/page.png"));
  EXPECT_TRUE(is_private("/page.gt.txt"));
}

TEST_F(RemoteFiles, OfQueriesAreKeptApart) {
  EXPECT_EQ(read_truth(server_.url("/page.gt.txt?id=1")).text, "written\n");
  EXPECT_EQ(read_truth(server_.url("/page.gt.txt?id=2")).text, "written\n");
  EXPECT_EQ(read_truth(server_.url("/page.gt.txt?id=1")).text, "written\n");
  EXPECT_EQ(server_.requests().size(), 2U);
}

TEST_F(RemoteFiles, AreNotLongerThanTheLimit) {
  const std::string url = server_.url("/page.png");
  const std::string line = test::error_of(
      Errc::input_unreadable, [&] { (void)read_page_file(url, {.max_file_bytes = 20}); });
  EXPECT_EQ(line, url + ": can't be downloaded: it is larger than the limit of 20 bytes");
}

TEST_F(RemoteFiles, AreNoInputsIfTheseAreConfinedToFolders) {
  const std::string url = server_.url("/page.png");
  (void)read_page_file(url, {});
  confine_inputs({"/"});
  const std::string line =
      test::error_of(Errc::input_unreadable, [&] { (void)read_page_file(url, {}); });
  ::unsetenv(kInputFoldersVariable);
  EXPECT_TRUE(contains(line, "only files in some folders may be read"));
}

TEST_F(RemoteFiles, ComeFromTheCacheAloneIfThatIsWanted) {
  const std::string url = server_.url("/page.png");
  ::setenv(kOfflineVariable, "1", 1);
  const std::string line =
      test::error_of(Errc::input_unreadable, [&] { (void)read_page_file(url, {}); });
  EXPECT_EQ(line,
            url + ": can't be downloaded: it is not in the cache, and OCRTUNE_OFFLINE is set");
  EXPECT_THROW((void)read_truth(server_.url("/page.gt.txt")), Error);
  EXPECT_TRUE(server_.requests().empty());
  ::unsetenv(kOfflineVariable);
  (void)read_page_file(url, {});
  ::setenv(kOfflineVariable, "1", 1);
  EXPECT_EQ(body_of(read_page_file(url, {})), page_);
}

// A URL that was checked when the inputs were expanded is checked again: a study may have it.
TEST_F(RemoteFiles, HaveNoPasswords) {
  std::string url = server_.url("/page.png");
  url.insert(7, "anna:secret@");
  const std::string line =
      test::error_of(Errc::input_unreadable, [&] { (void)read_page_file(url, {}); });
  EXPECT_FALSE(contains(line, "secret")) << line;
  EXPECT_TRUE(server_.requests().empty());
}

TEST_F(RemoteFiles, NeedAPlaceForTheirCopies) {
  const auto cache = cache_.write("file", "not a folder");
  ::setenv("OCRTUNE_CACHE", cache.c_str(), 1);
  const std::string line = test::error_of(
      Errc::output_unwritable, [&] { (void)read_page_file(server_.url("/page.png"), {}); });
  EXPECT_TRUE(contains(line, cache.string())) << line;
}

}  // namespace
}  // namespace ocrtune
