#include "ocrtune/analysis/comparison.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "ocrtune/analysis/results_json.h"
#include "support/errors.h"

namespace ocrtune {
namespace {

using test::contains;

ReadPage page_of(double confidence, std::size_t errors, std::size_t truth) {
  return {.confidence = confidence,
          .words = 10,
          .errors = ErrorRate{.character_errors = errors,
                              .truth_characters = truth,
                              .word_errors = errors,
                              .truth_words = truth},
          .bag = WordBag{.missing = errors, .truth = truth}};
}

std::vector<ComparedPipeline> two_pipelines() {
  return {{"raw", {page_of(50, 10, 100), page_of(60, 5, 10), {.confidence = 70, .words = 1}}},
          {"best", {page_of(80, 12, 100), page_of(55, 1, 10), {.confidence = 71, .words = 1}}}};
}

const std::vector<std::string> kNames{"a.png", "b.png", "c.png"};

TEST(Comparison, MeansAndAllText) {
  const ComparedPipeline raw = two_pipelines().front();
  EXPECT_DOUBLE_EQ(*raw.mean(Measure::confidence), 60);
  EXPECT_DOUBLE_EQ(*raw.mean(Measure::cer), 30);
  EXPECT_DOUBLE_EQ(*raw.whole(Measure::cer), 100 * 15.0 / 110);
  EXPECT_FALSE(raw.whole(Measure::confidence));
}

TEST(Comparison, WhatGotWorstGoesFirst) {
  const auto pipelines = two_pipelines();
  const auto by_cer = page_gains(pipelines[0], pipelines[1], Measure::cer);
  ASSERT_EQ(by_cer.size(), 2U);  // c.png has no truth
  EXPECT_EQ(by_cer[0].page, 0U);
  EXPECT_DOUBLE_EQ(by_cer[0].gain, -2);
  const auto by_confidence = page_gains(pipelines[0], pipelines[1], Measure::confidence);
  EXPECT_EQ(by_confidence[0].page, 1U);
  EXPECT_DOUBLE_EQ(mean_gain(by_confidence).mean, 26.0 / 3);
  EXPECT_DOUBLE_EQ(mean_gain(by_cer).mean, 19);
}

TEST(Comparison, TextAndJson) {
  const std::string text = comparison_text(two_pipelines(), kNames, Measure::cer, 5);
  EXPECT_TRUE(contains(text, "best against raw\n")) << text;
  EXPECT_TRUE(contains(text, "1 of 2 pages got worse, by CER:\n    a.png  10.00 % -> 12.00 %\n"))
      << text;
  const auto json = comparison_json(two_pipelines(), kNames, Measure::cer);
  const auto& gains = json["against_first"][0];
  EXPECT_DOUBLE_EQ(gains["gain"]["cer"]["mean"], 0.19);
  EXPECT_EQ(gains["page_gains"][0]["page"], "a.png");
  EXPECT_DOUBLE_EQ(gains["page_gains"][0]["other"], 0.12);
  EXPECT_DOUBLE_EQ(json["pipelines"][0]["all_text"]["cer"], 15.0 / 110);
}

TEST(Comparison, RowsOfTheCsv) {
  const std::string csv = comparison_csv(two_pipelines(), kNames);
  EXPECT_TRUE(contains(csv, "\nraw;c.png;70;0;;;;1;\n")) << csv;
  EXPECT_TRUE(contains(csv, "\nbest;a.png;80;30;0.12;0.12;0.12;10;\n")) << csv;
}

TEST(Comparison, WithoutTruthThereIsConfidence) {
  const std::vector<ComparedPipeline> pipelines{{"raw", {{.confidence = 40, .words = 3}}},
                                                {"best", {{.confidence = 45, .words = 3}}}};
  const std::string text = comparison_text(pipelines, {"a.png"}, Measure::confidence, 5);
  EXPECT_FALSE(contains(text, "CER"));
  EXPECT_TRUE(contains(text, "gain +5.00 points (on one page)")) << text;
  EXPECT_TRUE(contains(text, "no page got worse, by confidence"));
}

TEST(Comparison, AFailureIsTheWorstThereIs) {
  ReadPage page = page_of(0, 0, 0);
  page.failure = "out of memory";
  EXPECT_EQ(page.value(Measure::cer), 100);
  const std::vector<ComparedPipeline> pipelines{{"raw", {page_of(9, 0, 4)}}, {"best", {page}}};
  EXPECT_TRUE(contains(comparison_text(pipelines, {"a.png"}, Measure::cer, 5),
                       "failed on a.png: out of memory"));
}

}  // namespace
}  // namespace ocrtune
