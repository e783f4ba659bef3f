#include "ocrtune/base/address.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace ocrtune {
namespace {

TEST(ShownAddress, ShowsAllButThePassword) {
  const std::array<std::pair<const char*, const char*>, 14> cases{{
      {"postgresql://%2Frun%2Fpg/ocr/s", "postgresql://%2Frun%2Fpg/ocr/s"},
      {"postgresql://a%40b@host/ocr?application_name=me@work",
       "postgresql://a%40b@host/ocr?application_name=me@work"},
      {"postgresql://postgres@/postgres/s?host=/tmp/pass-1",
       "postgresql://postgres@/postgres/s?host=/tmp/pass-1"},
      {"postgresql://anna:x@host:1/ocr/s", "postgresql://anna:…@host:1/ocr/s"},
      {"postgresql://anna@host:1/ocr/s", "postgresql://anna@host:1/ocr/s"},
      {"postgresql://anna@[::1]:1,h-2.de:2/ocr/s", "postgresql://anna@[::1]:1,h-2.de:2/ocr/s"},
      {"postgresql:///ocr/s?host=/run/pg&sslmode=disable",
       "postgresql:///ocr/s?host=/run/pg&sslmode=disable"},
      {"postgresql+psycopg2://anna:x@host/ocr", "postgresql+psycopg2://anna:…@host/ocr"},
      {"postgresql://host/ocr/s?user=anna&passwd=x", "postgresql://host/ocr/s?user=anna&…"},
      {"postgresql://anna:a/b@c?d@host/ocr", "postgresql://anna:…"},
      {"host=h user=u password=x y", "host=…"},
      {"studies/run=3 12:30.db", "studies/run=3 12:30.db"},
      {"/home/me@work/12:30@x.db", "/home/me@work/12:30@x.db"},
      {"s\n.db", "s?.db"},
  }};
  for (const auto& [name, shown] : cases) {
    EXPECT_EQ(shown_address(name), shown);
    EXPECT_EQ(may_have_password(name), std::string_view(shown).find("…") != std::string_view::npos);
  }
}

const std::string kSecret = "Zq7XvKw";

const std::vector<std::string> kAddresses{
    "postgresql://anna:" + kSecret + "@host:5433/ocr/letters?sslmode=require",
    "postgres://anna:" + kSecret + "@host/ocr",
    "postgresql+psycopg2://anna:" + kSecret + "@[::1]:5433/ocr/letters",
    "postgresql://anna@host/ocr/letters?password=" + kSecret + "&sslmode=require",
    "postgresql://host/ocr/letters?sslmode=require&passwd=" + kSecret,
    "postgresql:///ocr?host=/run/pg&sslpassword=" + kSecret,
};

/// What it can be mistyped as.
constexpr std::string_view kTyped = ":/@?&=#%+ ;,.-_x7[\"";

bool is_plain(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '.';
}

/// Nobody could tell the password from a name if nothing were before it that no name has.
bool is_apart(const std::string& address) {
  const std::size_t at = address.find(kSecret);
  return at != std::string::npos && at > 0 && !is_plain(address[at - 1]);
}

TEST(ShownAddress, NeverShowsThePasswordOfAnAddressWithOneMistake) {
  const auto check = [](const std::string& address) {
    if (!is_apart(address)) return;
    EXPECT_EQ(shown_address(address).find(kSecret), std::string::npos) << address;
  };
  for (const std::string& address : kAddresses) {
    check(address);
    const std::size_t secret = address.find(kSecret);
    for (std::size_t at = 0; at <= address.size(); ++at) {
      if (at > secret && at < secret + kSecret.size()) continue;
      for (const char c : kTyped) check(std::string(address).insert(at, 1, c));
      if (at == secret || at == address.size()) continue;
      check(std::string(address).erase(at, 1));
      check(address.substr(0, at) + address.substr(at, 1) + address.substr(at));
      for (const char c : kTyped) {
        std::string mistyped = address;
        mistyped[at] = c;
        check(mistyped);
      }
      if (at + 1 < secret || at >= secret + kSecret.size()) {
        std::string swapped = address;
        if (at + 1 < swapped.size()) std::swap(swapped[at], swapped[at + 1]);
        check(swapped);
      }
    }
  }
}

RC_GTEST_PROP(ShownAddress, NeverShowsThePasswordOfAnAddressWithAnyPassword, ()) {
  const auto letters = rc::gen::elementOf(std::string("abcXYZ0189:/@?&=#%+ ;,.-_!$é"));
  const std::string tail = *rc::gen::container<std::string>(letters);
  const std::string password = kSecret + tail;
  std::string address = *rc::gen::elementOf(kAddresses);
  address.replace(address.find(kSecret), kSecret.size(), password);
  RC_ASSERT(shown_address(address).find(kSecret) == std::string::npos);
  RC_ASSERT(shown_address("--study=" + address).find(kSecret) == std::string::npos);
}

}  // namespace
}  // namespace ocrtune
