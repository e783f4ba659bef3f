#include "ocrtune/server/run_request.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ocrtune/base/text.h"
#include "ocrtune/ocr/reader.h"
#include "ocrtune/samplers/registry.h"
#include "ocrtune/server/json_request.h"
#include "ocrtune/server/message.h"
#include "ocrtune/server/pipeline_form.h"
#include "ocrtune/study/constraint.h"
#include "ocrtune/study/objective.h"

namespace ocrtune::server {
namespace {

using nlohmann::json;

constexpr std::size_t kLongestName = 100;
constexpr std::size_t kMostObjectives = 8;
constexpr std::size_t kMostConstraints = 20;
constexpr long long kMostTrials = 1'000'000;
constexpr double kLongestBudget = 3'600'000;
constexpr std::array<std::string_view, 4> kMethods{"tune", "optimize", "screen", "apply"};
constexpr std::array<std::string_view, 6> kFormats{"text", "tsv", "hocr", "alto", "page", "pdf"};
constexpr std::array<int, 12> kSegmentations{1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13};

// As `ocrtune tune`, `optimize` and `screen` have them where the command line states none.
constexpr std::size_t kTuneTrials = 120;
constexpr std::size_t kOptimizeTrials = 100;
constexpr int kExponent = 6;

[[noreturn]] void refuse(const std::string& line) { throw HttpError(400, line); }

bool may_be_name(std::string_view name) {
  if (name.empty() || name.size() > kLongestName || !is_utf8(name)) return false;
  if (std::string_view("./- ").find(name.front()) != std::string_view::npos) return false;
  if (name.back() == ' ') return false;
  return std::ranges::none_of(name, [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '/' || c == '\\';
  });
}

RunMethod method_named(const std::string& name) {
  const auto found = std::ranges::find(kMethods, name);
  if (found == kMethods.end()) {
    refuse(fmt::format("`method`: `{}` is none; there are tune, optimize, screen and apply",
                       quotable(name, 60)));
  }
  return static_cast<RunMethod>(found - kMethods.begin());
}

/// Reads the options of a request; each is refused where the method has none such.
class OptionReader {
 public:
  OptionReader(const json& object, RunMethod method)
      : fields_(object, "options"), method_(method) {}

  RunOptions read() {
    RunOptions options;
    read_search(options);
    if (is_asked("jobs", true)) options.jobs = static_cast<int>(fields_.whole("jobs", 1, 1024));
    if (is_asked("psm", true)) options.psm = segmentation();
    if (is_asked("reader", true)) {
      options.reader = fields_.text("reader", kLongestName);
      (void)reader_named(*options.reader);
    }
    options.device = device("device");
    options.reading_device = device("reading_device");
    const bool applies = method_ == RunMethod::apply;
    if (is_flag("single"))
      options.single = allowed("single", applies || method_ == RunMethod::tune);
    if (is_flag("vote")) options.vote = allowed("vote", applies);
    read_output(options);
    fields_.finish();
    return options;
  }

 private:
  void read_search(RunOptions& options) {
    const bool searches = method_ == RunMethod::tune || method_ == RunMethod::optimize;
    const bool studies = method_ != RunMethod::apply;
    if (is_asked("sampler", method_ == RunMethod::optimize)) {
      options.sampler = fields_.text("sampler", kLongestName);
      (void)sampler_named(*options.sampler);
    }
    options.objectives = texts("objectives", kMostObjectives, studies);
    for (const std::string& name : options.objectives) (void)objective_named(name);
    if (method_ == RunMethod::tune && options.objectives.size() > 1)
      refuse("`options.objectives`: tune takes one");
    options.constraints = texts("constraints", kMostConstraints, searches);
    for (const std::string& text : options.constraints) (void)parse_constraint(text);
    if (is_asked("trials", searches))
      options.trials = static_cast<std::size_t>(fields_.whole("trials", 1, kMostTrials));
    if (is_asked("exponent", method_ == RunMethod::screen))
      options.exponent = static_cast<int>(fields_.whole("exponent", 0, 20));
    if (is_asked("budget", searches)) options.budget = fields_.number("budget", 1, kLongestBudget);
    if (is_asked("seed", studies))
      options.seed = static_cast<std::uint64_t>(fields_.whole("seed", 0, INT64_MAX));
    if (is_asked("hold_out", method_ == RunMethod::tune))
      options.hold_out = static_cast<std::size_t>(fields_.whole("hold_out", 0, 100'000));
  }

  void read_output(RunOptions& options) {
    const bool applies = method_ == RunMethod::apply;
    options.formats = texts("formats", kFormats.size(), applies);
    for (const std::string& name : options.formats) {
      if (std::ranges::find(kFormats, name) == kFormats.end())
        refuse(unknown_name("format", quotable(name, 60), {kFormats.begin(), kFormats.end()}));
    }
    if (!fields_.absent("output")) options.output = fields_.text("output");
    if (!applies && !options.output.empty()) (void)allowed("output", false);
    if (applies) check_output(options.output);
  }

  int segmentation() {
    const int mode = static_cast<int>(fields_.whole("psm", 0, 13));
    if (std::ranges::find(kSegmentations, mode) == kSegmentations.end())
      refuse("`options.psm`: must be 1, or 3 to 13");
    return mode;
  }

  /// What may name a device; whether there is such a one the command says.
  std::optional<std::string> device(const char* name) {
    if (!is_asked(name, true)) return std::nullopt;
    const std::string text = fields_.text(name, kLongestName);
    const auto is_of_names = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == ':' || c == ',';
    };
    if (text.empty() || !std::ranges::all_of(text, is_of_names)) {
      refuse(fmt::format("`options.{}`: `{}` names no device; GET /api/devices has those there are",
                         name, quotable(text, 60)));
    }
    return text;
  }

  bool is_asked(const char* name, bool known) {
    if (fields_.absent(name)) return false;
    return allowed(name, known);
  }

  bool is_flag(const char* name) { return !fields_.absent(name) && fields_.boolean(name); }

  std::vector<std::string> texts(const char* name, std::size_t most, bool known) {
    if (fields_.absent(name)) return {};
    std::vector<std::string> found = fields_.texts(name, most);
    if (!found.empty()) (void)allowed(name, known);
    return found;
  }

  bool allowed(const char* name, bool known) const {
    if (!known) refuse(fmt::format("`options.{}`: {} has none", name, method_name(method_)));
    return true;
  }

  JsonFields fields_;
  RunMethod method_;
};

void check_whole(const RunRequest& request) {
  const bool applies = request.method == RunMethod::apply;
  if (!applies && !request.study.ends_with(".db"))
    refuse("`study`: must be a file name that ends with .db");
  if (!request.study.empty()) {
    if (!request.study.ends_with(".db")) refuse("`study`: must end with .db, or be empty");
    check_study_id(std::string_view(request.study).substr(0, request.study.size() - 3));
  }
  if (applies && request.study.empty() && !request.pipeline)
    refuse("`pipeline`: apply needs a study or a pipeline");
}

}  // namespace

std::string_view method_name(RunMethod method) {
  return kMethods.at(static_cast<std::size_t>(method));
}

RunRequest parse_run_request(const json& body) {
  JsonFields fields(body, "");
  RunRequest request;
  request.method = method_named(fields.text("method", kLongestName));
  request.study = fields.text("study", kLongestName + 3);
  request.corpus = fields.text("corpus", kLongestName);
  if (!fields.absent("pipeline"))
    request.pipeline = parse_pipeline_form(fields.object("pipeline"), "pipeline");
  request.options = OptionReader(fields.object("options"), request.method).read();
  fields.finish();
  check_whole(request);
  request.json = body;
  return request;
}

std::optional<std::size_t> trials_of(const RunRequest& request) {
  const RunOptions& options = request.options;
  switch (request.method) {
    case RunMethod::tune:
      if (options.trials) return options.trials;
      return options.budget ? std::nullopt : std::optional(kTuneTrials);
    case RunMethod::optimize:
      return options.trials.value_or(kOptimizeTrials);
    case RunMethod::screen:
      return std::size_t{1} << static_cast<unsigned>(options.exponent.value_or(kExponent));
    case RunMethod::apply:
      break;
  }
  return std::nullopt;
}

void check_study_id(std::string_view id) {
  if (may_be_name(id)) return;
  refuse(
      fmt::format("`{}` is no name of a study: at most {} bytes, without /, \\ and control "
                  "characters, and none of . - or a space at the beginning",
                  quotable(id, 60), kLongestName));
}

void check_output(std::string_view path) {
  if (path.empty()) refuse("`options.output`: apply needs a folder");
  const std::vector<std::string> parts = split(path, '/');
  if (path.size() <= 1000 && std::ranges::all_of(parts, may_be_name)) return;
  refuse(
      fmt::format("`options.output`: `{}` is no path below the folder of the studies, such as "
                  "texts or 2024/texts",
                  quotable(path, 60)));
}

}  // namespace ocrtune::server
