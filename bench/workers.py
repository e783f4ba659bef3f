#!/usr/bin/python3
"""Measures workers that share a study on a PostgreSQL server of its own on this machine, and prints Markdown tables.

  bench/workers.py PROGRAM [--workers 1,4,16,64,256] [--ms 300,60] [--seconds 20] [--optuna 8]

PROGRAM is build/release/shared_study; bench/workers.sh builds it. Pages are not recognized: a worker sleeps for `--ms`.
With 0 ms, what is measured is the cost of a claim. `--optuna`: processes that share 1000 trials with Optuna, and with ocrtune.
"""
import argparse
import collections
import json
import os
import pathlib
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests" / "e2e"))

from postgresql import PostgresqlServer, children  # noqa: E402

TRIALS = 1000


def numbers(text):
    return [int(number) for number in text.split(",") if number]


def cpu_of(process):
    """Seconds of processors of a process and of those that it has waited for."""
    fields = pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def server_cpu(server):
    main = int((server.folder / "data" / "postmaster.pid").read_text().splitlines()[0])
    return sum(cpu_of(process) for process in [main, *children(main)])


def measured(program, server, name, *options):
    before, begin = server_cpu(server), time.monotonic()
    done = subprocess.run([program, server.study(name), *map(str, options)], check=True, capture_output=True, text=True)
    result = json.loads(done.stdout)
    result["server_cpu"] = (server_cpu(server) - before) / (time.monotonic() - begin)
    return result


def table(header, rows):
    print("| " + " | ".join(header) + " |")
    print("|" + "---:|" * len(header))
    for row in rows:
        print("| " + " | ".join(map(str, row)) + " |", flush=True)
    print()


def scaling(program, server, options):
    for ms in options.ms:
        rows = []
        for workers in options.workers:
            found = measured(program, server, f"scaling_{ms}_{workers}", "--workers", workers, "--ms", ms, "--seconds", options.seconds)
            assert found["evaluated"] == found["delivered"], f"{found}: a page was evaluated twice"
            rows.append([workers, f"{found['pages_per_second']:.1f}", f"{100 * found['efficiency']:.1f} %",
                         f"{found['driver_cpu']:.2f}", f"{found['server_cpu']:.2f}"])
        print(f"Pages of {ms} ms\n")
        table(["workers", "pages/s", "of the ideal", "cores of the driver", "cores of the server"], rows)


def cost_of_a_claim(program, server, options):
    rows = []
    for workers in (1, 4, 16):
        found = measured(program, server, f"claims_{workers}", "--workers", workers, "--ms", 0, "--seconds", options.seconds)
        rows.append([workers, f"{found['pages_per_second']:.0f}", f"{1e6 / found['pages_per_second']:.0f}",
                     f"{1e6 * found['server_cpu'] / found['pages_per_second']:.0f}"])
    print("Pages of no time: a claim, a result and its share of a trial that is stored\n")
    table(["workers", "pages/s", "µs per page", "µs of the server's processors"], rows)


OPTUNA = """
import sys, optuna
optuna.logging.set_verbosity(optuna.logging.ERROR)
study = optuna.load_study(study_name="s", storage=optuna.storages.RDBStorage(sys.argv[1]), sampler=optuna.samplers.RandomSampler())
while True:
    try:
        trial = study.ask()
    except RuntimeError:  # another process has finished the trial that this one was given
        print("taken", flush=True)
        continue
    if "planned" not in trial.user_attrs and "fixed_params" not in trial.system_attrs:
        study.tell(trial, state=optuna.trial.TrialState.FAIL)
        break
    x = trial.suggest_int("x", 0, 1_000_000)
    study.tell(trial, float(x))
    print(x, flush=True)
"""


def optuna_shared(server, processes):
    import optuna
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    address = server.optuna_storage("public")
    study = optuna.create_study(study_name="s", storage=address)
    for x in range(TRIALS):
        study.enqueue_trial({"x": x})
    begin = time.monotonic()
    running = [subprocess.Popen([sys.executable, "-c", OPTUNA, address], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) for _ in range(processes)]
    evaluated = collections.Counter(line for process in running for line in process.communicate()[0].split())
    seconds = time.monotonic() - begin
    refused = evaluated.pop("taken", 0)
    return TRIALS / seconds, sum(evaluated.values()) - len(evaluated), refused, TRIALS - len(evaluated)


def compare(program, server, options):
    rate, twice, refused, never = optuna_shared(server, options.optuna)
    found = measured(program, server, "as_optuna", "--workers", options.optuna, "--ms", 0, "--pages", 1, "--seconds", options.seconds)
    print(f"Trials of one page and no time, {options.optuna} processes\n")
    table(["", "trials/s", "evaluated twice", "handed out twice, refused", "never"],
          [["Optuna", f"{rate:.0f}", twice, refused, never],
           ["ocrtune", f"{found['pages_per_second']:.0f}", found["evaluated"] - found["delivered"], 0, 0]])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--workers", type=numbers, default=[1, 4, 16, 64, 256])
    parser.add_argument("--ms", type=numbers, default=[300, 60])
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--optuna", type=int, default=8)
    options = parser.parse_args()
    server = PostgresqlServer("-c max_connections=1000")
    try:
        scaling(options.program, server, options)
        cost_of_a_claim(options.program, server, options)
        if options.optuna:
            compare(options.program, server, options)
    finally:
        server.remove()


if __name__ == "__main__":
    main()
