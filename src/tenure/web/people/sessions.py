"""Your sessions: where you are signed in, and ending that elsewhere."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tenure.lib import clock
from tenure.people import sessions
from tenure.ui.page import PageRequest, page
from tenure.web.middleware.sessions import current_session
from tenure.web.people.browsers import browser_name


@require_GET
@page()
def index(request: PageRequest) -> HttpResponse:
    """One's own open sessions, this one first."""
    here = current_session(request)
    found = [
        (session, browser_name(session.browser), here is not None and session.pk == here.pk)
        for session in sessions.open_sessions(request.member, clock.now())
    ]
    found.sort(key=lambda each: not each[2])
    context = {
        "sessions": found,
        "idle_hours": sessions.idle().total_seconds() / 3600,
        "hours": sessions.in_all().total_seconds() / 3600,
    }
    return render(request, "web/people/sessions.html", context)


@require_POST
@page()
def end(request: PageRequest, session_id: int) -> HttpResponse:
    """Ends one of one's own sessions."""
    session = get_object_or_404(sessions.open_sessions(request.member, clock.now()), pk=session_id)
    sessions.end(session, actor=request.member)
    messages.success(request, _("Signed out there."))
    return redirect("sessions")


@require_POST
@page()
def end_others(request: PageRequest) -> HttpResponse:
    """Ends all of one's own sessions but this one."""
    here = current_session(request)
    if here is not None:
        count = sessions.end_others(request.member, keep=here)
        said = ngettext("Signed out in %(count)d other place.", "Signed out in %(count)d other places.", count)
        messages.success(request, said % {"count": count})
    return redirect("sessions")
