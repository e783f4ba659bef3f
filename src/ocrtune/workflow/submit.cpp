#include "ocrtune/workflow/submit.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <regex>
#include <string_view>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/process.h"
#include "ocrtune/base/program_file.h"
#include "ocrtune/base/run_program.h"
#include "ocrtune/base/spawn.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/storage/postgresql_place.h"

namespace ocrtune::workflow {
namespace {

namespace fs = std::filesystem;

/// sbatch itself tries again for a minute where Slurm's controller is busy.
constexpr std::chrono::minutes kSbatchLimit{2};
constexpr std::size_t kMemoryPerCore = 2'000'000'000;
/// Of which a worker still has as much as it needs at least.
constexpr std::uint64_t kMinMemory = 200'000'000;
constexpr std::uint64_t kMebibyte = 1U << 20U;
/// How long Slurm allows the time before the limit to be.
constexpr std::uint64_t kLongestSignal = 65'535;
/// More than any cluster allows (Slurm's MaxArraySize).
constexpr std::uint64_t kMaxWorkers = 100'000;

bool has_control_character(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; });
}

[[noreturn]] void refuse_option(const char* option, const std::string& value,
                                const std::string& why) {
  throw OptionError(Errc::invalid_argument, option, quotable(value, 100), why);
}

/// A line end in a value would begin a line of the script.
void check_characters(const Options& rows) {
  for (const Option& row : rows) {
    for (const std::string& value : values_text(row)) {
      if (!has_control_character(value)) continue;
      const std::string name = json_name(row);
      refuse_option(name.c_str(), value,
                    tr("has a control character, which batch scripts cannot hold"));
    }
  }
}

/// Names of Slurm's, which are not quoted in a script.
void check_name(const char* option, const std::optional<std::string>& name) {
  static const std::regex kName("[A-Za-z0-9_.,+@=:-]+");
  constexpr std::size_t kLongest = 200;
  if (!name || (name->size() <= kLongest && std::regex_match(*name, kName))) return;
  refuse_option(option, *name, tr("is not a name that Slurm has"));
}

void check_time(const std::optional<std::string>& time) {
  static const std::regex kTime("([0-9]{1,6}-)?[0-9]{1,6}(:[0-9]{1,6}){0,2}");
  constexpr std::size_t kLongest = 30;
  if (!time || (time->size() <= kLongest && std::regex_match(*time, kTime))) return;
  refuse_option("time", *time,
                tr("is not a time of Slurm's, such as 30 (minutes), 4:00:00 or 1-12:00"));
}

/// Within double quotes on a line for sbatch, where these have a meaning.
void check_logs(const std::optional<std::string>& logs) {
  if (logs && logs->find_first_of("\"\\%") != std::string::npos)
    refuse_option("logs", *logs, tr("Slurm cannot use a folder with \", \\ or % in its name"));
}

void check_inputs(const std::vector<std::string>& inputs) {
  if (std::ranges::find(inputs, "-") == inputs.end()) return;
  throw Error(Errc::invalid_argument,
              tr("-: workers of a batch job have no standard input; name the pages"));
}

void check_all(SubmitOptions options) {
  const Options rows = options_of(options);
  check(rows);
  check_characters(rows);
  check_name("partition", options.partition);
  check_name("account", options.account);
  check_name("qos", options.qos);
  check_time(options.time);
  check_logs(options.logs);
  check_inputs(options.worker.pages.inputs);
  if (has_control_character(options.program.string())) {
    throw Error(
        Errc::invalid_argument,
        tr("{}: has a control character, which batch scripts cannot hold", shown(options.program)));
  }
}

/// Rows of the options that each worker gets as they are.
Options worker_rows(WorkerOptions& options) {
  Options rows = options_of(options);
  std::erase_if(rows, [](const Option& row) { return row.name == "jobs" || row.name == "memory"; });
  return rows;
}

/// Slurm's unit.
std::uint64_t mebibytes(const SubmitOptions& options) {
  const std::uint64_t bytes =
      options.mem.value_or(kMemoryPerCore * static_cast<std::size_t>(options.cpus_per_task));
  return (bytes + kMebibyte - 1) / kMebibyte;
}

/// The lines for sbatch.
std::string directives(const SubmitOptions& options) {
  std::string text;
  const auto add = [&text](std::string_view name, std::string_view value) {
    text += fmt::format("#SBATCH --{}{}{}\n", name, value.empty() ? "" : "=", value);
  };
  add("job-name", "ocrtune-" + postgresql_place(options.worker.study).study);
  add("array", fmt::format("0-{}", options.workers - 1));
  add("nodes", "1");
  add("ntasks", "1");
  add("cpus-per-task", fmt::format("{}", options.cpus_per_task));
  add("mem", fmt::format("{}M", mebibytes(options)));
  if (options.partition) add("partition", *options.partition);
  if (options.account) add("account", *options.account);
  if (options.qos) add("qos", *options.qos);
  if (options.time) add("time", *options.time);
  add("signal", fmt::format("B:TERM@{}", options.signal));
  add(options.no_requeue ? "no-requeue" : "requeue", "");
  add("open-mode", "append");
  const std::string folder = options.logs && !options.logs->empty() ? *options.logs + "/" : "";
  add("output", fmt::format("\"{}slurm-%A_%a.out\"", folder));
  return text;
}

/// The command of a worker. It uses what Slurm allocates, also if that is changed in the script:
/// three quarters of the memory, as a worker without `--memory` does.
std::string worker_command(SubmitOptions options) {
  WorkerOptions untouched;
  std::vector<std::string> words{options.program.string(), "worker"};
  const std::vector<std::string> stated =
      words_of(worker_rows(options.worker), worker_rows(untouched));
  words.insert(words.end(), stated.begin(), stated.end());
  std::string text = fmt::format(
      "{} --jobs=\"${{SLURM_CPUS_PER_TASK:-{}}}\""
      " --memory=\"$((${{SLURM_MEM_PER_NODE:-{}}} * 3 / 4))MiB\"",
      shell_text(words), options.cpus_per_task, mebibytes(options));
  const std::vector<std::string>& inputs = options.worker.pages.inputs;
  if (!inputs.empty()) text += " -- " + shell_text(inputs);
  return text;
}

/// The first error that sbatch wrote, without its name; in any case a line.
std::string reason_of(const ProgramResult& result) {
  constexpr std::string_view kError = "sbatch: error: ";
  std::string reason;
  for (const std::string& line : split(result.error, '\n')) {
    if (line.starts_with(kError)) return quotable(trimmed(line.substr(kError.size())));
    if (reason.empty()) reason = quotable(trimmed(line));
  }
  return reason.empty() ? tr("ended with exit status {}", result.end->exit_status) : reason;
}

/// The number in what `sbatch --parsable` writes: "NUMBER" or "NUMBER;CLUSTER", behind whatever
/// a site's plugins write.
std::optional<std::string> job_number(const std::string& output) {
  static const std::regex kLine("([0-9]{1,20})(;[A-Za-z0-9_.-]{1,100})?");
  constexpr std::size_t kLongest = 200;
  std::optional<std::string> number;
  for (const std::string& line : split(output, '\n')) {
    std::smatch match;
    if (line.size() <= kLongest && std::regex_match(line, match, kLine)) number = match.str(1);
  }
  return number;
}

std::string submitted(const std::string& script, const Events& events) {
  const fs::path here = fs::current_path();
  const fs::path sbatch = find_program("sbatch", here);
  if (sbatch.empty()) {
    throw Error(Errc::dependency_missing,
                tr("sbatch: is not installed; submit on a machine of the cluster, or install "
                   "Slurm's programs: apt install slurm-client"));
  }
  const ProgramResult result =
      run_program({.file = sbatch, .arguments = {"sbatch", "--parsable"}, .folder = here}, script,
                  kSbatchLimit, [&events] { return events.stopped(); });
  if (!result.end && events.stopped())
    throw Error(Errc::interrupted, tr("interrupted; `squeue --me` shows what was submitted"));
  if (!result.end) {
    throw Error(Errc::limit_reached,
                tr("sbatch: did not answer within {}; `squeue --me` shows what was submitted",
                   std::to_string(kSbatchLimit / std::chrono::seconds(1)) + " s"));
  }
  if (result.end->exit_status != 0)
    throw Error(Errc::invalid_argument, "sbatch: " + reason_of(result));
  const std::optional<std::string> job = job_number(result.output);
  if (!job) {
    throw Error(Errc::dependency_missing,
                tr("sbatch: wrote `{}`, not the number of a job", quotable(result.output, 60)));
  }
  return *job;
}

/// What each worker gets of the cluster.
Options allocation_rows(SubmitOptions& options) {
  return {{.name = "slurm",
           .field = &options.slurm,
           .group = "Batch job",
           .help = "Submit to Slurm, by sbatch; the only scheduler so far",
           .required = true},
          {.name = "workers",
           .field = &options.workers,
           .group = "Batch job",
           .help = "Number of workers: the size of the job array",
           .range = NumberRange{1, kMaxWorkers}},
          {.name = "cpus-per-task",
           .field = &options.cpus_per_task,
           .group = "Batch job",
           .help = "Cores of each worker, which has as many threads",
           .range = NumberRange{1, 1024}},
          {.name = "mem",
           .field = &options.mem,
           .group = "Batch job",
           .help = "Memory of each worker, such as 800M or 16G",
           .usual = "2G for each core",
           .range = NumberRange{kMinMemory, std::uint64_t{1} << 50U},
           .notation = Notation::size},
          {.name = "time",
           .field = &options.time,
           .group = "Batch job",
           .help = "Time limit in Slurm's notation, such as 30 (minutes), 4:00:00 or 1-12:00",
           .usual = "that of the partition"},
          {.name = "signal",
           .field = &options.signal,
           .group = "Batch job",
           .help = "Seconds before the time limit when a worker is told to end",
           .range = NumberRange{1, kLongestSignal}}};
}

/// What Slurm does with the job.
Options job_rows(SubmitOptions& options) {
  return {{.name = "partition",
           .field = &options.partition,
           .group = "Batch job",
           .help = "Slurm's partition; several joined by commas",
           .usual = "the default one"},
          {.name = "account",
           .field = &options.account,
           .group = "Batch job",
           .help = "Slurm's account",
           .usual = "the default one"},
          {.name = "qos",
           .field = &options.qos,
           .group = "Batch job",
           .help = "Slurm's quality of service",
           .usual = "the default one"},
          {.name = "no-requeue",
           .field = &options.no_requeue,
           .group = "Batch job",
           .help = "Do not queue a worker again that is preempted or whose node fails"},
          {.name = "logs",
           .field = &options.logs,
           .group = "Batch job",
           .help = "Folder for the workers' logs, slurm-JOB_WORKER.out; made if it is missing",
           .usual = "the current folder",
           .value_name = "DIR",
           .completion = Completion::folder},
          {.name = "dry-run",
           .field = &options.dry_run,
           .group = "Batch job",
           .help = "Print the batch script and submit nothing"}};
}

}  // namespace

Options options_of(SubmitOptions& options) {
  Options rows = allocation_rows(options);
  append(rows, job_rows(options));
  append(rows, worker_rows(options.worker));
  for (Option& row : rows) {
    if (row.positional)
      row.help =
          "Pages, where their paths are not those of the study; as in `worker`, but without -";
  }
  return rows;
}

std::string batch_script(const SubmitOptions& options) {
  check_all(options);
  if (!is_postgresql_address(options.worker.study)) {
    refuse_option("study", options.worker.study,
                  tr("not a study on a PostgreSQL server ({})", kPostgresqlForm));
  }
  return fmt::format(
      "#!/bin/sh\n{}\n# With exec, Slurm's signals reach the worker, which then gives its pages "
      "back.\nexec {}\n",
      directives(options), worker_command(options));
}

SubmitResult submit(const SubmitOptions& options, const Events& events) {
  SubmitOptions full = options;
  if (full.program.empty()) full.program = program_file();
  SubmitResult result{.script = batch_script(full), .job = {}};
  if (full.dry_run) return result;
  // Slurm ends a job without a word if its log cannot be opened.
  if (full.logs && !full.logs->empty()) make_folder(*full.logs);
  result.job = submitted(result.script, events);
  return result;
}

}  // namespace ocrtune::workflow
