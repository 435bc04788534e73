"""What the tables of this room and of the activities mean for accounts that files brought."""

from django.db.models import Q

from tenure.accounts.fields.editing import BY_HAND
from tenure.accounts.leaving.traces import Why, declare, everything
from tenure.accounts.merging.verbs import SOURCE as BY_MERGE
from tenure.accounts.models import (
    Account,
    AccountKey,
    AccountMention,
    AccountMerge,
    Assignment,
    Contact,
    Fact,
    FileStatement,
    UserLink,
)
from tenure.activity.models import AccountActivity
from tenure.activity.verbs import VERBS


def declare_own() -> None:
    """Facts of systems and files need not keep it: who named it to say them does."""
    declare(Account, Why.MEMBERS, field="parent")
    declare(Account, Why.MEMBERS, field="merged_into")
    declare(AccountMerge, Why.MEMBERS, field="merged")
    declare(AccountMerge, Why.MEMBERS, field="survivor")
    declare(AccountActivity, Why.MEMBERS, aside=_by_themselves)
    declare(Assignment, Why.MEMBERS, aside=_by_rule_or_withdrawn)
    declare(Contact, Why.RECORDS, aside=lambda: Q(removed_at__isnull=False))
    declare(Fact, Why.MEMBERS, aside=lambda: ~Q(source__in=(BY_HAND, BY_MERGE)))
    declare(AccountKey, Why.MEMBERS, field="row", aside=everything)
    declare(UserLink, Why.EVENTS, aside=lambda: Q(from_file=True), goes=False)
    declare(FileStatement, Why.FILES, aside=everything, goes=False)
    declare(AccountMention, Why.FILES)


def _by_themselves() -> Q:
    return Q(activity__verb__in=[verb.name for verb in VERBS.values() if not verb.keeps])


def _by_rule_or_withdrawn() -> Q:
    """What people decided is an activity as well; it keeps the account also when it was taken back."""
    return Q(withdrawn__isnull=False) | Q(began__by=None, began__reason="")
