"""tag list, add, archive, restore, put-on, take-off, history: tags, and who has them."""

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from typing import Any

from tenure.accounts.access import accounts_for
from tenure.accounts.models import Account
from tenure.cli.acting import acting_as, acts_as, seen_by, sees_as
from tenure.cli.command import Command, Context, table, text_or_file
from tenure.cli.commands.reading import NoSuch
from tenure.cli.commands.segment import condition_of
from tenure.people.models import Member
from tenure.people.permissions import Permission
from tenure.segments.catalogue import read_catalogue
from tenure.segments.holding import count_by_value
from tenure.segments.tags.history import Turn, ever_tagged, history
from tenure.segments.tags.managing import Draft, add_tag, archive_tag, restore_tag
from tenure.segments.tags.putting import put_on, take_off
from tenure.segments.tags.tag import FIELD, TONES, Tag, tag_called, tags_field, tags_of


def _list_options(parser: ArgumentParser) -> None:
    parser.add_argument("--archived", action="store_true", help="archived ones instead of those in use")
    sees_as(parser)


def _list(options: Mapping[str, Any], context: Context) -> list[dict[str, Any]]:
    counts = count_by_value(FIELD, seen_by(options["email"]))
    tags = [tag for tag in tags_of(tags_field()).values() if tag.archived == options["archived"]]
    return [_told(tag, counts[tag.value]) for tag in tags]


def _told(tag: Tag, customers: int) -> dict[str, Any]:
    return {
        "tag": tag.value,
        "name": tag.name,
        "chinese": tag.chinese or None,
        "customers": customers,
        "condition": dict(tag.rule.condition) if tag.rule else None,
    }


def _show_list(found: list[dict[str, Any]]) -> str:
    shown = ("tag", "name", "chinese", "customers")
    return table(
        [
            {key: each[key] for key in shown} | {"put on by": "its rule" if each["condition"] else "people"}
            for each in found
        ]
    )


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument("name")
    parser.add_argument("--chinese", default="", help="its name in Chinese")
    parser.add_argument("--tone", choices=TONES, default="", help="one of six colours")
    parser.add_argument("--condition", type=text_or_file, help="whom a rule puts it on, as JSON, or @FILE")
    acts_as(parser)


def _add(options: Mapping[str, Any], context: Context) -> dict[str, Any]:
    member = acting_as(options["email"], Permission.SHARE_SEGMENTS)
    node = condition_of(options["condition"], read_catalogue()) if options["condition"] else None
    tag = add_tag(Draft(options["name"], options["chinese"], options["tone"], node), actor=member)
    return {"tag": tag.value}


def _tag_options(parser: ArgumentParser) -> None:
    parser.add_argument("tag", help="its value or its name")
    acts_as(parser)


def _archiving(verb: Callable[..., None]) -> Callable[[Mapping[str, Any], Context], Any]:
    def run(options: Mapping[str, Any], context: Context) -> dict[str, Any]:
        member, tag = acting_as(options["email"], Permission.SHARE_SEGMENTS), _tag(options["tag"])
        verb(tag.value, actor=member)
        return {"tag": tag.value}

    return run


def _putting_options(parser: ArgumentParser) -> None:
    _tag_options(parser)
    parser.add_argument("account", nargs="+", help="accounts, by their external ids")


def _putting(verb: Callable[..., Any]) -> Callable[[Mapping[str, Any], Context], Any]:
    def run(options: Mapping[str, Any], context: Context) -> dict[str, Any]:
        member, tag = acting_as(options["email"], Permission.EDIT_FIELDS), _tag(options["tag"])
        activity = verb(_accounts(options["account"], member), [tag.value], actor=member)
        return {"tag": tag.value, "changed": activity.accounts.count() if activity else 0}

    return run


def _history_options(parser: ArgumentParser) -> None:
    parser.add_argument("tag", help="its value or its name")
    sees_as(parser)


def _history(options: Mapping[str, Any], context: Context) -> list[dict[str, Any]]:
    tag = _tag(options["tag"]).value
    ids = dict(ever_tagged(tag, seen_by(options["email"])).values_list("pk", "external_id"))
    found = history(tag, ids)
    members = dict(Member.objects.values_list("pk", "email"))
    return [_turn(ids[account], turn, members) for account, turns in found.items() for turn in turns]


def _turn(account: str, turn: Turn, members: Mapping[int, str]) -> dict[str, Any]:
    def writer(who: tuple[str, int | None] | None) -> str | None:
        return (members.get(who[1]) if who[1] else who[0]) if who else None

    return {
        "account": account,
        "began": turn.began.isoformat(timespec="seconds"),
        "put on by": writer(turn.put_on),
        "ended": turn.ended.isoformat(timespec="seconds") if turn.ended else None,
        "taken off by": writer(turn.taken_off),
    }


def _tag(text: str) -> Tag:
    tags = tags_of(tags_field())
    tag = tags.get(text) or tag_called(text, tags)
    if tag is None:
        raise NoSuch(f"There is no tag {text!r}. `tenure tag list` shows those there are.")
    return tag


def _accounts(external_ids: list[str], member: Member) -> list[Account]:
    found = list(accounts_for(member).filter(external_id__in=external_ids))
    if missing := sorted(set(external_ids) - {each.external_id for each in found}):
        raise NoSuch(f"{member} sees no account {missing[0]!r}. Nothing was changed.")
    return found


def _show_changed(done: Mapping[str, Any]) -> str:
    return f"{done['tag']}: {done['changed']:,} customers changed"


COMMANDS = (
    Command(
        "tag list", "Tags: what each is called, on how many customers.", _list_options, _list, _show_list, reads=True
    ),
    Command("tag add", "Make a tag, put on by people or by a rule.", _add_options, _add, lambda made: str(made["tag"])),
    Command("tag archive", "Take a tag out of use.", _tag_options, _archiving(archive_tag), lambda done: ""),
    Command("tag restore", "Bring an archived tag back.", _tag_options, _archiving(restore_tag), lambda done: ""),
    Command("tag put-on", "Put a tag on customers.", _putting_options, _putting(put_on), _show_changed),
    Command("tag take-off", "Take a tag off customers.", _putting_options, _putting(take_off), _show_changed),
    Command("tag history", "Who had a tag from when until when.", _history_options, _history, table, reads=True),
)
