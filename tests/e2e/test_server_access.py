"""What other users of the machine, and later servers, see of `ocrtune serve`: token, browser, port."""
import os
import pathlib
import re
import signal
import stat
import subprocess
import time
import unittest

from serving import Server, is_running
from support import OCRTUNE, ScratchCase, tiny_pages

# Stands for xdg-open: tells what it was given and stays, as a browser does.
BROWSER = """#!/bin/sh
echo $$ > "$TOLD/pid"
for word in "$@"; do echo "$word" >> "$TOLD/words"; done
stat -c %a "$1" > "$TOLD/mode"
cat "$1" > "$TOLD/page"
ls -l /proc/$$/fd > "$TOLD/files"
touch "$TOLD/done"
exec sleep 600
"""


def mode_of(path):
    return stat.S_IMODE(os.lstat(path).st_mode)


class ServerAccess(ScratchCase):
    waits = True

    def setUp(self):
        super().setUp()
        self.folder = self.tmp / "studies"
        self.folder.mkdir()
        self.state = self.tmp / "state"
        self.env = {"XDG_STATE_HOME": str(self.state)}

    def started(self, *options, folder=None):
        server = Server(folder or self.folder, tiny_pages(), env=self.env, options=options)
        self.addCleanup(server.kill)
        return server

    def token_of(self, *options, folder=None):
        server = self.started(*options, folder=folder)
        self.assertEqual(server.close(), 0)
        return server.token

    def token_file(self):
        files = list((self.state / "ocrtune" / "serve").glob("*.token"))
        self.assertEqual(len(files), 1)
        return files[0]

    def test_a_later_server_of_the_folder_has_the_same_token(self):
        token = self.token_of()
        self.assertEqual(self.token_of(), token)
        self.assertEqual(self.token_file().read_text(), token + "\n")
        self.assertEqual(mode_of(self.token_file()), 0o600)
        self.assertEqual(mode_of(self.token_file().parent), 0o700)
        other = self.tmp / "other"
        other.mkdir()
        self.assertNotEqual(self.token_of(folder=other), token)
        (self.tmp / "link").symlink_to(self.folder)
        self.assertEqual(self.token_of(folder=self.tmp / "link"), token)

    def test_a_new_token_is_made_where_it_is_wanted(self):
        before = self.token_of()
        server = self.started("--new-token")
        self.assertNotEqual(server.token, before)
        token, server.token = server.token, before
        server.request("GET", "/api/server", check=401)
        server.token = token
        server.request("GET", "/api/server", check=200)
        server.close()
        self.assertEqual(self.token_of(), token)

    def test_a_token_that_others_may_know_is_not_used(self):
        token = self.token_of()
        file = self.token_file()
        for spoil in (lambda: file.chmod(0o644), lambda: file.write_text("0" * 31 + "\n"), lambda: file.write_text("")):
            spoil()
            found = self.token_of()
            self.assertNotEqual(found, token)
            self.assertEqual(mode_of(file), 0o600)
            token = found
        # A link leads to what somebody else wrote, and its target is not written to.
        target = self.tmp / "target"
        target.write_text("1" * 32 + "\n")
        target.chmod(0o600)
        file.unlink()
        file.symlink_to(target)
        self.assertNotEqual(self.token_of(), "1" * 32)
        self.assertFalse(file.is_symlink())
        self.assertEqual(target.read_text(), "1" * 32 + "\n")
        # A folder that others write to is no place for it.
        file.parent.chmod(0o777)
        self.assertNotEqual(self.token_of(), file.read_text().strip())

    def test_without_a_place_for_it_the_token_is_of_one_server(self):
        self.state.write_text("no folder")
        self.assertNotEqual(self.token_of(), self.token_of())

    def test_the_browser_gets_a_page_and_nothing_else(self):
        programs, told = self.tmp / "bin", self.tmp / "told"
        programs.mkdir()
        told.mkdir()
        (programs / "xdg-open").write_text(BROWSER)
        (programs / "xdg-open").chmod(0o755)
        env = {**os.environ, **self.env, "DISPLAY": ":0", "TOLD": str(told), "PATH": f"{programs}:{os.environ['PATH']}"}
        server = subprocess.Popen([OCRTUNE, "serve", self.folder, "--port", "0"], stdout=subprocess.PIPE, text=True, env=env)
        self.addCleanup(server.stdout.close)
        self.addCleanup(server.kill)
        address = server.stdout.readline().strip()
        port, token = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/\?token=([0-9a-f]{32})", address).groups()
        deadline = time.monotonic() + 60
        while not (told / "done").exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        browser = int((told / "pid").read_text())
        self.addCleanup(os.kill, browser, signal.SIGKILL)
        words = (told / "words").read_text().split()
        self.assertEqual(len(words), 1)
        self.assertNotIn(token, words[0])
        for process in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
            try:
                self.assertNotIn(token.encode(), process.read_bytes(), process)
            except OSError:
                continue
        self.assertEqual((told / "mode").read_text(), "600\n")
        self.assertIn(f'content="0; url={address}"', (told / "page").read_text())
        self.assertNotIn("socket:", (told / "files").read_text())
        server.send_signal(signal.SIGTERM)
        self.assertEqual(server.wait(60), 0)
        self.assertFalse(pathlib.Path(words[0]).exists())
        # The browser still runs, and the port is free.
        self.assertTrue(is_running(browser))
        again = subprocess.Popen([OCRTUNE, "serve", self.folder, "--port", port, "--no-open"], stdout=subprocess.PIPE,
                                 text=True, env=env)
        self.addCleanup(again.stdout.close)
        self.addCleanup(again.kill)
        self.assertEqual(again.stdout.readline().strip(), address)
        again.send_signal(signal.SIGTERM)
        self.assertEqual(again.wait(60), 0)


if __name__ == "__main__":
    unittest.main()
