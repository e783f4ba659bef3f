"""Pages behind URLs: downloaded once, kept in the cache, and found again wherever a study is resumed."""
import csv
import pathlib
import shutil
import ssl
import subprocess
import time
import unittest

from http_library import Library
from serving import Server
from support import FAST, ScratchCase, exported, kept_pages, ocrtune, tiny_pages


class HttpCase(ScratchCase):
    def setUp(self):
        super().setUp()
        self.library = Library()
        self.addCleanup(self.library.close)
        self.cache = self.tmp / "cache"
        self.env = {"OCRTUNE_CACHE": str(self.cache), "no_proxy": "127.0.0.1"}

    def ocrtune(self, *arguments, **how):
        return ocrtune(*arguments, env={**self.env, **how.pop("env", {})}, **how)

    def empty_cache(self):
        shutil.rmtree(self.cache)

    def copies(self):
        return [path for path in self.cache.rglob("*") if path.is_file() and path.name != "self_checks.json"]

    def manifest(self, most, truth=True):
        """Pages of the library, with their ground truth."""
        path = self.tmp / f"{most}-pages.csv"
        with open(path, "w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file, delimiter=";")
            rows.writerow(["file", "truth", "shelf"])
            for url in self.library.pages()[:most]:
                stem = url.split("/iiif/")[1].split("/")[0]
                rows.writerow([url, self.library.url(f"/text/{stem}.gt.txt") if truth else "", "A 1"])
        return path


class Read(HttpCase):
    def test_pages_are_downloaded_once(self):
        urls = self.library.pages()[:2]
        local = ocrtune("read", *(self.library.files[self.path(url)] for url in urls), check=0)
        done = self.ocrtune("read", *urls, check=0)
        self.assertEqual(done.stdout.replace(f"127.0.0.1_{self.library.server_port}/", ""), self.renamed(local.stdout))
        self.assertIn(f"downloading {len(urls)} files", done.stderr)
        self.assertEqual(self.library.taken(), sorted(self.path(url) for url in urls))
        self.assertEqual(len(self.copies()), len(urls))
        again = self.ocrtune("read", "-", stdin="\n".join(urls), check=0)
        self.assertEqual(again.stdout, done.stdout)
        self.assertNotIn("downloading", again.stderr)
        self.assertEqual(self.library.taken(), [])

    def path(self, url):
        return url.split(str(self.library.server_port))[1]

    def renamed(self, text):
        for name, path in self.library.files.items():
            text = text.replace(path.name, name[1:])
        return text

    def test_what_cannot_be_downloaded_is_left_out(self):
        self.library.serve(kept_pages(1))
        good, gone = self.library.pages()[0], self.library.url("/gone.png")
        done = self.ocrtune("read", gone, good, check=2)
        self.assertIn(f"{gone}: can't be downloaded: the server answers with HTTP status 404", done.stderr)
        self.assertTrue(done.stdout.strip())
        french = self.ocrtune("read", gone, env={"LANGUAGE": "fr"}, check=2)
        self.assertIn("téléchargement impossible", french.stderr)

    def test_a_password_is_not_taken_from_a_url_but_from_netrc(self):
        self.library.password = "anna:geheim"
        page = self.library.pages()[0]
        done = self.ocrtune("read", page.replace("//", "//anna:geheim@"), check=2)
        self.assertIn("a URL may not have a user name or a password; write them into ~/.netrc", done.stderr)
        self.assertNotIn("geheim", done.stdout + done.stderr)
        self.assertEqual(self.library.taken(), [])
        self.assertIn("HTTP status 401", self.ocrtune("read", page, env={"HOME": str(self.tmp)}, check=2).stderr)
        (self.tmp / ".netrc").write_text("machine 127.0.0.1 login anna password geheim\n")
        self.ocrtune("read", page, env={"HOME": str(self.tmp)}, check=0)

    def test_a_certificate_is_checked(self):
        key, certificate = self.tmp / "key.pem", self.tmp / "certificate.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key,
                        "-out", certificate, "-days", "1", "-subj", "/CN=127.0.0.1"], check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self.library.socket = context.wrap_socket(self.library.socket, server_side=True)
        done = self.ocrtune("read", self.library.pages()[0].replace("http:", "https:"), check=2)
        self.assertRegex(done.stderr, "can't be downloaded: .*certificate")
        self.assertEqual(self.library.taken(), [])

    def test_few_pages_are_requested_at_a_time(self):
        page = self.library.pages()[0]
        urls = [f"{page}?number={number}" for number in range(24)]
        self.ocrtune("read", *urls, "--psm", 7, "--jobs", 12, "-o", self.tmp / "out", check=0)
        self.assertEqual(len(self.library.taken()), 24)
        self.assertLessEqual(self.library.most, 4)
        self.assertEqual(len(list((self.tmp / "out").rglob("default-number=*.txt"))), 24)


class Studies(HttpCase):
    def screen(self, *inputs, exponent):
        self.ocrtune("screen", *inputs, "--exponent", exponent, *FAST, "--jobs", 2, "--memory", "2G", "--study", self.tmp / "s.db",
                     "--quiet", check=0)
        return exported(self.tmp / "s.db", self.tmp / "csv")["trials"]

    def test_a_study_finds_its_pages_again(self):
        manifest = self.manifest(2)
        self.assertTrue(all(row["score_cer"] for row in self.screen(manifest, exponent=0)), "the pages have no ground truth")
        first = self.library.taken()
        self.assertEqual(len(first), 4)
        self.empty_cache()
        self.assertEqual(len(self.screen(manifest, exponent=1)), 3)
        self.assertEqual(self.library.taken(), first)
        self.empty_cache()
        self.ocrtune("report", self.tmp / "s.db", "-o", self.tmp / "report.html", "--quiet", check=0)
        self.assertTrue(self.library.taken())

    def test_tune_and_apply(self):
        self.library.serve(kept_pages(1, 2, 3))  # what one trial finds may leave noise on others
        best, texts = self.tmp / "best.toml", self.tmp / "texts"
        self.ocrtune("tune", self.manifest(1, truth=False), "--trials", 1, "--hold-out", 0, "--single", "--no-report", "--study", self.tmp / "t.db",
                     "-o", best, "--quiet", check=0)
        manifest, urls = self.manifest(3), self.library.pages()[:3]
        apply = ["apply", manifest, "-o", texts, "--pipeline", best]
        self.ocrtune(*apply, check=0)
        written = sorted(str(path.relative_to(texts)) for path in texts.rglob("*.txt"))
        self.assertEqual(written, sorted(str(pathlib.Path(url.removeprefix("http://").replace(":", "_")).with_suffix(".txt")) for url in urls))
        taken = self.library.taken()
        self.assertEqual(len(taken), len(set(taken)))
        self.assertIn("3 pages are already done", self.ocrtune(*apply, check=0).stderr)
        self.assertEqual(self.library.taken(), [])


class WebInterface(HttpCase):
    def test_no_request_makes_the_server_download(self):
        folder = self.tmp / "studies"
        folder.mkdir()
        page = folder / "page.png"
        shutil.copy(next(tiny_pages().glob("*.png")), page)
        url, truth = self.library.pages()[0], next(self.library.url(path) for path in self.library.files if path.startswith("/text/"))
        manifest = folder / "pages.csv"
        manifest.write_text(f"file;truth\npage.png;\n{url};\npage.png;{truth}\n")
        server = Server(folder)
        self.addCleanup(server.close)
        answer = server.request("POST", "/api/corpora", {"inputs": [url], "lang": "eng"}, check=403)
        self.assertIn("`ocrtune serve` downloads no pages", answer.body.decode())
        corpus = server.corpus(manifest)
        deadline = time.monotonic() + 60
        while (info := server.get(f"/api/corpora/{corpus}"))["state"] == "loading" and time.monotonic() < deadline:
            time.sleep(0.05)
        # The page whose ground truth is remote is used without it, here as in runs.
        self.assertEqual(info["page_count"], 2, info)
        told = "\n".join(info["problems"])
        self.assertEqual(len(info["problems"]), 2, told)
        self.assertIn("`ocrtune serve` downloads no pages", told)
        self.assertIn("only files in some folders may be read (OCRTUNE_INPUT_FOLDERS) (the page is used without", told)
        run = server.begin("screen", "a.db", corpus, exponent=0)
        self.assertIn(server.wait(run, ("done", "failed"))["state"], ("done", "failed"))
        self.assertIn("only files in some folders may be read", server.get(f"/api/runs/{run}/log")["text"])
        self.assertEqual(self.library.taken(), [])


if __name__ == "__main__":
    unittest.main()
