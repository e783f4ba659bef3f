#!/usr/bin/python3
"""How long lists, searches and pages of a large applied collection take in the web interface, and the server's memory.

  bench/many_texts.py [--ocrtune build/release/ocrtune] [--pages 10000] [--chromium] FOLDER

Cuts the pages of FOLDER into strips of some text lines, makes a collection of as many pages as wanted from them, applies `raw` to it, and asks
the server for what the view of the texts asks for: the list, searches, a page's text and picture, and the exports. Times are in seconds, the
best and the worst of several requests each.
"""
import argparse
import itertools
import os
import subprocess
import tempfile
import time
from pathlib import Path

from PIL import Image

from web_server import Server

STRIP = 160  # px
REPEATED = 20


def make_pages(source, folder, count):
    """Pages in folders of 1000; there are as many different ones as strips."""
    strips = folder / "strips"
    strips.mkdir()
    made = []
    for path in sorted(source.iterdir()):
        if path.suffix.lower() not in (".png", ".jpg", ".tif"):
            continue
        page = Image.open(path).convert("L")
        for top in range(0, page.height - STRIP, STRIP):
            made.append(strips / f"{path.stem}-{top}.png")
            page.crop((0, top, page.width, top + STRIP)).save(made[-1])
    pages = folder / "pages"
    for number, strip in zip(range(count), itertools.cycle(made)):
        place = pages / f"{number // 1000:02}" / f"{number:05}.png"
        place.parent.mkdir(parents=True, exist_ok=True)
        os.link(strip, place)
    return pages


def timed(server, name, path, times=REPEATED):
    seconds = []
    for at in range(times):
        begin = time.monotonic()
        size = len(server.ask(path(at) if callable(path) else path))
        seconds.append(time.monotonic() - begin)
    print(f"{name:<34} {min(seconds):8.3f} {max(seconds):8.3f}   {size / 1000:10.1f} kB", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ocrtune", default="build/release/ocrtune")
    parser.add_argument("--pages", type=int, default=10000)
    parser.add_argument("--chromium", action="store_true", help="also measure the browser (bench/browser_memory.mjs)")
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        pages = make_pages(options.folder, Path(place), options.pages)
        studies = Path(place) / "studies"
        studies.mkdir()
        server = Server(options.ocrtune, str(studies), str(pages))
        try:
            corpus = server.json("/api/corpora", {"inputs": [str(pages)], "lang": "eng"})["id"]
            seconds = server.wait(f"/api/corpora/{corpus}", "loading")
            print(f"{options.pages} pages loaded in {seconds:.0f} s, {server.memory_mb()} MB")
            raw = next(one["toml"] for one in server.json("/api/presets") if one["name"] == "raw")
            form = server.json("/api/pipelines/parse", {"toml": raw})
            run = server.json("/api/runs", {"method": "apply", "study": "", "corpus": corpus, "pipeline": form, "output": "texts", "options": {}})["id"]
            seconds = server.wait(f"/api/runs/{run}", "running")
            print(f"applied in {seconds:.0f} s, {server.memory_mb()} MB\n{'':<34} {'best':>8} {'worst':>8}")
            texts = f"/api/runs/{run}/texts"
            timed(server, "list, the first time", f"{texts}?count=100", 1)
            timed(server, "list", f"{texts}?count=100")
            timed(server, "list, its end", f"{texts}?from={options.pages - 100}&count=100")
            timed(server, "search, a frequent word", f"{texts}?words=the&count=100")
            timed(server, "search, three letters and a word", f"{texts}?words=and%20pre&count=100")
            timed(server, "search, no page", f"{texts}?words=xyzzy&count=100")
            step = max(1, options.pages // REPEATED)
            timed(server, "a page's text and words", lambda at: f"{texts}/{at * step}")
            timed(server, "a page's picture", lambda at: f"/api/corpora/{corpus}/pages/{at * step}/image?width=1200")
            timed(server, "which pages to correct first", f"/api/runs/{run}/to_correct", 2)
            print(f"memory: {server.memory_mb()} MB")
            timed(server, "all texts (ZIP)", f"/api/runs/{run}/export/texts.zip", 1)
            timed(server, "one searchable PDF", f"/api/runs/{run}/export/pages.pdf", 1)
            print(f"memory: {server.memory_mb()} MB", flush=True)
            if options.chromium:
                subprocess.run(["node", Path(__file__).with_name("browser_memory.mjs"), server.address.geturl(), corpus, run], check=True)
        finally:
            server.close()


if __name__ == "__main__":
    main()
