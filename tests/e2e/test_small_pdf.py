"""Small PDFs: what was scanned is not made larger and shows the same pixels."""
import random

import numpy
from PIL import Image, ImageDraw, ImageFilter

from pdf_files import run, sound
from support import ScratchCase, ocrtune

# One pixel of these pages is one point.
DPI = 72
# What a PDF has besides its images: metadata, a colour profile, fonts.
BESIDES = 5000


def shown(pdf, folder, *options, dpi=DPI):
    """The pages as Poppler renders them."""
    for old in folder.glob("shown-*"):
        old.unlink()
    run("pdftoppm", "-r", dpi, "-png", *options, pdf, folder / "shown")
    return [numpy.asarray(Image.open(path).convert("RGB")) for path in sorted(folder.glob("shown-*"))]


def printed(colours, seed, size=(140, 90)):
    """Rectangles of so many random colours."""
    chance = random.Random(seed)
    palette = [tuple(chance.randrange(256) for _ in range(3)) for _ in range(colours)]
    image = Image.new("RGB", size, palette[0])
    draw = ImageDraw.Draw(image)
    for i in range(3 * colours):
        x, y = chance.randrange(size[0]), chance.randrange(size[1])
        draw.rectangle((x, y, x + 12, y + 6), palette[i % colours])
    return image


def photographed(seed, size=(140, 90)):
    """Soft shapes with some noise."""
    noise = numpy.random.default_rng(seed).normal(0, 5, (size[1], size[0], 3))
    soft = numpy.asarray(printed(20, seed, size).filter(ImageFilter.GaussianBlur(6)))
    return Image.fromarray(numpy.clip(soft + noise, 0, 255).astype(numpy.uint8))


def files(seed):
    """Of each kind of file its name, image, how it is saved, and the allowed factor of its size."""
    two, few, photo = printed(2, seed), printed(9, seed), photographed(seed)
    bits = two.convert("L").point(lambda level: 255 * (level > 100)).convert("1")
    exif = Image.Exif()
    exif[0x112] = 2 + seed % 7
    yield "bits.png", bits, {}, 1
    for compression in ("group4", "group3", "tiff_lzw", "packbits", "tiff_deflate", None):
        yield f"bits_{compression}.tif", bits, {"compression": compression}, 1
    yield "two_grays.png", bits.convert("L").point(lambda level: level // 2 + 50), {}, 1
    yield "gray_bits.png", bits.convert("L"), {}, 1
    yield "colour_bits.png", bits.convert("RGB"), {}, 1
    for colours in (2, 4, 16, 256):
        yield f"palette{colours}.png", photo.quantize(colours), {}, 1.05
        yield f"palette{colours}.tif", photo.quantize(colours), {"compression": "tiff_lzw"}, 1.05
        yield f"palette{colours}.gif", photo.quantize(colours), {}, 1.05
    yield "two.png", two, {}, 1
    yield "few.png", few, {}, 1
    yield "few.bmp", few, {}, 1
    yield "gray_as_colour.png", photo.convert("L").convert("RGB"), {}, 1
    yield "gray.png", photo.convert("L"), {}, 1
    yield "gray16.png", Image.fromarray(numpy.asarray(photo.convert("L")).astype(numpy.uint16) * 257), {}, 1
    yield "colour.png", photo, {}, 1
    yield "clear.png", photo.convert("RGBA"), {}, 1
    yield "gray.jpg", photo.convert("L"), {}, 1
    yield "colour.jpg", photo, {"quality": 85}, 1
    yield "progressive.jpg", photo, {"progressive": True}, 1
    yield "turned.jpg", photo, {"exif": exif}, 1
    yield "gray.jp2", photo.convert("L"), {"quality_layers": [10], "irreversible": True}, 1
    yield "colour.jp2", photo, {"quality_layers": [10], "irreversible": True}, 1
    yield "lossless.jp2", photo, {}, 1
    yield "gray_jpeg.tif", photo.convert("L"), {"compression": "jpeg"}, 1.1
    yield "colour_jpeg.tif", photo, {"compression": "jpeg"}, 1.1
    # There is nothing like it in PDF: its pixels are coded without loss.
    yield "lossy.webp", photo, {"quality": 80}, 40


def pixels_of(path):
    """What the file shows, upright, in 8 bits."""
    image = Image.open(path)
    turned = image.getexif().get(0x112, 1) if path.suffix == ".jpg" else 1
    if image.mode.startswith("I"):
        image = Image.fromarray((numpy.asarray(image) >> 8).astype(numpy.uint8))
    pixels = numpy.asarray(image.convert("RGB"))
    if turned >= 5:
        pixels = pixels.transpose(1, 0, 2)
    return {2: pixels[:, ::-1], 3: pixels[::-1, ::-1], 4: pixels[::-1], 6: pixels[:, ::-1], 7: pixels[::-1, ::-1],
            8: pixels[::-1]}.get(turned, pixels)


class MadePdf(ScratchCase):
    def check(self, path, factor):
        pdf = sound(self.tmp / "out" / f"{path.stem}.pdf")
        (page,) = shown(pdf, self.tmp)
        wanted = pixels_of(path)
        self.assertEqual(page.shape, wanted.shape, path.name)
        self.assertTrue((page == wanted).all(), (path.name, numpy.abs(page.astype(int) - wanted).max()))
        self.assertLessEqual(pdf.stat().st_size, factor * path.stat().st_size + BESIDES, path.name)

    def test_shows_the_pixels_and_is_not_larger(self):
        for seed in (3, 4):
            for name, image, options, factor in files(seed):
                folder = self.tmp / f"in{seed}" / name.rpartition(".")[2]
                folder.mkdir(parents=True, exist_ok=True)
                image.save(folder / name, dpi=(DPI, DPI), **options)
            for folder in sorted((self.tmp / f"in{seed}").iterdir()):
                ocrtune("read", folder, "-o", self.tmp / "out", "--format", "pdf", "--dpi", DPI, "--quiet", check=0)
                for name, image, options, factor in files(seed):
                    if (folder / name).exists():
                        with self.subTest(f"{name} {seed}"):
                            self.check(folder / name, factor)

    def test_keeps_the_coding_of_its_file(self):
        photo = photographed(1)
        for name, options, coding in (("a.jp2", {}, "jpx"), ("b.tif", {"compression": "jpeg"}, "jpeg")):
            photo.save(self.tmp / name, dpi=(DPI, DPI), **options)
            ocrtune("read", self.tmp / name, "-o", self.tmp / "out", "--format", "pdf", "--dpi", DPI, "--quiet", check=0)
            listed = run("pdfimages", "-list", self.tmp / "out" / f"{name[0]}.pdf").decode().split("\n")[2].split()
            self.assertEqual(listed[8], coding)
