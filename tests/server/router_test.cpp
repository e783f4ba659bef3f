#include "ocrtune/server/router.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "http_status.h"
#include "ocrtune/base/text.h"

namespace ocrtune::server {
namespace {

Router small_router() {
  Router router;
  const auto nothing = [](const Request&) { return Response{}; };
  router.add("GET", "/api/corpora", nothing);
  router.add("GET", "/api/corpora/{id}", nothing);
  router.add("DELETE", "/api/corpora/{id}", nothing);
  router.add("GET", "/api/corpora/{id}/pages/{page}/image", nothing);
  return router;
}

TEST(Router, TakesParametersFromThePathDecoded) {
  const Router router = small_router();
  const RouteMatch match = router.find("GET", "/api/corpora/a%2Fb%20c/pages/7/image");
  ASSERT_NE(match.route, nullptr);
  EXPECT_EQ(match.route->pattern, "/api/corpora/{id}/pages/{page}/image");
  EXPECT_EQ(match.parameters.at("id"), "a/b c");
  EXPECT_EQ(match.parameters.at("page"), "7");
}

TEST(Router, TellsAnotherMethodFromAnotherAddress) {
  const Router router = small_router();
  EXPECT_TRUE(router.find("PUT", "/api/corpora/a").other_method);
  EXPECT_FALSE(router.find("PUT", "/api/nothing").other_method);
  EXPECT_EQ(router.find("PUT", "/api/corpora/a").route, nullptr);
  EXPECT_NE(router.find("HEAD", "/api/corpora/a").route, nullptr);
}

TEST(Router, AnEmptyPartIsNoParameter) {
  const Router router = small_router();
  EXPECT_EQ(router.find("GET", "/api/corpora/").route, nullptr);
  EXPECT_EQ(router.find("GET", "/api//corpora").route, nullptr);
}

TEST(Router, MalformedEscapesAre400) {
  for (const char* path : {"/api/%", "/api/%4", "/api/%zz", "/api/%00", "/api/%ff"}) {
    EXPECT_EQ(status_of([&] { (void)small_router().find("GET", path); }), 400) << path;
  }
}

std::string encoded(const std::string& text) {
  static constexpr const char* kDigits = "0123456789abcdef";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    out += {'%', kDigits[byte / 16], kDigits[byte % 16]};
  }
  return out;
}

RC_GTEST_PROP(Router, DecodingUndoesEncoding, ()) {
  const std::string ascii =
      *rc::gen::container<std::string>(rc::gen::inRange(static_cast<char>(1), '\x7f'));
  const std::string text = ascii + "ä€" + ascii;
  RC_ASSERT(decoded(encoded(text), true) == text);
}

RC_GTEST_PROP(Router, AnyTextIsDecodedOrRefused, (const std::string& text)) {
  try {
    const std::string plain = decoded(text, true);
    RC_ASSERT(is_utf8(plain) && plain.find('\0') == std::string::npos);
    (void)parse_query(text);
  } catch (const HttpError& error) {
    RC_ASSERT(error.http_status() == 400);
  }
}

TEST(Query, TakesNamesAndValues) {
  const auto fields = parse_query("path=%2Fa+b&width=12&flag&path=c%3D");
  EXPECT_EQ(fields.at("path"), "c=");
  EXPECT_EQ(fields.at("width"), "12");
  EXPECT_EQ(fields.at("flag"), "");
  EXPECT_TRUE(parse_query("").empty());
}

TEST(Query, RefusesTooManyValues) {
  std::string text = "a=1";
  for (int i = 0; i < 40; ++i) text += "&a=1";
  EXPECT_EQ(status_of([&] { (void)parse_query(text); }), 400);
}

}  // namespace
}  // namespace ocrtune::server
