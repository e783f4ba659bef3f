#include "ocrtune/training/lstmtraining.h"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <csignal>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/run_program.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune::training {
namespace {

namespace fs = std::filesystem;

constexpr const char* kName = "lstmtraining";
constexpr const char* kCheckpoint = "m_checkpoint";
constexpr const char* kListFile = "slices";

// A line takes some 60 ms; a program that waits forever is ended.
constexpr std::chrono::seconds kLimit{120};
constexpr std::chrono::seconds kLimitPerLine{10};

std::string last_line(std::string_view text) {
  std::string last;
  for (const std::string& line : split(text, '\n')) {
    if (!trimmed(line).empty()) last = trimmed(line);
  }
  return quotable(last);
}

[[noreturn]] void fail(const std::string& why) {
  throw Error(Errc::dependency_missing, tr("`{}` failed: {}", kName, why));
}

/// Runs the program; nothing if it was stopped.
std::optional<std::string> run(const TrainingFiles& files, std::vector<std::string> arguments,
                               std::chrono::seconds limit, const std::function<bool()>& stopped) {
  arguments.insert(arguments.begin(), kName);
  arguments.push_back("--traineddata=" + files.model.string());
  const Program program{.file = files.program,
                        .arguments = std::move(arguments),
                        .folder = files.folder,
                        // Models are trained side by side, each on a processor.
                        .environment = {"OMP_THREAD_LIMIT=1", "LC_ALL=C"},
                        .death_signal = SIGKILL};
  const ProgramResult result = run_program(program, "", limit, stopped);
  if (!result.end) {
    if (stopped()) return {};
    fail(tr("it did not end within {} s", limit.count()));
  }
  if (result.end->exit_status != 0) {
    const std::string said = last_line(result.error);
    fail(said.empty() ? tr("it ended with status {}", result.end->exit_status) : said);
  }
  return result.error;
}

/// The numbers of the last "At iteration LEARNED/TRAINED/LINES".
std::optional<TrainingState> state_in(std::string_view log) {
  constexpr std::string_view kMark = "At iteration ";
  const std::size_t at = log.rfind(kMark);
  if (at == std::string_view::npos) return {};
  log.remove_prefix(at + kMark.size());
  TrainingState state;
  int learned = 0;
  for (int* const number : {&learned, &state.iterations, &state.lines}) {
    const auto read = std::from_chars(log.data(), log.data() + log.size(), *number);
    if (read.ec != std::errc()) return {};
    log.remove_prefix(static_cast<std::size_t>(read.ptr - log.data()));
    if (log.starts_with('/')) log.remove_prefix(1);
  }
  return state;
}

/// The checkpoints that it wrote whenever it was better than before.
void remove_best_checkpoints(const fs::path& folder) {
  std::error_code failure;
  std::vector<fs::path> files;
  for (fs::directory_iterator it(folder, failure); !failure && it != fs::directory_iterator();
       it.increment(failure)) {
    if (it->path().extension() == ".checkpoint") files.push_back(it->path());
  }
  for (const fs::path& file : files) fs::remove(file, failure);
}

}  // namespace

fs::path find_lstmtraining() {
  fs::path program = find_program(kName, fs::current_path());
  if (program.empty()) {
    throw Error(Errc::dependency_missing,
                tr("models can't be trained: the program `{}` is missing; install the package "
                   "tesseract-ocr (Debian) or Tesseract's training tools",
                   kName));
  }
  return program;
}

bool train_lines(const TrainingFiles& files, int count, TrainingState& state,
                 const std::atomic<bool>& stop) {
  write_atomically(files.folder / kListFile, std::string(kSliceFile) + "\n");
  const int until = state.iterations + count;
  const auto log =
      run(files,
          {"--continue_from=" + files.network.string(), "--model_output=m",
           fmt::format("--train_listfile={}", kListFile), fmt::format("--max_iterations={}", until),
           // Below any error: an error of 0 would end it early.
           "--target_error_rate=-1"},
          kLimit + count * kLimitPerLine, [&stop] { return stop.load(); });
  if (!log) return false;
  const auto now = state_in(*log);
  if (!now) fail(tr("it did not say how far it came"));
  if (now->iterations != until) fail(last_line(*log));
  state = *now;
  remove_best_checkpoints(files.folder);
  return true;
}

void write_integer_model(const TrainingFiles& files, const TrainingState& state,
                         const fs::path& model) {
  const fs::path from = state.iterations == 0 ? files.network : files.folder / kCheckpoint;
  std::error_code ignored;
  fs::remove(model, ignored);
  const auto log = run(files,
                       {"--stop_training", "--convert_to_int", "--continue_from=" + from.string(),
                        "--model_output=" + model.string()},
                       kLimit, [] { return false; });
  // The program succeeds even if it could not write.
  if (!fs::is_regular_file(model, ignored)) fail(tr("it wrote no model"));
}

}  // namespace ocrtune::training
