"""PDF files that are put together here, object by object, and taken apart by qpdf."""
import html
import io
import json
import re
import subprocess


def run(*command):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True).stdout


# Ghostscript has no room for the largest pages.
SMALL = ["-g800x800", "-dFIXEDMEDIA"]


def sound(path):
    """The path of a PDF of which qpdf, Ghostscript and Poppler read everything without a word of complaint."""
    for command in (["qpdf", "--check"], ["gs", *SMALL, "-sDEVICE=nullpage", "-o", "/dev/null"], ["pdfinfo"], ["pdftotext"]):
        output = ["-"] if command == ["pdftotext"] else []
        done = subprocess.run([*command, str(path), *output], capture_output=True)
        assert done.returncode == 0 and not done.stderr, (command, path, done.stderr.decode(errors="replace"))
    return path


def jpeg_of(image):
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue()


class PdfFile:
    """Objects by number; the catalog is 1, the page tree 2."""

    def __init__(self):
        self.objects = {1: b"", 2: b""}
        self.pages = []
        self.catalog = "/Type /Catalog /Pages 2 0 R"
        self.trailer = "/Root 1 0 R"

    def add(self, entries, stream=None):
        number = len(self.objects) + 1
        body = f"<< {entries}".encode()
        body += b" >>" if stream is None else b" /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream"
        self.objects[number] = body
        return number

    def add_page(self, content, entries, resources=""):
        contents = self.add("", content.encode())
        self.pages.append(self.add(f"/Type /Page /Parent 2 0 R /Contents {contents} 0 R /Resources << {resources} >> {entries}"))
        return self.pages[-1]

    def add_scan(self, image, entries, matrix, further="", resources=""):
        """A page that an image covers; `matrix`: from the unit square to the page."""
        number = self.add(f"/Type /XObject /Subtype /Image /Width {image.width} /Height {image.height} "
                          "/BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /DCTDecode", jpeg_of(image))
        return self.add_page(f"q {' '.join(map(str, matrix))} cm /Im Do Q {further}", entries,
                             f"/XObject << /Im {number} 0 R >> {resources}")

    def write(self, path, check=True):
        self.objects[1] = f"<< {self.catalog} >>".encode()
        kids = " ".join(f"{page} 0 R" for page in self.pages)
        self.objects[2] = f"<< /Type /Pages /Count {len(self.pages)} /Kids [{kids}] >>".encode()
        out = b"%PDF-1.4\n"
        offsets = []
        for number, body in self.objects.items():
            offsets.append(len(out))
            out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
        table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
        out += (f"xref\n0 {len(offsets) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(offsets) + 1} {self.trailer} >>\n"
                f"startxref\n{len(out)}\n%%EOF\n").encode()
        path.write_bytes(out)
        if check:
            run("qpdf", "--check", path)
        return path


class Parsed:
    """What qpdf says of a PDF, which must be sound."""

    def __init__(self, path):
        self.path = sound(path)
        described = json.loads(run("qpdf", "--json=2", path))
        self.pages = described["pages"]
        self.outlines = described["outlines"]
        self.objects = described["qpdf"][1]
        self.trailer = self.objects["trailer"]["value"]
        self.root = self.value(self.trailer["/Root"])

    def value(self, reference):
        """What a reference refers to: of a stream, its dictionary; any other value as it is."""
        if not (isinstance(reference, str) and re.fullmatch(r"\d+ \d+ R", reference)):
            return reference
        found = self.objects[f"obj:{reference}"]
        return found["stream"]["dict"] if "stream" in found else found["value"]

    def data(self, reference, *how):
        """The bytes of a stream, without its filters unless `how` says "--raw-stream-data"."""
        number = reference.split()[0]
        return run("qpdf", f"--show-object={number}", *(how or ("--filtered-stream-data",)), self.path)

    def page(self, index):
        return self.value(self.pages[index]["object"])

    def images(self):
        return [self.data(image["object"], "--raw-stream-data") for page in self.pages for image in page["images"]]


def letters_of(path):
    """The letters of each page in the order in which the file draws them, whether they overlap or not."""
    pages = run("mutool", "trace", path).decode().split("<page ")[1:]
    return ["".join(map(html.unescape, re.findall(r' unicode="([^"]*)"', page))) for page in pages]


def texts_of(path):
    """The text of each page, as pdftotext sees it."""
    return run("pdftotext", path, "-").decode().split("\f")[:-1]
