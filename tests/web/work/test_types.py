"""The settings page of the types of follow-ups."""

from django.contrib.messages import get_messages

from tenure.work.models import FollowUpType
from tenure.work.types import types_in_use

PAGE = "/settings/follow-ups/"


def said(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_it_adds_and_renames_in_both_languages_and_counts_their_use(alices, log):
    alices.post(PAGE, {"name": "Workshop", "name_zh": "工作坊"})
    added = FollowUpType.objects.get(name="Workshop")
    assert types_in_use().last() == added
    alices.post(f"{PAGE}{added.pk}/names/", {"name": "Seminar", "name_zh": "研讨会"})
    log(type=added.key)
    page = alices.get(PAGE).content.decode()
    assert 'value="Seminar"' in page and 'value="研讨会"' in page
    assert (added, 1) in [(row[0], row[4]) for row in alices.get(PAGE).context["rows"]]


def test_it_refuses_no_name_and_one_that_is_taken(alices):
    call = FollowUpType.objects.get(key="call")
    assert said(alices.post(PAGE, {"name": " "})) == ["Give the type a name."]
    assert said(alices.post(PAGE, {"name": "cAlL"}))[-1] == "There is a type of this name already."
    assert said(alices.post(f"{PAGE}{call.pk}/names/", {"name": "Visit"}))[-1].startswith("There is a type")
    assert FollowUpType.objects.count() == 6


def test_an_archived_type_stays_with_its_follow_ups_and_comes_back(alices, log, typed):
    call = log().type
    alices.post(f"{PAGE}{call.pk}/archive/")
    assert call not in types_in_use()
    assert [row[0] for row in alices.get(PAGE).context["rows"]][-1] == call
    assert alices.post("/work/follow-ups/new/", typed()).status_code == 422
    assert str(call) in alices.get("/work/follow-ups/").content.decode()
    alices.post(f"{PAGE}{call.pk}/restoration/")
    assert call in types_in_use()


def test_one_type_has_to_stay(alices):
    for each in FollowUpType.objects.all():
        answer = alices.post(f"{PAGE}{each.pk}/archive/")
    assert said(answer)[-1] == "One type has to stay."
    assert types_in_use().count() == 1


def test_only_operators_manage_them(client, alices, bob):
    client.force_login(bob)
    call = FollowUpType.objects.get(key="call").pk
    assert client.get(PAGE).status_code == client.post(f"{PAGE}{call}/archive/").status_code == 404
