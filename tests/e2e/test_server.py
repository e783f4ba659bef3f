"""`ocrtune serve`: who is let in, what is refused, corpora, previews."""
import http.client
import json
import tempfile
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import time
import unittest

import schemas
from support import OCRTUNE, ScratchCase, doctor, ocrtune, sample_pages


class Client:
    """A running server, spoken to as the page does."""

    def __init__(self, folder, *pages):
        arguments = [word for page in pages for word in ("--pages", str(page))]
        self.process = subprocess.Popen([OCRTUNE, "serve", str(folder), "--port", "0", "--no-open", *arguments],
                                        stdout=subprocess.PIPE, text=True)
        address = self.process.stdout.readline()
        match = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/\?token=([0-9a-f]{32})\n", address)
        assert match, f"no address: {address!r}"
        self.port, self.token = int(match[1]), match[2]

    def ask(self, method, path, body=None, headers=None, token=True):
        """Status, headers and body of the answer."""
        sent = {"Authorization": f"Bearer {self.token}"} if token else {}
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body)
            sent["Content-Type"] = "application/json"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, {**sent, **(headers or {})})
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        if answer.status == 200 and answer.headers["Content-Type"] == "application/json":
            schemas.check_answer(method, path, json.loads(content))
        return answer.status, answer.headers, content

    def status(self, *arguments, **named):
        return self.ask(*arguments, **named)[0]

    def get(self, path):
        status, _, body = self.ask("GET", path)
        assert status == 200, (path, status, body)
        return json.loads(body)

    def post(self, path, body):
        status, _, answer = self.ask("POST", path, body)
        assert status == 200, (path, status, answer)
        return json.loads(answer)

    def corpus(self, *inputs, state=("ready",)):
        """The corpus of these inputs, once it is in that state."""
        made = self.post("/api/corpora", {"inputs": [str(path) for path in inputs], "lang": "eng"})["id"]
        deadline = time.monotonic() + 200
        while time.monotonic() < deadline:
            info = self.get(f"/api/corpora/{made}")
            if info["state"] in state:
                return info
            time.sleep(0.1)
        raise AssertionError(f"still {info}")

    def raw(self, data, wait=10):
        """What the server answers to these bytes, until it closes or is silent."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as connection:
            connection.sendall(data)
            answer = b""
            try:
                while piece := connection.recv(65536):
                    answer += piece
            except (TimeoutError, ConnectionResetError):
                pass
            return answer

    def resident_kb(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1])

    def end(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        finally:
            self.process.stdout.close()


class ServerCase(ScratchCase):
    def setUp(self):
        super().setUp()
        self.folder = self.tmp / "work"
        self.folder.mkdir()
        self.server = self.start()

    def start(self, *pages):
        server = Client(self.folder, sample_pages(), *pages)
        self.addCleanup(server.end)
        return server

    def assert_alive(self):
        self.assertIsNone(self.server.process.poll())
        self.assertEqual(self.server.status("GET", "/api/server"), 200)


class ServerDoor(ServerCase):
    def test_token_lets_in_and_nothing_else_does(self):
        self.assertEqual(self.server.status("GET", "/api/server", token=False), 401)
        self.assertEqual(self.server.status("GET", "/?token=" + "0" * 32, token=False), 303)
        status, headers, _ = self.server.ask("GET", f"/?token={self.server.token}", token=False)
        self.assertEqual((status, headers["Location"]), (303, "/"))
        cookie = headers["Set-Cookie"]
        self.assertEqual(cookie, f"ocrtune_{self.server.port}={self.server.token}; HttpOnly; SameSite=Strict; Path=/")
        pair = cookie.split(";")[0]
        self.assertEqual(self.server.status("GET", "/api/server", token=False, headers={"Cookie": pair}), 200)
        self.assertEqual(self.server.status("GET", "/api/server", token=False, headers={"Cookie": pair[:-1]}), 401)

    def test_foreign_host_and_origin_are_refused(self):
        for host in ("evil.example", f"evil.example:{self.server.port}", "127.0.0.1"):
            self.assertEqual(self.server.status("GET", "/api/server", headers={"Host": host}), 403, host)
        here = f"http://127.0.0.1:{self.server.port}"
        self.assertEqual(self.server.status("GET", "/api/server", headers={"Origin": here}), 200)
        for origin in ("http://evil.example", "null", here + "0"):
            self.assertEqual(self.server.status("GET", "/api/server", headers={"Origin": origin}), 403, origin)

    def test_answers_carry_security_headers(self):
        for path in ("/", "/api/server", "/api/nothing"):
            _, headers, _ = self.server.ask("GET", path)
            self.assertIn("default-src 'self'", headers["Content-Security-Policy"])
            self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
            self.assertEqual(headers["Referrer-Policy"], "no-referrer")

    def test_forms_are_refused(self):
        body = json.dumps({"inputs": [str(sample_pages())], "lang": "eng"}).encode()
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
            self.assertEqual(self.server.status("POST", "/api/corpora", body, headers={"Content-Type": kind}), 415)

    def test_only_this_machine_is_served_and_ports_arent_shared(self):
        with tempfile.TemporaryDirectory() as other:
            done = ocrtune("serve", other, "--port", self.server.port, "--no-open", check=1)
        self.assertIn("is in use", done.stderr)

    def test_a_folder_has_one_server(self):
        done = ocrtune("serve", self.folder, "--port", 0, "--no-open", check=5)
        self.assertIn("another `ocrtune serve` is running in this folder", done.stderr)

    def test_unknown_addresses_and_methods(self):
        self.assertEqual(self.server.status("GET", "/api/nothing"), 404)
        self.assertEqual(self.server.status("GET", "/nothing.js"), 404)
        self.assertEqual(self.server.status("PUT", "/api/server", {}), 405)
        self.assertEqual(self.server.status("POST", "/", {}), 405)


class ServerFiles(ServerCase):
    def test_paths_outside_are_refused(self):
        secret = self.tmp / "secret"
        secret.mkdir()
        (secret / "page.png").write_bytes(b"x")
        (self.folder / "link").symlink_to(secret)
        outside = ["/etc", "/", str(secret), str(self.folder / ".." / "secret"), str(self.folder / "link"), "relative",
                   str(self.folder) + "/../../../../etc/passwd", str(self.folder / "link" / "nothing")]
        for path in outside:
            self.assertEqual(self.server.status("POST", "/api/corpora", {"inputs": [path], "lang": "eng"}), 403, path)
            quoted = "".join(f"%{byte:02x}" for byte in path.encode())
            self.assertEqual(self.server.status("GET", f"/api/folders?path={quoted}"), 403, path)
        for path in ("/api/../etc/passwd", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2fetc"):
            self.assertEqual(self.server.status("GET", path), 404, path)

    def test_a_manifest_takes_nothing_from_elsewhere(self):
        secret = self.tmp / "secret.png"
        secret.write_bytes(next(sample_pages().glob("*.p[gn]*")).read_bytes())
        (self.folder / "pages.csv").write_text(f"file\n{secret}\n../secret.png\n")
        info = self.server.corpus(self.folder / "pages.csv", state=("failed",))
        self.assertEqual(info["page_count"], 0)
        for problem in info["problems"][:2]:
            self.assertIn("is outside the folders of this server", problem)

    def test_folders_are_listed(self):
        listing = self.server.get("/api/folders")
        self.assertEqual([entry["path"] for entry in listing["folders"]], [str(self.folder), str(sample_pages())])
        listing = self.server.get(f"/api/folders?path={sample_pages()}")
        self.assertIsNone(listing["parent"])
        self.assertEqual(len(listing["files"]), len({entry["name"] for entry in listing["files"]}))
        self.assertTrue(listing["files"])

    def test_what_can_be_uploaded_is_said(self):
        kind = {"Content-Type": "application/octet-stream"}
        uploads = self.server.get("/api/server")["uploads"]
        self.assertLessEqual({".png", ".heic", ".avif", ".pdf", ".txt", ".csv"}, set(uploads))
        for ending in uploads:
            self.assertEqual(self.server.status("PUT", f"/api/uploads/a{ending}", b"x", headers=kind), 200, ending)

    def test_uploads_are_kept_under_their_names(self):
        kind = {"Content-Type": "application/octet-stream"}
        status, _, body = self.server.ask("PUT", "/api/uploads/a%20page.png", b"content", headers=kind)
        self.assertEqual(status, 200)
        kept = pathlib.Path(json.loads(body)["path"])
        self.assertEqual(kept, self.folder / "uploads" / "a page.png")
        self.assertEqual(kept.read_bytes(), b"content")
        for name in ("..%2fx.png", ".hidden.png", "%2e%2e", "a.sh", "a", "a%00.png", "a%0a.png"):
            self.assertEqual(self.server.status("PUT", f"/api/uploads/{name}", b"x", headers=kind), 400, name)
        self.assertEqual([path.name for path in (self.folder / "uploads").iterdir()], ["a page.png"])

    def test_an_upload_doesnt_follow_a_link(self):
        (self.folder / "uploads").mkdir()
        target = self.tmp / "target.png"
        target.write_bytes(b"kept")
        (self.folder / "uploads" / "a.png").symlink_to(target)
        kind = {"Content-Type": "application/octet-stream"}
        self.assertEqual(self.server.status("PUT", "/api/uploads/a.png", b"new", headers=kind), 200)
        self.assertEqual(target.read_bytes(), b"kept")


class ServerLimits(ServerCase):
    def head(self, method, path, *lines):
        return "\r\n".join([f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.server.port}",
                            f"Authorization: Bearer {self.server.token}", *lines, "", ""]).encode()

    def status_of(self, answer):
        return int(answer.split(b" ", 2)[1]) if answer else None

    def test_huge_bodies_are_refused_unread(self):
        before = self.server.resident_kb()
        for path, method, kind in (("/api/corpora", "POST", "application/json"),
                                   ("/api/uploads/a.png", "PUT", "application/octet-stream")):
            answer = self.server.raw(self.head(method, path, f"Content-Type: {kind}", "Content-Length: 1000000000"))
            self.assertEqual(self.status_of(answer), 413, path)
        self.assertLess(self.server.resident_kb() - before, 20_000)
        self.assert_alive()

    def chunked(self, method, path, kind, size):
        """The status that a body in chunks gets, of which at most `size` bytes are sent."""
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=60) as connection:
            connection.sendall(self.head(method, path, f"Content-Type: {kind}", "Transfer-Encoding: chunked"))
            block = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
            try:
                for _ in range(size // 0x100000):
                    connection.sendall(block)
            except (BrokenPipeError, ConnectionResetError):
                pass
            try:
                return self.status_of(connection.recv(65536))
            except ConnectionResetError:
                return "reset"

    def test_chunked_bodies_end_at_the_limit(self):
        before = self.server.resident_kb()
        self.assertIn(self.chunked("PUT", "/api/uploads/a.png", "application/octet-stream", 1 << 30), (413, "reset"))
        self.assertIn(self.chunked("POST", "/api/corpora", "application/json", 1 << 26), (413, "reset"))
        self.assertLess(self.server.resident_kb() - before, 20_000)
        self.assertEqual(list((self.folder / ".ocrtune" / "incoming").iterdir()), [])
        self.assertFalse((self.folder / "uploads" / "a.png").exists())
        self.assert_alive()

    def test_malformed_requests_are_refused(self):
        many = [f"X-{number}: {'x' * 100}" for number in range(1000)]
        for data in (b"\x00" * 100 + b"\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\r\n\r\n",
                     self.head("GET", "/" + "a" * 20000), self.head("GET", "/api/server", *many),
                     self.head("POST", "/api/corpora", "Content-Type: application/json", "Content-Length: -1"),
                     self.head("POST", "/api/corpora", "Content-Type: application/json", "Content-Length: 2",
                               "Transfer-Encoding: chunked"),
                     self.head("GET", "/api/server", "Host: localhost"),
                     self.head("POST", "/api/corpora", "Content-Type: application/json", "Content-Encoding: gzip",
                               "Content-Length: 2")):
            status = self.status_of(self.server.raw(data))
            self.assertTrue(status is None or 400 <= status < 500, (data[:80], status))
        self.assert_alive()

    def test_wrong_json_is_told_in_one_line(self):
        pages = [str(sample_pages())]
        for path, body in (("/api/corpora", b"{"), ("/api/corpora", b"[" * 100_000), ("/api/corpora", b"\xff\xfe"),
                           ("/api/corpora", {"inputs": pages}), ("/api/corpora", {"inputs": "x", "lang": "eng"}),
                           ("/api/corpora", {"inputs": [1], "lang": "eng"}), ("/api/corpora", {"inputs": [], "lang": "eng"}),
                           ("/api/corpora", {"inputs": pages, "lang": "eng", "more": 1}),
                           ("/api/corpora", {"inputs": pages, "lang": "../../etc"}), ("/api/corpora", []),
                           ("/api/pipelines/parse", {"toml": "[[stage]]\nuse = 'nothing'"}),
                           ("/api/pipelines/text", {"pipeline": {"name": "x"}}), ("/api/preview", {"page": "x"}),
                           ("/api/preview/ocr-result", {})):
            kind = {"Content-Type": "application/json"}
            status, _, answer = self.server.ask("POST", path, body, headers=kind)
            self.assertEqual(status, 400, (path, body))
            line = json.loads(answer)["error"]
            self.assertTrue(line and "\n" not in line and "exception" not in line.lower(), line)
        self.assert_alive()

    def test_many_silent_connections_leave_room(self):
        silent = [socket.create_connection(("127.0.0.1", self.server.port), timeout=60) for _ in range(200)]
        try:
            self.assert_alive()
        finally:
            for connection in silent:
                connection.close()
        self.assert_alive()

    def test_parts_and_compression_arent_given(self):
        ranges = "bytes=" + ",".join(["0-"] * 1000)
        status, headers, body = self.server.ask("GET", "/api/stages", headers={"Range": ranges,
                                                                              "Accept-Encoding": "gzip, br"})
        self.assertEqual(status, 200)
        self.assertIsNone(headers["Content-Encoding"])
        self.assertTrue(json.loads(body))


class ServerKnowledge(ServerCase):
    def test_what_there_is_to_choose(self):
        info = self.server.get("/api/server")
        self.assertEqual(info["roots"], [str(self.folder), str(sample_pages())])
        self.assertIn("eng", info["languages"])
        missing = {one["name"]: one["how_to_get"] for one in info["missing_languages"]}
        self.assertFalse(set(missing) & set(info["languages"]))
        self.assertIn("tesseract-ocr-", missing.get("yid", missing.get("cym", "")))
        stages = {stage["name"]: stage for stage in self.server.get("/api/stages")}
        for name, documented in [*stages.items(), ("ocr", self.server.get("/api/ocr"))]:
            english, french = documented["doc"]["en"], documented["doc"]["fr"]
            self.assertTrue(english.startswith("# ") and french.startswith("# "), name)
            self.assertNotEqual(english, french, name)
        self.assertEqual(stages["denoise_nlm"]["parameters"][0]["name"], "h")
        self.assertIn("tpe", [sampler["name"] for sampler in self.server.get("/api/samplers")])
        known = doctor()["devices"]
        self.assertEqual([device["name"] for device in self.server.get("/api/devices")], [device["name"] for device in known])
        objectives = {objective["name"]: objective for objective in self.server.get("/api/objectives")}
        self.assertTrue(objectives["cer"]["minimized"] and objectives["cer"]["needs_truth"])

    def test_pipelines_go_both_ways(self):
        for preset in self.server.get("/api/presets"):
            form = self.server.post("/api/pipelines/parse", {"toml": preset["toml"]})
            text = self.server.post("/api/pipelines/text", {"pipeline": form})["toml"]
            self.assertEqual(self.server.post("/api/pipelines/parse", {"toml": text}), form)


class ServerCorpora(ServerCase):
    def test_pages_are_shown_and_read(self):
        info = self.server.corpus(sample_pages())
        self.assertEqual((info["page_count"], info["read"]), (4, 4))
        self.assertEqual(info["truth_count"], 4)
        page = f"/api/corpora/{info['id']}/pages/0"
        for path in (f"{page}/thumbnail", f"{page}/image?width=300"):
            status, headers, body = self.server.ask("GET", path)
            self.assertEqual((status, headers["Content-Type"], body[:2]), (200, "image/jpeg", b"\xff\xd8"))
        ocr_result = self.server.get(f"{page}/ocr-result")
        self.assertEqual(ocr_result["scores"], info["pages"][0]["baseline"])
        for field in ("expected_cer", "reasons"):
            self.assertEqual(ocr_result[field], info["pages"][0][field])
        self.assertEqual((ocr_result["width"], ocr_result["height"]), (info["pages"][0]["width"], info["pages"][0]["height"]))
        self.assertGreater(len(ocr_result["words"]), 10)
        self.assertLess(ocr_result["scores"]["cer"], 0.9)
        for path in (f"{page[:-1]}99/image", f"{page[:-1]}x/image", f"{page[:-1]}-1/thumbnail"):
            self.assertEqual(self.server.status("GET", path), 404, path)
        self.assertEqual(self.server.status("GET", f"{page}/image?width=1000000"), 400)

    def test_a_restart_keeps_corpora_and_ocr_results(self):
        info = self.server.corpus(sample_pages())
        self.assertEqual(self.server.end(), 0)
        files = {path: path.stat().st_mtime_ns for path in self.folder.glob(".ocrtune/ocr_results/*/*.json")}
        self.assertEqual(len(files), 4)
        self.server = self.start()
        listed = self.server.get("/api/corpora")
        self.assertEqual([(one["id"], one["page_count"]) for one in listed], [(info["id"], 4)])
        again = self.server.corpus(sample_pages())
        self.assertEqual(again, info)
        self.assertEqual({path: path.stat().st_mtime_ns for path in files}, files)
        self.assertEqual(self.server.status("DELETE", f"/api/corpora/{info['id']}"), 200)
        self.assertEqual(self.server.get("/api/corpora"), [])
        self.assertEqual(self.server.status("GET", f"/api/corpora/{info['id']}"), 404)

    def followed(self):
        """A folder of pages of this test's own, as the server has it: the folder, and its information."""
        scans = self.tmp / "scans"
        scans.mkdir()
        pages = sorted(path for path in pathlib.Path(sample_pages()).iterdir() if path.suffix != ".txt")
        for path in pages[:2]:
            shutil.copy(path, scans / path.name)
        self.server.end()
        self.server = self.start(scans)
        return scans, pages, self.server.corpus(scans)

    def refreshed(self, info, want, ask=None):
        """The corpus once `want` is true of it; whoever asks for it has its folder looked at."""
        deadline = time.monotonic() + 200
        while time.monotonic() < deadline:
            if ask:
                ask()
            now = self.server.get(f"/api/corpora/{info['id']}")
            if want(now):
                return now
            time.sleep(0.1)
        raise AssertionError(f"still {now}")

    def test_pages_that_come_and_go_are_seen_when_it_is_asked_again(self):
        scans, pages, info = self.followed()
        names = lambda one: [page["name"] for page in one["pages"]]
        shutil.copy(pages[2], scans / "00.png")
        again = lambda: self.server.post("/api/corpora", {"inputs": [str(scans)], "lang": "eng"})
        now = self.refreshed(info, lambda one: one["state"] == "ready" and one["page_count"] == 3, again)
        self.assertEqual(names(now), ["00.png", *names(info)])
        self.assertGreater(now["loads"], info["loads"])
        # What stays is as it was, but for its number.
        self.assertEqual([{**page, "index": 0} for page in now["pages"][1:]], [{**page, "index": 0} for page in info["pages"]])
        (scans / pages[0].name).unlink()
        now = self.refreshed(info, lambda one: one["page_count"] == 2)
        self.assertEqual(names(now), ["00.png", pages[1].name])
        for path in scans.iterdir():
            path.unlink()
        self.refreshed(info, lambda one: one["state"] == "failed")
        shutil.copy(pages[0], scans / pages[0].name)
        self.refreshed(info, lambda one: one["state"] == "ready" and one["page_count"] == 1)

    def test_a_page_that_is_written_anew_is_another_one(self):
        scans, pages, info = self.followed()
        shutil.copy(pages[2], scans / pages[0].name)
        version = info["pages"][0]["version"]
        now = self.refreshed(info, lambda one: one["state"] == "ready" and one["pages"][0]["version"] != version)
        self.assertEqual(now["pages"][1], info["pages"][1])

    def test_a_manifest_that_is_edited_is_read_again(self):
        scans, pages, _ = self.followed()
        first, second = (path.name for path in pages[:2])
        manifest = scans / "pages.csv"
        manifest.write_text(f"file,lang\n{first},eng\n{second},eng\n")
        info = self.server.corpus(manifest)
        manifest.write_text(f"file,lang\n{second},eng\n{first},fra\n")
        now = self.refreshed(info, lambda one: one["state"] == "ready" and one["loads"] > info["loads"])
        self.assertEqual([(page["name"], page["lang"]) for page in now["pages"]], [(second, "eng"), (first, "fra")])
        # Neither page is another one, and what was read in the same language is not read again.
        self.assertEqual({**now["pages"][0], "index": 1}, info["pages"][1])
        self.assertEqual(now["pages"][1]["version"], info["pages"][0]["version"])

    def test_refresh_keeps_edits_and_corrections(self):
        scans, pages, info = self.followed()
        page = f"/api/corpora/{info['id']}/pages/1"
        scan = self.server.get(f"{page}/edit")
        body = {"edit": {**scan["edit"], "rotate": 180}, "version": scan["version"]}
        self.assertEqual(self.server.status("PUT", f"{page}/edit", body=body), 200)
        turned = self.refreshed(info, lambda one: one["loads"] > info["loads"] and one["state"] == "ready")
        (scans / f"{pathlib.Path(pages[0].name).stem}.gt.xml").write_bytes(
            b'<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"><Page><TextRegion><TextLine><TextEquiv>'
            b"<Unicode>typed</Unicode></TextEquiv></TextLine></TextRegion></Page></PcGts>")
        self.assertEqual(self.server.post(f"/api/corpora/{info['id']}/refresh", None), {})
        now = self.refreshed(info, lambda one: one["loads"] > turned["loads"] and one["state"] == "ready")
        self.assertEqual(now["pages"][1], turned["pages"][1])
        self.assertEqual(self.server.get(f"{page}/edit")["edit"]["rotate"], 180)
        self.assertEqual((turned["truth_count"], now["truth_count"]), (0, 1))
        self.assertEqual(self.server.status("POST", "/api/corpora/none/refresh"), 404)

    def test_a_damaged_list_doesnt_keep_the_server_from_starting(self):
        self.server.end()
        (self.folder / ".ocrtune" / "corpora.json").write_text("{")
        self.server = self.start()
        self.assertEqual(self.server.get("/api/corpora"), [])


class ServerPreview(ServerCase):
    def setUp(self):
        super().setUp()
        self.corpus = self.server.corpus(sample_pages(), state=("reading", "ready"))["id"]
        presets = {preset["name"]: preset["toml"] for preset in self.server.get("/api/presets")}
        self.pipeline = self.server.post("/api/pipelines/parse", {"toml": presets["standard"]})

    def request(self, **changed):
        return {"corpus": self.corpus, "page": 0, "pipeline": self.pipeline, "stage": 3, "region": None,
                "max_width": 500, "view": "main", **changed}

    def test_a_stage_is_shown(self):
        status, headers, body = self.server.ask("POST", "/api/preview", self.request())
        self.assertEqual(status, 200, body)
        page = self.server.get(f"/api/corpora/{self.corpus}")["pages"][0]
        self.assertEqual(headers["X-Image-Size"], f"{page['width']}x{page['height']}")
        self.assertIn("denoise_nlm;dur=", headers["Server-Timing"])
        first = self.server.ask("POST", "/api/preview", self.request())[2]
        self.assertEqual(first, body)
        self.assertNotEqual(self.server.ask("POST", "/api/preview", self.request(stage=-1))[2], body)
        region = {"x": 10, "y": 10, "width": 100, "height": 50}
        _, headers, cut = self.server.ask("POST", "/api/preview", self.request(region=region))
        self.assertEqual(headers["Content-Type"], "image/png")
        self.assertEqual((cut[:4], cut[16:24]), (b"\x89PNG", (100).to_bytes(4, "big") + (50).to_bytes(4, "big")))

    def test_what_cant_be_shown_is_told(self):
        for changed, wanted in (({"corpus": "nothing"}, 404), ({"page": 99}, 404), ({"stage": 9}, 400),
                                ({"region": {"x": 30000, "y": 0, "width": 1, "height": 1}}, 400)):
            self.assertEqual(self.server.status("POST", "/api/preview", self.request(**changed)), wanted, changed)

    def test_the_preview_is_what_clean_writes_and_reads_alike(self):
        page = self.server.get(f"/api/corpora/{self.corpus}")["pages"][0]
        source = sample_pages() / page["name"]
        ocrtune("clean", source, "--pipeline", "standard", "-o", self.tmp / "clean", check=0)
        cleaned = next((self.tmp / "clean").glob("*.png"))
        from PIL import Image
        import io
        width, height = page["width"], page["height"]
        _, _, body = self.server.ask("POST", "/api/preview", self.request(max_width=8192))
        with Image.open(io.BytesIO(body)) as shown, Image.open(cleaned) as wanted:
            self.assertEqual(shown.size, (width, height))
            self.assertEqual(shown.convert("L").tobytes(), wanted.convert("L").tobytes())
        ocr_result = self.server.post("/api/preview/ocr-result", self.request())
        text = ocrtune("read", source, "--pipeline", "standard", check=0).stdout
        self.assertEqual(ocr_result["text"].split(), text.split())
        self.assertEqual(ocr_result["engine"], "lstm")

    def test_another_engine_reads_the_same_image(self):
        names = [engine["name"] for engine in self.server.get("/api/engines")]
        self.assertEqual(names[:2], ["lstm", "tesseract"])
        ocr_result = self.server.post("/api/preview/ocr-result", self.request(engine="tesseract"))
        own = self.server.post("/api/preview/ocr-result", self.request(engine="auto"))
        self.assertEqual(ocr_result["engine"], "tesseract")
        of_both = [[word[:2] for word in one["words"]] for one in (own, ocr_result)]
        self.assertEqual(*of_both, "lstm has Tesseract's words and confidences")
        if "ocrad" in names:
            self.assertNotEqual(self.server.post("/api/preview/ocr-result", self.request(engine="ocrad"))["text"], own["text"])
        status, _, answer = self.server.ask("POST", "/api/preview/ocr-result", self.request(engine="tesserakt"))
        self.assertEqual(status, 400)
        self.assertIn("`engine`: `tesserakt` is not one of auto, lstm, tesseract", json.loads(answer)["error"])


if __name__ == "__main__":
    unittest.main()
