#include "ocrtune/voting/character_vote.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <string>
#include <utility>

#include "ocrtune/base/text.h"
#include "ocrtune/documents/box.h"
#include "ocrtune/documents/glyph_clusters.h"
#include "ocrtune/voting/append_line.h"
#include "ocrtune/voting/borrowed_places.h"
#include "ocrtune/voting/character_alignment.h"
#include "ocrtune/voting/lines_without_places.h"
#include "ocrtune/voting/text_lines.h"
#include "ocrtune/voting/voted_words.h"

namespace ocrtune {
namespace {

constexpr std::size_t kMaxOfEngine = 20'000;
/// Evidence against a character that an engine lacks within its text, as a factor.
constexpr double kGap = 0.85;

// How near, in line heights, an engine's characters must be for a gap to be within its text.
constexpr double kGapWithin = 2.2;
constexpr double kGapAtEnd = 0.8;

/// The vote in one line.
class LineVote {
 public:
  LineVote(const TextLine& line, const std::vector<EngineTrust>& trust, const IsWord& is_word,
           const LexicalWeights& weights)
      : trust_(trust),
        is_word_(is_word),
        weights_(weights),
        height_(line.height),
        alignment_(trust.size(), line.height) {
    for (std::size_t engine = 0; engine < trust.size(); ++engine) {
      const std::vector<Glyph> glyphs = glyphs_of(line.words[engine]);
      if (!glyphs.empty()) alignment_.add(engine, glyphs);
    }
  }

  [[nodiscard]] std::vector<Word> words() const {
    const std::vector<AlignedColumn>& columns = alignment_.columns();
    std::vector<std::vector<double>> against;
    for (std::size_t engine = 0; engine < trust_.size(); ++engine)
      against.push_back(evidence_of_gaps(engine));
    ConfusionNetwork network;
    network.reserve(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i)
      network.push_back(candidates(columns[i], i, against));
    const std::vector<std::size_t> chosen = is_word_
                                                ? decode_with_lexicon(network, is_word_, weights_)
                                                : std::vector<std::size_t>(columns.size(), 0);
    VotedLine line{.columns = columns, .places = {}};
    for (std::size_t i = 0; i < columns.size(); ++i)
      line.places.push_back({.character = network[i][chosen[i]].character,
                             .probability = probability(network[i], chosen[i])});
    return words_of(line, is_word_);
  }

 private:
  /// By place, the evidence of an engine that has nothing there against a character.
  [[nodiscard]] std::vector<double> evidence_of_gaps(std::size_t engine) const {
    const std::vector<AlignedColumn>& columns = alignment_.columns();
    std::vector<const Glyph*> before(columns.size(), nullptr);
    std::vector<const Glyph*> after(columns.size(), nullptr);
    const Glyph* last = nullptr;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      before[i] = last;
      if (columns[i].glyphs[engine].character != kNoCharacter) last = &columns[i].glyphs[engine];
    }
    last = nullptr;
    for (std::size_t i = columns.size(); i-- > 0;) {
      after[i] = last;
      if (columns[i].glyphs[engine].character != kNoCharacter) last = &columns[i].glyphs[engine];
    }
    std::vector<double> all;
    all.reserve(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i)
      all.push_back(evidence_of_gap(engine, columns[i].x, before[i], after[i]));
    return all;
  }

  [[nodiscard]] double evidence_of_gap(std::size_t engine, double x, const Glyph* before,
                                       const Glyph* after) const {
    const bool within =
        before != nullptr && after != nullptr && after->x() - before->x() < kGapWithin * height_;
    const bool behind = before != nullptr && x - before->x() < kGapAtEnd * height_;
    const bool ahead = after != nullptr && after->x() - x < kGapAtEnd * height_;
    if (!within && !behind && !ahead) return trust_[engine].weight * trust_[engine].absence;
    double sum = 0;
    double count = 0;
    for (const Glyph* glyph : {before, after}) {
      if (glyph == nullptr) continue;
      sum += glyph->confidence;
      ++count;
    }
    return kGap * trust_[engine].evidence(sum / count);
  }

  /// What may stand at a place, the most evidence first.
  [[nodiscard]] std::vector<PlaceCandidate> candidates(
      const AlignedColumn& column, std::size_t place,
      const std::vector<std::vector<double>>& against) const {
    const bool is_space = std::ranges::all_of(column.glyphs, [](const Glyph& glyph) {
      return glyph.character == kNoCharacter || glyph.character == U' ';
    });
    std::map<char32_t, double> sums;
    for (std::size_t engine = 0; engine < trust_.size(); ++engine) {
      const Glyph& glyph = column.glyphs[engine];
      const double found = glyph.character == kNoCharacter
                               ? against[engine][place]
                               : trust_[engine].evidence(glyph.confidence);
      sums[glyph.character] += found * (is_space ? trust_[engine].spaces : 1);
      for (const GlyphChoice& choice : glyph.alternatives)
        sums[choice.character] += trust_[engine].evidence(choice.probability);
    }
    move_to_diacritics(column, sums);
    std::vector<PlaceCandidate> candidates;
    candidates.reserve(sums.size());
    for (const auto& [character, sum] : sums)
      candidates.push_back({.character = character, .evidence = sum});
    std::ranges::stable_sort(candidates, std::ranges::greater{}, &PlaceCandidate::evidence);
    return candidates;
  }

  /// Evidence for a letter counts for the same letter with a diacritic that another engine has.
  void move_to_diacritics(const AlignedColumn& column, std::map<char32_t, double>& sums) const {
    for (auto& [character, sum] : sums) {
      const char32_t base = base_letter(character);
      if (base == character || !sums.contains(base) ||
          std::ranges::find(column.glyphs, character, &Glyph::character) == column.glyphs.end())
        continue;
      for (std::size_t engine = 0; engine < trust_.size(); ++engine) {
        const Glyph& glyph = column.glyphs[engine];
        if (glyph.character != base) continue;
        const double moved = trust_[engine].diacritics * trust_[engine].evidence(glyph.confidence);
        sum += moved;
        sums[base] -= moved;
      }
    }
  }

  /// Of a candidate, among those of its place: each as likely as its evidence is great, as that is
  /// a logarithm of odds.
  [[nodiscard]] static double probability(const std::vector<PlaceCandidate>& candidates,
                                          std::size_t chosen) {
    double sum = 0;
    bool may_be_nothing = false;
    for (const PlaceCandidate& candidate : candidates) {
      sum += std::exp(candidate.evidence - candidates[chosen].evidence);
      may_be_nothing = may_be_nothing || candidate.character == kNoCharacter;
    }
    if (!may_be_nothing) sum += std::exp(-candidates[chosen].evidence);
    return 1 / sum;
  }

  const std::vector<EngineTrust>& trust_;
  const IsWord& is_word_;
  const LexicalWeights& weights_;
  double height_;
  CharacterAlignment alignment_;
};

/// Confidence of text whose engine states none. See docs/explanation/best_of_every_page.md.
constexpr int kUnstated = 80;

bool has_places(const OcrResult& result) { return std::ranges::any_of(result.words, has_box); }

/// Hardly any confidence: such text has nothing in common with that of an engine that recognizes
/// the page.
bool is_noise(const EngineResult& result) { return mean_confidence(result.ocr_result) < 50; }

/// Leaves those that can take part in the vote, whose lines the first one has; results without
/// positions take those of its text.
void prepare(std::vector<EngineResult>& results) {
  std::erase_if(results, [](const EngineResult& result) {
    return result.ocr_result.words.empty() || result.ocr_result.words.size() > kMaxOfEngine;
  });
  const auto without = std::stable_partition(
      results.begin(), results.end(),
      [](const EngineResult& result) { return has_places(result.ocr_result); });
  if (without == results.end() || without == results.begin()) return;
  if (std::all_of(results.begin(), without, is_noise)) {
    results.erase(results.begin(), without);
    return;
  }
  for (auto result = without; result != results.end(); ++result) {
    std::vector<Word>& words = result->ocr_result.words;
    borrow_places(result->ocr_result, results.front().ocr_result);
    result->borrowed = true;
    if (std::ranges::all_of(words, [](const Word& word) { return word.confidence == 0; }))
      for (Word& word : words) word.confidence = kUnstated;
  }
}

/// Adds the lines of which no other engine has anything, if the evidence for them is greater than
/// that of the absence of text in the others.
void insert_its_lines(OcrResult& voted, const EngineResult& text,
                      const std::vector<EngineTrust>& trust) {
  double absence = -text.trust.weight * text.trust.absence;
  for (const EngineTrust& each : trust) absence += each.weight * each.absence;
  insert_lines_without_places(voted, text.ocr_result, [&](double confidence) {
    return text.trust.evidence(confidence) > absence;
  });
}

}  // namespace

double EngineTrust::evidence(double confidence) const {
  return -weight * std::log(1 - most * std::pow(confidence, exponent));
}

CharacterVote vote_by_characters(std::vector<EngineResult> results, const IsWord& is_word,
                                 const LexicalWeights& weights) {
  const OcrResult& leading = results.front().ocr_result;
  OcrResult voted{.words = {}, .width = leading.width, .height = leading.height};
  if (leading.words.size() > kMaxOfEngine)
    return {.ocr_result = std::move(results.front().ocr_result), .is_combined = false};
  prepare(results);
  if (results.empty()) return {.ocr_result = std::move(voted)};
  OcrResult& first = results.front().ocr_result;
  if (results.size() == 1 || !has_places(first) || run_right_to_left(first.words))
    return {.ocr_result = std::move(first), .is_combined = false};
  std::vector<const OcrResult*> ocr_results;
  std::vector<EngineTrust> trust;
  for (const EngineResult& result : results) {
    ocr_results.push_back(&result.ocr_result);
    trust.push_back(result.trust);
  }
  for (const TextLine& line : common_lines(ocr_results)) {
    const LineVote vote(line, trust, is_word, weights);
    append_line(voted.words, vote.words(), line.block, line.paragraph);
  }
  for (const EngineResult& result : results) {
    if (result.borrowed) insert_its_lines(voted, result, trust);
  }
  return {.ocr_result = std::move(voted)};
}

}  // namespace ocrtune
