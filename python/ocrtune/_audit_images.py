"""The images and scores of OCR quality audit; `ocrtune.audit` has them."""

from __future__ import annotations

import functools
import os
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Mapping, Optional, Sequence, Tuple

import numpy

import ocrtune

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
    # ocrtune's own recognizer if it gives the words and confidences of Tesseract here, else Tesseract.
    return ocrtune.Reader(engine="auto", psm=6, oem=1)


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
