#include "ocrtune/corpus/image_service.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace ocrtune {
namespace {

const std::string kService = "https://images.example.org/iiif/b1%2Fp1";

/// What stands between "/full/" and "/0/" in the URLs for an image information.
std::vector<std::string> sizes(const std::string& info, const DecodeLimits& limits = {}) {
  std::vector<std::string> sizes;
  for (const std::string& url : image_urls(kService + "/info.json", info, limits)) {
    const std::string begin = kService + "/full/";
    EXPECT_TRUE(url.starts_with(begin)) << url;
    EXPECT_TRUE(url.ends_with("/0/default.jpg")) << url;
    sizes.push_back(url.substr(begin.size(), url.rfind("/0/") - begin.size()));
  }
  return sizes;
}

using Sizes = std::vector<std::string>;

TEST(ImageService, OfVersion3GivesItsMaximum) {
  const std::string begin =
      R"({"@context": "http://iiif.io/api/image/3/context.json", "type": "ImageService3",
          "profile": "level2", "width": 4000, "height": 6000)";
  EXPECT_EQ(sizes(begin + "}"), Sizes{"max"});
  EXPECT_EQ(sizes(begin + R"(, "maxWidth": 1000, "sizes": [{"width": 500, "height": 750}]})"),
            (Sizes{"max", "500,750"}));
}

TEST(ImageService, OfVersion2GivesTheWholeImage) {
  const std::string begin =
      R"({"@context": "http://iiif.io/api/image/2/context.json", "width": 4000, "height": 6000,)";
  EXPECT_EQ(sizes(begin + R"("profile": "http://iiif.io/api/image/2/level2.json"})"),
            (Sizes{"full", "max"}));
  // Limits that the image is within.
  EXPECT_EQ(sizes(begin + R"("profile": ["http://iiif.io/api/image/2/level2.json",
                              {"maxWidth": 9000, "maxArea": 400000000}]})"),
            (Sizes{"full", "max"}));
}

TEST(ImageService, OfVersion2GivesNoMoreThanItsLimits) {
  const auto first = [](const std::string& limits) {
    return sizes(R"({"@context": "http://iiif.io/api/image/2/context.json",
                     "width": 4000, "height": 6000, "profile":
                     ["http://iiif.io/api/image/2/level2.json", {)" +
                 limits + "}]}")
        .front();
  };
  // Without a maxHeight, maxWidth is that of the height too.
  EXPECT_EQ(first(R"("maxWidth": 3000)"), "2000,");
  EXPECT_EQ(first(R"("maxWidth": 3000, "maxHeight": 6000)"), "3000,");
  EXPECT_EQ(first(R"("maxHeight": 3000)"), "2000,");
  EXPECT_EQ(first(R"("maxArea": 6000000)"), "1999,");
  EXPECT_EQ(first(R"("maxWidth": 0, "maxArea": "many", "maxHeight": -3)"), "full");
}

TEST(ImageService, OfLevel0GivesASizeThatItLists) {
  const std::string info = R"({"@context": "http://iiif.io/api/image/2/context.json",
      "width": 4000, "height": 6000, "profile": ["http://iiif.io/api/image/2/level0.json",
      {"maxWidth": 1500}], "sizes": [{"width": 100, "height": 150}, {"width": 1000, "height": 1500},
      {"width": 2000, "height": 3000}]})";
  EXPECT_EQ(sizes(info), (Sizes{"1000,", "max", "full"}));
}

TEST(ImageService, OfVersion1HasOtherNames) {
  for (const char* context : {"http://library.stanford.edu/iiif/image-api/1.1/context.json",
                              "http://library.stanford.edu/iiif/image-api/context.json"}) {
    const std::string info = fmt::format(
        R"({{"@context": "{}", "width": 4000, "height": 6000, "profile":
             "http://library.stanford.edu/iiif/image-api/1.1/compliance.html#level2"}})",
        context);
    EXPECT_EQ(image_urls(kService + "/info.json", info, {}),
              (Sizes{kService + "/full/full/0/native.jpg"}));
  }
}

TEST(ImageService, IsGuessedWithoutAnInformation) {
  for (const char* info : {"", "<html>", "[]", "7", R"({"width": "wide"})", "{\"a\": [[[[[[[["})
    EXPECT_EQ(sizes(info), (Sizes{"max", "full"})) << info;
}

// A map of two gigapixels could not be decoded.
TEST(ImageService, GivesNoMoreThanAPageMayHave) {
  const std::string end = R"("width": 40000, "height": 50000})";
  EXPECT_EQ(sizes(R"({"type": "ImageService3", )" + end, {.max_pixels = 2'000'000}),
            (Sizes{"1264,1580", "max"}));
  EXPECT_EQ(sizes(R"({"type": "ImageService2", )" + end, {.max_side = 10'000}).front(), "8000,");
}

TEST(ImageService, IsNoHugeOrBrokenSize) {
  for (const char* width : {"1e300", "-5", "0", "18446744073709551616", "null", "0.2", "[]"}) {
    const auto found = sizes(fmt::format(
        R"({{"type": "ImageService2", "width": {0}, "height": 10, "maxWidth": {0},
             "sizes": [{{"width": {0}, "height": {0}}}, 7, null]}})",
        width));
    EXPECT_EQ(found, (Sizes{"full", "max"})) << width;
  }
  const auto thin = sizes(R"({"type": "ImageService2", "width": 10000000, "height": 1,
                              "maxArea": 1000})");
  EXPECT_EQ(thin.front(), "999,");
}

TEST(ImageService, IsNamedByItsUrl) {
  EXPECT_TRUE(is_image_info(kService + "/info.json"));
  EXPECT_FALSE(is_image_info(kService + "/info.json?x=1"));
  EXPECT_FALSE(is_image_info("/folder/info.json"));
  EXPECT_EQ(image_info_url(kService), kService + "/info.json");
  EXPECT_EQ(image_info_url(kService + "/"), kService + "/info.json");
  EXPECT_EQ(image_info_url(kService + "/info.json"), kService + "/info.json");
  EXPECT_EQ(page_url_name(kService + "/info.json"), "images.example.org/iiif/b1_p1");
  EXPECT_EQ(page_url_name("https://example.org/p.jpg"), "example.org/p.jpg");
}

}  // namespace
}  // namespace ocrtune
