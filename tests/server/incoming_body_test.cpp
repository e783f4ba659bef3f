#include "ocrtune/server/incoming_body.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "ocrtune/server/message.h"

namespace ocrtune::server {
namespace {

/// Gives `text` in pieces of at most `piece` bytes.
ByteSource source_of(const std::string& text, std::size_t piece = 1000) {
  return [text, piece, at = std::size_t{0}](char* to, std::size_t size) mutable {
    const std::size_t length = std::min({size, piece, text.size() - at});
    std::copy_n(text.begin() + static_cast<std::ptrdiff_t>(at), length, to);
    at += length;
    return static_cast<ssize_t>(length);
  };
}

struct Outcome {
  int status = 200;
  std::string text;
  bool complete = false;
};

Outcome outcome_of(const std::string& length, const std::string& encoding, ByteSource source,
                   std::uint64_t limit = 1000) {
  Outcome outcome;
  try {
    IncomingBody body(length, encoding, std::move(source));
    try {
      body.read(limit, [&](std::string_view piece) { outcome.text += piece; });
    } catch (const HttpError& error) {
      outcome.status = error.http_status();
    }
    outcome.complete = body.complete();
  } catch (const HttpError& error) {
    outcome.status = error.http_status();
  }
  return outcome;
}

TEST(IncomingBody, TakesAStatedLength) {
  const Outcome outcome = outcome_of("5", "", source_of("hello, next request"));
  EXPECT_EQ(outcome.status, 200);
  EXPECT_EQ(outcome.text, "hello");
  EXPECT_TRUE(outcome.complete);
}

TEST(IncomingBody, RefusesALongOneBeforeItIsRead) {
  const auto untouched = [](char*, std::size_t) -> ssize_t {
    ADD_FAILURE() << "was read";
    return 0;
  };
  const Outcome outcome = outcome_of("1001", "", untouched);
  EXPECT_EQ(outcome.status, 413);
  EXPECT_FALSE(outcome.complete);
}

TEST(IncomingBody, EndsALongChunkedOneAtTheLimit) {
  std::string chunks;
  for (int i = 0; i < 20; ++i) chunks += fmt::format("64\r\n{}\r\n", std::string(100, 'x'));
  const Outcome outcome = outcome_of("", "chunked", source_of(chunks));
  EXPECT_EQ(outcome.status, 413);
  EXPECT_EQ(outcome.text.size(), 1000U);
}

TEST(IncomingBody, RefusesWhatIsMalformed) {
  const auto status = [](const char* length, const char* encoding, const std::string& text) {
    return outcome_of(length, encoding, source_of(text)).status;
  };
  EXPECT_EQ(status("x", "", ""), 400);
  EXPECT_EQ(status("-1", "", ""), 400);
  EXPECT_EQ(status("5", "chunked", "0\r\n\r\n"), 400);
  EXPECT_EQ(status("", "gzip, chunked", "0\r\n\r\n"), 400);
  EXPECT_EQ(status("9", "", "short"), 400);
  EXPECT_EQ(status("", "chunked", "\r\n"), 400);
  EXPECT_EQ(status("", "chunked", "-1\r\nx\r\n0\r\n\r\n"), 400);
  EXPECT_EQ(status("", "chunked", "2\r\nabc\r\n0\r\n\r\n"), 400);
  EXPECT_EQ(status("", "chunked", "ffffffffffffffff\r\n"), 413);
  EXPECT_EQ(status("", "chunked", "10000000000000000\r\n"), 400);
  EXPECT_EQ(status("", "chunked", std::string(5000, '0')), 400);
}

RC_GTEST_PROP(IncomingBody, ChunksGiveWhatWasCut, (const std::vector<std::string>& pieces)) {
  std::string chunks;
  std::string whole;
  for (const std::string& piece : pieces) {
    if (piece.empty()) continue;
    chunks += fmt::format("{:x};name=value\r\n{}\r\n", piece.size(), piece);
    whole += piece;
  }
  chunks += "0\r\nTrailer: x\r\n\r\n";
  const auto at_once = *rc::gen::inRange<std::size_t>(1, 50);
  const Outcome outcome = outcome_of("", "chunked", source_of(chunks, at_once), 1U << 20U);
  RC_ASSERT(outcome.status == 200);
  RC_ASSERT(outcome.text == whole);
  RC_ASSERT(outcome.complete);
}

RC_GTEST_PROP(IncomingBody, AnythingIsTakenOrRefused,
              (const std::string& length, const std::string& text)) {
  for (const char* encoding : {"", "chunked"}) {
    const Outcome outcome = outcome_of(*encoding == '\0' ? length : "", encoding, source_of(text));
    RC_ASSERT(outcome.status == 200 || outcome.status == 400 || outcome.status == 413);
    RC_ASSERT(outcome.text.size() <= 1000);
  }
}

}  // namespace
}  // namespace ocrtune::server
