"""Gathers missed utterances by what they ask, so that a hundred lines are ten things to decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.learning.missed import Missed
from bot.nlu.meaning import Floats, Meaning
from bot.nlu.words import normal

ALIKE = 0.72
"""The cosine from which two utterances ask the same; below it the table's neighbours are chance."""
_SURE = 0.4
"""Below Lex's own threshold no intent is near: perhaps a new one is asked for."""

Hear = Callable[[str], tuple[str, float] | None]
"""The bot's best intent for a text, as it is now, with its score; None when nothing comes near."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Utterances that ask the same. `voice` is the one in their midst, `intent` what to add it to.

    `intent` is None when nothing that the bot knows is near.
    """

    voice: str
    texts: tuple[str, ...]
    count: int
    intent: str | None
    score: float | None


def gather(missed: Sequence[Missed], meaning: Meaning, hear: Hear) -> list[Cluster]:
    """Clusters, the largest first. A wording that was said often counts as often."""
    counts = Counter(normal(one.text) for one in missed if one.text.strip())
    shown = {normal(one.text): one.text for one in missed}
    texts = sorted(counts, key=lambda text: (-counts[text], text))
    if not texts:
        return []
    vectors = meaning.vectors([text.split() for text in texts])
    groups = _grouped(vectors)
    clusters = [_cluster(group, texts, vectors, counts, shown, hear) for group in groups]
    return sorted(clusters, key=lambda cluster: (-cluster.count, cluster.voice))


def _grouped(vectors: Floats) -> list[list[int]]:
    """Each utterance joins the group whose mean it resembles most, else begins one of its own."""
    groups: list[list[int]] = []
    means: list[Floats] = []
    for at, vector in enumerate(vectors):
        cosines = [float(vector @ mean) / (float(np.linalg.norm(mean)) or 1.0) for mean in means]
        best = max(range(len(groups)), key=cosines.__getitem__, default=None)
        if best is not None and cosines[best] >= ALIKE:
            groups[best].append(at)
            means[best] = means[best] + vector
        else:
            groups.append([at])
            means.append(vector.copy())
    return groups


def _cluster(
    group: list[int],
    texts: Sequence[str],
    vectors: Floats,
    counts: Counter[str],
    shown: dict[str, str],
    hear: Hear,
) -> Cluster:
    mean = vectors[group].sum(axis=0)
    voice = max(group, key=lambda at: (float(vectors[at] @ mean), -len(texts[at])))
    heard = hear(shown[texts[voice]])
    intent, score = heard or (None, None)
    near = score is not None and score >= _SURE
    return Cluster(
        shown[texts[voice]],
        tuple(shown[texts[at]] for at in group),
        sum(counts[texts[at]] for at in group),
        intent if near else None,
        score,
    )
