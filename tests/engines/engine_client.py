"""Talks to an external OCR engine as ocrtune does (docs/reference/engine_protocol.md)."""
import json
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]


def pgm(width, height, pixels):
    """A binary PNM file."""
    return b"P5\n%d %d\n255\n" % (width, height) + pixels


def drawn(*lines):
    """Width, height and pixels of a page with these lines of text."""
    from PIL import Image, ImageDraw, ImageFont
    font = ImageFont.truetype("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", 40)
    page = Image.new("L", (900, 60 + 70 * len(lines)), 255)
    for i, line in enumerate(lines):
        ImageDraw.Draw(page).text((40, 30 + 70 * i), line, font=font, fill=0)
    return (*page.size, page.tobytes())


class Engine:
    """A running engine; a context manager that ends it."""

    def __init__(self, folder):
        self.folder = ROOT / folder
        self.manifest = json.loads((self.folder / "engine.json").read_text())
        self.image = os.memfd_create("page")

    def __enter__(self):
        self.process = subprocess.Popen(self.manifest["command"], cwd=self.folder, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True, pass_fds=[self.image])
        self.hello = json.loads(self.process.stdout.readline() or "{}")
        self.requests = 0
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.status = self.process.wait(timeout=20)
        self.process.stdout.close()
        os.close(self.image)

    def answer(self, width, height, pixels, language="eng", **options):
        """The answer for a page of these gray pixels."""
        os.ftruncate(self.image, 0)
        os.pwrite(self.image, pgm(width, height, pixels), 0)
        self.requests += 1
        request = {"id": self.requests, "image": f"/dev/fd/{self.image}", "width": width, "height": height, "dpi": 150,
                   "language": language, "options": options}
        print(json.dumps(request), file=self.process.stdin, flush=True)
        answer = json.loads(self.process.stdout.readline())
        assert answer["id"] == self.requests
        return answer


def text_of(answer):
    """The words of an answer, line by line."""
    return [" ".join(word["text"] for word in line["words"]) for line in answer["lines"]]
