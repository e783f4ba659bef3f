"""Studies on a PostgreSQL server: the same trials as in a file, whatever becomes of the command or the server."""
import os
import random
import signal
import subprocess
import time
import unittest

from postgresql import ServerCase
from support import FAST, OCRTUNE, exported, ocrtune, repetitions, tiny_pages

DESIGN = ["--exponent", "4", *FAST, "--jobs", "2", "--memory", "2G"]


class Postgresql(ServerCase):
    def screen(self, **options):
        return ocrtune("screen", tiny_pages(), *DESIGN, "--study", self.study, **options)

    def started(self):
        return subprocess.Popen([OCRTUNE, "screen", tiny_pages(), *DESIGN, "--study", self.study], stdout=subprocess.DEVNULL,
                                stderr=subprocess.PIPE, text=True)

    def check_whole(self):
        self.check_trials()
        self.assertEqual(self.server.ask("SELECT COUNT(*) FROM trials WHERE state = 'COMPLETE'", self.name), "17")

    def test_a_study_has_the_trials_of_a_file(self):
        done = self.screen(check=0)
        self.assertIn(f"see `ocrtune show '{self.study}'`", done.stderr)
        self.check_whole()
        for command in (["show", self.study], ["timings", self.study], ["report", self.study, "-o", self.tmp / "r.html", "--no-pictures"]):
            ocrtune(*command, check=0)
        self.assertIn(self.name, (self.tmp / "r.html").read_text(encoding="utf-8"))
        again = self.screen(check=0)
        self.assertIn("done already", again.stderr)
        self.assertIn("different seed", ocrtune("screen", tiny_pages(), *DESIGN, "--seed", "5", "--study", self.study, check=5).stderr)

    def test_a_search_may_begin_with_its_best_points(self):
        self.screen(check=0)
        best = ocrtune("optimize", tiny_pages(), *FAST, "--trials", "6", "--enqueue", self.study, "--study", self.server.study("next"), check=0)
        self.assertIn("6 trials", best.stdout + best.stderr)

    def test_a_killed_command_goes_on(self):
        moments = random.Random(4)
        counts = []
        for _ in range(repetitions(20, 1)):
            process = self.started()
            time.sleep(moments.uniform(0.1, 1.2))
            process.kill()
            process.communicate()
            counts.append(self.trials())
        self.assertEqual(counts, sorted(counts), "a finished trial was lost")
        self.screen(check=0)
        self.check_whole()

    def test_a_crashed_server_is_waited_for_and_loses_nothing(self):
        for _ in range(repetitions(20, 1)):
            before = self.trials()
            process = self.started()
            deadline = time.monotonic() + 60
            while time.monotonic() < deadline and process.poll() is None and self.trials() <= before:
                time.sleep(0.05)
            counted = self.trials()
            self.server.stop()
            self.server.start()
            _, talk = process.communicate(timeout=60)
            self.assertEqual(process.returncode, 0, talk)
            self.assertGreaterEqual(self.trials(), counted)
        self.screen(check=0)
        self.check_whole()

    def test_waiting_for_a_server_can_be_ended(self):
        process = self.started()
        while self.trials() == 0 and process.poll() is None:
            time.sleep(0.05)
        self.server.stop()
        try:
            time.sleep(1)
            self.assertIsNone(process.poll())
            begin = time.monotonic()
            process.send_signal(signal.SIGINT)
            _, talk = process.communicate(timeout=60)
            self.assertLess(time.monotonic() - begin, 5)
        finally:
            self.server.start()
        self.assertEqual(process.returncode, 5, talk)
        self.assertIn("the connection to PostgreSQL was lost; finished trials are kept; run the same command again to resume", talk)
        self.screen(check=0)
        self.check_whole()

    def test_one_command_at_a_time_writes(self):
        both = [self.started() for _ in range(2)]
        ends = [process.communicate(timeout=120)[1] for process in both]
        for process, talk in zip(both, ends):
            if process.returncode != 0:
                self.assertEqual(process.returncode, 5, talk)
        self.screen(check=0)
        self.check_whole()

    def test_optuna_sees_the_same_and_can_go_on(self):
        import optuna
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        self.screen(check=0)
        study = optuna.load_study(study_name="ocrtune", storage=self.server.optuna_storage(self.name))
        table = exported(self.study, self.tmp / "csv")["trials"]
        self.assertEqual([trial.value for trial in study.trials], [float(row["score_tesseract"]) for row in table])
        self.assertEqual(study.direction.name, "MAXIMIZE")
        for _ in range(2):
            trial = study.ask()
            study.tell(trial, 1.5)
        self.assertEqual([trial.number for trial in study.trials], list(range(19)))
        self.assertIn("2 trials were added by other programs", ocrtune("show", self.study, check=0).stdout)
        ocrtune("screen", tiny_pages(), "--exponent", "5", *DESIGN[2:], "--study", self.study, check=0)
        self.assertEqual([trial.number for trial in study.trials], list(range(35)))
        self.assertIn("2 trials were added by other programs", ocrtune("show", self.study, check=0).stdout)

    def test_addresses_that_are_refused(self):
        for address, status, line in (
                ("postgresql://anna:secret@/postgres/s", 1, "has a password; passwords belong into the file ~/.pgpass"),
                (f"postgresql:///postgres?host={self.server.folder}", 1, "name the study behind the database"),
                (self.server.study("none"), 5, "no such study"),
                (self.server.study("s").replace("postgres@", "nobody@"), 5, 'role "nobody" does not exist'),
                (self.server.study("s").replace("/postgres/", "/nowhere/"), 5, 'database "nowhere" does not exist'),
                ("postgresql:///postgres/s?host=/nowhere", 5, "no connection to PostgreSQL")):
            done = ocrtune("show", address, check=status)
            self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
            self.assertIn(line, done.stderr)
            self.assertNotIn("secret", done.stderr)

    def test_a_wrong_password_is_told_at_once(self):
        access = self.server.folder / "data" / "pg_hba.conf"
        access.write_text("local all locked scram-sha-256\n" + access.read_text())
        self.server._run("pg_ctl", "reload", "--silent")
        self.server.ask("CREATE ROLE locked SUPERUSER LOGIN PASSWORD 'right'", "public")
        address = self.study.replace("postgres@", "locked@")
        command = ["screen", tiny_pages(), *DESIGN, "--study", address]
        for password, line in (("wrong", 'password authentication failed for user "locked"'), ("", "PostgreSQL asks for a password")):
            # Connecting again would take ten minutes.
            done = ocrtune(*command, check=5, env={**os.environ, "PGPASSWORD": password, "PGPASSFILE": "/nowhere"}, timeout=100)
            self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
            self.assertIn(line, done.stderr)
            self.assertNotIn("wrong", done.stderr)
        ocrtune(*command, check=0, env={**os.environ, "PGPASSWORD": "right"})

    def test_no_message_has_a_password(self):
        secret = "Zq7XvKw"
        for address in (f"postgresql://anna:{secret}@/postgres/s", f"postgresql+psycopg2://anna:{secret}@host/postgres/s",
                        f"postgresql:/anna:{secret}@host/postgres/s", f"postgresql://anna:{secret}host/postgres/s",
                        f"postgresql://host/postgres/s?passwd={secret}", f"postgresql://host/postgres/s?pasword={secret}",
                        f"postgres//anna:{secret}@host/postgres/s"):
            commands = [["show", address], ["export", address, "-o", self.tmp / "csv"], ["timings", address], ["report", address],
                        ["worker", "--study", address], ["screen", tiny_pages(), "--exponent", "0", "--study", address],
                        ["apply", tiny_pages(), "-o", self.tmp / "o", "--journal", address], ["show", "--study", address], [address],
                        ["score", "--jobs", address, tiny_pages()]]
            if "://" in address:
                # What takes files can't take anything with a colon for an address.
                commands += [["score", address], ["serve", address]]
            for command in commands:
                with self.subTest(command=command):
                    done = ocrtune(*command)
                    self.assertNotEqual(done.returncode, 0)
                    self.assertNotIn(secret, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
