"""In French: every sentence of the program that the web interface shows, and what the command says with LANG=fr_FR.UTF-8."""
import json
import re
import sys
import unittest

import bad_inputs

from serving import Server
from support import ROOT, ScratchCase, kept_pages, ocrtune, tiny_pages

sys.path.insert(0, str(ROOT / "scripts"))
from check_translations import CATALOGUE, catalogue  # noqa: E402

ENGINES = "OCR engine: {}; auto uses the first of {} that supports the language and passes its self-check"


def shown_sentences(server):
    """What the web interface shows of the program's JSON, with where it is from."""
    stages = server.get("/api/stages") + [dict(server.get("/api/ocr"), name="ocr")]
    for stage in stages:
        yield f"stage {stage['name']}", stage["summary"]
        for parameter in stage["parameters"]:
            yield f"{stage['name']}.{parameter['name']}", parameter["help"]
            yield f"{stage['name']}.{parameter['name']}", parameter["unit"]
    for preset in server.get("/api/presets"):
        yield f"preset {preset['name']}", preset["description"]
    for sampler in server.get("/api/samplers"):
        for field in ("summary", "good_for", "cost"):
            yield f"sampler {sampler['name']}", sampler[field]
    for pruner in json.loads(ocrtune("samplers", "--json", check=0).stdout)["pruners"]:
        for field in ("summary", "good_for"):
            yield f"pruner {pruner['name']}", pruner[field]
    for method in server.get("/api/methods"):
        for option in method["options"]:
            # The help of engines is put together from those that are installed.
            yield f"{method['name']} {option['option']}", ENGINES if option["help"].startswith("OCR engine: ") else option["help"]
            # A name or a number is the same in every language.
            if " " in option["usual"]:
                yield f"{method['name']} {option['option']}", option["usual"]
    for score in server.get("/api/objectives"):
        yield f"score {score['name']}", score["unit"]


COMMANDS = ("tune", "screen", "optimize", "score", "compare", "evaluate", "read", "apply", "clean", "show", "report", "serve", "export", "import",
            "timings", "stages", "samplers", "presets", "doctor")
# Words that no French sentence has, nor a name of ours.
ENGLISH = re.compile(r"\b(the|with|without|is|are|was|were|and|not|of|this|that|has|have|cannot|can't|isn't|doesn't|must|be|for|from|than|"
                     r"which|each|every|all|only|search(?:es|ed)|number of|file is|written|read in|pages? (?:per|were|was)|"
                     r"gain of|worse|better|missing|unknown|available|allowed|Warning|Subcommands|to|report(?= *:))\b")
# Names, examples, and quotations: in backticks, of paths, in brackets of choices, the names of scores.
NAMES = re.compile(r"`[^`]*`|l’une des valeurs [^;]*|\S*[/=_]\S*|\S+\.\w{2,5}\b|--?[\w-]+|\{[^}]*\}|\bwords>\S+|\bwords\b(?= +\d)")


def french(*arguments, check=0, **options):
    """The command as it runs for French users: no locale of the system is needed."""
    return ocrtune(*arguments, check=check, env={"LANGUAGE": "", "LC_ALL": "", "LC_MESSAGES": "", "LANG": "fr_FR.UTF-8"}, **options)


def english_lines(text):
    return [line for line in text.splitlines() if not line.startswith("  ocrtune ") and ENGLISH.search(NAMES.sub(" ", line))]


class French(ScratchCase):
    def assert_french(self, text, about):
        self.assertEqual(english_lines(text), [], about)

    def test_help(self):
        for command in ((), *((name,) for name in COMMANDS)):
            help_text = french(*command, "--help").stdout
            self.assert_french(help_text, command)
            self.assertNotEqual(help_text, ocrtune(*command, "--help", check=0).stdout)

    def test_lists(self):
        for command in ("stages", "samplers", "presets"):
            self.assert_french(french(command).stdout, command)

    def test_bad_inputs(self):
        """The cases of the documented table."""
        wrong = []
        for number, case in enumerate(bad_inputs.CASES):
            folder = self.tmp / str(number)
            (folder / "out").mkdir(parents=True)
            done = french(*case.arguments(folder), check=case.status, stdin="", timeout=60)
            complaints = [line for line in done.stderr.splitlines() if line.startswith("ocrtune: ")]
            wrong += [f"{case.name}: {line}" for line in english_lines("\n".join(complaints))]
        self.assertEqual(wrong, [])

    def test_main_job(self):
        """The commands of demo.sh and those that look at their results."""
        study, best = self.tmp / "s.db", self.tmp / "best.toml"
        pages = kept_pages(1, 4, 9, 12)
        jobs = [
            ["tune", *pages, "--trials", 6, "--hold-out", 1, "--study", study, "-o", best, "--no-report"],
            ["show", study], ["timings", study], ["export", study, "-o", self.tmp / "csv"],
            ["clean", *pages, "--pipeline", best, "-o", self.tmp / "cleaned"],
            ["apply", *pages, "--pipeline", "raw", "--pipeline", "standard", "-o", self.tmp / "texts"],
            ["compare", *pages[:2], "--pipeline", "raw", "--pipeline", "standard"],
            ["evaluate", self.tmp / "texts", "--truth", ROOT / "examples" / "sample_pages"],
            ["score", pages[0], "--pipeline", "raw"],
            ["doctor"],
        ]
        for job in jobs:
            done = french(*job, timeout=600)
            self.assert_french(done.stdout + done.stderr, job[0])
            self.assertTrue(done.stdout or done.stderr, job[0])

    def test_runs_of_a_french_browser(self):
        """On a server whose own messages are English."""
        server = Server(self.tmp, tiny_pages(), language="fr-FR")
        self.addCleanup(server.close)
        corpus = server.corpus(tiny_pages())
        run = server.begin("tune", "a.db", corpus, trials=3, hold_out=0)
        server.wait(run, ("done",))
        self.assert_french(server.get(f"/api/runs/{run}/log")["text"], "tune")
        run = server.begin("apply", "a.db", corpus, output="texts")
        server.wait(run, ("done",))
        self.assert_french(server.get(f"/api/runs/{run}/log")["text"], "apply")

    def test_what_the_web_interface_shows_is_translated(self):
        known, _ = catalogue(CATALOGUE)
        server = Server(self.tmp)
        try:
            shown = list(shown_sentences(server))
        finally:
            server.close()
        self.assertGreater(len(shown), 200)
        missing = [f"{where}: {sentence}" for where, sentence in shown if sentence and not known.get(sentence, [""])[0]]
        self.assertEqual(missing, [], "po/fr.po lacks these")


if __name__ == "__main__":
    unittest.main()
