"""Logistic regression by Newton's steps, for the few weights of the ranking and of the confidence: ten-fold."""

import math
import random
from collections.abc import Callable, Sequence
from operator import mul
from typing import TypeVar

Case = TypeVar("Case")
Vector = Sequence[float]
#: A row, whether it is a positive one, and what it counts.
Row = tuple[Vector, bool, float]

FOLDS = 10
_STEPS = 12
_RIDGE = 1.0
_SEED = 2026


def logistic(rows: Sequence[Row]) -> list[float]:
    """The weights that tell the positive rows from the others, with a ridge; a constant column is the caller's."""
    size = len(rows[0][0])
    weights = [0.0] * size
    for _ in range(_STEPS):
        gradient = [-_RIDGE * weight for weight in weights]
        curvature = [[_RIDGE if a == b else 1e-9 for b in range(size)] for a in range(size)]
        for vector, positive, counts in rows:
            sure = 1 / (1 + math.exp(-max(-30.0, min(30.0, sum(map(mul, weights, vector))))))
            for a, value in enumerate(vector):
                gradient[a] += counts * (positive - sure) * value
                bend = counts * sure * (1 - sure) * value
                for b, other in enumerate(vector):
                    curvature[a][b] += bend * other
        weights = [weight + step for weight, step in zip(weights, _solved(curvature, gradient), strict=True)]
    return weights


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gauss without pivoting: the ridge keeps the diagonal positive."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for at, row in enumerate(rows):
        rows[at] = row = [value / row[at] for value in row]
        for other in range(len(rows)):
            if other != at:
                rows[other] = [x - rows[other][at] * y for x, y in zip(rows[other], row, strict=True)]
    return [row[-1] for row in rows]


def ten_fold(cases: Sequence[Case], rows: Callable[[Case], list[Row]]) -> list[list[float]]:
    """For each case the weights learned without the tenth of the cases it is in."""
    fold = [at % FOLDS for at in range(len(cases))]
    random.Random(_SEED).shuffle(fold)
    learned = [
        logistic([row for at, case in zip(fold, cases, strict=True) if at != number for row in rows(case)])
        for number in range(FOLDS)
    ]
    return [learned[at] for at in fold]
