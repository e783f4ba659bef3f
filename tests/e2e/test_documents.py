"""hOCR, ALTO and PAGE XML by their schemas and rules: of every kind of page, whatever it is called.

tests/schemas has schemas of our own, which are stricter than the formats'. With OCRTUNE_SCHEMAS, a folder that has
alto-4-4.xsd (from github.com/altoxml/schema) and pagecontent.xsd (of 2019-07-15, from
github.com/PRImA-Research-Lab/PAGE-XML), documents are held against these too.
"""
import json
import os
import pathlib
import re
import subprocess
import tempfile
import xml.etree.ElementTree as ElementTree

from PIL import Image

import schemas
from support import ROOT, ScratchCase, ocrtune, sample_pages
from typed_pages import LINES, TypedPage, typed

SCHEMAS = ROOT / "tests" / "schemas"
OFFICIAL = os.environ.get("OCRTUNE_SCHEMAS")
HTML = "{http://www.w3.org/1999/xhtml}"
ALTO = "{http://www.loc.gov/standards/alto/ns-v4#}"
PAGE = "{http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15}"
HOCR_PARENTS = {"ocr_carea": "ocr_page", "ocr_par": "ocr_carea", "ocr_line": "ocr_par", "ocrx_word": "ocr_line"}


def xmllint(*arguments):
    return subprocess.run(["xmllint", "--nonet", "--noout", *map(str, arguments)], text=True, errors="replace", capture_output=True,
                          env={**os.environ, "XML_CATALOG_FILES": str(SCHEMAS / "catalog.xml")})


def schemas_of(document):
    ours, theirs = ("page_output.xsd", "pagecontent.xsd") if document.name.endswith(".page.xml") else \
                   ("alto_output.xsd", "alto-4-4.xsd")
    return [SCHEMAS / ours, *([pathlib.Path(OFFICIAL) / theirs] if OFFICIAL else [])]


def children_with_parents(root):
    return [(child, parent) for parent in root.iter() for child in parent]


class Documents(ScratchCase):
    def documents_of(self, page, *arguments, command="read"):
        """Its hOCR, ALTO and PAGE XML, each held against all that can be held against it."""
        out = pathlib.Path(tempfile.mkdtemp(dir=self.tmp, prefix="out-"))
        ocrtune(command, page, "-o", out, "--format", "hocr,alto,page", "--quiet", *arguments, check=0)
        documents = sorted(path for path in out.rglob("*") if path.is_file() and path.suffix in (".hocr", ".xml"))
        self.assertEqual({path.name[path.name.rindex("."):] for path in documents}, {".hocr", ".xml"})
        for document in documents:
            if document.suffix == ".hocr":
                self.check_hocr(document)
            else:
                self.check_schemas(document)
                (self.check_page_xml if document.name.endswith(".page.xml") else self.check_alto)(document)
        return documents

    def check_schemas(self, document):
        for schema in schemas_of(document):
            done = xmllint("--schema", schema, document)
            self.assertEqual(done.returncode, 0, f"{schema.name}: {done.stderr}")

    def check_inside(self, inner, outer, what):
        self.assertTrue(outer[0] <= inner[0] <= inner[2] <= outer[2] and outer[1] <= inner[1] <= inner[3] <= outer[3],
                        f"{what}: {inner} in {outer}")

    def check_alto(self, document):
        root = ElementTree.parse(document).getroot()
        box = lambda e: [int(e.get("HPOS", 0)), int(e.get("VPOS", 0)), int(e.get("HPOS", 0)) + int(e.get("WIDTH")),
                         int(e.get("VPOS", 0)) + int(e.get("HEIGHT"))]
        for child, parent in children_with_parents(root.find(f".//{ALTO}Page")):
            if child.tag not in (f"{ALTO}SP", f"{ALTO}ALTERNATIVE"):
                self.check_inside(box(child), box(parent), child.get("ID"))

    def check_page_xml(self, document):
        page = ElementTree.parse(document).getroot().find(f"{PAGE}Page")
        whole = [0, 0, int(page.get("imageWidth")), int(page.get("imageHeight"))]

        def box(element):
            if element is page:
                return whole
            points = [tuple(map(int, point.split(","))) for point in element.find(f"{PAGE}Coords").get("points").split()]
            self.assertEqual(points[1][0], points[2][0])
            return [*points[0], *points[2]]

        for child, parent in children_with_parents(page):
            if child.find(f"{PAGE}Coords") is not None:
                self.check_inside(box(child), box(parent), child.get("id"))
        regions = [region.get("id") for region in page.findall(f"{PAGE}TextRegion")]
        order = page.findall(f".//{PAGE}RegionRefIndexed")
        self.assertEqual([reference.get("regionRef") for reference in order], regions)
        self.assertEqual([int(reference.get("index")) for reference in order], list(range(len(regions))))

    def check_hocr(self, document):
        """XHTML 1.0 by its DTD, and hOCR 1.2."""
        done = xmllint("--valid", document)
        self.assertEqual(done.returncode, 0, done.stderr)
        root = ElementTree.parse(document).getroot()
        metas = {meta.get("name"): meta.get("content") for meta in root.iter(f"{HTML}meta")}
        self.assertRegex(metas["ocr-system"], r"^ocrtune \d")
        capabilities = set(metas["ocr-capabilities"].split())
        used = [element.get("class") for element in root.iter() if element.get("class")]
        self.assertEqual(used.count("ocr_page"), 1)
        self.assertLessEqual({*used}, capabilities)
        ids = [element.get("id") for element in root.iter() if element.get("id")]
        self.assertEqual(len(ids), len(set(ids)))
        self.assertEqual(len(ids), len(used))
        for child, parent in children_with_parents(root):
            kind = child.get("class")
            if not kind:
                continue
            properties = self.properties_of(child)
            if kind == "ocr_page":
                self.assertEqual(properties["bbox"][:2], [0, 0])
                self.assertRegex(properties["image"], r'^"[^"]*"$')
                self.assertRegex(properties["ppageno"], r"^\d+$")
                continue
            self.assertEqual(parent.get("class"), HOCR_PARENTS[kind])
            self.check_inside(properties["bbox"], self.properties_of(parent)["bbox"], child.get("id"))
            if kind == "ocrx_word":
                self.assertIn(int(properties["x_wconf"]), range(101))
                self.assertEqual(len(child), 0)
            else:
                self.assertGreater(len(child), 0)

    def properties_of(self, element):
        """`bbox` as numbers, all others as text."""
        properties = {}
        for part in re.findall(r'\s*((?:"[^"]*"|[^;"])+);?', element.get("title")):
            name, value = part.split(" ", 1)
            self.assertNotIn(name, properties)
            properties[name] = value
        self.assertRegex(properties["bbox"], r"^\d+ \d+ \d+ \d+$")
        properties["bbox"] = [int(number) for number in properties["bbox"].split()]
        return properties

    def pipeline(self, stages):
        path = self.tmp / "pipeline.toml"
        path.write_text('name = "mine"\n' + "".join(f"[[stage]]\n{stage}\n" for stage in stages), encoding="utf-8")
        return ["--pipeline", path]

    def written(self, image, name="page.png"):
        path = self.tmp / os.fsdecode(name)
        image.save(path, "PNG")
        return path

    def test_ordinary_pages(self):
        self.assertEqual(len(self.documents_of(sample_pages())), 12)

    def test_layouts_with_several_blocks(self):
        self.documents_of(sample_pages(), "--psm", "3", "--engine", "tesseract")

    def test_a_white_page(self):
        for document in self.documents_of(self.written(Image.new("L", (300, 200), 255))):
            self.assertNotRegex(document.read_text(encoding="utf-8"), "<String|<TextRegion|ocrx_word'")

    def test_pages_that_lean(self):
        page = TypedPage(LINES).turned(3)
        self.documents_of(self.written(page.image), *self.pipeline(['use = "deskew"']))

    def test_words_at_the_edges_of_pages_that_lean(self):
        page = TypedPage(LINES)
        cut = page.image.crop((90, 95, page.image.width - 130, page.image.height - 100)).rotate(-2, fillcolor=255)
        self.documents_of(self.written(cut), *self.pipeline(['use = "deskew"', 'use = "rescale"\nfactor = 1.3']))

    def test_what_other_ocr_results_have_is_an_alternative_in_all_formats(self):
        pages = sorted(sample_pages().glob("*.png"))[:2]
        out = self.tmp / "voted"
        ocrtune("apply", *pages, "-o", out, "--vote", "--enough", 100, "--format", "hocr,alto,page,json", "--quiet", check=0)
        total = 0
        for page in pages:
            written = [out / f"{page.stem}{extension}" for extension in (".hocr", ".xml", ".page.xml", ".json")]
            self.check_hocr(written[0])
            for document in written[1:3]:
                self.check_schemas(document)
            hocr = [element.get("title").split("; x_alternatives ")[1] for element in ElementTree.parse(written[0]).iter()
                    if "x_alternatives" in element.get("title", "")]
            alto = [[text.text for text in word] for word in ElementTree.parse(written[1]).iter(f"{ALTO}String") if len(word)]
            equivs = [word.findall(f"{PAGE}TextEquiv") for word in ElementTree.parse(written[2]).iter(f"{PAGE}Word")]
            page_xml = [[equiv[0].text for equiv in texts[1:]] for texts in equivs if len(texts) > 1]
            page = json.loads(written[3].read_text(encoding="utf-8"))
            schemas.check("page-words", page)
            words = page["words"]
            self.assertEqual(alto, [word["alternatives"] for word in words if "alternatives" in word])
            self.assertEqual(page_xml, alto)
            self.assertEqual(len(hocr), len(alto))
            total += len(alto)
        self.assertGreater(total, 0)

    def test_pages_that_were_scaled(self):
        for factor in ("0.5", "1.9"):
            self.documents_of(self.written(TypedPage(LINES).image), *self.pipeline([f'use = "rescale"\nfactor = {factor}']))

    def test_pages_that_lie_on_their_side(self):
        page = TypedPage(LINES).image
        stated = {Image.ROTATE_90: ("; textangle 90'", ' ROTATION="90"', ' orientation="90"'),
                  Image.ROTATE_180: ("; textangle 180'", ' ROTATION="180"', ' orientation="180"'),
                  Image.ROTATE_270: ("; textangle 270'", ' ROTATION="270"', ' orientation="-90"')}
        for turn, (textangle, rotation, orientation) in stated.items():
            documents = self.documents_of(self.written(page.transpose(turn)), "--pipeline", "raw", command="apply")
            hocr, page_xml, alto = (document.read_text(encoding="utf-8") for document in documents)
            self.assertEqual(hocr.count(textangle), hocr.count("class='ocr_line'"))
            self.assertEqual(alto.count(rotation), alto.count("<TextBlock "))
            self.assertEqual(page_xml.count(orientation), 1)

    def test_text_with_markup(self):
        documents = self.documents_of(self.written(typed("markup")))
        for document in documents:
            self.assertIn("&amp;", document.read_text(encoding="utf-8"))

    def test_any_file_name(self):
        image = TypedPage(LINES[:2]).image
        for name in (b'a & <b> "c" \'d\'; bbox.png', "Büro — 日本.png".encode(), b"bell\x07 tab\t line\n.png", b"\xff\xfe.png",
                     b"ends in backslash\\.png", b"]]> &amp; --.png"):
            with self.subTest(name):
                folder = pathlib.Path(tempfile.mkdtemp(dir=self.tmp, prefix="in-"))
                image.save(folder / "plain.png")
                os.rename(folder / "plain.png", os.fsencode(folder) + b"/" + name)
                self.documents_of(folder)

    def test_what_is_wrong_is_found(self):
        """The schemas and the DTD do refuse."""
        documents = self.documents_of(self.written(TypedPage(LINES[:2]).image))
        for document in documents:
            text = document.read_text(encoding="utf-8")
            wrong = {".hocr": text.replace("<p ", "<li ", 1).replace("</p>", "</li>", 1),
                     ".page.xml": text.replace(' conf="', ' conf="1', 1),
                     ".xml": text.replace(' WC="', ' WC="1', 1)}
            kind = ".page.xml" if document.name.endswith(".page.xml") else document.suffix
            self.assertNotEqual(wrong[kind], text)
            document.write_text(wrong[kind], encoding="utf-8")
            if kind == ".hocr":
                self.assertNotEqual(xmllint("--valid", document).returncode, 0)
            for schema in schemas_of(document) if kind != ".hocr" else []:
                self.assertNotEqual(xmllint("--schema", schema, document).returncode, 0, schema)


if __name__ == "__main__":
    import unittest
    unittest.main()
