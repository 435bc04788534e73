"""Who can be in charge: the members of the vendor's team."""

from ninja import Router, Schema

from tenure.api.guarding import needs
from tenure.api.request import ApiRequest
from tenure.people.models import Area, Member

router = Router(tags=["People in charge"])


class MemberShown(Schema):
    """Somebody of the vendor's team."""

    id: int
    name: str
    email: str


@router.get("/members", response=list[MemberShown], summary="List the members")
@needs(Area.ASSIGNMENTS)
def list_members(request: ApiRequest) -> list[MemberShown]:
    """Those who work here now, by name."""
    found = Member.objects.filter(is_active=True).order_by("name", "email")
    return [MemberShown(id=each.pk, name=str(each), email=each.email) for each in found]
