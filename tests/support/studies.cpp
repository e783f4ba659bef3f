#include "support/studies.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <tuple>

#include "ocrtune/base/hash.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/pipeline/presets.h"

namespace ocrtune::test {
namespace {

auto tied(const PageTimings& t) {
  return std::tie(t.started_us, t.total_ms, t.preprocess_ms, t.ocr_ms);
}

auto tied(const PageRecord& p) {
  return std::tie(p.name, p.pixels, p.truth, p.lang, p.width, p.height, p.dpi, p.labels, p.file,
                  p.file_page, p.truth_file);
}

auto tied(const StudyDefinition& d) {
  return std::tie(d.pipeline, d.seed, d.objective, d.psm, d.oem, d.ocr_max_width, d.lang, d.models,
                  d.engine, d.program);
}

bool same_pages(const std::vector<PageRecord>& a, const std::vector<PageRecord>& b) {
  return std::ranges::equal(
      a, b, [](const PageRecord& x, const PageRecord& y) { return tied(x) == tied(y); });
}

double any_finite(Random& random) {
  for (;;) {
    const auto value = std::bit_cast<double>(random.bits());
    if (std::isfinite(value)) return value;
  }
}

}  // namespace

StudyDefinition study_definition(int pages) {
  Pipeline pipeline = load_pipeline("standard");
  pipeline.free("use_denoise_nlm", {});
  StudyDefinition definition{.pipeline = pipeline_text(pipeline),
                             .seed = 0xFEDCBA9876543210U,
                             .objective = Score::cer,
                             .psm = 4,
                             .oem = 1,
                             .ocr_max_width = 1500,
                             .lang = "eng+fra",
                             .models = "eng=0123",
                             .pages = {},
                             .program = "ocrtune test"};
  for (int i = 0; i < pages; ++i) {
    definition.pages.push_back(
        {.name = fmt::format("folder/päge {}.tif#2", i),
         .pixels = content_hash(fmt::format("{}", i)).text(),
         .truth = i % 2 == 0 ? content_hash("truth").text() : "",
         .lang = "eng+fra",
         .width = 100 + i,
         .height = 200 + i,
         .dpi = 299.99,
         .labels = {{"year", fmt::format("19{:02}", i)}, {"a;b\n", "\"x\""}},
         .file = fmt::format("/scans/folder/päge {}.tif", i),
         .file_page = 1,
         .truth_file = i % 2 == 0 ? fmt::format("/scans/folder/päge {}.2.gt.txt", i) : ""});
  }
  return definition;
}

StudyDefinition study_by_confidence(int pages) {
  StudyDefinition definition = study_definition(pages);
  definition.objective = Score::confidence;
  return definition;
}

Trial random_trial(const StudyDefinition& definition, std::size_t number, Random& random,
                   bool extreme) {
  const Space space = space_of(definition);
  std::vector<double> unit(space.size());
  std::ranges::generate(unit, [&] { return random.uniform(); });
  const auto real = [&] { return extreme ? any_finite(random) : random.uniform(0, 100); };
  Trial trial{.number = number, .point = space.at(unit), .pages = {}};
  trial.started_us = 1'700'000'000'000'000 + random.integer(0, 1'000'000);
  trial.finished_us = trial.started_us + random.integer(0, 1'000'000);
  for (const PageRecord& page : definition.pages) {
    PageResult result{.scores = {},
                      .timings = {.started_us = trial.started_us,
                                  .total_ms = real(),
                                  .preprocess_ms = real(),
                                  .ocr_ms = real()},
                      .failure = {}};
    for (const Score score : all_scores()) {
      if (needs_truth(score) && page.truth.empty()) continue;
      if ((needs_reference(score) || score == Score::coverage) && random.chance(0.3)) continue;
      result.scores.set(score, score == Score::words ? random.integer(0, 5000) : real());
    }
    if (random.chance(0.1)) result.failure = "stage clahe: out of memory \xc3\xa9\n";
    trial.pages.push_back(std::move(result));
  }
  return trial;
}

void add_steps(Trial& trial, Random& random) {
  for (PageResult& page : trial.pages) {
    page.timings.steps = {{"wait", random.uniform(0, 1e6), false}, {"load", 0, random.chance(0.5)}};
    for (const char* name : {"remove_lines", "remove_lines_2", "binarize_adaptive", "read"}) {
      if (random.chance(0.3)) continue;
      const double ms = random.chance(0.1) ? std::abs(any_finite(random)) : random.uniform(0, 100);
      page.timings.steps.push_back({name, ms, random.chance(0.5)});
      if (random.chance(0.3)) page.timings.steps.back().measured = any_finite(random);
    }
  }
}

Trial trial_with(std::size_t number, const std::vector<double>& confidences) {
  Trial trial{.number = number, .point = {}, .pages = {}};
  for (const double confidence : confidences) {
    trial.pages.push_back(
        {.scores = {{Score::confidence, confidence}}, .timings = {}, .failure = {}});
  }
  return trial;
}

bool same_trial(const Trial& a, const Trial& b) {
  return a.number == b.number && a.point == b.point && a.started_us == b.started_us &&
         a.finished_us == b.finished_us &&
         std::ranges::equal(a.pages, b.pages, [](const PageResult& x, const PageResult& y) {
           return x.scores == y.scores && tied(x.timings) == tied(y.timings) &&
                  x.failure == y.failure;
         });
}

bool same_definition(const StudyDefinition& a, const StudyDefinition& b) {
  return tied(a) == tied(b) && a.search == b.search && same_pages(a.pages, b.pages) &&
         same_pages(a.held_out, b.held_out);
}

}  // namespace ocrtune::test
