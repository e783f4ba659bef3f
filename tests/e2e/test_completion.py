"""Completion in real shells, and of the command itself."""
import statistics
import subprocess
import time
import unittest

from completing import Terminal, in_fish
from support import OCRTUNE, ScratchCase, doctor, ocrtune

# A line, and the words that the last one becomes; None: whatever the command says.
LINES = [
    ("ocrtune sc", ["score", "screen"]),
    ("ocrtune read --eng", ["--engine"]),
    ("ocrtune read x.png --engine ls", ["lstm"]),
    ("ocrtune read --engine=ls", ["--engine=lstm"]),
    ("ocrtune read --format text,al", ["text,alto"]),
    ("ocrtune read --format=text,al", ["--format=text,alto"]),
    ("ocrtune optimize --sampler co", ["cobyla"]),
    ("ocrtune tune --objective w", ["wer", "words"]),
    ("ocrtune score --pipeline standard --set bin_c", ["bin_c="]),
    ("ocrtune score --pipeline standard --set use_remove_lines=of", ["use_remove_lines=off"]),
    ("ocrtune tune --constraint wor", ["words>="]),
    ("ocrtune read --pipeline stan", ["standard", "stanza.toml"]),
    ("ocrtune show s", ["s.db", "sub/"]),
    ("ocrtune show sub/", ["sub/t.db"]),
    ("ocrtune clean -o su", ["sub/"]),
    ("ocrtune read --pipeline=stanza", ["--pipeline=stanza.toml"]),
    ("ocrtune stages denoise_n", ["denoise_nlm"]),
    ("ocrtune completion z", ["zsh"]),
    ("ocrtune nothing --x", []),
]


def candidates(*words):
    return [line.split("\t")[0] for line in ocrtune("complete", "--", *words, check=0).stdout.splitlines()]


class Shells(ScratchCase):
    def setUp(self):
        super().setUp()
        for name in ("s.db", "stanza.toml", "other.txt", "sub/t.db", "sub/u.txt"):
            (self.tmp / name).parent.mkdir(exist_ok=True)
            (self.tmp / name).touch()

    def check_terminal(self, shell):
        terminal = Terminal(shell, self.tmp)
        self.addCleanup(terminal.close)
        for line, words in LINES:
            *before, last = line.split()[1:]
            # Whether a folder gets a slash depends on the key.
            found = [word.rstrip("/") for word in terminal.completed(line)]
            self.assertEqual(sorted(found), sorted([*before, *(word.rstrip("/") for word in words or [last])]), f"{shell}: {line}")
        return terminal

    def test_bash(self):
        terminal = self.check_terminal("bash")
        self.assertEqual(terminal.completed("ocrtune tune --constraint 'wor"), ["tune", "--constraint", "words>="])
        self.assertEqual(terminal.completed("ocrtune score --set 'use_remove_lines=of"), ["score", "--set", "use_remove_lines=off"])
        # Bash replaces only what is behind the =.
        first, *others = sorted(candidates("read", "--engine", ""))
        self.assertEqual(terminal.completed("ocrtune read --engine="), ["read", f"--engine={first}", *others])
        (self.tmp / "my pages").mkdir()
        self.assertEqual(terminal.completed("ocrtune clean -o my"), ["clean", "-o", "my pages"])
        self.assertEqual(terminal.completed("ocrtune clean -o my\\ p"), ["clean", "-o", "my pages"])

    def test_zsh(self):
        self.check_terminal("zsh")

    def test_fish(self):
        for line, words in LINES:
            self.assertEqual(sorted(in_fish(line, self.tmp)), sorted(words), line)
        self.assertEqual(in_fish("ocrtune tune --constraint 'wor", self.tmp), ["words>="])

    def test_what_is_installed_is_what_is_printed(self):
        for shell in ("bash", "zsh"):
            script = ocrtune("completion", shell, check=0).stdout
            subprocess.run([shell, "-n"], input=script, text=True, check=True)
        subprocess.run(["fish", "--no-execute"], input=ocrtune("completion", "fish", check=0).stdout, text=True, check=True)


class Command(unittest.TestCase):
    def test_values_are_those_of_this_machine(self):
        known = doctor()
        languages = [name for name in known["languages"] if name != "osd"]
        self.assertEqual(candidates("read", "--lang", ""), ["auto", *languages, ":nospace"])
        self.assertEqual(candidates("doctor", "--engine", ""), [*sorted(known["external_engines"]), ":folders"])
        for device in known["devices"]:
            kind = device["name"].split(":")[0]
            self.assertIn(kind, candidates("read", "--device", ""))
            self.assertIn(device["name"], candidates("read", "--device", f"{kind}:"))

    def test_options_are_given_once_and_not_beside_others(self):
        self.assertIn("--vote", candidates("apply", "--"))
        self.assertNotIn("--vote", candidates("apply", "--effort", "low", "--"))
        self.assertNotIn("--lang", candidates("read", "--lang", "eng", "--"))
        self.assertIn("--set", candidates("read", "--set", "a=1", "--"))
        self.assertEqual(candidates("stages", "gamma", "--j"), ["--json"])

    def test_nothing_is_said_of_what_is_wrong(self):
        for words in ([], ["--nothing", "x"], ["read", "--lang=", "--set", "=", ""], ["score", "--pipeline", "no.toml", "--set", "b"],
                      ["show", "postgresql://nobody@localhost:1/x/"], ["read", "--tessdata", "/nowhere", "--lang", ""], ["x" * 5000]):
            done = ocrtune("complete", "--", *words, check=0)
            self.assertEqual(done.stderr, "")

    def test_a_key_is_answered_at_once(self):
        def seconds(words):
            begin = time.monotonic()
            subprocess.run([OCRTUNE, "complete", "--", *words], check=True, capture_output=True)
            return time.monotonic() - begin
        for words in (["read", "--"], ["read", "--device", ""], ["score", "--pipeline", "standard", "--set", ""], ["read", "--lang", ""]):
            # The median of a few, since other tests run beside this one.
            self.assertLess(statistics.median(seconds(words) for _ in range(3)), 0.5, words)


if __name__ == "__main__":
    unittest.main()
