"""What the end-to-end tests share: the built command, small sample pages, a scratch folder."""
import atexit
import csv
import fcntl
import functools
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import unittest

from PIL import Image

import schemas

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("OCRTUNE_BUILD", ROOT / "build" / "release")).resolve()
OCRTUNE = str(BUILD / "ocrtune")
# What tests expect is English, whatever language the machine has.
os.environ["LANGUAGE"] = "en"

# Cheap and still different from point to point: no non-local means.
FAST = ["--set", "denoise_h=0"]


# A shell starts what it puts in the background with these ignored, and commands would leave them so.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)


@functools.cache
def shared_folder():
    """A folder for what tests only read: of a run of run.py, else of this process."""
    if given := os.environ.get("OCRTUNE_E2E_SHARED"):
        return pathlib.Path(given)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="ocrtune-e2e-"))
    folder.chmod(0o755)
    atexit.register(shutil.rmtree, folder)
    return folder


# The tokens of servers, which are no concern of the user who runs the tests.
os.environ["XDG_STATE_HOME"] = str(shared_folder() / "state")


def made_once(name, make):
    """The folder `name`, which `make` fills when the first test of a run wants it; never changed after."""
    folder, made = shared_folder() / name, shared_folder() / f"{name}.made"
    with open(shared_folder() / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            made.touch()
    return folder


def kept_pages(*numbers):
    """Sample pages of the repository, which are the same on every machine."""
    return [next((ROOT / "examples" / "sample_pages").glob(f"{number:02}-*.jpg")) for number in numbers]


PAGES = pathlib.Path(__file__).parent / "pages"


@functools.cache
def copied_pages(name):
    """A folder of PAGES where every user may read it, never changed."""
    return made_once(name, lambda folder: shutil.copytree(PAGES / name, folder, dirs_exist_ok=True))


def sample_pages():
    """A folder with four small pages (75 dpi) and their truths, of which a good part is read."""
    return copied_pages("small")


def repetitions(full, few):
    """How often a test does what only repeats: `full` under `./test.sh full`, else `few`."""
    return full if "OCRTUNE_TESTS_FULL" in os.environ else few


PPOCR_FILES = BUILD / "share/ocrtune/ppocr"
PPOCR_INSTALLED = (PPOCR_FILES / "libocrtune_openvino.so").exists() and (PPOCR_FILES / "models/small/rec.onnx").exists()
# PP-OCRv6 compiles its models for the sizes of every few pages, which takes more time than tuning on tiny ones.
WITHOUT_PPOCR = {"OCRTUNE_PPOCR": "/nonexistent"}


def ocrtune(*arguments, stdin=None, cwd=None, env=None, timeout=300, check=None, before=None):
    """Runs the command; returns the finished process with text output. `check` is the status expected. `tune` does without
    PP-OCRv6, unless `env` is given. `before` is called in the new process; one that has not ended after `timeout` seconds is an
    error."""
    if env is None and "tune" in arguments:
        env = WITHOUT_PPOCR
    try:
        done = subprocess.run([OCRTUNE, *map(str, arguments)], input=stdin, cwd=cwd, timeout=timeout, text=True,
                              capture_output=True, env={**os.environ, **(env or {})}, preexec_fn=before)
    except subprocess.TimeoutExpired as never:
        said = b"\n".join(filter(None, (never.stdout, never.stderr))).decode(errors="replace")
        raise AssertionError(f"ocrtune {' '.join(map(str, arguments))}: has not ended within {timeout} s\n{said}") from None
    if check is not None and done.returncode != check:
        raise AssertionError(f"ocrtune {' '.join(map(str, arguments))}: status {done.returncode}, expected {check}\n"
                             f"{done.stdout}\n{done.stderr}")
    if "--json" in arguments and "--help" not in arguments:
        schemas.check_output([str(one) for one in arguments], done.returncode, done.stdout)
    return done


@functools.cache
def doctor():
    """What `ocrtune doctor --json` says of this machine; asked once."""
    folder = made_once("doctor", lambda folder: (folder / "doctor.json").write_text(ocrtune("doctor", "--json", check=0).stdout))
    return json.loads((folder / "doctor.json").read_text())


@functools.cache
def doctor_text():
    """What `ocrtune doctor` says of it; asked once."""
    folder = made_once("doctor-text", lambda folder: (folder / "doctor.txt").write_text(ocrtune("doctor", check=0).stdout))
    return (folder / "doctor.txt").read_text()


@functools.cache
def few_models():
    """A folder with the models of a few languages, for `doctor`, which tries every model that is installed."""
    def make(folder):
        installed = pathlib.Path(doctor()["tessdata"])
        models = [installed / f"{name}.traineddata" for name in ("eng", "fra", "deu", "lat", "osd")]
        for path in [*models, installed / "configs", installed / "tessconfigs", installed / "pdf.ttf"]:
            (folder / path.name).symlink_to(path)
    return made_once("models", make)


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter=";"))


def tiny_pages():
    """Too small to be read well, but quick; for what does not depend on what is read."""
    return copied_pages("tiny")


def without_timings(tables):
    return {name: table for name, table in tables.items() if name != "timings"}


def screened_study(exponent, *options):
    """A study of the tiny pages that ran undisturbed by two workers in much memory; to be copied where it is to change."""
    name = "-".join(map(str, ("screened", exponent, *options)))
    return made_once(name, lambda folder: ocrtune(
        "screen", tiny_pages(), "--exponent", exponent, *FAST, *options, "--jobs", 2, "--memory", "2G", "--study",
        folder / "s.db", "--quiet", check=0)) / "s.db"


def gray_rows(path):
    """The rows of an image of 8-bit gray."""
    with Image.open(path) as image:
        assert image.mode == "L", f"{path} is not 8-bit gray"
        pixels, width = image.tobytes(), image.width
    return [pixels[start:start + width] for start in range(0, len(pixels), width)]


def exported(study, folder):
    """The study's CSV files by name."""
    ocrtune("export", study, "-o", folder, "--quiet", check=0)
    return {name: rows(pathlib.Path(folder) / f"{name}.csv") for name in ("trials", "pages", "timings", "configuration")}


class ScratchCase(unittest.TestCase):
    """A test with a scratch folder of its own, `self.tmp`."""

    def setUp(self):
        self.tmp = pathlib.Path(tempfile.mkdtemp(prefix="ocrtune-test-"))
        self.addCleanup(shutil.rmtree, self.tmp, ignore_errors=True)
