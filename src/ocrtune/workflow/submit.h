#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

#include "ocrtune/base/events.h"
#include "ocrtune/options/options.h"
#include "ocrtune/workflow/worker.h"

namespace ocrtune::workflow {

/// Options of `submit`.
struct SubmitOptions {
  bool slurm = false;    ///< the scheduler is Slurm; must be true, as there is no other
  WorkerOptions worker;  ///< the options of each worker, but `work`: Slurm allocates that
  int workers = 4;       ///< number of workers: the size of the job array
  std::optional<std::string> partition;  ///< Slurm's partition, or several; empty: the default one
  std::optional<std::string> account;    ///< Slurm's account; empty: the user's default
  std::optional<std::string> qos;        ///< Slurm's quality of service; empty: the default one
  std::optional<std::string> time;       ///< time limit as Slurm has it; empty: the partition's
  int cpus_per_task = 4;                 ///< cores of a worker, which are its threads
  std::optional<std::size_t> mem;        ///< bytes of a worker; empty: 2 GB for each core
  int signal = 30;                       ///< s before the time limit, when a worker gets SIGTERM
  bool no_requeue = false;               ///< a preempted worker is not queued again
  std::optional<std::string> logs;       ///< folder of the workers' logs; empty: where it submits
  bool dry_run = false;                  ///< submits nothing
  std::filesystem::path program;  ///< the command `ocrtune` on every node; empty: this process's
};

/// The option table of `submit`; it points into `options`, which must outlive it.
Options options_of(SubmitOptions& options);

/// The batch script of a job array of workers, for Slurm's `sbatch`. A function of its options
/// alone, whose `program` must not be empty. Throws Error(invalid_argument) if one is out of its
/// range, or has a character that a batch script cannot hold. Thread-safe.
std::string batch_script(const SubmitOptions& options);

/// What was submitted.
struct SubmitResult {
  std::string script;              ///< the batch script
  std::optional<std::string> job;  ///< Slurm's number of the job array; none with `dry_run`
};

/// Submits a job array of workers by `sbatch`, within two minutes. Makes the folder of their logs.
/// Throws Error: invalid_argument as batch_script(), and if sbatch refuses the job;
/// dependency_missing if there is no sbatch; limit_reached if it does not answer; output_unwritable
/// without the folder; interrupted.
SubmitResult submit(const SubmitOptions& options, const Events& events);

}  // namespace ocrtune::workflow
