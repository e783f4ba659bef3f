#!/usr/bin/python3
"""Writes docs/reference/json/names.schema.json: the names that the tables of the library have, as completion tells them.

  scripts/make_schemas.py [--check] [--ocrtune build/release/ocrtune]

--check writes nothing and fails where the file isn't current.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
FILE = ROOT / "docs" / "reference" / "json" / "names.schema.json"

# The names' definition: what it is, and the words before the cursor.
NAMES = {
    "score": ("a score, as --objective takes it", ["tune", "--objective"]),
    "measure": ("a score of a comparison", ["compare", "--by"]),
    "sampler": ("a sampler", ["optimize", "--sampler"]),
    "pruner": ("a pruner", ["optimize", "--pruner"]),
    "stage": ("a stage, or ocr", ["stages"]),
    "unicode_form": ("a Unicode normalization form", ["evaluate", "--unicode"]),
    "ignored": ("a difference that does not count", ["evaluate", "--ignore"]),
    "audit_preset": ("a preset of the Python design", ["import", "--preset"]),
    "shell": ("a shell", ["completion"]),
}
# Objects with a number for each name.
VALUES = {"score": "means of scores by name", "measure": "scores by name"}


def names(program, words):
    """The names that complete the last word, with their descriptions."""
    said = subprocess.run([program, "complete", "--", *words, ""], capture_output=True, text=True, check=True,
                          env={**os.environ, "LANGUAGE": "en"}).stdout
    return dict((line + "\t").split("\t")[:2] for line in said.splitlines() if not line.startswith(":"))


def definitions(program):
    for name, (what, words) in NAMES.items():
        known = names(program, words)
        yield name, {"description": what, "type": "string", "enum": list(known)}
        if name in VALUES:
            yield f"{name}_properties", {"$comment": "extended", "type": "object",
                                         "properties": {one: {"type": "number", "description": text or one} for one, text in known.items()}}
            yield f"{name}s", {"description": VALUES[name], "type": "object", "$ref": f"#/$defs/{name}_properties"}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--ocrtune", default=ROOT / "build" / "release" / "ocrtune")
    asked = parser.parse_args()
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Names that the other schemas refer to",
              "$comment": "written by scripts/make_schemas.py", "$defs": dict(definitions(asked.ocrtune))}
    text = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
    if not asked.check:
        FILE.write_text(text)
    elif FILE.read_text() != text:
        sys.exit(f"{FILE.relative_to(ROOT)} is not current: run scripts/make_schemas.py")


if __name__ == "__main__":
    main()
