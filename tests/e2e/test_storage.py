"""Full disks, damaged studies and folders without permission: one clear line, and what was finished is kept."""
import contextlib
import os
import pathlib
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import time

from serving import Server
from support import BUILD, FAST, OCRTUNE, ScratchCase, ocrtune, tiny_pages

# What no user should see: exceptions, assertions, library chatter.
UNSEEMLY = re.compile(r"terminate|what\(\)|OpenCV\(|std::|Assertion|libpng|Traceback|error of the program itself")


BUSY = r"^ocrtune: \S*s\.db: another ocrtune is working on this study; .*\n$"


def change(study, script):
    """Runs statements on a study as another program would."""
    with sqlite3.connect(study) as database:
        database.executescript(script)
    database.close()


class Storage(ScratchCase):
    def started(self, study, exponent=5):
        process = subprocess.Popen([OCRTUNE, "screen", tiny_pages(), "--exponent", str(exponent), *FAST, "--study", study, "--quiet"],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        self.addCleanup(process.stderr.close)
        return process

    def working(self, study, exponent=5):
        """A search that has written a trial just now."""
        def trials():
            try:
                with contextlib.closing(sqlite3.connect(f"file:{study}?mode=ro", uri=True)) as database:
                    return database.execute("SELECT COUNT(*) FROM ocrtune_trials").fetchone()[0]
            except sqlite3.Error:
                return 0
        before = trials()
        process = self.started(study, exponent)
        while trials() == before and process.poll() is None:
            time.sleep(0.02)
        self.assertIsNone(process.poll(), "the search was over at once")
        return process

    def screen(self, study, exponent=1, **options):
        pages = tiny_pages()
        return subprocess.run([OCRTUNE, "screen", pages, "--exponent", str(exponent), *FAST, "--study", study, "--quiet"],
                              text=True, capture_output=True, **options)

    def check_refused(self, done, message):
        self.assertEqual(done.returncode, 5, done.stderr)
        self.assertRegex(done.stderr, message)
        self.assertIsNone(UNSEEMLY.search(done.stderr), done.stderr)

    def check_goes_on(self, study):
        """What was finished before the trouble is kept, and the same command comes to its end."""
        with sqlite3.connect(study) as database:
            self.assertEqual(database.execute("PRAGMA integrity_check").fetchone()[0], "ok")
        database.close()
        done = self.screen(study, 4)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_file_size_limit(self):
        study = self.tmp / "s.db"
        limit = 400_000
        done = self.screen(study, 4, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
        self.check_refused(done, "finished trials are kept; run the same command again to resume")
        self.check_goes_on(study)

    def test_full_disk(self):
        disk = self.tmp / "disk"
        disk.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", disk], capture_output=True)
        if mounted.returncode != 0:
            self.skipTest("a small disk can't be mounted here")
        self.addCleanup(subprocess.run, ["umount", disk])
        done = self.screen(disk / "s.db", 4)
        self.check_refused(done, "disk is full|can't be read or written")
        subprocess.run(["mount", "-o", "remount,size=30m", disk], check=True)
        self.check_goes_on(disk / "s.db")

    def test_outputs_on_a_full_disk(self):
        page = next(tiny_pages().glob("04-*.png"))
        with open("/dev/full", "w") as full:
            done = subprocess.run([OCRTUNE, "score", page, *FAST, "--quiet"], stdout=full, stderr=subprocess.PIPE, text=True)
        self.check_refused(done, "standard output can't be written")
        done = ocrtune("score", page, *FAST, "--csv", "/dev/full", "--quiet")
        self.check_refused(done, "/dev/full: can't be written: No space left on device")

    def test_read_only_folder(self):
        """As a user who may not write there."""
        if os.getuid() == 0 and shutil.which("setpriv") is None:
            self.skipTest("setpriv is missing")
        open_to_all = pathlib.Path(self.tmp)
        open_to_all.chmod(0o755)
        tiny_pages().chmod(0o755)
        command = open_to_all / "ocrtune"
        # The build's folder may be closed to others, too.
        for built in (OCRTUNE, *(BUILD / "src" / "ocrtune").glob("libocrtune.so*")):
            shutil.copy(built, open_to_all)
        study = open_to_all / "readonly" / "s.db"
        study.parent.mkdir(mode=0o755)
        self.assertEqual(self.screen(study).returncode, 0)
        for path in (study, study.parent):
            path.chmod(0o555 if path.is_dir() else 0o444)
        nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.getuid() == 0 else []
        run = lambda *arguments: subprocess.run([*nobody, command, *map(str, arguments)], text=True, capture_output=True, cwd="/",
                                                env={**os.environ, "LD_LIBRARY_PATH": str(open_to_all)})
        looked = run("show", study)
        self.assertEqual(looked.returncode, 0, looked.stderr)
        self.check_refused(run("screen", tiny_pages(), "--exponent", 2, *FAST, "--study", study, "--quiet"), "read-only|can't be")
        self.check_refused(run("screen", tiny_pages(), "--exponent", 0, *FAST, "--study", study.parent / "new.db", "--quiet"),
                           "can't be opened: folder missing or permission denied")
        self.check_refused(run("export", study, "-o", study.parent / "csv"), "the folder cannot be created: Permission denied")
        self.assertEqual(sorted(path.name for path in study.parent.iterdir()), ["s.db"])

    def test_damaged_studies(self):
        study = self.tmp / "s.db"
        self.assertEqual(self.screen(study).returncode, 0)
        whole = study.read_bytes()
        for share in (0.01, 0.3, 0.6, 0.9):
            damaged = self.tmp / f"{share}.db"
            damaged.write_bytes(whole[:int(len(whole) * share)])
            done = ocrtune("show", damaged)
            self.check_refused(done, "is damaged|is not a study of ocrtune|is not a SQLite database|another program")
        newer = self.tmp / "newer.db"
        newer.write_bytes(whole)
        with sqlite3.connect(newer) as database:
            database.execute("UPDATE ocrtune_study SET format = 99")
        database.close()
        self.check_refused(ocrtune("show", newer), "was written by a newer version of ocrtune")

    def endless(self):
        """A study whose trials are a view without end."""
        study = self.tmp / "folder" / "endless.db"
        study.parent.mkdir()
        self.assertEqual(self.screen(study).returncode, 0)
        change(study, """ALTER TABLE ocrtune_trials RENAME TO t; CREATE VIEW ocrtune_trials AS WITH RECURSIVE r(n) AS
            (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n AS id, n AS number, 'complete' AS state, 1 AS started_us,
            2 AS finished_us, 1 AS optuna_id FROM r""")
        return study

    def test_studies_without_end(self):
        """Each command that opens one refuses it, with its name."""
        study = self.endless()
        pages, out = tiny_pages(), self.tmp / "out"
        for command in (["show", study], ["show", study, "--follow"], ["timings", study], ["export", study, "-o", out],
                        ["report", study, "-o", self.tmp / "report.html"], ["screen", pages, *FAST, "--exponent", 1, "--study", study],
                        ["optimize", pages, "--trials", 1, "--enqueue", study, "--study", self.tmp / "new.db"],
                        ["tune", pages, "--study", study, "-o", self.tmp / "best.toml"]):
            with self.subTest(command=command[0]):
                done = subprocess.run([OCRTUNE, *map(str, command)], text=True, capture_output=True, timeout=60,
                                      preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (30, 30)))
                self.check_refused(done, r"endless\.db: is not a study of ocrtune: `ocrtune_trials` is a view, not a table")

    def test_a_server_beside_a_study_without_end(self):
        study = self.endless()
        deep = study.with_name("deep.db")
        self.assertEqual(self.screen(deep).returncode, 0)
        change(deep, "UPDATE ocrtune_study SET pipeline = replace(hex(zeroblob(45000)), '00', 'a.') || 'a = 1'")
        server = Server(study.parent)
        try:
            for _ in range(2):
                found = {entry["id"]: entry["problem"] for entry in server.get("/api/studies")}
                self.assertIn("`ocrtune_trials` is a view", found["endless"])
                self.assertIn("is nested more than 32 deep", found["deep"])
            wrong = server.request("POST", "/api/pipelines/parse", {"toml": "a." * 45_000 + "a = 1"})
            self.assertEqual(wrong.status, 400)
            self.assertIn("is nested more than 32 deep", wrong.json["error"])
        finally:
            server.process.send_signal(signal.SIGTERM)
            self.assertEqual(server.process.wait(30), 0)
            server.close()

    def test_two_at_once(self):
        """Two screenings of one study: one of them stops with a line, nothing is written twice."""
        study = self.tmp / "s.db"
        self.assertEqual(self.screen(study, 0).returncode, 0)
        start = [subprocess.Popen([OCRTUNE, "screen", tiny_pages(), "--exponent", "3", *FAST, "--study", study, "--quiet"],
                                  stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) for _ in range(2)]
        talks = [process.communicate(timeout=120)[1] for process in start]
        statuses = sorted(process.returncode for process in start)
        self.assertEqual(statuses, [0, 5], talks)
        self.assertRegex("".join(talks), BUSY)
        self.check_goes_on(study)

    def test_first_starts_at_once(self):
        """Of processes that would create one study, one does."""
        study = self.tmp / "s.db"
        started = [self.started(study) for _ in range(4)]
        talks = [process.communicate(timeout=180)[1] for process in started]
        self.assertEqual(sorted(process.returncode for process in started), [0, 5, 5, 5], talks)
        for process, talk in zip(started, talks):
            self.assertRegex(talk, "^$" if process.returncode == 0 else BUSY)
        self.assertEqual([path.name for path in self.tmp.iterdir()], ["s.db"])
        self.check_goes_on(study)

    def test_a_study_in_use_is_refused_at_once(self):
        study = self.tmp / "s.db"
        running = self.working(study)
        for _ in range(2):
            done = self.screen(study, 5)
            self.check_refused(done, BUSY)
        self.assertIsNone(running.poll(), "the search was over before the second one began")
        self.assertEqual(running.communicate(timeout=180)[1], "")
        self.assertEqual(running.returncode, 0)
        # What a killed process leaves is no lock.
        running = self.working(study, 6)
        running.kill()
        running.communicate()
        self.assertTrue((self.tmp / "s.db-lock").exists())
        self.assertEqual(self.screen(study, 6).returncode, 0)
        self.assertFalse((self.tmp / "s.db-lock").exists())

    def test_a_study_that_is_deleted_ends_its_search(self):
        study = self.tmp / "s.db"
        running = self.working(study)
        for path in self.tmp.iterdir():
            path.unlink()
        talk = running.communicate(timeout=180)[1]
        self.assertEqual(running.returncode, 5, talk)
        self.assertRegex(talk, r"^ocrtune: \S*s\.db: was deleted, moved or replaced while it was in use\n$")
        self.assertFalse(study.exists())
