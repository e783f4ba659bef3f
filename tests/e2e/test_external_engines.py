"""External OCR engines: what commands do with the answers, failures and versions of programs that are made here."""
import csv
import json
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import time
import unittest

from PIL import Image, ImageDraw
from pdf_files import sound
from support import FAST, OCRTUNE, ROOT, ScratchCase, few_models, ocrtune, rows

# An engine that says the same words of every page. It leaves its id and a child of its own in the folder's `started`.
ENGINE = '''
import json, os, subprocess, sys, time

def crash():
    print("first\\nno more ink", file=sys.stderr, flush=True)
    os.abort()

def wide(request):
    return request["width"] > 2.5 * request["height"]

child = subprocess.Popen(["sleep", "600"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
with open("started", "a") as file:
    print(os.getpid(), child.pid, file=file)
print(json.dumps({"protocol": 1, "version": VERSION, "models": "m1", "languages": ["eng", "fra"]}), flush=True)
requests = 0
for line in sys.stdin:
    request = json.loads(line)
    requests += 1
    with open(request["image"], "rb") as image:
        data = image.read()
    if len(data) <= request["width"] * request["height"]:
        print(json.dumps({"id": request["id"], "error": "damaged image"}), flush=True)
        continue
    DO
    print(json.dumps({"id": request["id"], "lines": [
        {"box": [10, 20, 110, 50], "words": [{"text": "Total", "box": [10, 20, 60, 50], "confidence": 0.96},
                                             {"text": "30.91", "box": [70, 20, 110, 50], "confidence": 0.5}]},
        {"box": [10, 60, 110, 90], "confidence": 0.25, "text": "re\\u00e7u ok"}]}), flush=True)
'''
TEXT = "Total 30.91\nreçu ok\n"
# What an engine does before it answers.
CRASHES_ON_WIDE_PAGES = "if wide(request): crash()"
CRASHES = "crash()"
CRASHES_EVERY_7TH_TIME = "if requests == 7: crash()"
HANGS_ON_WIDE_PAGES = "if wide(request): time.sleep(600)"
REFUSES_WIDE_PAGES = 'if wide(request): print(json.dumps({"id": request["id"], "error": "too wide"}), flush=True); continue'
IS_SLOW = "time.sleep(0.3)"


def is_running(process):
    try:
        return pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):  # it ends while its file is read
        return False


class EngineCase(ScratchCase):
    """A test with engines of its own, in `self.tmp / "engines"`."""

    def setUp(self):
        super().setUp()
        self.engines = self.tmp / "engines"
        self.engines.mkdir()
        self.environment = {"OCRTUNE_ENGINES": str(self.engines), "TESSDATA_PREFIX": str(few_models())}

    def make_engine(self, name, program=None, do="pass", version="echo 1", **manifest):
        """The folder of a new engine: `program` of the shell, or ENGINE that does `do` before each answer."""
        folder = self.engines / name
        folder.mkdir(exist_ok=True)
        (folder / "engine.py").write_text(ENGINE.replace("VERSION", repr(version)).replace("DO", do))
        (folder / "engine.sh").write_text(program or "")
        described = {"title": name.capitalize(), "summary": f"the engine {name}", "memory_mb": 20,
                     "command": ["sh", "engine.sh"] if program else ["/usr/bin/python3", "engine.py"], **manifest}
        (folder / "engine.json").write_text(json.dumps(described))
        return folder

    def run_command(self, *arguments, **options):
        return ocrtune(*arguments, env=self.environment, **options)

    def page(self, name, width=300):
        """A page; one that is 800 px wide is the one that an engine fails on."""
        image = Image.new("L", (width, 200), 255)
        ImageDraw.Draw(image).text((20, 20), f"Total 30.91 {name}", fill=0)
        path = self.tmp / "pages" / f"{name}.png"
        path.parent.mkdir(exist_ok=True)
        image.save(path, dpi=(150, 150))
        return path

    def three_pages(self):
        return [self.page("first"), self.page("wide", 800), self.page("third")]

    def one_line(self, done):
        """What a command with --quiet says: one line."""
        self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
        return done.stderr

    def starts(self, name):
        """The process ids of an engine and its child, once for each start."""
        return [tuple(map(int, line.split())) for line in (self.engines / name / "started").read_text().splitlines()]

    def check_none_is_left(self, name, with_children=True):
        processes = [process for start in self.starts(name) for process in start[:2 if with_children else 1]]
        children = [start[1] for start in self.starts(name)]
        limit = time.monotonic() + 10
        while any(map(is_running, processes)) and time.monotonic() < limit:
            time.sleep(0.05)
        left = list(filter(is_running, processes))
        for child in filter(is_running, children):
            os.kill(child, signal.SIGKILL)
        self.assertEqual(left, [])


class Results(EngineCase):
    def test_read_gives_the_engine_s_words(self):
        self.make_engine("echo")
        page = self.page("a")
        self.assertEqual(self.run_command("read", page, "--engine", "echo", check=0).stdout, TEXT)
        read, = json.loads(self.run_command("read", page, "--engine", "echo", "--json", check=0).stdout)
        self.assertEqual((read["engine"], read["text"]), ("echo", TEXT))
        words = [(word["text"], word["confidence"], word["box"]) for word in read["words"]]
        self.assertEqual(words[:2], [("Total", 96, [10, 20, 60, 50]), ("30.91", 50, [70, 20, 110, 50])])
        # A line of text is divided: its words have its confidence and parts of its box.
        self.assertEqual([word[:2] for word in words[2:]], [("reçu", 25), ("ok", 25)])
        for (left, top, right, bottom), inside in (words[2][2], (10, 75)), (words[3][2], (75, 110)):
            self.assertEqual((top, bottom), (60, 90))
            self.assertTrue(inside[0] <= left < right <= inside[1], (left, right))
        self.run_command("read", page, "--engine", "echo", "--format", "text,tsv,hocr,alto,page,pdf", "-o", self.tmp / "out", check=0)
        lines = [line.split("\t") for line in (self.tmp / "out/a.tsv").read_text().splitlines()[1:]]
        numbers = [list(map(int, row[6:11])) for row in lines]
        in_file = [(row[11], confidence, [left, top, left + width, top + height])
                   for row, (left, top, width, height, confidence) in zip(lines, numbers)]
        self.assertEqual(in_file, words)
        self.assertEqual([row[4:6] for row in lines], [["1", "1"], ["1", "2"], ["2", "1"], ["2", "2"]])
        self.assertEqual((self.tmp / "out/a.txt").read_text(), TEXT)
        self.assertIn("engine echo", (self.tmp / "out/a.hocr").read_text())
        sound(self.tmp / "out/a.pdf")
        self.check_none_is_left("echo")

    def test_an_engine_without_positions(self):
        self.make_engine("bare", """
echo '{"protocol": 1, "version": "bare 1", "languages": ["eng"]}'
while read -r request; do
  number=$((number + 1))
  printf '%s\\n' '{"id": '$number', "text": "Total 30.91\\n\\nThank you"}'
done
""")
        page = self.page("a")
        self.assertEqual(self.run_command("read", page, "--engine", "bare", check=0).stdout, "Total 30.91\nThank you\n")
        read, = json.loads(self.run_command("read", page, "--engine", "bare", "--json", check=0).stdout)
        self.assertEqual({tuple(word["box"]) for word in read["words"]}, {(0, 0, 0, 0)})
        self.run_command("apply", page, "--engine", "bare", "--vote", "-o", self.tmp / "out", check=0)
        self.assertEqual((self.tmp / "out/a.txt").read_text(), "Total 30.91\nThank you\n")

    def test_languages(self):
        self.make_engine("echo")
        page = self.page("a")
        self.assertEqual(self.run_command("read", page, "--engine", "echo", "--lang", "eng+fra", check=0).stdout, TEXT)
        refused = self.run_command("read", page, "--engine", "echo", "--lang", "deu", "--quiet", check=3)
        self.assertIn("Echo does not support the language `deu`", self.one_line(refused))

    def test_each_worker_has_one_process_for_all_languages(self):
        self.make_engine("echo")
        languages = ["eng", "fra", "eng+fra"] * 3
        lines = [f"{self.page(f'p{number}')};{lang}\n" for number, lang in enumerate(languages)]
        manifest = self.tmp / "pages.csv"
        manifest.write_text("file;lang\n" + "".join(lines))
        self.run_command("read", manifest, "--engine", "echo", "--jobs", 2, "-o", self.tmp / "out", check=0)
        self.assertEqual({path.read_text() for path in (self.tmp / "out").rglob("*.txt")}, {TEXT})
        self.assertLessEqual(len(self.starts("echo")), 1 + 2)  # the first asks for the version
        self.check_none_is_left("echo")

    def test_auto_never_selects_one(self):
        self.make_engine("echo")
        read = json.loads(self.run_command("read", self.page("a"), "--json", check=0).stdout)
        self.assertNotEqual(read[0]["engine"], "echo")
        self.assertFalse((self.engines / "echo/started").exists())


class Missing(EngineCase):
    """Engines that are not there, or not whole."""

    def commands(self, page, engine):
        for command in ("read", page), ("score", page), ("apply", page, "-o", self.tmp / "out"), \
                ("optimize", page, "--trials", 2, *FAST, "--study", self.tmp / "s.db"):
            yield [*command, "--engine", engine, "--quiet"]

    def check_refused(self, engine, status, *messages):
        for arguments in self.commands(self.page("a"), engine):
            with self.subTest(command=arguments[0]):
                done = self.run_command(*arguments, check=status)
                self.assertEqual(done.stdout, "")
                for message in messages:
                    self.assertIn(message, self.one_line(done))
                self.assertFalse((self.tmp / "s.db").exists())

    def test_an_unknown_engine(self):
        self.make_engine("echo")
        self.check_refused("ecko", 1, "--engine: ecko not in {auto,lstm,tesseract,ppocr,echo}")

    def test_its_program_is_missing(self):
        self.make_engine("gone", command=["no-such-program"], install="apt install gone")
        self.check_refused("gone", 3, "Gone: the program `no-such-program` is missing; install it with `apt install gone`")

    def test_its_files_are_missing(self):
        self.make_engine("half", requires=["models/a.onnx"], install="./get_models.sh")
        self.check_refused("half", 3, "Half: is not installed; install it with `./get_models.sh`")
        self.assertFalse((self.engines / "half/started").exists())

    def test_its_manifest_is_invalid(self):
        self.make_engine("odd", titel="Odd")
        self.check_refused("odd", 3, f"{self.engines}/odd/engine.json: `titel`: is not known")
        (self.engines / "odd/engine.json").write_text("{")
        self.check_refused("odd", 3, f"{self.engines}/odd/engine.json: ")

    def test_it_does_not_introduce_itself(self):
        self.make_engine("garbage", "echo Loading...; cat >/dev/null")
        self.check_refused("garbage", 3, "Garbage: its first line is not a valid hello")
        self.make_engine("ended", "echo 'no models here' >&2; exit 7")
        self.check_refused("ended", 3, "Ended: ended with exit status 7: no models here")
        self.make_engine("silent", "exec sleep 600", startup_seconds=1)
        silent = self.run_command("read", self.page("a"), "--engine", "silent", "--quiet", check=3)
        self.assertIn("Silent: did not answer within 1 s", self.one_line(silent))


class Doctor(EngineCase):
    def test_lists_engines_and_what_to_install(self):
        self.make_engine("echo")
        self.make_engine("gone", command=["no-such-program"], install="apt install gone")
        self.make_engine("half", requires=["models/a.onnx"], install="./get_models.sh")
        for name in ("Big name", "auto", "tesseract"):
            self.make_engine(name)
        invalid = "the folder's name must have the characters a to z, 0 to 9, - and _, and not be auto"
        missing = {"Big name": invalid, "auto": invalid, "tesseract": "another engine has this name", "echo": "", "gone": "the program `no-such-program` is missing; install it with `apt install gone`",
                   "half": "is not installed; install it with `./get_models.sh`"}
        said = self.run_command("doctor").stdout
        for name, reason in missing.items():
            self.assertIn(f"\nengine     {name}: {name.capitalize()} ({reason or 'installed'})\n", said)
        listed = json.loads(self.run_command("doctor", "--json").stdout)["external_engines"]
        self.assertEqual({name: engine["missing"] for name, engine in listed.items()}, missing)
        self.assertFalse((self.engines / "echo/started").exists(), "it needs not be started to be listed")

    def test_a_good_engine_conforms(self):
        folder = self.make_engine("echo", do="""
    if request["width"] < 200 or data.count(255) == request["width"] * request["height"]:
        print(json.dumps({"id": request["id"], "lines": []}), flush=True)
        continue""")
        shutil.copytree(folder, self.tmp / "my_engine")
        for engine in ("./my_engine", "echo", "cd my_engine && python3 engine.py"):
            with self.subTest(engine):
                done = self.run_command("doctor", "--engine", engine, cwd=self.tmp, check=0)
                self.assertIn("introduces itself: echo 1 (m1)\n", done.stdout)
                self.assertTrue(done.stdout.endswith("the engine conforms to the protocol\n"))
                self.assertNotIn("\n!", "\n" + done.stdout)
        told = json.loads(self.run_command("doctor", "--engine", "echo", "--json", check=0).stdout)
        self.assertTrue(told["passed"])
        self.check_none_is_left("echo")

    @unittest.skipUnless(shutil.which("ocrad"), "ocrad is not installed")
    def test_ocrad_conforms(self):
        done = ocrtune("doctor", "--engine", ROOT / "engines/ocrad", check=0)
        self.assertIn("GNU ocrad", done.stdout)

    def test_bad_engines_do_not(self):
        hello = """echo '{"protocol": 1, "version": "1", "languages": ["*"]}'\n"""
        for name, program, told in (
                ("garbage", "echo Loading...; cat >/dev/null", "! introduces itself: Garbage: its first line is not a valid hello"),
                ("later", "echo '{\"protocol\": 2, \"version\": \"1\", \"languages\": [\"*\"]}'; cat >/dev/null", "`protocol`"),
                ("mumbles", hello + "while read -r request; do echo done; done", "! recognizes the built-in page: "),
                ("ends", hello + "read -r request; exit 3", "! recognizes the built-in page: ended with exit status 3"),
                ("stays", hello + "cat >/dev/null; sleep 600", "! ends when its input ends: ")):
            with self.subTest(name):
                folder = self.make_engine(name, program, page_seconds=1)
                done = self.run_command("doctor", "--engine", folder, check=3)
                self.assertIn(told, done.stdout)
                self.assertTrue(done.stdout.endswith("the engine does not conform to the protocol\n"))
        self.assertFalse(json.loads(self.run_command("doctor", "--engine", "garbage", "--json", check=3).stdout)["passed"])


# An engine with options, which it says of every page.
HAS_OPTIONS = """
echo '{"protocol": 1, "version": "1", "languages": ["eng"], "options": [{"name": "size", "type": "integer", "low": 10, "high": 99, "initial": 50}, {"name": "order", "type": "category", "choices": ["rows", "columns"], "initial": "rows"}]}'
i=0
while read -r request; do
  i=$((i + 1))
  options=$(printf '%s' "$request" | sed 's/.*"options":{\\([^}]*\\)}.*/\\1/; s/"//g')
  echo "{\\"id\\": $i, \\"text\\": \\"$options\\"}"
done
"""


class Options(EngineCase):
    def setUp(self):
        super().setUp()
        self.make_engine("tunable", HAS_OPTIONS)

    def read(self, *options, check=0):
        return self.run_command("read", self.page("a"), "--engine", "tunable", "--quiet", *options, check=check)

    def test_a_pipeline_sets_them(self):
        self.assertEqual(self.read().stdout.strip(), "")
        pipeline = self.tmp / "p.toml"
        pipeline.write_text('[ocr]\nengine_size = 20\nengine_order = "columns"\n')
        self.assertEqual(self.read("--pipeline", pipeline).stdout.strip(), "order:columns,size:20")
        self.assertEqual(self.read("--set", "engine_size=30").stdout.strip(), "size:30")

    def test_a_search_tries_them(self):
        study = self.tmp / "s.db"
        self.run_command("optimize", self.page("a"), self.page("b"), "--engine", "tunable", "--pipeline", "raw", "--free",
                         "engine_size=10:99", "--sampler", "sobol", "--trials", 3, "--study", study, "--quiet", check=0)
        self.run_command("export", study, "-o", self.tmp / "csv", "--quiet", check=0)
        values = {float(trial["engine_size"]) for trial in rows(self.tmp / "csv/trials.csv")[1:]}
        self.assertGreater(len(values), 1)
        self.assertTrue(all(10 <= value <= 99 for value in values), values)

    def test_what_the_engine_does_not_accept_is_refused_before_any_work(self):
        for setting, said in ("engine_size=100", "is not a number from 10 to 99"), ("engine_width=5", "has no option `width`"):
            self.assertIn(said, self.one_line(self.read("--set", setting, check=1)))
        refused = self.run_command("optimize", self.page("a"), "--engine", "tunable", "--pipeline", "raw", "--free", "engine_size=5:50",
                                   "--sampler", "sobol", "--trials", 3, "--study", self.tmp / "s.db", "--quiet", check=1)
        self.assertIn("`5` is not a number from 10 to 99", self.one_line(refused))
        self.assertFalse((self.tmp / "s.db").exists())
        # Tesseract has none.
        self.assertIn("has no option `size`", self.one_line(
            self.run_command("read", self.page("a"), "--set", "engine_size=20", "--quiet", check=1)))


class Studies(EngineCase):
    def optimize(self, trials, *options, **expected):
        return self.run_command("optimize", *self.pages, "--engine", "echo", "--sampler", "sobol", "--trials", trials, *FAST, "--study",
                                self.tmp / "s.db", "--quiet", *options, **expected)

    def recorded(self):
        with sqlite3.connect(self.tmp / "s.db") as database:
            found = database.execute("SELECT engine, models FROM ocrtune_study").fetchall()
        database.close()
        return found

    def exported(self, folder):
        """The trials and the pages of the study."""
        self.run_command("export", self.tmp / "s.db", "-o", self.tmp / folder, "--quiet", check=0)
        return rows(self.tmp / folder / "trials.csv"), rows(self.tmp / folder / "pages.csv")

    def setUp(self):
        super().setUp()
        self.make_engine("echo")
        self.pages = [self.page("a"), self.page("b")]

    def test_record_the_engine_and_refuse_another_version(self):
        self.optimize(2, check=0)
        (engine, models), = self.recorded()
        self.assertEqual(engine, "echo")
        self.assertIn("echo echo 1 (m1)", models)
        shown = self.run_command("show", self.tmp / "s.db", check=0).stdout
        self.assertIn(" engine echo\n", shown)
        before = self.exported("before")
        self.make_engine("echo", version="echo 2")
        refused = self.one_line(self.optimize(3, check=5))
        self.assertIn("the study cannot be resumed: ", refused)
        self.assertIn("echo 1", refused)
        self.assertIn("echo 2", refused)
        self.assertEqual(self.exported("after"), before)
        # Nothing is lost: with the version that it began with it continues.
        self.make_engine("echo")
        self.optimize(3, check=0)
        trials, _ = self.exported("more")
        self.assertEqual(trials[:len(before[0])], before[0])
        self.assertGreater(len(trials), len(before[0]))

    def test_need_their_engine(self):
        self.optimize(2, check=0)
        before = self.exported("before")
        shutil.move(self.engines / "echo", self.tmp / "elsewhere")
        gone = self.run_command("optimize", *self.pages, "--sampler", "sobol", "--trials", 3, *FAST, "--study", self.tmp / "s.db",
                                "--quiet", check=5)
        self.assertIn("uses the engine `echo`, which this build of ocrtune does not have", self.one_line(gone))
        shutil.move(self.tmp / "elsewhere", self.engines / "echo")
        self.assertEqual(self.exported("after"), before)

    def test_a_study_names_the_page_that_an_engine_failed_on(self):
        self.make_engine("echo", do=CRASHES_ON_WIDE_PAGES)
        self.pages = self.three_pages()
        self.optimize(2, check=0)
        failures = {page["page"]: page["failure"] for page in self.exported("csv")[1]}
        self.assertEqual(failures, {"first.png": "", "third.png": "", "wide.png": "Echo: ended by signal 6: no more ink"})


class Failures(EngineCase):
    """An engine that fails on a page, or on all."""

    def scored(self, *arguments):
        """The failure of each page; one request for each."""
        done = self.run_command("score", *arguments, "--pipeline", "raw", "--jobs", 1, "--quiet", check=0)
        return {row["page"]: row["failure"] for row in csv.DictReader(done.stdout.splitlines(), delimiter=";")}

    def test_read_gives_the_other_pages_and_names_the_one(self):
        self.make_engine("crashing", do=CRASHES_ON_WIDE_PAGES)
        done = self.run_command("read", *self.three_pages(), "--engine", "crashing", "-o", self.tmp / "out", "--jobs", 1, "--quiet",
                                check=2)
        self.assertIn("wide.png: Crashing: ended by signal 6: no more ink", self.one_line(done))
        self.assertEqual({path.name for path in (self.tmp / "out").iterdir()}, {"first.txt", "third.txt"})

    def test_apply_gives_the_other_pages_and_names_the_one(self):
        self.make_engine("crashing", do=CRASHES_ON_WIDE_PAGES)
        for how in (), ("--vote",):
            with self.subTest(how):
                out = self.tmp / f"out{len(how)}"
                done = self.run_command("apply", *self.three_pages(), "--engine", "crashing", *how, "-o", out, "--jobs", 1, "--quiet",
                                        check=2)
                self.assertIn("wide.png: Crashing: ended by signal 6: no more ink", self.one_line(done))
                self.assertEqual({path.name for path in out.glob("*.txt")}, {"first.txt", "third.txt"})

    def test_a_page_that_fails_with_several_pipelines_leaves_the_others(self):
        """It is one page, however often the engine fails on it."""
        self.make_engine("crashing", do=CRASHES_ON_WIDE_PAGES)
        pipelines = [word for name in ("raw", "standard", "auto", "blur_clahe") for word in ("--pipeline", name)]
        compared = self.run_command("compare", *self.three_pages(), *pipelines, "--engine", "crashing", "--jobs", 1, "--quiet").stdout
        self.assertIn("failed on wide.png: Crashing: ended by signal 6: no more ink", compared)
        self.assertNotIn("third.png", compared)

    def test_score_gives_the_other_pages_and_the_reason(self):
        self.make_engine("crashing", do=CRASHES_ON_WIDE_PAGES)
        self.make_engine("hanging", do=HANGS_ON_WIDE_PAGES, page_seconds=1)
        self.make_engine("refusing", do=REFUSES_WIDE_PAGES)
        pages = self.three_pages()
        for engine, reason in (("crashing", "Crashing: ended by signal 6: no more ink"), ("hanging", "Hanging: did not answer within 1 s"),
                               ("refusing", "Refusing: too wide")):
            with self.subTest(engine):
                self.assertEqual(self.scored(*pages, "--engine", engine), {"first.png": "", "third.png": "", "wide.png": reason})
                self.check_none_is_left(engine)
        self.assertLess(len(self.starts("refusing")), len(self.starts("crashing")), "an error is no reason to start it again")

    def test_what_an_engine_writes_is_limited(self):
        hello = """echo '{"protocol": 1, "version": "1", "languages": ["*"]}'\n"""
        for name, program, reason in (
                ("floods", "read -r request; exec yes | tr -d '\\n'", "wrote a line of more than 16.8 MB"),
                ("mumbles", "while read -r request; do echo done; done", "its answer is not valid: "),
                ("chatters", "while read -r request; do echo '{\"id\": 1, \"lines\": []}'; done", "`id`")):
            with self.subTest(name):
                self.make_engine(name, hello + program)
                # The first page of `chatters` has the id 1.
                failures = self.scored(self.page("a"), self.page("b"), "--engine", name)
                self.assertIn(reason, failures["b.png"])
                self.assertLess(len(failures["b.png"]), 300)

    def test_after_failures_in_a_row_it_is_left_alone(self):
        self.make_engine("crashing", do=CRASHES)
        failures = self.scored(*[self.page(f"p{number:02}") for number in range(24)], "--engine", "crashing")
        self.assertEqual({failure.partition(" (")[0] for failure in failures.values()}, {"Crashing: ended by signal 6: no more ink"})
        self.assertIn("(not started again after 10 failures in a row)", failures["p23.png"])
        # Once for its hello, and ten times for pages.
        self.assertEqual(len(self.starts("crashing")), 11)

    def many_pages(self):
        return [self.page(f"p{number:02}") for number in range(60)]

    def test_read_with_an_engine_that_crashes_every_7th_time(self):
        self.make_engine("seventh", do=CRASHES_EVERY_7TH_TIME)
        pages = self.many_pages()
        done = self.run_command("read", *pages, "--engine", "seventh", "-o", self.tmp / "out", "--jobs", 2, "--quiet", check=2)
        self.check_none_is_left("seventh")
        failed = {path.stem for path in pages if f"{path.name}: " in done.stderr}
        self.assertEqual(len(failed), len(done.stderr.splitlines()))
        # One of 7 of each worker's pages, however they were divided.
        self.assertIn(len(failed), (7, 8))
        read = {path.stem for path in (self.tmp / "out").iterdir()}
        self.assertEqual(read, {path.stem for path in pages} - failed)
        self.assertEqual({path.read_text() for path in (self.tmp / "out").iterdir()}, {TEXT})

    def test_apply_with_an_engine_that_crashes_every_7th_time(self):
        """A page is recognized several times here; the OCR results of the other pipelines are left."""
        self.make_engine("seventh", do=CRASHES_EVERY_7TH_TIME)
        pages = self.many_pages()
        self.run_command("apply", *pages, "--engine", "seventh", "-o", self.tmp / "out", "--jobs", 2, "--quiet", check=0)
        self.check_none_is_left("seventh")
        self.assertGreater(len(self.starts("seventh")), 10)
        self.assertEqual({path.stem for path in (self.tmp / "out").glob("*.txt")}, {path.stem for path in pages})
        self.assertEqual({path.read_text() for path in (self.tmp / "out").glob("*.txt")}, {TEXT})

    def test_none_is_left_when_the_command_ends_early(self):
        for number, status, with_children in (signal.SIGINT, 130, True), (signal.SIGKILL, -signal.SIGKILL, False):
            with self.subTest(number):
                self.make_engine("slow", do=IS_SLOW)
                (self.engines / "slow/started").unlink(missing_ok=True)
                command = subprocess.Popen([OCRTUNE, "read", *self.many_pages(), "--engine", "slow", "-o", self.tmp / "out", "--jobs", "2"],
                                           env={**os.environ, **self.environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                try:
                    limit = time.monotonic() + 30
                    while len(list((self.tmp / "out").glob("*.txt"))) < 2 and time.monotonic() < limit:
                        time.sleep(0.05)
                    command.send_signal(number)
                    self.assertEqual(command.wait(timeout=30), status)
                finally:
                    command.kill()
                    command.wait()
                self.check_none_is_left("slow", with_children)
                shutil.rmtree(self.tmp / "out")


if __name__ == "__main__":
    unittest.main()
