#!/usr/bin/env python3
"""The version that is released, and Debian's changelog of it.

The version is stated by CMakeLists.txt, and CHANGELOG.md's first release has to be it; its date is the date of everything
that is made, so that the same sources give the same bytes.

  changelog.py version | epoch
  changelog.py notes [--trial]    of the release; with --trial what is unreleased, if anything is, and that it is no release
  changelog.py debian SUITE       debian/changelog for a package of that suite (bookworm, trixie)
"""
import datetime
import email.utils
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
RELEASE = re.compile(r"^## (\d+\.\d+\.\d+) \((\d{4}-\d\d-\d\d)\)$", re.MULTILINE)
DEBIAN_RELEASES = {"bookworm": 12, "trixie": 13}


def released():
    """(version, date at midnight UTC, notes) of CHANGELOG.md's first release."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    found = RELEASE.search(text)
    if not found:
        sys.exit("CHANGELOG.md: names no release; expected a line like `## 0.1.0 (2026-11-26)`")
    stated = re.search(r"^project\(ocrtune VERSION (\S+)", (ROOT / "CMakeLists.txt").read_text(encoding="utf-8"), re.MULTILINE)[1]
    if found[1] != stated:
        sys.exit(f"CHANGELOG.md: the first release is {found[1]}, and CMakeLists.txt has VERSION {stated}")
    date = datetime.datetime.fromisoformat(found[2]).replace(tzinfo=datetime.timezone.utc)
    following = RELEASE.search(text, found.end())
    return found[1], date, text[found.end():following.start() if following else None].strip()


def unreleased():
    """What CHANGELOG.md has below `## Unreleased`."""
    found = re.search(r"^## Unreleased$(.*?)(?=^## |\Z)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return found[1].strip() if found else ""


def notes(trial):
    if trial:
        return f"This is a trial, not a release.\n\n{unreleased() or released()[2]}"
    if unreleased():
        sys.exit("CHANGELOG.md: has entries below `## Unreleased`; give them a version and a date, or make a trial: scripts/release.sh --trial")
    return released()[2]


def debian_changelog(suite):
    if suite not in DEBIAN_RELEASES:
        sys.exit(f"changelog.py: `{suite}` is none of {', '.join(DEBIAN_RELEASES)}")
    version, date, _ = released()
    maintainer = re.search(r"^Maintainer: (.*)$", (ROOT / "debian/control").read_text(encoding="utf-8"), re.MULTILINE)[1]
    return (f"ocrtune ({version}-1~deb{DEBIAN_RELEASES[suite]}u1) {suite}; urgency=medium\n\n"
            f"  * ocrtune {version}; what it brings is in the upstream changelog.\n\n"
            f" -- {maintainer}  {email.utils.format_datetime(date)}\n")


def main(arguments):
    match arguments:
        case ["version"]:
            print(released()[0])
        case ["epoch"]:
            print(int(released()[1].timestamp()))
        case ["notes"]:
            print(notes(trial=False))
        case ["notes", "--trial"]:
            print(notes(trial=True))
        case ["debian", suite]:
            print(debian_changelog(suite), end="")
        case _:
            sys.exit(__doc__.strip())


if __name__ == "__main__":
    main(sys.argv[1:])
