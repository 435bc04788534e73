"""The search of the command palette among 10,000 accounts, 60,000 contacts and 100,000 users, half of them Chinese.

Against a bare view that asks one indexed question, which accounts' names begin with what was typed, and renders the
twenty names it finds in a plain template. Both are asked through the whole of Django (middleware, session, login) in this
process, in turns, for the same texts.
"""

import random
import shutil
import statistics
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from benchmarks.customers_list import client_of, measure_all, p95, set_up_empty
from benchmarks.ratio import Ratio

ACCOUNTS, CONTACTS, USERS = 10_000, 60_000, 100_000
BOOK = 60  # accounts of a member who sees their own
TYPED = (  # as people type: the beginning of a name, one more letter each, words, pinyin, initials, ids
    "a",
    "am",
    "ame",
    "ember",
    "ember l",
    "lab",
    "ogist",
    "zoe mil",
    "王",
    "王小",
    "华远",
    "wang",
    "wangx",
    "hyjs",
    "huayuan",
    "acct-00042",
    "user-77",
    "nobody has this name",
)
BARE = '{% for account in found %}<a href="/customers/{{ account.pk }}/">{{ account.name }}</a>{% endfor %}'
ASKED = """SELECT a.id, a.name FROM accounts_accountkey k JOIN accounts_account a ON a.id = k.row_id
WHERE k.place = 1 AND k.key >= %s AND k.key < %s {seen} ORDER BY k.key LIMIT 20"""
FIRST = ("Abel", "Birch", "Cable", "Delta", "Ember", "Fabric", "Global", "Harbor", "Indigo", "Jasper")
SECOND = ("Foods", "Health", "Labs", "Logistics", "Media", "Partners", "Robotics", "Systems", "Travel", "Works")
PLACES = ("北京", "上海", "深圳", "杭州", "重庆", "成都", "广州", "南京", "苏州", "厦门")
STEMS = ("华远", "长安", "明德", "天行", "乐知", "万象", "云帆", "九州", "东方", "和信")
TRADES = ("技术", "银行", "汽车", "医疗", "教育", "物流", "传媒", "能源", "食品", "软件")
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗单曾"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英小华志国建文重行"
NAMES = ("Zoe", "Adam", "Mia", "Liam", "Noah", "Emma", "Ava", "Ethan", "Lucas", "Olivia", "Amelia", "Henry")
FAMILIES = ("Miller", "Smith", "Johnson", "Brown", "Davis", "Wilson", "Moore", "Taylor", "Ames", "Becker", "O'Neil")


def run(quick: bool = False) -> list[Ratio]:
    folder = Path(tempfile.mkdtemp(prefix="tenure-search-"))
    try:
        set_up_empty(folder)
        whole, book = write(random.Random(5))
        add_bare_view()
        rounds = 4 if quick else 25
        return [*_measured("who sees all", whole, rounds), *_measured(f"a book of {BOOK}", book, rounds)]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measured(whose: str, member, rounds: int) -> list[Ratio]:
    get = client_of(member)
    groups = [[f"{path}?q={quote(text)}" for text in TYPED] for path in ("/search/", "/bare/")]
    found, bare = measure_all(get, groups, rounds)
    name = f"search, {whose}, against a bare indexed query"
    return [
        Ratio(f"{name}, median", statistics.median(found), statistics.median(bare), "ms", at_most=1.5),
        Ratio(f"{name}, p95", p95(found), p95(bare), "ms", at_most=1.5),
    ]


def write(chance: random.Random):
    """The rows and their keys; returns a member who sees all of them and one who has a book."""
    from django.contrib.auth import get_user_model

    from tenure.accounts.assignments.verbs import assign
    from tenure.accounts.models import Account, AssignmentRole, Contact, Identity, User, UserLink
    from tenure.accounts.search.keeping import FOUND, write_waiting
    from tenure.lib.bulk import insert_rows

    now = datetime(2026, 6, 30, tzinfo=UTC)
    accounts = insert_rows(
        Account,
        ("external_id", "name"),
        ((f"acct-{number:05}", _company(chance, number)) for number in range(1, ACCOUNTS + 1)),
    )
    people = (_person(chance, number) for number in range(CONTACTS))
    rows = ((chance.choice(accounts), name, email, now, now) for name, email in people)
    insert_rows(Contact, ("account", "name", "email", "created_at", "changed_at"), rows)
    users = insert_rows(User, ("name", "email"), (_person(chance, number) for number in range(USERS)))
    known = ((f"user-{number}", user, user) for number, user in enumerate(users))
    ids = insert_rows(Identity, ("external_id", "home", "user"), known)
    links = ((each, user, chance.choice(accounts), now) for each, user in zip(ids, users, strict=True))
    insert_rows(UserLink, ("identity", "user", "account", "since"), links)
    for model in FOUND:
        after = 0
        while done := write_waiting(model, after):
            after = done[0]
    members = get_user_model().objects
    whole = members.create_user("owner@example.com", "correct horse battery", role="owner")
    book = members.create_user("csm@example.com", "correct horse battery", role="csm")
    assign(chance.sample(accounts, BOOK), AssignmentRole.objects.get(key="csm"), book, None)
    return whole, book


def _company(chance: random.Random, number: int) -> str:
    if number % 2:
        return f"{chance.choice(FIRST)} {chance.choice(SECOND)} {number}"
    return f"{chance.choice(PLACES)}{chance.choice(STEMS)}{chance.choice(TRADES)}有限公司"


def _person(chance: random.Random, number: int) -> tuple[str, str]:
    if number % 2:
        first, family = chance.choice(NAMES), chance.choice(FAMILIES)
        return f"{first} {family}", f"{first}.{family}{number}@example.com".lower()
    given = "".join(chance.choice(GIVEN) for _ in range(chance.choice((1, 2, 2))))
    return f"{chance.choice(SURNAMES)}{given}", ""


def add_bare_view() -> None:
    """Adds /bare/: up to twenty accounts the member may see, found by a key that begins with what was typed."""
    from django.http import HttpResponse
    from django.template import Context, Template
    from django.urls import clear_url_caches, path

    from tenure.accounts.access import visible_account_ids
    from tenure.accounts.models import Account
    from tenure.people.permissions import Permission
    from tenure.ui.page import PageRequest, page
    from tenure.web import urls

    template = Template(BARE)

    @page(Permission.SEE_ACCOUNTS)
    def bare(request: PageRequest) -> HttpResponse:
        first, visible = request.GET["q"].encode(), visible_account_ids(request.member)
        seen = "" if visible is None else f"AND a.id IN ({','.join(map(str, visible))})"
        found = Account.objects.raw(ASKED.format(seen=seen), [first, first[:-1] + bytes([first[-1] + 1])])
        return HttpResponse(template.render(Context({"found": found})))

    urls.urlpatterns.append(path("bare/", bare))
    clear_url_caches()
