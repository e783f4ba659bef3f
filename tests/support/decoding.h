#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "ocrtune/base/random.h"
#include "ocrtune/ocr/lstm/dictionary.h"
#include "ocrtune/ocr/lstm/line_output.h"
#include "ocrtune/ocr/lstm/recoder.h"
#include "ocrtune/ocr/tessdata/unicharset.h"
#include "support/model_files.h"

namespace ocrtune::test {

/// A language of a few letters for tests of decoding: a to e, 1, 2, and ".(-". Unless codes are
/// given, a unichar's class is its id, and the null is that of the unichar 2. A digit in a number
/// and the word within punctuation are written as a space, as in the real graphs.
struct TinyLanguage {
  static constexpr int kNull = tessdata::kBrokenUnichar;

  std::vector<std::string> characters = {"a", "b", "c", "d", "e", "1", "2", ".", "(", "-"};
  tessdata::Unicharset unicharset =
      tessdata::Unicharset::parse(model_bytes_of(unicharset_text(characters)), "unicharset");
  lstm::Recoder recoder = recoder_of({});

  [[nodiscard]] int size() const { return static_cast<int>(characters.size()) + 3; }

  /// The unichars of a text.
  [[nodiscard]] std::vector<int> ids(const std::string& text) const {
    std::vector<int> ids;
    for (const char letter : text) {
      ids.push_back(unicharset.id_of(std::string(1, letter)).value_or(tessdata::kSpaceUnichar));
    }
    return ids;
  }

  /// A recoder of these codes, by unichar; none: each unichar is its own class.
  [[nodiscard]] lstm::Recoder recoder_of(std::vector<std::vector<int>> codes) const {
    for (int id = static_cast<int>(codes.size()); id < size(); ++id) codes.push_back({id});
    const ModelBytes bytes = recoder_bytes(codes);
    tessdata::ByteReader reader(bytes, "recoder");
    return lstm::Recoder::parse(reader);
  }

  [[nodiscard]] ModelBytes graph(const std::vector<std::string>& words) const {
    if (words.empty()) return {};
    std::vector<std::vector<int>> sequences;
    for (const std::string& word : words) sequences.push_back(ids(word));
    return dawg_bytes(std::move(sequences), size());
  }

  [[nodiscard]] lstm::Dictionary dictionary(const std::vector<std::string>& words,
                                            const std::vector<std::string>& punctuation = {" "},
                                            const std::vector<std::string>& numbers = {}) const {
    const ModelBytes word_graph = graph(words);
    const ModelBytes punctuation_graph = graph(punctuation);
    const ModelBytes number_graph = graph(numbers);
    return lstm::Dictionary::parse(
        {.words = word_graph, .punctuation = punctuation_graph, .numbers = number_graph},
        unicharset, "tiny");
  }
};

inline const TinyLanguage kTiny;

/// Softmax outputs in which each step has these probabilities of classes; the null gets the rest.
inline lstm::LineOutput output_of(const std::vector<std::vector<std::pair<int, float>>>& steps,
                                  int classes, int null_code) {
  lstm::LineOutput output{
      .steps = static_cast<int>(steps.size()), .classes = classes, .probabilities = {}};
  for (const auto& step : steps) {
    const std::size_t begin = output.probabilities.size();
    output.probabilities.resize(begin + static_cast<std::size_t>(classes), 0.0F);
    float rest = 1;
    for (const auto& [code, probability] : step) {
      output.probabilities[begin + static_cast<std::size_t>(code)] += probability;
      rest -= probability;
    }
    output.probabilities[begin + static_cast<std::size_t>(null_code)] += rest;
  }
  return output;
}

/// Random outputs: `peaks` is how much one class of a step stands out (0: not at all).
inline lstm::LineOutput random_output(int steps, int classes, double peaks, std::uint64_t seed) {
  Random random(seed);
  lstm::LineOutput output{.steps = steps, .classes = classes, .probabilities = {}};
  for (int step = 0; step < steps; ++step) {
    const std::size_t begin = output.probabilities.size();
    float sum = 0;
    for (int code = 0; code < classes; ++code) {
      output.probabilities.push_back(static_cast<float>(random.uniform()));
    }
    const auto peak = static_cast<std::size_t>(random.uniform() * classes);
    output.probabilities[begin + peak] += static_cast<float>(peaks * random.uniform());
    for (std::size_t i = begin; i < output.probabilities.size(); ++i) {
      sum += output.probabilities[i];
    }
    for (std::size_t i = begin; i < output.probabilities.size(); ++i) {
      output.probabilities[i] /= sum;
    }
  }
  return output;
}

}  // namespace ocrtune::test
