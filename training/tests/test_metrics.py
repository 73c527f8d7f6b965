import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from training.metrics import auc_ci95, ece, fit_platt, operating_curve, roc_auc, threshold_for_sensitivity


@pytest.fixture
def scored() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    label = (rng.random(500) < 0.3).astype(int)
    return label, np.round(rng.normal(label * 1.2, 1), 1)  # rounded: ties


def test_auc_equals_scikit_learn(scored: tuple[np.ndarray, np.ndarray]) -> None:
    assert roc_auc(*scored) == pytest.approx(roc_auc_score(*scored), abs=1e-12)
    assert np.isnan(roc_auc(np.zeros(3), np.arange(3)))


def test_interval_holds_the_estimate(scored: tuple[np.ndarray, np.ndarray]) -> None:
    low, high = auc_ci95(*scored, rounds=300)
    assert low < roc_auc(*scored) < high
    assert 0.02 < high - low < 0.15


def test_a_single_class_has_no_area() -> None:
    assert np.isnan(roc_auc(np.zeros(5), np.arange(5))) and np.isnan(auc_ci95(np.zeros(5), np.arange(5))).all()


def test_ece_by_hand() -> None:
    # Bin 0: two scores of 0.02, one positive -> |0.5 - 0.02|; last bin: one score of 1, positive -> 0.
    assert ece(np.array([0, 1, 1]), np.array([0.02, 0.02, 1.0])) == pytest.approx(2 / 3 * 0.48)


def test_platt_equals_logistic_regression(scored: tuple[np.ndarray, np.ndarray]) -> None:
    label, logit = scored
    reference = LogisticRegression(C=1e9).fit(logit[:, None], label)
    assert fit_platt(label, logit) == pytest.approx((reference.coef_[0, 0], reference.intercept_[0]), abs=1e-3)


def test_threshold_reaches_the_sensitivity(scored: tuple[np.ndarray, np.ndarray]) -> None:
    label, logit = scored
    t = threshold_for_sensitivity(label, logit, 0.9)
    assert (logit[label == 1] >= t).mean() >= 0.9
    assert (logit[label == 1] > t).mean() < 0.9


def test_a_curve_by_hand() -> None:
    label, probability = np.array([0, 0, 1, 0, 1, 1]), np.array([0.1, 0.2, 0.2, 0.3, 0.4, 0.9])
    rows = operating_curve(label, probability, 0.25)
    assert [row for row in rows if row[0] in (0.1, 0.25, 0.3, 0.9)] == [
        [0.1, 1, 0], [0.25, 0.6666, 0.6666], [0.3, 0.6666, 0.6666], [0.9, 0.3333, 1]]


def test_a_curve_ascends_and_is_short(scored: tuple[np.ndarray, np.ndarray]) -> None:
    label, logit = scored
    for probability in (1 / (1 + np.exp(-logit)), (logit > 0).astype(float)):  # the second: nothing between 0 and 1
        rows = np.array(operating_curve(label, probability, 0.123456789))
        assert 1 <= len(rows) <= 101 and 0.123456789 in rows[:, 0]
        assert (np.diff(rows[:, 0]) > 0).all() and (np.diff(rows[:, 1]) <= 0).all() and (np.diff(rows[:, 2]) >= 0).all()
        for line, sensitivity, specificity in rows:
            assert sensitivity <= (probability[label == 1] >= line).mean() + 1e-9
            assert specificity <= (probability[label == 0] < line).mean() + 1e-9
