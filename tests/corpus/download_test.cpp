#include "ocrtune/corpus/download.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "ocrtune/base/version.h"
#include "support/errors.h"
#include "support/http_stand_in.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {

using test::contains;
using test::http_answer;
using test::HttpStandIn;
using Answer = HttpStandIn::Answer;

/// As the program's, but in a hurry.
constexpr DownloadLimits kQuick{.max_bytes = 1000,
                                .connect = std::chrono::milliseconds(2000),
                                .slow = std::chrono::seconds(1),
                                .redirects = 3,
                                .attempts = 3,
                                .pause = std::chrono::milliseconds(1),
                                .longest_pause = std::chrono::milliseconds(2000),
                                .interval = std::chrono::milliseconds(0)};

std::string text_of(const Download& content) {
  std::string text(content.bytes.size(), '\0');
  std::ranges::transform(content.bytes, text.begin(),
                         [](std::byte b) { return static_cast<char>(b); });
  return text;
}

std::string text_at(const std::string& url) { return text_of(download(url, kQuick)); }

std::string failure_at(const std::string& url) {
  const std::string line =
      test::error_of(Errc::input_unreadable, [&] { (void)download(url, kQuick); });
  EXPECT_TRUE(line.starts_with(url + ": can't be downloaded: ")) << line;
  return line;
}

/// The line for a download that is always answered in this way; `requests` are made.
std::string failure_of(const Answer& answer, std::size_t requests) {
  const HttpStandIn server([&](const std::string&, int) { return answer; });
  const std::string line = failure_at(server.url("/p.png"));
  EXPECT_EQ(server.requests().size(), requests) << line;
  return line;
}

TEST(Download, GivesTheContent) {
  const HttpStandIn server(
      [](const std::string& path, int) { return http_answer("200 OK", path); });
  EXPECT_EQ(text_at(server.url("/a%20b.png?id=1&x=2")), "/a%20b.png?id=1&x=2");
  EXPECT_TRUE(contains(server.requests().at(0),
                       fmt::format("User-Agent: ocrtune/{}\r\n", program_version())));
  const std::string all(1000, '\xff');
  const HttpStandIn most([&](const std::string&, int) { return http_answer("200 OK", all); });
  EXPECT_EQ(text_at(most.url("/")), all);
}

TEST(Download, IsNotRepeatedWhereItIsRefused) {
  EXPECT_TRUE(contains(failure_of(http_answer("404 Not Found", "none"), 1), "HTTP status 404"));
  EXPECT_TRUE(contains(failure_of(http_answer("401 Unauthorized", ""), 1), "HTTP status 401"));
  EXPECT_TRUE(contains(failure_of(http_answer("304 Not Modified", ""), 1), "HTTP status 304"));
}

TEST(Download, IsRepeatedAfterATransientFailure) {
  for (const char* status : {"500 Error", "503 Busy", "429 Too Many Requests"}) {
    const HttpStandIn server([&](const std::string&, int before) {
      return before < 2 ? http_answer(status, "sorry") : http_answer("200 OK", "page");
    });
    EXPECT_EQ(text_at(server.url("/")), "page") << status;
    EXPECT_TRUE(contains(failure_of(http_answer(status, ""), 3), "the server answers with HTTP"));
  }
}

TEST(Download, WaitsAsLongAsTheServerAsksButNotForHours) {
  const HttpStandIn server([&](const std::string&, int before) {
    return before < 1 ? http_answer("429 Slow", "", "Retry-After: 1\r\n")
                      : http_answer("200 OK", "page");
  });
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(text_at(server.url("/")), "page");
  EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(990));
  EXPECT_TRUE(contains(failure_of(http_answer("503 Busy", "", "Retry-After: 3600\r\n"), 1),
                       "HTTP status 503, to be asked again in 60 min"));
}

TEST(Download, FollowsRedirectsToHttpAlone) {
  const auto to = [](const std::string& place) {
    return http_answer("302 Found", "moved", "Location: " + place + "\r\n");
  };
  const HttpStandIn server([&](const std::string& path, int) {
    return path == "/old" ? to("/new") : http_answer("200 OK", "page");
  });
  EXPECT_EQ(text_at(server.url("/old")), "page");
  for (const char* place : {"file:///etc/passwd", "ftp://127.0.0.1/p", "gopher://127.0.0.1/"})
    EXPECT_TRUE(contains(failure_of(to(place), 1), "redirected to another protocol")) << place;
  EXPECT_TRUE(contains(failure_of(to("/"), 4), "redirected more than 3 times"));
  const std::string secret = failure_of(to("http://anna:secret@127.0.0.1/"), 1);
  EXPECT_TRUE(contains(secret, "a user name or a password"));
  EXPECT_FALSE(contains(secret, "secret"));
}

TEST(Download, FollowsRedirectsOfAHostWithAPassword) {
  const test::TempFolder home;
  home.write(".netrc", "machine 127.0.0.1 login anna password geheim\n");
  std::string other_host;
  const HttpStandIn server([&](const std::string& path, int) {
    const auto to = [](const std::string& place) {
      return http_answer("302 Found", "moved", "Location: " + place + "\r\n");
    };
    if (path == "/a/old") return to("../b/n w?x=1");
    if (path == "/far") return to(other_host);
    return http_answer("200 OK", path);
  });
  const std::string own = server.url("/far");
  other_host = "http://localhost" + own.substr(own.rfind(':'));
  other_host.replace(other_host.rfind("/far"), 4, "/new");
  const std::string before = std::getenv("HOME") == nullptr ? "" : std::getenv("HOME");
  ::setenv("HOME", home.path().c_str(), 1);
  const Download near = download(server.url("/a/old"), kQuick);
  const Download far = download(own, kQuick);
  ::setenv("HOME", "/nonexistent", 1);
  const Download open = download(server.url("/a/old"), kQuick);
  ::setenv("HOME", before.c_str(), 1);
  EXPECT_EQ(text_of(near), "/b/n%20w?x=1");
  EXPECT_EQ(text_of(far), "/new");
  EXPECT_TRUE(near.needed_password);
  EXPECT_TRUE(far.needed_password);
  EXPECT_FALSE(open.needed_password);
  std::vector<bool> has_password;
  for (const std::string& head : server.requests())
    has_password.push_back(contains(head, "Authorization: Basic"));
  // The password is of that host alone.
  EXPECT_EQ(has_password, (std::vector<bool>{true, true, true, false, false, false}));
}

TEST(Download, IsNoLongerThanItsLimit) {
  const std::string long_one(1001, 'x');
  EXPECT_TRUE(contains(failure_of(http_answer("200 OK", long_one), 1), "larger than the limit"));
  const Answer untold{"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + long_one};
  EXPECT_TRUE(contains(failure_of(untold, 1), "larger than the limit of 1.0 kB"));
  const Answer chunked{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n" + long_one +
                       "\r\n0\r\n\r\n"};
  EXPECT_TRUE(contains(failure_of(chunked, 1), "larger than the limit"));
}

TEST(Download, EndsWithABeginningThatIsNotWanted) {
  const HttpStandIn endless([](const std::string&, int) {
    return Answer{.bytes = "HTTP/1.1 200 OK\r\n\r\n" + std::string(kBeginning, 'x'),
                  .stays_open = true};
  });
  DownloadLimits limits = kQuick;
  limits.max_bytes = 1'000'000;
  limits.most = [](std::span<const std::byte> beginning) -> std::uint64_t {
    if (beginning.front() == std::byte{'x'}) return 0;
    return beginning.front() == std::byte{'p'} ? 3 * kBeginning : kBeginning + 1;
  };
  EXPECT_EQ(download(endless.url("/"), limits).bytes.size(), kBeginning);
  const std::string page = std::string(2 * kBeginning, 'p');
  const HttpStandIn wanted([&](const std::string&, int) { return http_answer("200 OK", page); });
  EXPECT_EQ(download(wanted.url("/"), limits).bytes.size(), page.size());
  const HttpStandIn longer([](const std::string&, int) {
    return http_answer("200 OK", std::string(2 * kBeginning, 'l'));
  });
  EXPECT_TRUE(contains(
      test::error_of(Errc::input_unreadable, [&] { (void)download(longer.url("/"), limits); }),
      "it is larger than the limit of 4.1 kB"));
}

TEST(Download, IsNothingWhereTheServerHasNone) {
  for (const char* status : {"404 Not Found", "400 Bad Request", "501 Not Implemented"}) {
    const HttpStandIn server([&](const std::string&, int) { return http_answer(status, "no"); });
    EXPECT_FALSE(find_download(server.url("/p"), kQuick)) << status;
    EXPECT_EQ(server.requests().size(), 1U);
  }
  const HttpStandIn secret(
      [](const std::string&, int) { return http_answer("401 Unauthorized", ""); });
  EXPECT_TRUE(contains(test::error_of(Errc::input_unreadable,
                                      [&] { (void)find_download(secret.url("/p"), kQuick); }),
                       "HTTP status 401"));
}

TEST(Download, IsWhole) {
  const Answer cut{"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"};
  EXPECT_TRUE(contains(failure_of(cut, 3), "the connection ended before the file did"));
  const Answer cut_chunk{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf"};
  EXPECT_FALSE(failure_of(cut_chunk, 3).empty());
  EXPECT_FALSE(failure_of(Answer{""}, 3).empty());
  EXPECT_FALSE(failure_of(Answer{"SSH-2.0-OpenSSH_9.2\r\n"}, 1).empty());
}

TEST(Download, DoesNotWaitForever) {
  const HttpStandIn server([](const std::string&, int) {
    return Answer{.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", .stays_open = true};
  });
  DownloadLimits once = kQuick;
  once.attempts = 1;
  EXPECT_TRUE(contains(
      test::error_of(Errc::input_unreadable, [&] { (void)download(server.url("/"), once); }),
      "the server takes too long"));
}

TEST(Download, GivesAnUnreachableHostUpForAWhile) {
  const std::string url = fmt::format("http://127.0.0.1:{}/", test::closed_port());
  DownloadLimits patient = kQuick;
  patient.pause = std::chrono::milliseconds(100);
  const auto seconds = [&](const std::string& path) {
    const auto start = std::chrono::steady_clock::now();
    EXPECT_FALSE(test::error_of(Errc::input_unreadable, [&] {
                   (void)download(url + path, patient);
                 }).empty());
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  EXPECT_GE(seconds("a.png"), 0.29);
  EXPECT_LT(seconds("b.png"), 0.1);
}

}  // namespace
}  // namespace ocrtune
