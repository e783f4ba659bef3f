"""The functions of OCR quality audit, the Python program whose design ocrtune started from.

Names, arguments and results are those of its package ``ocr_quality_audit``, so that its users change one import:

>>> from ocrtune.audit import pipeline_complet, get_sharpness

Images are equal to the byte and scores are equal; devices are those of ocrtune, so that there is no ``cv2.cuda``. Where
OCR quality audit prints an error and returns 0, these functions raise it (`ocrtune.errors`).
"""

from __future__ import annotations

import csv
import functools
import os
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, Iterable, Mapping, Optional, Sequence, Tuple

import numpy

import ocrtune

__all__ = [
    "TimeLogger",
    "USE_CUDA",
    "adaptive_denoising",
    "build_params",
    "calculate_baseline_scores",
    "ensure_cpu",
    "ensure_gpu",
    "evaluate_pipeline",
    "evaluer_toutes_metriques",
    "evaluer_toutes_metriques_batch",
    "get_cnr_quality",
    "get_contrast",
    "get_sharpness",
    "get_tesseract_score",
    "normalisation_division",
    "params_to_tuple",
    "pipeline_blur_clahe",
    "pipeline_complet",
    "pipeline_complet_timed",
    "remove_lines_param",
]

Image = Any  # numpy.ndarray; NumPy 1.24 of Debian 12 has no type for its shape
Params = Mapping[str, Any]
Metrics = Tuple[float, float, float, float, float, int]

#: Images are in memory; `ocrtune.tune` and the other workflows run stages on devices.
USE_CUDA = False


def ensure_gpu(image: Image) -> Image:
    """The image itself."""
    return image


def ensure_cpu(image: Image) -> Image:
    """The image itself."""
    return image


def _bytes(image: Image) -> Image:
    """Levels of another type are stretched to 0 to 255."""
    if image.dtype == numpy.uint8:
        return image
    levels = image.astype(numpy.float64)
    low, high = levels.min(), levels.max()
    scale = 255 / (high - low) if high > low else 0
    return ((levels - low) * scale).astype(numpy.uint8)


@functools.lru_cache(maxsize=None)
def _stage(name: str) -> ocrtune.Pipeline:
    return ocrtune.Pipeline.parse(f'name = "{name}"\n[[stage]]\nuse = "{name}"\n')


@functools.lru_cache(maxsize=None)
def _preset(name: str) -> ocrtune.Pipeline:
    return ocrtune.Pipeline.load(name)


@functools.lru_cache(maxsize=None)
def _reader() -> ocrtune.Reader:
    return ocrtune.Reader(engine="tesseract", psm=6, oem=1)


def _run(pipeline: ocrtune.Pipeline, image: Image, values: dict[str, Any]) -> Image:
    return None if image is None else pipeline.at(values).run(_bytes(image))


def _odd(size: float) -> int:
    """An odd kernel size of at least 3."""
    return max(3, int(size) | 1)


def remove_lines_param(img: Image, h_size: int, v_size: int, dilate_iter: int) -> Image:
    """The gray image with its ruled lines white."""
    values = {"remove_lines.h_size": h_size, "remove_lines.v_size": v_size, "remove_lines.dilate_iter": dilate_iter}
    return _run(_stage("remove_lines"), img, values)


def normalisation_division(image_gray: Image, kernel_size: int) -> Image:
    """The image divided by its Gaussian blur."""
    return _run(_stage("normalize_division"), image_gray, {"normalize_division.kernel": _odd(kernel_size)})


def adaptive_denoising(image: Image, base_h_param: float, noise_threshold: float = 100) -> Image:
    """Non-local means, with the smaller search window below this variance of the Laplacian."""
    values = {"denoise_nlm.h": max(0, base_h_param), "denoise_nlm.noise_threshold": noise_threshold}
    return _run(_stage("denoise_nlm"), image, values)


def pipeline_complet(image: Image, params: Params) -> Image:
    """The pipeline `standard`: ruled lines, division, non-local means, adaptive threshold.

    Parameters
    ----------
    image : numpy.ndarray
        Gray or BGR.
    params : dict
        ``line_h_size``, ``line_v_size``, ``dilate_iter``, ``norm_kernel``, ``denoise_h``, ``noise_threshold`` (default
        100), ``bin_block_size``, ``bin_c``.

    Returns
    -------
    numpy.ndarray of uint8
        Black and white.
    """
    values = {
        "line_h_size": params["line_h_size"],
        "line_v_size": params["line_v_size"],
        "remove_lines.dilate_iter": params["dilate_iter"],
        "norm_kernel": _odd(params["norm_kernel"]),
        "denoise_h": max(0, params["denoise_h"]),
        "noise_threshold": params.get("noise_threshold", 100),
        "bin_block_size": _odd(params["bin_block_size"]),
        "bin_c": params["bin_c"],
    }
    return _run(_preset("standard"), image, values)


def pipeline_complet_timed(image: Image, params: Params) -> tuple[Image, float]:
    """The result of `pipeline_complet`, and its running time in ms."""
    begin = time.perf_counter()
    result = pipeline_complet(image, params)
    return result, 1000 * (time.perf_counter() - begin)


def pipeline_blur_clahe(image: Image, params: Params) -> Image:
    """The pipeline `blur_clahe`: lines inpainted, non-local means, background subtracted, CLAHE; gray output.

    Parameters
    ----------
    image : numpy.ndarray
        Gray or BGR.
    params : dict
        ``inp_line_h`` (default 40), ``inp_line_v`` (40), ``denoise_h`` (12), ``bg_dilate`` (7), ``bg_blur`` (21),
        ``clahe_clip`` (2), ``clahe_tile`` (8).

    Returns
    -------
    numpy.ndarray of uint8
    """
    tile = int(params.get("clahe_tile", 8))
    values = {
        "inp_line_h": max(1, int(params.get("inp_line_h", 40))),
        "inp_line_v": max(1, int(params.get("inp_line_v", 40))),
        "denoise_h": params.get("denoise_h", 12.0),
        "bg_dilate": int(params.get("bg_dilate", 7)) | 1,
        "bg_blur": int(params.get("bg_blur", 21)) | 1,
        "clahe_clip": params.get("clahe_clip", 2.0),
        "clahe_tile": tile if tile >= 1 else 8,
    }
    return _run(_preset("blur_clahe"), image, values)


def get_sharpness(image: Image) -> float:
    """Variance of the Laplacian."""
    return 0.0 if image is None else ocrtune.sharpness(_bytes(image))


def get_contrast(image: Image) -> float:
    """Standard deviation of the gray levels."""
    return 0.0 if image is None else ocrtune.contrast(_bytes(image))


def get_cnr_quality(image: Image) -> float:
    """Contrast-to-noise ratio of text and background."""
    return 0.0 if image is None else ocrtune.cnr(_bytes(image))


def get_tesseract_score(image: Image) -> float:
    """Mean of the words' confidences, 0 to 100, with ``--oem 1 --psm 6``; images wider than 2500 px are halved."""
    return 0.0 if image is None else _reader().read(_bytes(image)).confidence


def evaluer_toutes_metriques(image: Image) -> Metrics:
    """(confidence, sharpness, contrast-to-noise ratio, ms of OCR, ms of the others, 0)."""
    begin = time.perf_counter()
    confidence = get_tesseract_score(image)
    recognized = time.perf_counter()
    ratio, sharpness = get_cnr_quality(image), get_sharpness(image)
    end = time.perf_counter()
    return confidence, sharpness, ratio, 1000 * (recognized - begin), 1000 * (end - recognized), 0


def evaluer_toutes_metriques_batch(
    images: Sequence[Image], max_workers: Optional[int] = None, verbose: bool = False
) -> list[Metrics]:
    """`evaluer_toutes_metriques` of each image, in threads: by default one for each core."""
    if not images:
        return []
    workers = max_workers or min(len(os.sched_getaffinity(0)), len(images))
    begin = time.perf_counter()
    with ThreadPoolExecutor(max_workers=workers) as executor:
        results = list(executor.map(evaluer_toutes_metriques, images))
    if verbose:
        seconds = time.perf_counter() - begin
        print(f"{len(images)} images, {workers} workers, {seconds:.1f} s")
    return results


def calculate_baseline_scores(images: Sequence[Image], use_multiprocessing: bool = True) -> list[float]:
    """`get_tesseract_score` of each image."""
    if not images:
        return []
    workers = min(len(os.sched_getaffinity(0)), len(images)) if use_multiprocessing else 1
    with ThreadPoolExecutor(max_workers=workers) as executor:
        return list(executor.map(get_tesseract_score, images))


def evaluate_pipeline(
    images: Sequence[Image],
    baseline_scores: Sequence[float],
    params: Params,
    point_id: int = 0,
    pipeline_mode: str = "standard",
) -> tuple[float, float, float, float]:
    """Means over the images of (gain in confidence, confidence, sharpness, contrast-to-noise ratio)."""
    if not images:
        return 0, 0, 0, 0
    pipeline = pipeline_blur_clahe if pipeline_mode == "blur_clahe" else pipeline_complet
    metrics = evaluer_toutes_metriques_batch([pipeline(image, params) for image in images])
    before = [baseline_scores[i] if i < len(baseline_scores) else 0.0 for i in range(len(images))]
    gains = [after[0] - score for after, score in zip(metrics, before)]
    columns = (gains, *([row[column] for row in metrics] for column in range(3)))
    gain, confidence, sharpness, ratio = (sum(column) / len(images) for column in columns)
    return gain, confidence, sharpness, ratio


def build_params(
    line_h: float,
    line_v: float,
    norm_kernel_base: float,
    denoise_h: float,
    noise_threshold: float,
    bin_block_base: float,
    bin_c: float,
    dilate_iter: int = 2,
) -> dict[str, Any]:
    """The parameters of `pipeline_complet` for the values of a search: the base *b* of a kernel becomes 2 *b* + 1."""
    return {
        "line_h_size": int(line_h),
        "line_v_size": int(line_v),
        "dilate_iter": int(dilate_iter),
        "norm_kernel": int(norm_kernel_base) * 2 + 1,
        "denoise_h": float(denoise_h),
        "noise_threshold": float(noise_threshold),
        "bin_block_size": int(bin_block_base) * 2 + 1,
        "bin_c": float(bin_c),
    }


def params_to_tuple(params: Params) -> tuple[Any, ...]:
    """The values that `build_params` takes, in its order."""
    return (
        params["line_h_size"],
        params["line_v_size"],
        (params["norm_kernel"] - 1) // 2,
        params["denoise_h"],
        params["noise_threshold"],
        (params["bin_block_size"] - 1) // 2,
        params["bin_c"],
        params["dilate_iter"],
    )


class TimeLogger:
    """Writes the times of each point and image to a CSV file, 50 rows at a time.

    Parameters
    ----------
    enabled : bool
        If false, nothing is written.
    filename : str, optional
        By default ``timing_log_TIME.csv``.
    """

    COLUMNS = (
        "timestamp",
        "point_id",
        "image_id",
        "temps_total_ms",
        "temps_cuda_ms",
        "temps_tesseract_ms",
        "temps_sharpness_ms",
        "temps_contrast_ms",
        "score_tesseract",
        "score_sharpness",
        "score_contrast",
    )

    def __init__(self, enabled: bool = True, filename: Optional[str] = None) -> None:
        self.enabled = enabled
        self.filename = filename
        self.buffer: list[list[Any]] = []
        self.buffer_size = 50
        if enabled:
            self.filename = filename or datetime.now().strftime("timing_log_%Y%m%d_%H%M%S.csv")
            self._write("w", [self.COLUMNS])

    def log(
        self,
        point_id: int,
        image_id: int,
        temps_total: float,
        temps_cuda: float,
        temps_tess: float,
        temps_sharp: float,
        temps_cont: float,
        score_tess: Optional[float] = None,
        score_sharp: Optional[float] = None,
        score_cont: Optional[float] = None,
    ) -> None:
        """Adds a row; times in ms."""
        if not self.enabled:
            return
        now = datetime.now().isoformat(sep=" ", timespec="milliseconds")
        times = [round(ms, 2) for ms in (temps_total, temps_cuda, temps_tess, temps_sharp, temps_cont)]
        scores = ["" if score is None else round(score, 2) for score in (score_tess, score_sharp, score_cont)]
        self.buffer.append([now, point_id, image_id, *times, *scores])
        if len(self.buffer) >= self.buffer_size:
            self.flush()

    def flush(self) -> None:
        """Writes the rows that are not written yet."""
        if self.enabled and self.buffer:
            self._write("a", self.buffer)
            self.buffer = []

    def close(self) -> None:
        """The same at the end."""
        self.flush()

    def _write(self, mode: str, rows: Iterable[Sequence[Any]]) -> None:
        assert self.filename is not None
        with open(self.filename, mode, newline="", encoding="utf-8") as file:
            csv.writer(file, delimiter=";").writerows(rows)
