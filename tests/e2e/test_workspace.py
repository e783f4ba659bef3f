"""`apply --workspace`: a folder as OCR-D, eScriptorium and Transkribus import it."""
import os
import shutil
import signal
import subprocess
import time
import unittest
import xml.etree.ElementTree as ET

from PIL import Image, ImageChops
from support import OCRTUNE, ScratchCase, ocrtune, tiny_pages

QUICK = ["--pipeline", "raw", "--engine", "lstm"]
NAMES = {"mets": "http://www.loc.gov/METS/", "xlink": "http://www.w3.org/1999/xlink",
         "page": "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15", "alto": "http://www.loc.gov/standards/alto/ns-v4#"}


class Workspace(ScratchCase):
    def setUp(self):
        super().setUp()
        self.scans, self.out = self.tmp / "scans", self.tmp / "out"
        (self.scans / "deeper").mkdir(parents=True)
        pages = [Image.open(page).convert("L") for page in sorted(tiny_pages().glob("*.png"))[:2]]
        pages[0].save(self.scans / "page 1.png")
        pages[0].convert("RGB").save(self.scans / "page 2.jpg")
        pages[0].save(self.scans / "two.tif", save_all=True, append_images=[pages[1]])
        pages[1].convert("1").save(self.scans / "deeper" / "naïve.png", dpi=(300, 300))
        self.pages = ["deeper_naïve.png", "page_1.png", "page_2.jpg", "two.1.png", "two.2.png"]

    def apply(self, *options, check=0):
        return ocrtune("apply", self.scans, "-o", self.out, "--workspace", *QUICK, *options, check=check)

    def listed(self):
        """For each page of mets.xml, the files by group."""
        root = ET.parse(self.out / "mets.xml").getroot()
        files = {file.get("ID"): (group.get("USE"), file) for group in root.iterfind(".//mets:fileGrp", NAMES)
                 for file in group.iterfind("mets:file", NAMES)}
        pages = root.findall("mets:structMap[@TYPE='PHYSICAL']/mets:div/mets:div[@TYPE='page']", NAMES)
        return [{group: file.find("mets:FLocat", NAMES).get(f"{{{NAMES['xlink']}}}href") for group, file in
                 (files[pointer.get("FILEID")] for pointer in page.iterfind("mets:fptr", NAMES))} for page in pages]

    def test_page_xml_and_alto(self):
        self.apply("--format", "page,alto")
        pages = self.listed()
        self.assertEqual([page["OCR-D-IMG"] for page in pages], self.pages)
        for page in pages:
            stem = page["OCR-D-IMG"].rsplit(".", 1)[0]
            self.assertEqual(page, {"OCR-D-IMG": page["OCR-D-IMG"], "OCR-D-OCR-PAGE": f"page/{stem}.xml", "OCR-D-OCR-ALTO": f"alto/{stem}.xml"})
            width, height = Image.open(self.out / page["OCR-D-IMG"]).size
            about = ET.parse(self.out / page["OCR-D-OCR-PAGE"]).getroot().find("page:Page", NAMES).attrib
            self.assertEqual((about["imageFilename"], about["imageWidth"], about["imageHeight"]), (page["OCR-D-IMG"], str(width), str(height)))
            alto = ET.parse(self.out / page["OCR-D-OCR-ALTO"]).getroot()
            self.assertEqual(alto.findtext(".//alto:fileName", namespaces=NAMES), page["OCR-D-IMG"])
        self.assertEqual(sorted(path.name for path in self.out.iterdir()),
                         sorted([*self.pages, "alto", "mets.xml", "ocrtune-apply.jsonl", "page"]))

    def test_images_are_those_of_the_pages(self):
        self.apply()
        self.assertEqual((self.out / "page_2.jpg").read_bytes(), (self.scans / "page 2.jpg").read_bytes())
        for page, made in (("page 1.png", "page_1.png"), ("two.tif", "two.1.png"), ("deeper/naïve.png", "deeper_naïve.png")):
            difference = ImageChops.difference(Image.open(self.scans / page).convert("L"), Image.open(self.out / made).convert("L"))
            self.assertIsNone(difference.getbbox(), page)
        self.assertAlmostEqual(Image.open(self.out / "deeper_naïve.png").info["dpi"][0], 300, delta=0.1)

    def test_it_is_an_input(self):
        self.apply()
        again = ocrtune("read", self.out / "mets.xml", "--engine", "lstm", check=0).stdout
        self.assertEqual(again, ocrtune("read", self.scans, "--engine", "lstm", check=0).stdout)

    def test_what_is_missing_is_made_again(self):
        self.apply()
        before = (self.out / "mets.xml").read_bytes()
        (self.out / "page/two.1.xml").unlink()
        (self.out / "page_1.png").unlink()
        self.assertIn("3 pages are already done", self.apply().stderr)
        self.assertTrue((self.out / "page/two.1.xml").exists() and (self.out / "page_1.png").exists())
        self.assertEqual((self.out / "mets.xml").read_bytes(), before)

    def test_goes_on_where_it_was_killed(self):
        command = [OCRTUNE, "apply", self.scans, "-o", self.out, "--workspace", *QUICK, "--jobs", "1"]
        process = subprocess.Popen(list(map(str, command)), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        while process.poll() is None and not list(self.out.glob("page/*.xml")):
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.wait()
        self.apply()
        self.assertEqual([page["OCR-D-IMG"] for page in self.listed()], self.pages)

    def test_a_page_that_fails_is_not_listed(self):
        (self.scans / "page 3.png").write_bytes(b"no image")
        self.apply(check=2)
        self.assertEqual([page["OCR-D-IMG"] for page in self.listed()], self.pages)

    def test_what_it_can_not_do_is_refused(self):
        for options, why in ((["--format", "hocr"], "--format hocr: a workspace has page, alto"),
                             (["--images", "png"], "--images png: can't be used with --workspace"),
                             (["--watch"], "--watch: can't be used with --workspace"),
                             (["--journal", "postgresql://nobody@localhost/x/y"], "--journal: can't be used with --workspace")):
            self.assertEqual(self.apply(*options, check=1).stderr, f"ocrtune: {why}\n")
        self.assertEqual(ocrtune("apply", self.scans, "-o", self.tmp / "book.pdf", "--workspace", *QUICK, check=1).stderr,
                         "ocrtune: --workspace: needs an output folder\n")
        shutil.copy(self.scans / "page 1.png", self.scans / "page_1.png")
        self.assertIn("have the same name in a workspace, page_1; rename one of them", self.apply(check=1).stderr)
        os.remove(self.scans / "page_1.png")
        said = ocrtune("apply", self.scans / "page 2.jpg", "-o", self.scans, "--workspace", *QUICK, check=0)
        self.assertIn("1 pages written", said.stderr)


if __name__ == "__main__":
    unittest.main()
