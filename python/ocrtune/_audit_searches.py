"""The searches of OCR quality audit; `ocrtune.audit` has them."""

from __future__ import annotations

import csv
import logging
import math
import threading
import time
from datetime import datetime
from typing import Any, Callable, Iterator, Mapping, Optional, Sequence, Tuple

import numpy

from ocrtune import _core
from ocrtune._audit_images import Image
from ocrtune._audit_points import Evaluation, TimeLogger, evaluate_images, means_of
from ocrtune.errors import InvalidArgumentError

Range = Tuple[float, float]
OnPoint = Callable[[int, dict[str, float], dict[str, Any]], object]
OnMessage = Callable[[str], object]

LOG = logging.getLogger("ocrtune")

#: Names of the window, and those of the pipelines and of files.
_OF_STANDARD = {"line_h": "line_h_size", "line_v": "line_v_size", "bin_block": "bin_block_size"}
_KERNELS = {"norm_kernel", "bin_block_size", "bg_dilate", "bg_blur"}
_WHOLE = {"line_h_size", "line_v_size", "inp_line_h", "inp_line_v", "clahe_tile", "dilate_iter"}
_PARAMETERS = {
    "standard": {"line_h_size", "line_v_size", "norm_kernel", "denoise_h", "noise_threshold", "bin_block_size", "bin_c"},
    "blur_clahe": {"inp_line_h", "inp_line_v", "denoise_h", "bg_dilate", "bg_blur", "clahe_clip", "clahe_tile"},
}
_SCORES = ("tesseract_delta", "tesseract", "nettete", "cnr")


def _own_name(name: str) -> str:
    return _OF_STANDARD.get(name, name)


def _searched(name: str, value: float) -> Any:
    """The value of a search as the pipelines take it: the base *b* of a kernel becomes 2 *b* + 1."""
    if name in _KERNELS:
        return int(value) * 2 + 1
    return int(value) if name in _WHOLE else float(value)


def _fixed(name: str, value: Any) -> Any:
    """A fixed value; kernel sizes are used unchanged."""
    return int(value) if name in _KERNELS | _WHOLE else value


def _config_rows(
    mode: str, n_points: int, timestamp: str, ranges: Mapping[str, Range], fixed: Mapping[str, Any], before: Sequence[float]
) -> Iterator[list[Any]]:
    yield ["Category", "Key", "Value_Min_or_Fixed", "Value_Max"]
    yield ["Info", "Pipeline Mode", mode, ""]
    yield ["Info", "Algorithm", "Sobol Screening", ""]
    yield ["Info", "N Points", n_points, ""]
    yield ["Info", "Timestamp", timestamp, ""]
    for name, (low, high) in ranges.items():
        yield ["Range", name, low, high]
    for name, value in fixed.items():
        yield ["Fixed", name, value, ""]
    if not before:
        yield ["Baseline", "Stats", "N/A", ""]
        return
    for name, score in (("Mean Score", sum(before) / len(before)), ("Min Score", min(before)), ("Max Score", max(before))):
        yield ["Baseline", name, f"{score:.2f}", ""]
    yield ["Baseline", "N Images", len(before), ""]


def _write_rows(path: str, mode: str, rows: Iterator[list[Any]]) -> None:
    with open(path, mode, newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows(rows)


def _log_times(times: Optional[TimeLogger], point_id: int, evaluations: Sequence[Evaluation]) -> None:
    if times is None:
        return
    for image, (preprocessing, (confidence, sharpness, ratio, ocr, measuring, _)) in enumerate(evaluations):
        total = preprocessing + ocr + measuring
        times.log(point_id, image, total, preprocessing, ocr, measuring, 0, confidence, sharpness, ratio)


def _require_ranges(ranges: Mapping[str, Range], mode: str) -> None:
    if mode not in _PARAMETERS:
        raise InvalidArgumentError(f"pipeline_mode: `{mode}` is not one of {', '.join(_PARAMETERS)}")
    for name in ranges:
        if _own_name(name) not in _PARAMETERS[mode]:
            known = ", ".join(sorted(_PARAMETERS[mode]))
            raise InvalidArgumentError(f"param_ranges: `{name}` is no parameter of `{mode}`, which has: {known}")


def run_sobol_screening(
    images: Sequence[Image],
    baseline_scores: Sequence[float],
    n_points: int,
    param_ranges: Mapping[str, Range],
    fixed_params: Mapping[str, Any],
    callback: Optional[OnPoint] = None,
    cancellation_event: Optional[threading.Event] = None,
    verbose_timing: bool = True,
    enable_time_logging: bool = True,
    pipeline_mode: str = "standard",
    *,
    seed: int = 1,
) -> tuple[Optional[dict[str, Any]], str]:
    """Evaluates scrambled Sobol points on the images and writes the files of a screening into the current folder.

    Parameters
    ----------
    images : list of numpy.ndarray
        Gray or BGR.
    baseline_scores : list of float
        Of the images, as `calculate_baseline_scores` returns them.
    n_points : int
        Number of points, best a power of two.
    param_ranges : dict
        By name (low, high); of kernel sizes their bases.
    fixed_params : dict
        Values of the other parameters; kernel sizes themselves.
    callback : callable, optional
        Called after each point with its index from 0, its scores (``tesseract_delta``, ``tesseract``, ``nettete``,
        ``cnr``) and its parameters.
    cancellation_event : threading.Event, optional
        Once it is set, the screening ends before the next point.
    verbose_timing : bool
        Ignored.
    enable_time_logging : bool
        Whether to write ``timing_log_TIME.csv``.
    pipeline_mode : {"standard", "blur_clahe"}
        The pipeline.
    seed : int
        Equal arguments give equal points; another seed gives others.

    Returns
    -------
    (dict or None, str)
        The parameters of the best point, None if no point has a gain, and the name of the results' file.
    """
    _require_ranges(param_ranges, pipeline_mode)
    names = list(param_ranges)
    samples = _core.sobol_points([param_ranges[name] for name in names], n_points, seed)
    timestamp = datetime.now().strftime("%Y%m%d_%H%M%S")
    results = f"screening_sobol_{pipeline_mode}_{n_points}pts_{timestamp}.csv"
    columns = ["point_id", *(f"score_{name}" for name in _SCORES), *map(_own_name, names)]
    _write_rows(results, "w", iter([columns]))
    config = _config_rows(pipeline_mode, n_points, timestamp, param_ranges, fixed_params, baseline_scores)
    _write_rows(results.replace(".csv", "_config.csv"), "w", config)
    times = TimeLogger(filename=f"timing_log_{timestamp}.csv") if enable_time_logging else None
    fixed = {_own_name(name): _fixed(_own_name(name), value) for name, value in fixed_params.items()}
    best_gain, best = 0.0, None
    try:
        for index, sample in enumerate(samples):
            if cancellation_event is not None and cancellation_event.is_set():
                LOG.info("screening cancelled after %d of %d points", index, n_points)
                break
            values = {_own_name(name): _searched(_own_name(name), value) for name, value in zip(names, sample)}
            params = {**fixed, **values}
            evaluations = evaluate_images(images, params, pipeline_mode) if images else []
            scores = means_of(evaluations, baseline_scores) if images else (0.0, 0.0, 0.0, 0.0)
            _log_times(times, index + 1, evaluations)
            _write_rows(results, "a", iter([[index + 1, *scores, *values.values()]]))
            if scores[0] > best_gain:
                best_gain, best = scores[0], dict(params)
            LOG.info("point %d/%d: gain %+.2f, best %+.2f", index + 1, n_points, scores[0], best_gain)
            if callback is not None:
                callback(index, dict(zip(_SCORES, scores)), params)
    finally:
        if times is not None:
            times.close()
    return best, results


class OptimizeResult(dict[str, Any]):
    """What `run_scipy_optimization` returns: a dict whose items are attributes, too.

    ``x`` (numpy.ndarray, None if nothing was evaluated), ``fun`` (its value, the smallest one), ``nfev`` (number of
    evaluations), ``success`` (False if it was cancelled), ``message``.
    """

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


class _Objective:
    """Counts evaluations and keeps the best one."""

    def __init__(self, function: Callable[[Any], float], cancelled: Callable[[], bool]) -> None:
        self.function = function
        self.cancelled = cancelled
        self.evaluations = 0
        self.best: float = math.inf
        self.place: Any = None
        self.worst = 0.0

    def __call__(self, place: Any) -> float:
        value = float(self.function(place.copy()))
        self.evaluations += 1
        if value < self.best:
            self.best, self.place = value, place
        # The methods compute with values.
        if not math.isfinite(value):
            return self.worst
        self.worst = max(self.worst, value) if self.evaluations > 1 else value
        return value

    def minimize(self, method: str, bounds: Sequence[Range], start: Any, evaluations: int) -> None:
        """From a start, with at most so many evaluations."""
        search = _core.LocalSearch(method, bounds, start)
        for _ in range(evaluations):
            place = None if self.cancelled() else search.ask()
            if place is None:
                return
            search.tell(self(place))


def run_scipy_optimization(
    objective_func: Callable[[Any], float],
    bounds: Sequence[Range],
    algorithm: str,
    n_sobol_points: int,
    n_iterations: int,
    update_callback: Optional[OnMessage] = None,
    cancellation_event: Optional[threading.Event] = None,
    *,
    seed: int = 1,
) -> OptimizeResult:
    """Minimizes a function by a local method of ocrtune from several Sobol points.

    The methods are those of ocrtune's samplers: SciPy is not needed. All stay within the bounds, and their differences
    and steps are those of parameters with steps.

    Parameters
    ----------
    objective_func : callable
        Takes an array of values, one for each of the bounds, and returns a number.
    bounds : list of (float, float)
        The range of each value.
    algorithm : {"L-BFGS-B", "TNC", "SLSQP", "Nelder-Mead", "Powell", "CG", "BFGS", "COBYLA"}
        The method.
    n_sobol_points : int
        Number of starts.
    n_iterations : int
        Steps from each start: at most so many times one evaluation more than there are bounds.
    update_callback : callable, optional
        Called with messages, one line each.
    cancellation_event : threading.Event, optional
        Once it is set, the search ends before the next evaluation.
    seed : int
        Equal arguments give equal points; another seed gives others.

    Returns
    -------
    OptimizeResult
        The best evaluation, also if the search was cancelled.
    """

    def cancelled() -> bool:
        return cancellation_event is not None and cancellation_event.is_set()

    def tell(message: str) -> None:
        LOG.info("%s", message)
        if update_callback is not None:
            update_callback(message)

    method = {"l-bfgs-b": "lbfgs"}.get(algorithm.lower(), algorithm.lower())
    bounds = [(float(low), float(high)) for low, high in bounds]
    begin = time.monotonic()
    objective = _Objective(objective_func, cancelled)
    for index, start in enumerate(_core.sobol_points(bounds, n_sobol_points, seed)):
        if cancelled():
            break
        tell(f"start {index + 1}/{n_sobol_points}")
        before = objective.best
        objective.minimize(method, bounds, start, n_iterations * (len(bounds) + 1))
        if objective.best < before:
            tell(f"best value so far: {objective.best:.4f}")
    ended = "cancelled" if cancelled() else "finished"
    message = f"{algorithm} {ended}: {objective.evaluations} evaluations in {time.monotonic() - begin:.2f} s"
    tell(message)
    return OptimizeResult(
        x=objective.place, fun=objective.best, nfev=objective.evaluations, success=not cancelled(), message=message
    )
