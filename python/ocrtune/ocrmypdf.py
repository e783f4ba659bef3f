"""Plugin of OCRmyPDF: pages are recognized by ocrtune, with a pipeline or a portfolio of your own.

``ocrmypdf --plugin ocrtune.ocrmypdf --ocrtune-pipeline pipeline.toml in.pdf out.pdf``

Options of OCRmyPDF that are Tesseract's (``--tesseract-…``) apply to the orientation of pages and to ``--deskew``, which
Tesseract finds.
"""

from __future__ import annotations

import functools
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import AbstractSet, Any, Optional

import numpy
from ocrmypdf import hookimpl
from ocrmypdf.builtin_plugins.tesseract_ocr import TesseractOcrEngine
from ocrmypdf.exceptions import BadArgsError, MissingDependencyError
from PIL import Image

import ocrtune
from ocrtune import errors

#: Of a page without one, as OCRmyPDF assumes it.
USUAL_DPI = 300.0


@hookimpl
def add_options(parser: ArgumentParser) -> None:
    """The options of this plugin."""
    group = parser.add_argument_group("ocrtune", "Preprocessing and OCR by ocrtune")
    choice = group.add_mutually_exclusive_group()
    choice.add_argument("--ocrtune-pipeline", metavar="PIPELINE", help="Preset or TOML file [raw]")
    choice.add_argument(
        "--ocrtune-portfolio",
        metavar="PORTFOLIO",
        help="Portfolio from which the best pipeline is chosen for each page: documents, or a TOML file",
    )
    choice.add_argument(
        "--ocrtune-effort",
        choices=("low", "normal", "high"),
        help="Portfolio and rule by the time that a page may take",
    )
    group.add_argument(
        "--ocrtune-vote", action="store_true", help="Combine the OCR results of the portfolio by voting"
    )
    group.add_argument("--ocrtune-engine", metavar="NAME", help="OCR engine: auto, lstm, tesseract, ppocr, … [auto]")
    group.add_argument(
        "--ocrtune-only-images",
        action="store_true",
        help="Only preprocess the images that Tesseract then recognizes; needs --ocrtune-pipeline",
    )


@hookimpl
def check_options(options: Namespace) -> None:
    """Refuses what does not go together, before any page is read."""
    if options.ocrtune_only_images and not options.ocrtune_pipeline:
        raise BadArgsError("--ocrtune-only-images: needs --ocrtune-pipeline")
    if options.ocrtune_vote and not options.ocrtune_portfolio:
        raise BadArgsError("--ocrtune-vote: needs --ocrtune-portfolio")
    try:
        if options.ocrtune_only_images:
            _only_pixels(options.ocrtune_pipeline)
        else:
            _reader(*_choice(options))
    except errors.DependencyMissingError as error:
        raise MissingDependencyError(str(error)) from error
    except errors.Error as error:
        raise BadArgsError(str(error)) from error


@functools.lru_cache(maxsize=1)
def _only_pixels(name: str) -> ocrtune.Pipeline:
    return ocrtune.Pipeline.load(name).at({})


def _choice(options: Namespace) -> tuple[Any, ...]:
    # OCRmyPDF keeps them as a set; the order changes what is recognized.
    lang = "+".join(sorted(options.languages or [])) or "eng"
    return (
        lang,
        options.ocrtune_pipeline,
        options.ocrtune_portfolio,
        options.ocrtune_effort,
        options.ocrtune_vote,
        options.ocrtune_engine,
        options.tesseract_pagesegmode,
    )


@functools.lru_cache(maxsize=1)
def _reader(
    lang: str,
    pipeline: Optional[str],
    portfolio: Optional[str],
    effort: Optional[str],
    vote: bool,
    engine: Optional[str],
    psm: Optional[int],
) -> ocrtune.Reader:
    return ocrtune.Reader(
        lang=lang, pipeline=pipeline, portfolio=portfolio, effort=effort, vote=vote, engine=engine, psm=psm
    )


def _page(input_file: Path, options: Namespace) -> ocrtune.Page:
    return _reader(*_choice(options)).read(input_file)


def _dpi(input_file: Path) -> float:
    with Image.open(input_file) as image:
        return float(image.info.get("dpi", (USUAL_DPI, USUAL_DPI))[0])


class OcrtuneEngine(TesseractOcrEngine):
    """OCR by ocrtune; the orientation of pages and their skew by Tesseract."""

    @staticmethod
    def version() -> str:
        """The version of ocrtune."""
        return ocrtune.__version__

    @staticmethod
    def creator_tag(options: Namespace) -> str:
        """Name and version, for the PDF's metadata."""
        if options.ocrtune_only_images:
            return str(TesseractOcrEngine.creator_tag(options))
        return f"ocrtune {ocrtune.__version__}"

    def __str__(self) -> str:
        return f"ocrtune {ocrtune.__version__}"

    @staticmethod
    def languages(options: Namespace) -> AbstractSet[str]:
        """Those of Tesseract's models, and what other engines have besides; `check_options` asks these."""
        known: set[str] = set(TesseractOcrEngine.languages(options))
        return known | set(options.languages or [])

    @staticmethod
    def generate_hocr(input_file: Path, output_hocr: Path, output_text: Path, options: Namespace) -> None:
        """hOCR of the kind that OCRmyPDF's renderer reads, and the text."""
        if options.ocrtune_only_images:
            TesseractOcrEngine.generate_hocr(input_file, output_hocr, output_text, options)
            return
        page = _page(input_file, options)
        Path(output_hocr).write_text(page.to_hocr(), encoding="utf-8")
        Path(output_text).write_text(page.text, encoding="utf-8")

    @staticmethod
    def generate_pdf(input_file: Path, output_pdf: Path, output_text: Path, options: Namespace) -> None:
        """A page of invisible text, and the text."""
        if options.ocrtune_only_images:
            TesseractOcrEngine.generate_pdf(input_file, output_pdf, output_text, options)
            return
        page = _page(input_file, options)
        Path(output_pdf).write_bytes(page.to_text_pdf(_dpi(input_file)))
        Path(output_text).write_text(page.text, encoding="utf-8")


@hookimpl
def get_ocr_engine() -> OcrtuneEngine:
    """The engine of this plugin."""
    return OcrtuneEngine()


@hookimpl
def filter_ocr_image(page: Any, image: Image.Image) -> Image.Image:
    """The preprocessed image, in the size of the original."""
    if not page.options.ocrtune_only_images:
        return image
    colours = numpy.asarray(image.convert("RGB"))[:, :, ::-1]
    dpi = image.info.get("dpi", (None,))[0]
    made = Image.fromarray(_only_pixels(page.options.ocrtune_pipeline).run(colours, dpi=dpi and float(dpi)))
    if made.size != image.size:
        made = made.resize(image.size, Image.Resampling.LANCZOS)
    made.info["dpi"] = image.info.get("dpi", (USUAL_DPI, USUAL_DPI))
    return made
