#!/usr/bin/python3
"""Follows the recipes of docs/how-to/extending.md, word for word, in a copy of the sources; builds what came of it, tests it, and
holds it to the style, the translations, the reference and the site. Fails too where a recipe touches more files than LIMITS says.

  scripts/check_recipes.py [FOLDER]     in FOLDER, which is kept: the next run there builds what has changed

Above a code block of the page stands what is done with it:

  <!-- recipe NAME: file PATH -->                    the block is a new file
  <!-- recipe NAME: line(s) in PATH, after TEXT -->  it stands below the line that begins with TEXT or, where no line does,
                                                     contains it; `before` and `instead of` likewise
  <!-- recipe NAME: line(s) at the end of PATH -->   it is appended
  <!-- recipe NAME: run -->                          its lines are commands, run when all recipes are followed
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = "docs/how-to/extending.md"
# Files that a recipe may touch.
LIMITS = {"stage": 6, "sampler": 5, "metric": 5, "format": 6, "engine": 5, "option": 5}
TARGETS = ("ocrtune_command ocrtune_python_package stages_test samplers_test metrics_test report_test documents_test ocr_test options_test "
           "workflow_test docs_test")
BLOCK = re.compile(r"^( *)<!-- recipe (\w+): (.+?) -->\n\n\1(`{3,})\w+\n(.*?)^\1\4\n", re.MULTILINE | re.DOTALL)
EDIT = re.compile(r"lines? in (\S+), (after|before|instead of) (.+)")


class Failed(Exception):
    pass


def blocks(text):
    """(recipe, what is done, text) of each block, in the page's order."""
    for match in BLOCK.finditer(text):
        yield match[2], match[3], re.sub(rf"^{match[1]}", "", match[5], flags=re.MULTILINE)


def place_of(lines, text):
    """The number of the line that a block refers to."""
    for fits in (lambda line: line.strip().startswith(text), lambda line: text in line):
        found = [number for number, line in enumerate(lines) if fits(line)]
        if len(found) == 1:
            return found[0]
        if found:
            raise Failed(f"{len(found)} lines have `{text}`")
    raise Failed(f"no line has `{text}`")


def follow(folder, what, text):
    """Does what the comment above a block says."""
    if made := re.fullmatch(r"file (\S+)", what):
        path = folder / made[1]
        if path.exists():
            raise Failed(f"{made[1]} is there already")
        path.write_text(text, encoding="utf-8")
    elif appended := re.fullmatch(r"lines? at the end of (\S+)", what):
        with open(folder / appended[1], "a", encoding="utf-8") as file:
            file.write(text)
    elif edit := EDIT.fullmatch(what):
        path = folder / edit[1]
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        at = place_of(lines, edit[3])
        begin = at + 1 if edit[2] == "after" else at
        lines[begin:at + (0 if edit[2] == "before" else 1)] = [text]
        path.write_text("".join(lines), encoding="utf-8")
    else:
        raise Failed(f"`{what}` isn't known")


def git(folder, *arguments):
    return subprocess.run(["git", "-c", "user.name=recipes", "-c", "user.email=recipes@localhost", *arguments], cwd=folder, check=True,
                          text=True, capture_output=True).stdout


def copy_sources(folder):
    """The working tree, without what a former run added to it; files that are the same keep their times."""
    names = [name for name in git(ROOT, "ls-files", "-z", "-co", "--exclude-standard").split("\0") if name and (ROOT / name).is_file()]
    if (folder / ".git").exists():
        for name in git(folder, "ls-files", "-z", "-co", "--exclude-standard").split("\0"):
            if name and name not in names:
                (folder / name).unlink(missing_ok=True)
    for name in names:
        source, target = ROOT / name, folder / name
        if not target.exists() or target.read_bytes() != source.read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    modules = ROOT / "web" / "node_modules"
    if modules.exists() and not (folder / "web" / "node_modules").exists():
        (folder / "web" / "node_modules").symlink_to(modules)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "the sources")


def touched(folder):
    """Files that differ from the last commit, which this makes."""
    git(folder, "add", "--all")
    names = git(folder, "diff", "--cached", "--name-only").split()
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "a recipe")
    return set(names)


def run(folder, command, environment=None):
    print(f"  {command}", flush=True)
    done = subprocess.run(["bash", "-euo", "pipefail", "-c", command], cwd=folder, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, env={**os.environ, "OCRTUNE_TARGETS": TARGETS, **(environment or {})})
    if done.returncode != 0:
        raise Failed(f"{command}: status {done.returncode}\n{done.stdout[-6000:]}")
    return done.stdout


def hold_to_limits(files):
    for name, names in files.items():
        if len(names) > LIMITS[name]:
            raise Failed(f"{name}: more than {LIMITS[name]} files: {', '.join(sorted(names))}")


def check(folder):
    page = (folder / PAGE).read_text(encoding="utf-8")
    found = list(blocks(page))
    if len(found) != page.count("<!-- recipe "):
        raise Failed(f"{PAGE}: {page.count('<!-- recipe ')} comments, {len(found)} of them above a block")
    files = {name: set() for name in LIMITS}
    for name in LIMITS:
        for recipe, what, text in found:
            if recipe == name and what != "run":
                follow(folder, what, text)
        files[name] |= touched(folder)
    hold_to_limits(files)
    sources = [name for names in files.values() for name in sorted(names) if name.endswith((".cpp", ".h"))]
    run(folder, f"clang-format --dry-run -Werror {' '.join(sources)}")
    run(folder, "scripts/check_translations.py")
    run(folder, "scripts/check_words.py")
    run(folder, "scripts/build.sh release -DOCRTUNE_TESTS=ON -DOCRTUNE_PYTHON=ON -DOCRTUNE_CUDA=OFF -DPython_EXECUTABLE=/usr/bin/python3")
    for name in LIMITS:
        for recipe, what, text in found:
            if recipe == name and what == "run":
                shutil.copy(next((folder / "tests/e2e/pages/tiny").glob("*.png")), folder / "build/page.png")
                for command in text.splitlines():
                    output = run(folder, command.replace(" page.png", " build/page.png"), {"RC_PARAMS": "seed=1"})
                    if "/ocrtune " in command and not output.strip():
                        raise Failed(f"{command}: prints nothing")
        # Made on another distribution, the other pictures differ in their letters.
        git(folder, "checkout", "--", "docs/reference/stages/pictures")
        files[name] |= touched(folder)
    run(folder, "scripts/check_batches.py")
    run(folder, "build/release/options_test")
    if shutil.which("doxygen"):
        run(folder, "scripts/make_reference.sh")
    run(folder, "scripts/make_site.sh")
    run(folder, "build/release/docs_test")
    return files


def main():
    if len(sys.argv) > 2 or (len(sys.argv) == 2 and sys.argv[1].startswith("-")):
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory(prefix="ocrtune-recipes-") as temporary:
        folder = pathlib.Path(sys.argv[1] if len(sys.argv) == 2 else temporary).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        try:
            copy_sources(folder)
            files = check(folder)
            hold_to_limits(files)
        except Failed as failure:
            sys.exit(f"check_recipes: {failure}")
    print("files touched: " + ", ".join(f"{name} {len(names)}" for name, names in files.items()))


if __name__ == "__main__":
    main()
