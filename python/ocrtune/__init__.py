"""Preprocessing of scans for OCR, tuned on your own pages.

Preprocess and recognize a page:

>>> import ocrtune
>>> page = ocrtune.read("examples/sample_pages/08-prose-eng-clean.jpg", pipeline="standard")
>>> page.words[0].text
'The'

Find the settings for a collection (minutes): ``ocrtune.tune("scans/", output="best.toml")``.

Functions that take a while can be ended with Ctrl-C; what is finished is kept. They log to the logger
``"ocrtune"`` of `logging`. All errors are subclasses of `ocrtune.errors.Error`.
"""

from ocrtune._core import (
    AskedTrial,
    Line,
    Page,
    Pipeline,
    Progress,
    Study,
    Word,
    __version__,
    cnr,
    contrast,
    load_page,
    presets,
    sharpness,
)
from ocrtune.errors import Error
from ocrtune.workflows import Reader, apply, clean, compare, evaluate, optimize, read, read_pages, score, screen, train, tune

__all__ = [
    "AskedTrial",
    "Error",
    "Line",
    "Page",
    "Pipeline",
    "Progress",
    "Reader",
    "Study",
    "Word",
    "__version__",
    "apply",
    "clean",
    "cnr",
    "compare",
    "contrast",
    "evaluate",
    "load_page",
    "optimize",
    "presets",
    "read",
    "read_pages",
    "score",
    "screen",
    "sharpness",
    "train",
    "tune",
]
