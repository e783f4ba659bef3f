#include "ocrtune/ocr/lstm/beam.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "support/decoding.h"

namespace ocrtune::lstm {
namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
using test::kTiny;

/// A search over a recoder's classes, with or without a dictionary.
class Search {
 public:
  explicit Search(const Recoder& recoder, const Dictionary* dictionary = nullptr,
                  bool simple_text = false)
      : codes_(recoder) {
    if (dictionary != nullptr) walk_.emplace(*dictionary);
    beam_.emplace(Beam::Language{.unicharset = &kTiny.unicharset,
                                 .codes = &codes_,
                                 .walk = walk_ ? &*walk_ : nullptr,
                                 .classes = recoder.classes(),
                                 .null_code = kTiny.kNull,
                                 .simple_text = simple_text});
  }

  std::vector<BeamNode> run(const LineOutput& output) {
    const std::span<const BeamNode> path = beam_->search(output);
    return {path.begin(), path.end()};
  }

  std::string read(const LineOutput& output) {
    std::string text;
    for (const BeamNode& node : run(output)) {
      if (node.unichar >= 0 && !node.repeated) text += kTiny.unicharset[node.unichar].text;
    }
    return text;
  }

 private:
  BeamCodes codes_;
  std::optional<DictionaryWalk> walk_;
  std::optional<Beam> beam_;
};

int id(char letter) { return kTiny.ids(std::string(1, letter))[0]; }

TEST(BeamHeap, GivesTheLeastFirst) {
  BeamHeap<4> heap;
  heap.push({3, 30});
  heap.push({1, 10});
  heap.push({2, 20});
  EXPECT_EQ(heap.least().value, 10);
  heap.change(0, 5);
  EXPECT_EQ(heap.pop().value, 20);
  EXPECT_EQ(heap.pop().value, 30);
  EXPECT_EQ(heap.pop().value, 10);
  EXPECT_EQ(heap.size(), 0);
}

RC_GTEST_PROP(BeamHeap, Sorts, (std::vector<float> keys)) {
  BeamHeap<256> heap;
  keys.resize(std::min<std::size_t>(keys.size(), 256));
  for (const float key : keys) heap.push({key, 0});
  std::ranges::sort(keys);
  for (const float key : keys) RC_ASSERT(heap.pop().key == key);
}

TEST(BeamScores, CertaintiesAreLogsWithAnOffset) {
  BeamScores scores(4, 3);
  const std::vector<float> step{0.5F, 0.25F, 0.05F, 0.2F};
  scores.take(step);
  EXPECT_FLOAT_EQ(scores.alone(0), std::log(0.5F) - 0.085F);
  EXPECT_FLOAT_EQ(scores.alone(2), std::log(0.05F) - 0.085F);
  EXPECT_FLOAT_EQ(scores.with_null(1), std::log(0.45F) - 0.085F);
  EXPECT_FLOAT_EQ(scores.with_null(2), std::log(0.25F) - 0.085F);
  EXPECT_FLOAT_EQ(scores.with_null_after(1, 0), std::log(0.95F) - 0.085F) << "the two best";
  EXPECT_FLOAT_EQ(scores.with_null_after(0, 1), std::log(0.95F) - 0.085F);
  EXPECT_FLOAT_EQ(scores.with_null_after(1, 2), std::log(0.45F) - 0.085F) << "not the two best";
  const std::vector<float> sure{1, 0, 0, 0};
  scores.take(sure);
  EXPECT_FLOAT_EQ(scores.alone(1), -20.085F) << "the least there is";
}

TEST(BeamScores, RanksTheBestTheNextAndTheRest) {
  BeamScores scores(8, 7);
  const std::vector<float> step{0.01F, 0.3F, 0.02F, 0.25F, 0.03F, 0.2F, 0.19F, 0.0F};
  scores.take(step);
  scores.rank_all();
  for (const int code : {1, 3, 7}) EXPECT_EQ(scores.rank(code), Rank::best) << code;
  for (const int code : {4, 5, 6}) EXPECT_EQ(scores.rank(code), Rank::good) << code;
  for (const int code : {0, 2}) EXPECT_EQ(scores.rank(code), Rank::other) << code;
  const std::vector<float> next{1, 0.5F, 0, 0, 0, 0, 0, 0};
  scores.take(next);
  EXPECT_EQ(scores.rank(3), Rank::other) << "of the step before";
}

/// Where the two best stand out they are found at once; where equals are among them, as in a heap.
RC_GTEST_PROP(BeamScores, TheBestAreTheSameBeforeAndAfterAllAreRanked, ()) {
  const int classes = *rc::gen::inRange(2, 60);
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  std::vector<float> step(static_cast<std::size_t>(classes));
  for (float& probability : step) probability = static_cast<float>(random.integer(0, 40)) / 40;
  BeamScores quick(classes, 0);
  quick.take(step);
  BeamScores whole(classes, 0);
  whole.take(step);
  whole.rank_all();
  for (int code = 0; code < classes; ++code) {
    RC_ASSERT((quick.rank(code) == Rank::best) == (whole.rank(code) == Rank::best));
  }
  std::vector<float> sorted = step;
  std::ranges::sort(sorted, std::greater{});
  for (int code = 1; code < classes; ++code) {
    if (classes > 2 && step[static_cast<std::size_t>(code)] > sorted[2]) {
      RC_ASSERT(quick.rank(code) == Rank::best);
    }
    if (step[static_cast<std::size_t>(code)] < sorted[1]) {
      RC_ASSERT(quick.rank(code) != Rank::best);
    }
  }
}

TEST(Beam, FoldsRepeatsAndDropsNull) {
  Search search(kTiny.recoder);
  const std::vector<std::pair<int, float>> a{{id('a'), 0.9F}};
  const std::vector<std::pair<int, float>> b{{id('b'), 0.9F}};
  EXPECT_EQ(search.read(test::output_of({a, a, {}, a, b, b, {}}, kTiny.size(), kTiny.kNull)),
            "aab");
  EXPECT_EQ(search.read(test::output_of({{}, {}, {}}, kTiny.size(), kTiny.kNull)), "");
  EXPECT_TRUE(search.run({.steps = 0, .classes = kTiny.size(), .probabilities = {}}).empty());
}

TEST(Beam, SimpleTextIsOneClassPerStep) {
  Search search(kTiny.recoder, nullptr, true);
  const std::vector<std::pair<int, float>> a{{id('a'), 0.9F}};
  EXPECT_EQ(search.read(test::output_of({a, a, {}, a}, kTiny.size(), kTiny.kNull)), "aaa");
}

TEST(Beam, AddsWhatReadsTheSameWhereClassesMeet) {
  // "a" at step 2 could begin here or one later: both are "a", so null and a count together.
  Search search(kTiny.recoder);
  const auto path = search.run(
      test::output_of({{}, {{id('a'), 0.55F}}, {{id('a'), 0.98F}}, {{id('a'), 0.42F}}, {}},
                      kTiny.size(), kTiny.kNull));
  ASSERT_EQ(path.size(), 5U);
  EXPECT_EQ(path[1].unichar, id('a'));
  EXPECT_FLOAT_EQ(path[1].certainty, -0.085F * 2.25F) << "0.55 + 0.45";
  EXPECT_FLOAT_EQ(path[2].certainty, (std::log(0.98F) - 0.085F) * 2.25F);
  EXPECT_FLOAT_EQ(path[3].certainty, -0.085F * 2.25F) << "0.42 + 0.58";
  EXPECT_TRUE(path[2].repeated && path[3].repeated);
}

TEST(Beam, DoesNotAddWhereTwoOcrResultsPass) {
  // Null in the middle would make two characters of one, so the two can't count together.
  Search search(kTiny.recoder);
  const auto path = search.run(test::output_of(
      {{{id('a'), 0.98F}}, {{id('a'), 0.55F}}, {{id('a'), 0.98F}}}, kTiny.size(), kTiny.kNull));
  ASSERT_EQ(path.size(), 3U);
  EXPECT_FLOAT_EQ(path[1].certainty, (std::log(0.55F) - 0.085F) * 2.25F);
}

TEST(Beam, TheDictionaryDecidesBetweenLikes) {
  const LineOutput output =
      test::output_of({{{id('a'), 0.9F}}, {{id('c'), 0.5F}, {id('b'), 0.4F}}, {{id('a'), 0.9F}}},
                      kTiny.size(), kTiny.kNull);
  EXPECT_EQ(Search(kTiny.recoder).read(output), "aca");
  const Dictionary dictionary = kTiny.dictionary({"aba"});
  EXPECT_EQ(Search(kTiny.recoder, &dictionary).read(output), "aba");
  const Dictionary other = kTiny.dictionary({"abad"});
  EXPECT_EQ(Search(kTiny.recoder, &other).read(output), "aca") << "the word isn't over";
}

TEST(Beam, ReadsCodesOfSeveralClasses) {
  // Null can lie within a code.
  const Recoder recoder = kTiny.recoder_of({{0}, {1}, {2}, {3, 4}, {3, 5}, {4, 3}});
  Search search(recoder);
  const LineOutput output = test::output_of(
      {{{3, 0.9F}}, {{4, 0.9F}}, {{3, 0.9F}}, {}, {{5, 0.9F}}, {{5, 0.8F}}, {{4, 0.9F}}, {{3, 1}}},
      recoder.classes(), kTiny.kNull);
  EXPECT_EQ(search.read(output), "abc");
}

TEST(Beam, LooksAtLowerRanksWhereTheBestLeadNowhere) {
  // Only class 3 goes on from 4.
  const Recoder recoder = kTiny.recoder_of({{0}, {1}, {1}, {4, 3}, {5}});
  Search search(recoder, nullptr, true);
  const LineOutput good = test::output_of({{{4, 1}}, {{5, 0.5F}, {6, 0.4F}, {3, 0.1F}}},
                                          recoder.classes(), kTiny.kNull);
  EXPECT_EQ(search.read(good), "a");
  const LineOutput other = test::output_of(
      {{{4, 1}}, {{5, 0.3F}, {6, 0.2F}, {7, 0.2F}, {8, 0.1F}, {9, 0.1F}, {3, 0.05F}}},
      recoder.classes(), kTiny.kNull);
  EXPECT_EQ(search.read(other), "a");
}

/// The best score of all texts, each tried: what the beam keeps a few of.
class Exhaustive {
 public:
  explicit Exhaustive(const LineOutput& output) : output_(output) {}

  float best() {
    go(0, -1, 0, 0.0F);
    return best_;
  }

 private:
  enum { alone, joined, over };

  [[nodiscard]] float probability(int step, int code) const {
    return output_.at(step)[static_cast<std::size_t>(code)];
  }
  [[nodiscard]] static float cost(float probability) {
    const float log = probability > std::exp(-20.0F) ? std::log(probability) : -20.0F;
    return static_cast<float>(static_cast<double>(log) - 0.085) * 2.25F;
  }

  void go(int step, int before, int mode, float score) {
    if (step == output_.steps) {
      if (mode != joined) best_ = std::max(best_, score);
      return;
    }
    const float null = probability(step, kTiny.kNull);
    for (int code = 0; code < output_.classes; ++code) {
      const float own = probability(step, code);
      if (code == before) {
        if (mode != over) go(step + 1, code, alone, score + cost(own));
        if (mode == alone && code != kTiny.kNull)
          go(step + 1, code, over, score + cost(own + null));
      } else if (mode != joined) {
        go(step + 1, code, alone, score + cost(own));
        const bool both = mode == alone && before >= 0 && before != kTiny.kNull;
        const float last = both ? probability(step, before) : 0;
        if (code != kTiny.kNull) go(step + 1, code, joined, score + cost(own + null + last));
      }
    }
  }

  const LineOutput& output_;
  float best_ = -std::numeric_limits<float>::infinity();
};

/// Of three classes all are among the best two and null; in two steps no group overflows.
RC_GTEST_PROP(Beam, FindsTheBestOfAllTexts, ()) {
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  const Recoder recoder = [] {
    const test::ModelBytes bytes = test::recoder_bytes({{0}, {1}, {2}});
    tessdata::ByteReader reader(bytes, "recoder");
    return Recoder::parse(reader);
  }();
  LineOutput output = test::random_output(2, 3, 0, seed);
  for (std::size_t begin = 0; begin < output.probabilities.size(); begin += 3) {
    // Null is not among the two best.
    float* values = &output.probabilities[begin];
    const float least = *std::min_element(values, values + 3);
    std::swap(*std::find(values, values + 3, least), values[kTiny.kNull]);
  }
  const auto path = Search(recoder).run(output);
  RC_ASSERT(path.size() == 2U);
  RC_ASSERT(std::abs(path.back().score - Exhaustive(output).best()) < 1e-4F);
}

RC_GTEST_PROP(Beam, PathsAreWholeAndTheirScoresAddUp, ()) {
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  const int steps = *rc::gen::inRange(1, 40);
  const auto peaks = *rc::gen::element(0.0, 3.0, 100.0);
  const Dictionary dictionary = kTiny.dictionary({"ab", "ba", "c"}, {" ", "-"}, {"  "});
  const LineOutput output = test::random_output(steps, kTiny.size(), peaks, seed);
  const auto path = Search(kTiny.recoder, &dictionary).run(output);
  RC_ASSERT(static_cast<int>(path.size()) == steps);
  float score = 0;
  for (const BeamNode& node : path) {
    RC_ASSERT(node.certainty <= 0);
    score += node.certainty;
    RC_ASSERT(score == node.score);
    RC_ASSERT(node.code >= 0 && node.code < kTiny.size());
  }
}

TEST(Beam, NumbersThatAreNoneAreSafe) {
  const Dictionary dictionary = kTiny.dictionary({"ab", "ba", "c"}, {" ", "-"}, {"  "});
  Search search(kTiny.recoder, &dictionary);
  for (const float value : {kNaN, -kNaN, 0.0F, -0.0F, 1.0F, -1.0F, 1e30F, -1e30F,
                            std::numeric_limits<float>::infinity()}) {
    LineOutput output = test::random_output(20, kTiny.size(), 0, 1);
    for (std::size_t i = 0; i < output.probabilities.size(); i += 3) {
      output.probabilities[i] = value;
    }
    EXPECT_LE(search.run(output).size(), 20U);
    std::ranges::fill(output.probabilities, value);
    EXPECT_LE(search.run(output).size(), 20U);
  }
}

}  // namespace
}  // namespace ocrtune::lstm
