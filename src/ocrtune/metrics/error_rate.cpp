#include "ocrtune/metrics/error_rate.h"

#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/base/edit_distance.h"
#include "ocrtune/base/grapheme_clusters.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/metrics/registry.h"
#include "ocrtune/metrics/word_bag.h"

namespace ocrtune {
namespace {

/// An OCR result that is longer than the ground truth counts no worse than an empty one.
constexpr double kAll = 1;

ScoreDeclaration rate(Score score, std::string_view name, std::string_view title,
                      std::string_view help) {
  return {.name = name,
          .title = title,
          .help = help,
          .unit = "%",
          .scale = 100,
          .minimized = true,
          .truth = Need::needs,
          .most = kAll,
          .score = score};
}

}  // namespace

double rate_of(std::size_t errors, std::size_t total) {
  if (total == 0) return errors == 0 ? 0 : 1;
  return static_cast<double>(errors) / static_cast<double>(total);
}

double ErrorRate::cer() const { return rate_of(character_errors, truth_characters); }

double ErrorRate::wer() const { return rate_of(word_errors, truth_words); }

double ErrorRate::bow() const { return rate_of(bag_errors, truth_words); }

ErrorRate error_rate(std::string_view ocr_result, std::string_view truth) {
  const std::u32string read = comparable_code_points(ocr_result);
  const std::u32string true_text = comparable_code_points(truth);
  const std::vector<std::u32string_view> read_characters = grapheme_clusters(read);
  const std::vector<std::u32string_view> true_characters = grapheme_clusters(true_text);
  const bool plain =
      read_characters.size() == read.size() && true_characters.size() == true_text.size();
  const auto read_words = counted_words(read);
  const auto true_words = counted_words(true_text);
  return {.character_errors = plain ? edit_distance(read, true_text)
                                    : edit_distance(read_characters, true_characters),
          .truth_characters = true_characters.size(),
          .word_errors = edit_distance(read_words, true_words),
          .truth_words = true_words.size(),
          .bag_errors = compare_bags(read_words, true_words).errors()};
}

Metric error_rate_metric() {
  return {
      .scores =
          {rate(Score::cer, "cer", tr_noop("score", "character error rate (CER)"),
                tr_noop(
                    "Character error rate: character errors per 100 characters of ground truth.")),
           rate(Score::wer, "wer", tr_noop("score", "word error rate (WER)"),
                tr_noop("Word error rate: word errors per 100 words of ground truth.")),
           rate(Score::bow, "bow", tr_noop("score", "bag-of-words error rate"),
                tr_noop("Word errors per 100 words of ground truth, regardless of their order."))},
      .step = "errors",
      .measure = [](const MetricInput& in, ScoreValues& scores) {
        const ErrorRate errors = error_rate(in.text, *in.page.truth);
        scores.set(Score::cer, errors.cer());
        scores.set(Score::wer, errors.wer());
        scores.set(Score::bow, errors.bow());
      }};
}

}  // namespace ocrtune
