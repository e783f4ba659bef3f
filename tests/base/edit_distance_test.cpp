#include "ocrtune/base/edit_distance.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/base/random.h"

namespace ocrtune {
namespace {

/// The definition, word for word.
std::size_t naive(std::string_view a, std::string_view b) {
  if (a.empty()) return b.size();
  if (b.empty()) return a.size();
  const std::size_t change = naive(a.substr(1), b.substr(1)) + (a[0] == b[0] ? 0U : 1U);
  return std::min({change, naive(a.substr(1), b) + 1, naive(a, b.substr(1)) + 1});
}

rc::Gen<std::string> short_text(int longest) {
  return rc::gen::mapcat(rc::gen::inRange(0, longest + 1), [](int length) {
    return rc::gen::container<std::string>(static_cast<std::size_t>(length),
                                           rc::gen::element('a', 'b', 'c'));
  });
}

/// The table of the definition's distances, row by row.
template <typename Sequence>
std::size_t plain(const Sequence& a, const Sequence& b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (const auto& element : a) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t substituted = diagonal + (element == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({row[j + 1] + 1, row[j] + 1, substituted});
    }
  }
  return row.back();
}

std::u32string random_text(std::size_t size, std::uint64_t alphabet, Random& random) {
  std::u32string text;
  for (std::size_t i = 0; i < size; ++i) {
    text.push_back(static_cast<char32_t>(random.integer(0, static_cast<int>(alphabet) - 1)));
  }
  return text;
}

/// `text` after a few random changes, as an OCR result is of the truth.
std::u32string misread(std::u32string text, int changes, Random& random) {
  for (; changes > 0; --changes) {
    const auto at = static_cast<std::size_t>(random.integer(0, static_cast<int>(text.size())));
    const auto count = static_cast<std::size_t>(random.integer(0, 3));
    text.replace(at, std::min(count, text.size() - at),
                 random_text(static_cast<std::size_t>(random.integer(0, 3)), 7, random));
  }
  return text;
}

TEST(EditDistance, OfKnownWords) {
  EXPECT_EQ(edit_distance(std::string("kitten"), std::string("sitting")), 3U);
  EXPECT_EQ(edit_distance(std::string(), std::string("abc")), 3U);
  EXPECT_EQ(edit_distance(std::string("flaw"), std::string("lawn")), 2U);
  EXPECT_EQ(edit_distance(std::vector<int>{1, 2, 3}, std::vector<int>{1, 3}), 1U);
}

RC_GTEST_PROP(EditDistance, IsAsDefined, ()) {
  const std::string a = *short_text(6);
  const std::string b = *short_text(6);
  RC_ASSERT(edit_distance(a, b) == naive(a, b));
}

TEST(EditDistance, IsThatOfTheWholeTable) {
  Random random(1);
  for (int round = 0; round < 12'000 && !testing::Test::HasFailure(); ++round) {
    const int longest = round % 6 == 0 ? 400 : 80;
    const auto size = [&] { return static_cast<std::size_t>(random.integer(0, longest)); };
    const int alphabet = random.integer(1, round % 2 == 0 ? 4 : 100'000);
    const std::u32string a = random_text(size(), static_cast<std::uint64_t>(alphabet), random);
    const std::u32string b =
        round % 3 == 0 ? misread(a, random.integer(0, 12), random)
                       : random_text(size(), static_cast<std::uint64_t>(alphabet), random);
    EXPECT_EQ(edit_distance(a, b), plain(a, b)) << a.size() << " and " << b.size();
  }
}

TEST(EditDistance, IsThatOfTheWholeTableAroundWholeBlocks) {
  Random random(2);
  for (const std::size_t m : {1U, 2U, 63U, 64U, 65U, 127U, 128U, 129U, 191U, 192U, 193U}) {
    for (const std::size_t n : {1U, 2U, 62U, 63U, 64U, 65U, 128U, 200U}) {
      for (const std::uint64_t alphabet : {2U, 5U, 1000U}) {
        const std::u32string a = random_text(m, alphabet, random);
        const std::u32string b = random_text(n, alphabet, random);
        EXPECT_EQ(edit_distance(a, b), plain(a, b)) << m << " and " << n;
      }
    }
  }
}

TEST(EditDistance, TakesWordsForElements) {
  Random random(3);
  for (int round = 0; round < 1000; ++round) {
    const auto words = [&] {
      std::vector<std::string> text;
      for (int i = random.integer(0, 90); i > 0; --i) {
        text.push_back(std::string(static_cast<std::size_t>(random.integer(1, 4)), 'x') +
                       static_cast<char>('a' + random.integer(0, 3)));
      }
      return text;
    };
    const std::vector<std::string> a = words();
    const std::vector<std::string> b = words();
    const std::size_t expected = plain(a, b);
    EXPECT_EQ(edit_distance(a, b), expected);
    using Views = std::vector<std::string_view>;
    EXPECT_EQ(edit_distance(Views(a.begin(), a.end()), Views(b.begin(), b.end())), expected);
  }
}

TEST(Similarity, OfSequences) {
  EXPECT_EQ(similarity(std::string("abcd"), std::string("abxd")), 0.75);
  EXPECT_EQ(similarity(std::string("ab"), std::string("xy")), 0);
  EXPECT_EQ(similarity(std::string("ab"), std::string()), 0);
  EXPECT_EQ(similarity(std::string(), std::string()), 1);
}

RC_GTEST_PROP(EditDistance, IsAMetric, ()) {
  const std::string a = *short_text(30);
  const std::string b = *short_text(30);
  const std::string c = *short_text(30);
  RC_ASSERT(edit_distance(a, a) == 0U);
  RC_ASSERT((edit_distance(a, b) == 0) == (a == b));
  RC_ASSERT(edit_distance(a, b) == edit_distance(b, a));
  RC_ASSERT(edit_distance(a, c) <= edit_distance(a, b) + edit_distance(b, c));
  RC_ASSERT(edit_distance(a, b) <= std::max(a.size(), b.size()));
}

}  // namespace
}  // namespace ocrtune
