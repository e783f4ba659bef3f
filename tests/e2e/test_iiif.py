"""IIIF manifests as inputs: their canvases are pages, downloaded once, politely, and not again after an interruption."""
import os
import signal
import subprocess
import time
import unittest

from serving import Server
from support import OCRTUNE, WITHOUT_PPOCR, kept_pages, ocrtune, tiny_pages
from test_http_pages import HttpCase


class Books(HttpCase):
    def setUp(self):
        super().setUp()
        self.pages = sorted(tiny_pages().glob("*.png"))

    def local_book(self, address):
        path = self.tmp / "book.json"
        path.write_bytes(self.library.files["/books/b1/manifest.json"])
        self.assertTrue(address.endswith("/books/b1/manifest.json"))
        return path

    def texts(self, folder):
        return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.txt"))

    def interrupted_when(self, is_time, number, *arguments):
        """Runs the command until `is_time()`, then sends it the signal."""
        process = subprocess.Popen([OCRTUNE, *map(str, arguments)], env={**os.environ, **WITHOUT_PPOCR, **self.env},
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        deadline = time.monotonic() + 120
        while not is_time() and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(number)
        _, said = process.communicate(timeout=60)
        self.assertIn(process.returncode, (130, -number), said)
        return said

    def images(self, paths):
        return [path for path in paths if "/full/" in path]


class Read(Books):
    def test_a_manifest_is_its_canvases(self):
        local = ocrtune("read", *self.pages[:2], check=0).stdout
        for version in (2, 3):
            with self.subTest(version=version):
                address = self.library.serve_book("b1", self.pages, 2, version)
                size = "max" if version == 3 else "full"
                wanted = [f"/images/b1/{n}/{last}" for n in (1, 2) for last in ("info.json", f"full/{size}/0/default.jpg")]
                done = self.ocrtune("read", address, "-o", self.tmp / f"{version}", check=0)
                self.assertIn("downloading 2 files", done.stderr)
                self.assertEqual(self.library.taken(), sorted(["/books/b1/manifest.json", *wanted]))
                folder = f"127.0.0.1_{self.library.server_port}/books/b1"
                self.assertEqual(self.texts(self.tmp / f"{version}"), [f"{folder}/0001-p_1.txt", f"{folder}/0002-p_2.txt"])
                # All is in the cache now, also for the same manifest in a file.
                named = self.ocrtune("read", self.local_book(address), env={"OCRTUNE_OFFLINE": "1"}, check=0)
                self.assertEqual(named.stdout, local)
                self.assertEqual(self.library.taken(), [])
                self.empty_cache()

    def test_a_busy_server_and_lost_connections(self):
        address = self.library.serve_book("b1", self.pages, 3, 3)
        image = "/images/b1/{}/full/max/0/default.jpg".format
        self.library.troubles = {"/books/b1/manifest.json": ["lost"], "/images/b1/1/info.json": ["busy"], image(1): ["lost"],
                                 image(2): ["busy", "lost"]}
        start = time.monotonic()
        done = self.ocrtune("read", address, "-o", self.tmp / "out", check=0)
        self.assertGreater(time.monotonic() - start, 1)
        self.assertEqual(len(self.texts(self.tmp / "out")), 3, done.stderr)
        taken = self.library.taken()
        asked = ["/books/b1/manifest.json", "/images/b1/1/info.json", image(1), image(2), image(3)]
        self.assertEqual([taken.count(path) for path in asked], [2, 2, 2, 3, 1])

    def test_what_a_canvas_lacks_is_told_by_its_label(self):
        address = self.library.serve_book("b1", self.pages, 2, 2)
        for size in ("full", "max"):
            self.library.files.pop(f"/images/b1/2/full/{size}/0/default.jpg", None)
        done = self.ocrtune("read", address, "-o", self.tmp / "out", check=2)
        self.assertRegex(done.stderr, r"b1/0002-p_2: http.*/images/b1/2/full/max/0/default.jpg: can't be downloaded: .* 404")
        self.assertEqual(len(self.texts(self.tmp / "out")), 1)

    def test_no_manifest(self):
        cases = {"{": "is not well-formed JSON", "[]": "is not a IIIF manifest of version 2 or 3",
                 '{"type": "Collection", "items": []}': "is a IIIF collection; give one of its manifests",
                 "[" * 100_000: "is nested too deeply: the limit is 64",
                 '{"type": "Manifest", "items": []}': "no canvas has an image"}
        for text, line in cases.items():
            path = self.tmp / "m.json"
            path.write_text(text)
            done = self.ocrtune("read", path, check=2)
            self.assertEqual(done.stderr.splitlines()[0].partition("m.json: ")[2][:len(line)], line)
        french = self.ocrtune("read", path, env={"LANGUAGE": "fr"}, check=2)
        self.assertIn("aucune vue n’a d’image", french.stderr)


class Resume(Books):
    waits = True

    def test_an_interrupted_apply_goes_on(self):
        address = self.library.serve_book("b1", kept_pages(1, 2, 3), 9, 3)
        texts = self.tmp / "texts"
        apply = ["apply", address, "-o", texts, "--pipeline", "raw", "--jobs", 2, "--quiet"]
        # While it downloads, and while it recognizes.
        self.interrupted_when(lambda: len(self.images(self.copied())) >= 3, signal.SIGKILL, *apply)
        kept = self.copied()
        self.assertGreaterEqual(len(kept), 3)
        self.library.taken()
        self.interrupted_when(lambda: len(self.texts(texts)) >= 2, signal.SIGINT, *apply)
        self.assertFalse(set(kept) & set(self.library.taken()), "downloaded again")
        before = {path: (texts / path).stat().st_mtime_ns for path in self.texts(texts)}
        self.assertLess(len(before), 9)
        self.ocrtune(*apply, check=0)
        self.assertEqual(self.library.taken(), [])
        self.assertEqual(len(self.texts(texts)), 9)
        self.assertEqual(before, {path: (texts / path).stat().st_mtime_ns for path in before}, "recognized again")

    def copied(self):
        """The paths of the images that are in the cache."""
        contents = {path.read_bytes() for path in self.copies() if path.suffix == ".json"}
        return [path for path, page in self.library.files.items() if "/images/" in path and page in contents]

    def test_an_interrupted_tune_goes_on(self):
        address = self.library.serve_book("b1", kept_pages(1, 2, 3, 4), 4, 2)
        study, best = self.tmp / "t.db", self.tmp / "best.toml"
        tune = ["tune", address, "--trials", 2, "--hold-out", 0, "--single", "--no-report", "--study", study, "-o", best, "--quiet"]
        self.interrupted_when(lambda: len(self.images(self.copied())) >= 2, signal.SIGTERM, *tune)
        kept = self.copied()
        self.library.taken()
        self.interrupted_when(study.exists, signal.SIGINT, *tune)
        self.assertFalse(set(kept) & set(self.library.taken()), "downloaded again")
        kept = self.copied()
        self.ocrtune(*tune, env=WITHOUT_PPOCR, check=0)
        self.assertFalse(set(kept) & set(self.library.taken()), "downloaded again")
        self.empty_cache()
        # The study knows where its pages are.
        self.ocrtune("report", study, "-o", self.tmp / "report.html", "--quiet", check=0)
        self.assertEqual(len(self.images(self.library.taken())), 4)


class WebInterface(Books):
    def test_no_manifest_makes_the_server_download(self):
        folder = self.tmp / "studies"
        folder.mkdir()
        address = self.library.serve_book("b1", self.pages, 2, 3)
        book = folder / "book.json"
        book.write_bytes(self.library.files["/books/b1/manifest.json"])
        server = Server(folder)
        self.addCleanup(server.close)
        server.request("POST", "/api/corpora", {"inputs": [address], "lang": "eng"}, check=403)
        corpus = server.corpus(book)
        deadline = time.monotonic() + 60
        while (info := server.get(f"/api/corpora/{corpus}"))["state"] == "loading" and time.monotonic() < deadline:
            time.sleep(0.05)
        self.assertEqual(info["state"], "failed", info)
        self.assertIn("book.json: its pages are behind URLs: only files in some folders may be read", "\n".join(info["problems"]))
        self.assertEqual(self.library.taken(), [])


if __name__ == "__main__":
    unittest.main()
