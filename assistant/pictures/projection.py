"""Vectors in two dimensions, and the regions that they lie in. The same for the same vectors.

Principal components, then t-SNE (van der Maaten and Hinton, 2008) on the first fifty of them, then
k-means on the map. Chosen by trial: docs/pictures.md.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_SEED = 0
_COMPONENTS, _PERPLEXITY = 50, 30
# Below this t-SNE keeps no more neighbours than the two first principal components do.
_FEW = 60
_MOST_REGIONS, _LEAST_IN_REGION = 9, 6
_NEIGHBOURS = 12


@dataclass(frozen=True)
class Projection:
    """Where vectors lie on a map.

    points: float (n, 2), both coordinates from 0 to 1. method: "t-SNE" or "PCA".
    trustworthiness: share of near points that are near in truth, 0 to 1 (Venna and Kaski, 2001);
    None for fewer than four.
    """

    points: NDArray[np.float64]
    method: str
    trustworthiness: float | None


def project(vectors: NDArray[np.float32]) -> Projection:
    """A map of vectors. vectors: (n, dimension), n of 1 or more."""
    from sklearn.decomposition import PCA
    from sklearn.manifold import TSNE, trustworthiness

    count = len(vectors)
    if count == 1 or np.ptp(vectors, axis=0).max() < 1e-6:
        return Projection(np.full((count, 2), 0.5), "PCA", None)
    with _one_thread(), warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # no variance left for a component
        components = min(_COMPONENTS, *vectors.shape)
        points = PCA(components, svd_solver="full").fit_transform(vectors.astype(np.float64))
        method = "PCA"
        if count > _FEW:
            model = TSNE(2, perplexity=_PERPLEXITY, init="pca", random_state=_SEED)
            points, method = model.fit_transform(points), "t-SNE"
        points = np.hstack([points, np.zeros((count, 2))])[:, :2]
        near = min(_NEIGHBOURS, (count - 1) // 2)
        kept = None
        if near:
            kept = float(trustworthiness(vectors, points, n_neighbors=near, metric="cosine"))
    return Projection(_scaled(points), method, kept)


def regions(points: NDArray[np.float64]) -> NDArray[np.int64]:
    """The region of each point, from 0 on, the largest first; as many as part the map best.

    Best by the mean silhouette (Rousseeuw, 1987) of two to nine regions; one for few points.
    """
    from sklearn.cluster import KMeans
    from sklearn.metrics import silhouette_score

    count = len(points)
    distinct = len(np.unique(np.round(points, 6), axis=0))
    most = min(_MOST_REGIONS, count // _LEAST_IN_REGION, distinct - 1)
    best, found = -1.0, np.zeros(count, np.int64)
    with _one_thread():
        for wanted in range(2, most + 1):
            parted = KMeans(wanted, n_init=5, random_state=_SEED).fit_predict(points)
            score = float(silhouette_score(points, parted))
            if score > best:
                best, found = score, parted.astype(np.int64)
    order = sorted(
        range(int(found.max()) + 1), key=lambda region: (-(found == region).sum(), region)
    )
    return np.array([order.index(int(region)) for region in found], np.int64)


def _one_thread() -> Any:
    """Several threads add numbers in an order of their own, which gives another map each time."""
    from threadpoolctl import threadpool_limits

    return threadpool_limits(limits=1)


def _scaled(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Both axes in one scale, in the middle of the unit square."""
    low, high = points.min(axis=0), points.max(axis=0)
    span = float((high - low).max()) or 1.0
    return np.asarray((points - (low + high) / 2) / span + 0.5, np.float64)
