"""Small PDFs: what was scanned is not made larger, shows the same pixels, and shrinks where --optimize asks for it."""
import io
import random
import zlib

import numpy
from PIL import Image, ImageDraw, ImageFilter

from pdf_files import Parsed, PdfFile, jpeg_of, run, sound, texts_of
from support import ScratchCase, ocrtune
from typed_pages import LINES, TypedPage

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


def packed(bits):
    """Of each row its bits, in whole bytes."""
    return numpy.packbits(numpy.asarray(bits.convert("1")), axis=1).tobytes()


class ShrunkPdf(ScratchCase):
    """PDFs that are kept, whose images --optimize 1 codes anew."""

    def images(self):
        """Of each kind: the entries of its dictionary, its bytes, whether it becomes smaller."""
        size = (280, 180)
        bits = printed(60, 5, size).convert("L").point(lambda level: 255 * (level > 100))
        photo, few = photographed(6, size), printed(9, 6, size)
        levels = bits.tobytes()
        flate = "/Filter /FlateDecode"
        gray, rgb = "/BitsPerComponent 8 /ColorSpace /DeviceGray", "/BitsPerComponent 8 /ColorSpace /DeviceRGB"
        one = "/BitsPerComponent 1"
        fast = lambda samples: zlib.compress(samples, 1)
        index = bytes(level // 255 for level in levels)
        jpeg = io.BytesIO()
        photo.save(jpeg, "JPEG", quality=85, optimize=False)
        plain = io.BytesIO()
        photo.convert("L").save(plain, "JPEG", quality=85, optimize=True)
        return {
            "bits": (f"{one} /ColorSpace /DeviceGray {flate}", fast(packed(bits)), True),
            "bits of a palette": (f"{one} /ColorSpace [/Indexed /DeviceRGB 1 <205080f0e0d0>] {flate}", fast(packed(bits)), True),
            "bits inverted": (f"{one} /ColorSpace /DeviceGray /Decode [1 0] {flate}", fast(packed(bits)), True),
            "stencil": (f"{one} /ImageMask true {flate}", fast(packed(bits)), True),
            "two levels": (f"{gray} {flate}", fast(levels), True),
            "two levels inverted": (f"{gray} /Decode [1 0] {flate}", fast(levels), True),
            "two grays": (f"{gray} {flate}", fast(bytes(level // 2 + 40 for level in levels)), True),
            "indices": (f"/BitsPerComponent 8 /ColorSpace [/Indexed /DeviceRGB 1 <205080f0e0d0>] {flate}", fast(index), True),
            "named values": (f"{gray} /Mask [255 255] {flate}", fast(levels), False),
            "few colours": (f"{rgb} {flate}", fast(few.tobytes()), True),
            "colours": (f"{rgb} {flate}", fast(photo.tobytes()), True),
            "colours without a filter": (rgb, photo.tobytes(), True),
            "ink": (f"/BitsPerComponent 8 /ColorSpace /DeviceCMYK {flate}", fast(photo.convert("CMYK").tobytes()), True),
            "hexadecimal": (f"{gray} /Filter [/ASCIIHexDecode /FlateDecode]",
                            fast(photo.convert("L").tobytes()).hex().encode() + b">", True),
            "runs": (f"{gray} /Filter /RunLengthDecode",
                     b"".join(b"\x7f" + photo.convert("L").tobytes()[i:i + 128] for i in range(0, 280 * 180, 128)).ljust(50794, b"\0")
                     + b"\x80", True),
            "jpeg": (f"{rgb} /Filter /DCTDecode", jpeg.getvalue(), True),
            "optimal jpeg": (f"{gray} /Filter /DCTDecode", plain.getvalue(), False),
            "cut off": (f"{gray} {flate}", fast(levels[:9000]), False),
            "damaged": (f"{gray} {flate}", fast(levels)[:200] + bytes(300), False),
        }

    def made(self):
        pdf = PdfFile()
        mask = pdf.add("/Type /XObject /Subtype /Image /Width 280 /Height 180 /BitsPerComponent 8 /ColorSpace /DeviceGray "
                       "/Filter /FlateDecode", zlib.compress(
                           printed(60, 8, (280, 180)).convert("L").point(lambda level: 255 * (level > 100)).tobytes(), 1))
        for name, (entries, data, _) in self.images().items():
            masked = f" /SMask {mask} 0 R" if name == "colours" else ""
            number = pdf.add(f"/Type /XObject /Subtype /Image /Width 280 /Height 180 {entries}{masked}", data)
            pdf.add_page("0.9 0.8 0.7 rg 0 0 280 180 re f 0.2 0.3 0.4 rg q 280 0 0 180 0 0 cm /Im Do Q", "/MediaBox [0 0 280 180]",
                         f"/XObject << /Im {number} 0 R >>")
        page = TypedPage(LINES[:2]).image
        pdf.add_scan(page, f"/MediaBox [0 0 {page.width} {page.height}]", (page.width, 0, 0, page.height, 0, 0))
        return pdf.write(self.tmp / "kinds.pdf", check=False)

    def written(self, path, level, folder):
        said = ocrtune("read", path, "-o", self.tmp / folder, "--format", "pdf", "--optimize", level, "--psm", 6)
        self.assertIn(said.returncode, (0, 2), said.stderr)
        return self.tmp / folder / path.name, said.stderr

    def test_images_are_smaller_and_show_the_same(self):
        source = self.made()
        plain, _ = self.written(source, 0, "plain")
        small, said = self.written(source, 1, "small")
        self.assertLess(small.stat().st_size, 0.8 * plain.stat().st_size)
        self.assertIn("images made smaller without loss: ", said)
        run("qpdf", "--check", small)
        before, after = shown(plain, self.tmp), shown(small, self.tmp)
        self.assertEqual(len(before), len(after))
        for name, one, other in zip(self.images(), before, after):
            self.assertTrue((one == other).all(), name)
        for name, path in (("before", plain), ("after", small)):
            run("mutool", "draw", "-q", "-F", "pam", "-o", self.tmp / f"{name}-%d.pam", path)
        for page, name in enumerate(self.images(), 1):
            self.assertEqual((self.tmp / f"before-{page}.pam").read_bytes(), (self.tmp / f"after-{page}.pam").read_bytes(), name)
        self.assertEqual(run("pdftotext", "-bbox", plain, "-"), run("pdftotext", "-bbox", small, "-"))
        for (name, (_, data, smaller)), embedded in zip(self.images().items(), self.streams(small)):
            (self.assertLess if smaller else self.assertEqual)(len(embedded), len(data), name)

    def streams(self, path):
        listed = [line.split() for line in run("pdfimages", "-list", path).decode().split("\n")[2:] if line.strip()]
        numbers = [line[10] for line in listed if line[2] != "smask"]
        return [run("qpdf", f"--show-object={number}", "--raw-stream-data", path) for number in numbers]

    def test_what_is_small_already_stays(self):
        source = self.made()
        small, _ = self.written(source, 1, "small")
        again, said = self.written(small, 1, "again")
        self.assertEqual(self.streams(small), self.streams(again))
        self.assertNotIn("images made smaller", said)

    def test_the_same_pdf_gives_the_same_bytes(self):
        source = self.made()
        self.assertEqual(self.written(source, 1, "one")[0].read_bytes(), self.written(source, 1, "two")[0].read_bytes())

    def test_a_soft_mask_stays_gray(self):
        small, _ = self.written(self.made(), 1, "small")
        listed = [line.split() for line in run("pdfimages", "-list", small).decode().split("\n")[2:] if line.strip()]
        (mask,) = [line for line in listed if line[2] == "smask"]
        self.assertEqual((mask[5], mask[7], mask[8]), ("gray", "1", "ccitt"))

    def test_sound_images_give_a_sound_pdf(self):
        pdf = PdfFile()
        for name, (entries, data, _) in self.images().items():
            if name in ("cut off", "damaged"):
                continue
            number = pdf.add(f"/Type /XObject /Subtype /Image /Width 280 /Height 180 {entries}", data)
            pdf.add_page("q 280 0 0 180 0 0 cm /Im Do Q", "/MediaBox [0 0 280 180]", f"/XObject << /Im {number} 0 R >>")
        sound(self.written(pdf.write(self.tmp / "sound.pdf"), 1, "small")[0])

    def test_an_image_that_is_too_much_leaves_the_pdf_as_it_is(self):
        pdf = PdfFile()
        page = TypedPage(LINES[:1]).image
        pdf.add_scan(page, f"/MediaBox [0 0 {page.width} {page.height}]", (page.width, 0, 0, page.height, 0, 0))
        inner = zlib.compressobj(9)
        bomb = zlib.compress(b"".join(inner.compress(bytes(1_000_000)) for _ in range(1200)) + inner.flush(), 9)
        pdf.add("/Type /XObject /Subtype /Image /Width 90 /Height 90 /BitsPerComponent 8 /ColorSpace /DeviceGray "
                "/Filter [/FlateDecode /FlateDecode]", bomb)
        number = len(pdf.objects)
        pdf.add_page("q 90 0 0 90 0 0 cm /Im Do Q", "/MediaBox [0 0 90 90]", f"/XObject << /Im {number} 0 R >>")
        small, said = self.written(pdf.write(self.tmp / "bomb.pdf", check=False), 1, "small")
        self.assertIn("other images stay as they are: ", said)
        self.assertIn("harbour", texts_of(small)[0])

    def test_levels_are_known(self):
        for command, levels in (("read", "{0,1}"), ("apply", "{0,1}"), ("clean", "{0,1,2}")):
            refused = ocrtune(command, self.tmp, "-o", self.tmp / "out", "--optimize", "3", check=1)
            self.assertIn("--optimize", refused.stderr)
            self.assertIn(levels, refused.stderr)


class LayeredPdf(ScratchCase):
    def setUp(self):
        super().setUp()
        self.pipeline = self.tmp / "pipeline.toml"
        self.pipeline.write_text('name = "mine"\n[[stage]]\nuse = "binarize_sauvola"\n', encoding="utf-8")
        text = TypedPage(LINES).image
        noise = numpy.random.default_rng(1).normal(0, 4, (text.height, text.width, 3))
        ink = numpy.asarray(text.filter(ImageFilter.GaussianBlur(0.7)))[:, :, None] / 255
        paper = numpy.array([235, 215, 180]) - numpy.linspace(0, 40, text.width)[None, :, None]
        pixels = ink * paper + (1 - ink) * numpy.array([40, 30, 90]) + noise
        self.page = self.tmp / "page.png"
        Image.fromarray(numpy.clip(pixels, 0, 255).astype(numpy.uint8)).save(self.page, dpi=(300, 300))

    def cleaned(self, source, *arguments, folder="out"):
        ocrtune("clean", source, "-o", self.tmp / folder, "--pipeline", self.pipeline, "--quiet", *arguments, check=0)
        return self.tmp / folder / source.with_suffix("." + arguments[1]).name

    def layered(self, source, *arguments, folder="layered"):
        return sound(self.cleaned(source, "--format", "pdf", "--optimize", 2, *arguments, folder=folder))

    def images(self, pdf):
        return [line.split() for line in run("pdfimages", "-list", pdf).decode().split("\n")[2:] if line.strip()]

    def test_ink_lies_on_a_background(self):
        pdf = self.layered(self.page)
        background, stencil = self.images(pdf)
        self.assertEqual((background[2], background[5], background[8]), ("image", "rgb", "jpeg"))
        self.assertEqual((stencil[2], stencil[8]), ("stencil", "ccitt"))
        self.assertLessEqual(abs(int(background[12]) - 100), 1)
        self.assertLessEqual(abs(int(stencil[12]) - 300), 1)
        bits = numpy.asarray(Image.open(self.cleaned(self.page, "--format", "png", folder="png")))
        (page,) = shown(pdf, self.tmp, dpi=300)
        self.assertEqual(page.shape[:2], bits.shape)
        colours = numpy.unique(page[bits == 0], axis=0)
        self.assertEqual(len(colours), 1, "ink has one colour")
        self.assertLess(numpy.abs(colours[0].astype(int) - (40, 30, 90)).max(), 25)
        self.assertGreater(page[bits == 255].min(axis=0).sum(), 350, "no ink is left in the background")

    def test_is_much_smaller(self):
        layered = self.layered(self.page).stat().st_size
        self.assertLess(layered, 0.1 * self.page.stat().st_size)
        gray = self.tmp / "gray.toml"
        gray.write_text('name = "gray"\n[[stage]]\nuse = "to_gray"\n', encoding="utf-8")
        self.pipeline = gray
        self.assertLess(layered, 0.2 * self.cleaned(self.page, "--format", "pdf", folder="gray").stat().st_size)

    def test_is_read_at_the_resolution_of_its_ink(self):
        pdf = self.layered(self.page)
        words = set(ocrtune("read", pdf, "--quiet", check=0).stdout.split())
        self.assertGreaterEqual(len(words & set(" ".join(LINES).split())), 0.9 * len(set(" ".join(LINES).split())))
        ocrtune("clean", pdf, "-o", self.tmp / "again", "--pipeline", self.pipeline, "--quiet", check=0)
        self.assertEqual(Image.open(self.tmp / "again" / "page.png").size, Image.open(self.page).size)

    def test_of_a_pdf_that_is_kept_too(self):
        scan = Image.open(self.page)
        pdf = PdfFile()
        number = pdf.add(f"/Type /XObject /Subtype /Image /Width {scan.width} /Height {scan.height} /BitsPerComponent 8 "
                         "/ColorSpace /DeviceRGB /Filter /DCTDecode", jpeg_of(scan))
        width, height = scan.width * 72 / 300, scan.height * 72 / 300
        for _ in range(2):
            pdf.add_page(f"q {width} 0 0 {height} 0 0 cm /Im Do Q", f"/MediaBox [0 0 {width} {height}]",
                         f"/XObject << /Im {number} 0 R >>")
        pdf.catalog += " /PageLabels << /Nums [0 << /S /r >>] >>"
        kept = self.layered(pdf.write(self.tmp / "scan.pdf"))
        self.assertEqual([image[2] for image in self.images(kept)], ["image", "stencil"] * 2)
        self.assertIn("/PageLabels", Parsed(kept).root)

    def test_of_pages_that_are_the_same_too(self):
        folder = self.tmp / "twice"
        folder.mkdir()
        for name in ("a.png", "b.png"):
            (folder / name).write_bytes(self.page.read_bytes())
        ocrtune("clean", folder, "-o", self.tmp / "out", "--pipeline", self.pipeline, "--format", "pdf", "--optimize", 2, "--jobs", 1,
                "--quiet", check=0)
        one, other = (self.images(sound(self.tmp / "out" / name)) for name in ("a.pdf", "b.pdf"))
        self.assertEqual([image[2:] for image in one], [image[2:] for image in other])
        self.assertEqual(len(one), 2)

    def test_of_each_page_too(self):
        self.assertEqual([image[2] for image in self.images(self.layered(self.page, "--split"))], ["image", "stencil"])

    def test_of_leaning_pages_the_background_is_turned_too(self):
        self.pipeline.write_text('name = "mine"\n[[stage]]\nuse = "deskew"\n[[stage]]\nuse = "binarize_sauvola"\n', encoding="utf-8")
        leaning = self.tmp / "leaning.png"
        Image.open(self.page).rotate(3, Image.BICUBIC, fillcolor=(225, 205, 170)).save(leaning, dpi=(300, 300))
        pdf = self.layered(leaning)
        bits = numpy.asarray(Image.open(self.cleaned(leaning, "--format", "png", folder="png")))
        (page,) = shown(pdf, self.tmp, dpi=300)
        self.assertGreater(page[bits == 255].min(axis=0).sum(), 300, "ink of the page is under that of the output")

    def test_pages_without_colours_and_other_outputs_have_no_layers(self):
        bits = self.tmp / "bits.png"
        TypedPage(LINES).image.point(lambda level: 255 * (level > 128)).save(bits, dpi=(300, 300))
        self.assertEqual([image[2] for image in self.images(self.layered(bits))], ["image"])
        self.pipeline.write_text('name = "mine"\n[[stage]]\nuse = "to_gray"\n', encoding="utf-8")
        self.assertEqual([image[2] for image in self.images(self.layered(self.page, folder="gray"))], ["image"])

    def test_the_same_page_gives_the_same_bytes(self):
        self.assertEqual(self.layered(self.page).read_bytes(), self.layered(self.page, folder="again").read_bytes())
