"""The whole way a user goes: tune, look, export, clean, read."""
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess

from PIL import Image

import schemas
from pdf_files import PdfFile
from support import FAST, OCRTUNE, ROOT, ScratchCase, doctor, exported, kept_pages, ocrtune, rows, sample_pages, tiny_pages


class Workflow(ScratchCase):
    def test_tune_to_texts(self):
        pages = sample_pages()
        study, best = self.tmp / "s.db", self.tmp / "best.toml"
        done = ocrtune("tune", pages / "manifest.csv", "--trials", 4, "--study", study, "-o", best, "--json", check=0)
        found = json.loads(done.stdout)
        self.assertEqual(found["points"], 4)
        self.assertEqual(found["pages"], 4)
        self.assertGreaterEqual(found["gain"]["mean"], 0)
        self.assertIn("cer", found["baseline"])
        self.assertEqual(found["recipe_file"], str(best))
        self.assertEqual(found["verdict"]["recipe"], best.read_text())
        self.assertIn("Of 100 characters, about ", found["verdict"]["text"])
        for choice in ("fast", "balanced", "best", "untuned"):
            self.assertIn(f'name = "{choice}"', best.read_text())
        applied = json.loads(ocrtune("apply", pages / "manifest.csv", "--recipe", best, "--choice", "fast", "-o",
                                     self.tmp / "applied", "--json", check=0).stdout)
        self.assertEqual(len(applied["pages"]), len(list(pages.glob("*.png"))) + len(list(pages.glob("*.jpg"))))

        shown = json.loads(ocrtune("show", study, "--json", check=0).stdout)
        self.assertEqual(shown["best"], found["best"])
        self.assertEqual(shown["verdict"], found["verdict"])

        # The same study gives its best pipeline without further trials.
        single = self.tmp / "pipeline.toml"
        again = json.loads(ocrtune("tune", pages / "manifest.csv", "--trials", 4, "--study", study, "-o", single, "--single",
                                   "--no-report", "--json", check=0).stdout)
        self.assertEqual((again["points"], again["pipeline_file"]), (4, str(single)))
        self.assertIn('name = "auto"' if found["best"]["trial"] else 'name = "raw"', single.read_text())

        tables = exported(study, self.tmp / "csv")
        self.assertEqual([row["trial"] for row in tables["trials"]], ["0", "1", "2", "3", "4"])
        self.assertEqual(len(tables["pages"]), 20)
        self.assertEqual(len(tables["timings"]), 20)
        self.assertTrue(all(row["score_tesseract"] for row in tables["pages"]))
        # One of the four points makes noise of the faded receipt.
        failures = {(row["page"], row["failure"].split(":")[0]) for row in tables["pages"] if row["failure"]}
        self.assertLessEqual(failures, {("04-receipt-eng-faded.png", "noise")})
        self.assertEqual({row["layout"] for row in tables["pages"]}, {"prose", "form", "table", "receipt"})

        ocrtune("clean", pages, "--pipeline", single, "-o", self.tmp / "cleaned", check=0)
        cleaned = sorted(path.name for path in (self.tmp / "cleaned").iterdir())
        self.assertEqual(cleaned, sorted(path.stem + ".png" for path in pages.iterdir() if path.suffix in (".png", ".jpg")))

        ocrtune("read", pages / "manifest.csv", "--pipeline", single, "-o", self.tmp / "texts", "--format", "text,tsv", check=0)
        for page in pages.glob("*.png"):
            self.assertTrue((self.tmp / "texts" / f"{page.stem}.txt").read_text(encoding="utf-8"))
            self.assertIn("\tconf\ttext", (self.tmp / "texts" / f"{page.stem}.tsv").read_text(encoding="utf-8"))

    def test_best_toml_scores_as_the_study_says(self):
        pages = sample_pages()
        best = self.tmp / "best.toml"
        found = json.loads(ocrtune("tune", pages, "--trials", 4, "--study", self.tmp / "s.db", "-o", best,
                                   "--single", "--json", "--objective", "cer", check=0).stdout)
        again = json.loads(ocrtune("score", pages, "--pipeline", best, "--json", check=0).stdout)
        self.assertEqual(again[1]["cer"], found["best"]["scores"]["cer"])
        self.assertEqual(again[0]["cer"], found["baseline"]["cer"])

    def without_truth(self, pattern="0[124]-*.png"):
        """All but the noisy page, which takes as long as the others together."""
        folder = self.tmp / "untyped"
        folder.mkdir()
        for page in sample_pages().glob(pattern):
            shutil.copy(page, folder)
        return folder

    def test_tune_without_truth_says_how_far_ocr_results_agree(self):
        pages, study, best = self.without_truth(), self.tmp / "s.db", self.tmp / "best.toml"
        command = ["tune", pages, "--trials", 3, "--hold-out", 1, "--study", study, "-o", best]
        found = json.loads(ocrtune(*command, "--json", check=0).stdout)
        trust = found["ocr_trust"]
        self.assertIsNone(found["trust"])
        self.assertEqual((trust["pages"], trust["held_out"]), (1, True))
        self.assertTrue(0.5 < trust["agreement"] <= 1)
        self.assertAlmostEqual(trust["expected_cer"], 0.03 + 1.05 * (1 - trust["agreement"]))
        # The baseline's agreement is that of its text with what apply makes of the page by vote.
        agreed = [float(row["score_agreement"]) for row in exported(study, self.tmp / "csv")["pages"]]
        self.assertEqual(len(agreed), 4 * (len(list(pages.iterdir())) - 1))
        self.assertTrue(all(0 <= share <= 1 for share in agreed))
        ocrtune("apply", pages, "--vote", "-o", self.tmp / "voted", check=0)
        ocrtune("read", pages, "-o", self.tmp / "read", check=0)
        alike = {page.stem for page in pages.iterdir()
                 if (self.tmp / "voted" / f"{page.stem}.txt").read_text().split() == (self.tmp / "read" / f"{page.stem}.txt").read_text().split()}
        rows_of_baseline = [row for row in exported(study, self.tmp / "csv2")["pages"] if row["trial"] == "0"]
        self.assertEqual({pathlib.Path(row["page"]).stem for row in rows_of_baseline if float(row["score_agreement"]) == 1},
                         alike & {pathlib.Path(row["page"]).stem for row in rows_of_baseline})
        # Gone on with, it compares on; a table of the study's pages has no gap.
        ocrtune(*command[:3], 5, *command[4:], check=0)
        self.assertIn("trust     on 1 page for validation, ", ocrtune("show", study, check=0).stdout)
        self.assertTrue(all(row["score_agreement"] for row in exported(study, self.tmp / "csv3")["pages"]))

    def test_truth_of_one_page_and_agreement_of_the_others_are_tuned_for(self):
        pages, study = self.without_truth(), self.tmp / "s.db"
        typed = sorted(sample_pages().glob("*.gt.txt"))[0]
        shutil.copy(typed, pages)
        command = ["tune", pages, "--hold-out", 0, "--study", study, "-o", self.tmp / "best.toml", "--trials"]
        found = json.loads(ocrtune(*command, 1, "--json", check=0).stdout)
        self.assertEqual(found["objective"], "reference_quality")
        ocrtune(*command, 2, check=0)
        for row in exported(study, self.tmp / "csv")["pages"]:
            has_truth = pathlib.Path(row["page"]).stem == typed.name.removesuffix(".gt.txt")
            self.assertEqual((bool(row["score_cer"]), bool(row["score_agreement"])), (has_truth, not has_truth), row["page"])

    def test_agreement_can_be_tuned_for(self):
        pages, study = self.without_truth(), self.tmp / "s.db"
        ocrtune("optimize", pages, "--objective", "agreement", "--trials", 3, *FAST, "--constraint", "loss(agreement)<=5",
                "--study", study, check=0)
        found = json.loads(ocrtune("show", study, "--json", check=0).stdout)
        self.assertGreaterEqual(found["best"]["scores"]["agreement"], found["baseline"]["agreement"])
        self.assertEqual(found["objective"], "agreement")

    def test_what_comes_next_is_what_the_summary_says(self):
        best, white = self.tmp / "best.toml", self.tmp / "white.toml"
        white.write_text('name = "white"\n[[stage]]\nuse = "binarize_adaptive"\nc = { low = 90, high = 100 }\n')
        command = ["tune", sample_pages(), "--trials", 2, "--hold-out", 0, "-o", best, "--study"]
        none = ocrtune(*command, self.tmp / "none.db", "--single", "--pipeline", white, check=0)
        self.assertIn("No pipeline is better than the originals: use them without preprocessing", none.stdout)
        self.assertIn("next: `ocrtune read CORPUS -o texts/`", none.stderr)
        some = ocrtune(*command, self.tmp / "some.db", check=0)
        self.assertNotIn("use them without preprocessing", some.stdout)
        recommended = f"--recipe {best}" if "What was found is recommended" in some.stdout else "--effort normal"
        self.assertIn(f"next: `ocrtune apply CORPUS {recommended} -o texts/`", some.stderr)

    def test_one_pipeline_for_all_pages(self):
        best = self.tmp / "best.toml"
        command = ["tune", sample_pages(), "--trials", 3, "--hold-out", 1, "--study", self.tmp / "s.db", "-o", best]
        single = ocrtune(*command, "--single", "--json", check=0)
        self.assertIn(f"next: `ocrtune apply CORPUS --pipeline {best} -o texts/`", single.stderr)
        found = json.loads(single.stdout)
        self.assertEqual(found["pipeline_file"], str(best))
        self.assertFalse({"verdict", "recipe_file"} & set(found))
        self.assertNotIn("verdict", json.loads(ocrtune("show", self.tmp / "s.db", "--json", check=0).stdout))
        both = json.loads(ocrtune(*command, "--json", check=0).stdout)
        self.assertEqual(both["best"], found["best"])
        self.assertIn("[[choice]]", best.read_text())
        self.assertEqual(json.loads(ocrtune("show", self.tmp / "s.db", "--json", check=0).stdout)["verdict"], both["verdict"])

    def test_score_takes_points(self):
        page = next(sample_pages().glob("*.png"))
        points = self.tmp / "points.json"
        points.write_text(json.dumps([{"denoise_h": 0, "norm_kernel": 101}, {"denoise_h": 0.0, "line_h_size": 60}]))
        ocrtune("score", page, "--params", points, "--csv", self.tmp / "out.csv", check=0)
        lines = (self.tmp / "out.csv").read_text().splitlines()
        self.assertTrue(lines[0].startswith("trial;page;score_tesseract_delta;score_tesseract;score_sharpness;score_cnr;"))
        self.assertEqual([line.split(";")[:2] for line in lines[1:]], [["1", page.name], ["2", page.name]])

    def test_read_is_what_tesseract_reads(self):
        page = next(sample_pages().glob("04-*.png"))
        ours = ocrtune("read", page, check=0).stdout.split()
        try:
            theirs = subprocess.run(["tesseract", str(page), "-", "--psm", "6", "--oem", "1"], text=True,
                                    capture_output=True, env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin"}, check=True)
        except FileNotFoundError:
            self.skipTest("the tesseract command is not installed")
        self.assertEqual(ours, theirs.stdout.split())

    def test_quiet_is_quiet_and_data_is_on_stdout(self):
        page = next(sample_pages().glob("04-*.png"))
        done = ocrtune("score", page, *FAST, "--quiet", check=0)
        self.assertEqual(done.stderr, "")
        self.assertTrue(done.stdout.startswith("trial;"))

    def test_lists_on_standard_input_and_globs(self):
        pages = sample_pages()
        names = "\n".join(str(path) for path in sorted(pages.glob("0[34]-*.png")))
        done = ocrtune("score", "-", *FAST, "--json", stdin=names + "\n", check=0)
        other = ocrtune("score", str(pages / "0[34]-*.png"), *FAST, "--json", check=0)
        self.assertEqual(json.loads(done.stdout), json.loads(other.stdout))

    def test_names_that_are_not_utf8(self):
        page = next(sample_pages().glob("04-*.png"))
        odd = os.path.join(os.fsencode(self.tmp), b"na\xffme.png")
        with open(odd, "wb") as file:
            file.write(page.read_bytes())
        study = self.tmp / "s.db"
        ocrtune("screen", self.tmp, "--exponent", 0, *FAST, "--study", study, "--json", check=0)
        self.assertEqual(len(exported(study, self.tmp / "csv")["pages"]), 2)
        read = json.loads(ocrtune("read", self.tmp, "--json", check=0).stdout)
        self.assertEqual(read[0]["page"], "na\ufffdme.png")

    def test_example_pipelines_run(self):
        page = next(sample_pages().glob("04-*.png"))
        examples = sorted((ROOT / "examples" / "pipelines").glob("*.toml"))
        self.assertGreaterEqual(len(examples), 2)
        for example in examples:
            with self.subTest(example.name):
                ocrtune("score", page, "--pipeline", example, check=0)
                ocrtune("screen", page, "--pipeline", example, "--exponent", 0, "--study", self.tmp / f"{example.stem}.db", check=0)

    def test_libraries_do_not_talk(self):
        """Tesseract says 'Estimating resolution' and the like on standard error; users never see it."""
        page = next(sample_pages().glob("01-*.png"))
        self.assertEqual(ocrtune("read", page, "--quiet", check=0).stderr, "")
        loud = ocrtune("read", page, "--verbose", check=0)
        self.assertEqual(loud.returncode, 0)


class Timings(ScratchCase):
    PAGES, TRIALS = 4, 3

    def study(self):
        study = self.tmp / "s.db"
        ocrtune("screen", tiny_pages(), "--exponent", 1, *FAST, "--study", study, "--quiet", check=0)
        return study

    def change(self, study, *statements):
        with sqlite3.connect(study) as database:
            for statement in statements:
                database.execute(statement)
        database.close()

    def with_steps(self, study):
        """Steps that are known: 10 ms in the queue, loaded once, 30 ms a stage, 60 ms of recognition."""
        steps = lambda number: [("wait", 10, 0), ("load", 0 if number else 20, 1 if number else 0),
                                *([("remove_lines", 30, 0)] if number else []), ("read", 60, 0)]
        rows = [(number, page, place, *step) for number in range(self.TRIALS) for page in range(self.PAGES)
                for place, step in enumerate(steps(number))]
        with sqlite3.connect(study) as database:
            database.execute("DELETE FROM ocrtune_steps")
            database.executemany("INSERT INTO ocrtune_steps VALUES (?, ?, ?, ?, ?, ?, NULL)", rows)
            # Ten seconds a trial, with an hour between the first and the others.
            database.execute("UPDATE ocrtune_trials SET started_us = 1000000 * (3600 * min(number, 1) + 10 * number), "
                             "finished_us = 1000000 * (3600 * min(number, 1) + 10 * number + 10)")
        database.close()

    def test_steps(self):
        study = self.study()
        self.with_steps(study)
        found = json.loads(ocrtune("timings", study, "--json", check=0).stdout)
        self.assertEqual(set(found), {"study", "trials", "pages", "trials_with_steps", "busy_s", "worker_s", "trials_per_s",
                                      "pages_per_s", "workers_busy", "steps", "columns", "slowest_pages", "estimates", "advice"})
        self.assertEqual((found["trials"], found["pages"], found["trials_with_steps"]), (3, 4, 3))
        self.assertEqual(found["busy_s"], 30)
        self.assertAlmostEqual(found["worker_s"], (12 * 60 + 8 * 30 + 4 * 20) / 1000)
        self.assertAlmostEqual(found["pages_per_s"], 12 / 30)
        self.assertEqual([one["points"] for one in found["estimates"]], [512, 1024, 2048])
        self.assertAlmostEqual(found["estimates"][1]["seconds"], 1024 * 4 * 30 / 12)
        self.assertEqual([step["name"] for step in found["steps"]], ["wait", "load", "remove_lines", "read"])
        wait, load, lines, read = found["steps"]
        self.assertEqual((load["count"], load["cached"], load["mean_ms"]), (12, 8, 20))
        self.assertEqual((lines["count"], lines["cached"], lines["median_ms"], lines["p95_ms"]), (8, 0, 30, 30))
        self.assertIsNone(wait["share"])
        self.assertAlmostEqual(load["share"] + lines["share"] + read["share"], 1)
        self.assertEqual(len(found["slowest_pages"]), 4)

        text = ocrtune("timings", study, "--points", 3000, "--pages", 40, check=0).stdout
        self.assertIn("2 trials and the original on 4 pages, 30 s of evaluation time", text)
        self.assertRegex(text, r"\n  remove_lines +8 +0\.0 % +30\.0 +0\.0 +30\.0 +30\.0 +30\.0 +30\.0 ")
        self.assertTrue(text.endswith("3000 points x 40 pages: about 83 h 20 min at this rate\n"), text)
        self.assertNotIn("earlier ocrtune", text)

        table = self.tmp / "timings.csv"
        ocrtune("timings", study, "--csv", table, check=0)
        written = rows(table)
        self.assertEqual(written, exported(study, self.tmp / "csv")["timings"])
        self.assertEqual([row["remove_lines_ms"] for row in written], [""] * 4 + ["30"] * 8)
        self.assertEqual([row["cached"] for row in written], [""] * 4 + ["load"] * 8)
        self.assertEqual({row["wait_ms"] for row in written}, {"10"})



class Help(ScratchCase):
    def test_repeated_options_take_one_value_each(self):
        page = next(sample_pages().glob("04-*.png"))
        before = ocrtune("score", "--set", "denoise_h=0", "--set", "bin_c=12", page, "--json", check=0)
        after = ocrtune("score", page, "--set", "denoise_h=0", "--set", "bin_c=12", "--json", check=0)
        self.assertEqual(before.stdout, after.stdout)

    def test_stages_and_presets(self):
        stages = json.loads(ocrtune("stages", "--json", check=0).stdout)
        names = [stage["name"] for stage in stages]
        self.assertEqual(len(set(names)), len(names))
        self.assertLessEqual({"deskew", "remove_lines", "denoise_nlm", "binarize_adaptive"}, set(names))
        toml = ocrtune("presets", "standard", check=0).stdout
        mine = self.tmp / "mine.toml"
        mine.write_text(toml)
        page = next(sample_pages().glob("04-*.png"))
        a = ocrtune("score", page, *FAST, "--pipeline", mine, "--json", check=0).stdout
        b = ocrtune("score", page, *FAST, "--pipeline", "standard", "--json", check=0).stdout
        self.assertEqual(a, b)

    def test_doctor(self):
        report = doctor()
        self.assertIn("eng", report["languages"])
        self.assertEqual(report["missing"], [])
        missing = ocrtune("doctor", "--lang", "chr", check=3)
        self.assertIn("language chr is missing: install it: apt install tesseract-ocr-chr", missing.stdout)
        named = ocrtune("doctor", "--lang", "cherokee", check=3)
        self.assertIn("language cherokee is missing: its name is `chr`, of the package tesseract-ocr-chr", named.stdout)

    def test_codecs_are_loaded_where_they_are_used(self):
        """OpenCV's imgcodecs depends on a hundred libraries, whose loading would take most of a short command's time."""
        pages = self.tmp / "scans"
        pages.mkdir()
        for kind in ("png", "jpg", "webp"):
            with Image.open(kept_pages(1)[0]) as page:
                page.crop((0, 0, 400, 300)).save(pages / f"page.{kind}")
        for arguments, loaded in ((["stages"], False), (["read", pages / "page.png"], False), (["read", pages / "page.jpg"], False),
                                  (["read", pages / "page.webp"], True)):
            ocrtune(*arguments, "--quiet", env={"LD_DEBUG": "files", "LD_DEBUG_OUTPUT": str(self.tmp / "loader")}, check=0)
            said = [path.read_text() for path in self.tmp.glob("loader.*")]
            self.assertEqual(any("libopencv_imgcodecs" in text for text in said), loaded, arguments)

    def test_codecs_that_cannot_be_loaded(self):
        libraries = {line.split()[0] for line in subprocess.run(
            ["/sbin/ldconfig", "-p"], text=True, capture_output=True, check=True).stdout.splitlines() if "libopencv_imgcodecs.so" in line}
        for name in libraries:
            (self.tmp / name).write_text("damaged")
        with Image.open(kept_pages(1)[0]) as page:
            page.save(self.tmp / "page.webp")
        done = ocrtune("read", self.tmp / "page.webp", "--quiet", env={"LD_LIBRARY_PATH": str(self.tmp)}, check=3)
        self.assertRegex(done.stderr, r"libopencv_imgcodecs\.so\S*: can't be loaded; install OpenCV's imgcodecs\n")


class Install(ScratchCase):
    def test_find_package(self):
        """The installed library is found, compiled against and run by a project that knows nothing of the source."""
        prefix, consumer = self.tmp / "prefix", self.tmp / "consumer"
        subprocess.run(["cmake", "--install", pathlib.Path(OCRTUNE).parent, "--prefix", prefix], check=True, capture_output=True)
        self.assertTrue((prefix / "share/man/man1/ocrtune.1").exists())
        for name in ("bash-completion/completions/ocrtune", "zsh/vendor-completions/_ocrtune", "fish/vendor_completions.d/ocrtune.fish",
                     "ocrtune/schemas/read.schema.json"):
            self.assertTrue((prefix / "share" / name).exists(), name)
        self.assertEqual(json.loads((prefix / "share/ocrtune/schemas/names.schema.json").read_text()), schemas.names())
        package = next(prefix.rglob("_core.*.so")).parent
        for name in ("workflows.py", "_core.pyi", "__init__.py"):
            self.assertTrue((package / name).exists(), name)
        subprocess.run([prefix / "bin/ocrtune", "--version"], check=True, capture_output=True)
        # What parses PDF files is found where the installation is.
        pdf = PdfFile()
        pdf.add_page("", "/MediaBox [0 0 200 100]")
        subprocess.run([prefix / "bin/ocrtune", "clean", pdf.write(self.tmp / "blank.pdf"), "--pipeline", "raw", "-o", self.tmp / "moved"],
                       check=True, capture_output=True)
        shutil.copytree(ROOT / "examples/library", self.tmp / "sources")
        for command in (["cmake", "-G", "Ninja", "-S", self.tmp / "sources", "-B", consumer, f"-DCMAKE_PREFIX_PATH={prefix}"],
                        ["cmake", "--build", consumer]):
            done = subprocess.run(command, text=True, capture_output=True)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

        def run(program, *arguments):
            done = subprocess.run([consumer / program, *map(str, arguments)], text=True, capture_output=True, cwd=self.tmp)
            self.assertEqual(done.returncode, 0, done.stderr)
            return done

        page = next(sample_pages().glob("01-*.png"))
        self.assertRegex(run("clean_page", page, "cleaned.png").stdout, r"^450 x 600 px, \d+ stages\n$")
        ocrtune("clean", page, "--pipeline", "standard", "-o", self.tmp / "by_command", check=0)
        self.assertEqual((self.tmp / "cleaned.png").read_bytes(), next((self.tmp / "by_command").rglob("*.png")).read_bytes())
        words = [line.split(maxsplit=5)[5] for line in run("read_page", page).stdout.splitlines()[1:]]
        self.assertEqual(words, ocrtune("read", page, "--pipeline", "standard", check=0).stdout.split())
        done = run("tune_folder", tiny_pages(), 3)
        self.assertRegex(done.stdout, r"^best trial \d of 3, gain \+\d+\.\d\d\n$")
        self.assertIn("3/3 points", done.stderr)
        self.assertRegex(run("own_objective", page).stdout, r"^nearest to 6 % of dark pixels: 0\.\d{4}\n$")

    def test_headers(self):
        """What is installed is what ocrtune.h reaches; each header is whole by itself, and needs OpenCV's core at most."""
        include = self.tmp / "include"
        subprocess.run(["cmake", f"-Dsources={ROOT / 'src'}", f"-Ddestination={include}", "-P", ROOT / "cmake/install_headers.cmake"],
                       check=True, capture_output=True)
        headers = sorted(str(path.relative_to(include)) for path in include.rglob("*.h"))
        self.assertIn("ocrtune/workflow/tune.h", headers)
        self.assertNotIn("ocrtune/kernels/nlm/nlm.h", headers)

        def compiled(names):
            source = "".join(f"#include <{name}>\n" for name in names)
            return subprocess.run(["g++", "-std=c++20", "-fsyntax-only", "-I", include, "-isystem", "/usr/include/opencv4", "-x", "c++", "-"],
                                  input=source, text=True, capture_output=True).stderr

        # A source begins with its own header, which is whole if that compiles.
        alone = [name for name in headers if not (ROOT / "src" / name).with_suffix(".cpp").exists()]
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            self.assertEqual([problem for problem in pool.map(compiled, [headers, *([name] for name in alone)]) if problem], [])
        foreign = {line for name in headers for line in re.findall(r"#include <(.*[/.].*)>", (include / name).read_text())}
        self.assertEqual({name.split("/")[0] for name in foreign}, {"opencv2"})

    def test_part_of_another_project(self):
        """A project that takes the sources in gets library and command: no tests, no page, no rule of its own changed."""
        (self.tmp / "CMakeLists.txt").write_text(
            "cmake_minimum_required(VERSION 3.25)\nproject(whole CXX)\n"
            f"add_subdirectory({ROOT} ocrtune)\nadd_executable(whole main.cpp)\ntarget_link_libraries(whole ocrtune::ocrtune)\n"
            'message(STATUS "standard:${CMAKE_CXX_STANDARD} out:${CMAKE_RUNTIME_OUTPUT_DIRECTORY} launcher:${CMAKE_CXX_COMPILER_LAUNCHER}")\n')
        (self.tmp / "main.cpp").write_text('#include <ocrtune/pipeline/presets.h>\nint main() { return ocrtune::all_presets().empty(); }\n')
        build = self.tmp / "build"
        done = subprocess.run(["cmake", "-G", "Ninja", "-S", self.tmp, "-B", build, "-DOCRTUNE_CUDA=OFF"], text=True, capture_output=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("standard: out: launcher:\n", done.stdout)
        targets = subprocess.run(["ninja", "-C", build, "-t", "targets", "all"], text=True, capture_output=True, check=True).stdout
        self.assertIn("\nocrtune_command: phony", targets)
        for absent in ("stages_test", "make_pages", "ocrtune_web"):
            self.assertNotIn(f"\n{absent}: ", targets)
        commands = subprocess.run(["ninja", "-C", build, "-t", "commands", "whole"], text=True, capture_output=True, check=True).stdout
        self.assertNotIn("-Wconversion", commands)
        self.assertNotIn("npm", commands)
