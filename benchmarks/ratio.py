"""What a benchmark hands back: a measured figure beside its reference, and the bound between them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """`measured` and `reference` are medians in `unit`. Exactly one bound is given:

    at_least    measured >= at_least x reference
    at_most     measured <= at_most x reference + slack
    """

    name: str
    measured: float
    reference: float
    unit: str
    at_least: float | None = None
    at_most: float | None = None
    slack: float = 0.0

    def __post_init__(self) -> None:
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError(f"{self.name}: give at_least or at_most")

    @property
    def ratio(self) -> float:
        """Measured over reference; NaN when the reference is 0."""
        return self.measured / self.reference if self.reference else float("nan")

    @property
    def holds(self) -> bool:
        if self.at_least is not None:
            return self.measured >= self.at_least * self.reference
        assert self.at_most is not None
        return self.measured <= self.at_most * self.reference + self.slack

    @property
    def bound(self) -> str:
        if self.at_least is not None:
            return f">= {self.at_least:g}"
        return f"<= {self.at_most:g}" + (f" + {self.slack:g} {self.unit}" if self.slack else "")
