#!/usr/bin/python3
"""Compares `ocrtune score` and `ocrtune clean` with another evaluator of the same points.

  bench/oracle.py --peer seed_design.py --pipeline standard --points 32 PAGE...

The peer is a Python module with DEFAULTS and PIPELINES (preset name -> function of a gray image and
the parameters, giving the preprocessed image), and a script that takes `--pipeline NAME --params
points.json --csv out.csv --omp 1 PAGE...`. Points are random within the preset's ranges. Prints how
many preprocessed images are equal byte for byte, how many confidences are equal and within 1 %, and
the largest relative difference of sharpness and CNR.
"""
import argparse
import csv
import importlib.util
import json
import pathlib
import random
import subprocess
import tempfile
import tomllib

import cv2

BUILD = pathlib.Path(__file__).resolve().parents[1] / "build" / "release"


def free_parameters(command, preset):
    """name -> (type, low, high) of what the preset leaves free."""
    def ask(*arguments):
        return json.loads(subprocess.run([command, *arguments, "--json"], check=True, capture_output=True, text=True).stdout)

    types = {(stage["name"], p["name"]): p["type"] for stage in ask("stages") for p in stage["parameters"]}
    pipeline = tomllib.loads(ask("presets", preset)[0]["toml"])
    return {value.get("as", name): (types[stage["use"], name], value["low"], value["high"])
            for stage in pipeline["stage"] for name, value in stage.items()
            if isinstance(value, dict) and "low" in value}


def random_points(command, preset, count):
    """Points within the ranges that the preset states."""
    numbers = random.Random(7)

    def draw(kind, low, high):
        if kind == "real":
            return numbers.uniform(low, high)
        return numbers.randrange(int(low), int(high) + 1, 2 if kind.startswith("odd") else 1)

    free = free_parameters(command, preset)
    return [{name: draw(*limits) for name, limits in free.items()} for _ in range(count)]


def compare_scores(ours, theirs):
    with open(ours, newline="") as a, open(theirs, newline="") as b:
        pairs = list(zip(csv.DictReader(a, delimiter=";"), csv.DictReader(b, delimiter=";"), strict=True))
    equal = within = 0
    worst = {"score_sharpness": 0.0, "score_cnr": 0.0}
    for x, y in pairs:
        assert (x["page"], x["trial"]) == (y["page"], y["point_id"])
        u, v = float(x["score_tesseract"]), float(y["score_tesseract"])
        equal += u == v
        within += abs(u - v) <= 0.01 * abs(v)
        for name in worst:
            worst[name] = max(worst[name], abs(float(x[name]) - float(y[name])) / max(1e-9, abs(float(y[name]))))
    print(f"confidences: {equal} of {len(pairs)} equal, {within} within 1 %; largest relative difference: "
          f"sharpness {worst['score_sharpness']:.1e}, CNR {worst['score_cnr']:.1e}")


def compare_images(command, peer, preset, points, pages, folder):
    equal = 0
    for point in points:
        settings = [argument for name, value in point.items() for argument in ("--set", f"{name}={value!r}")]
        subprocess.run([command, "clean", *pages, "--pipeline", preset, *settings, "-o", folder, "--quiet"], check=True)
        for page in pages:
            expected = peer.PIPELINES[preset](cv2.imread(page, cv2.IMREAD_GRAYSCALE), {**peer.DEFAULTS[preset], **point})
            found = cv2.imread(str(folder / (pathlib.Path(page).stem + ".png")), cv2.IMREAD_UNCHANGED)
            equal += found.shape == expected.shape and bool((found == expected).all())
    print(f"images: {equal} of {len(points) * len(pages)} equal byte for byte")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer", required=True)
    parser.add_argument("--ocrtune", default=str(BUILD / "ocrtune"))
    parser.add_argument("--pipeline", default="standard")
    parser.add_argument("--points", type=int, default=32)
    parser.add_argument("pages", nargs="+")
    a = parser.parse_args()
    spec = importlib.util.spec_from_file_location("peer", a.peer)
    peer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(peer)
    points = random_points(a.ocrtune, a.pipeline, a.points)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "points.json").write_text(json.dumps(points))
        common = ["--pipeline", a.pipeline, "--params", folder / "points.json", "--csv"]
        subprocess.run([a.ocrtune, "score", *a.pages, *common, folder / "ours.csv", "--quiet"], check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["/usr/bin/python3", a.peer, *a.pages, *common, folder / "peer.csv", "--omp", "1"], check=True,
                       stdout=subprocess.DEVNULL)
        compare_scores(folder / "ours.csv", folder / "peer.csv")
        compare_images(a.ocrtune, peer, a.pipeline, points, a.pages, folder)


if __name__ == "__main__":
    main()
