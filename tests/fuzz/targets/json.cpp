// JSON that commands and the server take, and that studies and journals keep.

#include <nlohmann/json.hpp>

#include "fuzz/common/require.h"
#include "fuzz/targets/example_result.h"
#include "fuzz/targets/target.h"
#include "ocrtune/analysis/results_json.h"
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
#include "support/verdicts.h"

namespace ocrtune::fuzz {
namespace {

const Pipeline& standard() {
  static const Pipeline pipeline = load_pipeline("standard");
  return pipeline;
}

bool read_points(std::string_view input) {
  std::vector<std::string> notes;
  std::string text;
  const auto read = [&](std::string_view of) {
    return points_text(parse_points(of, "fuzz", standard(), notes), standard());
  };
  if (!is_taken({Errc::invalid_argument}, [&] { text = read(input); })) return false;
  notes.clear();
  require(read(text) == text && notes.empty(), "points are read differently");
  return true;
}

bool read_search(std::string_view input) {
  SearchSettings settings;
  if (!is_taken({Errc::study_error}, [&] { settings = search_from(input); })) return false;
  require(search_from(search_text(settings)) == settings, "settings are read differently");
  return true;
}

bool read_form(const nlohmann::json& form) {
  Pipeline pipeline;
  if (!is_taken({Errc::invalid_argument, Errc::pipeline_invalid},
                [&] { pipeline = parse_pipeline_form(form, ""); }))
    return false;
  const std::string text = pipeline_text(pipeline);
  require(pipeline_text(parse_pipeline(text, "form")) == text, "a form's pipeline is not valid");
  return true;
}

bool run_json(std::string_view input) {
  bool taken = read_points(input);
  taken |= read_search(input);
  taken |= key_of(input).has_value();
  taken |= is_taken({Errc::study_error}, [&] { (void)parse_verdict(input); });
  taken |= is_taken({Errc::study_error}, [&] { (void)workflow::parse_recorded_result(input); });
  taken |= is_taken({Errc::input_unreadable}, [&] { (void)parse_page_json(input); });
  nlohmann::json json;
  if (!is_taken({Errc::invalid_argument}, [&] { json = parse_json(input); })) return taken;
  taken |= is_taken({Errc::study_error}, [&] { (void)plain_text(ocr_result_of(json)); });
  taken |= read_form(json);
  return taken;
}

std::vector<std::string> json_seeds() {
  SearchSettings settings{.sampler = "tpe", .in_flight = 2, .steady = true};
  const OcrResult result = example_result();
  return {search_text(settings),
          page_json_text(result, {.name = "scan.png", .program = "ocrtune 0.1.0"}),
          ocr_result_json(result).dump(),
          workflow::recorded_result_text({}),
          pipeline_form(standard()).dump(),
          points_text({standard().space().initial()}, standard()),
          verdict_json(test::some_verdict(true)).dump(),
          R"({"page": "a.png", "pixels": "4f8f", "models": "12"})"};
}

const Registered kJson{{"json", run_json, json_seeds}};

}  // namespace
}  // namespace ocrtune::fuzz
