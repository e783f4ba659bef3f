"""Training through the server: what it is to take, its progress and result, and texts with the models that it made."""
import time
import unittest

from long_s_pages import lines_of, long_s_pages, put_page
from serving import Server, run_request
from support import PPOCR_INSTALLED, ScratchCase, made_once


@unittest.skipUnless(PPOCR_INSTALLED, "PP-OCRv6 is not installed")
class Training(ScratchCase):
    def setUp(self):
        super().setUp()
        self.pages = made_once("long-s-pages", long_s_pages)
        (self.tmp / "studies").mkdir()
        self.server = Server(self.tmp / "studies", self.tmp, self.pages, env={})
        self.addCleanup(self.server.close)

    def estimate(self, corpus):
        while (answer := self.server.request("GET", f"/api/corpora/{corpus}/training")).status == 409:
            time.sleep(0.05)
        return answer.json

    def test_trains_and_recognizes_with_the_models(self):
        server = self.server
        corpus = server.corpus(self.pages, lang="fra")
        estimate = self.estimate(corpus)
        self.assertEqual((estimate["pages"], estimate["lines"], estimate["problem"]), (4, 32, ""))
        self.assertGreater(estimate["seconds"], 1)
        run = server.begin("train", "", corpus, output="models", engine=["ppocr"])
        server.post("/api/runs", run_request("train", "", corpus, output="models"), check=409)
        self.assertEqual(server.get(f"/api/runs/{run}/history")["trials"], [])
        info = server.wait(run, ["done"])
        self.assertEqual((info["exit_status"], info["method"], info["study"]), (0, "train", ""))
        self.assertEqual(info["done"], info["total"])
        found = server.get(f"/api/runs/{run}/training")
        self.assertNotIn("at_work", found)
        engine, = found["engines"]
        self.assertLess(engine["cer_after"], engine["cer_before"])
        self.assertEqual(engine["file"], str(self.tmp / "studies/models/ppocr/fra/rec.onnx"))
        put_page(self.tmp, "judged", lines_of(9, 5))
        judged = server.corpus(self.tmp / "judged.png", lang="fra")
        request = run_request("apply", "", judged, output="texts", effort="normal") | {"models": run}
        server.wait(server.post("/api/runs", request)["id"], ["done"])
        self.assertGreater((self.tmp / "studies/texts/judged.txt").read_text().count("ſ"), 0)

    def test_refusals(self):
        server = self.server
        put_page(self.tmp, "a", lines_of(1, 4))
        corpus = server.corpus(self.tmp / "a.png", lang="fra")
        self.assertEqual(self.estimate(corpus)["problem"], "at least 10 lines of 2 pages are needed")
        several = server.corpus(self.pages, lang="fra+eng")
        self.assertIn("a model is trained for one language", self.estimate(several)["problem"])
        run = server.begin("train", "", corpus, output="models")
        failed = server.wait(run, ["failed"])
        self.assertIn("at least 10 lines of 2 pages are needed", failed["message"])
        self.assertIsNone(server.get(f"/api/runs/{run}/training"))
        texts = server.begin("apply", "", corpus, output="texts", effort="low")
        server.request("GET", f"/api/runs/{texts}/training", check=404)
        for models in (texts, "20261121-215624-3f9a1c"):
            request = run_request("apply", "", corpus, output="others", effort="low") | {"models": models}
            self.assertIn(server.request("POST", "/api/runs", request).status, (400, 404))
        request = run_request("apply", "", corpus, output="others", effort="low") | {"models": run}
        self.assertIn("has written no model", server.request("POST", "/api/runs", request, check=400).json["error"])
