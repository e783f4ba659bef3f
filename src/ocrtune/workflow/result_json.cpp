#include "ocrtune/workflow/result_json.h"

#include <nlohmann/json.hpp>

#include "ocrtune/analysis/results_json.h"
#include "ocrtune/apply/results_json.h"
#include "ocrtune/documents/page_json.h"
#include "ocrtune/metrics/scores_json.h"

namespace ocrtune::workflow {

nlohmann::json result_json(const PageRead& read) {
  nlohmann::json words = nlohmann::json::array();
  for (const Word& word : read.ocr_result.words) words.push_back(word_json(word));
  nlohmann::json result{{"page", read.page->name},
                        {"lang", read.page->lang},
                        {"engine", read.engine},
                        {"confidence", mean_confidence(read.ocr_result)},
                        {"text", plain_text(read.ocr_result)},
                        {"words", words}};
  if (!read.other_lang.empty()) result["other_lang"] = read.other_lang;
  return result;
}

nlohmann::json result_json(const Scored& scored) {
  nlohmann::json list = nlohmann::json::array();
  if (scored.trials.empty()) return list;
  const double baseline = scored.trials.front().means().value(Score::confidence);
  for (const Trial& trial : scored.trials) {
    const MeanScores means = trial.means();
    nlohmann::json entry = scores_json(means);
    entry["trial"] = trial.number;
    entry["engine"] = scored.definition.engine;
    entry["delta"] = means.value(Score::confidence) - baseline;
    for (const auto& [name, value] : trial.point.values) entry["params"][name] = value;
    list.push_back(std::move(entry));
  }
  return list;
}

nlohmann::json result_json(const TuneOptions& options, const Tuned& found) {
  nlohmann::json json = summary_json(found.summary);
  json[found.verdict ? "recipe_file" : "pipeline_file"] = options.output;
  if (found.verdict) json["verdict"] = verdict_result_json(*found.verdict);
  if (found.report_file) json["report_file"] = found.report_file->string();
  if (found.trained) json["trained"] = result_json(*found.trained);
  return json;
}

nlohmann::json result_json(const StudyResult& result) {
  nlohmann::json json = summary_json(*result.summary);
  if (result.front.objectives.size() > 1) json["pareto_front"] = pareto_json(result.front);
  return json;
}

nlohmann::json result_json(const Applied& applied) {
  return summary_json(applied.summary, applied.each_page);
}

nlohmann::json result_json(const Cleaned& cleaned) {
  nlohmann::json json = nlohmann::json::array();
  for (const auto& [page, file] : cleaned.pages)
    json.push_back({{"page", page}, {"file", file.string()}});
  return json;
}

nlohmann::json result_json(const Compared& compared) {
  nlohmann::json json = comparison_json(compared.pipelines, compared.pages, compared.by);
  json["engine"] = compared.engine;
  return json;
}

nlohmann::json result_json(const EvaluateOptions& options, const Evaluated& evaluated) {
  nlohmann::json json = evaluation_json(evaluated.evaluation);
  json["unicode_form"] = options.form;
  json["ignored"] = options.ignored;
  json["without_truth"] = evaluated.without_truth;
  json["without_ocr_result"] = evaluated.without_ocr_result;
  return json;
}

nlohmann::json result_json(const ImportOptions& options, const Imported& imported) {
  nlohmann::json json{
      {"preset", imported.preset}, {"points", imported.points.size()}, {"rows", imported.rows}};
  if (options.study.empty()) {
    json["file"] = options.output;
  } else {
    json["study"] = options.study;
    json["pages"] = imported.pages;
  }
  return json;
}

nlohmann::json result_json(const Trained& trained) {
  nlohmann::json engines = nlohmann::json::array();
  for (const EngineTrained& engine : trained.engines) {
    const training::Outcome& outcome = engine.outcome;
    nlohmann::json entry{
        {"engine", engine.engine},
        {"epochs", outcome.epochs},
        {"curve", outcome.curve},
        {"cer_before", outcome.characters_before},
        {"cer_after", outcome.characters_after},
        {"wer_before", outcome.words_before},
        {"wer_after", outcome.words_after},
        {"gain",
         {{"mean", outcome.gain.mean}, {"low", outcome.gain.low}, {"high", outcome.gain.high}}},
        {"missing_characters", engine.missing_characters},
        {"seconds", engine.seconds}};
    if (!engine.file.empty()) entry["file"] = engine.file.string();
    engines.push_back(std::move(entry));
  }
  nlohmann::json not_trained = nlohmann::json::array();
  for (const EngineNotTrained& engine : trained.not_trained)
    not_trained.push_back({{"engine", engine.engine}, {"reason", engine.reason}});
  nlohmann::json result{{"lang", trained.lang},
                        {"pages", trained.pages},
                        {"lines", trained.lines},
                        {"truth_lines", trained.truth_lines},
                        {"characters", trained.characters},
                        {"engines", engines},
                        {"not_trained", not_trained}};
  if (trained.at_work) {
    const EngineAtWork& at_work = *trained.at_work;
    result["at_work"] = {{"engine", at_work.engine},
                         {"done", at_work.done},
                         {"all", at_work.all},
                         {"curve", at_work.curve}};
  }
  return result;
}

nlohmann::json result_json(const WorkerResult& result) { return {{"pages", result.pages}}; }

}  // namespace ocrtune::workflow
