#include "ocrtune/server/request_guard.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "http_status.h"

namespace ocrtune::server {
namespace {

const std::string kToken = "0123456789abcdef0123456789abcdef";

int place_status(const std::string& host, const std::string& origin, bool has_origin) {
  const RequestGuard guard(kToken, 8421);
  return status_of([&] {
    guard.check_place({.method = "GET", .host = host, .origin = origin, .has_origin = has_origin});
  });
}

TEST(RequestGuard, TakesItsOwnNamesOnly) {
  for (const char* host : {"127.0.0.1:8421", "localhost:8421", "LocalHost:8421", "[::1]:8421"}) {
    EXPECT_EQ(place_status(host, "", false), 200) << host;
  }
  for (const char* host : {"", "127.0.0.1", "127.0.0.1:80", "evil.example:8421", "localhost:84210",
                           "localhost:8421.evil.example"}) {
    EXPECT_EQ(place_status(host, "", false), 403) << host;
  }
}

TEST(RequestGuard, TakesItsOwnOriginOnly) {
  EXPECT_EQ(place_status("localhost:8421", "http://localhost:8421", true), 200);
  EXPECT_EQ(place_status("localhost:8421", "http://127.0.0.1:8421", true), 200);
  for (const char* origin : {"", "null", "http://evil.example", "https://localhost:8421",
                             "http://localhost:8422", "http://localhost:8421.evil.example"}) {
    EXPECT_EQ(place_status("localhost:8421", origin, true), 403) << origin;
  }
}

int token_status(const std::string& authorization, const std::string& cookie) {
  const RequestGuard guard(kToken, 8421);
  return status_of([&] { guard.check_token({.authorization = authorization, .cookie = cookie}); });
}

TEST(RequestGuard, TakesTheTokenFromHeaderOrCookie) {
  EXPECT_EQ(token_status("Bearer " + kToken, ""), 200);
  EXPECT_EQ(token_status("bearer " + kToken, ""), 200);
  EXPECT_EQ(token_status("", "a=b; ocrtune_8421=" + kToken + "; c=d"), 200);
  EXPECT_EQ(token_status("Bearer x", "ocrtune_8421=" + kToken), 200);
}

TEST(RequestGuard, RefusesAnythingElse) {
  EXPECT_EQ(token_status("", ""), 401);
  EXPECT_EQ(token_status(kToken, ""), 401);
  EXPECT_EQ(token_status("Basic " + kToken, ""), 401);
  EXPECT_EQ(token_status("Bearer", ""), 401);
  EXPECT_EQ(token_status("", "ocrtune_8422=" + kToken), 401);
  EXPECT_EQ(token_status("", "ocrtune_8421="), 401);
}

RC_GTEST_PROP(RequestGuard, OnlyTheTokenIsTheToken, (const std::string& text, std::size_t at)) {
  const RequestGuard guard(kToken, 8421);
  RC_ASSERT(guard.is_token(text) == (text == kToken));
  std::string changed = kToken;
  changed[at % changed.size()] ^= 1;
  RC_ASSERT(!guard.is_token(changed));
  RC_ASSERT(!guard.is_token(kToken.substr(0, at % kToken.size())));
}

int type_status(const std::string& method, const std::string& type, Body body,
                bool requested_with = false) {
  return status_of([&] {
    RequestGuard::check_content_type(
        {.method = method, .content_type = type, .has_requested_with = requested_with}, body);
  });
}

TEST(RequestGuard, WhatAFormCanSendIsRefused) {
  for (const char* type : {"", "text/plain", "application/x-www-form-urlencoded",
                           "multipart/form-data; boundary=x", "application/jsonp"}) {
    EXPECT_EQ(type_status("POST", type, Body::none), 415) << type;
    EXPECT_EQ(type_status("POST", type, Body::json_text), 415) << type;
    EXPECT_EQ(type_status("PUT", type, Body::file), 415) << type;
  }
  EXPECT_EQ(type_status("POST", "application/json; charset=utf-8", Body::json_text), 200);
  EXPECT_EQ(type_status("PUT", "application/octet-stream", Body::file), 200);
  EXPECT_EQ(type_status("POST", "", Body::none, true), 200);
  EXPECT_EQ(type_status("PUT", "image/png", Body::file, true), 200);
  EXPECT_EQ(type_status("POST", "text/plain", Body::json_text, true), 415);
  EXPECT_EQ(type_status("GET", "", Body::none), 200);
}

TEST(RequestGuard, TheCookieIsForThisServerAlone) {
  EXPECT_EQ(RequestGuard(kToken, 8421).set_cookie(),
            "ocrtune_8421=" + kToken + "; HttpOnly; SameSite=Strict; Path=/");
}

}  // namespace
}  // namespace ocrtune::server
