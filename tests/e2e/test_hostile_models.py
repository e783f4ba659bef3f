"""Damaged models, some of which crash Tesseract: the command says so in one line."""
import pathlib
import random

from support import PAGES, ScratchCase, ocrtune

INSTALLED = pathlib.Path("/usr/share/tesseract-ocr/5/tessdata/eng.traineddata")


def damaged(seed):
    """The installed model with a part zeroed or replaced, bytes changed, or an end missing."""
    chance = random.Random(seed)
    model = bytearray(INSTALLED.read_bytes())
    kind = chance.randrange(4)
    if kind == 0:
        for _ in range(chance.randrange(1, 40)):
            model[chance.randrange(len(model))] = chance.randrange(256)
    elif kind == 1:
        del model[chance.randrange(len(model)):]
    elif kind == 2:
        for _ in range(chance.randrange(1, 8)):
            model[chance.randrange(2000)] = chance.randrange(256)
    else:
        begin = chance.randrange(len(model))
        end = min(len(model), begin + chance.randrange(1, 20000))
        model[begin:end] = bytes(end - begin) if chance.random() < 0.5 else chance.randbytes(end - begin)
    return bytes(model)


class HostileModels(ScratchCase):
    def test_end_no_command(self):
        page = PAGES / "models" / "eng.png"
        crashed = 0
        for seed in range(3, 13):
            with self.subTest(seed=seed):
                (self.tmp / "eng.traineddata").write_bytes(damaged(seed))
                run = ocrtune("read", page, "--lang", "eng", "--tessdata", self.tmp, "--quiet", "--engine", "tesseract",
                              env={"OCRTUNE_CACHE": str(self.tmp / "cache")})
                self.assertIn(run.returncode, (0, 3), run.stderr)
                crashed += "can't be used: is damaged: the program that parses it crashed" in run.stderr
        self.assertGreater(crashed, 0, "none of these crashes this version of Tesseract: choose others")
