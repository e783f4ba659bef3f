// Votes among OCR results of pages with truth, with many weights: what calibrate_vote.py chooses
// from. Takes and gives JSON.

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>
#include <iostream>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "ocrtune/metrics/error_rate.h"
#include "ocrtune/metrics/ocr_quality.h"
#include "ocrtune/voting/vote.h"

namespace {

using namespace ocrtune;
using nlohmann::json;

OcrResult ocr_result_of(const json& rows) {
  OcrResult ocr_result;
  for (const json& row : rows) {
    ocr_result.words.push_back({.text = row[0],
                                .confidence = row[1],
                                .left = row[2],
                                .top = row[3],
                                .right = row[4],
                                .bottom = row[5],
                                .block = row[6],
                                .paragraph = row[7],
                                .line = row[8]});
  }
  return ocr_result;
}

VoteWeights weights_of(const json& row) {
  return {.support = row[0],
          .backbone = row[1],
          .text_confidence = row[2],
          .text_length = row[3],
          .text_support = row[4]};
}

/// The CER of the OCR result with most net_legible, of the best, and of the vote with each weights.
json rates(const json& page, const std::vector<VoteWeights>& weights, double& seconds) {
  const std::string truth = page.at("truth");
  const auto cer = [&](const OcrResult& ocr_result) {
    return error_rate(plain_text(ocr_result), truth).cer();
  };
  const auto lexicon = Lexicon::open("", "");
  std::vector<Voice> voices;
  std::size_t chosen = 0;
  double best = std::numeric_limits<double>::infinity();
  for (const json& rows : page.at("readings")) {
    Voice& voice = voices.emplace_back(Voice{.ocr_result = ocr_result_of(rows)});
    voice.net_legible = ocr_quality(voice.ocr_result, *lexicon).net_legible;
    if (voice.net_legible > voices[chosen].net_legible) chosen = voices.size() - 1;
    best = std::min(best, cer(voice.ocr_result));
  }
  json voted = json::array();
  for (const VoteWeights& each : weights) {
    const auto begin = std::chrono::steady_clock::now();
    const OcrResult ocr_result = vote(voices, chosen, each).ocr_result;
    seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    voted.push_back(cer(ocr_result));
  }
  return {{"chosen", cer(voices[chosen].ocr_result)}, {"best", best}, {"voted", voted}};
}

}  // namespace

int main() {
  try {
    const json task = json::parse(std::cin);
    std::vector<VoteWeights> weights{{}};
    for (const json& row : task.at("weights")) weights.push_back(weights_of(row));
    double seconds = 0;
    json pages = json::array();
    for (const json& page : task.at("pages")) pages.push_back(rates(page, weights, seconds));
    const auto votes = static_cast<double>(pages.size() * weights.size());
    std::cout << json{{"pages", pages}, {"seconds_a_vote", seconds / std::max(1.0, votes)}} << "\n";
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "vote_results: {}\n", error.what());
    return 1;
  }
}
