#include "ocrtune/corpus/page_list.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>

#include "ocrtune/base/input_folders.h"
#include "ocrtune/corpus/canvas_names.h"
#include "ocrtune/corpus/corpus.h"
#include "ocrtune/corpus/remote_files.h"
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
using test::http_answer;
using test::HttpStandIn;

/// A library that serves a manifest, image informations and images, and a cache of its own.
class PageLists : public ::testing::Test {
 protected:
  PageLists() { ::setenv("OCRTUNE_CACHE", cache_.path().c_str(), 1); }
  ~PageLists() override {
    ::unsetenv("OCRTUNE_CACHE");
    ::unsetenv(kOfflineVariable);
    ::unsetenv(kInputFoldersVariable);
  }

  /// Two canvases with a service, and one with an image alone.
  [[nodiscard]] std::string manifest() const {
    const auto canvas = [&](const std::string& label, const std::string& image) {
      return R"({"label": ")" + label + R"(", "images": [{"resource": {"@id": ")" + image +
             R"("}}]})";
    };
    const auto service = [&](const std::string& label, const std::string& path) {
      return R"({"label": ")" + label + R"(", "images": [{"resource": {"@id": "x", "service": {
                 "profile": "http://iiif.io/api/image/2/level2.json", "@id": ")" +
             url(path) + R"("}}}]})";
    };
    return R"({"@type": "sc:Manifest", "sequences": [{"canvases": [)" + service("f. 1r", "/p1") +
           "," + service("f. 1v", "/p2") + "," + canvas("", url("/plain.png")) + "]}]}";
  }

  [[nodiscard]] std::string url(const std::string& path) const { return server_->url(path); }

  HttpStandIn::Answer answer(const std::string& path) const {
    if (path == "/books/1/manifest.json" || path == "/books/2")
      return http_answer("200 OK", manifest());
    if (path == "/p1/info.json")
      return http_answer("200 OK", R"({"@context": "http://iiif.io/api/image/2/context.json",
          "width": 9, "height": 7, "profile": ["level1", {"maxWidth": 6}]})");
    if (path == "/p2/info.json") return http_answer("404 Not Found", "");
    if (path == "/p1/full/6,/0/default.jpg" || path == "/p2/full/full/0/default.jpg" ||
        path == "/plain.png" || path == "/shown?id=1")
      return http_answer("200 OK", page_);
    if (path == "/broken") return http_answer("200 OK", "{\"type\": \"Manifest\"");
    if (path == "/large") return http_answer("200 OK", "{" + std::string(33'000'000, ' '));
    return http_answer("404 Not Found", "");
  }

  /// The inputs of an argument, and the problems.
  std::vector<InputFile> expand(const std::string& argument) {
    std::istringstream none;
    problems_.clear();
    return expand_inputs({argument}, none, problems_);
  }

  /// Paths that were requested since the last call.
  std::vector<std::string> requested() {
    std::vector<std::string> paths;
    const std::vector<std::string> heads = server_->requests();
    for (; known_ < heads.size(); ++known_)
      paths.push_back(heads[known_].substr(4, heads[known_].find(' ', 4) - 4));
    return paths;
  }

  test::TempFolder cache_;
  test::TempFolder folder_;
  std::string page_ = [] {
    const auto bytes = test::encoded(test::noise(9, 7, 1), ".png");
    return std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }();
  std::vector<Problem> problems_;
  std::unique_ptr<HttpStandIn> server_ =
      std::make_unique<HttpStandIn>([this](const std::string& path, int) { return answer(path); });
  std::size_t known_ = 0;
};

using Texts = std::vector<std::string>;

TEST_F(PageLists, AreManifestsInFiles) {
  const auto files = expand(folder_.write("book.json", manifest()).string());
  EXPECT_TRUE(problems_.empty());
  ASSERT_EQ(files.size(), 3U);
  EXPECT_EQ(files[0].name, "book/0001-f_1r");
  EXPECT_EQ(files[0].path, fs::path(url("/p1/info.json")));
  EXPECT_EQ(files[0].labels, (Labels{{"label", "f. 1r"}}));
  EXPECT_EQ(files[2].name, "book/0003");
  EXPECT_EQ(files[2].path, fs::path(url("/plain.png")));
  EXPECT_TRUE(requested().empty());
}

TEST_F(PageLists, BehindUrlsAreDownloadedOnce) {
  const auto files = expand(url("/books/1/manifest.json"));
  ASSERT_EQ(files.size(), 3U);
  const std::string host = url_name(url("/books/1"));
  EXPECT_EQ(files[0].name, host + "/0001-f_1r");
  EXPECT_EQ(expand(url("/books/2")).at(2).name, url_name(url("/books/2")) + "/0003");
  EXPECT_EQ(requested(), (Texts{"/books/1/manifest.json", "/books/2"}));
  ::setenv(kOfflineVariable, "1", 1);
  EXPECT_EQ(expand(url("/books/1/manifest.json")).size(), 3U);
  EXPECT_TRUE(requested().empty());
}

TEST_F(PageLists, GiveTheLargestImagesThatThereAre) {
  const auto files = expand(folder_.write("book.json", manifest()).string());
  const Corpus corpus = Corpus::load(files, {}, problems_);
  EXPECT_TRUE(problems_.empty());
  ASSERT_EQ(corpus.pages().size(), 3U);
  // The second has no image information.
  EXPECT_EQ(requested(),
            (Texts{"/p1/info.json", "/p1/full/6,/0/default.jpg", "/p2/info.json",
                   "/p2/full/max/0/default.jpg", "/p2/full/full/0/default.jpg", "/plain.png"}));
  EXPECT_EQ(Corpus::load(files, {}, problems_).pages().size(), 3U);
  EXPECT_TRUE(requested().empty()) << "copies are there";
  EXPECT_FALSE(is_to_be_downloaded(files[0].path));
}

TEST_F(PageLists, NameTheCanvasOfWhatFails) {
  const auto files = expand(
      folder_
          .write(
              "b.json",
              R"({"type": "Manifest", "items": [{"label": {"none": ["p. 7"]}, "items": [{"items": [{"body":
          {"type": "Image", "id": ")" +
                  url("/gone.jpg") + "\"}}]}]}]}")
          .string());
  ASSERT_EQ(files.size(), 1U);
  EXPECT_TRUE(Corpus::load(files, {}, problems_).pages().empty());
  ASSERT_EQ(problems_.size(), 1U);
  EXPECT_EQ(line_of(problems_[0]),
            "b/0001-p_7: " + url("/gone.jpg") +
                ": can't be downloaded: the server answers with HTTP status 404");
}

TEST_F(PageLists, AreNotWhatIsAPage) {
  const auto files = expand(url("/shown?id=1"));
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(files[0].path, fs::path(url("/shown?id=1")));
  EXPECT_EQ(Corpus::load(files, {}, problems_).pages().size(), 1U);
  EXPECT_EQ(requested(), Texts{"/shown?id=1"}) << "it is kept when it turns out to be a page";
  EXPECT_EQ(expand(url("/x.png")).size(), 1U);
  EXPECT_EQ(expand(url("/p1/info.json")).at(0).name, url_name(url("/p1")));
  EXPECT_TRUE(requested().empty()) << "what ends as a page is not asked for";
}

TEST_F(PageLists, ThatCannotBeReadAreProblems) {
  EXPECT_TRUE(expand(url("/broken")).empty());
  ASSERT_EQ(problems_.size(), 1U);
  EXPECT_EQ(line_of(problems_[0]), url("/broken") + ": is not well-formed JSON");
  (void)expand(url("/broken"));
  EXPECT_EQ(requested().size(), 2U) << "it is not kept";
  EXPECT_TRUE(expand(url("/none")).empty());
  EXPECT_TRUE(contains(problems_.at(0).what, "HTTP status 404"));
  EXPECT_TRUE(expand(url("/large")).empty());
  EXPECT_TRUE(contains(problems_.at(0).what, "it is larger than the limit of 32"))
      << problems_[0].what;
  const auto file = folder_.write("m.json", "[]");
  EXPECT_TRUE(expand(file.string()).empty());
  EXPECT_TRUE(contains(problems_.at(0).what, "m.json: is not a IIIF manifest"))
      << problems_.at(0).what;
}

TEST_F(PageLists, RemarkOnWhatIsNotUsed) {
  const auto file =
      folder_.write("m.json", R"({"type": "Manifest", "items": [{}, {"items": [{"items":
      [{"body": {"type": "Image", "id": "https://example.org/1.jpg"}},
       {"body": {"type": "Image", "id": "https://example.org/2.jpg"}}]}]}]})");
  EXPECT_EQ(expand(file.string()).at(0).name, "m/0002");
  ASSERT_EQ(problems_.size(), 2U);
  EXPECT_EQ(count_left_out(problems_), 0U);
  EXPECT_TRUE(contains(problems_[0].what, "without an image, which are no pages: 1"))
      << problems_[0].what;
  EXPECT_TRUE(contains(problems_[1].what, "of which the first is used: 1; the first is canvas 2"));
}

TEST_F(PageLists, AreNotReadFromElsewhereIfInputsAreConfined) {
  const auto book = folder_.write("book.json", manifest());
  confine_inputs({fs::canonical(folder_.path())});
  EXPECT_TRUE(expand(book.string()).empty());
  ASSERT_EQ(problems_.size(), 1U);
  EXPECT_TRUE(contains(problems_[0].what, "its pages are behind URLs: only files in some folders"));
  EXPECT_EQ(expand(url("/books/2")).size(), 1U) << "refused when it is read";
  confine_inputs({"/nonexistent"});
  EXPECT_TRUE(expand(book.string()).empty());
  EXPECT_TRUE(contains(problems_.at(0).what, "outside the folders"));
  EXPECT_TRUE(requested().empty());
}

TEST(CanvasNames, AreInOrderAndSafe) {
  EXPECT_EQ(canvas_name(7, "f. 3r"), "0007-f_3r");
  EXPECT_EQ(canvas_name(10'000, ""), "10000");
  EXPECT_EQ(canvas_name(1, "../../etc/passwd"), "0001-etc_passwd");
  EXPECT_EQ(canvas_name(1, " [Titelblatt – §] "), "0001-Titelblatt");
  EXPECT_EQ(canvas_name(2, "頁 二"), "0002-頁_二");
  EXPECT_EQ(canvas_name(3, "...#2"), "0003-2");
  EXPECT_EQ(canvas_name(3, std::string(200, 'x')), "0003-" + std::string(40, 'x'));
  EXPECT_EQ(list_name("a/book.v2.json"), "book.v2");
  EXPECT_EQ(list_name("https://example.org/iiif/b1/manifest.json"), "example.org/iiif/b1");
  EXPECT_EQ(list_name("https://example.org/iiif/b1/manifest"), "example.org/iiif/b1");
  EXPECT_EQ(list_name("https://example.org/manifests/drs:48"), "example.org/manifests/drs_48");
  EXPECT_EQ(list_name("https://example.org/manifest/b1.json"), "example.org/manifest/b1");
}

}  // namespace
}  // namespace ocrtune
