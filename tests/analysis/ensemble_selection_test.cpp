#include "ocrtune/analysis/ensemble_selection.h"

#include <gtest/gtest.h>

#include <bitset>

namespace ocrtune {
namespace {

/// Each pipeline recognizes some of eight characters of a page; an ensemble those that any of its
/// members does. A pipeline takes a second.
class Characters {
 public:
  explicit Characters(std::vector<std::vector<unsigned>> by_page) : by_page_(std::move(by_page)) {}

  std::vector<EnsembleValues> values(const std::vector<Ensemble>& ensembles) {
    std::vector<EnsembleValues> values;
    for (const Ensemble& ensemble : ensembles) {
      ++computed_;
      EnsembleValues own;
      for (const std::vector<unsigned>& page : by_page_) {
        unsigned recognized = 0;
        for (const EnsembleMember& member : ensemble.members) recognized |= page[member.pipeline];
        own.wrong.push_back(1 - static_cast<double>(std::bitset<8>(recognized).count()) / 8);
        own.seconds.push_back(ensemble.stops_early ? 0.5
                                                   : static_cast<double>(ensemble.members.size()));
      }
      values.push_back(std::move(own));
    }
    return values;
  }

  [[nodiscard]] int computed() const { return computed_; }

 private:
  std::vector<std::vector<unsigned>> by_page_;
  int computed_ = 0;
};

class EnsembleSelection : public testing::Test {
 protected:
  EnsembleTable table(Characters& characters) {
    return EnsembleTable([&](const auto& ensembles) { return characters.values(ensembles); });
  }
};

Ensemble of(std::vector<std::size_t> pipelines) {
  Ensemble ensemble;
  for (const std::size_t pipeline : pipelines) ensemble.members.push_back({.pipeline = pipeline});
  return ensemble;
}

std::vector<EnsembleMember> candidates(std::size_t count) {
  std::vector<EnsembleMember> members;
  for (std::size_t i = 0; i < count; ++i) members.push_back({.pipeline = i});
  return members;
}

TEST_F(EnsembleSelection, AddsWhatComplementsNotWhatIsGoodAlone) {
  // The second is nearly as good as the first and recognizes nothing else; the third is poor.
  Characters characters({{0b00111111, 0b00011111, 0b11000000}});
  EnsembleTable values = table(characters);
  EXPECT_EQ(greedy_ensembles(values, candidates(3), {0}),
            (std::vector<Ensemble>{of({0}), of({0, 2})}));
}

TEST_F(EnsembleSelection, KeepsTheOrderOfTheCandidates) {
  Characters characters({{0b00000011, 0b00111111, 0b11000000}});
  EnsembleTable values = table(characters);
  const auto steps = greedy_ensembles(values, candidates(3), {0});
  ASSERT_EQ(steps.size(), 2U);
  EXPECT_EQ(steps[0], of({1}));
  EXPECT_EQ(steps[1], of({1, 2}));
  Characters others({{0b11000000, 0b00111111}});
  EnsembleTable second = table(others);
  EXPECT_EQ(greedy_ensembles(second, candidates(2), {0}).back(), of({0, 1}));
}

TEST_F(EnsembleSelection, LooksAtTheGivenPagesOnly) {
  Characters characters({{0b11111111, 0}, {0, 0b11111111}});
  EnsembleTable values = table(characters);
  EXPECT_EQ(greedy_ensembles(values, candidates(2), {0}).front(), of({0}));
  EXPECT_EQ(greedy_ensembles(values, candidates(2), {1}).front(), of({1}));
}

TEST_F(EnsembleSelection, ComputesEachEnsembleOnce) {
  Characters characters({{0b00111111, 0b11000000}});
  EnsembleTable values = table(characters);
  values.need({of({0}), of({1}), of({0})});
  EXPECT_EQ(characters.computed(), 2);
  EXPECT_DOUBLE_EQ(values.wrong(of({0}), {0}), 0.25);
  EXPECT_EQ(characters.computed(), 2);
}

TEST_F(EnsembleSelection, StaysUntunedWhereAlmostNothingIsWon) {
  Characters characters({{0b01111111, 0b01111111, 0b11111111},
                         {0b00000000, 0b00000000, 0b00000001},
                         {0, 0, 0},
                         {0, 0, 0}});
  EnsembleTable values = table(characters);
  const std::vector<Ensemble> all{of({0}), of({1}), of({2})};
  EXPECT_EQ(best_ensemble(values, all, of({0}), {0}), of({2}));
  EXPECT_EQ(best_ensemble(values, all, of({0}), {1, 2, 3}), of({0})) << "a gain of 4 %";
}

TEST_F(EnsembleSelection, OfEnsemblesThatAreGoodEnoughTheCheapestIsChosen) {
  Characters characters({{0b11111100, 0b11111111, 0b11111111}});
  EnsembleTable values = table(characters);
  Ensemble early = of({1, 2});
  early.stops_early = true;
  const std::vector<Ensemble> all{of({0}), of({1, 2}), of({1}), early};
  EXPECT_EQ(cheapest_ensemble(values, all, of({1, 2}), 1, {0}), early);
  EXPECT_EQ(cheapest_ensemble(values, {of({0}), of({1, 2})}, of({1, 2}), 1, {0}), of({1, 2}));
}

}  // namespace
}  // namespace ocrtune
