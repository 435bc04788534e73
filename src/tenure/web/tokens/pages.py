"""Settings › API tokens: the list with their last use, making one, which is shown once, and revoking."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tenure.lib import clock
from tenure.lib.errors import TenureError
from tenure.people.access import tokens_for
from tenure.people.models import Access, ApiToken, Area, Member, TokenState
from tenure.people.permissions import Permission, allows
from tenure.people.tokens import make_token, revoke_token
from tenure.ui.page import PageRequest, page
from tenure.web.tokens.form import TokenForm

_TONES = {TokenState.ACTIVE: "healthy", TokenState.EXPIRED: "average", TokenState.REVOKED: "unknown"}


@dataclass(frozen=True)
class Shown:
    """A token in the list; `reads` and `writes` are the areas in words."""

    token: ApiToken
    state: TokenState
    tone: str
    reads: str
    writes: str

    @property
    def active(self) -> bool:
        return self.state == TokenState.ACTIVE


@require_GET
@page(Permission.USE_API)
def index(request: PageRequest) -> HttpResponse:
    """One's own tokens, those that hold first; whoever manages members sees everybody's."""
    everybody = allows(request.member, Permission.MANAGE_MEMBERS)
    found = tokens_for(request.member).order_by(F("revoked_at").asc(nulls_first=True), "-created_at", "-pk")
    tokens = [_shown(each) for each in found]
    tokens.sort(key=lambda each: not each.active)
    return render(request, "web/tokens/list.html", {"tokens": tokens, "everybody": everybody})


@never_cache
@require_http_methods(["GET", "POST"])
@page(Permission.USE_API)
def new(request: PageRequest) -> HttpResponse:
    """The form; a POST makes the token and shows it this once."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            token, secret = _make(form, request.member)
        except TenureError as error:
            form.add_error(None, str(error))
        else:
            base = settings.CONFIG.base_url.rstrip("/") or request.build_absolute_uri("/").rstrip("/")
            made = {"token": token, "secret": secret, "url": f"{base}/api/v1/accounts?limit=1"}
            return render(request, "web/tokens/made.html", made)
    areas = [form[area.value] for area in Area]
    return render(request, "web/tokens/new.html", {"form": form, "areas": areas}, status=422 if form.errors else 200)


@require_POST
@page(Permission.USE_API)
def revoke(request: PageRequest, pk: int) -> HttpResponse:
    """Makes a token worthless at once."""
    token = get_object_or_404(tokens_for(request.member), pk=pk)
    revoke_token(token, request.member)
    messages.success(request, _("Revoked: nothing is answered to it any more."))
    return redirect("tokens:list")


def _make(form: TokenForm, member: Member) -> tuple[ApiToken, str]:
    return make_token(member, form.cleaned_data["name"], form.scopes, days=form.days_chosen, actor=member)


def _shown(token: ApiToken) -> Shown:
    state = token.state(clock.now())
    return Shown(token, state, _TONES[state], _areas(token, Access.READ), _areas(token, Access.WRITE))


def _areas(token: ApiToken, access: Access) -> str:
    named = [area for area in Area if token.scopes.get(area) == access]
    return _("everything") if len(named) == len(Area) else _(", ").join(str(area.label) for area in named)
