// JSON that commands and the server take, and that studies and journals keep.

#include <nlohmann/json.hpp>

#include "fuzz/common/require.h"
#include "fuzz/targets/example_result.h"
#include "fuzz/targets/target.h"
#include "ocrtune/analysis/verdict.h"
#include "ocrtune/apply/journal_lines.h"
#include "ocrtune/base/json_fields.h"
#include "ocrtune/documents/ocr_result_json.h"
#include "ocrtune/documents/page_json.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/pipeline/pipeline_form.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/study/points_file.h"
#include "ocrtune/study/search_settings.h"
#include "ocrtune/study_run/recorded_result_json.h"

namespace ocrtune::fuzz {
namespace {

const Pipeline& standard() {
  static const Pipeline pipeline = load_pipeline("standard");
  return pipeline;
}

void read_points(std::string_view input) {
  std::vector<std::string> notes;
  std::string text;
  const auto read = [&](std::string_view of) {
    return points_text(parse_points(of, "fuzz", standard(), notes), standard());
  };
  if (!is_taken({Errc::invalid_argument}, [&] { text = read(input); })) return;
  notes.clear();
  require(read(text) == text && notes.empty(), "points are read differently");
}

void read_search(std::string_view input) {
  SearchSettings settings;
  if (!is_taken({Errc::study_error}, [&] { settings = search_from(input); })) return;
  require(search_from(search_text(settings)) == settings, "settings are read differently");
}

void read_form(const nlohmann::json& form) {
  Pipeline pipeline;
  if (!is_taken({Errc::invalid_argument, Errc::pipeline_invalid},
                [&] { pipeline = parse_pipeline_form(form, ""); }))
    return;
  const std::string text = pipeline_text(pipeline);
  require(pipeline_text(parse_pipeline(text, "form")) == text, "a form's pipeline is not valid");
}

void run_json(std::string_view input) {
  read_points(input);
  read_search(input);
  (void)key_of(input);
  is_taken({Errc::study_error}, [&] { (void)parse_verdict(input); });
  is_taken({Errc::study_error}, [&] { (void)workflow::parse_recorded_result(input); });
  is_taken({Errc::input_unreadable}, [&] { (void)parse_page_json(input); });
  nlohmann::json json;
  if (!is_taken({Errc::invalid_argument}, [&] { json = parse_json(input); })) return;
  is_taken({Errc::study_error}, [&] { (void)plain_text(ocr_result_of(json)); });
  read_form(json);
}

std::vector<std::string> json_seeds() {
  SearchSettings settings{.sampler = "tpe", .in_flight = 2, .steady = true};
  const OcrResult result = example_result();
  return {
      search_text(settings),
      page_json_text(result, {.name = "scan.png", .program = "ocrtune 0.1.0"}),
      ocr_result_json(result).dump(),
      workflow::recorded_result_text({}),
      pipeline_form(standard()).dump(),
      "[" + pipeline_form(raw_pipeline()).dump() + "]",
      R"({"page": "a.png", "pixels": "4f8f", "models": "12"})",
      R"({"pages": 4, "with_truth": 4, "kept_aside": true, "points": [{"name": "original", "tuned": false, "wrong": 16, "seconds": 1, "on_front": true}],
"original": "original", "untuned": "original", "found": "original", "wrong": {"value": 1, "low": 1, "high": 2}, "gain": {"value": 1, "low": 0, "high": 2}, "recommends": true, "recipe": ""})"};
}

const Registered kJson{{"json", run_json, json_seeds}};

}  // namespace
}  // namespace ocrtune::fuzz
