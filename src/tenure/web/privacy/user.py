"""One user in the drawer: the ids they are known by, what was said about them, where they belonged."""

from django.db.models import Max, Min
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from tenure.accounts.access import accounts_for, users_for
from tenure.accounts.models import UserLink
from tenure.people.permissions import Permission, allows
from tenure.privacy.person import person_of_user
from tenure.ui.page import PageRequest, page


@page(Permission.SEE_ACCOUNTS)
def user_drawer(request: PageRequest, user_id: int) -> HttpResponse:
    person = person_of_user(get_object_or_404(users_for(request.member), pk=user_id))
    accounts = {account.pk: account for account in accounts_for(request.member).filter(links__user__in=person.users)}
    links = UserLink.objects.filter(user__in=person.users, account__in=accounts).values("account")
    spans = links.annotate(first=Min("since"), last=Max("since")).order_by("first")
    shown = {
        "user": person.users[0],
        "identities": person.identities,
        "traits": sorted(person.users[0].traits.items()),
        "accounts": [(accounts[span["account"]], span["first"], span["last"]) for span in spans],
        "may_erase": allows(request.member, Permission.ERASE_PERSONAL_DATA),
    }
    return render(request, "web/privacy/user.html" if request.htmx else "web/privacy/user_page.html", shown)
