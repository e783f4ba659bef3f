#include "ocrtune/catalogue/study_book.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "ocrtune/analysis/best_so_far.h"
#include "ocrtune/analysis/json_parts.h"
#include "ocrtune/analysis/results_json.h"
#include "ocrtune/analysis/stage_measurements.h"
#include "ocrtune/analysis/summary.h"
#include "ocrtune/analysis/trial_scores.h"
#include "ocrtune/analysis/verdict.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/json_fields.h"
#include "ocrtune/base/resources.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/catalogue/returned_memory.h"
#include "ocrtune/catalogue/study_entry.h"
#include "ocrtune/metrics/scores_json.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/pipeline/pipeline_form.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/report/csv_export.h"
#include "ocrtune/report/study_data.h"
#include "ocrtune/report/study_report.h"

namespace ocrtune {
namespace fs = std::filesystem;

using nlohmann::json;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::size_t kTrialsAtOnce = 1000;
constexpr std::chrono::seconds kFreshFor{5};
constexpr int kCostsOfFreshness = 10;

std::string stamp_text(const fs::path& file) {
  const FileStamp stamp = stamp_of(file);
  return fmt::format("{} {} {}", stamp.bytes, stamp.modified_ns, stamp.log_bytes);
}

/// The line without the file's path, which is known in a listing.
std::string problem_of(const Error& error, const fs::path& file) {
  const std::string path = ocrtune::shown(file) + ": ";
  std::string line = error.what();
  if (line.starts_with(path)) line.erase(0, path.size());
  return quotable(line, 500);
}

}  // namespace

/// Data of a study that is being written, of which nothing is read twice.
struct StudyBook::Live {
  explicit Live(const fs::path& file) : tail(file) {}
  StudyTail tail;
  BestSoFar so_far;
};

StudyBook::StudyBook(fs::path folder, const std::vector<std::string>& addresses,
                     std::function<bool(const fs::path&)> may_read)
    : folder_(std::move(folder)),
      may_read_(std::move(may_read)),
      cache_(folder_ / ".ocrtune" / "cache"),
      servers_(addresses, cache_) {}

StudyBook::~StudyBook() = default;

std::shared_ptr<const Storage> StudyBook::view(const std::string& id) const {
  if (is_on_server(id)) return servers_.view(id);
  return view_study(study_file(folder_, id));
}

std::string StudyBook::name(const std::string& id) const {
  if (is_on_server(id)) return servers_.study(id).state.name;
  return study_file(folder_, id).filename().string();
}

/// Identifies the present state of a study.
std::string StudyBook::stamp(const std::string& id) const {
  if (is_on_server(id)) return servers_.study(id).state.version;
  return stamp_text(study_file(folder_, id));
}

json StudyBook::server_entries() const { return servers_.entries(); }

json StudyBook::entries(const std::set<std::string>& at_work) {
  json list = file_entries(at_work);
  for (json& entry : server_entries()) list.push_back(std::move(entry));
  return list;
}

json StudyBook::file_entries(const std::set<std::string>& at_work) {
  json list = json::array();
  for (const std::string& id : study_ids(folder_)) {
    try {
      list.push_back(entry(id, at_work.contains(id + ".db")));
    } catch (const Error&) {
      continue;  // deleted meanwhile
    }
  }
  return list;
}

json StudyBook::entry(const std::string& id, bool at_work) {
  const fs::path file = folder_ / (id + ".db");
  const FileStamp stamp = stamp_of(file);
  json entry = empty_entry(id, id);
  entry["file"] = file.filename().string();
  entry["bytes"] = stamp.bytes + stamp.log_bytes;
  entry["modified_ms"] = stamp.modified_ns / 1'000'000;
  entry["running"] = at_work;
  if (!may_be_name(id)) {
    entry["problem"] = tr("a study can't have this name here; rename the file");
    return entry;
  }
  try {
    const std::unique_ptr<Storage> study = view_study(file);
    add_definition(entry, study->definition());
    entry.update(at_work ? live_part(id) : finished_part(file, *study));
  } catch (const Error& error) {
    if (error.code() == Errc::not_found) throw;
    // A study that is being created has no table yet.
    if (!at_work) entry["problem"] = problem_of(error, file);
    if (!at_work) entry["objective"] = nullptr;
  }
  return entry;
}

json StudyBook::live_part(const std::string& id) {
  const std::scoped_lock lock(mutex_);
  std::unique_ptr<Live>& live = live_[id];
  if (!live) live = std::make_unique<Live>(folder_ / (id + ".db"));
  for (bool more = true; more;) {
    const std::vector<TrialOutcome> outcomes = live->tail.next(kTrialsAtOnce);
    more = outcomes.size() == kTrialsAtOnce;
    for (const TrialOutcome& outcome : outcomes)
      live->so_far.add(outcome, live->tail.definition()->objective);
  }
  return live_results(live->so_far);
}

json StudyBook::finished_part(const fs::path& file, const Storage& study) {
  const std::string id = file.stem().string();
  {
    const std::scoped_lock lock(mutex_);
    live_.erase(id);
  }
  const auto known = [&]() -> std::optional<json> {
    const auto text = cache_.find(id, "entry", stamp_text(file));
    return text ? find_json_object(*text) : std::nullopt;
  };
  if (auto part = known()) return std::move(*part);
  const std::scoped_lock lock(work_);
  if (auto part = known()) return std::move(*part);
  const std::string stamp = stamp_text(file);
  json part = whole_results(study);
  cache_.keep(id, "entry", stamp, part.dump());
  return part;
}

std::string StudyBook::data(const std::string& id, bool at_work) {
  at_work = at_work || (is_on_server(id) && servers_.study(id).state.driven);
  const auto known = [&]() -> std::optional<std::string> {
    if (at_work) {
      const std::scoped_lock lock(mutex_);
      const auto found = fresh_.find(id);
      if (found != fresh_.end()) {
        const auto age = Clock::now() - found->second.made;
        const Clock::duration enough = found->second.cost * kCostsOfFreshness;
        if (age < std::max<Clock::duration>(kFreshFor, enough)) return cache_.latest(id, "data");
      }
    }
    return cache_.find(id, "data", stamp(id));
  };
  if (auto text = known()) return std::move(*text);
  const std::scoped_lock lock(work_);
  if (auto text = known()) return std::move(*text);
  const ReturnedMemory returned;
  const auto began = Clock::now();
  const std::string now = stamp(id);
  std::string text = study_data_text(*view(id), name(id));
  cache_.keep(id, "data", now, text);
  const std::scoped_lock other(mutex_);
  fresh_[id] = {.made = Clock::now(), .cost = Clock::now() - began};
  return text;
}

void StudyBook::prepare(const std::function<std::set<std::string>()>& at_work,
                        const std::atomic<bool>& stop) {
  (void)file_entries(at_work());
  for (const std::string& id : study_ids(folder_)) {
    if (stop) return;
    if (at_work().contains(id + ".db")) continue;
    try {
      (void)data(id, false);
    } catch (const Error&) {
      continue;  // deleted meanwhile; other errors are reported when the study is opened
    }
  }
}

json StudyBook::verdict(const std::string& id) const {
  const std::optional<Verdict> verdict = verdict_of(*view(id));
  return verdict ? verdict_page_json(*verdict) : json();
}

json StudyBook::trial(const std::string& id, std::size_t number) const {
  const std::shared_ptr<const Storage> study = view(id);
  const StudyDefinition& definition = study->definition();
  const std::optional<Trial> trial = study->trial(number, TrialSteps::read);
  if (!trial) throw Error(Errc::not_found, tr("the study has no finished trial {}", number));
  const Pipeline pipeline = number == 0 ? raw_pipeline() : pipeline_of(definition).at(trial->point);
  json pages = json::array();
  for (std::size_t i = 0; i < std::min(trial->pages.size(), definition.pages.size()); ++i) {
    const PageResult& page = trial->pages[i];
    pages.push_back({{"name", definition.pages[i].name},
                     {"scores", scores_json(mean_scores({page}))},
                     {"preprocess_ms", page.timings.preprocess_ms},
                     {"ocr_ms", page.timings.ocr_ms},
                     {"measured", measurements_json(measurements_of(pipeline, page.timings.steps))},
                     {"failure", page.failure}});
  }
  return {{"number", number},
          {"params", point_json(space_of(definition), trial->point)},
          {"pipeline", pipeline_form(pipeline)},
          {"toml", pipeline_text(pipeline)},
          {"scores", scores_json(trial->means())},
          {"pages", std::move(pages)}};
}

std::string StudyBook::best_toml(const std::string& id) {
  const std::shared_ptr<const Storage> study = view(id);
  const std::scoped_lock lock(work_);
  return pipeline_text(
      best_pipeline(study->definition(), summarize_study(*study, study_trials(*study))));
}

std::optional<std::string> StudyBook::recipe_toml(const std::string& id) const {
  std::optional<Verdict> verdict = verdict_of(*view(id));
  return verdict ? std::optional(std::move(verdict->recipe)) : std::nullopt;
}

std::string StudyBook::exported(const std::string& id, const std::string& name,
                                const std::atomic<bool>& stop) {
  const ReturnedMemory returned;
  if (name == "best.toml") return best_toml(id);
  if (name == "recipe.toml") {
    if (auto recipe = recipe_toml(id)) return *std::move(recipe);
    throw Error(Errc::not_found, tr("this study has no recipe; tune finds one"));
  }
  if (name == "report.html") return report(id, stop);
  if (const auto text = study_csv(*view(id), name)) return *text;
  throw Error(Errc::not_found, tr("no such export: {}", quotable(name, 60)));
}

std::vector<std::string> StudyBook::exports(const std::string& id) const {
  const std::shared_ptr<const Storage> study = view(id);
  const StudyDefinition& definition = study->definition();
  std::vector<std::string> names{"report.html"};
  if (recipe_toml(id)) names.emplace_back("recipe.toml");
  for (const char* name :
       {"best.toml", "trials.csv", "pages.csv", "timings.csv", "configuration.csv"})
    names.emplace_back(name);
  if (study->counts().pruned > 0) names.emplace_back("pruned.csv");
  if (!definition.search.more_objectives.empty()) names.emplace_back("pareto.csv");
  if (has_audit_files(definition)) names.emplace_back("audit.zip");
  return names;
}

std::vector<AuditFile> StudyBook::audit_files(const std::string& id) {
  const ReturnedMemory returned;
  const std::shared_ptr<const Storage> study = view(id);
  const std::scoped_lock lock(work_);
  return ocrtune::audit_files(*study);
}

std::string StudyBook::report(const std::string& id, const std::atomic<bool>& stop) {
  const std::shared_ptr<const Storage> study = view(id);
  const std::scoped_lock lock(work_);
  const Resources machine = machine_resources();
  // Takes a quarter of the free memory, because runs may be active.
  PictureOptions pictures{
      .tessdata = "", .plan = plan_memory(machine.available_bytes / 4, default_workers(machine))};
  if (is_on_server(id)) pictures.may_read = may_read_;
  return study_report(*study, name(id), pictures, stop).html;
}

fs::path StudyBook::notes_file(const std::string& id) const {
  (void)name(id);
  return folder_ / ".ocrtune" / "notes" / (id + ".txt");
}

std::string StudyBook::notes(const std::string& id) const {
  const fs::path file = notes_file(id);
  std::error_code failure;
  return fs::exists(file, failure) ? read_text(file, kMaxNoteBytes, Errc::study_error) : "";
}

void StudyBook::keep_notes(const std::string& id, const std::string& text) const {
  const fs::path file = notes_file(id);
  make_folder(file.parent_path());
  write_atomically(file, text);
}

}  // namespace ocrtune
