#!/usr/bin/python3
"""How well the confidences of words are probabilities, and whether the wrong words are those with the least.

usage: word_confidence.py MANIFEST --work DIR [--effort EFFORT]

MANIFEST lists pages with ground truth, their languages and sources. `ocrtune apply` recognizes them. A word is correct
if the page's ground truth has it, as often as the OCR result; quotes, dashes and ligatures count as their plain forms.
Prints by class of confidence the share of correct words, by source the expected and the true share of wrong words, of
the wrong words the share among the 10 % with the least confidence, and of those with alternatives how many have the
right text among them.
"""
import argparse
import collections
import json
import pathlib
import subprocess
import unicodedata

from table import pages_of

PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "ﬁ": "fi", "ﬂ": "fl", "…": "..."})
ENDS = [0, 25, 50, 60, 70, 80, 90, 95, 98, 101]


def plain(text):
    return unicodedata.normalize("NFC", text).translate(PLAIN)


def judged(words, truth):
    """The words of a page with whether they are correct and whether an alternative is."""
    left = collections.Counter(plain(truth).split())
    rows = []
    for word in words:
        correct = left[plain(word["text"])] > 0
        if correct:
            left[plain(word["text"])] -= 1
        rows.append({"confidence": word["confidence"] / 100, "correct": correct, "others": word.get("alternatives", [])})
    for row in rows:
        row["has_it"] = not row["correct"] and any(left[plain(other)] > 0 for other in row["others"])
    return rows


def share(rows, key):
    return sum(map(key, rows)) / max(1, len(rows))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("manifest", type=pathlib.Path)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--effort", default="normal")
    parser.add_argument("--command", default="build/release/ocrtune")
    options = parser.parse_args()
    output = options.work / options.effort
    subprocess.run([options.command, "apply", options.manifest, "-o", output, "--effort", options.effort, "--format",
                    "json,text", "--quiet"], check=True)
    found = {file.stem: json.loads(file.read_text(encoding="utf-8"))["words"] for file in output.rglob("*.json")}
    by_source = collections.defaultdict(list)
    for page in pages_of(options.manifest):
        file = pathlib.Path(page["file"])
        truth = file.with_name(file.stem + ".gt.txt").read_text(encoding="utf-8")
        by_source[page["source"]] += judged(found[file.stem], truth)
    rows = [row for source in by_source.values() for row in source]
    print("confidence   words  correct")
    for low, high in zip(ENDS, ENDS[1:]):
        inside = [row for row in rows if low <= 100 * row["confidence"] < high]
        print(f"{low:3} to {high - 1:3} {len(inside):8} {100 * share(inside, lambda row: row['correct']):8.1f}")
    print("\nsource          words    wrong  expected, in percent")
    for source, inside in sorted(by_source.items()) + [("all", rows)]:
        print(f"{source:<14} {len(inside):6} {100 * share(inside, lambda row: not row['correct']):8.1f} "
              f"{100 * share(inside, lambda row: 1 - row['confidence']):9.1f}")
    wrong = [row for row in rows if not row["correct"]]
    doubted = sorted(rows, key=lambda row: row["confidence"])[:len(rows) // 10]
    with_others = [row for row in wrong if row["others"]]
    print(f"\nof {len(wrong)} wrong words {100 * share(doubted, lambda row: not row['correct']) * len(doubted) / max(1, len(wrong)):.0f} % "
          f"are among the 10 % with the least confidence; {len(with_others)} have alternatives, "
          f"{sum(row['has_it'] for row in wrong)} the right text among them")


if __name__ == "__main__":
    main()
