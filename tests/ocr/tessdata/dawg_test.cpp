#include "ocrtune/ocr/tessdata/dawg.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <bit>
#include <set>
#include <string>
#include <vector>

#include "support/errors.h"
#include "support/model_files.h"

namespace ocrtune::tessdata {
namespace {

using test::contains;
using Word = std::vector<int>;

constexpr std::uint64_t kLast = 1;
constexpr std::uint64_t kBackward = 2;
constexpr std::uint64_t kEnds = 4;

Dawg parse(const test::ModelBytes& bytes) {
  ByteReader reader(bytes, "graph");
  return Dawg::parse(reader);
}

/// An edge as it lies in a file for `unichars` characters.
std::uint64_t edge(int unichars, int letter, std::uint64_t flags, std::uint64_t next) {
  const auto shift = static_cast<int>(std::bit_width(static_cast<unsigned>(unichars)));
  return static_cast<std::uint64_t>(letter) | flags << shift | next << (shift + 3);
}

test::ModelBytes file_of(int unichars, const std::vector<std::uint64_t>& edges) {
  test::ByteWriter writer;
  writer.number<std::int16_t>(42).number(unichars).number(static_cast<std::int32_t>(edges.size()));
  for (const std::uint64_t bits : edges) writer.number(bits);
  return writer.bytes();
}

std::string graph_refusal(const test::ModelBytes& bytes) {
  return test::error_of(Errc::dependency_missing, [&] { parse(bytes); });
}

/// True where the graph has an edge for each letter, the last of which ends a word.
bool holds(const Dawg& dawg, const Word& word) {
  int node = Dawg::kRoot;
  int last = Dawg::kNone;
  for (const int letter : word) {
    last = dawg.find(node, letter);
    if (last == Dawg::kNone) return false;
    node = dawg.next(last);
  }
  return dawg.ends_word(last);
}

TEST(Dawg, HoldsItsWordsAndNoOthers) {
  const Dawg dawg = parse(test::dawg_bytes({{3, 4}, {3, 4, 4, 3}, {5}, {0, 7}}, 9));
  EXPECT_TRUE(holds(dawg, {3, 4}));
  EXPECT_TRUE(holds(dawg, {3, 4, 4, 3}));
  EXPECT_TRUE(holds(dawg, {5}));
  EXPECT_TRUE(holds(dawg, {0, 7}));
  EXPECT_FALSE(holds(dawg, {3}));
  EXPECT_FALSE(holds(dawg, {3, 4, 4}));
  EXPECT_FALSE(holds(dawg, {4}));
  EXPECT_TRUE(dawg.is_word(5));
  EXPECT_FALSE(dawg.is_word(3));
  EXPECT_FALSE(dawg.is_word(0));
}

TEST(Dawg, KnowsWhereNoWordGoesOn) {
  const Dawg dawg = parse(test::dawg_bytes({{5}, {6, 7}}, 9));
  EXPECT_EQ(dawg.next(dawg.find(Dawg::kRoot, 5)), Dawg::kNone);
  EXPECT_NE(dawg.next(dawg.find(Dawg::kRoot, 6)), Dawg::kNone);
  EXPECT_EQ(dawg.find(Dawg::kNone, 5), Dawg::kNone);
  EXPECT_EQ(dawg.find(Dawg::kRoot, -1), Dawg::kNone);
  EXPECT_EQ(dawg.find(Dawg::kRoot, 1'000'000), Dawg::kNone);
}

TEST(Dawg, TakesTheEdgeOfTwoAlikeThatTesseractTakes) {
  // At the root halving finds the one in the middle, elsewhere the first counts.
  const Dawg dawg = parse(file_of(9, {edge(9, 3, 0, 3), edge(9, 3, kEnds, 0), edge(9, 4, kLast, 3),
                                      edge(9, 5, 0, 3), edge(9, 5, kEnds | kLast, 0)}));
  EXPECT_EQ(dawg.find(Dawg::kRoot, 3), 1);
  EXPECT_TRUE(dawg.is_word(3));
  EXPECT_EQ(dawg.find(3, 5), 3);
}

TEST(Dawg, RefusesWhatIsNone) {
  const test::ModelBytes good = test::dawg_bytes({{3, 4}, {5}}, 9);
  for (std::size_t size = 0; size < good.size(); ++size) {
    EXPECT_FALSE(
        graph_refusal({good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size)}).empty());
  }
  test::ModelBytes magic = good;
  magic[0] = 43;
  EXPECT_TRUE(contains(graph_refusal(magic), "magic number"));
  EXPECT_TRUE(contains(graph_refusal(file_of(0, {edge(9, 3, kLast, 0)})), "characters"));
  EXPECT_TRUE(contains(graph_refusal(file_of(9, {})), "edges"));
  EXPECT_TRUE(
      contains(graph_refusal(file_of(9, {edge(9, 3, kLast, 1)})), "leads out of the graph"));
  EXPECT_TRUE(contains(graph_refusal(file_of(9, {~std::uint64_t{0}})), "leads out of the graph"));
  EXPECT_TRUE(contains(graph_refusal(file_of(9, {edge(9, 3, kLast | kBackward, 0)})), "backward"));
  EXPECT_TRUE(contains(graph_refusal(file_of(9, {edge(9, 3, 0, 0)})), "no last edge"));
}

TEST(Dawg, RefusesANodeOfMoreEdgesThanCharacters) {
  std::vector<std::uint64_t> edges(20, edge(9, 3, kEnds, 0));
  edges.push_back(edge(9, 4, kLast, 0));
  EXPECT_TRUE(contains(graph_refusal(file_of(9, edges)), "more than 20 edges"));
}

RC_GTEST_PROP(Dawg, HoldsRandomWords, ()) {
  const int unichars = *rc::gen::inRange(2, 40);
  const auto letter = rc::gen::inRange(0, unichars);
  const auto word = rc::gen::resize(6, rc::gen::nonEmpty(rc::gen::container<Word>(letter)));
  const auto words = *rc::gen::nonEmpty(rc::gen::container<std::set<Word>>(word));
  const Dawg dawg = parse(test::dawg_bytes({words.begin(), words.end()}, unichars));
  for (const Word& held : words) RC_ASSERT(holds(dawg, held));
  const Word other = *word;
  RC_ASSERT(holds(dawg, other) == words.contains(other));
}

RC_GTEST_PROP(Dawg, AnyBytesAreRefusedOrSafe, ()) {
  test::ModelBytes bytes = test::dawg_bytes({{3, 4}, {3, 4, 4, 3}, {5}, {0, 7}}, 9);
  for (int change = *rc::gen::inRange(1, 6); change > 0; --change) {
    bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = *rc::gen::arbitrary<std::uint8_t>();
  }
  try {
    const Dawg dawg = parse(bytes);
    int node = Dawg::kRoot;
    for (int step = 0; step < 50 && node != Dawg::kNone; ++step) {
      const int found = dawg.find(node, *rc::gen::inRange(0, 9));
      if (found == Dawg::kNone) continue;
      node = dawg.ends_word(found) && step % 2 == 0 ? Dawg::kRoot : dawg.next(found);
    }
  } catch (const Error& error) {
    RC_ASSERT(error.code() == Errc::dependency_missing);
  }
}

}  // namespace
}  // namespace ocrtune::tessdata
