"""The whole way a user goes: tune, look, export, clean, read."""
import json
import os
import pathlib
import subprocess

from support import FAST, OCRTUNE, ROOT, ScratchCase, exported, ocrtune, sample_pages


class Workflow(ScratchCase):
    def test_tune_to_texts(self):
        pages = sample_pages()
        study, best = self.tmp / "s.db", self.tmp / "best.toml"
        done = ocrtune("tune", pages / "manifest.csv", "--exponent", 2, *FAST, "--study", study, "-o", best, "--json", check=0)
        found = json.loads(done.stdout)
        self.assertEqual(found["points"], 4)
        self.assertEqual(found["pages"], 4)
        self.assertGreaterEqual(found["gain"]["mean"], 0)
        self.assertIn("cer", found["baseline"])
        self.assertIn('use = "remove_lines"' if found["best"]["point_id"] else 'name = "raw"', best.read_text())

        shown = json.loads(ocrtune("show", study, "--json", check=0).stdout)
        self.assertEqual(shown["best"], found["best"])

        tables = exported(study, self.tmp / "csv")
        self.assertEqual([row["point_id"] for row in tables["trials"]], ["0", "1", "2", "3", "4"])
        self.assertEqual(len(tables["pages"]), 20)
        self.assertEqual(len(tables["timings"]), 20)
        self.assertTrue(all(row["score_tesseract"] and not row["failure"] for row in tables["pages"]))
        self.assertEqual({row["layout"] for row in tables["pages"]}, {"prose", "form", "table", "receipt"})

        ocrtune("clean", pages, "--pipeline", best, "-o", self.tmp / "cleaned", check=0)
        cleaned = sorted(path.name for path in (self.tmp / "cleaned").iterdir())
        self.assertEqual(cleaned, sorted(path.stem + ".png" for path in pages.iterdir() if path.suffix in (".png", ".jpg")))

        ocrtune("read", pages / "manifest.csv", "--pipeline", best, "-o", self.tmp / "texts", "--format", "text,tsv", check=0)
        for page in pages.glob("*.png"):
            self.assertTrue((self.tmp / "texts" / f"{page.stem}.txt").read_text(encoding="utf-8"))
            self.assertIn("\tconf\ttext", (self.tmp / "texts" / f"{page.stem}.tsv").read_text(encoding="utf-8"))

    def test_best_toml_scores_as_the_study_says(self):
        pages = sample_pages()
        best = self.tmp / "best.toml"
        found = json.loads(ocrtune("tune", pages, "--exponent", 2, *FAST, "--study", self.tmp / "s.db", "-o", best,
                                   "--json", "--objective", "cer", check=0).stdout)
        again = json.loads(ocrtune("score", pages, "--pipeline", best, "--json", check=0).stdout)
        self.assertEqual(again[1]["cer"], found["best"]["scores"]["cer"])
        self.assertEqual(again[0]["cer"], found["baseline"]["cer"])

    def test_score_takes_points(self):
        page = next(sample_pages().glob("*.png"))
        points = self.tmp / "points.json"
        points.write_text(json.dumps([{"denoise_h": 0, "norm_kernel": 101}, {"denoise_h": 0.0, "line_h_size": 60}]))
        ocrtune("score", page, "--params", points, "--csv", self.tmp / "out.csv", check=0)
        lines = (self.tmp / "out.csv").read_text().splitlines()
        self.assertTrue(lines[0].startswith("point_id;page;score_tesseract_delta;score_tesseract;score_sharpness;score_cnr;"))
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
        self.assertTrue(done.stdout.startswith("point_id;"))

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


class Help(ScratchCase):
    COMMANDS = ["tune", "screen", "score", "read", "clean", "show", "export", "stages", "presets", "doctor", "completion"]

    def test_every_command_has_help_with_examples(self):
        for command in self.COMMANDS:
            text = ocrtune(command, "--help", check=0).stdout
            self.assertIn(f"  ocrtune {command}" if command != "completion" else "ocrtune completion", text)
            self.assertIn("--json", text)

    def test_repeated_options_take_one_value_each(self):
        page = next(sample_pages().glob("04-*.png"))
        before = ocrtune("score", "--set", "denoise_h=0", "--set", "bin_c=12", page, "--json", check=0)
        after = ocrtune("score", page, "--set", "denoise_h=0", "--set", "bin_c=12", "--json", check=0)
        self.assertEqual(before.stdout, after.stdout)

    def test_stages_and_presets(self):
        stages = json.loads(ocrtune("stages", "--json", check=0).stdout)
        self.assertEqual(len(stages), 8)
        toml = ocrtune("presets", "standard", check=0).stdout
        mine = self.tmp / "mine.toml"
        mine.write_text(toml)
        page = next(sample_pages().glob("04-*.png"))
        a = ocrtune("score", page, *FAST, "--pipeline", mine, "--json", check=0).stdout
        b = ocrtune("score", page, *FAST, "--pipeline", "standard", "--json", check=0).stdout
        self.assertEqual(a, b)

    def test_doctor(self):
        report = json.loads(ocrtune("doctor", "--json", check=0).stdout)
        self.assertIn("eng", report["languages"])
        self.assertEqual(report["missing"], [])
        missing = ocrtune("doctor", "--lang", "tlh", check=3)
        self.assertIn("apt install tesseract-ocr-tlh", missing.stdout)

    def test_man_page_and_completion_know_every_command(self):
        man = ocrtune("man", check=0).stdout
        script = ocrtune("completion", "bash", check=0).stdout
        for command in self.COMMANDS:
            self.assertIn(f'.SS "ocrtune {command}"', man)
            self.assertIn(f"    {command}) words=", script)
        probe = script + '\nCOMP_WORDS=(ocrtune sc); COMP_CWORD=1; _ocrtune; echo "${COMPREPLY[@]}"\n' \
            'COMP_WORDS=(ocrtune screen --exp); COMP_CWORD=2; _ocrtune; echo "${COMPREPLY[@]}"\n'
        out = subprocess.run(["bash", "-c", probe], text=True, capture_output=True, check=True).stdout
        self.assertEqual(out.splitlines(), ["screen score", "--exponent"])

    def test_version(self):
        self.assertRegex(ocrtune("--version", check=0).stdout, r"^ocrtune \d+\.\d+\.\d+\n$")


class Install(ScratchCase):
    def test_find_package(self):
        """The installed library is found, compiled against and run by a project that knows nothing of the source."""
        prefix, consumer = self.tmp / "prefix", self.tmp / "consumer"
        subprocess.run(["cmake", "--install", pathlib.Path(OCRTUNE).parent, "--prefix", prefix], check=True, capture_output=True)
        self.assertTrue((prefix / "share/man/man1/ocrtune.1").exists())
        self.assertTrue((prefix / "share/bash-completion/completions/ocrtune").exists())
        subprocess.run([prefix / "bin/ocrtune", "--version"], check=True, capture_output=True)
        consumer.mkdir()
        (consumer / "CMakeLists.txt").write_text(
            "cmake_minimum_required(VERSION 3.25)\nproject(consumer CXX)\nset(CMAKE_CXX_STANDARD 20)\n"
            "find_package(ocrtune 0.1 REQUIRED)\nadd_executable(consumer main.cpp)\n"
            "target_link_libraries(consumer ocrtune::ocrtune)\n")
        (consumer / "main.cpp").write_text(
            '#include <ocrtune/pipeline/presets.h>\n#include <cstdio>\n'
            'int main() { std::printf("%zu\\n", ocrtune::load_pipeline("standard").space().size()); }\n')
        for command in (["cmake", "-G", "Ninja", "-S", consumer, "-B", consumer / "build", f"-DCMAKE_PREFIX_PATH={prefix}"],
                        ["cmake", "--build", consumer / "build"]):
            done = subprocess.run(command, text=True, capture_output=True)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        out = subprocess.run([consumer / "build/consumer"], text=True, capture_output=True, check=True).stdout
        self.assertEqual(out, "7\n")
