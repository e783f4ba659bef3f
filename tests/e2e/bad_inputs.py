"""The table of bad inputs: what is given, the exit status, and what the user sees.

Each case has a name, a function that prepares a scratch folder and returns the arguments, the status,
and a text that standard error must contain. docs/reference/bad_inputs.md shows the same table.
"""
import dataclasses
import os
import pathlib
import sqlite3
import struct
import subprocess
import typing
import zlib

from support import FAST, OCRTUNE, ocrtune, sample_pages


@dataclasses.dataclass
class Case:
    name: str
    status: int
    message: str
    arguments: typing.Callable[[pathlib.Path], list]
    limits: dict = dataclasses.field(default_factory=dict)
    files_left: tuple = ()  # names that may be in the scratch folder's `out` afterwards


def page(pattern="04-*.png"):
    return next(sample_pages().glob(pattern))


def written(folder, name, content):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(name, content):
    """`ocrtune read` of one file."""
    return lambda folder: ["read", written(folder, name, content)]


def score(*arguments):
    return lambda folder: ["score", page(), *FAST, *arguments]


def with_pipeline(toml):
    return lambda folder: ["score", page(), "--pipeline", written(folder, "p.toml", toml)]


def with_points(content):
    return lambda folder: ["score", page(), "--params", written(folder, "points.json", content)]


def with_manifest(content):
    return lambda folder: ["read", written(folder, "manifest.csv", content)]


def imported(content, *arguments, name="results.csv"):
    """`import` of a file of OCR quality audit."""
    return lambda folder: ["import", written(folder, name, content), "-o", folder / "out" / "points.json", *arguments]


def audit_export(*arguments):
    """`export --format audit` of a study."""
    def all_arguments(folder):
        study = folder / "s.db"
        ocrtune("screen", page(), "--exponent", "0", *FAST, *arguments, "--study", study, "--quiet", check=0)
        return ["export", study, "-o", folder / "out", "--format", "audit"]
    return all_arguments


def optimize(*arguments):
    return lambda folder: ["optimize", page(), *FAST, "--trials", "1", "--study", folder / "out" / "s.db", *arguments]


def screen(*arguments):
    return lambda folder: ["screen", page(), "--exponent", "0", *FAST, "--study", folder / "out" / "s.db", *arguments]


def on_study(content):
    """`screen` on a file that is no study."""
    def arguments(folder):
        return ["screen", page(), "--exponent", "0", *FAST, "--study", written(folder, "s.db", content)]
    return arguments


def png_claiming(width, height):
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunk = lambda name, data: struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def cut(path, share):
    content = path.read_bytes()
    return content[:int(len(content) * share)]


def jpeg_bytes():
    """The third sample page that is a JPEG has number 7; only four are made, so one is encoded here."""
    head = bytes.fromhex("ffd8ffe000104a46494600010100000100010000")
    return head + b"\xff\xdb\x00\x43\x00" + bytes(64)


def other_database(folder):
    path = folder / "other.db"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE mine (x)")
    database.close()
    return ["screen", page(), "--exponent", "0", *FAST, "--study", path]


def optuna_like(folder):
    path = folder / "optuna.db"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE studies (study_id INTEGER PRIMARY KEY, study_name TEXT)")
    database.close()
    return ["show", path]


def damaged_step(folder):
    path = folder / "s.db"
    ocrtune("screen", page(), "--exponent", "0", *FAST, "--study", path, "--quiet", check=0)
    with sqlite3.connect(path) as database:
        database.execute("INSERT OR REPLACE INTO ocrtune_steps VALUES (0, 0, 0, 'wait', -1, 0)")
    database.close()
    return ["timings", path]


def timings_over_study(folder):
    path = written(folder, "s.db", "any study")
    return ["timings", path, "--csv", folder / "out" / ".." / "s.db"]


def many_pages_one_bad(folder):
    good = page()
    written(folder, good.name, good.read_bytes())
    written(folder, "zz.png", cut(good, 0.5))
    return ["read", folder, "-o", folder / "out"]


def named_pipe(folder):
    os.mkfifo(folder / "pipe.png")
    return ["read", folder / "pipe.png"]


def over_itself(folder):
    written(folder, "page.png", page().read_bytes())
    return ["clean", folder / "page.png", "--pipeline", "standard", "-o", folder]


def pdf_over_itself(folder):
    with open(folder / "page.pdf", "wb") as pdf:
        pdf.write(subprocess.run([OCRTUNE, "read", page(), "--format", "pdf"], check=True, capture_output=True).stdout)
    return ["read", folder / "page.pdf", "-o", folder, "--format", "pdf"]


def two_of_one_name(folder):
    written(folder, "page.png", page().read_bytes())
    written(folder, "page.tif", page().read_bytes())
    return ["clean", folder / "page.png", folder / "page.tif", "--pipeline", "standard", "-o", folder / "out"]


def folder_as(kind):
    def arguments(folder):
        (folder / "a.db").mkdir()
        return {"study": ["screen", page(), "--exponent", "0", "--study", folder / "a.db"],
                "timings": ["timings", folder / "a.db"],
                "pipeline": ["score", page(), "--pipeline", folder / "a.db"]}[kind]
    return arguments


def with_truth(name, content):
    """`read` of a page with ground truth beside it."""
    def arguments(folder):
        written(folder, "page.png", page().read_bytes())
        written(folder, name, content)
        return ["read", folder / "page.png"]
    return arguments


def evaluate(content, *arguments, name="a.xml"):
    """`evaluate` of an OCR result whose ground truth is a line of text."""
    def all_arguments(folder):
        written(folder, "a.gt.txt", "one line\n")
        return ["evaluate", written(folder, name, content), "--truth", folder / "a.gt.txt", *arguments]
    return all_arguments


def compare(*arguments):
    return lambda folder: ["compare", page(), *arguments]


ENTITIES = '<!DOCTYPE html [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;">]>\n<html><body class="ocr_page">&c;</body></html>'

STAGE = '[[stage]]\nuse = "denoise_nlm"\n'

CASES = [
    # Pages
    Case("a file that does not exist", 2, "nowhere.png: no such file or folder", lambda f: ["read", f / "nowhere.png"]),
    Case("an empty file", 2, "empty.png: is empty", read("empty.png", b"")),
    Case("a text file named .png", 2, "text.png: is not an image: PNG, JPEG, TIFF, WebP, PNM and PDF can be read", read("text.png", "Dear Sir,\n" * 50)),
    Case("a cut-off PNG", 2, "cut.png: is cut off", lambda f: ["read", written(f, "cut.png", cut(page(), 0.6))]),
    Case("a PNG with damaged bytes", 2, "bad.png: is damaged: a PNG checksum is wrong",
         lambda f: ["read", written(f, "bad.png", page().read_bytes()[:500] + b"\x00\x01\x02" + page().read_bytes()[503:])]),
    Case("a cut-off JPEG", 2, "cut.jpg: is cut off: the JPEG end mark is missing", read("cut.jpg", jpeg_bytes())),
    Case("a TIFF of noise", 2, "noise.tif: is damaged: can't be opened as a TIFF", read("noise.tif", b"II*\0" + b"\xee" * 500)),
    Case("a WebP of noise", 2, "noise.webp: is damaged", read("noise.webp", b"RIFF\x40\0\0\0WEBPVP8 " + b"\xee" * 64)),
    Case("a PNM that ends early", 2, "cut.pgm: is damaged", read("cut.pgm", b"P5 100 100 255\n" + b"\x80" * 50)),
    Case("a PDF of noise", 2, "noise.pdf: is damaged: can't be opened as a PDF", read("noise.pdf", b"%PDF-1.4\n" + b"\xee" * 500)),
    Case("an image that claims to be huge", 2, "huge.png: is too large: 60000x60000 px, the limit is 32767 px per side and 250 Mpx",
         read("huge.png", png_claiming(60000, 60000))),
    Case("an image with too many pixels", 2, "wide.png: is too large: 32000x32000 px", read("wide.png", png_claiming(32000, 32000))),
    Case("a named pipe", 2, "pipe.png: is not a regular file", named_pipe),
    Case("a folder without pages", 2, "no page files in this folder", lambda f: ["read", f]),
    Case("a URL with a password", 2, "http://127.0.0.1/page.png: a URL may not have a user name or a password; write them into ~/.netrc",
         lambda f: ["read", "http://anna:secret@127.0.0.1/page.png"]),
    Case("a manifest with a password", 2, "manifest.csv: record 2: https://127.0.0.1/page.png: a URL may not have a user name or a password",
         with_manifest("file\nhttps://anna:secret@127.0.0.1/page.png\n")),
    Case("an invalid URL", 2, "http://127.0.0.1/a page.png: is not a valid URL", lambda f: ["read", "http://127.0.0.1/a page.png"]),
    Case("a pattern without a match", 2, "*.png: no file matches this pattern", lambda f: ["read", f / "*.png"]),
    Case("an empty list on standard input", 2, "no page could be read", lambda f: ["read", "-"]),
    Case("one damaged page among others: the others are processed", 2, "zz.png: is cut off", many_pages_one_bad, files_left=(page().stem + ".txt",)),
    # Manifests
    Case("an empty manifest", 2, "manifest.csv: is empty", with_manifest("")),
    Case("a manifest without the column `file`", 2, "manifest.csv: line 1: a manifest needs exactly one column `file` (found: name, lang)", with_manifest("name;lang\na;b\n")),
    Case("a manifest with a short row", 2, "manifest.csv: record 2 has 1 fields, the header 2", with_manifest("file;lang\na.png\n")),
    Case("a manifest with an unclosed quote", 2, "manifest.csv: line 2: a quoted field is not closed", with_manifest('file;lang\n"a.png;eng\n')),
    Case("a manifest that is not text", 2, "manifest.csv: is not UTF-8 text", with_manifest(b"file;lang\n\xff\xfe\n")),
    Case("a manifest that names a missing page", 2, "gone.png: can't be read: No such file or directory", with_manifest("file\ngone.png\n")),
    # Ground truth and OCR results
    Case("ground truth that is not well-formed XML", 2, "page.gt.xml: line 2: is not well-formed XML: ", with_truth("page.gt.xml", "<PcGts>\n</Page>")),
    Case("ground truth in another XML format", 2, "page.gt.xml: is neither PAGE XML nor ALTO nor hOCR: its root is `mets` without a namespace", with_truth("page.gt.xml", "<mets/>")),
    Case("ground truth with expanding entities", 2, "page.gt.hocr: line 2: unknown entity `&c;`", with_truth("page.gt.hocr", ENTITIES)),
    Case("ground truth that is not text", 2, "page.gt.txt: is not UTF-8 text (the page is used without ground truth)", with_truth("page.gt.txt", b"\xff\xfe")),
    Case("an OCR result that is cut off", 2, "a.xml: line 2: is not well-formed XML: ", evaluate("<alto>\n<Layout>")),
    Case("an OCR result of several pages", 2, "a.xml: has 2 elements Page; only files with one page are supported", evaluate("<alto><Layout><Page/><Page/></Layout></alto>")),
    Case("an OCR result in HTML that is not hOCR", 2, "a.html: is HTML, but not hOCR: no element has the class ocr_page", evaluate("<html><body/></html>", name="a.html")),
    Case("an OCR result with too deeply nested elements", 2, "a.xml: line 1: more than 256 nested elements", evaluate("<a>" * 300 + "</a>" * 300)),
    Case("an OCR result that is an image", 2, "a.png: is not UTF-8 text", evaluate(b"\x89PNG\r\n\x1a\n", name="a.png")),
    Case("an OCR result that is too long", 2, "a: has 200000 characters; at most 100000 per page can be compared", evaluate("x" * 200_000, name="a.txt")),
    Case("two OCR results of one page", 1, "are of the same page; give one folder of each kind at a time", lambda f: ["evaluate", written(f, "old/a.txt", "one line").parent, written(f, "new/a.txt", "one line").parent]),
    Case("OCR results that do not exist", 2, "gone: no such file or folder", lambda f: ["evaluate", f / "gone"]),
    Case("OCR results without ground truth", 2, "no OCR result has ground truth; for NAME.txt it is NAME.gt.txt beside it", lambda f: ["evaluate", written(f, "a.txt", "one line")]),
    Case("--ignore with an unknown value", 1, "--ignore: font not in {case,space,punctuation}", evaluate("x", "--ignore", "font", name="a.txt")),
    Case("--csv in a folder that does not exist", 5, "errors.csv: can't be written: the folder is missing", lambda f: evaluate("x", "--csv", f / "no" / "errors.csv", name="a.txt")(f)),
    # Languages
    Case("a language that is not installed", 3, "language `tlh`: no tlh.traineddata in", lambda f: ["read", page(), "--lang", "eng+tlh"]),
    Case("a language with a package to install", 3, "apt install tesseract-ocr-chi-tra", lambda f: ["read", page(), "--lang", "chi_tra"]),
    Case("a language that is a path", 1, "language `../eng`: names look like eng or eng+fra", lambda f: ["read", page(), "--lang", "../eng"]),
    Case("a tessdata folder without models", 3, "install it: apt install tesseract-ocr-eng", lambda f: ["read", page(), "--tessdata", f]),
    Case("an OCR engine mode that the model does not support", 3, "can't use the data in", lambda f: ["read", page(), "--oem", "0"]),
    # Pipelines
    Case("a pipeline that does not exist", 4, "pipeline `standart`: neither a file nor a preset (did you mean `standard`?)", score("--pipeline", "standart")),
    Case("a pipeline file that is not TOML", 4, "p.toml: line 2: not TOML", with_pipeline("name = \"x\"\n[[stage]\n")),
    Case("a pipeline file of bytes", 4, "p.toml: is not UTF-8 text", with_pipeline(b"\xff\x00\x80")),
    Case("a pipeline file that is too long", 4, "p.toml: is too large: 1.1 MB, the limit is 1.0 MB", with_pipeline("#" * 1_100_000)),
    Case("a folder as a pipeline file", 4, "a.db: is a folder, not a file", folder_as("pipeline")),
    Case("an unknown stage", 4, "p.toml: line 2: unknown stage `denoise_nl` (did you mean `denoise_nlm`?); available: drop_colour", with_pipeline('[[stage]]\nuse = "denoise_nl"\n')),
    Case("an unknown parameter", 4, "p.toml: line 3: unknown key `strength` in stage denoise_nlm; known: use, optional, on, h, noise_threshold", with_pipeline(STAGE + "strength = 3\n")),
    Case("a value out of range", 4, "p.toml: line 3: h = 900: allowed: real, 0 to 100", with_pipeline(STAGE + "h = 900\n")),
    Case("an even kernel size", 4, "kernel = 150: allowed: odd integer, 3 to 2001", with_pipeline('[[stage]]\nuse = "normalize_division"\nkernel = 150\n')),
    Case("text instead of a number", 4, "p.toml: line 3: `h` must be a number", with_pipeline(STAGE + 'h = "strong"\n')),
    Case("a range without an upper bound", 4, "p.toml: line 3: `h` needs both low and high", with_pipeline(STAGE + "h = { low = 2 }\n")),
    Case("two parameters with one name", 4, "two parameters have the name `h_size`", with_pipeline('[[stage]]\nuse = "remove_lines"\n[[stage]]\nuse = "inpaint_lines"\n')),
    Case("a comparison with a pipeline that does not exist", 4, "pipeline `standart`: neither a file nor a preset", compare("--pipeline", "raw", "--pipeline", "standart")),
    # Options
    Case("a comparison without pipelines", 1, "--pipeline is required", compare()),
    Case("a comparison of a pipeline with itself", 1, "--pipeline raw: is given twice", compare("--pipeline", "raw", "--pipeline", "raw")),
    Case("a comparison of raw alone", 1, "--pipeline raw: is already compared by default; name a second pipeline", compare("--pipeline", "raw")),
    Case("a comparison by CER without ground truth", 1, "--by cer: no page has ground truth", lambda f: ["compare", written(f, "alone.png", page().read_bytes()), "--pipeline", "standard", "--by", "cer"]),
    Case("an unknown option of the program", 1, "unknown option `--verison` (did you mean `--version`?); see `ocrtune --help`", lambda f: ["--verison"]),
    Case("an unknown command", 1, "unknown command `tuna` (did you mean `tune`?); see `ocrtune --help`", lambda f: ["tuna", page()]),
    Case("no command", 1, "see `ocrtune --help`", lambda f: []),
    Case("an unknown option", 1, "screen has no option --exponnent (did you mean `--exponent`?); see `ocrtune screen --help`", screen("--exponnent", "3")),
    Case("no corpus", 1, "CORPUS is required; see `ocrtune screen --help`", lambda f: ["screen"]),
    Case("--exponent 21", 1, "--exponent: Value 21 not in range 0 to 20", screen("--exponent", "21")),
    Case("an unknown sampler", 1, "--sampler: annealing not in {random,sobol,tpe,", optimize("--sampler", "annealing")),
    Case("an unknown pruner", 1, "--pruner: best not in {none,", optimize("--pruner", "best")),
    Case("a single-objective sampler with two objectives", 1, "the sampler cmaes supports a single objective; for several use: ", optimize("--sampler", "cmaes", "--objective", "confidence,cnr")),
    Case("an objective given twice", 1, "--objective cnr: given twice", optimize("--sampler", "nsga2", "--objective", "cnr,cnr")),
    Case("pruning with two objectives", 1, "--pruner: a pruner requires a single objective", optimize("--objective", "confidence,cnr", "--pruner", "racing")),
    Case("an invalid time", 1, "--timeout soon: expected a time such as 90s, 10m or 1.5h, from one second to 1000 hours", optimize("--timeout", "soon")),
    Case("a constraint without a bound", 1, "constraint `words>3`: has neither >= nor <=; allowed: NAME>=NUMBER, NAME<=NUMBER or loss(NAME)<=NUMBER", optimize("--constraint", "words>3")),
    Case("a constraint on an unknown score", 1, "constraint `pages>=3`: `pages` is not one of confidence, char_confidence, ", optimize("--constraint", "pages>=3")),
    Case("a loss with a lower bound", 1, "constraint `loss(words)>=3`: loss(NAME) takes only <=; ", optimize("--constraint", "loss(words)>=3")),
    Case("a loss with a negative bound", 1, "constraint `loss(words)<=-3`: with a negative bound, not even the originals satisfy it; ", optimize("--constraint", "loss(words)<=-3")),
    Case("a constraint on error rates without ground truth", 1, "--constraint loss(cer)<=2: no page has ground truth",
         lambda f: ["optimize", written(f, "alone.png", page().read_bytes()), "--trials", "1", "--study", f / "out" / "s.db", "--constraint", "loss(cer)<=2"]),
    Case("an initial pipeline that does not exist", 4, "nothing.toml", optimize("--enqueue", "nothing.toml")),
    Case("initial points that are not JSON", 1, "points.json: is not JSON", lambda folder: optimize("--enqueue", written(folder, "points.json", "{"))(folder)),
    Case("more validation pages than pages", 1, "--hold-out 5: none of 1 pages would be left for tuning",
         lambda folder: ["tune", page(), "--hold-out", "5", "--study", folder / "out" / "s.db", "-o", folder / "out" / "best.toml"]),
    Case("--jobs 0", 1, "--jobs: Value 0 not in range 1 to 1024", screen("--jobs", "0")),
    Case("--memory with an invalid size", 1, "--memory: `lots` is not a size of at least 100 MB, such as 800M or 4G", screen("--memory", "lots")),
    Case("--memory with too small a size", 1, "--memory: `5M` is not a size of at least 100 MB", screen("--memory", "5M")),
    Case("--seed -1", 1, "--seed", screen("--seed", "-1")),
    Case("--psm 2, which does no OCR", 1, "--psm: 2 not in {", screen("--psm", "2")),
    Case("--engine with an unknown engine", 1, "--engine: best not in {auto,lstm,tesseract,", screen("--engine", "best")),
    Case("the engine `lstm` with two languages", 3, "`eng+fra`", screen("--engine", "lstm", "--lang", "eng+fra")),
    Case("the engine `lstm` with another OCR engine mode", 3, "engine mode", screen("--engine", "lstm", "--oem", "3")),
    Case("hOCR of several pages on standard output", 1, "--format hocr: one page on standard output; give -o DIR for several",
         lambda folder: ["read", sample_pages(), "--format", "hocr"]),
    Case("searchable PDFs of several files on standard output", 1, "--format pdf: one file on standard output; give -o DIR for several",
         lambda folder: ["read", sample_pages(), "--format", "pdf"]),
    Case("--set without a value", 1, "--set bin_c: expected NAME=VALUE", score("--set", "bin_c")),
    Case("--set with an unknown name", 1, "--set bin_d=3: pipeline `standard` has no parameter `bin_d` (did you mean `bin_c`?)", score("--set", "bin_d=3")),
    Case("--set with a word for a number", 1, "--set bin_c=dark: bin_c = dark: allowed: real, ", score("--set", "bin_c=dark")),
    Case("--free with swapped bounds", 1, "--free bin_c=20:10: bin_c: the range 20 to 10 is empty", screen("--free", "bin_c=20:10")),
    Case("--free with a range beyond the allowed one", 1, "--free norm_kernel=1:9: norm_kernel = 1: allowed: odd integer, 3 to 2001", screen("--free", "norm_kernel=1:9")),
    Case("a pipeline without free parameters", 1, "the pipeline has no free parameter", lambda f: ["screen", page(), "--pipeline", "raw", "--study", f / "out" / "s.db"]),
    Case("--objective cer without ground truth", 1, "--objective cer: no page has ground truth", lambda f: ["screen", written(f, "alone.png", page().read_bytes()), "--objective", "cer", "--study", f / "out" / "s.db"]),
    Case("points that are not JSON", 1, "points.json: is not JSON (at byte", with_points("[{]")),
    Case("points that are not a list", 1, "points.json: expected a list of at least one point", with_points("{}")),
    Case("a point with an unknown name", 1, "points.json: point 1: pipeline `standard` has no parameter `x`", with_points('[{"x": 1}]')),
    Case("a point with text instead of a number", 1, "points.json: point 2: `bin_c` must be a number", with_points('[{}, {"bin_c": "9"}]')),
    Case("a point out of range", 1, "points.json: point 1: bin_c = 1000: allowed: real, -255 to 255", with_points('[{"bin_c": 1e3}]')),
    # Files of OCR quality audit
    Case("results that do not exist", 2, "gone.csv: ", lambda f: ["import", f / "gone.csv", "-o", f / "out" / "points.json"]),
    Case("results without a point", 2, "results.csv: has no point", imported("point_id;bin_c\n")),
    Case("results that are an image", 2, "results.csv: is not UTF-8 text", imported(b"\x89PNG\r\n\x1a\n")),
    Case("results with text instead of a number", 2, "results.csv: line 3: column `bin_c`: `x` is not a number", imported("point_id;bin_c\n1;12\n2;x\n")),
    Case("results with decimal commas", 2, "`12,5` is not a number; use a decimal point, not a comma", imported("point_id;bin_c\n1;12,5\n")),
    Case("results with an incomplete line", 2, "results.csv: line 3: has 1 field; 2 are required", imported("point_id;bin_c\n1;12\n2\n")),
    Case("results with an unknown column", 2, "results.csv: line 1: column `bin_d` is neither a score nor a parameter of the Python design (did you mean `bin_c`?)",
         imported("point_id;bin_d\n1;12\n")),
    Case("results of two presets", 2, "results.csv: line 1: column `clahe_clip` belongs to the preset blur_clahe, not to standard, to which `bin_c` belongs",
         imported("bin_c;clahe_clip\n12;2\n")),
    Case("results that fit both presets", 2, "results.csv: `denoise_h` alone doesn't determine the preset; give it with `ocrtune import --preset`", imported("denoise_h\n9\n")),
    Case("results with a value out of range", 2, "results.csv: line 2: bin_c = 1000: allowed: real, -255 to 255", imported("bin_c\n1000\n")),
    Case("best parameters that are not JSON", 2, "best.json: is not JSON", imported('{"bin_c": ', name="best.json")),
    Case("best parameters with text instead of a number", 2, "best.json: point 1: `bin_c` must be a number", imported('{"bin_c": "12"}', name="best.json")),
    Case("the best of results without scores", 1, "--best: ", imported("bin_c\n12\n", "--best", "3")),
    Case("results without the score to sort by", 1, "results.csv has no score `cnr`", imported("bin_c;score_tesseract\n12;50\n", "--by", "cnr")),
    Case("results sorted by an unknown score", 1, "--by: beauty not in {confidence,sharpness,cnr,contrast}", imported("bin_c\n12\n", "--by", "beauty")),
    Case("points to a folder that does not exist", 5, "points.json: can't be written: the folder is missing",
         lambda f: ["import", written(f, "r.csv", "bin_c\n12\n"), "-o", f / "no" / "points.json"]),
    Case("initial points from invalid results", 2, "results.csv: line 2: column `bin_c`: `x` is not a number",
         lambda folder: optimize("--enqueue", written(folder, "results.csv", "bin_c\nx\n"))(folder)),
    Case("a study of another pipeline for the Python design", 1, "isn't one of the Python design; available: standard, blur_clahe", audit_export("--free", "use_denoise_nlm")),
    Case("a parameter that the Python design lacks", 1, "the free parameter `dilate_iter`: the Python design has none of that name in `standard`", audit_export("--free", "dilate_iter")),
    Case("an unknown export format", 1, "--format: xlsx not in {ocrtune,audit}", lambda f: ["export", f / "s.db", "-o", f / "out", "--format", "xlsx"]),
    # Studies and outputs
    Case("a study that does not exist", 5, "no.db: no such study", lambda f: ["show", f / "no.db"]),
    Case("a text file as a study", 5, "s.db: is not a SQLite database", on_study("not a database\n" * 100)),
    Case("another program's database", 5, "other.db: is a database of another program", other_database),
    Case("a study created by Optuna", 5, "optuna.db: is a database of another program", optuna_like),
    Case("a folder as a study", 5, "a.db: is not a regular file", folder_as("study")),
    Case("timings of a study that does not exist", 5, "no.db: no such study", lambda f: ["timings", f / "no.db"]),
    Case("timings of a text file", 5, "s.db: is not a SQLite database", lambda f: ["timings", written(f, "s.db", "not a database\n" * 100)]),
    Case("timings of a folder", 5, "a.db: is not a regular file", folder_as("timings")),
    Case("timings of a damaged step", 5, "s.db: is damaged: step 0 of trial 0 on page 0 can't be read", damaged_step),
    Case("timings written over the study itself", 1, "s.db is the study itself; give another file", timings_over_study),
    Case("timings for zero points", 1, "--points: Value 0 not in range 1 to 1048576", lambda f: ["timings", "--points", "0"]),
    Case("a study in a folder that does not exist", 5, "s.db: can't be opened: folder missing or permission denied", lambda f: ["screen", page(), "--exponent", "0", "--study", f / "no" / "s.db"]),
    Case("a study given as a URL", 1, "a study is a SQLite file", lambda f: ["screen", page(), "--study", "mysql://host/x"]),
    Case("best.toml in a folder that does not exist", 5, "best.toml: can't be written: the folder is missing", lambda f: ["tune", page(), "--trials", "1", "--study", f / "out" / "s.db", "-o", f / "no" / "best.toml"]),
    Case("scores written over a folder", 5, "out: can't be written: Is a directory", lambda f: ["score", page(), *FAST, "--csv", f / "out"]),
    Case("an unknown portfolio", 4, "portfolio `document`: neither a file nor a built-in portfolio (did you mean `documents`?)",
         lambda f: ["apply", page(), "-o", f / "out", "--portfolio", "document"]),
    Case("a pipeline file as a portfolio", 4, "p.toml: line 1: a portfolio needs at least one [[pipeline]] section",
         lambda f: ["apply", page(), "-o", f / "out", "--portfolio", written(f, "p.toml", "name = \"p\"\n")]),
    Case("free parameters in a portfolio", 4, "p.toml: line 1: pipeline `a` has free parameters; those of a portfolio are fixed",
         lambda f: ["apply", page(), "-o", f / "out", "--portfolio",
                    written(f, "p.toml", "[[pipeline]]\nname = \"a\"\n[[pipeline.stage]]\nuse = \"clahe\"\nclip = \"free\"\n")]),
    Case("--portfolio together with --pipeline", 1, "--portfolio excludes --pipeline",
         lambda f: ["apply", page(), "-o", f / "out", "--portfolio", "documents", "--pipeline", "raw"]),
    Case("one pipeline given twice", 1, "--pipeline: two pipelines have the name `raw`",
         lambda f: ["apply", page(), "-o", f / "out", "--pipeline", "raw", "--pipeline", "raw"]),
    Case("a damaged journal", 5, "ocrtune-apply.jsonl: is damaged in line 1",
         lambda f: ["apply", page(), "-o", written(f, "ocrtune-apply.jsonl", "{}\n").parent]),
    Case("apply with a file as the output folder", 5, "the folder cannot be created", lambda f: ["apply", page(), "-o", written(f, "file", "x")]),
    Case("clean with a file as the output folder", 5, "the folder cannot be created", lambda f: ["clean", page(), "--pipeline", "standard", "-o", written(f, "file", "x")]),
    Case("cleaned pages written over their originals", 1, "page.png would overwrite the page it comes from", over_itself),
    Case("a searchable PDF written over its page", 1, "page.pdf would overwrite the page it comes from", pdf_over_itself),
    Case("two pages for one output file", 1, "would both be written to", two_of_one_name),
    Case("two formats on standard output", 1, "--format: one format on standard output", lambda f: ["read", page(), "--format", "text,tsv"]),
]
