#include "ocrtune/report/csv_export.h"

#include <algorithm>
#include <array>
#include <memory>

#include "ocrtune/analysis/pareto_front.h"
#include "ocrtune/base/csv.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"

namespace ocrtune {
namespace {

std::string switch_line(const std::string& name, bool on, bool optional) {
  return optional ? csv_line({"parameter", name, "false", "true"})
                  : csv_line({"parameter", name, on ? "true" : "false", ""});
}

std::string parameter_line(const std::string& name, const Parameter& parameter, double value,
                           const std::optional<Range>& free) {
  return free ? csv_line({"parameter", name, value_text(parameter, free->low),
                          value_text(parameter, free->high)})
              : csv_line({"parameter", name, value_text(parameter, value), ""});
}

}  // namespace

std::string scores_csv(const StudyDefinition& definition, const std::vector<Trial>& trials) {
  const std::unique_ptr<CsvOfTrials> csv = csv_of_scores(definition);
  std::string text = csv->header();
  for (const Trial& trial : trials) text += csv->rows(trial);
  return text;
}

std::string configuration_csv(const StudyDefinition& definition) {
  const Pipeline pipeline = pipeline_of(definition);
  std::string text = csv_line({"category", "key", "value_min_or_fixed", "value_max"});
  text += csv_line({"pipeline", "name", pipeline.name(), ""});
  for (const Slot& slot : pipeline.slots())
    text += csv_line({"parameter", slot.name, joined(slot.choices, " "), ""});
  for (const StageUse& use : pipeline.stages()) {
    if (use.slot.empty()) text += switch_line(use.switch_name, use.on, use.optional);
    for (const Setting& setting : use.settings)
      text += parameter_line(setting.name, *setting.parameter, setting.value, setting.free);
  }
  for (const OcrUse& use : pipeline.ocr()) {
    if (use.optional) text += switch_line(use.switch_name, use.on, true);
    text += parameter_line(use.name, use.parameter, use.value, use.free);
  }
  const auto setting = [&](const char* key, const std::string& value) {
    text += csv_line({"study", key, value, ""});
  };
  setting("objective", std::string(score_name(definition.objective)));
  for (const Score objective : definition.search.more_objectives)
    setting("objective", std::string(score_name(objective)));
  setting("sampler", definition.search.sampler);
  setting("pruner", definition.search.pruner);
  setting("in_flight", std::to_string(definition.search.in_flight));
  for (const Constraint& constraint : definition.search.constraints)
    setting("constraint", constraint_text(constraint));
  setting("seed", std::to_string(definition.seed));
  setting("psm", std::to_string(definition.psm));
  setting("oem", std::to_string(definition.oem));
  setting("engine", definition.engine);
  setting("reference_engine", definition.search.reference_engine);
  setting("ocr_max_width",
          definition.ocr_max_width == 0 ? "" : std::to_string(definition.ocr_max_width));
  setting("lang", definition.lang);
  setting("models", definition.models);
  setting("program", definition.program);
  setting("pages", std::to_string(definition.pages.size()));
  if (!definition.held_out.empty())
    setting("held_out_pages", std::to_string(definition.held_out.size()));
  return text;
}

namespace {

/// A file that is made trial by trial.
struct TrialsFile {
  std::string_view name;
  std::unique_ptr<CsvOfTrials> (*csv)(const StudyDefinition& definition);
};

constexpr std::array<TrialsFile, 3> kTrialsFiles{
    {{"trials.csv", csv_of_means}, {"pages.csv", csv_of_pages}, {"timings.csv", csv_of_timings}}};

constexpr std::string_view kConfigurationFile = "configuration.csv";
constexpr std::string_view kPrunedFile = "pruned.csv";
constexpr std::string_view kParetoFile = "pareto.csv";

/// A file that trials are written to.
struct OpenFile {
  std::unique_ptr<CsvOfTrials> csv;
  TextSink sink;
};

/// Writes those files from `from` on, and returns the compared scores of the trials. The files are
/// open at the same time, so that the trials are read once.
StudyTrials write_trials(const Storage& study, const std::filesystem::path& folder,
                         std::vector<OpenFile>& open) {
  if (open.size() == kTrialsFiles.size()) {
    for (const OpenFile& file : open) file.sink(file.csv->header());
    const auto write = [&](const Trial& trial) {
      for (const OpenFile& file : open) file.sink(file.csv->rows(trial));
    };
    return study_trials(study, write, TrialSteps::read);
  }
  std::optional<StudyTrials> trials;
  const TrialsFile& next = kTrialsFiles.at(open.size());
  write_atomically(folder / next.name, [&](const TextSink& sink) {
    open.push_back({.csv = next.csv(study.definition()), .sink = sink});
    trials = write_trials(study, folder, open);
    open.pop_back();
  });
  return std::move(*trials);
}

}  // namespace

std::optional<std::string> study_csv(const Storage& study, std::string_view name) {
  const StudyDefinition& definition = study.definition();
  if (name == kConfigurationFile) return configuration_csv(definition);
  if (name == kPrunedFile) return pruned_csv(definition, study.pruned());
  if (name == kParetoFile) return pareto_csv(pareto_front(definition, study_trials(study)));
  const auto file = std::ranges::find(kTrialsFiles, name, &TrialsFile::name);
  if (file == kTrialsFiles.end()) return std::nullopt;
  const std::unique_ptr<CsvOfTrials> csv = file->csv(definition);
  std::string text = csv->header();
  study.each_trial([&](const Trial& trial) { text += csv->rows(trial); },
                   file->csv == csv_of_means ? TrialSteps::left_out : TrialSteps::read);
  return text;
}

std::vector<std::string> export_study(const Storage& study, const std::filesystem::path& folder) {
  const StudyDefinition& definition = study.definition();
  make_folder(folder);
  std::vector<OpenFile> open;
  const StudyTrials trials = write_trials(study, folder, open);
  write_atomically(folder / kConfigurationFile, configuration_csv(definition));
  write_atomically(folder / kPrunedFile, pruned_csv(definition, study.pruned()));
  write_atomically(folder / kParetoFile, pareto_csv(pareto_front(definition, trials)));
  return {std::string(kTrialsFiles[0].name), std::string(kTrialsFiles[1].name),
          std::string(kTrialsFiles[2].name), std::string(kConfigurationFile),
          std::string(kPrunedFile),          std::string(kParetoFile)};
}

}  // namespace ocrtune
