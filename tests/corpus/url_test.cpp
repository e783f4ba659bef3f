#include "ocrtune/corpus/url.h"

#include <curl/curlver.h>
#include <gtest/gtest.h>

#include "support/errors.h"

namespace ocrtune {
namespace {

using test::contains;

std::string refused(const std::string& url) {
  return test::error_of(Errc::input_unreadable, [&] { check_url(url); });
}

TEST(Url, IsHttpOrHttpsAlone) {
  for (const char* url : {"http://a/b.png", "https://a/b.png", "HTTPS://A", "http://"})
    EXPECT_TRUE(is_url(url)) << url;
  for (const char* path : {"", "a.png", "http", "http:/a", "https:a", "ftp://a/b.png", "file:///a",
                           "/http://a", " http://a"})
    EXPECT_FALSE(is_url(path)) << path;
}

TEST(Url, OfAPageHasAName) {
  EXPECT_EQ(url_name("https://Example.org/iiif/2/abc/full/full/0/default.jpg"),
            "example.org/iiif/2/abc/full/full/0/default.jpg");
  EXPECT_EQ(url_name("http://127.0.0.1:8080/p.png"), "127.0.0.1_8080/p.png");
  EXPECT_EQ(url_name("https://a.org//x///p.PNG"), "a.org/x/p.PNG");
  EXPECT_EQ(url_name("https://a.org/b%C3%BCcher/a%20b.jpg"), "a.org/bücher/a b.jpg");
  EXPECT_EQ(url_name("https://a.org/ark:/12148/f1.jpg"), "a.org/ark_/12148/f1.jpg");
}

TEST(Url, NamesAreNoOtherPlaces) {
  EXPECT_EQ(url_name("https://a.org/../../etc/p.png"), "a.org/etc/p.png");
  // Since its change 16870, libcurl takes encoded dots for dots; that of Debian 13 does.
  EXPECT_EQ(url_name("https://a.org/%2e%2e/%2E./p.png"),
            LIBCURL_VERSION_NUM >= 0x080E00 ? "a.org/p.png" : "a.org/_./_./p.png");
  EXPECT_EQ(url_name("https://a.org/x%2F..%2F..%2Fp.png"), "a.org/x_.._.._p.png");
  EXPECT_EQ(url_name("https://a.org/.well-known/p.png"), "a.org/_well-known/p.png");
  EXPECT_EQ(url_name("https://a.org/a%00b%0a%5C.png"), "a.org/a_b__.png");
  EXPECT_EQ(url_name("https://a.org/%ff%fe.png"), "a.org/%ff%fe.png");
  const std::string name = url_name("https://a.org/" + std::string(500, 'x') + ".jpg");
  EXPECT_LT(name.size(), 60U);
}

TEST(Url, NamesTellQueriesApart) {
  EXPECT_EQ(url_name("https://a.org/p.jpg?id=3&page=4"), "a.org/p-id=3,page=4.jpg");
  EXPECT_EQ(url_name("https://a.org/show.php?id=3"), "a.org/show_php-id=3");
  EXPECT_EQ(url_name("https://a.org?id=3"), "a_org-id=3");
  const std::string one = url_name("https://a.org/p.jpg?file=a/b.tif");
  const std::string other = url_name("https://a.org/p.jpg?file=a/c.tif");
  EXPECT_NE(one, other);
  EXPECT_TRUE(one.starts_with("a.org/p-")) << one;
  EXPECT_TRUE(one.ends_with(".jpg")) << one;
  EXPECT_EQ(one.find_first_of("?*&"), std::string::npos) << one;
}

// Outputs replace an extension.
TEST(Url, WhatOnlyLooksLikeAnExtensionTellsNamesApart) {
  EXPECT_EQ(url_name("https://a.org/object/12.7"), "a.org/object/12_7");
  EXPECT_EQ(url_name("https://a.org/object/f1.highres"), "a.org/object/f1_highres");
}

TEST(Url, PasswordsAreRefusedAndNotShown) {
  for (const char* url : {"https://anna:secret@a.org/p.png", "http://anna@a.org/p.png",
                          "https://:secret@a.org/p.png", "HTTPS://anna:se%40cret@a.org/p.png"}) {
    const std::string line = refused(url);
    EXPECT_TRUE(contains(line, "a URL may not have a user name or a password")) << line;
    EXPECT_TRUE(contains(line, "://a.org/p.png: ")) << line;
    EXPECT_TRUE(contains(line, "~/.netrc")) << line;
    for (const char* hidden : {"anna", "cret"}) EXPECT_FALSE(contains(line, hidden)) << line;
  }
  for (const char* url : {"https://anna:secret word@a.org/p.png", "https://anna:sec/ret@a.org/p",
                          "https://anna:secret@", "https://anna@b:secret@a.org/p.png",
                          "https://anna:sec?ret@a.org/p.png"}) {
    const std::string line = refused(url);
    EXPECT_TRUE(contains(line, "is not a valid URL")) << line;
    for (const char* hidden : {"anna", "sec", "ret"}) EXPECT_FALSE(contains(line, hidden)) << line;
  }
}

TEST(Url, InvalidOnesAreRefused) {
  for (const std::string& url :
       {std::string("http://"), std::string("https://a b/p.png"),
        std::string("https://a.org/a b.png"), std::string("https://a.org:99999/p.png"),
        std::string("https://a.org/\n.png"), std::string("https://a.org/\0.png", 20),
        std::string("https://a.org/\xff.png")}) {
    EXPECT_TRUE(contains(refused(url), "is not a valid URL")) << url;
  }
  EXPECT_TRUE(contains(refused("https://a.org/p.png#xywh=1,2,3,4"), "names a part of a page"));
  EXPECT_TRUE(contains(refused("https://a.org/" + std::string(5000, 'x')), "4096 bytes"));
  check_url("https://user.example.org/a@b.png?q=a@b");
}

TEST(Url, CopiesKeepTheExtension) {
  const std::string name = url_cache_name("https://A.org:80/x/p.JPG?id=1").string();
  EXPECT_TRUE(name.starts_with("a.org_80/")) << name;
  EXPECT_TRUE(name.ends_with(".jpg")) << name;
  EXPECT_NE(url_cache_name("https://a.org/p.jpg?id=1"), url_cache_name("https://a.org/p.jpg?id=2"));
  EXPECT_EQ(url_cache_name("https://a.org/x.not-one!").extension(), "");
  EXPECT_EQ(url_cache_name("https://a.org/../../p.xml").parent_path(), "a.org");
}

}  // namespace
}  // namespace ocrtune
