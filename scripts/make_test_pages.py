#!/usr/bin/python3
"""Makes the pages that the end-to-end tests recognize, tests/e2e/pages, which are kept in the repository to be the same on every
machine. They are those of Debian 12; elsewhere fonts are drawn a little differently. Needs its packages pango1.0-tools and
fonts-droid-fallback.

  scripts/make_test_pages.py [BUILD]      a built preset [build/release]

  tiny/, small/   pages of make_pages at 45 and 75 dpi with ground truth
  typed/          lines of text in several scripts; of `harbour`, the box of each word's ink too
  models/         a line for each model that docs/explanation/reading.md names
"""
import json
import pathlib
import subprocess
import sys

from PIL import Image, ImageDraw, ImageFont

ROOT = pathlib.Path(__file__).resolve().parents[1]
PAGES = ROOT / "tests" / "e2e" / "pages"

SCANS = {"tiny": 0.3, "small": 0.5}

SERIF = "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"
SANS = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
CJK = "/usr/share/fonts-droid-fallback/truetype/DroidSansFallback.ttf"
TYPED = {
    "harbour": (SERIF, ["Every ship that left the harbour", "carried apples, copper (refined) and", "forty-two wheels of yellow cheese.",
                        "", "Nobody kept a ledger of journeys", "which ended beyond Gibraltar; people", "paid 1,250 thalers up front."]),
    "markup": (SERIF, ['Tom & Jerry <b> "quoted"', "a < b & c > d 'single'"]),
    "fra": (SANS, ["Élève naïf où ça coûte cher", "À côté de l’été « déjà vu »"]),
    "rus": (SANS, ["Съешь ещё этих мягких", "французских булок"]),
    "ell": (SANS, ["γρήγορη αλεπού πηδάει πάνω", "από το τεμπέλικο σκυλί"]),
    "ara": (SANS, ["السلام عليكم", "هذا نص عربي"]),
    "chi_sim": (CJK, ["今天天气很好我们去公园", "中文识别测试"]),
    "digits": (SANS, ["20391754"]),
}
SIZE, MARGIN, STEP = 42, 100, 75  # px, as of a page at 300 dpi

WESTERN, EASTERN, ARABIC = "DejaVu Serif 26", "Droid Sans Fallback 28", "DejaVu Sans 28"
MODELS = {
    "eng": (WESTERN, "The quick brown fox (No. 47) pays £3,250.75 on 12/11/1998."),
    "fra": (WESTERN, "Où l’élève a-t-il reçu son goûter ? À Orléans, le 3 août 1871."),
    "deu": (WESTERN, "Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich."),
    "spa": (WESTERN, "¿Dónde está el niño? ¡Mañana compró 25 piñas en Málaga!"),
    "ita": (WESTERN, "Perché la città è più bella? Costa € 14,50 a persona."),
    "lat": (WESTERN, "Gallia est omnis divisa in partes tres, quarum unam incolunt Belgae."),
    "rus": (WESTERN, "Сегодня мы читаем старые книги в библиотеке № 7."),
    "ell": (WESTERN, "Η βιβλιοθήκη έχει παλιά βιβλία, εφημερίδες και χάρτες."),
    "chi_sim": (EASTERN, "我们今天在北京的图书馆里读书。"),
    "jpn": (EASTERN, "今日は図書館で古い本を読みました。"),
    "ara": (ARABIC, "نقرأ الكتب القديمة في المكتبة كل يوم"),
}


def make_scans(build):
    for name, scale in SCANS.items():
        folder = PAGES / name
        subprocess.run([build / "make_pages", folder, "--pages", "4", "--scale", str(scale), "--quiet"], check=True)
        for path in folder.glob("*.png"):
            with Image.open(path) as page:
                page.save(path, optimize=True, dpi=page.info["dpi"])


def make_typed():
    (PAGES / "typed").mkdir(parents=True, exist_ok=True)
    for name, (font, lines) in TYPED.items():
        face = ImageFont.truetype(font, SIZE)
        starts, boxes, width = [], [], 0
        for row, line in enumerate(lines):
            left = MARGIN
            for word in line.split():
                starts.append((left, MARGIN + STEP * row, word, row))
                left += int(face.getlength(word)) + SIZE // 2
            width = max(width, left + MARGIN)
        page = Image.new("L", (width, 2 * MARGIN + STEP * len(lines)), 255)
        for left, top, word, row in starts:
            single = Image.new("L", page.size, 255)
            ImageDraw.Draw(single).text((left, top), word, font=face, fill=0)
            boxes.append([word, row, *single.point(lambda level: 255 * (level < 128)).getbbox()])
            page.paste(0, mask=single.point(lambda level: 255 - level))
        page.save(PAGES / "typed" / f"{name}.png", optimize=True, dpi=(300, 300))
        if name == "harbour":
            described = ",\n".join(f"  {json.dumps(box)}" for box in boxes)
            (PAGES / "typed" / "harbour.json").write_text(f"[\n{described}\n]\n")


def make_models():
    (PAGES / "models").mkdir(parents=True, exist_ok=True)
    for name, (font, text) in MODELS.items():
        path = PAGES / "models" / f"{name}.png"
        subprocess.run(["pango-view", f"--font={font}", f"--text={text}", "--margin=30", "-q", "-o", path], check=True)
        with Image.open(path) as line:
            line.convert("L").save(path, optimize=True)


if __name__ == "__main__":
    make_scans(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build" / "release").resolve())
    make_typed()
    make_models()
