"""Runs and studies through the server: nothing is lost, whatever ends, and files are what commands write."""
import csv
import io
import shutil
import sqlite3
import subprocess
import time
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import verdicts
from PIL import Image
from pdf_files import letters_of, sound, texts_of
from serving import Server, children, is_running, next_event, run_request
from support import ScratchCase, exported, kept_pages, ocrtune, screened_study, tiny_pages, without_timings
from test_truth import page_xml

# As FAST has it, so that runs of the server and of the command are the same study.
DESIGN = {"exponent": 5, "seed": 3}

HOCR = """<html xmlns="http://www.w3.org/1999/xhtml"><body><div class="ocr_page"><span class="ocr_line">
<span class="ocrx_word">third</span></span></div></body></html>
"""


class ServerCase(ScratchCase):
    def setUp(self):
        super().setUp()
        self.folder = self.tmp / "studies"
        self.folder.mkdir()
        self.server = self.started()

    def started(self, *options):
        server = Server(self.folder, tiny_pages(), options=options)
        self.addCleanup(server.close)
        return server

    def screened(self, study):
        """A study of the command's, in the server's folder."""
        shutil.copy(screened_study(2), self.folder / study)
        return study.removesuffix(".db")

    def fast(self):
        toml = self.server.get("/api/presets")
        text = next(preset["toml"] for preset in toml if preset["name"] == "standard")
        form = self.server.post("/api/pipelines/parse", {"toml": text})
        for use in form["uses"]:
            for setting in use["settings"]:
                if setting["name"] == "denoise_h":
                    setting["value"], setting["free"] = 0, None
        return form


class Runs(ServerCase):
    def test_pause_resume_cancel_resume(self):
        server = self.server
        corpus = server.corpus(tiny_pages())
        run = server.begin("screen", "a.db", corpus, pipeline=self.fast(), **DESIGN)
        connection, stream = server.stream()
        self.addCleanup(connection.close)
        self.addCleanup(stream.close)
        self.assertEqual(server.begin("screen", "a.db", corpus, check=409), None)
        server.wait_for_trials(run, 2)
        self.assertEqual(server.post(f"/api/runs/{run}/pause")["state"], "paused")
        server.request("POST", f"/api/runs/{run}/pause", check=409)
        self.assertEqual(server.post(f"/api/runs/{run}/resume")["state"], "running")
        server.wait_for_trials(run, 8)
        self.assertIn(server.post(f"/api/runs/{run}/cancel")["state"], ("cancelling", "cancelled"))
        info = server.wait(run, ["cancelled"])
        self.assertLess(info["done"], 32)
        self.assertEqual(children(server.process.pid), [])
        server.post(f"/api/runs/{run}/resume")
        info = server.wait(run, ["done"])
        self.assertEqual((info["done"], info["total"], info["exit_status"], info["objective"]), (32, 32, 0, "confidence"))
        self.assertIsNotNone(info["baseline"])
        self.assert_same_as_command("a.db")
        history = server.get(f"/api/runs/{run}/history")
        self.assertEqual([trial["number"] for trial in history["trials"]], list(range(33)))
        best = max(history["trials"], key=lambda trial: trial["value"])
        self.assertEqual((best["value"], best["number"]), (info["best"], info["best_number"]))
        self.assertEqual(server.get(f"/api/runs/{run}/history?from=30")["trials"], history["trials"][30:])
        self.assertIn("32 points", server.get(f"/api/runs/{run}/log")["text"])
        self.check_stream(stream, run, info)
        server.request("DELETE", f"/api/runs/{run}", check=200)
        self.assertEqual(server.get("/api/runs"), [])
        self.assertTrue((self.folder / "a.db").exists())

    def check_stream(self, stream, run, info):
        """What the stream told adds up to what the run says."""
        last, numbers = None, set()
        while last is None or last["state"] != "done":
            name, data = next_event(stream)
            if name == "run":
                last = data
            elif name == "trials":
                self.assertEqual(data["id"], run)
                numbers.update(trial["number"] for trial in data["trials"])
        self.assertEqual(last["id"], run)
        self.assertEqual(numbers, set(range(33)))
        self.assertEqual(last["best"], info["best"])

    def assert_same_as_command(self, study):
        whole = screened_study(DESIGN["exponent"], "--seed", DESIGN["seed"])
        self.assertEqual(without_timings(exported(self.folder / study, self.tmp / "one")),
                         without_timings(exported(whole, self.tmp / "other")))

    def test_a_killed_server_interrupts_its_run_which_goes_on_later(self):
        corpus = self.server.corpus(tiny_pages())
        run = self.server.begin("screen", "a.db", corpus, pipeline=self.fast(), **DESIGN)
        self.server.wait_for_trials(run, 2)
        started = children(self.server.process.pid)
        self.assertEqual(len(started), 1)
        self.server.kill()
        deadline = time.monotonic() + 30
        while is_running(started[0]) and time.monotonic() < deadline:
            time.sleep(0.05)
        self.assertFalse(is_running(started[0]), "the run outlived its server")
        server = self.server = self.started()
        info = server.get(f"/api/runs/{run}")
        self.assertEqual(info["state"], "interrupted")
        self.assertGreaterEqual(info["done"], 1)
        early = server.get(f"/api/runs/{run}/history")["trials"]
        self.assertLess(len(early), 33)
        server.post(f"/api/runs/{run}/resume")
        self.assertEqual(server.wait(run, ["done"])["done"], 32)
        self.assertEqual(server.get(f"/api/runs/{run}/history")["trials"][:len(early)], early)
        self.assert_same_as_command("a.db")

    def test_an_ended_server_ends_its_runs(self):
        corpus = self.server.corpus(tiny_pages())
        run = self.server.begin("screen", "a.db", corpus, pipeline=self.fast(), exponent=10)
        self.server.wait_for_trials(run, 1)
        started = children(self.server.process.pid)
        self.assertEqual(self.server.close(), 0)
        self.assertFalse(any(is_running(pid) for pid in started))
        self.server = self.started()
        self.assertEqual(self.server.get(f"/api/runs/{run}")["state"], "interrupted")

    def test_two_runs_side_by_side_and_one_that_fails(self):
        server = self.server
        corpus = server.corpus(tiny_pages())
        a = server.begin("screen", "a.db", corpus, pipeline=self.fast(), exponent=3)
        b = server.begin("optimize", "b.db", corpus, pipeline=self.fast(), trials=6, sampler="random")
        (self.folder / "c.db").write_text("no study")
        c = server.begin("screen", "c.db", corpus, exponent=1)
        self.assertEqual(server.wait(a, ["done"])["done"], 8)
        self.assertEqual(server.wait(b, ["done"])["done"], 6)
        info = server.wait(c, ["failed"])
        self.assertEqual(info["exit_status"], 5)
        self.assertIn("c.db", info["message"])
        self.assertEqual([info["id"] for info in server.get("/api/runs")], [c, b, a])

    def states(self):
        return {info["id"]: info["state"] for info in self.server.get("/api/runs")}

    def wait_for_states(self, wanted):
        deadline = time.monotonic() + 120
        while (states := self.states()) != wanted and time.monotonic() < deadline:
            time.sleep(0.05)
        self.assertEqual(states, wanted)

    def test_further_runs_wait_for_their_turn(self):
        self.server.close()
        server = self.server = self.started("--runs", "1")
        corpus = server.corpus(tiny_pages())
        fast = self.fast()
        a, b, c, d = [server.begin("screen", f"{name}.db", corpus, pipeline=fast, exponent=exponent)
                      for name, exponent in (("a", 12), ("b", 12), ("c", 1), ("d", 1))]
        server.wait_for_trials(a, 1)
        self.assertEqual(self.states(), {a: "running", b: "queued", c: "queued", d: "queued"})
        self.assertEqual(len(children(server.process.pid)), 1)
        # One that waits has its study, is stopped at once, and goes to the end of the queue when it is resumed.
        self.assertEqual(server.begin("screen", "c.db", corpus, check=409), None)
        server.request("DELETE", f"/api/runs/{c}", check=409)
        server.request("POST", f"/api/runs/{c}/resume", check=409)
        info = server.post(f"/api/runs/{c}/cancel")
        self.assertEqual((info["state"], info["done"]), ("cancelled", 0))
        self.assertIsNotNone(info["ended_ms"])
        self.assertEqual(server.post(f"/api/runs/{d}/pause")["state"], "paused")
        self.assertFalse((self.folder / "c.db").exists() or (self.folder / "d.db").exists())
        self.assertEqual(server.post(f"/api/runs/{d}/resume")["state"], "queued")
        self.assertEqual(server.post(f"/api/runs/{c}/resume")["state"], "queued")
        # A run that ends makes room for the next one.
        server.post(f"/api/runs/{a}/cancel")
        server.wait_for_trials(b, 1)
        self.wait_for_states({a: "cancelled", b: "running", c: "queued", d: "queued"})
        # The server's end interrupts what runs; what waits goes on waiting, here for its turn.
        self.assertEqual(server.close(), 0)
        server = self.server = self.started("--runs", "1")
        ended = [server.wait(run, ["done"])["ended_ms"] for run in (d, c)]
        self.assertLess(*ended)
        self.assertEqual(self.states(), {a: "cancelled", b: "interrupted", c: "done", d: "done"})
        self.assertEqual(server.post(f"/api/runs/{b}/resume")["state"], "running")
        server.post(f"/api/runs/{b}/cancel")

    def test_apply_of_a_study(self):
        server = self.server
        corpus = server.corpus(tiny_pages())
        run = server.begin("optimize", "a.db", corpus, pipeline=self.fast(), trials=8)
        server.wait(run, ["done"])
        apply = server.begin("apply", "a.db", corpus, best_only=True, format=["text", "alto"], output="out/texts")
        info = server.wait(apply, ["done"])
        self.assertEqual(info["done"], 4)
        texts = sorted(path.name for path in (self.folder / "out" / "texts").rglob("*.txt"))
        self.assertEqual(len(texts), 4, texts)
        self.assertEqual(server.get(f"/api/studies/a/corpus"), {"id": corpus})

    def test_apply_of_a_recipe_or_of_the_best_pipeline_where_there_is_none(self):
        server = self.server
        corpus = server.corpus(tiny_pages())
        server.wait(server.begin("tune", "a.db", corpus, pipeline=self.fast(), trials=2, hold_out=0), ["done"])
        recipe = server.request("GET", "/api/studies/a/export/recipe.toml", check=200).body.decode()
        self.assertEqual(recipe, server.get("/api/studies/a/verdict")["recipe"])
        self.assertIn("[[choice]]", recipe)
        apply = server.begin("apply", "a.db", corpus, output="out")
        self.assertEqual(server.wait(apply, ["done"])["done"], 4)
        self.assertEqual((self.folder / ".ocrtune/runs" / apply / "recipe.toml").read_text(), recipe)
        said = server.request("POST", "/api/runs", run_request("apply", "a.db", corpus, output="voted", vote=True), check=400)
        self.assertIn("`options.vote`", said.body.decode())
        # A study without a verdict has its best pipeline only.
        server.wait(server.begin("optimize", "b.db", corpus, pipeline=self.fast(), trials=2), ["done"])
        server.request("GET", "/api/studies/b/export/recipe.toml", check=404)
        apply = server.begin("apply", "b.db", corpus, output="best")
        self.assertEqual(server.wait(apply, ["done"])["done"], 4)
        self.assertTrue((self.folder / ".ocrtune/runs" / apply / "pipeline.toml").exists())

    def test_a_run_reads_nothing_outside_the_folders(self):
        server = self.server
        outside = self.tmp / "outside"
        outside.mkdir()
        scans = sorted(tiny_pages().glob("*.png"))
        for name, scan in zip(("secret.png", "linked.png"), scans):
            shutil.copy(scan, outside / name)
        (outside / "secret.txt").write_text("the secret text")
        (outside / "edit.toml").write_text("secret = 1")
        pages = self.folder / "uploads"
        pages.mkdir()
        for name in ("a.png", "b.png", "c.png"):
            shutil.copy(scans[2], pages / name)
        (pages / "link.png").symlink_to(outside / "linked.png")
        (pages / "folder").symlink_to(outside)
        (pages / "b.gt.txt").symlink_to(outside / "secret.txt")
        (pages / "c.png.edit.toml").symlink_to(outside / "edit.toml")
        (pages / "inner.csv").write_text(f"file\n{outside}/secret.png\n")
        manifest = pages / "all.csv"
        manifest.write_text("file;truth\n"
                            f"a.png;{outside}/secret.txt\nb.png;\nc.png;\n{outside}/secret.png;\n../../outside/secret.png;\n"
                            "link.png;\nfolder/secret.png;\ninner.csv;\nfile:///etc/passwd;\n/etc/none.png;\n")
        corpus = server.corpus(manifest)
        deadline = time.monotonic() + 120
        while (info := server.get(f"/api/corpora/{corpus}"))["state"] == "loading" and time.monotonic() < deadline:
            time.sleep(0.05)
        self.assertEqual([page["name"] for page in info["pages"]], ["a.png", "b.png"], info["problems"])
        runs = [server.begin("apply", "", corpus, effort="low", output="texts"),
                server.begin("tune", "a.db", corpus, pipeline=self.fast(), trials=2, hold_out=0)]
        for run in runs:
            server.wait(run, ["done"])
            log = server.get(f"/api/runs/{run}/log")["text"]
            self.assertEqual(log.count("is outside the folders that may be read"), 8, log)
            self.assertNotIn("secret text", log)
            self.assertNotIn("secret = 1", log)
        texts = sorted(str(path.relative_to(self.folder / "texts")) for path in (self.folder / "texts").rglob("*.txt"))
        self.assertEqual(texts, ["a.txt", "b.txt"])
        with sqlite3.connect(self.folder / "a.db") as study:
            self.assertNotIn("secret", "\n".join(study.iterdump()))

    def test_texts_of_an_apply(self):
        server = self.server
        corpus = server.corpus(tiny_pages())
        apply = server.begin("apply", "", corpus, effort="low", output="texts")
        server.wait(apply, ["done"])
        texts = server.get(f"/api/runs/{apply}/texts")
        self.assertEqual((texts["total"], len(texts["pages"])), (4, 4))
        errors = [page["expected_cer"] for page in texts["pages"]]
        self.assertEqual(errors, sorted(errors, reverse=True))
        names = [page["name"] for page in server.get(f"/api/corpora/{corpus}")["pages"]]
        for page in texts["pages"]:
            text = server.get(f"/api/runs/{apply}/texts/{page['page']}")
            self.assertEqual(text["name"], names[page["page"]])
            self.assertEqual(text["text"], (self.folder / "texts" / text["name"]).with_suffix(".txt").read_text())
        word = max(text["text"].split(), key=lambda word: len(word) if word.isalpha() else 0)
        found = server.get(f"/api/runs/{apply}/texts?words={word.upper()}&count=1")
        self.assertEqual(len(found["pages"]), 1)
        self.assertIn(word.lower(), [piece.lower() for piece in found["pages"][0]["found"][1::2]])
        self.assertEqual(server.get(f"/api/runs/{apply}/texts?words=xyzzyx"), {"from": 0, "edited": 0, "pages": [], "total": 0})
        self.assertEqual(server.get(f"/api/runs/{apply}/texts?from=3")["pages"], texts["pages"][3:])
        for wrong, status in (("texts/4", 404), ("texts/x", 404), ("texts/-1", 404), ("texts?from=x", 400), ("texts?words=" + "a" * 201, 400)):
            server.request("GET", f"/api/runs/{apply}/{wrong}", check=status)
        server.get(f"/api/runs/{apply}/texts?count=1000000&words=%22%29*%00".replace("%00", ""))
        # After a restart they are read again.
        server.close()
        server = self.server = self.started()
        while server.get(f"/api/corpora/{corpus}")["state"] == "loading":
            time.sleep(0.05)
        self.assertEqual(server.get(f"/api/runs/{apply}/texts"), texts)
        screen = server.begin("screen", "a.db", corpus, pipeline=self.fast(), **DESIGN)
        server.request("GET", f"/api/runs/{screen}/texts", check=404)

    def applied(self, pages, **options):
        corpus = self.server.corpus(pages)
        run = self.server.begin("apply", "", corpus, **{"effort": "low", "output": "out/texts", **options})
        self.server.wait(run, ["done"])
        return corpus, run

    def test_all_pages_are_exported(self):
        server = self.server
        corpus, run = self.applied(tiny_pages())
        answer = server.request("GET", f"/api/runs/{run}/export/texts.zip", check=200)
        self.assertEqual(answer.headers["Content-Type"], "application/zip")
        self.assertIn("texts-texts.zip", answer.headers["Content-Disposition"])
        with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
            self.assertIsNone(archive.testzip())
            texts = {str(path.relative_to(self.folder / "out" / "texts")): path.read_bytes()
                     for path in (self.folder / "out" / "texts").rglob("*.txt")}
            # All of them have ground truth, which is their text then.
            truths = {f"{path.name.removesuffix('.gt.txt')}.txt": path.read_bytes() for path in tiny_pages().glob("*.gt.txt")}
            recognized = {str(Path(name).with_suffix(".ocr.txt")): text for name, text in texts.items()}
            self.assertEqual({name: archive.read(name) for name in archive.namelist()}, truths | recognized)
            for info in archive.infolist():
                name = info.filename
                file = (self.folder / "out" / "texts" / name.replace(".ocr.txt", ".txt") if name.endswith(".ocr.txt")
                        else tiny_pages() / name.replace(".txt", ".gt.txt"))
                changed = time.mktime((*info.date_time, 0, 0, -1))
                # ZIP counts two seconds at a time.
                self.assertAlmostEqual(changed, int(file.stat().st_mtime), delta=1, msg=name)
        answer = server.request("GET", f"/api/runs/{run}/export/pages.pdf", check=200)
        pdf = self.tmp / "pages.pdf"
        pdf.write_bytes(answer.body)
        texts = texts_of(sound(pdf))
        self.assertEqual(len(texts), 4)
        self.assertEqual(server.request("GET", f"/api/runs/{run}/export/pages.pdf").body, answer.body)
        server.request("GET", f"/api/runs/{run}/export/x.zip", check=404)

    def test_documents_in_the_archive_have_the_corrected_text(self):
        server = self.server
        pages = self.tmp / "studies" / "scans"
        pages.mkdir()
        for name, path in zip("ab", sorted(tiny_pages().glob("*.png"))):
            shutil.copy(path, pages / f"{name}.png")
        corpus, run = self.applied(pages, format=["text", "hocr", "alto", "page"])
        text = server.get(f"/api/runs/{run}/texts/0")
        words = text["text"].split()
        longest = max(words, key=len)
        corrected = text["text"].replace(longest, "Xylophon & Co").rstrip("\n") + "\n\nNachsatz\n"
        server.request("PUT", f"/api/corpora/{corpus}/pages/0/truth", {"text": corrected, "version": text["truth_version"]}, check=200)
        with zipfile.ZipFile(io.BytesIO(server.request("GET", f"/api/runs/{run}/export/texts.zip", check=200).body)) as archive:
            self.assertEqual(sorted(archive.namelist()), sorted(
                ["a.ocr.txt", *(f"{page}{extension}" for page in "ab" for extension in (".txt", ".hocr", ".xml", ".page.xml"))]))
            for extension in (".hocr", ".xml", ".page.xml"):
                self.assertEqual(archive.read(f"b{extension}"), (self.folder / "out" / "texts" / f"b{extension}").read_bytes())
                (self.tmp / f"a{extension}").write_bytes(archive.read(f"a{extension}"))
        alto = ElementTree.parse(self.tmp / "a.xml")
        space = {"": "http://www.loc.gov/standards/alto/ns-v4#"}
        strings = alto.findall(".//String", space)
        self.assertEqual([string.get("CONTENT") for string in strings], corrected.split())
        blocks = alto.findall(".//TextBlock", space)
        self.assertEqual({block.get("CS") for block in blocks}, {"true"})
        self.assertEqual(len(blocks), len(corrected.strip().split("\n\n")))
        self.assertEqual({string.get("WC") for string in strings}, {"1.00"})
        self.assertGreater(sum(int(string.get("WIDTH")) > 0 for string in strings), 0.8 * len(strings))
        self.assertIn("Xylophon &amp; Co", (self.tmp / "a.page.xml").read_text())
        self.assertIn(">Nachsatz<", (self.tmp / "a.hocr").read_text())

    def test_documents_of_a_page_that_lies_on_its_side_say_so(self):
        server = self.server
        pages = self.tmp / "studies" / "scans"
        pages.mkdir()
        with Image.open(kept_pages(1)[0]) as upright:
            upright.convert("L").transpose(Image.Transpose.ROTATE_90).save(pages / "a.png")
        corpus, run = self.applied(pages, format=["text", "hocr", "alto", "page"], effort="normal")
        text = server.get(f"/api/runs/{run}/texts/0")
        server.request("PUT", f"/api/corpora/{corpus}/pages/0/truth", {"text": text["text"] + "Nachsatz\n", "version": text["truth_version"]},
                       check=200)
        marks = {".hocr": "textangle 90", ".xml": 'ROTATION="90"', ".page.xml": 'orientation="90"'}
        with zipfile.ZipFile(io.BytesIO(server.request("GET", f"/api/runs/{run}/export/texts.zip", check=200).body)) as archive:
            for extension, mark in marks.items():
                with self.subTest(extension):
                    self.assertIn(mark, (self.folder / "out" / "texts" / f"a{extension}").read_text())
                    self.assertIn(mark, archive.read(f"a{extension}").decode())
                    self.assertIn("Nachsatz", archive.read(f"a{extension}").decode())
        (self.tmp / "pages.pdf").write_bytes(server.request("GET", f"/api/runs/{run}/export/pages.pdf", check=200).body)
        info = subprocess.run(["pdfinfo", self.tmp / "pages.pdf"], check=True, capture_output=True, text=True).stdout
        self.assertRegex(info, "rot: +90")

    def test_a_corrected_text_is_ground_truth(self):
        server = self.server
        pages = self.tmp / "studies" / "scans"
        pages.mkdir()
        for path in sorted(tiny_pages().glob("*.png"))[:2]:
            shutil.copy(path, pages)
        corpus, run = self.applied(pages)
        text = server.get(f"/api/runs/{run}/texts/0")
        self.assertIsNone(text["truth"])
        self.assertEqual(" ".join(word[0] for word in text["words"]), " ".join(text["text"].split()))
        for _, confidence, left, top, right, bottom in text["words"]:
            self.assertTrue(0 <= left < right <= text["width"] and 0 <= top < bottom <= text["height"])
            self.assertTrue(0 <= confidence <= 100)
        address = f"/api/corpora/{corpus}/pages/0/truth"
        mine = "Größe of a corrected page\nxylophone\n"
        saved = server.request("PUT", address, {"text": mine, "version": text["truth_version"]}, check=200).json
        file = pages / saved["file"]
        self.assertEqual(file.name, Path(text["name"]).stem + ".gt.txt")
        self.assertEqual(file.read_text(), mine)
        again = server.get(f"/api/runs/{run}/texts/0")
        self.assertEqual((again["truth"], again["truth_version"], again["text"]), (mine, saved["version"], text["text"]))
        self.assertEqual(server.get(f"/api/runs/{run}/texts?words=xylophone")["total"], 1)
        info = server.get(f"/api/corpora/{corpus}")
        self.assertEqual((info["truth_count"], [page["truth"] for page in info["pages"]]), (1, [True, False]))
        # A PDF has it where the word was that it replaces.
        words = text["text"].split()
        longest = max(words, key=len)
        corrected = " ".join("Xylophone" if word == longest else word for word in words)
        saved = server.request("PUT", address, {"text": corrected, "version": saved["version"]}, check=200).json
        pdf = self.tmp / "pages.pdf"
        pdf.write_bytes(server.request("GET", f"/api/runs/{run}/export/pages.pdf", check=200).body)
        self.assertIn("Xylophone", letters_of(sound(pdf))[0])
        pages_to_correct = server.get(f"/api/runs/{run}/to_correct")["pages"]
        self.assertEqual([page["page"] for page in pages_to_correct], [1])
        # Of two windows the second is told, whatever the file holds by now.
        self.assertNotIn("\n", server.request("PUT", address, {"text": "x", "version": ""}, check=409).json["error"])
        file.write_text("by another program")
        server.request("PUT", address, {"text": "x", "version": saved["version"]}, check=409)
        other = server.get(f"/api/runs/{run}/texts/0")
        self.assertEqual(other["truth"], "by another program")
        server.request("PUT", address, {"text": "", "version": other["truth_version"]}, check=200)
        self.assertEqual(file.read_text(), "")
        for body, status in (({"text": "x"}, 400), ({"text": 1, "version": ""}, 400), ({"text": "x" * (2**18 + 1), "version": ""}, 413)):
            server.request("PUT", address, body, check=status)
        server.request("PUT", f"/api/corpora/{corpus}/pages/2/truth", {"text": "", "version": ""}, check=404)
        # The page is scored with it.
        deadline = time.monotonic() + 60
        while server.get(f"/api/corpora/{corpus}")["state"] != "ready" and time.monotonic() < deadline:
            time.sleep(0.05)
        self.assertIn("cer", server.get(f"/api/corpora/{corpus}")["pages"][0]["baseline"])

    def test_a_correction_goes_nowhere_else(self):
        server = self.server
        pages = self.tmp / "studies" / "scans"
        pages.mkdir()
        first, second = sorted(tiny_pages().glob("*.png"))[:2]
        shutil.copy(first, pages / "a.png")
        shutil.copy(second, pages / "b.png")
        outside = self.tmp / "outside.txt"
        outside.write_text("outside")
        (pages / "a.gt.txt").symlink_to(outside)
        (pages / "b.gt.xml").write_text(page_xml("second"))
        shutil.copy(first, pages / "c.png")
        (pages / "c.gt.hocr").write_text(HOCR)
        corpus, run = self.applied(pages)
        put = lambda page, text, check: server.request(
            "PUT", f"/api/corpora/{corpus}/pages/{page}/truth",
            {"text": text, "version": server.get(f"/api/runs/{run}/texts/{page}")["truth_version"]}, check=check).json
        put(0, "x", 403)
        self.assertEqual(outside.read_text(), "outside")
        self.assertIn("b.gt.xml: the file has 1 lines with text", put(1, "two\nlines", 409)["error"])
        self.assertIn("c.gt.hocr", put(2, "x", 409)["error"])
        self.assertEqual(put(1, "corrected & saved", 200)["file"], "b.gt.xml")
        self.assertEqual((pages / "b.gt.xml").read_text(), page_xml("corrected & saved"))
        self.assertEqual(server.get(f"/api/runs/{run}/texts/1")["truth"], "corrected & saved")
        self.assertEqual((pages / "c.gt.hocr").read_text(), HOCR)
        self.assertEqual(sorted(path.name for path in pages.iterdir()),
                         ["a.gt.txt", "a.png", "b.gt.xml", "b.png", "c.gt.hocr", "c.png"])

    def test_wrong_requests_are_told_in_one_line(self):
        server = self.server
        corpus = server.corpus(tiny_pages())
        for change, status in (({"study": "../a.db"}, 400), ({"study": "a"}, 400), ({"study": "-x.db"}, 400),
                               ({"study": ".db"}, 400), ({"study": "a/b.db"}, 400), ({"method": "rm"}, 400),
                               ({"corpus": "none"}, 404), ({"extra": 1}, 400)):
            answer = server.request("POST", "/api/runs", {**run_request("screen", "a.db", corpus), **change}, check=status)
            self.assertNotIn("\n", answer.json["error"])
        for method, options in (("screen", {"exponent": 21}), ("screen", {"trials": 3}), ("tune", {"objective": ["cer", "wer"]}),
                                ("optimize", {"sampler": "none"}), ("apply", {"output": "../x"}), ("apply", {"output": "/x"}),
                                ("apply", {"output": ""}), ("tune", {"budget": 0}), ("tune", {"psm": 2}),
                                ("tune", {"constraint": ["words>"]}), ("tune", {"seed": -1}), ("tune", {"vote": True})):
            server.request("POST", "/api/runs", run_request(method, "a.db", corpus, **options), check=400)
        self.assertEqual(server.get("/api/runs"), [])
        server.request("GET", "/api/runs/20200101-000000-000000", check=404)


class Studies(ServerCase):
    def test_the_list_has_broken_files_with_their_problems(self):
        self.screened("good.db")
        (self.folder / "empty.db").write_bytes(b"")
        (self.folder / "text.db").write_text("hello")
        with sqlite3.connect(self.folder / "other.db") as database:
            database.execute("CREATE TABLE t (x)")
        whole = (self.folder / "good.db").read_bytes()
        (self.folder / "cut.db").write_bytes(whole[:len(whole) // 2 + 100])
        (self.folder / "link.db").symlink_to(self.folder / "good.db")
        for _ in range(2):
            entries = {entry["id"]: entry for entry in self.server.get("/api/studies")}
            self.assertEqual(set(entries), {"good", "empty", "text", "other", "cut"})
            for name in ("empty", "text", "other", "cut"):
                self.assertTrue(entries[name]["problem"], name)
                self.assertIsNone(entries[name]["objective"])
            good = entries["good"]
            self.assertIsNone(good["problem"])
            self.assertEqual((good["trials"], good["pages"], good["sampler"], good["objective"], good["running"]),
                             (4, 4, "design", "confidence", False))
            self.assertGreaterEqual(good["best"], good["baseline"])
            self.assertEqual(set(good["cer"]), {"baseline", "best"})
        for name in ("text", "cut", "other"):
            self.server.request("GET", f"/api/studies/{name}/data", check=409)

    def test_exports_are_what_the_command_writes(self):
        self.screened("a b.db")
        ocrtune("export", self.folder / "a b.db", "-o", self.tmp / "csv", "--quiet", check=0)
        for name in ("trials", "pages", "timings", "pruned", "pareto", "configuration"):
            answer = self.server.request("GET", f"/api/studies/a%20b/export/{name}.csv", check=200)
            self.assertEqual(answer.body, (self.tmp / "csv" / f"{name}.csv").read_bytes(), name)
            self.assertEqual(answer.headers["Content-Type"], "text/csv; charset=utf-8")
            self.assertIn(f"a%20b-{name}.csv", answer.headers["Content-Disposition"])
        toml = self.server.request("GET", "/api/studies/a%20b/export/best.toml", check=200).body.decode()
        self.server.post("/api/pipelines/parse", {"toml": toml})
        self.server.request("GET", "/api/studies/a%20b/export/other.csv", check=404)

    def test_files_of_the_python_design_are_those_of_the_command(self):
        self.screened("a.db")
        self.assertIn("audit.zip", self.server.get("/api/studies/a/exports")["names"])
        ocrtune("export", self.folder / "a.db", "--format", "audit", "-o", self.tmp / "audit", "--quiet", check=0)
        answer = self.server.request("GET", "/api/studies/a/export/audit.zip", check=200)
        self.assertEqual(answer.headers["Content-Type"], "application/zip")
        with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
            self.assertEqual({name: archive.read(name) for name in archive.namelist()},
                             {path.name: path.read_bytes() for path in (self.tmp / "audit").iterdir()})
        ocrtune("optimize", tiny_pages(), "--pipeline", "auto", "--trials", 1, "--sampler", "random", "--study", self.folder / "other.db",
                "--quiet", check=0)
        self.assertNotIn("audit.zip", self.server.get("/api/studies/other/exports")["names"])
        self.server.request("GET", "/api/studies/other/export/audit.zip", check=400)

    def test_a_search_starts_from_points_of_the_python_design(self):
        points = self.folder / "screening_standard.csv"
        points.write_text("point_id;score_tesseract;bin_c;denoise_h\n1;70.5;12;5\n2;88.25;17;9\n")
        corpus = self.server.corpus(tiny_pages())
        body = {"method": "optimize", "study": "s.db", "corpus": corpus, "pipeline": None, "output": "", "start_from": [str(points)],
                "options": {"trials": 3, "sampler": "random"}}
        run = self.server.post("/api/runs", body)["id"]
        info = self.server.wait(run, ["done"])
        self.assertIn(f"--enqueue={points}", info["command"])
        ocrtune("export", self.folder / "s.db", "-o", self.tmp / "s", "--quiet", check=0)
        with open(self.tmp / "s" / "trials.csv", encoding="utf-8") as file:
            rows = list(csv.DictReader(file, delimiter=";"))
        self.assertIn(("17", "9"), [(row["bin_c"], row["denoise_h"]) for row in rows[1:]])
        for wrong, status in (("/etc/passwd.csv", 403), (str(self.folder / "none.csv"), 404), (str(points.with_suffix(".png")), 400)):
            self.server.request("POST", "/api/runs", {**body, "study": "t.db", "start_from": [wrong]}, check=status)
        self.server.request("POST", "/api/runs", {**body, "method": "screen", "study": "t.db", "options": {"exponent": 2}}, check=400)

    def test_data_trial_and_notes(self):
        self.screened("a.db")
        data = self.server.request("GET", "/api/studies/a/data", check=200)
        self.assertEqual(data.body, self.server.request("GET", "/api/studies/a/data", check=200).body)
        self.assertEqual(data.json["study"]["name"], "a.db")
        trial = self.server.get("/api/studies/a/trials/2")
        row = exported(self.folder / "a.db", self.tmp / "csv")["trials"][2]
        self.assertEqual({name: float(row[name]) for name in trial["params"]}, trial["params"])
        self.assertEqual(trial["scores"]["confidence"], float(row["score_tesseract"]))
        self.assertEqual(len(trial["pages"]), 4)
        self.server.request("GET", "/api/studies/a/trials/99", check=404)
        self.server.request("GET", "/api/studies/a/trials/-1", check=404)
        self.assertEqual(self.server.get("/api/studies/a/notes"), {"text": ""})
        text = "Élan, 2 % \u2603\n" * 10
        self.server.request("PUT", "/api/studies/a/notes", {"text": text}, check=200)
        self.assertEqual(self.server.get("/api/studies/a/notes"), {"text": text})
        self.server.request("PUT", "/api/studies/a/notes", {"text": "x" * 65537}, check=413)
        self.server.request("PUT", "/api/studies/a/notes", {"text": 3}, check=400)
        self.server.request("PUT", "/api/studies/b/notes", {"text": ""}, check=404)
        self.assertEqual(self.server.get("/api/studies/a/notes"), {"text": text})

    def test_the_verdict_is_that_of_the_command(self):
        self.screened("a.db")
        self.assertIsNone(self.server.get("/api/studies/a/verdict"))
        kept = verdicts.keep_verdict(self.folder / "a.db", False)
        told = self.server.get("/api/studies/a/verdict")
        self.assertEqual({**told, "text": told["text"]["en"]}, {**kept, "text": verdicts.UNTUNED})
        self.assertEqual(self.server.get("/api/studies/a/data")["verdict"], told)
        self.server.request("GET", "/api/studies/b/verdict", check=404)

    def test_names_lead_nowhere_else(self):
        (self.tmp / "outside.db").write_bytes((self.folder / f"{self.screened('a.db')}.db").read_bytes())
        for name in ("..%2foutside", "%2e%2e%2foutside", ".", "..", "%2e%2e", "a%00", "%ff", "-a", " a"):
            for rest in ("data", "notes", "trials/0", "export/trials.csv", "corpus"):
                status = self.server.request("GET", f"/api/studies/{name.replace(' ', '%20')}/{rest}").status
                self.assertIn(status, (400, 404), (name, rest))


class Events(ServerCase):
    def test_two_hundred_streams(self):
        opened = [self.server.stream() for _ in range(200)]
        statuses = [response.status for _, response in opened]
        self.assertEqual(set(statuses), {200, 503})
        self.assertLessEqual(statuses.count(200), 32)
        self.server.get("/api/server")
        for connection, response in opened:
            response.close()
            connection.close()
        deadline = time.monotonic() + 60  # a ping may be needed to notice
        while time.monotonic() < deadline:
            connection, response = self.server.stream()
            response.close()
            connection.close()
            if response.status == 200:
                return
            time.sleep(0.2)
        self.fail("closed streams still count")
