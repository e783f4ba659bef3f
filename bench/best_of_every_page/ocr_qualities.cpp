// How good OCR results of pages with truth look, and how many errors they have: what
// calibrate_expected_cer.py learns from. Gives a line of JSON for each OCR result.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <exception>
#include <iostream>
#include <nlohmann/json.hpp>
#include <opencv2/core.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "inputs.h"
#include "ocrtune/base/error.h"
#include "ocrtune/corpus/corpus.h"
#include "ocrtune/documents/place_words.h"
#include "ocrtune/execution/page_ink.h"
#include "ocrtune/execution/page_loop.h"
#include "ocrtune/metrics/error_rate.h"
#include "ocrtune/metrics/ocr_quality.h"
#include "ocrtune/pipeline/pipeline.h"

namespace {

using namespace ocrtune;
using nlohmann::json;

/// What was done to a page, or to its OCR results, so that some of it can't be read any more.
enum class Damage { none, faint, inverted, rotated, cut_off, half_read };

constexpr std::array kDamages{
    std::pair{Damage::none, "original"},     std::pair{Damage::faint, "faint"},
    std::pair{Damage::inverted, "inverted"}, std::pair{Damage::rotated, "rotated"},
    std::pair{Damage::cut_off, "cut off"},   std::pair{Damage::half_read, "half read"}};

/// The page as it is then.
cv::Mat damaged(const cv::Mat& gray, Damage damage) {
  cv::Mat page = gray.clone();
  if (damage == Damage::faint) gray.convertTo(page, CV_8U, 0.15, 0.85 * 235);
  if (damage == Damage::inverted) cv::bitwise_not(gray, page);
  if (damage == Damage::rotated) cv::rotate(gray, page, cv::ROTATE_90_CLOCKWISE);
  return page;
}

/// What a pipeline is given of it: of what is cut off the right half is lost on the way.
cv::Mat given(const cv::Mat& page, Damage damage) {
  if (damage != Damage::cut_off) return page;
  cv::Mat left = page.clone();
  left.colRange(page.cols / 2, page.cols).setTo(255);
  return left;
}

void lose_words(OcrResult& ocr_result, Damage damage) {
  if (damage != Damage::half_read) return;
  std::erase_if(ocr_result.words, [](const Word& word) { return word.line % 2 == 0; });
}

class OcrResults {
 public:
  OcrResults(const Corpus& corpus, std::vector<Pipeline> pipelines)
      : corpus_(corpus), pipelines_(std::move(pipelines)), lines_(corpus.pages().size()) {}

  /// All of a page.
  bool read(std::size_t index, RecognizerPool& recognizers) {
    const Image image = corpus_.image(index, true);
    for (const auto& [damage, name] : kDamages) {
      const bool plain = damage == Damage::none;
      Image page = image;
      page.gray = damaged(image.gray, damage);
      if (!plain) page.colour.release();
      PageInk ink([&] { return page.gray; });
      for (const Pipeline& pipeline : pipelines_) {
        if (!plain && pipeline.name().starts_with("random")) continue;
        json line = ocr_result_of(corpus_.pages()[index], page, damage, pipeline, recognizers, ink);
        line["damage"] = name;
        lines_[index] += line.dump() + "\n";
      }
    }
    return true;
  }

  [[nodiscard]] const std::string& lines(std::size_t index) const { return lines_[index]; }

 private:
  static json ocr_result_of(const Page& page, const Image& image, Damage damage,
                            const Pipeline& pipeline, RecognizerPool& recognizers, PageInk& ink) {
    json line{{"page", page.name}, {"pipeline", pipeline.name()}};
    for (const auto& [name, value] : page.labels) line[name] = value;
    try {
      Image start = image;
      start.gray = given(image.gray, damage);
      const Image made = pipeline.run(start);
      const std::atomic<bool> stop{false};
      const OcrSettings settings = pipeline.ocr_settings(made);
      OcrResult ocr_result = *recognizers.get(page.lang, settings).read(made, settings, stop, [&] {
        return ink.marks();
      });
      lose_words(ocr_result, damage);
      place_words(ocr_result, made, image.gray.size());
      const OcrQuality quality =
          ocr_quality(ocr_result, recognizers.lexicon(page.lang), ink.text());
      line["cer"] = std::min(1.0, error_rate(plain_text(ocr_result), *page.truth).cer());
      line["char_confidence"] = quality.char_confidence;
      line["coverage"] = quality.coverage ? json(*quality.coverage) : json();
      line["short_words"] = quality.short_words;
      line["signs"] = quality.signs;
      line["net_legible"] = quality.net_legible;
      line["expected_cer"] = expected_cer(quality);
    } catch (const Error& error) {
      if (error.code() != Errc::limit_reached) throw;
      line["failure"] = error.what();
    }
    return line;
  }

  const Corpus& corpus_;
  std::vector<Pipeline> pipelines_;
  std::vector<std::string> lines_;
};

int run(int argc, char** argv) {
  CLI::App app("Qualities and errors of OCR results of pages with truth");
  std::vector<std::string> inputs;
  int points = 24;
  int jobs = 2;
  app.add_option("PAGES", inputs, "As `ocrtune read` takes them, with truth")->required();
  app.add_option("--points", points, "Random points of the pipeline `auto`")->capture_default_str();
  app.add_option("--jobs", jobs)->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  const Corpus corpus = pages_with_truth(inputs, jobs);
  OcrResults ocr_results(corpus, documents_and_random(points));
  const std::atomic<bool> stop{false};
  for_each_page(
      corpus.pages().size(), jobs, {},
      [&](std::size_t page, RecognizerPool& recognizers) -> std::optional<PageDone> {
        return ocr_results.read(page, recognizers) ? std::optional(PageDone{}) : std::nullopt;
      },
      [&](std::size_t page) { std::cout << ocr_results.lines(page) << std::flush; }, stop);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "ocr_qualities: {}\n", error.what());
    return 1;
  }
}
