#!/usr/bin/python3
"""Compares ocrtune's samplers with Optuna's and with each other on the functions of bench/samplers; bench/samplers.sh
does all of it.

  bench/samplers.py optuna OUT.csv [--seeds N] [--jobs N] [--functions A,B] [--samplers A,B] [--study STUDY]...
  bench/samplers.py ocrtune OUT.csv [the same]
  bench/samplers.py compare OPTUNA.csv OCRTUNE.csv > table.md

A CSV has a row for each run: function;sampler;seed;trials;value. The value is the least one found
or, of several objectives, the hypervolume with a minus: small is good. `optuna` goes on with its CSV
and does what is missing; `ocrtune` begins anew, as its samplers may have changed. Optuna gets all
values from samplers_bench, so that both search the very same functions.
"""
import argparse
import csv
import functools
import json
import multiprocessing
import pathlib
import statistics
import subprocess
import sys
import warnings

PROGRAM = pathlib.Path(__file__).resolve().parents[1] / "build" / "release" / "samplers_bench"
COLUMNS = ["function", "sampler", "seed", "trials", "value"]
SEEDS_AT_A_TIME = 10
LIKELY_CHANCE = 0.05

# ocrtune's samplers and what each is held against, with one objective and with several.
PEERS = {
    "tpe": ["optuna-tpe", "optuna-tpe-multivariate"],
    "gp": ["optuna-tpe", "tpe"],
    "polish": ["tpe", "gp"],
    "cmaes": ["optuna-cmaes"],
    "random": ["optuna-random"],
}
PEERS_OF_SEVERAL = {
    "nsga2": ["optuna-nsga2"],
    "random": ["optuna-random"],
}


def make_optuna_sampler(name, seed):
    from optuna import samplers
    if name == "optuna-tpe":
        return samplers.TPESampler(seed=seed)
    if name == "optuna-tpe-multivariate":
        return samplers.TPESampler(multivariate=True, group=True, seed=seed)
    if name == "optuna-cmaes":
        return samplers.CmaEsSampler(seed=seed, warn_independent_sampling=False)
    if name == "optuna-nsga2":
        return samplers.NSGAIISampler(population_size=50, seed=seed)
    return samplers.RandomSampler(seed=seed)


@functools.cache
def server_of(where):
    return subprocess.Popen([PROGRAM, "serve", *where], text=True, bufsize=1,
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE)


class Function:
    """A function of samplers_bench; `where` is what selects it there."""

    def __init__(self, *where):
        self.where = where
        self.space = json.loads(subprocess.check_output([PROGRAM, "describe", *where], text=True))
        self.name, self.trials = self.space["name"], self.space["trials"]
        self.peers = PEERS if self.space["objectives"] == 1 else PEERS_OF_SEVERAL

    def ask(self, what):
        server = server_of(self.where)
        server.stdin.write(json.dumps(what) + "\n")
        return json.loads(server.stdout.readline())

    def __call__(self, trial):
        """What Optuna minimizes: parameters that aren't active are not suggested."""
        point = {}
        for dimension in self.space["dimensions"]:
            parent, values = dimension["active_if"], dimension["active_values"]
            if not parent or (parent in point and (point[parent] in values if values else point[parent] != 0)):
                point[dimension["name"]] = suggested(trial, dimension)
        return self.ask(point)


def suggested(trial, dimension):
    name, low, high, log = (dimension[key] for key in ("name", "low", "high", "log"))
    if dimension["type"] == "real":
        return trial.suggest_float(name, low, high, log=log, step=dimension["step"] or None)
    if dimension["type"] in ("integer", "odd integer"):
        return trial.suggest_int(name, int(low), int(high), log=log, step=1 if log else int(dimension["step"]))
    return trial.suggest_categorical(name, list(range(int(high) + 1)))


def optuna_rows(run):
    import optuna
    function, sampler, seed = run
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)
    study = optuna.create_study(directions=["minimize"] * function.space["objectives"],
                                sampler=make_optuna_sampler(sampler, seed))
    study.optimize(function, n_trials=function.trials)
    value = function.ask([trial.values for trial in study.trials])
    return [dict(zip(COLUMNS, (function.name, sampler, seed, function.trials, value)))]


def ocrtune_rows(run):
    function, sampler, seeds = run
    lines = subprocess.check_output([PROGRAM, "run", *function.where, "--sampler", sampler, "--seeds", str(seeds)],
                                    text=True).splitlines()
    return [dict(zip(COLUMNS, line.split(";"))) for line in lines]


def rows_of(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def wanted_functions(options):
    listed = json.loads(subprocess.check_output([PROGRAM, "list"], text=True))
    functions = [Function("--function", name) for name in listed["functions"]]
    functions += [Function("--study", study) for study in options.study]
    wanted = [function for function in functions if not options.functions or function.name in options.functions]
    return wanted, listed["samplers"]


def optuna_runs(options):
    """What is not in the CSV yet; a few seeds of everything first."""
    there = {(row["function"], row["sampler"], int(row["seed"])) for row in rows_of(options.csv)}
    functions, _ = wanted_functions(options)
    pairs = [(function, name) for name in dict.fromkeys(sum([*PEERS.values(), *PEERS_OF_SEVERAL.values()], []))
             if name.startswith("optuna-") and (not options.samplers or name in options.samplers)
             for function in functions if name in sum(function.peers.values(), [])]
    return [(function, name, seed) for first in range(1, options.seeds + 1, SEEDS_AT_A_TIME)
            for function, name in pairs
            for seed in range(first, min(first + SEEDS_AT_A_TIME, options.seeds + 1))
            if (function.name, name, seed) not in there]


def ocrtune_runs(options):
    functions, samplers = wanted_functions(options)
    return [(function, name, options.seeds) for function in functions for name in function.peers
            if name in samplers and (not options.samplers or name in options.samplers)]


def measure(options):
    ours = options.what == "ocrtune"
    if ours or not options.csv.exists():
        options.csv.write_text(";".join(COLUMNS) + "\n")
    runs = ocrtune_runs(options) if ours else optuna_runs(options)
    with open(options.csv) as file:
        columns = file.readline().strip().split(";")
    with open(options.csv, "a", newline="") as file, multiprocessing.Pool(options.jobs) as pool:
        writer = csv.DictWriter(file, columns, delimiter=";", extrasaction="ignore", lineterminator="\n")
        for rows in pool.imap_unordered(ocrtune_rows if ours else optuna_rows, runs):
            writer.writerows(rows)
            file.flush()


def verdict(ours, theirs):
    """(p, word): a two-sided test of Mann and Whitney."""
    from scipy.stats import mannwhitneyu
    test = mannwhitneyu(ours, theirs, alternative="two-sided")
    if not test.pvalue < LIKELY_CHANCE:
        return test.pvalue, "same"
    larger = test.statistic / (len(ours) * len(theirs))
    return test.pvalue, "**better**" if larger < 0.5 else "worse"


def shown(values):
    """The median; a hypervolume without its minus."""
    return f"{abs(statistics.median(values)):.4g}"


def compare(options):
    found = {}
    for path in (options.csv, options.ours):
        for row in rows_of(path):
            found.setdefault((row["function"], row["sampler"]), []).append(float(row["value"]))
    functions = list(dict.fromkeys(function for function, _ in found))
    for sampler in dict.fromkeys([*PEERS, *PEERS_OF_SEVERAL]):
        peers = dict.fromkeys(PEERS.get(sampler, []) + PEERS_OF_SEVERAL.get(sampler, []))
        for peer in peers:
            print_table(found, [f for f in functions if (f, sampler) in found and (f, peer) in found], sampler, peer)


def print_table(found, functions, sampler, peer):
    if not functions:
        return
    words = []
    print(f"| function | runs | {sampler} | {peer} | p | {sampler} is |\n|---|---|---|---|---|---|")
    for function in functions:
        ours, theirs = found[function, sampler], found[function, peer]
        p, word = verdict(ours, theirs)
        words.append(word)
        runs = f"{len(ours)}" if len(ours) == len(theirs) else f"{len(ours)}, {len(theirs)}"
        print(f"| {function} | {runs} | {shown(ours)} | {shown(theirs)} | {p:.2g} | {word} |")
    print(f"\n{sampler} against {peer}: better on {words.count('**better**')}, the same on {words.count('same')}, "
          f"worse on {words.count('worse')}.\n")


def main():
    names = lambda text: text.split(",")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="what", required=True)
    for name in ("optuna", "ocrtune"):
        command = commands.add_parser(name)
        command.add_argument("csv", type=pathlib.Path)
        command.add_argument("--study", action="append", default=[])
        command.add_argument("--seeds", type=int, default=30)
        command.add_argument("--jobs", type=int, default=1)
        command.add_argument("--functions", type=names)
        command.add_argument("--samplers", type=names)
    command = commands.add_parser("compare")
    command.add_argument("csv", type=pathlib.Path)
    command.add_argument("ours", type=pathlib.Path)
    options = parser.parse_args()
    compare(options) if options.what == "compare" else measure(options)


if __name__ == "__main__":
    sys.exit(main())
