"""Every code block of README.md, CONTRIBUTING.md and docs/ runs, or says that it doesn't.

A block of `sh` or `python` runs in a folder of its own that has what its page talks of, pages in scans/, best.toml and the like; of
`toml` and `json` it is a file there for the page's commands. What is longer than a test may take runs with less to do
(stand_in.py). In tutorial/ blocks run as they stand, one after the other. Above a block may stand

  <!-- not run: WHY -->       it isn't run; what it names is there, though
  <!-- each line alone -->    its lines are examples of their own
  <!-- recipe NAME: WHAT -->  scripts/check_recipes.py follows it

`text` is what a command prints; `cpp` compiles; `cmake` stands in examples/library.
"""
import collections
import functools
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tomllib
import unittest

from PIL import Image

from pdf_files import sound
from support import BUILD, OCRTUNE, ROOT, WITHOUT_PPOCR, ScratchCase, few_models, made_once, ocrtune
from typed_pages import LINES, TypedPage

sys.path.insert(0, str(ROOT / "scripts"))
import make_french_pages  # noqa: E402
import make_tables  # noqa: E402

Block = collections.namedtuple("Block", "language text line note before")

# Of a page with more, several tests run.
MOST_SCRIPTS = 16
LANGUAGES = {"sh", "python", "toml", "json", "cpp", "cmake", "text"}
# Of recipes alone.
LANGUAGES_OF_RECIPES = LANGUAGES | {"md", "po", "console"}
NOTE = re.compile(r"<!-- (not run: .+|each line alone|recipe .+) -->")


def documents():
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


@functools.cache
def program():
    return make_tables.Program(OCRTUNE)


@functools.cache
def page_text(path):
    """A page; that of the commands with the examples of their help, as the site has it."""
    text = path.read_text(encoding="utf-8")
    return make_tables.filled(program(), text) if "<!-- made: commands -->" in text else text


@functools.cache
def blocks_of(path):
    """The fenced blocks of a page, each with its note and the line of text before it."""
    found, before, note, inside = [], "", "", None
    for number, line in enumerate(page_text(path).split("\n"), 1):
        fence = re.match(r"^( *)(`{3,})(\S*)$", line)
        if inside is not None:
            # Code may have fences that are shorter than its own.
            if fence and len(fence[2]) >= inside[4] and not fence[3]:
                found.append(Block(inside[0], "".join(one + "\n" for one in inside[3]), inside[1], note, before))
                inside, note = None, ""
            else:
                inside[3].append(line[inside[2]:] if line[:inside[2]].strip() == "" else line)
        elif fence:
            inside = (fence[3], number, len(fence[1]), [], len(fence[2]))
        elif match := NOTE.fullmatch(line.strip()):
            note = match[1]
        elif line.strip():
            before = line.strip()
            note = ""
    return found


def indented_blocks(path):
    """Lines that are code because they are indented, at the left margin."""
    lines = re.sub(r"(?ms)^ *(`{3,})[^`\n]*$.*?^ *\1$", "", path.read_text(encoding="utf-8")).split("\n")
    for before, line in zip([""] + lines, lines):
        if before == "" and line.startswith("    ") and not re.match(r" *([-*]|\d+\.) ", line):
            yield line


def make_folder(folder):
    """What the pages of the documentation talk of."""
    # Two lines each, clean and small, which take no time to read: what is done to pages is tested elsewhere.
    pages = [TypedPage(LINES[:2]), TypedPage(LINES[4:6])]

    def put(page, name, share=1.0):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        image = page.image.crop((0, 0, page.image.width, int(page.image.height * share)))
        image.resize((image.width // 4, image.height // 4), Image.LANCZOS).save(target, dpi=(75, 75))
        target.with_suffix("").with_suffix(".gt.txt").write_text("\n".join(page.lines) + "\n", encoding="utf-8")

    put(pages[0], "scans/a.png")
    put(pages[1], "scans/1887-1.tif")
    put(pages[0], "scans/1887-2.tif", 0.7)
    put(pages[1], "scans/box/b.png", 0.7)
    shutil.copy(folder / "scans/a.gt.txt", folder / "scans/a.txt")
    for group in ("sample", "others", "held-out", "receipts", "letters", "book", "slides", "photographs", "typed", "box2", "box3"):
        for page, name in zip(pages, "ab"):
            put(page, f"{group}/{name}.png")
    for name in ("page.png", "page.jpg", "page1.png", "page2.png", "form.png", "till.jpg", "scan.png"):
        put(pages[0], name)
    for name, lines in (("a", LINES), ("b", LINES[:6])):
        put(TypedPage(lines), f"corrected/{name}.png")
    (folder / "models").mkdir()
    (folder / "models/fra.traineddata").symlink_to(few_models() / "fra.traineddata")
    (folder / "manifest.csv").write_text("file;lang\nsample/a.png;eng\nsample/b.png;fra\n", encoding="utf-8")
    for part in ("texts", "truth"):
        (folder / part).mkdir()
        shutil.copy(folder / "scans/a.gt.txt", folder / part / "a.txt")
    (folder / "studies").mkdir()
    (folder / "points.json").write_text('[{"norm_kernel": 151}]', encoding="utf-8")

    # What OCR quality audit leaves.
    results = "point_id;score_tesseract_delta;score_tesseract;score_cnr;line_h_size;bin_c\n1;1.5;40;3;45;15.0\n2;2;41;2;50;12.0\n"
    for name in ("screening_sobol_standard_32pts_20251204_214825.csv", "results.csv"):
        (folder / name).write_text(results, encoding="utf-8")
    (folder / "timing_log_20251204_214825.csv").write_text(
        "timestamp;point_id;image_id;temps_total_ms;temps_cuda_ms;temps_tesseract_ms;temps_sharpness_ms;temps_contrast_ms;"
        "score_tesseract;score_sharpness;score_contrast\n2025-12-04 21:48:26.100;1;0;300.0;100.0;190.0;10.0;0;40.0;1000.0;3.0\n",
        encoding="utf-8")
    (folder / "best_params.json").write_text('{"line_h_size": 45, "bin_c": 12}', encoding="utf-8")

    def run(*arguments):
        return ocrtune(*arguments, cwd=folder, check=0).stdout

    run("tune", "sample", "--trials", 3, "--study", "study", "-o", "best.toml", "--hold-out", 0, "--no-report", "--quiet")
    run("apply", "sample", "-o", "output", "--quiet")
    run("screen", "sample", "--exponent", 1, "--set", "denoise_h=0", "--study", "standard-study", "--quiet")
    run("tune", "sample", "--trials", 3, "--study", "study", "-o", "pipeline.toml", "--hold-out", 0, "--single", "--no-report", "--quiet")
    choices = '[[choice]]\nname = "fast"\npipelines = ["raw"]\n[[choice]]\nname = "best"\npipelines = ["raw", "clean"]\n'
    (folder / "letters.recipe.toml").write_text('recommended = "best"\n' + choices + run("presets", "documents").split("\n", 2)[2],
                                                encoding="utf-8")
    for name in ("a.toml", "b.toml", "last-year.toml"):
        shutil.copy(folder / "pipeline.toml", folder / name)
    run("read", "page.png", "-o", ".", "--format", "hocr,page,pdf", "--quiet")
    (folder / "page.page.xml").rename(folder / "page.xml")
    sound(folder / "page.pdf").rename(folder / "letter.pdf")


class CodeBlocks(unittest.TestCase):
    def test_each_says_what_it_is(self):
        for path in documents():
            for block in blocks_of(path):
                where = f"{path.relative_to(ROOT)}:{block.line}"
                self.assertIn(block.language, LANGUAGES_OF_RECIPES if block.note.startswith("recipe") else LANGUAGES, f"{where}: say the block's language; `text` for output and fragments")
            for line in indented_blocks(path):
                self.assertNotRegex(line.strip(), r"^(\./|ocrtune |\$ |scripts/|bench/|build/)",
                                    f"{path.relative_to(ROOT)}: a command is to stand between ```sh and ```")

    def test_what_is_not_run_names_what_is_there(self):
        """Scripts, and options of `ocrtune` in such blocks are checked by tests/docs."""
        for path in documents():
            for block in blocks_of(path):
                if not block.note.startswith("not run"):
                    continue
                for name in re.findall(r"(?:^|\s)(?:\./)?((?:bench|scripts|tests)/[\w/.]+|demo\.sh|test\.sh)", block.text):
                    self.assertTrue((ROOT / name).exists(), f"{path.relative_to(ROOT)}:{block.line}: {name}")

    def test_data(self):
        for path in documents():
            for block in blocks_of(path):
                with self.subTest(page=path.name, line=block.line):
                    if block.language == "toml":
                        tomllib.loads(block.text)
                    elif block.language == "json":
                        json.loads(block.text)

    def test_cmake(self):
        """They are lines of the programs that test_workflow.py builds."""
        known = (ROOT / "examples/library/CMakeLists.txt").read_text().replace("${program}", "program")
        for path in documents():
            for block in blocks_of(path):
                if block.language == "cmake":
                    for line in block.text.splitlines():
                        self.assertIn(line, known, path.name)

    def test_cpp(self):
        flags = ["-std=c++20", "-fsyntax-only", f"-I{ROOT / 'src'}", "-I/usr/include/opencv4", "-x", "c++", "-"]
        for path in documents():
            for block in blocks_of(path):
                if block.language == "cpp" and not block.note:
                    done = subprocess.run(["g++", *flags], input=block.text, text=True, capture_output=True)
                    self.assertEqual(done.returncode, 0, f"{path.name}:{block.line}\n{done.stderr}")


class MadeTables(unittest.TestCase):
    """What the site has where a page has a mark (scripts/make_tables.py)."""

    def rows(self, name, translated=make_tables.as_made):
        made = make_tables.filled(program(), f"<!-- made: {name} -->", translated)
        return [make_tables.cells(line) for line in made.splitlines() if line.startswith("|")][2:]

    def test_stages(self):
        stages = json.loads(ocrtune("stages", "--json", check=0).stdout)
        rows, french = self.rows("stages"), self.rows("stages", make_french_pages.table)
        self.assertEqual([row[0] for row in rows], [f"[{one['name']}]({one['name']}.md)" for one in stages])
        for row, translated, stage in zip(rows, french, stages, strict=True):
            self.assertEqual(row[1], stage["summary"])
            self.assertEqual(row[2], ", ".join(f"`{one['name']}`" for one in stage["parameters"]) or "none")
            self.assertEqual(translated[0], row[0])
            self.assertNotEqual(translated[1], stage["summary"])

    def test_commands_in_french(self):
        """What the program says in French is taken apart as the English is: the same commands, options and values."""
        english = make_tables.made(program(), "commands", "").splitlines()
        spoken = make_tables.made(make_tables.Program(OCRTUNE, "fr"), "commands", "").rstrip("\n")
        french = make_french_pages.table("commands", spoken).splitlines()
        for one, other in zip(english, french, strict=True):
            self.assertEqual(one[:3], other[:3]) if one.startswith(("#", "`", "|", "<")) else None
            if one.startswith("| `"):
                self.assertEqual(make_tables.cells(one)[0], make_tables.cells(other)[0])
                self.assertNotEqual(make_tables.cells(one)[-1], make_tables.cells(other)[-1])
        for line in ("| commande | effet |", "Toute commande a ces options\xa0:", "| option | valeur | défaut | effet |"):
            self.assertIn(line, french)

    def test_portability(self):
        """The page on what a port has to replace names every file with an interface of Linux, and no other."""
        page = (ROOT / "docs/explanation/portability.md").read_text(encoding="utf-8")
        named = {file for row in page.splitlines() if row.startswith("| `") for file in re.findall(r"`([a-z_/]+\.cpp)`", row.split("|")[1])}
        linux = re.compile(r"seccomp_|landlock_|inotify_|memfd_create|O_TMPFILE|\bprctl\(|pidfd_|F_SETPIPE_SZ|sched_[sg]etaffinity|SOCK_CLOEXEC|\bpipe2\(|"
                           r"accept4|renameat2|\bgetrandom\(|malloc_trim|\"/(proc|sys)/")
        sources = ROOT / "src/ocrtune"
        found = {str(file.relative_to(sources)) for file in sources.rglob("*.cpp") if linux.search(file.read_text(encoding="utf-8"))}
        self.assertEqual(named, found)

    def test_presets(self):
        known = {f"`{one['name']}`": one["description"] for one in json.loads(ocrtune("presets", "--json", check=0).stdout)}
        rows = self.rows("presets")
        self.assertLessEqual({"`raw`", "`auto`", "`standard`"}, {row[0] for row in rows})
        for name, description in rows:
            self.assertEqual(description, known[name])
        self.assertIn(["`standard`", "`line_h_size`", "`remove_lines.h_size`", "30 to 70", "45"], self.rows("searched of presets"))
        self.assertIn(["`use_drop_colour`", "off, on", "off"], self.rows("choices of auto"))

    def test_samplers_and_pruners(self):
        known = json.loads(ocrtune("samplers", "--json", check=0).stdout)
        self.assertEqual([row[0].split("]")[0][1:] for row in self.rows("samplers")], [one["name"] for one in known["samplers"]])
        self.assertEqual([row[0] for row in self.rows("pruners")], [one["name"] for one in known["pruners"]])

    def test_tables_of_optuna(self):
        self.assertIn(["`alembic_version`", "`version_num`"], self.rows("tables left empty"))

    def test_bibliography(self):
        made = make_tables.made(program(), "bibliography", "")
        keys = re.findall(r"^@\w+\{(\w+),$", (ROOT / "docs/reference/references.bib").read_text(encoding="utf-8"), re.MULTILINE)
        self.assertEqual(re.findall(r'<a id="(\w+)"></a>', made), keys)


class Sandbox(ScratchCase):
    """Folders to run blocks in."""

    def folder(self, path, script, name):
        """A folder for one block: what every page talks of, and the files that this page shows."""
        folder = self.tmp / name
        shutil.copytree(made_once("documentation", make_folder), folder)
        if not re.search(r"evaluate texts", script):
            shutil.rmtree(folder / "texts")
            shutil.rmtree(folder / "truth")
        for block in blocks_of(path):
            if block.language == "toml":
                if name := tomllib.loads(block.text).get("name"):
                    (folder / f"{name}.toml").write_text(block.text, encoding="utf-8")
                if named := re.fullmatch(r"`([\w.-]+\.toml)`:", block.before):
                    (folder / named[1]).write_text(block.text, encoding="utf-8")
            elif block.language == "json":
                (folder / "points.json").write_text(block.text, encoding="utf-8")
        if "--enqueue points.json" in script:
            (folder / "points.json").write_text('[{"use_deskew": true}]', encoding="utf-8")
        # A study that the block begins isn't there yet; one that it only looks at is.
        begun = set(re.findall(r"(?:--study |study=\")([^\s\"]+)", script))
        searches = re.search(r"ocrtune[ .](tune|optimize|screen)\b", script)
        for study in re.findall(r"[\w-]+\.db", script) + ([] if searches else ["ocrtune.db"]):
            first = script.find(study)
            if study not in begun or not script[:first].endswith(("--study ", "study=\"")):
                # Studies of `auto` have no form in that design.
                shutil.copy(folder / ("standard-study" if "--format audit" in script else "study"), folder / study)
        (folder / "study").unlink()
        (folder / "standard-study").unlink()
        return folder

    def run_script(self, folder, language, script, command=pathlib.Path(__file__).parent / "stand_in.py"):
        programs = self.tmp / "bin"
        programs.mkdir(exist_ok=True)
        if not (programs / "ocrtune").exists():
            (programs / "ocrtune").symlink_to(command)
        program = ["bash", "-euo", "pipefail", "-c", script] if language == "sh" else ["/usr/bin/python3", "-c", script]
        return subprocess.run(program, cwd=folder, text=True, capture_output=True, timeout=300, stdin=subprocess.DEVNULL,
                              env={**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "OCRTUNE_REAL": OCRTUNE,
                                   "PYTHONPATH": str(BUILD / "python"), "TESSDATA_PREFIX": str(few_models()),
                                   **(WITHOUT_PPOCR if language == "python" or command == BUILD / "ocrtune" else {})})


Script = collections.namedtuple("Script", "language text line name")


def scripts_of(path):
    """What is run of a page."""
    for block in blocks_of(path):
        if block.language not in ("sh", "python") or block.note.startswith(("not run", "recipe")):
            continue
        texts = block.text.splitlines() if block.note == "each line alone" else [block.text]
        for number, text in enumerate(texts):
            yield Script(block.language, text, block.line, f"{block.line}-{number}")


class Runs(Sandbox):
    """Tests for each page with something to run, `test_PAGE` or `test_PAGE_1` and so on, made below."""

    def check_scripts(self, path, scripts):
        failed = []
        for script in scripts:
            folder = self.folder(path, script.text, script.name)
            done = self.run_script(folder, script.language, script.text)
            shutil.rmtree(folder)
            if done.returncode != 0:
                failed.append(f"{path.relative_to(ROOT)}:{script.line}: status {done.returncode}\n{script.text}\n{done.stderr[-1500:]}")
        self.assertFalse(failed, "\n\n".join(failed))


class Tutorial(Sandbox):
    def test_first_collection(self):
        """As it stands, with no more than the sources and the command; what it promises comes true."""
        folder = self.tmp / "sources"
        (folder / "examples").mkdir(parents=True)
        shutil.copytree(ROOT / "examples/sample_pages", folder / "examples/sample_pages")
        rates = []
        for block in blocks_of(ROOT / "docs/tutorial/first_collection.md"):
            if block.language != "sh":
                continue
            done = self.run_script(folder, "sh", block.text, BUILD / "ocrtune")
            self.assertEqual(done.returncode, 0, f"{block.text}\n{done.stderr}")
            rates += [float(rate) for rate in re.findall(r"^  CER  +\S+ %  +(\S+) %$", done.stdout, re.MULTILINE)]
        self.assertEqual(len(rates), 2)
        self.assertGreater(rates[0], 33)
        self.assertLess(rates[1], 6)
        self.assertTrue((folder / "best.report.html").exists() or not (BUILD / "web").exists())
        self.assertTrue((folder / "cleaned/01-prose-eng-ruled.png").exists())


def add_tests():
    for path in documents():
        if path.parent.name == "tutorial":
            continue
        place = re.sub(r"\W", "_", str(path.relative_to(ROOT).with_suffix("")))
        scripts = list(scripts_of(path))
        for start in range(0, len(scripts), MOST_SCRIPTS):
            part = f"_{start // MOST_SCRIPTS + 1}" if len(scripts) > MOST_SCRIPTS else ""
            setattr(Runs, f"test_{place}{part}",
                    lambda self, path=path, some=scripts[start:start + MOST_SCRIPTS]: self.check_scripts(path, some))


add_tests()
