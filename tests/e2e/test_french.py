"""In French: every sentence of the program that the web interface shows, and runs of a French browser. What commands say is tested
by tests/cli."""
import json
import re
import sys
import unittest

from serving import Server
from support import ROOT, ScratchCase, ocrtune, tiny_pages

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


def untranslated_lines(text):
    """The lines of a text that has to be French which are English sentences of the catalogue."""
    known, _ = catalogue(CATALOGUE)
    patterns = []
    for sentence, translations in known.items():
        fixed = re.split(r"\{[^{}]*\}", sentence)
        if translations[0] not in ("", sentence) and len(re.findall(r"[a-z]{3,}", " ".join(fixed))) > 1:
            patterns.append(re.compile(".+".join(map(re.escape, fixed))))
    return [line for line in text.splitlines() if any(pattern.fullmatch(line) for pattern in patterns)]


class French(ScratchCase):
    def assert_french(self, text):
        self.assertGreater(len(text.splitlines()), 1)
        self.assertEqual(untranslated_lines(text), [])

    def test_english_sentences_are_found(self):
        said = ocrtune("tune", next(tiny_pages().glob("*.png")), "--trials", 1, "--hold-out", 0, "--no-report", "--study", self.tmp / "s.db",
                       "-o", self.tmp / "best.toml", check=0).stderr
        self.assertGreater(len(untranslated_lines(said)), 1, said)

    def test_runs_of_a_french_browser(self):
        """On a server whose own messages are English."""
        server = Server(self.tmp, tiny_pages(), language="fr-FR")
        self.addCleanup(server.close)
        corpus = server.corpus(tiny_pages())
        run = server.begin("tune", "a.db", corpus, trials=3, hold_out=0)
        server.wait(run, ("done",))
        self.assert_french(server.get(f"/api/runs/{run}/log")["text"])
        run = server.begin("apply", "a.db", corpus, output="texts")
        server.wait(run, ("done",))
        self.assert_french(server.get(f"/api/runs/{run}/log")["text"])

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
