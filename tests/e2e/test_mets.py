"""METS files as inputs: an OCR-D workspace, and what a library serves."""
import shutil
import unittest

from support import ocrtune, tiny_pages
from test_http_pages import HttpCase


def mets(places, group, types="image/png"):
    files = "".join(f'<mets:file ID="F{n}" MIMETYPE="{types}"><mets:FLocat LOCTYPE="URL" xlink:href="{place}"/></mets:file>'
                    for n, place in enumerate(places))
    pages = "".join(f'<mets:div TYPE="page" ORDER="{len(places) - n}" ORDERLABEL="{n}"><mets:fptr FILEID="F{n}"/></mets:div>'
                    for n in range(len(places)))
    return ('<mets:mets xmlns:mets="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink"><mets:fileSec>'
            f'<mets:fileGrp USE="{group}">{files}</mets:fileGrp></mets:fileSec><mets:structMap TYPE="PHYSICAL">'
            f'<mets:div TYPE="physSequence">{pages}</mets:div></mets:structMap></mets:mets>')


class Mets(HttpCase):
    def test_a_workspace(self):
        images = self.tmp / "workspace" / "OCR-D-IMG"
        images.mkdir(parents=True)
        for n, page in enumerate(sorted(tiny_pages().glob("*.png"))[:3]):
            shutil.copy(page, images / f"{n}.png")
        path = images.parent / "mets.xml"
        path.write_text(mets([f"OCR-D-IMG/{n}.png" for n in range(3)], "OCR-D-IMG"))
        ocrtune("read", path, "-o", self.tmp / "texts", check=0)
        self.assertEqual(sorted(one.name for one in (self.tmp / "texts" / "OCR-D-IMG").iterdir()), ["0.txt", "1.txt", "2.txt"])
        # In the order of the structure.
        self.assertEqual(ocrtune("read", f"{path}#OCR-D-IMG", check=0).stdout,
                         ocrtune("read", *(images / f"{n}.png" for n in (2, 1, 0)), check=0).stdout)
        refused = ocrtune("read", f"{path}#MAX", check=2)
        self.assertIn("mets.xml: has no group of images MAX; its groups: OCR-D-IMG", refused.stderr)
        path.write_text(mets(["../../etc/passwd"], "MAX"))
        self.assertIn("is neither a file in its folder nor an http or https URL", ocrtune("read", path, check=2).stderr)

    def test_of_a_library(self):
        pages = self.library.pages()[:2]
        self.library.files["/mets"] = mets(pages, "DEFAULT").encode()
        address = self.library.url("/mets?id=7")
        done = self.ocrtune("read", address, check=0)
        self.assertEqual(done.stdout, self.ocrtune("read", pages[1], pages[0], check=0).stdout)
        self.assertEqual(len(self.library.taken()), 3)
        self.ocrtune("read", address, env={"OCRTUNE_OFFLINE": "1"}, check=0)
        self.assertEqual(self.library.taken(), [])


if __name__ == "__main__":
    unittest.main()
