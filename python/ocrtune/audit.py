"""The functions of OCR quality audit, the Python program whose design ocrtune started from.

Names, arguments and results are those of its package ``ocr_quality_audit``, so that its users change one import:

>>> from ocrtune.audit import pipeline_complet, run_sobol_screening

Images are equal to the byte and scores are equal; devices are those of ocrtune, so that there is no ``cv2.cuda``. Where
OCR quality audit prints an error and returns 0, these functions raise it (`ocrtune.errors`).
"""

from ocrtune._audit_images import (
    USE_CUDA,
    adaptive_denoising,
    ensure_cpu,
    ensure_gpu,
    evaluer_toutes_metriques,
    evaluer_toutes_metriques_batch,
    get_cnr_quality,
    get_contrast,
    get_sharpness,
    get_tesseract_score,
    normalisation_division,
    pipeline_blur_clahe,
    pipeline_complet,
    pipeline_complet_timed,
    remove_lines_param,
)
from ocrtune._audit_points import (
    TimeLogger,
    build_params,
    calculate_baseline_scores,
    evaluate_pipeline,
    params_to_tuple,
)
from ocrtune._audit_searches import OptimizeResult, run_scipy_optimization, run_sobol_screening

__all__ = [
    "OptimizeResult",
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
    "run_scipy_optimization",
    "run_sobol_screening",
]
