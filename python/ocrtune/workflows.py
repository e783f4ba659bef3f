"""The commands of ocrtune as functions, and `Reader`. Made by scripts/make_python_functions.py."""

from __future__ import annotations

import functools
import os
from typing import Any, Callable, Iterable, Optional, Union

import numpy
from numpy.typing import NDArray

from ocrtune import _core

PathLike = Union[str, "os.PathLike[str]"]
Paths = Union[PathLike, Iterable[PathLike]]
Pixels = NDArray[numpy.uint8]
Pages = Union[PathLike, Pixels, Iterable[Union[PathLike, Pixels]]]
OnProgress = Optional[Callable[[_core.Progress], object]]


@functools.lru_cache(maxsize=2)
def _reader(options: frozenset[tuple[str, Any]]) -> _core.Reader:
    return _core.Reader(**dict(options))


def _hashable(value: Any) -> Any:
    if value is None or isinstance(value, (str, int, float)):
        return value
    return os.fspath(value) if hasattr(value, "__fspath__") else tuple(value)


class Reader:
    """Recognizes pages, with the models loaded once.

    Safe to use from several threads, each of which loads models of its own.

    Parameters
    ----------
    lang : str or os.PathLike, optional
        Language of the text, such as eng; several joined by + [eng].
    pipeline : str or os.PathLike, optional
        Preset or TOML file [raw].
    set : str, os.PathLike or a list of them, optional
        Fix a parameter, NAME=VALUE; use_STAGE=off switches a stage off.
    portfolio : str or os.PathLike, optional
        Portfolio to choose from for each page, instead of a pipeline: the name of one that comes
        with ocrtune, or a TOML file.
    effort : {'low', 'normal', 'high'}, optional
        Portfolio and rule by the time that a page may take, as of `apply`.
    vote : bool, optional
        Combine the OCR results of a page word by word by voting (ROVER); needs a portfolio.
    psm : {1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, optional
        Page segmentation mode of Tesseract [6].
    oem : int, optional
        OCR engine mode of Tesseract: 0 legacy, 1 LSTM, 2 both, 3 what is available [1]; 0 to 3.
    ocr_max_width : int, optional
        Reduce wider pages to this width before OCR (px); by default pages wider than 2500 are
        halved; 16 to 32767.
    engine : {'auto', 'lstm', 'tesseract', 'ocrad', 'ppocr'}, optional
        OCR engine: lstm is ocrtune's faster implementation of Tesseract's LSTM recognizer,
        tesseract is Tesseract, ocrad is GNU Ocrad, ppocr is PP-OCRv4 mobile (Baidu, ONNX Runtime);
        auto uses the first of lstm, tesseract that supports the language and passes its self-check
        [auto].
    tessdata : str or os.PathLike, optional
        Folder with the .traineddata files.
    device : str or os.PathLike, optional
        Device for the stages: cpu, opencl, cuda, one of several (opencl:1), several
        (cuda:0,cuda:1), or auto for the fastest; `ocrtune doctor` lists them; results are the same
        [cpu].
    ocr_device : str or os.PathLike, optional
        Device for the network of ocrtune's LSTM engine: cpu, opencl or cuda, as `device`; results
        are the same [cpu].

    Raises
    ------
    Error
        See `ocrtune.errors`.

    Examples
    --------
    >>> import ocrtune
    >>> reader = ocrtune.Reader(pipeline="standard", lang="eng")
    >>> reader.read("examples/sample_pages/08-prose-eng-clean.jpg").lines[0].text.split()[0]
    'The'
    """

    def __init__(
        self,
        *,
        lang: Optional[PathLike] = None,
        pipeline: Optional[PathLike] = None,
        set: Optional[Paths] = None,
        portfolio: Optional[PathLike] = None,
        effort: Optional[str] = None,
        vote: bool = False,
        psm: Optional[int] = None,
        oem: Optional[int] = None,
        ocr_max_width: Optional[int] = None,
        engine: Optional[str] = None,
        tessdata: PathLike = "",
        device: PathLike = "cpu",
        ocr_device: PathLike = "cpu",
    ) -> None:
        options = dict(
            lang=lang,
            pipeline=pipeline,
            set=set,
            portfolio=portfolio,
            effort=effort,
            vote=vote,
            psm=psm,
            oem=oem,
            ocr_max_width=ocr_max_width,
            engine=engine,
            tessdata=tessdata,
            device=device,
            ocr_device=ocr_device,
        )
        self._reader = _core.Reader(**options)

    def read(
        self,
        source: Union[PathLike, Pixels],
        *,
        page: Optional[int] = None,
        dpi: Optional[float] = None,
    ) -> _core.Page:
        """The OCR result of a page.

        Python's global lock is not held meanwhile.

        Parameters
        ----------
        source : numpy.ndarray of uint8, str or os.PathLike
            Pixels, gray (height, width) or BGR (height, width, 3) as `cv2.imread` returns them, or an image file.
        page : int, optional
            Of a file with several pages, from 0.
        dpi : float, optional
            Resolution; by default that of the file.

        Returns
        -------
        Page
        """
        return self._reader.read(source, page, dpi)


def read(
    source: Union[PathLike, Pixels],
    *,
    page: Optional[int] = None,
    dpi: Optional[float] = None,
    lang: Optional[PathLike] = None,
    pipeline: Optional[PathLike] = None,
    set: Optional[Paths] = None,
    portfolio: Optional[PathLike] = None,
    effort: Optional[str] = None,
    vote: bool = False,
    psm: Optional[int] = None,
    oem: Optional[int] = None,
    ocr_max_width: Optional[int] = None,
    engine: Optional[str] = None,
    tessdata: PathLike = "",
    device: PathLike = "cpu",
    ocr_device: PathLike = "cpu",
) -> _core.Page:
    """Recognize the text of a page, unprocessed or preprocessed by a pipeline.

    The models stay loaded for the next call with the same options; `Reader` keeps them as long as you do.

    Parameters
    ----------
    source : numpy.ndarray of uint8, str or os.PathLike
        Pixels, gray (height, width) or BGR (height, width, 3) as `cv2.imread` returns them, or an image file.
    page : int, optional
        Of a file with several pages, from 0.
    dpi : float, optional
        Resolution; by default that of the file.
    lang : str or os.PathLike, optional
        Language of the text, such as eng; several joined by + [eng].
    pipeline : str or os.PathLike, optional
        Preset or TOML file [raw].
    set : str, os.PathLike or a list of them, optional
        Fix a parameter, NAME=VALUE; use_STAGE=off switches a stage off.
    portfolio : str or os.PathLike, optional
        Portfolio to choose from for each page, instead of a pipeline: the name of one that comes
        with ocrtune, or a TOML file.
    effort : {'low', 'normal', 'high'}, optional
        Portfolio and rule by the time that a page may take, as of `apply`.
    vote : bool, optional
        Combine the OCR results of a page word by word by voting (ROVER); needs a portfolio.
    psm : {1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, optional
        Page segmentation mode of Tesseract [6].
    oem : int, optional
        OCR engine mode of Tesseract: 0 legacy, 1 LSTM, 2 both, 3 what is available [1]; 0 to 3.
    ocr_max_width : int, optional
        Reduce wider pages to this width before OCR (px); by default pages wider than 2500 are
        halved; 16 to 32767.
    engine : {'auto', 'lstm', 'tesseract', 'ocrad', 'ppocr'}, optional
        OCR engine: lstm is ocrtune's faster implementation of Tesseract's LSTM recognizer,
        tesseract is Tesseract, ocrad is GNU Ocrad, ppocr is PP-OCRv4 mobile (Baidu, ONNX Runtime);
        auto uses the first of lstm, tesseract that supports the language and passes its self-check
        [auto].
    tessdata : str or os.PathLike, optional
        Folder with the .traineddata files.
    device : str or os.PathLike, optional
        Device for the stages: cpu, opencl, cuda, one of several (opencl:1), several
        (cuda:0,cuda:1), or auto for the fastest; `ocrtune doctor` lists them; results are the same
        [cpu].
    ocr_device : str or os.PathLike, optional
        Device for the network of ocrtune's LSTM engine: cpu, opencl or cuda, as `device`; results
        are the same [cpu].

    Returns
    -------
    Page

    Raises
    ------
    Error
        See `ocrtune.errors`.
    KeyboardInterrupt
        After Ctrl-C; what is finished is kept.
    """
    options = dict(
        lang=lang,
        pipeline=pipeline,
        set=set,
        portfolio=portfolio,
        effort=effort,
        vote=vote,
        psm=psm,
        oem=oem,
        ocr_max_width=ocr_max_width,
        engine=engine,
        tessdata=tessdata,
        device=device,
        ocr_device=ocr_device,
    )
    reader = _reader(frozenset((name, _hashable(value)) for name, value in options.items()))
    return reader.read(source, page, dpi)


def read_pages(
    corpus: Paths,
    *,
    lang: Optional[PathLike] = None,
    pdf_dpi: Optional[int] = None,
    pipeline: Optional[PathLike] = None,
    set: Optional[Paths] = None,
    output: PathLike = "",
    format: Paths = ("text",),
    split: bool = False,
    dpi: Optional[int] = None,
    psm: Optional[int] = None,
    oem: Optional[int] = None,
    ocr_max_width: Optional[int] = None,
    engine: Optional[str] = None,
    tessdata: PathLike = "",
    jobs: Optional[int] = None,
    memory: Optional[Union[int, str]] = None,
    device: PathLike = "cpu",
    ocr_device: PathLike = "cpu",
    progress: OnProgress = None,
) -> list[_core.Page]:
    """Recognize all pages of files and folders, several at a time.

    Parameters
    ----------
    corpus : str, os.PathLike or a list of them
        Pages: files, folders (recursive), glob patterns, http(s) URLs, a CSV manifest (columns
        file, lang, truth; others are labels), or - for a list on standard input.
    lang : str or os.PathLike, optional
        Language of the text, such as eng; several joined by + [eng].
    pdf_dpi : int, optional
        Resolution for rendering PDF pages (dpi) [that of the scan; else 300]; 36 to 1200.
    pipeline : str or os.PathLike, optional
        Preset or TOML file [raw].
    set : str, os.PathLike or a list of them, optional
        Fix a parameter, NAME=VALUE; use_STAGE=off switches a stage off.
    output : str or os.PathLike, optional
        Output folder, one file per page and format; one PDF per file.
    format : list of {'text', 'tsv', 'hocr', 'alto', 'page', 'pdf'}, optional
        Output formats: text, tsv, hocr, alto, page (PAGE XML), pdf (searchable); several joined by
        commas [text].
    split : bool, optional
        Write a PDF for each page instead of one for each file.
    dpi : int, optional
        Resolution of images that do not state theirs, for the size of pages (dpi) [a guess by the
        size of paper and text]; 36 to 2400.
    psm : {1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, optional
        Page segmentation mode of Tesseract [6].
    oem : int, optional
        OCR engine mode of Tesseract: 0 legacy, 1 LSTM, 2 both, 3 what is available [1]; 0 to 3.
    ocr_max_width : int, optional
        Reduce wider pages to this width before OCR (px); by default pages wider than 2500 are
        halved; 16 to 32767.
    engine : {'auto', 'lstm', 'tesseract', 'ocrad', 'ppocr'}, optional
        OCR engine: lstm is ocrtune's faster implementation of Tesseract's LSTM recognizer,
        tesseract is Tesseract, ocrad is GNU Ocrad, ppocr is PP-OCRv4 mobile (Baidu, ONNX Runtime);
        auto uses the first of lstm, tesseract that supports the language and passes its self-check
        [auto].
    tessdata : str or os.PathLike, optional
        Folder with the .traineddata files.
    jobs : int, optional
        Number of worker threads [one per core; 1.5 per core with hyper-threading]; 1 to 1024.
    memory : int or str, optional
        Memory limit, such as 800M or 4G; with less memory fewer pages are cached and processed at
        the same time [3/4 of the free memory].
    device : str or os.PathLike, optional
        Device for the stages: cpu, opencl, cuda, one of several (opencl:1), several
        (cuda:0,cuda:1), or auto for the fastest; `ocrtune doctor` lists them; results are the same
        [cpu].
    ocr_device : str or os.PathLike, optional
        Device for the network of ocrtune's LSTM engine: cpu, opencl or cuda, as `device`; results
        are the same [cpu].
    progress : callable, optional
        Called several times a second with a `Progress`. An exception of it ends the work.

    Returns
    -------
    list of Page
        In the order of the files.

    Raises
    ------
    Error
        See `ocrtune.errors`.
    KeyboardInterrupt
        After Ctrl-C; what is finished is kept.
    """
    options = dict(
        corpus=corpus,
        lang=lang,
        pdf_dpi=pdf_dpi,
        pipeline=pipeline,
        set=set,
        output=output,
        format=format,
        split=split,
        dpi=dpi,
        psm=psm,
        oem=oem,
        ocr_max_width=ocr_max_width,
        engine=engine,
        tessdata=tessdata,
        jobs=jobs,
        memory=memory,
        device=device,
        ocr_device=ocr_device,
    )
    return _core.read_pages(options, progress)


def tune(
    corpus: Paths,
    *,
    lang: Optional[PathLike] = None,
    pdf_dpi: Optional[int] = None,
    study: PathLike = "ocrtune.db",
    seed: Optional[int] = None,
    objective: Optional[Paths] = None,
    reference_engine: Optional[str] = None,
    pipeline: Optional[PathLike] = None,
    set: Optional[Paths] = None,
    free: Optional[Paths] = None,
    psm: Optional[int] = None,
    oem: Optional[int] = None,
    ocr_max_width: Optional[int] = None,
    engine: Optional[str] = None,
    tessdata: PathLike = "",
    jobs: Optional[int] = None,
    memory: Optional[Union[int, str]] = None,
    device: PathLike = "cpu",
    ocr_device: PathLike = "cpu",
    output: PathLike = "best.toml",
    budget: Optional[Union[float, str]] = None,
    trials: Optional[int] = None,
    in_flight: Optional[int] = None,
    hold_out: Optional[int] = None,
    enqueue: Optional[Paths] = None,
    constraint: Optional[Paths] = None,
    report: Optional[PathLike] = None,
    no_report: bool = False,
    single: bool = False,
    progress: OnProgress = None,
) -> dict[str, Any]:
    """Find the best preprocessing settings, validate them, and write them to a pipeline file.

    Parameters
    ----------
    corpus : str, os.PathLike or a list of them
        Pages: files, folders (recursive), glob patterns, http(s) URLs, a CSV manifest (columns
        file, lang, truth; others are labels), or - for a list on standard input.
    lang : str or os.PathLike, optional
        Language of the text, such as eng; several joined by + [eng].
    pdf_dpi : int, optional
        Resolution for rendering PDF pages (dpi) [that of the scan; else 300]; 36 to 1200.
    study : str or os.PathLike, optional
        Study: a SQLite file or postgresql://USER@HOST/DATABASE/STUDY; resumed if it exists
        [ocrtune.db].
    seed : int, optional
        Random seed [1]; 0 to 9223372036854775807.
    objective : list of {'confidence', 'char_confidence', 'legible', 'net_legible', 'quality',
        'reference_quality', 'lexicon', 'garbage', 'agreement', 'coverage', 'cer', 'wer', 'bow',
        'words', 'sharpness', 'contrast', 'cnr', 'time'}, optional
        Objective; cer, wer and bow need pages with ground truth [reference_quality].
    reference_engine : {'none', 'ocrad', 'ppocr'}, optional
        Further OCR engine that judges the OCR results of pages without ground truth, for objectives
        and checks that use references [none].
    pipeline : str or os.PathLike, optional
        Preset or TOML file [auto].
    set : str, os.PathLike or a list of them, optional
        Fix a parameter, NAME=VALUE; use_STAGE=off switches a stage off.
    free : str, os.PathLike or a list of them, optional
        Search a parameter: NAME, NAME=LOW:HIGH, NAME=LOW:HIGH:STEP or NAME=LOW:HIGH:log; use_STAGE
        searches with and without a stage.
    psm : {1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, optional
        Page segmentation mode of Tesseract [6].
    oem : int, optional
        OCR engine mode of Tesseract: 0 legacy, 1 LSTM, 2 both, 3 what is available [1]; 0 to 3.
    ocr_max_width : int, optional
        Reduce wider pages to this width before OCR (px); by default pages wider than 2500 are
        halved; 16 to 32767.
    engine : {'auto', 'lstm', 'tesseract', 'ocrad', 'ppocr'}, optional
        OCR engine: lstm is ocrtune's faster implementation of Tesseract's LSTM recognizer,
        tesseract is Tesseract, ocrad is GNU Ocrad, ppocr is PP-OCRv4 mobile (Baidu, ONNX Runtime);
        auto uses the first of lstm, tesseract that supports the language and passes its self-check
        [auto].
    tessdata : str or os.PathLike, optional
        Folder with the .traineddata files.
    jobs : int, optional
        Number of worker threads [one per core; 1.5 per core with hyper-threading]; 1 to 1024.
    memory : int or str, optional
        Memory limit, such as 800M or 4G; with less memory fewer pages are cached and processed at
        the same time [3/4 of the free memory].
    device : str or os.PathLike, optional
        Device for the stages: cpu, opencl, cuda, one of several (opencl:1), several
        (cuda:0,cuda:1), or auto for the fastest; `ocrtune doctor` lists them; results are the same
        [cpu].
    ocr_device : str or os.PathLike, optional
        Device for the network of ocrtune's LSTM engine: cpu, opencl or cuda, as `device`; results
        are the same [cpu].
    output : str or os.PathLike, optional
        Pipeline file for the best settings; the portfolio for `apply` is written to
        NAME.portfolio.toml [best.toml].
    budget : float or str, optional
        Time limit of the search, such as 90s, 10m or 2h, instead of a number of trials; unfinished
        trials are discarded.
    trials : int, optional
        Total number of trials, including earlier ones [120]; 1 to 1000000.
    in_flight : int, optional
        Number of trials evaluated at the same time [by pages and cores, at least 2]; 1 to 64.
    hold_out : int, optional
        Number of pages reserved for validation [a quarter, at most 20]; 0 to 100000.
    enqueue : str, os.PathLike or a list of them, optional
        Initial points: a pipeline, a preset, the best points of a study or of a CSV file of OCR
        quality audit, or a JSON list.
    constraint : str, os.PathLike or a list of them, optional
        Constraint on the recommended settings: words>=0.9x (of the baseline), cer<=12.5,
        loss(cer)<=2 (at most 2 points worse on every page).
    report : str or os.PathLike, optional
        HTML report [NAME.report.html].
    no_report : bool, optional
        Do not write a report.
    single : bool, optional
        Find one pipeline for all pages only: validate and write no portfolio.
    progress : callable, optional
        Called several times a second with a `Progress`. An exception of it ends the work.

    Returns
    -------
    dict
        The results, as the command's ``--json`` prints them: ``best``, ``gain``, ``pipeline_file``, …

    Raises
    ------
    Error
        See `ocrtune.errors`.
    KeyboardInterrupt
        After Ctrl-C; what is finished is kept.
    """
    options = dict(
        corpus=corpus,
        lang=lang,
        pdf_dpi=pdf_dpi,
        study=study,
        seed=seed,
        objective=objective,
        reference_engine=reference_engine,
        pipeline=pipeline,
        set=set,
        free=free,
        psm=psm,
        oem=oem,
        ocr_max_width=ocr_max_width,
        engine=engine,
        tessdata=tessdata,
        jobs=jobs,
        memory=memory,
        device=device,
        ocr_device=ocr_device,
        output=output,
        budget=budget,
        trials=trials,
        in_flight=in_flight,
        hold_out=hold_out,
        enqueue=enqueue,
        constraint=constraint,
        report=report,
        no_report=no_report,
        single=single,
    )
    result: dict[str, Any] = _core.run_workflow("tune", options, progress)
    return result


def screen(
    corpus: Paths,
    *,
    lang: Optional[PathLike] = None,
    pdf_dpi: Optional[int] = None,
    study: PathLike = "ocrtune.db",
    seed: Optional[int] = None,
    objective: Optional[Paths] = None,
    reference_engine: Optional[str] = None,
    pipeline: Optional[PathLike] = None,
    set: Optional[Paths] = None,
    free: Optional[Paths] = None,
    psm: Optional[int] = None,
    oem: Optional[int] = None,
    ocr_max_width: Optional[int] = None,
    engine: Optional[str] = None,
    tessdata: PathLike = "",
    jobs: Optional[int] = None,
    memory: Optional[Union[int, str]] = None,
    device: PathLike = "cpu",
    ocr_device: PathLike = "cpu",
    exponent: int = 6,
    progress: OnProgress = None,
) -> dict[str, Any]:
    """Evaluate 2^exponent scrambled Sobol points of a pipeline's free parameters.

    Parameters
    ----------
    corpus : str, os.PathLike or a list of them
        Pages: files, folders (recursive), glob patterns, http(s) URLs, a CSV manifest (columns
        file, lang, truth; others are labels), or - for a list on standard input.
    lang : str or os.PathLike, optional
        Language of the text, such as eng; several joined by + [eng].
    pdf_dpi : int, optional
        Resolution for rendering PDF pages (dpi) [that of the scan; else 300]; 36 to 1200.
    study : str or os.PathLike, optional
        Study: a SQLite file or postgresql://USER@HOST/DATABASE/STUDY; resumed if it exists
        [ocrtune.db].
    seed : int, optional
        Random seed [1]; 0 to 9223372036854775807.
    objective : list of {'confidence', 'char_confidence', 'legible', 'net_legible', 'quality',
        'reference_quality', 'lexicon', 'garbage', 'agreement', 'coverage', 'cer', 'wer', 'bow',
        'words', 'sharpness', 'contrast', 'cnr', 'time'}, optional
        Objective; the first one is the main one; cer, wer and bow need pages with ground truth
        [confidence].
    reference_engine : {'none', 'ocrad', 'ppocr'}, optional
        Further OCR engine that judges the OCR results of pages without ground truth, for objectives
        and checks that use references [none].
    pipeline : str or os.PathLike, optional
        Preset or TOML file [standard].
    set : str, os.PathLike or a list of them, optional
        Fix a parameter, NAME=VALUE; use_STAGE=off switches a stage off.
    free : str, os.PathLike or a list of them, optional
        Search a parameter: NAME, NAME=LOW:HIGH, NAME=LOW:HIGH:STEP or NAME=LOW:HIGH:log; use_STAGE
        searches with and without a stage.
    psm : {1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, optional
        Page segmentation mode of Tesseract [6].
    oem : int, optional
        OCR engine mode of Tesseract: 0 legacy, 1 LSTM, 2 both, 3 what is available [1]; 0 to 3.
    ocr_max_width : int, optional
        Reduce wider pages to this width before OCR (px); by default pages wider than 2500 are
        halved; 16 to 32767.
    engine : {'auto', 'lstm', 'tesseract', 'ocrad', 'ppocr'}, optional
        OCR engine: lstm is ocrtune's faster implementation of Tesseract's LSTM recognizer,
        tesseract is Tesseract, ocrad is GNU Ocrad, ppocr is PP-OCRv4 mobile (Baidu, ONNX Runtime);
        auto uses the first of lstm, tesseract that supports the language and passes its self-check
        [auto].
    tessdata : str or os.PathLike, optional
        Folder with the .traineddata files.
    jobs : int, optional
        Number of worker threads [one per core; 1.5 per core with hyper-threading]; 1 to 1024.
    memory : int or str, optional
        Memory limit, such as 800M or 4G; with less memory fewer pages are cached and processed at
        the same time [3/4 of the free memory].
    device : str or os.PathLike, optional
        Device for the stages: cpu, opencl, cuda, one of several (opencl:1), several
        (cuda:0,cuda:1), or auto for the fastest; `ocrtune doctor` lists them; results are the same
        [cpu].
    ocr_device : str or os.PathLike, optional
        Device for the network of ocrtune's LSTM engine: cpu, opencl or cuda, as `device`; results
        are the same [cpu].
    exponent : int, optional
        Evaluate 2^N points in total, including earlier ones [6]; 0 to 20.
    progress : callable, optional
        Called several times a second with a `Progress`. An exception of it ends the work.

    Returns
    -------
    dict
        The results, as the command's ``--json`` prints them.

    Raises
    ------
    Error
        See `ocrtune.errors`.
    KeyboardInterrupt
        After Ctrl-C; what is finished is kept.
    """
    options = dict(
        corpus=corpus,
        lang=lang,
        pdf_dpi=pdf_dpi,
        study=study,
        seed=seed,
        objective=objective,
        reference_engine=reference_engine,
        pipeline=pipeline,
        set=set,
        free=free,
        psm=psm,
        oem=oem,
        ocr_max_width=ocr_max_width,
        engine=engine,
        tessdata=tessdata,
        jobs=jobs,
        memory=memory,
        device=device,
        ocr_device=ocr_device,
        exponent=exponent,
    )
    result: dict[str, Any] = _core.run_workflow("screen", options, progress)
    return result


def optimize(
    corpus: Paths,
    *,
    lang: Optional[PathLike] = None,
    pdf_dpi: Optional[int] = None,
    study: PathLike = "ocrtune.db",
    seed: Optional[int] = None,
    objective: Optional[Paths] = None,
    reference_engine: Optional[str] = None,
    pipeline: Optional[PathLike] = None,
    set: Optional[Paths] = None,
    free: Optional[Paths] = None,
    psm: Optional[int] = None,
    oem: Optional[int] = None,
    ocr_max_width: Optional[int] = None,
    engine: Optional[str] = None,
    tessdata: PathLike = "",
    jobs: Optional[int] = None,
    memory: Optional[Union[int, str]] = None,
    device: PathLike = "cpu",
    ocr_device: PathLike = "cpu",
    sampler: Optional[str] = None,
    pruner: Optional[str] = None,
    trials: int = 100,
    timeout: Optional[Union[float, str]] = None,
    patience: Optional[int] = None,
    in_flight: Optional[int] = None,
    constraint: Optional[Paths] = None,
    output: PathLike = "",
    enqueue: Optional[Paths] = None,
    progress: OnProgress = None,
) -> dict[str, Any]:
    """Search for the best settings with a sampler of your choice.

    Parameters
    ----------
    corpus : str, os.PathLike or a list of them
        Pages: files, folders (recursive), glob patterns, http(s) URLs, a CSV manifest (columns
        file, lang, truth; others are labels), or - for a list on standard input.
    lang : str or os.PathLike, optional
        Language of the text, such as eng; several joined by + [eng].
    pdf_dpi : int, optional
        Resolution for rendering PDF pages (dpi) [that of the scan; else 300]; 36 to 1200.
    study : str or os.PathLike, optional
        Study: a SQLite file or postgresql://USER@HOST/DATABASE/STUDY; resumed if it exists
        [ocrtune.db].
    seed : int, optional
        Random seed [1]; 0 to 9223372036854775807.
    objective : list of {'confidence', 'char_confidence', 'legible', 'net_legible', 'quality',
        'reference_quality', 'lexicon', 'garbage', 'agreement', 'coverage', 'cer', 'wer', 'bow',
        'words', 'sharpness', 'contrast', 'cnr', 'time'}, optional
        Objective; the first one is the main one; cer, wer and bow need pages with ground truth
        [confidence].
    reference_engine : {'none', 'ocrad', 'ppocr'}, optional
        Further OCR engine that judges the OCR results of pages without ground truth, for objectives
        and checks that use references [none].
    pipeline : str or os.PathLike, optional
        Preset or TOML file [standard].
    set : str, os.PathLike or a list of them, optional
        Fix a parameter, NAME=VALUE; use_STAGE=off switches a stage off.
    free : str, os.PathLike or a list of them, optional
        Search a parameter: NAME, NAME=LOW:HIGH, NAME=LOW:HIGH:STEP or NAME=LOW:HIGH:log; use_STAGE
        searches with and without a stage.
    psm : {1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, optional
        Page segmentation mode of Tesseract [6].
    oem : int, optional
        OCR engine mode of Tesseract: 0 legacy, 1 LSTM, 2 both, 3 what is available [1]; 0 to 3.
    ocr_max_width : int, optional
        Reduce wider pages to this width before OCR (px); by default pages wider than 2500 are
        halved; 16 to 32767.
    engine : {'auto', 'lstm', 'tesseract', 'ocrad', 'ppocr'}, optional
        OCR engine: lstm is ocrtune's faster implementation of Tesseract's LSTM recognizer,
        tesseract is Tesseract, ocrad is GNU Ocrad, ppocr is PP-OCRv4 mobile (Baidu, ONNX Runtime);
        auto uses the first of lstm, tesseract that supports the language and passes its self-check
        [auto].
    tessdata : str or os.PathLike, optional
        Folder with the .traineddata files.
    jobs : int, optional
        Number of worker threads [one per core; 1.5 per core with hyper-threading]; 1 to 1024.
    memory : int or str, optional
        Memory limit, such as 800M or 4G; with less memory fewer pages are cached and processed at
        the same time [3/4 of the free memory].
    device : str or os.PathLike, optional
        Device for the stages: cpu, opencl, cuda, one of several (opencl:1), several
        (cuda:0,cuda:1), or auto for the fastest; `ocrtune doctor` lists them; results are the same
        [cpu].
    ocr_device : str or os.PathLike, optional
        Device for the network of ocrtune's LSTM engine: cpu, opencl or cuda, as `device`; results
        are the same [cpu].
    sampler : {'random', 'sobol', 'tpe', 'polish', 'gp', 'cmaes', 'nsga2', 'nelder-mead', 'powell',
        'cg', 'bfgs', 'lbfgs', 'tnc', 'cobyla', 'slsqp'}, optional
        Algorithm that proposes points; `ocrtune samplers` lists them [gp; tpe for several
        objectives or more than 300 trials].
    pruner : {'none', 'median', 'halving', 'hyperband', 'racing'}, optional
        Rule that stops unpromising trials early; `ocrtune samplers` lists them [none].
    trials : int, optional
        Total number of trials, including earlier ones, without the baseline [100]; 1 to 1000000.
    timeout : float or str, optional
        Time limit of the search, such as 90s, 10m or 2h; unfinished trials are discarded.
    patience : int, optional
        Stop after N trials without improvement; 1 to 1000000.
    in_flight : int, optional
        Number of trials evaluated at the same time [by pages]; 1 to 64.
    constraint : str, os.PathLike or a list of them, optional
        Constraint on the recommended settings: words>=0.9x (of the baseline), cer<=12.5,
        loss(cer)<=2 (at most 2 points worse on every page).
    output : str or os.PathLike, optional
        Also write the best settings to this pipeline file.
    enqueue : str, os.PathLike or a list of them, optional
        Initial points: a pipeline, a preset, the best points of a study or of a CSV file of OCR
        quality audit, or a JSON list.
    progress : callable, optional
        Called several times a second with a `Progress`. An exception of it ends the work.

    Returns
    -------
    dict
        The results, as the command's ``--json`` prints them.

    Raises
    ------
    Error
        See `ocrtune.errors`.
    KeyboardInterrupt
        After Ctrl-C; what is finished is kept.
    """
    options = dict(
        corpus=corpus,
        lang=lang,
        pdf_dpi=pdf_dpi,
        study=study,
        seed=seed,
        objective=objective,
        reference_engine=reference_engine,
        pipeline=pipeline,
        set=set,
        free=free,
        psm=psm,
        oem=oem,
        ocr_max_width=ocr_max_width,
        engine=engine,
        tessdata=tessdata,
        jobs=jobs,
        memory=memory,
        device=device,
        ocr_device=ocr_device,
        sampler=sampler,
        pruner=pruner,
        trials=trials,
        timeout=timeout,
        patience=patience,
        in_flight=in_flight,
        constraint=constraint,
        output=output,
        enqueue=enqueue,
    )
    result: dict[str, Any] = _core.run_workflow("optimize", options, progress)
    return result


def score(
    corpus: Pages,
    *,
    lang: Optional[PathLike] = None,
    pdf_dpi: Optional[int] = None,
    pipeline: Optional[PathLike] = None,
    set: Optional[Paths] = None,
    params: PathLike = "",
    csv: PathLike = "",
    psm: Optional[int] = None,
    oem: Optional[int] = None,
    ocr_max_width: Optional[int] = None,
    engine: Optional[str] = None,
    tessdata: PathLike = "",
    jobs: Optional[int] = None,
    memory: Optional[Union[int, str]] = None,
    device: PathLike = "cpu",
    ocr_device: PathLike = "cpu",
    progress: OnProgress = None,
) -> list[dict[str, Any]]:
    """Evaluate given points of a pipeline, without a search.

    Parameters
    ----------
    corpus : str, os.PathLike, numpy.ndarray of uint8, or a list of them
        Pages: files, folders (recursive), glob patterns, http(s) URLs, a CSV manifest (columns
        file, lang, truth; others are labels), or - for a list on standard input; or arrays, gray or
        BGR.
    lang : str or os.PathLike, optional
        Language of the text, such as eng; several joined by + [eng].
    pdf_dpi : int, optional
        Resolution for rendering PDF pages (dpi) [that of the scan; else 300]; 36 to 1200.
    pipeline : str or os.PathLike, optional
        Preset or TOML file [standard].
    set : str, os.PathLike or a list of them, optional
        Fix a parameter, NAME=VALUE; use_STAGE=off switches a stage off.
    params : str or os.PathLike, optional
        JSON list of points, objects {parameter: value}; omitted parameters have the pipeline's
        value.
    csv : str or os.PathLike, optional
        CSV file with one row per point and page [standard output].
    psm : {1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, optional
        Page segmentation mode of Tesseract [6].
    oem : int, optional
        OCR engine mode of Tesseract: 0 legacy, 1 LSTM, 2 both, 3 what is available [1]; 0 to 3.
    ocr_max_width : int, optional
        Reduce wider pages to this width before OCR (px); by default pages wider than 2500 are
        halved; 16 to 32767.
    engine : {'auto', 'lstm', 'tesseract', 'ocrad', 'ppocr'}, optional
        OCR engine: lstm is ocrtune's faster implementation of Tesseract's LSTM recognizer,
        tesseract is Tesseract, ocrad is GNU Ocrad, ppocr is PP-OCRv4 mobile (Baidu, ONNX Runtime);
        auto uses the first of lstm, tesseract that supports the language and passes its self-check
        [auto].
    tessdata : str or os.PathLike, optional
        Folder with the .traineddata files.
    jobs : int, optional
        Number of worker threads [one per core; 1.5 per core with hyper-threading]; 1 to 1024.
    memory : int or str, optional
        Memory limit, such as 800M or 4G; with less memory fewer pages are cached and processed at
        the same time [3/4 of the free memory].
    device : str or os.PathLike, optional
        Device for the stages: cpu, opencl, cuda, one of several (opencl:1), several
        (cuda:0,cuda:1), or auto for the fastest; `ocrtune doctor` lists them; results are the same
        [cpu].
    ocr_device : str or os.PathLike, optional
        Device for the network of ocrtune's LSTM engine: cpu, opencl or cuda, as `device`; results
        are the same [cpu].
    progress : callable, optional
        Called several times a second with a `Progress`. An exception of it ends the work.

    Returns
    -------
    list
        A dict of mean scores for each point, the baseline first.

    Raises
    ------
    Error
        See `ocrtune.errors`.
    KeyboardInterrupt
        After Ctrl-C; what is finished is kept.
    """
    options = dict(
        corpus=corpus,
        lang=lang,
        pdf_dpi=pdf_dpi,
        pipeline=pipeline,
        set=set,
        params=params,
        csv=csv,
        psm=psm,
        oem=oem,
        ocr_max_width=ocr_max_width,
        engine=engine,
        tessdata=tessdata,
        jobs=jobs,
        memory=memory,
        device=device,
        ocr_device=ocr_device,
    )
    result: list[dict[str, Any]] = _core.run_workflow("score", options, progress)
    return result


def compare(
    corpus: Paths,
    *,
    pipeline: Paths,
    lang: Optional[PathLike] = None,
    pdf_dpi: Optional[int] = None,
    by: str = "",
    csv: PathLike = "",
    psm: Optional[int] = None,
    oem: Optional[int] = None,
    ocr_max_width: Optional[int] = None,
    engine: Optional[str] = None,
    tessdata: PathLike = "",
    jobs: Optional[int] = None,
    memory: Optional[Union[int, str]] = None,
    progress: OnProgress = None,
) -> dict[str, Any]:
    """Compare pipelines on the same pages, page by page.

    Parameters
    ----------
    corpus : str, os.PathLike or a list of them
        Pages: files, folders (recursive), glob patterns, http(s) URLs, a CSV manifest (columns
        file, lang, truth; others are labels), or - for a list on standard input.
    pipeline : str, os.PathLike or a list of them
        Preset or TOML file; give several: the others are compared with the first, a single one with
        raw.
    lang : str or os.PathLike, optional
        Language of the text, such as eng; several joined by + [eng].
    pdf_dpi : int, optional
        Resolution for rendering PDF pages (dpi) [that of the scan; else 300]; 36 to 1200.
    by : {'confidence', 'cer', 'wer', 'bow'}, optional
        Score that decides which pages got worse [cer where pages have ground truth, else
        confidence].
    csv : str or os.PathLike, optional
        Also write a CSV file with one row per pipeline and page.
    psm : {1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, optional
        Page segmentation mode of Tesseract [6].
    oem : int, optional
        OCR engine mode of Tesseract: 0 legacy, 1 LSTM, 2 both, 3 what is available [1]; 0 to 3.
    ocr_max_width : int, optional
        Reduce wider pages to this width before OCR (px); by default pages wider than 2500 are
        halved; 16 to 32767.
    engine : {'auto', 'lstm', 'tesseract', 'ocrad', 'ppocr'}, optional
        OCR engine: lstm is ocrtune's faster implementation of Tesseract's LSTM recognizer,
        tesseract is Tesseract, ocrad is GNU Ocrad, ppocr is PP-OCRv4 mobile (Baidu, ONNX Runtime);
        auto uses the first of lstm, tesseract that supports the language and passes its self-check
        [auto].
    tessdata : str or os.PathLike, optional
        Folder with the .traineddata files.
    jobs : int, optional
        Number of worker threads [one per core; 1.5 per core with hyper-threading]; 1 to 1024.
    memory : int or str, optional
        Memory limit, such as 800M or 4G; with less memory fewer pages are cached and processed at
        the same time [3/4 of the free memory].
    progress : callable, optional
        Called several times a second with a `Progress`. An exception of it ends the work.

    Returns
    -------
    dict
        The scores, as the command's ``--json`` prints them.

    Raises
    ------
    Error
        See `ocrtune.errors`.
    KeyboardInterrupt
        After Ctrl-C; what is finished is kept.
    """
    options = dict(
        corpus=corpus,
        pipeline=pipeline,
        lang=lang,
        pdf_dpi=pdf_dpi,
        by=by,
        csv=csv,
        psm=psm,
        oem=oem,
        ocr_max_width=ocr_max_width,
        engine=engine,
        tessdata=tessdata,
        jobs=jobs,
        memory=memory,
    )
    result: dict[str, Any] = _core.run_workflow("compare", options, progress)
    return result


def evaluate(
    results: Paths,
    *,
    truth: Optional[Paths] = None,
    ignore: Optional[Paths] = None,
    unicode: str = "nfc",
    csv: PathLike = "",
    progress: OnProgress = None,
) -> dict[str, Any]:
    """Compare OCR results of any program with the ground truth.

    Parameters
    ----------
    results : str, os.PathLike or a list of them
        OCR results: files or folders of text, hOCR, ALTO or PAGE XML.
    truth : str, os.PathLike or a list of them, optional
        Ground truth: files or folders [NAME.gt.txt, .gt.xml or .gt.hocr beside the OCR results].
    ignore : list of {'case', 'space', 'punctuation'}, optional
        Differences to ignore: case, space between words, punctuation around words; several joined
        by commas.
    unicode : {'nfc', 'nfkc'}, optional
        Unicode normalization: nfc, or nfkc, which also replaces ligatures and long s [nfc].
    csv : str or os.PathLike, optional
        Also write a CSV file with one row per page.
    progress : callable, optional
        Called several times a second with a `Progress`. An exception of it ends the work.

    Returns
    -------
    dict
        Error rates, as the command's ``--json`` prints them.

    Raises
    ------
    Error
        See `ocrtune.errors`.
    KeyboardInterrupt
        After Ctrl-C; what is finished is kept.
    """
    options = dict(results=results, truth=truth, ignore=ignore, unicode=unicode, csv=csv)
    result: dict[str, Any] = _core.run_workflow("evaluate", options, progress)
    return result


def apply(
    corpus: Paths,
    *,
    output: PathLike,
    lang: Optional[PathLike] = None,
    pdf_dpi: Optional[int] = None,
    portfolio: PathLike = "documents",
    pipeline: Optional[Paths] = None,
    vote: bool = False,
    enough: float = 90.0,
    thorough: bool = False,
    effort: Optional[str] = None,
    journal: Optional[PathLike] = None,
    format: Paths = ("text",),
    split: bool = False,
    dpi: Optional[int] = None,
    images: str = "none",
    psm: Optional[int] = None,
    oem: Optional[int] = None,
    ocr_max_width: Optional[int] = None,
    engine: Optional[str] = None,
    tessdata: PathLike = "",
    jobs: Optional[int] = None,
    memory: Optional[Union[int, str]] = None,
    device: PathLike = "cpu",
    ocr_device: PathLike = "cpu",
    progress: OnProgress = None,
) -> dict[str, Any]:
    """Recognize a whole collection, choosing the best of several pipelines for each page.

    Parameters
    ----------
    corpus : str, os.PathLike or a list of them
        Pages: files, folders (recursive), glob patterns, http(s) URLs, a CSV manifest (columns
        file, lang, truth; others are labels), or - for a list on standard input.
    output : str or os.PathLike
        Output folder.
    lang : str or os.PathLike, optional
        Language of the text, such as eng; several joined by + [eng].
    pdf_dpi : int, optional
        Resolution for rendering PDF pages (dpi) [that of the scan; else 300]; 36 to 1200.
    portfolio : str or os.PathLike, optional
        Portfolio to choose from: the name of one that comes with ocrtune, or a TOML file
        [documents].
    pipeline : str, os.PathLike or a list of them, optional
        Pipeline to use instead: a preset or a TOML file; may be given several times.
    vote : bool, optional
        Combine the OCR results of a page word by word by voting (ROVER).
    enough : float, optional
        Stop trying pipelines on a page when the mean character confidence reaches this value
        [90.0]; 0 to 100.
    thorough : bool, optional
        Try further pipelines on a page however good its OCR result is.
    effort : {'low', 'normal', 'high'}, optional
        Portfolio and rule by the time that a page may take, instead of these options: low votes on
        documents; normal adds another OCR engine, if it is installed; high stops only at a
        confident result that both agree on.
    journal : str or os.PathLike, optional
        Journal on a PostgreSQL server (postgresql://USER@HOST/DATABASE/NAME): the same command on
        several machines shares the work [a file in the output folder].
    format : list of {'text', 'tsv', 'hocr', 'alto', 'page', 'pdf'}, optional
        Output formats: text, tsv, hocr, alto, page (PAGE XML), pdf (searchable); several joined by
        commas [text].
    split : bool, optional
        Write a PDF for each page instead of one for each file.
    dpi : int, optional
        Resolution of images that do not state theirs, for the size of pages (dpi) [a guess by the
        size of paper and text]; 36 to 2400.
    images : {'none', 'png', 'tiff'}, optional
        Also write the preprocessed image: png, tiff or none [none].
    psm : {1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, optional
        Page segmentation mode of Tesseract [6].
    oem : int, optional
        OCR engine mode of Tesseract: 0 legacy, 1 LSTM, 2 both, 3 what is available [1]; 0 to 3.
    ocr_max_width : int, optional
        Reduce wider pages to this width before OCR (px); by default pages wider than 2500 are
        halved; 16 to 32767.
    engine : {'auto', 'lstm', 'tesseract', 'ocrad', 'ppocr'}, optional
        OCR engine: lstm is ocrtune's faster implementation of Tesseract's LSTM recognizer,
        tesseract is Tesseract, ocrad is GNU Ocrad, ppocr is PP-OCRv4 mobile (Baidu, ONNX Runtime);
        auto uses the first of lstm, tesseract that supports the language and passes its self-check
        [auto].
    tessdata : str or os.PathLike, optional
        Folder with the .traineddata files; with several, separated by commas, pages are also
        recognized with the models of the others.
    jobs : int, optional
        Number of worker threads [one per core; 1.5 per core with hyper-threading]; 1 to 1024.
    memory : int or str, optional
        Memory limit, such as 800M or 4G; with less memory fewer pages are cached and processed at
        the same time [3/4 of the free memory].
    device : str or os.PathLike, optional
        Device for the stages: cpu, opencl, cuda, one of several (opencl:1), several
        (cuda:0,cuda:1), or auto for the fastest; `ocrtune doctor` lists them; results are the same
        [cpu].
    ocr_device : str or os.PathLike, optional
        Device for the network of ocrtune's LSTM engine: cpu, opencl or cuda, as `device`; results
        are the same [cpu].
    progress : callable, optional
        Called several times a second with a `Progress`. An exception of it ends the work.

    Returns
    -------
    dict
        A summary of all pages done, as the command's ``--json`` prints it.

    Raises
    ------
    Error
        See `ocrtune.errors`.
    KeyboardInterrupt
        After Ctrl-C; what is finished is kept.
    """
    options = dict(
        corpus=corpus,
        output=output,
        lang=lang,
        pdf_dpi=pdf_dpi,
        portfolio=portfolio,
        pipeline=pipeline,
        vote=vote,
        enough=enough,
        thorough=thorough,
        effort=effort,
        journal=journal,
        format=format,
        split=split,
        dpi=dpi,
        images=images,
        psm=psm,
        oem=oem,
        ocr_max_width=ocr_max_width,
        engine=engine,
        tessdata=tessdata,
        jobs=jobs,
        memory=memory,
        device=device,
        ocr_device=ocr_device,
    )
    result: dict[str, Any] = _core.run_workflow("apply", options, progress)
    return result


def clean(
    corpus: Paths,
    *,
    pipeline: PathLike,
    output: PathLike,
    lang: Optional[PathLike] = None,
    pdf_dpi: Optional[int] = None,
    set: Optional[Paths] = None,
    format: str = "png",
    split: bool = False,
    dpi: Optional[int] = None,
    jobs: Optional[int] = None,
    memory: Optional[Union[int, str]] = None,
    device: PathLike = "cpu",
    progress: OnProgress = None,
) -> list[dict[str, Any]]:
    """Write the preprocessed images, gray and lossless.

    Parameters
    ----------
    corpus : str, os.PathLike or a list of them
        Pages: files, folders (recursive), glob patterns, http(s) URLs, a CSV manifest (columns
        file, lang, truth; others are labels), or - for a list on standard input.
    pipeline : str or os.PathLike
        Preset or TOML file.
    output : str or os.PathLike
        Output folder, one image per page; one PDF per file.
    lang : str or os.PathLike, optional
        Language of the text, such as eng; several joined by + [eng].
    pdf_dpi : int, optional
        Resolution for rendering PDF pages (dpi) [that of the scan; else 300]; 36 to 1200.
    set : str, os.PathLike or a list of them, optional
        Fix a parameter, NAME=VALUE; use_STAGE=off switches a stage off.
    format : {'png', 'tiff', 'pdf'}, optional
        Image format: png or tiff; or pdf [png].
    split : bool, optional
        Write a PDF for each page instead of one for each file.
    dpi : int, optional
        Resolution of images that do not state theirs, for the size of pages (dpi) [a guess by the
        size of paper and text]; 36 to 2400.
    jobs : int, optional
        Number of worker threads [one per core; 1.5 per core with hyper-threading]; 1 to 1024.
    memory : int or str, optional
        Memory limit, such as 800M or 4G; with less memory fewer pages are cached and processed at
        the same time [3/4 of the free memory].
    device : str or os.PathLike, optional
        Device for the stages: cpu, opencl, cuda, one of several (opencl:1), several
        (cuda:0,cuda:1), or auto for the fastest; `ocrtune doctor` lists them; results are the same
        [cpu].
    progress : callable, optional
        Called several times a second with a `Progress`. An exception of it ends the work.

    Returns
    -------
    list
        A dict with ``page`` and ``file`` for each page.

    Raises
    ------
    Error
        See `ocrtune.errors`.
    KeyboardInterrupt
        After Ctrl-C; what is finished is kept.
    """
    options = dict(
        corpus=corpus,
        pipeline=pipeline,
        output=output,
        lang=lang,
        pdf_dpi=pdf_dpi,
        set=set,
        format=format,
        split=split,
        dpi=dpi,
        jobs=jobs,
        memory=memory,
        device=device,
    )
    result: list[dict[str, Any]] = _core.run_workflow("clean", options, progress)
    return result
