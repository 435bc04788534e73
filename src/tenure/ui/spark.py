"""A sparkline: a tiny line drawn on the server as SVG, so that a list of fifty costs no script."""

from collections.abc import Sequence

from django.utils.safestring import SafeString, mark_safe

WIDTH, HEIGHT, PAD = 84, 22, 3


def spark(values: Sequence[float | None], *, low: float | None = None, high: float | None = None) -> SafeString:
    """Oldest first; None is a gap. Empty when nothing is known. `low` and `high` fix the bottom and the top."""
    known = [value for value in values if value is not None]
    if not known:
        return mark_safe("")
    bottom = min(known) if low is None else min(low, *known)
    top = max(known) if high is None else max(high, *known)
    span = (top - bottom) or 1.0
    flat = top == bottom
    step = (WIDTH - 2 * PAD) / max(1, len(values) - 1)

    def place(index: int, value: float) -> tuple[float, float]:
        up = 0.5 if flat else (value - bottom) / span
        return PAD + index * step, HEIGHT - PAD - up * (HEIGHT - 2 * PAD)

    path, drawing = [], False
    for index, value in enumerate(values):
        if value is None:
            drawing = False
            continue
        x, y = place(index, value)
        path.append(f"{'L' if drawing else 'M'}{x:.1f} {y:.1f}")
        drawing = True
    last = max(index for index, value in enumerate(values) if value is not None)
    x, y = place(last, values[last] or 0.0)
    # Only numbers go into the markup: nothing to escape.
    return mark_safe(  # noqa: S308
        f'<svg class="spark" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">'
        f'<path d="{"".join(path)}"/><circle cx="{x:.1f}" cy="{y:.1f}" r="2"/></svg>'
    )
