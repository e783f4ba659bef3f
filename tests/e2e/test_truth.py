"""Truth in the field's formats, OCR results against truth, pipelines against each other."""
import json
import shutil
import xml.sax.saxutils

from support import FAST, ScratchCase, ocrtune, rows, tiny_pages

PAGE = ('<?xml version="1.0" encoding="UTF-8"?>\n'
        '<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"><Page>'
        '<TextRegion id="r">{}</TextRegion></Page></PcGts>')


def page_xml(text):
    lines = "".join(f"<TextLine><TextEquiv><Unicode>{xml.sax.saxutils.escape(line)}</Unicode></TextEquiv></TextLine>"
                    for line in text.splitlines())
    return PAGE.format(lines)


class Truth(ScratchCase):
    def copied_pages(self):
        folder = self.tmp / "pages"
        folder.mkdir()
        for path in tiny_pages().glob("0[34]-*.png"):
            shutil.copy(path, folder)
            truth = path.with_suffix("").with_suffix(".gt.txt")
            shutil.copy(truth, folder)
        return folder

    def test_page_xml_scores_as_the_same_text(self):
        folder = self.copied_pages()
        as_text = json.loads(ocrtune("score", folder, *FAST, "--json", check=0).stdout)
        for truth in folder.glob("*.gt.txt"):
            name = truth.name.removesuffix(".gt.txt")
            (folder / f"{name}.xml").write_text(page_xml(truth.read_text(encoding="utf-8")), encoding="utf-8")
            truth.unlink()
        as_xml = json.loads(ocrtune("score", folder, *FAST, "--json", check=0).stdout)
        self.assertIn("cer", as_text[0])
        self.assertEqual(as_xml, as_text)

    def test_what_was_read_is_not_taken_for_truth(self):
        folder = self.copied_pages()
        for truth in folder.glob("*.gt.txt"):
            truth.unlink()
        ocrtune("read", folder, "-o", folder, "--format", "alto,hocr,page", check=0)
        page = next(folder.glob("*.png"))
        page.with_suffix(".xml").write_bytes(b"")  # as `read PAGE --format alto > PAGE.xml` has it at first
        self.assertNotIn("cer", json.loads(ocrtune("score", folder, *FAST, "--json", check=0).stdout)[0])

    def test_all_formats_are_evaluated_alike(self):
        folder = self.copied_pages()
        found = {}
        for name in ("text", "hocr", "alto", "page"):
            texts = self.tmp / name
            ocrtune("read", folder, "-o", texts, "--format", name, check=0)
            done = ocrtune("evaluate", texts, "--truth", folder, "--json", "--csv", self.tmp / "errors.csv", check=0)
            found[name] = json.loads(done.stdout)
        self.assertEqual(found["text"], found["hocr"])
        self.assertEqual(found["text"], found["alto"])
        self.assertEqual(found["text"], found["page"])
        self.assertEqual(len(found["text"]["pages"]), 2)
        table = rows(self.tmp / "errors.csv")
        self.assertEqual([row["page"] for row in table], [page["page"] for page in found["text"]["pages"]])
        scored = json.loads(ocrtune("score", folder, "--pipeline", "raw", "--json", check=0).stdout)[1]
        self.assertAlmostEqual(found["text"]["mean_of_pages"]["cer"], scored["cer"])
        self.assertAlmostEqual(found["text"]["mean_of_pages"]["wer"], scored["wer"])

    def test_evaluate_by_hand(self):
        (self.tmp / "a.txt").write_text("Tbe quick brown fox\n")
        (self.tmp / "a.gt.txt").write_text("The Quick brown fox\n")
        (self.tmp / "b.txt").write_text("no truth for this one\n")
        done = ocrtune("evaluate", self.tmp, check=0)
        self.assertIn("1 page, 19 characters and 4 words of ground truth", done.stdout)
        self.assertIn("1  h -> b", done.stdout)
        self.assertIn("1 page without ground truth: b", done.stderr)
        found = json.loads(ocrtune("evaluate", self.tmp, "--ignore", "case", "--json", "--quiet", check=0).stdout)
        self.assertEqual(found["characters"]["substituted"], 1)
        self.assertEqual(found["without_truth"], ["b"])

    def test_an_ocr_result_that_cannot_be_read_is_said_and_the_rest_done(self):
        for name in "ab":
            (self.tmp / f"{name}.gt.txt").write_text("text\n")
        (self.tmp / "a.txt").write_text("text\n")
        (self.tmp / "b.xml").write_text("<alto>\n<Layout>\n")
        done = ocrtune("evaluate", self.tmp, check=2)
        self.assertIn("b.xml: line", done.stderr)
        self.assertIn("1 page, 4 characters", done.stdout)

    def test_compare(self):
        folder = self.copied_pages()
        done = ocrtune("compare", folder, "--pipeline", "raw", "--pipeline", "blur_clahe", "--json",
                       "--csv", self.tmp / "pages.csv", check=0)
        found = json.loads(done.stdout)
        self.assertEqual([entry["pipeline"] for entry in found["pipelines"]], ["raw", "blur_clahe"])
        gains = found["against_first"][0]
        self.assertEqual(set(gains["gain"]), {"confidence", "cer", "wer", "bow"})
        values = [page["gain"] for page in gains["page_gains"]]
        self.assertEqual(values, sorted(values))
        scored = json.loads(ocrtune("score", folder, "--pipeline", "blur_clahe", "--json", check=0).stdout)
        self.assertAlmostEqual(found["pipelines"][0]["mean_of_pages"]["cer"], scored[0]["cer"])
        self.assertAlmostEqual(found["pipelines"][1]["mean_of_pages"]["confidence"], scored[1]["confidence"])
        self.assertEqual(len(rows(self.tmp / "pages.csv")), 4)
        text = ocrtune("compare", folder, "--pipeline", "blur_clahe", "--quiet", check=0)
        self.assertIn("blur_clahe against raw", text.stdout)
        self.assertEqual(text.stderr, "")
