#include "ocrtune/metrics/error_rate.h"

#include "ocrtune/base/edit_distance.h"
#include "ocrtune/base/text.h"
#include "ocrtune/metrics/registry.h"
#include "ocrtune/metrics/word_bag.h"

namespace ocrtune {
namespace {

/// An OCR result that is longer than the ground truth counts no worse than an empty one.
constexpr double kAll = 1;

ScoreDeclaration rate(Score score, std::string_view name, Texts title, Texts help) {
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

ErrorRate error_rate(std::string_view reading, std::string_view truth) {
  const std::u32string read = normalized_code_points(reading);
  const std::u32string true_text = normalized_code_points(truth);
  const auto read_words = words_of(read);
  const auto true_words = words_of(true_text);
  return {.character_errors = edit_distance(read, true_text),
          .truth_characters = true_text.size(),
          .word_errors = edit_distance(read_words, true_words),
          .truth_words = true_words.size(),
          .bag_errors = compare_bags(read_words, true_words).errors()};
}

Metric error_rate_metric() {
  return {
      .scores =
          {rate(Score::cer, "cer", {"character error rate (CER)", "taux d'erreur caractère (CER)"},
                {"Character error rate: character errors per 100 characters of ground truth.",
                 "Erreurs de caractères pour 100 caractères de vérité terrain."}),
           rate(Score::wer, "wer", {"word error rate (WER)", "taux d'erreur mot (WER)"},
                {"Word error rate: word errors per 100 words of ground truth.",
                 "Erreurs de mots pour 100 mots de vérité terrain."}),
           rate(Score::bow, "bow", {"bag-of-words error rate", "taux d'erreur sac de mots"},
                {"Word errors per 100 words of ground truth, regardless of their order.",
                 "Erreurs de mots pour 100 mots de vérité terrain, quel que soit leur ordre."})},
      .step = "errors",
      .measure = [](const MetricInput& in, ScoreValues& scores) {
        const ErrorRate errors = error_rate(in.text, *in.page.truth);
        scores.set(Score::cer, errors.cer());
        scores.set(Score::wer, errors.wer());
        scores.set(Score::bow, errors.bow());
      }};
}

}  // namespace ocrtune
