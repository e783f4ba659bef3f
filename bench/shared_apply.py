#!/usr/bin/python3
"""Has several processes recognize a collection of very small pages with a journal on a PostgreSQL server of its own, kills some of
them at random, and checks that every output is there once. Prints the rate, the processor time of a page and the memory.

  bench/shared_apply.py [--pages 100000] [--processes 4] [--kills 20] [--ocrtune build/release/ocrtune]
"""
import argparse
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests" / "e2e"))

from PIL import Image, ImageDraw, ImageFont  # noqa: E402

from postgresql import PostgresqlServer  # noqa: E402

PER_FOLDER = 1000


def make_pages(folder, count):
    """Pages with a number each."""
    font = ImageFont.truetype("DejaVuSans.ttf", 18)
    for number in range(count):
        if number % PER_FOLDER == 0:
            (folder / f"{number // PER_FOLDER:04}").mkdir(parents=True)
        image = Image.new("L", (96, 28), 255)
        ImageDraw.Draw(image).text((6, 3), str(number), fill=0, font=font)
        image.save(folder / f"{number // PER_FOLDER:04}" / f"{number:07}.pgm")


def peak_memory(process):
    """MiB that a running process has had at most."""
    try:
        lines = pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines()
    except FileNotFoundError:
        return 0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0)


class Collection:
    def __init__(self, options, folder, server):
        self.options = options
        self.server = server
        self.pages = folder / "pages"
        self.texts = folder / "texts"
        self.running = []
        self.peak = 0

    def start(self):
        self.running.append(subprocess.Popen(
            [self.options.ocrtune, "apply", self.pages, "-o", self.texts, "--journal", self.server.study("collection"), "--quiet",
             "--pipeline", "raw", "--engine", "lstm", "--psm", "7", "--jobs", "1", "--memory", "1G"], stdout=subprocess.DEVNULL))

    def done(self):
        return int(self.server.ask("SELECT COUNT(*) FROM ocrtune_apply_pages", "collection"))

    def look(self):
        self.peak = max(self.peak, *map(peak_memory, self.running))

    def run(self):
        """All processes until they end by themselves; now and then one is killed, and another one started."""
        moments = random.Random(1)
        self.start()
        time.sleep(1)
        for _ in range(self.options.processes - 1):
            self.start()
        kills = sorted(moments.uniform(0.02, 0.95) * self.options.pages for _ in range(self.options.kills))
        while any(process.poll() is None for process in self.running):
            time.sleep(1)
            self.look()
            if kills and self.done() > kills[0]:
                kills.pop(0)
                victim = self.running.pop(moments.randrange(len(self.running)))
                victim.kill()
                victim.wait()
                self.start()
        assert not kills, f"{len(kills)} kills were not done"
        assert all(process.returncode == 0 for process in self.running)

    def check(self):
        count = self.options.pages
        files = [path for path in self.texts.rglob("*") if path.is_file()]
        left = [path for path in files if path.suffix != ".txt"]
        assert not left, f"{len(left)} temporary files, such as {left[0]}"
        texts = sorted(path.stem for path in files)
        assert texts == [f"{number:07}" for number in range(count)], f"{len(texts)} outputs"
        for query in ("SELECT COUNT(*) FROM ocrtune_apply_pages", "SELECT COUNT(DISTINCT page) FROM ocrtune_apply_pages",
                      "SELECT COUNT(*) FROM ocrtune_apply_files WHERE state = 'done'"):
            assert int(self.server.ask(query, "collection")) == count, query


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--ocrtune", default=HERE.parent / "build" / "release" / "ocrtune")
    options = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="ocrtune-collection-", dir="/var/tmp"))
    server = PostgresqlServer()
    try:
        make_pages(folder / "pages", options.pages)
        collection = Collection(options, folder, server)
        begin = time.monotonic()
        collection.run()
        seconds = time.monotonic() - begin
        collection.check()
        print(f"{options.pages} pages, {options.processes} processes, {options.kills} killed: {seconds:.0f} s, "
              f"{options.pages / seconds:.1f} pages/s, at most {collection.peak:.0f} MiB a process; every output once")
    finally:
        server.remove()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
