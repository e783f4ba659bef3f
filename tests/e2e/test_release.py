"""What makes a release (scripts/release): its notes, and roots that are removed."""
import subprocess
import sys
import unittest.mock

from support import ROOT, ScratchCase

RELEASE = ROOT / "scripts/release"
sys.path.insert(0, str(RELEASE))
import changelog  # noqa: E402


class Notes(ScratchCase):
    def notes(self, unreleased, trial=False):
        (self.tmp / "CMakeLists.txt").write_text("project(ocrtune VERSION 1.2.3 LANGUAGES CXX)\n")
        (self.tmp / "CHANGELOG.md").write_text(f"# Changelog\n\n{unreleased}## 1.2.3 (2026-01-02)\n\n- New.\n\n## 1.2.2 (2026-01-01)\n\n- Old.\n")
        with unittest.mock.patch.object(changelog, "ROOT", self.tmp):
            return changelog.notes(trial)

    def test_those_of_the_first_release(self):
        for unreleased in ("", "## Unreleased\n\n"):
            self.assertEqual(self.notes(unreleased), "- New.")

    def test_a_release_has_all_entries(self):
        with self.assertRaises(SystemExit) as refused:
            self.notes("## Unreleased\n\n- Newer.\n\n")
        self.assertIn("`## Unreleased`", str(refused.exception))

    def test_a_trial_says_that_it_is_one(self):
        for unreleased, entries in (("## Unreleased\n\n- Newer.\n\n", "- Newer."), ("", "- New.")):
            self.assertEqual(self.notes(unreleased, trial=True), f"This is a trial, not a release.\n\n{entries}")


class Roots(ScratchCase):
    def removed(self, before):
        """Removes `root`, after commands in a namespace of mounts of its own."""
        for name in ("root/a b", "kept"):
            (self.tmp / name).mkdir(parents=True)
        (self.tmp / "kept/file").touch()
        script = f'. "{RELEASE}/roots.sh"; cd "{self.tmp}"; {before} && remove_roots "" "$PWD/none" root'
        return subprocess.run(["unshare", "--map-root-user", "--mount", "bash", "-euo", "pipefail", "-c", script], capture_output=True, text=True)

    def test_one_without_mounts_is_removed(self):
        ran = self.removed("true")
        if ran.stderr.startswith("unshare:"):
            self.skipTest(ran.stderr)
        self.assertEqual((ran.returncode, ran.stderr), (0, ""))
        self.assertFalse((self.tmp / "root").exists())

    def test_what_is_mounted_in_one_is_not_emptied(self):
        ran = self.removed('mount --bind kept "root/a b"')
        if ran.stderr.startswith(("unshare:", "mount:")):
            self.skipTest(ran.stderr)
        self.assertEqual(ran.returncode, 1)
        self.assertIn(f"{self.tmp.resolve()}/root/a b is still mounted", ran.stderr)
        self.assertTrue((self.tmp / "kept/file").exists())
