"""What changed between two health scores, part by part."""

from dataclasses import dataclass

from tenure.core.health import Score, ScoredPart


@dataclass(frozen=True, slots=True)
class PartChange:
    """`points` = by_value + by_weight: how far the part moved the score.

    by_value: its own score changed. by_weight: its share changed because other parts (or itself) gained or lost
    their value. Each is None-free: a part that is missing on one side moved the score by its weight only.
    """

    metric: str
    before: ScoredPart | None
    after: ScoredPart | None
    by_value: float
    by_weight: float

    @property
    def points(self) -> float:
        return self.by_value + self.by_weight


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """`points` None when either side has no score. Else `parts` (largest move first) and `by_definition` add up to it.

    `by_definition`: what another version of the definition made of the same values.
    """

    points: float | None
    parts: tuple[PartChange, ...]
    by_definition: float = 0.0


def explain_change(before: Score, after: Score, rescored: Score | None = None) -> ScoreChange:
    """Splits after - before into parts.

    `rescored`: the earlier values under the later definition, given when the two were scored by different ones; the
    jump from `before` to it is the definition's, the rest is the account's.
    """
    base = rescored or before
    earlier = {part.metric: part for part in base.parts}
    later = {part.metric: part for part in after.parts}
    parts = [_change(metric, earlier.get(metric), later.get(metric)) for metric in earlier | later]
    parts.sort(key=lambda part: -abs(part.points))
    if before.score is None or after.score is None or base.score is None:
        return ScoreChange(None, tuple(parts))
    return ScoreChange(after.score - before.score, tuple(parts), base.score - before.score)


def _change(metric: str, before: ScoredPart | None, after: ScoredPart | None) -> PartChange:
    moved = (after.contribution if after else 0.0) - (before.contribution if before else 0.0)
    by_value = 0.0
    if before and after and before.score is not None and after.score is not None:
        by_value = (after.score - before.score) * (before.weight + after.weight) / 2
    return PartChange(metric, before, after, by_value, moved - by_value)
