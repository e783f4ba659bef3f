#include <benchmark/benchmark.h>

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "ocrtune/base/edit_distance.h"
#include "ocrtune/base/random.h"

namespace {

/// As a typical page's OCR result and ground truth: two texts that differ in every tenth code
/// point.
struct Texts {
  explicit Texts(std::size_t size) {
    ocrtune::Random random(1);
    for (std::size_t i = 0; i < size; ++i) {
      truth.push_back(static_cast<char32_t>(random.integer(33, 122)));
      const int drawn = random.integer(0, 29);
      if (drawn != 0) ocr_result.push_back(drawn == 1 ? U'~' : truth.back());
      if (drawn == 2) ocr_result.push_back(U'.');
    }
  }
  std::u32string truth;
  std::u32string ocr_result;
};

/// The table row by row (Wagner and Fischer).
std::size_t plain_edit_distance(const std::u32string& a, const std::u32string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({row[j + 1] + 1, row[j] + 1, substituted});
    }
  }
  return row.back();
}

constexpr std::size_t kCharacters = 2000;

void bit_parallel(benchmark::State& state) {
  const Texts texts(kCharacters);
  for (auto unused : state) {
    benchmark::DoNotOptimize(ocrtune::edit_distance(texts.truth, texts.ocr_result));
  }
}

void plain(benchmark::State& state) {
  const Texts texts(kCharacters);
  for (auto unused : state) {
    benchmark::DoNotOptimize(plain_edit_distance(texts.truth, texts.ocr_result));
  }
}

BENCHMARK(bit_parallel)
    ->Name("edit_distance/2000 characters/ocrtune")
    ->Unit(benchmark::kMillisecond);
BENCHMARK(plain)->Name("edit_distance/2000 characters/plain")->Unit(benchmark::kMillisecond);

}  // namespace
