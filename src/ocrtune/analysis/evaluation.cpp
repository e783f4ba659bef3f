#include "ocrtune/analysis/evaluation.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <nlohmann/json.hpp>

#include "ocrtune/analysis/results_json.h"
#include "ocrtune/analysis/truth_doubts.h"
#include "ocrtune/base/csv.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/parallel.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/metrics/statistics.h"

namespace ocrtune {
namespace {

using nlohmann::json;

/// Mean over the compared pages.
template <typename Value>
double page_mean(const Evaluation& evaluation, Value value) {
  std::vector<double> values;
  values.reserve(evaluation.pages.size());
  for (const EvaluatedPage& page : evaluation.pages) {
    if (page.failure.empty()) values.push_back(value(page));
  }
  return mean_of(values);
}

std::string rate_text(double rate) { return localized("{:.2f} %", 100 * rate); }

/// One line of the table of rates.
template <typename Value>
std::string rate_row(const Evaluation& evaluation, std::string_view name, double whole,
                     Value value) {
  return fmt::format("  {:<16} {:>10} {:>14}\n", name, rate_text(whole),
                     rate_text(page_mean(evaluation, value)));
}

std::string rates_text(const Evaluation& evaluation) {
  using Page = EvaluatedPage;
  return fmt::format("  {:<16} {:>10} {:>14}\n", "", tr("micro average"), tr("macro average")) +
         rate_row(evaluation, "CER", evaluation.characters.rate(),
                  [](const Page& page) { return page.characters.rate(); }) +
         rate_row(evaluation, tr("CER, normalized"), evaluation.characters.bounded_rate(),
                  [](const Page& page) { return page.characters.bounded_rate(); }) +
         rate_row(evaluation, "WER", evaluation.words.rate(),
                  [](const Page& page) { return page.words.rate(); }) +
         rate_row(evaluation, tr("WER, normalized"), evaluation.words.bounded_rate(),
                  [](const Page& page) { return page.words.bounded_rate(); }) +
         rate_row(evaluation, tr("bag of words"), evaluation.bag.rate(),
                  [](const Page& page) { return page.bag.rate(); });
}

/// Characters in the notation of tables.
std::string shown_characters(std::u32string_view text) {
  if (text.empty()) return tr("(nothing)");
  std::string shown;
  for (const char32_t c : text) {
    if (c == U' ') {
      shown += "␣";
    } else if (is_unusual(c)) {
      shown += fmt::format("U+{:04X}", static_cast<std::uint32_t>(c));
    } else {
      shown += utf8({&c, 1});
    }
  }
  return shown;
}

std::string confusions_text(const Evaluation& evaluation, std::size_t most) {
  if (evaluation.confusions.empty()) return "";
  const auto list = most_frequent(evaluation.confusions);
  std::string text =
      tr("most frequent confusions of up to three characters (ground truth -> OCR)\n");
  for (std::size_t i = 0; i < std::min(most, list.size()); ++i) {
    text +=
        fmt::format("  {:>6}  {} -> {}\n", list[i].second, shown_characters(list[i].first.truth),
                    shown_characters(list[i].first.read));
  }
  if (list.size() > most) text += tr("  and {} other kinds\n", list.size() - most);
  return text;
}

/// Pages with errors, the highest error rate first.
std::vector<const EvaluatedPage*> worst_pages(const Evaluation& evaluation) {
  std::vector<const EvaluatedPage*> worst;
  for (const EvaluatedPage& page : evaluation.pages) {
    if (page.failure.empty() && page.characters.errors() > 0) worst.push_back(&page);
  }
  std::ranges::stable_sort(worst, std::ranges::greater(),
                           [](const EvaluatedPage* page) { return page->characters.rate(); });
  return worst;
}

std::string worst_text(const Evaluation& evaluation, std::size_t most) {
  const auto worst = worst_pages(evaluation);
  if (worst.empty()) return "";
  std::string text = tr("worst pages\n");
  for (std::size_t i = 0; i < std::min(most, worst.size()); ++i) {
    const EvaluatedPage& page = *worst[i];
    text += tr("  CER {:>9}  WER {:>9}  bag {:>9}  {}\n", rate_text(page.characters.rate()),
               rate_text(page.words.rate()), rate_text(page.bag.rate()), quotable(page.page));
  }
  return text;
}

std::string doubts_text(const Evaluation& evaluation) {
  std::string text;
  for (const EvaluatedPage& page : evaluation.pages) {
    for (const std::string& doubt : page.doubts)
      text += tr("  {}: the ground truth {}\n", quotable(page.page), doubt);
  }
  return text.empty() ? "" : tr("ground truth to check\n") + text;
}

json counts_json(const EditCounts& counts) {
  return {{"truth", counts.truth()},     {"read", counts.read()},
          {"equal", counts.equal},       {"substituted", counts.substituted},
          {"missing", counts.missing},   {"added", counts.added},
          {"error_rate", counts.rate()}, {"normalised_error_rate", counts.bounded_rate()}};
}

json bag_json(const WordBag& bag) {
  return {{"truth", bag.truth},
          {"read", bag.read},
          {"missing", bag.missing},
          {"added", bag.added},
          {"error_rate", bag.rate()}};
}

json page_json(const EvaluatedPage& page) {
  if (!page.failure.empty()) return {{"page", page.page}, {"failure", page.failure}};
  return {{"page", page.page},
          {"characters", counts_json(page.characters)},
          {"words", counts_json(page.words)},
          {"bag_of_words", bag_json(page.bag)},
          {"truth_doubts", page.doubts}};
}

json quality_json(const Evaluation& evaluation) {
  using Page = EvaluatedPage;
  return {{"cer", page_mean(evaluation, [](const Page& p) { return p.characters.rate(); })},
          {"cer_normalised",
           page_mean(evaluation, [](const Page& p) { return p.characters.bounded_rate(); })},
          {"wer", page_mean(evaluation, [](const Page& p) { return p.words.rate(); })},
          {"wer_normalised",
           page_mean(evaluation, [](const Page& p) { return p.words.bounded_rate(); })},
          {"bag_of_words", page_mean(evaluation, [](const Page& p) { return p.bag.rate(); })}};
}

/// Compares one page; its confusions are returned separately.
EvaluatedPage evaluated(const TextPair& pair, const PreparedText& read, const PreparedText& truth,
                        Confusions& confusions) {
  EvaluatedPage page{.page = pair.page};
  try {
    TextComparison found = compare_texts(read, truth);
    page.characters = found.characters;
    page.words = found.words;
    page.bag = found.bag;
    page.doubts = truth_doubts(pair.truth, found);
    confusions = std::move(found.confusions);
  } catch (const Error& error) {
    page.failure = error.what();
  }
  return page;
}

}  // namespace

Evaluation evaluate_texts(const std::vector<TextPair>& pairs, const TextRules& rules, int workers,
                          const std::function<bool()>& done) {
  std::vector<PreparedText> reads(pairs.size());
  std::vector<PreparedText> truths(pairs.size());
  std::vector<Confusions> confusions(pairs.size());
  Evaluation evaluation;
  evaluation.pages.resize(pairs.size());
  std::atomic<bool> ended{false};
  parallel_for(workers, pairs.size(), [&](std::size_t i) {
    if (ended) {
      evaluation.pages[i] = {.page = pairs[i].page, .failure = "interrupted"};
      return;
    }
    reads[i] = prepared_text(pairs[i].read, rules);
    truths[i] = prepared_text(pairs[i].truth, rules);
    evaluation.pages[i] = evaluated(pairs[i], reads[i], truths[i], confusions[i]);
    if (!done()) ended = true;
  });
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    EvaluatedPage& page = evaluation.pages[i];
    evaluation.characters += page.characters;
    evaluation.words += page.words;
    evaluation.bag += page.bag;
    for (const auto& [confusion, count] : confusions[i]) evaluation.confusions[confusion] += count;
    if (ended || !shares_few_words(page.bag)) continue;
    const std::size_t other = likelier_truth(reads[i], truths, i);
    if (other != i)
      page.doubts.push_back(
          tr("may belong to another page: the OCR result resembles the ground truth of {}",
             quotable(pairs[other].page)));
  }
  return evaluation;
}

std::vector<std::pair<Confusion, std::size_t>> most_frequent(const Confusions& confusions) {
  std::vector<std::pair<Confusion, std::size_t>> list(confusions.begin(), confusions.end());
  std::ranges::stable_sort(list, std::ranges::greater(),
                           &std::pair<Confusion, std::size_t>::second);
  return list;
}

std::string evaluation_text(const Evaluation& evaluation, std::size_t most) {
  const EditCounts& characters = evaluation.characters;
  return tr("{}, {} and {} of ground truth\n", counted(evaluation.pages.size(), "page"),
            counted(characters.truth(), "character"), counted(evaluation.words.truth(), "word")) +
         rates_text(evaluation) +
         tr("characters: {} substituted, {} missing, {} added\n", characters.substituted,
            characters.missing, characters.added) +
         confusions_text(evaluation, most) + worst_text(evaluation, most) + doubts_text(evaluation);
}

json evaluation_json(const Evaluation& evaluation) {
  json pages = json::array();
  for (const EvaluatedPage& page : evaluation.pages) pages.push_back(page_json(page));
  json confusions = json::array();
  for (const auto& [confusion, count] : most_frequent(evaluation.confusions)) {
    confusions.push_back(
        {{"truth", utf8(confusion.truth)}, {"read", utf8(confusion.read)}, {"count", count}});
  }
  json worst = json::array();
  for (const EvaluatedPage* page : worst_pages(evaluation)) worst.push_back(page->page);
  return {{"characters", counts_json(evaluation.characters)},
          {"words", counts_json(evaluation.words)},
          {"bag_of_words", bag_json(evaluation.bag)},
          {"mean_of_pages", quality_json(evaluation)},
          {"confusions", confusions},
          {"worst_pages", worst},
          {"pages", pages}};
}

std::string evaluation_csv(const Evaluation& evaluation) {
  std::string text =
      csv_line({"page", "characters", "character_errors", "cer", "cer_normalised", "words",
                "word_errors", "wer", "wer_normalised", "bag_of_words", "truth_doubts", "failure"});
  for (const EvaluatedPage& page : evaluation.pages) {
    if (!page.failure.empty()) {
      CsvRow row(12);
      row.front() = page.page;
      row.back() = page.failure;
      text += csv_line(row);
      continue;
    }
    text += csv_line({page.page, fmt::to_string(page.characters.truth()),
                      fmt::to_string(page.characters.errors()), csv_number(page.characters.rate()),
                      csv_number(page.characters.bounded_rate()),
                      fmt::to_string(page.words.truth()), fmt::to_string(page.words.errors()),
                      csv_number(page.words.rate()), csv_number(page.words.bounded_rate()),
                      csv_number(page.bag.rate()), joined(page.doubts, "; "), ""});
  }
  return text;
}

}  // namespace ocrtune
