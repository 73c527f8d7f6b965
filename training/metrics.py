"""Figures of merit. The TypeScript twin is src/domain/metrics.ts."""
from __future__ import annotations

import numpy as np


def roc_auc(label: np.ndarray, score: np.ndarray) -> float:
    """Area under the ROC curve by the Mann-Whitney statistic, ties count half. label: 0/1. NaN for a single class."""
    label = np.asarray(label).astype(bool)
    score = np.asarray(score, dtype=np.float64)
    positives, negatives = int(label.sum()), int((~label).sum())
    if positives == 0 or negatives == 0:
        return float("nan")
    _, inverse, counts = np.unique(score, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    mean_rank = (last - counts + 1 + last) / 2
    rank_sum = mean_rank[inverse][label].sum()
    return float((rank_sum - positives * (positives + 1) / 2) / (positives * negatives))


def auc_ci95(label: np.ndarray, score: np.ndarray, rounds: int = 2000, seed: int = 1) -> tuple[float, float]:
    """Percentile bootstrap over images, 95 % interval. NaN for a single class."""
    rng = np.random.default_rng(seed)
    label, score = np.asarray(label), np.asarray(score)
    if len(np.unique(label)) < 2:
        return float("nan"), float("nan")
    values = []
    for _ in range(rounds):
        pick = rng.integers(0, len(label), len(label))
        value = roc_auc(label[pick], score[pick])
        if not np.isnan(value):
            values.append(value)
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def ece(label: np.ndarray, probability: np.ndarray, bins: int = 15) -> float:
    """Expected calibration error over equal-width bins (Guo et al. 2017, arXiv:1706.04599)."""
    label, probability = np.asarray(label, dtype=np.float64), np.asarray(probability, dtype=np.float64)
    which = np.minimum((probability * bins).astype(int), bins - 1)
    total = 0.0
    for b in range(bins):
        inside = which == b
        if inside.any():
            total += inside.mean() * abs(label[inside].mean() - probability[inside].mean())
    return float(total)


def fit_platt(label: np.ndarray, logit: np.ndarray) -> tuple[float, float]:
    """Platt scaling: (slope, offset) with p = sigmoid(slope * logit + offset), maximum likelihood by Newton's method, each step
    halved until it helps."""
    label, logit = np.asarray(label, dtype=np.float64), np.asarray(logit, dtype=np.float64)
    design = np.stack([logit, np.ones_like(logit)], 1)

    def loss(b: np.ndarray) -> float:
        z = design @ b
        return float((np.logaddexp(0, z) - label * z).sum() + 5e-7 * b @ b)

    beta = np.array([1.0, 0.0])
    for _ in range(100):
        p = 1 / (1 + np.exp(-np.clip(design @ beta, -700, 700)))
        gradient = design.T @ (p - label) + 1e-6 * beta
        hessian = (design * (p * (1 - p))[:, None]).T @ design + 1e-6 * np.eye(2)
        step = np.linalg.solve(hessian, gradient)
        while loss(beta - step) > loss(beta) + 1e-12 and np.abs(step).max() > 1e-12:
            step = step / 2
        beta = beta - step
        if np.abs(step).max() < 1e-10:
            break
    return float(beta[0]), float(beta[1])


def threshold_for_sensitivity(label: np.ndarray, probability: np.ndarray, sensitivity: float) -> float:
    """The highest threshold (score >= threshold is malignant) that reaches the sensitivity."""
    positives = np.sort(np.asarray(probability)[np.asarray(label).astype(bool)])
    allowed = int(np.floor((1 - sensitivity) * len(positives) + 1e-9))
    return float(positives[allowed])


def operating_curve(label: np.ndarray, probability: np.ndarray, own: float, rows: int = 101) -> list[list[float]]:
    """What each line costs (score >= line is malignant): rows of [line, sensitivity, specificity], ascending, at most `rows`.

    Lines are `own`, the model's, as it is, and percentiles of the set's scores, rounded to 5 digits, so that about one image
    in a hundred lies between two rows. Rates are cut, not rounded, to 4 digits."""
    label, probability = np.asarray(label).astype(bool), np.asarray(probability, dtype=np.float64)
    percentiles = np.round(np.quantile(probability, np.linspace(0, 1, rows - 1), method="nearest"), 5)
    lines = np.unique([own, *percentiles[(percentiles > 0) & (percentiles < 1)]])
    rates = [((probability[label] >= t).mean(), (probability[~label] < t).mean()) for t in lines]
    return [[float(t), *(float(np.floor(1e4 * rate + 1e-9) / 1e4) for rate in both)] for t, both in zip(lines, rates)]
