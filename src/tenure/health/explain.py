"""Why an account has the health it has, on a day, and what changed since an earlier day."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from tenure.core.health import Definition, Score, score_account
from tenure.core.health_change import ScoreChange, explain_change
from tenure.core.health_document import from_document
from tenure.health.metrics import metrics_in_use
from tenure.health.models import HealthDefinition
from tenure.warehouse.schema import HEALTH_COLUMNS, metric_column
from tenure.warehouse.store import Store


@dataclass(frozen=True)
class Explanation:
    """A row of account_day told: every metric's value by key, and the score with its parts by the row's own definition.

    `score` and `definition` are None for a row no definition has scored yet.
    """

    day: date
    values: Mapping[str, float | None]
    score: Score | None
    definition: HealthDefinition | None


def explain(day: date, store: Store, account_ids: Collection[int] | None = None) -> dict[int, Explanation]:
    """Explanations by account id: of these accounts, or of every one that has a row that day (None)."""
    metrics = metrics_in_use()
    columns = [*HEALTH_COLUMNS, *(metric_column(metric.pk) for metric in metrics.values())]
    if account_ids is None:
        rows = [(account, values) for account, *values in store.day_values(day, columns)]
    else:
        rows = [(account, values) for account, _, *values in store.account_series(account_ids, columns, day, day)]
    definitions = HealthDefinition.objects.in_bulk({values[2] for _, values in rows if values[2] is not None})
    rules = {pk: from_document(row.document) for pk, row in definitions.items()}
    explanations: dict[int, Explanation] = {}
    for account, (stored, _, version, *numbers) in rows:
        values = dict(zip(metrics, numbers, strict=True))
        score = rescore(values, rules[version], stored) if version in rules else None
        explanations[account] = Explanation(day, values, score, definitions.get(version))
    return explanations


def rescore(values: Mapping[str, float | None], rules: Definition, stored: float | None) -> Score:
    """The score of a stored row with its parts; `stored` is the score that the row has.

    A row without a score although its metrics make one was too young when its day was closed.
    """
    return score_account(values, rules, young=stored is None)


def explain_since(account_id: int, before: date, day: date, store: Store) -> ScoreChange | None:
    """What changed between two days, part by part; None when either has no score row."""
    earlier = explain(before, store, [account_id]).get(account_id)
    later = explain(day, store, [account_id]).get(account_id)
    return changed(earlier, later) if earlier and later else None


def changed(earlier: Explanation, later: Explanation) -> ScoreChange | None:
    """What changed from one day's explanation to a later one's; None when no definition has scored either."""
    if not (earlier.score and later.score and earlier.definition and later.definition):
        return None
    rescored = None
    if earlier.definition != later.definition:
        rescored = rescore(earlier.values, from_document(later.definition.document), earlier.score.score)
    return explain_change(earlier.score, later.score, rescored)
