#include "ocrtune/corpus/iiif_manifest.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support/errors.h"

namespace ocrtune {
namespace {

using test::contains;

/// The numbers, labels and URLs of a manifest's canvases.
std::vector<std::string> images_in(const std::string& text) {
  std::vector<std::string> images;
  for (const auto& [number, label, url] : parse_iiif_manifest(text).images)
    images.push_back(fmt::format("{} {} {}", number, label, url));
  return images;
}

std::string refusal_of_manifest(const std::string& text) {
  return test::error_of(Errc::input_unreadable, [&] { (void)parse_iiif_manifest(text); });
}

using Images = std::vector<std::string>;

/// A manifest of version 2 with these canvases.
std::string version_2(const std::string& canvases) {
  return R"({"@context": "http://iiif.io/api/presentation/2/context.json", "@type": "sc:Manifest",
             "@id": "https://example.org/m", "label": "A book", "sequences": [{"@type":
             "sc:Sequence", "canvases": [)" +
         canvases + "]}]}";
}

/// A manifest of version 3 whose canvases have these bodies.
std::string version_3(const std::vector<std::string>& bodies) {
  std::string canvases;
  for (const std::string& body : bodies)
    canvases += fmt::format(R"({}{{"type": "Canvas", "label": {{"none": ["p. {}"]}}, "items":
                                [{{"type": "AnnotationPage", "items": [{{"type": "Annotation",
                                "motivation": "painting", "body": {}}}]}}]}})",
                            canvases.empty() ? "" : ",", bodies.size(), body);
  return R"({"@context": "http://iiif.io/api/presentation/3/context.json", "type": "Manifest",
             "items": [)" +
         canvases + "]}";
}

// Version 2 with Image API 1: the service is known by its profile, and labels are short texts.
TEST(IiifManifest, AsGallicaServesIt) {
  EXPECT_EQ(images_in(version_2(R"(
    {"@type": "sc:Canvas", "label": "NP", "height": 3000, "width": 2000, "images": [{
       "@type": "oa:Annotation", "motivation": "sc:painting", "resource": {
         "@type": "dctypes:Image", "@id": "https://g.example.org/iiif/ark:/1/b/f1/full/full/0/native.jpg",
         "format": "image/jpeg", "service": {
           "profile": "http://library.stanford.edu/iiif/image-api/1.1/compliance.html#level2",
           "@context": "http://iiif.io/api/image/1/context.json",
           "@id": "https://g.example.org/iiif/ark:/1/b/f1"}}}],
     "thumbnail": {"@id": "https://g.example.org/f1.thumbnail"}},
    {"@type": "sc:Canvas", "label": "f. 1r", "images": [{"resource": {
         "@id": "https://g.example.org/x.jpg", "service": {
           "profile": ["http://library.stanford.edu/iiif/image-api/1.1/compliance.html#level2"],
           "@id": "https://g.example.org/iiif/ark:/1/b/f2/"}}}]})")),
            (Images{"1 NP https://g.example.org/iiif/ark:/1/b/f1/info.json",
                    "2 f. 1r https://g.example.org/iiif/ark:/1/b/f2/info.json"}));
}

// Several sequences, of which the first has the canvases; labels with languages.
TEST(IiifManifest, AsHarvardAndOthersServeVersion2) {
  const std::string canvas = R"({"@type": "sc:Canvas", "label": {}, "images": [{"resource": {
      "@type": "dctypes:Image", "@id": "https://h.example.org/iiif/1/full/1200,/0/default.jpg",
      "service": {"@context": "http://iiif.io/api/image/2/context.json",
      "@id": "https://h.example.org/iiif/1", "profile": "http://iiif.io/api/image/2/level2.json"}}}]})";
  const auto labelled = [&](const std::string& label) {
    std::string text = canvas;
    return text.replace(text.find("{}"), 2, label);
  };
  const std::string end = " https://h.example.org/iiif/1/info.json";
  EXPECT_EQ(images_in(version_2(labelled(R"({"@value": "Titel", "@language": "de"})") + "," +
                                labelled(R"([{"@value": "p. 2"}, {"@value": "S. 2"}])") + "," +
                                labelled(R"("  [seq. 3]\n")") + "," + labelled("null") + "," +
                                labelled("[]") + "," + labelled("17"))),
            (Images{"1 Titel" + end, "2 p. 2" + end, "3 [seq. 3]" + end, "4 " + end, "5 " + end,
                    "6 " + end}));
  const std::string two = R"({"@type": "sc:Manifest", "sequences": [{"@id": "x"}, {"canvases": [)" +
                          labelled("\"a\"") + "]}]}";
  EXPECT_EQ(images_in(two), Images{"1 a" + end});
}

// Images without a service, and choices between images.
TEST(IiifManifest, AsBodleianAndMdzServeVersion2) {
  EXPECT_EQ(images_in(version_2(R"(
    {"images": [{"resource": {"@id": "http://m.example.org/1.jpg", "@type": "dctypes:Image"}}]},
    {"images": [{"resource": {"@type": "oa:Choice", "default": {"@type": "dctypes:Image",
       "@id": "https://m.example.org/n.jpg", "service": {"@id": "https://m.example.org/natural",
       "profile": "http://iiif.io/api/image/2/level1.json"}},
       "item": [{"@id": "https://m.example.org/uv.jpg"}]}}]},
    {"images": [{"resource": {"@type": "oa:SpecificResource", "full": {"@type": "dctypes:Image",
       "@id": "https://m.example.org/p.jpg"}, "selector": {"region": "0,0,10,10"}}}]})")),
            (Images{"1  http://m.example.org/1.jpg", "2  https://m.example.org/natural/info.json",
                    "3  https://m.example.org/p.jpg"}));
}

// Services for authentication beside that of the image, or several of the image; `id` and `@id`.
TEST(IiifManifest, AsWellcomeAndInternetArchiveServeVersion3) {
  const std::string both = R"({"type": "Image", "id": "https://w.example.org/1.jpg", "service": [
      {"@id": "https://w.example.org/login", "@type": "AuthCookieService1",
       "profile": "http://iiif.io/api/auth/1/login"},
      {"@id": "https://w.example.org/v2/1", "@type": "ImageService2",
       "profile": "http://iiif.io/api/image/2/level1.json"},
      {"id": "https://w.example.org/v3/1", "type": "ImageService3", "profile": "level1"}]})";
  const std::string single = R"([{"type": "Image", "id": "https://a.example.org/2.jpg", "service":
      {"id": "https://a.example.org/3/b%2F2.jp2", "type": "ImageService3", "profile": "level2"}}])";
  const std::string choice = R"({"type": "Choice", "items": [
      {"type": "Image", "id": "https://b.example.org/front.jpg"},
      {"type": "Image", "id": "https://b.example.org/back.jpg"}]})";
  const std::string part = R"({"type": "SpecificResource", "source": {"type": "Image",
      "id": "https://b.example.org/both.jpg"}, "selector": {"type": "ImageApiSelector"}})";
  EXPECT_EQ(
      images_in(version_3({both, single, choice, part})),
      (Images{"1 p. 4 https://w.example.org/v2/1/info.json",
              "2 p. 4 https://a.example.org/3/b%2F2.jp2/info.json",
              "3 p. 4 https://b.example.org/front.jpg", "4 p. 4 https://b.example.org/both.jpg"}));
}

TEST(IiifManifest, LeavesCanvasesWithoutImagesOut) {
  const std::string video = R"({"type": "Video", "id": "https://a.example.org/v.mp4"})";
  const std::string image = R"({"type": "Image", "id": "https://a.example.org/1.jpg"})";
  const IiifManifest manifest =
      parse_iiif_manifest(version_3({video, image, "[" + image + "," + image + "]", "null", "{}"}));
  ASSERT_EQ(manifest.images.size(), 2U);
  EXPECT_EQ(manifest.images[0].number, 2U);
  EXPECT_EQ(manifest.without_image, (std::vector<std::size_t>{1, 4, 5}));
  EXPECT_TRUE(manifest.with_more_images.empty()) << "alternatives are one image";
  const std::string annotation =
      R"({"motivation": "painting", "body": )" + image + R"(}, {"motivation": "tagging", "body":
          {"type": "Image", "id": "https://a.example.org/tag.jpg"}})";
  const auto canvas = [&](const std::string& annotations) {
    return R"({"type": "Manifest", "items": [{"items": [{"items": [)" + annotations + "]}]}]}";
  };
  EXPECT_TRUE(parse_iiif_manifest(canvas(annotation)).with_more_images.empty());
  EXPECT_EQ(parse_iiif_manifest(canvas(annotation + "," + annotation)).with_more_images,
            std::vector<std::size_t>{1});
  EXPECT_EQ(refusal_of_manifest(version_3({video})), "no canvas has an image");
}

TEST(IiifManifest, SaysWhatIsWrong) {
  EXPECT_EQ(refusal_of_manifest("{"), "is not well-formed JSON");
  EXPECT_EQ(refusal_of_manifest("{\"label\": \"\xff\"}"), "is not well-formed JSON");
  for (const char* other : {"[]", "7", "{}", "\"x\"", R"({"type": "Canvas", "items": []})"})
    EXPECT_TRUE(contains(refusal_of_manifest(other), "is not a IIIF manifest of version 2 or 3"))
        << other;
  for (const char* type : {R"("type": "Collection")", R"("@type": "sc:Collection")"})
    EXPECT_EQ(refusal_of_manifest(fmt::format("{{{}, \"items\": []}}", type)),
              "is a IIIF collection; give one of its manifests");
  EXPECT_EQ(refusal_of_manifest(version_3({R"({"type": "Image", "id": "file:///etc/passwd"})"})),
            "canvas 1 (p. 1): its image is not behind an http or https URL");
  const std::string secret = refusal_of_manifest(
      version_3({R"({"type": "Image", "id": "https://anna:secret@a.example.org/1"})"}));
  EXPECT_TRUE(contains(secret, "a user name or a password")) << secret;
  EXPECT_FALSE(contains(secret, "secret@")) << secret;
}

TEST(IiifManifest, HasLimits) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_EQ(refusal_of_manifest(nested(65)), "is nested too deeply: the limit is 64");
  EXPECT_EQ(refusal_of_manifest(std::string(3'000'000, '[')),
            "is nested too deeply: the limit is 64");
  EXPECT_TRUE(contains(refusal_of_manifest(nested(64)), "is not a IIIF manifest"));
  std::string many = "[0";
  for (int i = 0; i < 2'000'000; ++i) many += ",0";
  EXPECT_EQ(refusal_of_manifest(many + "]"), "has more values than the limit of 2000000");
  std::string canvases = "{}";
  for (std::size_t i = 0; i < kMaxCanvases; ++i) canvases += ",{}";
  EXPECT_EQ(refusal_of_manifest(version_2(canvases)), "has 10001 canvases, the limit is 10000");
  // Choices of choices end.
  std::string body = R"({"type": "Image", "id": "https://a.example.org/1.jpg"})";
  for (int i = 0; i < 8; ++i) body = R"({"type": "Choice", "items": [)" + body + "]}";
  EXPECT_EQ(refusal_of_manifest(version_3({body})), "no canvas has an image");
}

// Whatever a field holds, a manifest is read or refused.
TEST(IiifManifest, OfAnyTypesIsNoCrash) {
  const std::vector<std::string> values{
      "null", "7", "\"x\"", "[]", "{}", "[null]", "[[]]", "[{}]", "[7]", "true", R"({"id": [7]})"};
  const std::string plain = version_3({R"({"type": "Image", "id": "https://a.example.org/1.jpg",
      "service": [{"type": "ImageService3", "id": "https://a.example.org/1"}]})"});
  const std::string old = version_2(R"({"label": "a", "images": [{"resource": {"@id":
      "https://a.example.org/1.jpg", "service": {"profile": "http://iiif.io/api/image/2/level1.json",
      "@id": "https://a.example.org/1"}}}]})");
  for (const std::string& text : {plain, old}) {
    for (std::size_t at = text.find("\": "); at != std::string::npos;
         at = text.find("\": ", at + 1)) {
      for (const std::string& value : values) {
        // The rest becomes the value of a field that nobody reads.
        const std::string changed =
            text.substr(0, at + 3) + value + ", \"rest\": " + text.substr(at + 3);
        try {
          (void)parse_iiif_manifest(changed);
        } catch (const Error& error) {
          EXPECT_EQ(error.code(), Errc::input_unreadable);
        }
      }
    }
  }
}

}  // namespace
}  // namespace ocrtune
