#!/usr/bin/python3
"""Compares ocrtune's samplers with Optuna's on the functions of bench/samplers.

  bench/samplers.py optuna OUT.csv [--seeds N] [--only NAME,...] [--study STUDY]...
  bench/samplers.py ocrtune OUT.csv [--seeds N] [--study STUDY]...
  bench/samplers.py compare OPTUNA.csv OCRTUNE.csv > table.md

A CSV has a row for each run: function;sampler;seed;value. The value is the least one found or, of
several objectives, the hypervolume with a minus: small is good. Rows that are there already are not
measured again. Optuna gets its values from samplers_bench, so that both search the same functions.
"""
import argparse
import csv
import json
import pathlib
import subprocess
import warnings

PROGRAM = pathlib.Path(__file__).resolve().parents[1] / "build" / "release" / "samplers_bench"


class Function:
    """A function of samplers_bench, at the other end of a pipe."""

    def __init__(self, program, name):
        self.program, self.name = program, name
        self.described = json.loads(subprocess.check_output([program, "describe", "--function", name], text=True))
        self.objectives, self.trials = self.described["objectives"], self.described["trials"]
        self.server = subprocess.Popen([program, "serve", "--function", name],
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def ask(self, what):
        self.server.stdin.write(json.dumps(what) + "\n")
        return json.loads(self.server.stdout.readline())

    def suggest(self, trial):
        """A point as Optuna searches it: by run, inactive parameters left out."""
        point = {}
        for d in self.described["dimensions"]:
            parent = d["active_if"]
            if parent and not (parent in point and (
                    point[parent] in d["active_values"] if d["active_values"] else point[parent] != 0)):
                continue
            point[d["name"]] = suggested(trial, d)
        return point

    def __call__(self, trial):
        values = self.ask(self.suggest(trial))
        return values if self.objectives > 1 else values[0]


def suggested(trial, d):
    name, low, high = d["name"], d["low"], d["high"]
    if d["type"] == "real":
        return trial.suggest_float(name, low, high, log=d["log"], step=d["step"] or None)
    if d["type"] in ("integer", "odd"):
        return trial.suggest_int(name, int(low), int(high), log=d["log"], step=1 if d["log"] else int(d["step"]))
    return trial.suggest_categorical(name, list(range(int(high) + 1)))


def optuna_samplers():
    from optuna import samplers
    return {
        "optuna-tpe": lambda seed: samplers.TPESampler(seed=seed),
        "optuna-tpe-multivariate": lambda seed: samplers.TPESampler(multivariate=True, group=True, seed=seed),
        "optuna-cmaes": lambda seed: samplers.CmaEsSampler(seed=seed, warn_independent_sampling=False),
        "optuna-random": lambda seed: samplers.RandomSampler(seed=seed),
        "optuna-nsga2": lambda seed: samplers.NSGAIISampler(population_size=50, seed=seed),
    }


def optuna_run(function, make, seed):
    import optuna
    study = optuna.create_study(directions=["minimize"] * function.objectives, sampler=make(seed))
    study.optimize(function, n_trials=function.trials)
    return function.ask([trial.values for trial in study.trials])


def rows_of(path):
    if not path.exists():
        return []
    with open(path, newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def measure(path, wanted, result):
    """Appends `function;sampler;seed;value` for what is wanted and not there yet."""
    there = {(row["function"], row["sampler"], int(row["seed"])) for row in rows_of(path)}
    if not there:
        path.write_text("function;sampler;seed;value\n")
    for function, sampler, seed in wanted:
        if (function, sampler, seed) not in there:
            value = result(function, sampler, seed)
            with open(path, "a") as file:
                file.write(f"{function};{sampler};{seed};{value!r}\n")
