"""Inviting: the form in the drawer, the link to copy, sending it again and taking it back."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tenure.lib import clock
from tenure.lib.errors import TenureError
from tenure.people import invitations
from tenure.people.access import departments_for, invitations_for
from tenure.people.mail import mail_invitation
from tenure.people.models import Invitation, InvitationState, Member, Role, Scope
from tenure.people.permissions import Permission
from tenure.ui.page import PageRequest, page
from tenure.ui.refusing import refusals_told
from tenure.web.people.choices import departments, roles_for, scopes

_TEXT = {"class": "form-control"}
_SELECT = {"class": "form-select"}


class InvitationForm(forms.Form):
    """Who is invited, as what."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254, widget=forms.EmailInput(_TEXT))
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120, required=False, widget=forms.TextInput(_TEXT))
    role = forms.ChoiceField(label=gettext_lazy("Role"), widget=forms.Select(_SELECT))
    department = forms.ChoiceField(label=gettext_lazy("Department"), required=False, widget=forms.Select(_SELECT))
    scope = forms.ChoiceField(label=gettext_lazy("Sees"), required=False, widget=forms.Select(_SELECT))
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=settings.LANGUAGES, widget=forms.Select(_SELECT)
    )

    def __init__(self, *args: Any, actor: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("role", roles_for(actor)),
            ("department", departments(actor)),
            ("scope", scopes()),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices


@require_http_methods(["GET", "POST"])
@page(Permission.MANAGE_MEMBERS)
def invite(request: PageRequest) -> HttpResponse:
    """The form; and making the invitation it describes."""
    first = {"role": Role.CSM.value, "language": request.LANGUAGE_CODE}
    form = InvitationForm(request.POST or None, actor=request.member, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            invitation = _invite(request, form.cleaned_data)
        except TenureError as error:
            form.add_error(None, str(error))
        else:
            _mail(request, invitation)
            return redirect("people:invitation", invitation.pk)
    template = "web/people/invite_drawer.html" if request.htmx else "web/people/invite.html"
    return render(request, template, {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_GET
@page(Permission.MANAGE_MEMBERS)
def detail(request: PageRequest, invitation_id: int) -> HttpResponse:
    """One open invitation with its link."""
    invitation = get_object_or_404(invitations_for(request.member), pk=invitation_id)
    expired = invitation.state(clock.now()) == InvitationState.EXPIRED
    context = {"invitation": invitation, "link": "" if expired else _link(request, invitation)}
    return render(request, "web/people/invitation.html", context)


@require_POST
@page(Permission.MANAGE_MEMBERS)
def change(request: PageRequest, invitation_id: int, verb: str) -> HttpResponse:
    """Makes a new link, or makes the link worthless."""
    invitation = get_object_or_404(invitations_for(request.member), pk=invitation_id)
    if verb not in ("resend", "revoke"):
        raise Http404
    with refusals_told(request):
        if verb == "revoke":
            invitations.revoke(invitation, actor=request.member)
            messages.success(request, _("Revoked: the link does not work any more."))
            return redirect("people:members")
        invitations.resend(invitation, actor=request.member)
        _mail(request, invitation)
        messages.success(request, _("There is a new link; the old one does not work any more."))
    return redirect("people:invitation", invitation.pk)


def _invite(request: PageRequest, given: dict[str, str]) -> Invitation:
    key = given["department"]
    return invitations.invite(
        given["email"],
        name=given["name"],
        role=Role(given["role"]),
        department=get_object_or_404(departments_for(request.member), pk=key) if key else None,
        scope=Scope(given["scope"]) if given["scope"] else None,
        language=given["language"],
        actor=request.member,
    )


def _mail(request: PageRequest, invitation: Invitation) -> None:
    with refusals_told(request):
        if mail_invitation(invitation, _link(request, invitation)):
            messages.success(request, _("Mailed to %(email)s.") % {"email": invitation.email})


def _link(request: PageRequest, invitation: Invitation) -> str:
    path = reverse("join", args=[invitations.link_key(invitation)])
    base = settings.CONFIG.base_url.rstrip("/")
    return f"{base}{path}" if base else request.build_absolute_uri(path)
