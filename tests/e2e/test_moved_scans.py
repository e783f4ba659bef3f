"""`ocrtune serve`, after folders were moved or removed: studies are told where their scans are, and collections that are gone say so."""
import shutil
import time

from serving import Server
from support import ScratchCase, ocrtune, tiny_pages


class MovedScans(ScratchCase):
    def setUp(self):
        super().setUp()
        self.pages = self.tmp / "pages"
        self.scans = self.pages / "scans"
        self.scans.mkdir(parents=True)
        for path in sorted(tiny_pages().glob("*.png"))[:2]:
            shutil.copy(path, self.scans)
        self.studies = self.tmp / "studies"
        self.studies.mkdir()

    def serve(self):
        server = Server(self.studies, self.pages)
        self.addCleanup(server.close)
        return server

    def test_a_study_is_told_where_its_scans_are(self):
        ocrtune("optimize", self.scans, "--trials", "2", "--sampler", "random", "--study", self.studies / "a.db", "--quiet", check=0)
        server = self.serve()
        scans = "/api/studies/a/scans"
        self.assertEqual(server.get(scans), {"pages": 2, "found": 2, "missing": ""})
        names = sorted(path.name for path in self.scans.iterdir())
        moved = self.pages / "boxes" / "first"
        moved.parent.mkdir()
        self.scans.rename(moved)
        self.assertEqual(server.get(scans), {"pages": 2, "found": 0, "missing": str(self.scans / names[0])})
        self.scans.mkdir()
        other, = sorted(tiny_pages().glob("*.png"))[2:3]
        shutil.copy(other, self.scans / names[0])  # another page of the same name
        self.assertNotIn("\n", server.request("PUT", scans, {"folder": str(self.scans)}, 404).json["error"])
        shutil.rmtree(self.scans)
        server.request("PUT", scans, {"folder": "/etc"}, 403)
        server.request("PUT", "/api/studies/none/scans", {"folder": str(self.pages)}, 404)
        self.assertEqual(server.request("PUT", scans, {"folder": str(self.pages)}, 200).json, {"pages": 2, "found": 2, "missing": ""})
        corpus = server.get("/api/studies/a/corpus")["id"]
        self.assertEqual(server.get(f"/api/corpora/{corpus}")["inputs"], [str(moved / name) for name in names])
        ocrtune("optimize", moved, "--trials", "3", "--sampler", "random", "--study", self.studies / "a.db", "--quiet", check=0)

    def test_a_collection_that_is_gone_is_not_listed_as_if_it_were_there(self):
        server = self.serve()
        corpus = server.corpus(self.scans)
        server.close()
        self.scans.rename(self.pages / "elsewhere")
        server = self.serve()
        entry, = server.get("/api/corpora")
        self.assertEqual((entry["state"], entry["page_count"]), ("failed", 0))
        self.assertEqual(entry["problems"], [f"{self.scans}: isn't there"])
        (self.pages / "elsewhere").rename(self.scans)
        self.assertEqual(server.corpus(self.scans), corpus)
        deadline = time.monotonic() + 60
        while server.get(f"/api/corpora/{corpus}")["page_count"] != 2:
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.05)
