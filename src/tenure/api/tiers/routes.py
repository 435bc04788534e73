"""Tiers and their rule: reading both, trying a rule, making it the rule and switching it off."""

from django.conf import settings
from django.utils.translation import gettext as _
from ninja import Router, Status

from tenure.accounts.as_of import end_of_day
from tenure.accounts.models import Field
from tenure.api.asked import Day
from tenure.api.errors import Refusal, not_found
from tenure.api.guarding import needs
from tenure.api.request import ApiRequest
from tenure.api.tiers.shown import TierPreview, TierRuleSent, TierRuleShown, TierShown, show_preview, show_rule
from tenure.api.within import asked_day
from tenure.lib import clock
from tenure.people.models import Access, Area
from tenure.people.permissions import Permission
from tenure.segments.asking import asking_of
from tenure.segments.catalogue import read_catalogue
from tenure.segments.holding import count_by_value
from tenure.segments.models import TierRule
from tenure.segments.tiers.rule import FIELD, change_rule, check_draft, rule_in_use, stop_rule, tier_field, tiers_of
from tenure.segments.tiers.setting import outcomes, place

router = Router(tags=["Tiers"])
READS = (Area.SEGMENTS, Access.READ, Permission.MANAGE_FIELDS)
WRITES = (Area.SEGMENTS, Access.WRITE, Permission.MANAGE_FIELDS)


@router.get("/tiers", response=list[TierShown], summary="List the tiers")
@needs(Area.SEGMENTS)
def list_tiers(request: ApiRequest) -> list[TierShown]:
    """The tiers, the best first, with how many customers in sight each has now; none where another system sets them."""
    field = tier_field()
    if field is None:
        return []
    counts = count_by_value(FIELD, request.member)
    return [
        TierShown(value=each, name=field.option_name(each) or each, customers=counts[each]) for each in tiers_of(field)
    ]


@router.get("/tier-rule", response=TierRuleShown, summary="Read the rule for tiers")
@needs(*READS, single=True)
def get_tier_rule(request: ApiRequest) -> TierRuleShown:
    """The rule in use; 404 while there is none or it is switched off."""
    return show_rule(_rule())


@router.put("/tier-rule", response=TierRuleShown, summary="Change the rule for tiers")
@needs(*WRITES, single=True)
def change_tier_rule(request: ApiRequest, body: TierRuleSent) -> TierRuleShown:
    """A new version, followed at once and then once a day. Tiers that people or other systems wrote stay."""
    return show_rule(change_rule(body.draft(), read_catalogue(), actor=request.member))


@router.delete("/tier-rule", response={204: None}, summary="Switch the rule for tiers off")
@needs(*WRITES)
def stop_tier_rule(request: ApiRequest) -> Status[None]:
    """Tiers stay as they are."""
    _rule()
    stop_rule(actor=request.member)
    return Status(204, None)


@router.post("/tier-rule/preview", response=TierPreview, summary="Try a rule for tiers")
@needs(*READS)
def preview_tier_rule(request: ApiRequest, body: TierRuleSent, day: Day | None = None) -> TierPreview:
    """What the rule would do on a day, the latest with numbers when left out. Nothing is changed."""
    field, catalogue, on = _field(), read_catalogue(), asked_day(day)
    draft = body.draft()
    check_draft(draft, catalogue, field)
    moment = min(end_of_day(on, settings.CONFIG.zone), clock.now())
    placed = place(draft, field, asking_of(request.member, catalogue), on, moment)
    return show_preview(placed, outcomes(placed, field))


def _rule() -> TierRule:
    rule = rule_in_use()
    if rule is None:
        raise not_found()
    return rule


def _field() -> Field:
    field = tier_field()
    if field is None:
        raise Refusal(422, _("No profile card has the field “tier” as a choice that is written here."))
    return field
