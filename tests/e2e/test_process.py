"""What a process of the command takes over from whoever starts it: signals, standard descriptors, a full device."""
import signal
import subprocess
import unittest

from serving import Server
from support import OCRTUNE, ScratchCase, ocrtune, sample_pages, tiny_pages


def signals_of(pid, which):
    """The set of signals in a line of its status: SigIgn, SigCgt."""
    with open(f"/proc/{pid}/status") as file:
        mask = next(int(line.split()[1], 16) for line in file if line.startswith(which + ":"))
    return {number for number in range(1, 65) if mask >> (number - 1) & 1}


class Signals(ScratchCase):
    waits = True

    def serving(self, *prefix):
        folder = self.tmp / "studies"
        folder.mkdir(exist_ok=True)
        server = Server(folder, tiny_pages(), prefix=prefix)
        self.addCleanup(server.kill)
        return server

    def assert_goes_on_after(self, number, *prefix):
        server = self.serving(*prefix)
        self.assertIn(number, signals_of(server.process.pid, "SigIgn"))
        server.process.send_signal(number)
        self.assertEqual(server.get("/api/runs"), [])
        self.assertIsNone(server.process.poll())
        # A run takes over neither: the server ends it by SIGINT.
        corpus = server.corpus(tiny_pages())
        run = server.begin("screen", "a.db", corpus, exponent=10)
        server.wait_for_trials(run, 1)
        server.process.send_signal(signal.SIGTERM)
        self.assertEqual(server.process.wait(60), 0)

    def test_nohup(self):
        self.assert_goes_on_after(signal.SIGHUP, "nohup")

    def test_nohup_in_a_session_of_its_own(self):
        self.assert_goes_on_after(signal.SIGHUP, "setsid", "nohup")

    def test_an_interrupt_that_is_ignored(self):
        self.assert_goes_on_after(signal.SIGINT, "sh", "-c", "trap '' INT; exec \"$@\"", "sh")

    def test_others_end_it(self):
        for number in signal.SIGHUP, signal.SIGINT, signal.SIGTERM:
            server = self.serving()
            self.assertIn(number, signals_of(server.process.pid, "SigCgt"))
            server.process.send_signal(number)
            self.assertEqual(server.process.wait(60), 0)


class Descriptors(ScratchCase):
    def run_closed(self, closed, *arguments):
        """The command with these descriptors closed; its status and output."""
        redirections = " ".join({0: "<&-", 1: ">&-", 2: "2>&-"}[one] for one in closed)
        done = subprocess.run(["sh", "-c", f'exec "$@" {redirections}', "sh", OCRTUNE, *map(str, arguments)], timeout=300,
                              capture_output=True, text=True)
        return done

    def test_closed_ones_are_no_files(self):
        pages = tiny_pages()
        whole = self.tmp / "whole"
        ocrtune("apply", pages, "--pipeline", "raw", "-o", whole, check=0)
        expected = {path.name: path.read_bytes() for path in whole.rglob("*.txt")}
        self.assertTrue(expected)
        for closed in (0,), (1, 2), (0, 1, 2):
            out = self.tmp / "".join(map(str, closed))
            done = self.run_closed(closed, "apply", pages, "--pipeline", "raw", "-o", out)
            self.assertEqual(done.returncode, 0, (closed, done.stderr))
            self.assertEqual({path.name: path.read_bytes() for path in out.rglob("*.txt")}, expected)
        ocrtune("apply", pages, "--pipeline", "raw", "-o", out, check=0)  # the journal is whole

    def test_errors_without_standard_error_have_their_status(self):
        for closed in (2,), (0, 1, 2):
            self.assertEqual(self.run_closed(closed, "nosuch").returncode, 1)
            self.assertEqual(self.run_closed(closed, "read", self.tmp / "none.png").returncode, 2)
            self.assertEqual(self.run_closed(closed, "show", self.tmp / "none.db").returncode, 5)

    def test_no_standard_input(self):
        done = self.run_closed((0,), "read", "-", "-o", self.tmp / "out")
        self.assertEqual(done.returncode, 2)
        self.assertIn("no page could be read", done.stderr)

    def test_a_full_device(self):
        page = next(sample_pages().glob("*.p[gn]*"))
        for arguments in (["--help"], ["--version"], ["tune", "--help"], ["stages"], ["stages", "--json"], ["samplers"], ["presets"],
                          ["presets", "standard"], ["man"], ["completion", "bash"], ["read", page], ["read", page, "--json"],
                          ["read", page, "--format", "hocr"], ["score", page]):
            with self.subTest(arguments=arguments), open("/dev/full", "w") as full:
                done = subprocess.run([OCRTUNE, *map(str, arguments)], stdout=full, stderr=subprocess.PIPE, text=True, timeout=300)
                self.assertEqual(done.returncode, 5, done.stderr)
                self.assertEqual(done.stderr.splitlines()[-1], "ocrtune: standard output can't be written")

    def test_messages_that_cannot_be_written_end_nothing(self):
        page = next(sample_pages().glob("*.p[gn]*"))
        for arguments, status in ((["nosuch"], 1), (["read", page], 0), (["read", page, self.tmp / "none.png"], 2)):
            with open("/dev/full", "w") as full:
                done = subprocess.run([OCRTUNE, *map(str, arguments)], stdout=subprocess.PIPE, stderr=full, timeout=300)
            self.assertEqual(done.returncode, status, arguments)


if __name__ == "__main__":
    unittest.main()
