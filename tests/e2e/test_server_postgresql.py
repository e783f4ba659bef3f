"""Studies on a PostgreSQL server in the web interface, and `ocrtune show --follow`."""
import csv
import json
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
import urllib.parse

import schemas
from postgresql import ServerCase
from serving import Server, next_event
from support import FAST, OCRTUNE, ScratchCase, ocrtune, screened_study, tiny_pages

DESIGN = [*FAST, "--jobs", "2", "--memory", "2G", "--engine", "lstm"]


def screening(study, exponent=4, **options):
    return subprocess.Popen([OCRTUNE, "screen", tiny_pages(), "--exponent", str(exponent), *DESIGN, "--study", study, "--quiet"],
                            stdout=subprocess.DEVNULL, **options)


def first_trials(data, count):
    """What two studies with the same first trials have in common."""
    columns = {name: [column[:count] for column in data["trials"][name]] for name in ("values", "page_values")}
    return {**{name: data[name] for name in ("objectives", "parameters", "pages")}, **columns, "number": data["trials"]["number"][:count]}


class ServedStudies(ServerCase):
    def serve(self, *studies, pages=()):
        folder = self.tmp / "work"
        folder.mkdir(exist_ok=True)
        page = Server(folder, *pages, studies=studies)
        self.addCleanup(page.close)
        return page

    def entry(self, page, name, condition=lambda entry: True, seconds=60):
        """The study of that name once its entry fulfils a condition."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = [entry for entry in page.get("/api/studies") if entry["name"] == name and condition(entry)]
            if found:
                return found[0]
            time.sleep(0.05)
        raise AssertionError(page.get("/api/studies"))

    def test_a_study_is_listed_opened_and_followed(self):
        screening(self.study, 1).wait(120)
        (self.tmp / "work").mkdir()
        shutil.copy(screened_study(4, "--engine", "lstm"), self.tmp / "work" / "file.db")
        page = self.serve(self.study)
        entry = self.entry(page, self.name, lambda entry: entry["gain"] is not None or entry["best_number"] == 0)
        place = f"/api/studies/{urllib.parse.quote(entry['id'])}"
        self.assertEqual((entry["trials"], entry["problem"], entry["running"], entry["address"]), (2, None, False, self.study))
        self.assertEqual([one["name"] for one in page.get("/api/studies")], ["file", self.name])
        self.assertEqual(page.get(f"{place}/data")["study"]["name"], self.name)

        connection, stream = page.stream()
        self.addCleanup(connection.close)
        search = screening(self.study, 2)
        trials, running = [], True
        while not trials or trials[-1] < 4 or running:
            name, data = next_event(stream)
            if name == "studies":
                trials.append(data[0]["trials"])
                running = data[0]["running"]
        self.assertEqual(search.wait(60), 0)
        self.assertEqual(trials, sorted(trials))
        self.entry(page, self.name, lambda entry: not entry["running"] and entry["modified_ms"] > 0)
        data = page.get(f"{place}/data")
        self.assertEqual(data["trials"]["number"], [0, 1, 2, 3, 4])
        self.assertEqual(first_trials(data, 5), first_trials(page.get("/api/studies/file/data"), 5))
        self.assertEqual(page.get(f"{place}/trials/3")["params"], page.get("/api/studies/file/trials/3")["params"])
        self.assertIn('filename="%s-trials.csv"' % self.name,
                      page.request("GET", f"{place}/export/trials.csv", check=200).headers["Content-Disposition"])

        # The pages are elsewhere.
        self.assertIn("can't be shown here", page.get(f"{place}/corpus", check=404)["error"])
        report = page.request("GET", f"{place}/export/report.html", check=200).body.decode()
        self.assertRegex(report, "outside the folders of this server|nothing differs from the originals")
        # Nothing else can be opened, however it is named; and a run does not take its name.
        token = entry["id"].partition("@")[2]
        for other in (f"other@{token}", f"@{token}", self.study, f"{self.name}@00000000", f"../{entry['id']}"):
            answer = page.request("GET", f"/api/studies/{urllib.parse.quote(other, safe='')}/data")
            self.assertIn(answer.status, (400, 404), other)
        corpus = page.post("/api/corpora", {"inputs": [str(self.tmp / "work")], "lang": "eng"})["id"]
        self.assertIn("is on a PostgreSQL server", page.post("/api/runs", {
            "method": "tune", "study": entry["id"] + ".db", "corpus": corpus, "pipeline": None, "options": {}}, 400)["error"])

    def test_a_database_is_listed_and_may_be_away(self):
        screening(self.study, 1).wait(120)
        shutil.copytree(screened_study(4, "--engine", "lstm").parent, self.tmp / "work")
        page = self.serve(f"postgresql://postgres@/postgres?host={self.server.folder}", "postgresql:///ocr/gone?host=/nowhere",
                          pages=[tiny_pages()])
        entry = self.entry(page, self.name, lambda entry: entry["trials"] == 2)
        self.entry(page, "gone", lambda entry: "no connection to PostgreSQL" in entry["problem"])
        place = f"/api/studies/{urllib.parse.quote(entry['id'])}"
        self.assertEqual(len(page.get(f"{place}/data")["pages"]), 4)
        self.assertIn("id", page.get(f"{place}/corpus"))
        self.server.stop()
        try:
            away = self.entry(page, "", lambda entry: entry["problem"])
            self.assertEqual(len(away["problem"].splitlines()), 1)
            self.assertEqual([one["name"] for one in page.get("/api/studies")], ["s", "", "gone"])
            begin = time.monotonic()
            self.assertIn("no connection to PostgreSQL", page.get(f"{place}/data", check=409)["error"])
            self.assertLess(time.monotonic() - begin, 5)
        finally:
            self.server.start()
        self.entry(page, self.name)
        page.get(f"{place}/data")
        # One that is deleted is gone.
        self.server.ask(f"SELECT 1; DROP SCHEMA {self.name} CASCADE", self.name)
        deadline = time.monotonic() + 60
        while page.request("GET", f"{place}/data").status != 404:
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.05)

    def test_show_follows_a_search_to_its_end(self):
        check_following(self, self.study)
        # Shells complete its name.
        place = "postgresql://postgres@/postgres/"
        done = ocrtune("complete", "--", "show", place, env={"PGHOST": str(self.server.folder)}, check=0)
        self.assertIn(place + urllib.parse.urlsplit(self.study).path.rsplit("/")[-1], done.stdout.splitlines())
        # Whether a command is working on it cannot be seen any more.
        self.server.ask("SELECT 1; ALTER TABLE ocrtune_reference_results RENAME TO other_results", self.name)
        self.assertIn("ocrtune_reference_results", ocrtune("show", self.study, "--follow", check=5).stderr)

    def test_addresses_that_are_refused(self):
        for address, line in (("postgresql://anna:secret@/postgres", "has a password"), ("scans.db", "is not an address"),
                              ("postgresql://anna@db", "name the study behind the database")):
            done = ocrtune("serve", self.tmp, "--study", address, "--no-open", check=1)
            self.assertIn(line, done.stderr)
            self.assertNotIn("secret", done.stderr)


def begun(study):
    """A screening that has a trial."""
    search = screening(study, 2)
    while ocrtune("show", study).returncode != 0:
        assert search.poll() is None
        time.sleep(0.05)
    return search


def followed(study, *options):
    return subprocess.Popen([OCRTUNE, "show", study, "--follow", *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def check_following(case, study):
    """`show --follow` prints each trial of a search until it ends; without a search, what is there."""
    search = begun(study)
    follow = followed(study, "--json")
    out, talk = follow.communicate(timeout=120)
    case.assertEqual(follow.returncode, 0, talk)
    case.assertEqual(search.wait(60), 0)
    schemas.check_output(["show", study, "--follow"], 0, out)
    trials = [json.loads(line) for line in out.splitlines()]
    case.assertEqual([trial["number"] for trial in trials], list(range(5)))
    best = json.loads(ocrtune("show", study, "--json", check=0).stdout)["best"]["trial"]
    case.assertEqual(trials[-1]["best_number"], best)
    done = ocrtune("show", study, "--follow", "--quiet", check=0)
    lines = done.stdout.splitlines()
    case.assertEqual(len(lines), 5)
    with tempfile.TemporaryDirectory() as folder:
        ocrtune("export", study, "-o", folder, "--quiet", check=0)
        with open(pathlib.Path(folder) / "trials.csv", encoding="utf-8") as file:
            table = {int(row["trial"]): row for row in csv.DictReader(file, delimiter=";")}
    for trial, line in zip(trials, lines):
        row = table[trial["number"]]
        case.assertEqual(trial["scores"], {name: float(row[f"score_{column}"]) for name, column in (
            ("confidence", "tesseract"), ("sharpness", "sharpness"), ("contrast", "contrast"), ("cnr", "cnr"))})
        case.assertAlmostEqual(trial["delta"], float(row["score_tesseract_delta"]))
        for name, value in trial["params"].items():
            case.assertEqual(value, float(row[name]))
            case.assertIn(f" {name}={value:.4g}", line)
        case.assertIn(f"sharpness {trial['scores']['sharpness']:.2f}", line)
        if trial["number"] > 0:
            case.assertIn(f"({trial['delta']:+.2f})", line)
            case.assertGreater(len(trial["params"]), 3)
        # The best so far, with its parameters if it is another one.
        best = trials[trial["best_number"]]
        case.assertEqual(trial["best_params"], best["params"])
        case.assertTrue(line.endswith(", the best so far") if best is trial else f" (trial {best['number']}" in line, line)
    case.assertEqual(done.stderr, "")


class FollowingAFile(ScratchCase):
    def test_show_follows_a_search_to_its_end(self):
        check_following(self, str(self.tmp / "s.db"))

    def test_it_can_be_interrupted(self):
        study = str(self.tmp / "s.db")
        search = begun(study)
        search.send_signal(signal.SIGSTOP)
        try:
            follow = followed(study)
            self.assertIn("trial 0: ", follow.stdout.readline())
            follow.send_signal(signal.SIGINT)
            follow.communicate(timeout=30)
            self.assertEqual(follow.returncode, 130)
        finally:
            search.kill()
            search.wait()
        # A killed search has ended, too.
        ocrtune("show", study, "--follow", timeout=30, check=0)


if __name__ == "__main__":
    unittest.main()
