"""Evaluation of points, parameters and the log of times of OCR quality audit; `ocrtune.audit` has them."""

from __future__ import annotations

import csv
import os
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, Iterable, NamedTuple, Optional, Sequence

from ocrtune._audit_images import (
    Image,
    Metrics,
    Params,
    evaluer_toutes_metriques,
    get_tesseract_score,
    pipeline_blur_clahe,
    pipeline_complet,
)


class Evaluation(NamedTuple):
    """A point on an image."""

    #: Running time of the pipeline, ms.
    preprocessing: float
    metrics: Metrics


def _workers(images: Sequence[Image]) -> int:
    return min(len(os.sched_getaffinity(0)), len(images))


def calculate_baseline_scores(images: Sequence[Image], use_multiprocessing: bool = True) -> list[float]:
    """`get_tesseract_score` of each image."""
    if not images:
        return []
    with ThreadPoolExecutor(max_workers=_workers(images) if use_multiprocessing else 1) as executor:
        return list(executor.map(get_tesseract_score, images))


def evaluate_images(images: Sequence[Image], params: Params, pipeline_mode: str) -> list[Evaluation]:
    """Each image preprocessed, recognized and measured, in a thread for each core."""
    pipeline = pipeline_blur_clahe if pipeline_mode == "blur_clahe" else pipeline_complet

    def evaluate(image: Image) -> Evaluation:
        begin = time.perf_counter()
        preprocessed = pipeline(image, params)
        return Evaluation(1000 * (time.perf_counter() - begin), evaluer_toutes_metriques(preprocessed))

    with ThreadPoolExecutor(max_workers=_workers(images)) as executor:
        return list(executor.map(evaluate, images))


def means_of(evaluations: Sequence[Evaluation], baseline_scores: Sequence[float]) -> tuple[float, float, float, float]:
    """As `evaluate_pipeline` returns them."""
    metrics = [evaluation.metrics for evaluation in evaluations]
    before = [baseline_scores[i] if i < len(baseline_scores) else 0.0 for i in range(len(metrics))]
    gains = [after[0] - score for after, score in zip(metrics, before)]
    columns = (gains, *([row[column] for row in metrics] for column in range(3)))
    gain, confidence, sharpness, ratio = (sum(column) / len(metrics) for column in columns)
    return gain, confidence, sharpness, ratio


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
    return means_of(evaluate_images(images, params, pipeline_mode), baseline_scores)


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
