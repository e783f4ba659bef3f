#!/usr/bin/python3
"""For each source a portfolio like `documents` that was found on all other sources: FOLDER/SOURCE.toml.

usage: left_out_portfolios.py MANIFEST --pipelines FOLDER --work FOLDER --out FOLDER [--psm 6]

MANIFEST, --pipelines and --work are those of ../best_of_every_page/measure.py, which has read the pages.
"""
import argparse
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "best_of_every_page"))
from references import BLOCK, PIPELINES, portfolio_text  # noqa: E402
from table import Table, left_out_covers, wanted  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("manifest", type=pathlib.Path)
    for folder in ("--pipelines", "--work", "--out"):
        parser.add_argument(folder, type=pathlib.Path, required=True)
    parser.add_argument("--psm", default=BLOCK)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    asked = [read for read in wanted(options) if read.out.exists()]
    table = Table(options.manifest, [read.out for read in asked])
    file_of = {read.out.stem: read.pipeline if read.out.stem != "raw" else None for read in asked}
    for source, pipelines in left_out_covers(table, table.pipelines).items():
        text = portfolio_text([file_of[pipeline] for pipeline in pipelines[:PIPELINES]])
        (options.out / f"{source}.toml").write_text(text.replace("left-out", "documents", 1), encoding="utf-8")


if __name__ == "__main__":
    main()
