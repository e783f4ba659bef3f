"""Copies of pages on which less can be read, as calibrations need them."""
import pathlib

from PIL import Image, ImageOps
from table import write_rows

PAPER = 235


def faint(image, contrast=0.12):
    return image.point(lambda gray: round(PAPER - (255 - gray) * contrast))


def half_faint(image):
    half = (image.width // 2, 0, image.width, image.height)
    page = image.copy()
    page.paste(faint(image.crop(half), 0.04), half)
    return page


def smaller(image):
    return image.resize((max(1, round(image.width * .45)), max(1, round(image.height * .45))), Image.Resampling.LANCZOS)


DAMAGES = {"original": lambda image: image,
           "faint": faint,
           "inverted": ImageOps.invert,
           "rotated by 90 degrees": lambda image: image.transpose(Image.ROTATE_270),
           "upside down": lambda image: image.transpose(Image.ROTATE_180),
           "0.45 of the resolution": smaller,
           "right half at 4 %": half_faint}


def damaged_pages(pages, work):
    """A manifest of the pages and their copies, and by file what it is."""
    for folder in ("pages", "truths"):
        (work / folder).mkdir(parents=True, exist_ok=True)
    made = {}
    for page in pages:
        source = pathlib.Path(page["file"])
        truth = source.with_name(source.stem + ".gt.txt").read_text(encoding="utf-8")
        gray = None
        for number, (damage, change) in enumerate(DAMAGES.items()):
            file = work / "pages" / f"{source.stem}.{number}.png"
            made[file] = {"source": page["source"], "page": source.name, "damage": damage, "lang": page["lang"],
                          "file": file}
            if file.exists():
                continue
            gray = gray or Image.open(source).convert("L")
            (work / "truths" / f"{file.stem}.gt.txt").write_text(truth, encoding="utf-8")
            change(gray).save(file, compress_level=1)
    write_rows(work / "pages.csv", ["file", "lang"], made.values())
    return {str(file): row for file, row in made.items()}
