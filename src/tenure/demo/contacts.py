"""The people of the demo's customers one talks to, and which customers belong together. Seeded, so always the same."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from django.db import transaction

from tenure.accounts.contacts.details import Details
from tenure.accounts.contacts.keeping import keep_contacts
from tenure.accounts.contacts.verbs import mark_left
from tenure.accounts.hierarchy import set_parent
from tenure.accounts.models import Account, Contact, DecisionRole, Identity
from tenure.demo.company import Customer, Person
from tenure.lib import clock
from tenure.people.models import Member

SOURCE = "CRM"
#: The champion of the story of that name left when most of their people stopped coming.
CHAMPION_GONE_DAYS = 75
_GONE_SHARE = 0.08
_GROUPS = 8

_FIRST = ("Alice", "Brian", "Carla", "Dennis", "Elena", "Frank", "Gina", "Henry", "Ines", "Jonas", "Karen", "Liam")
_LAST = ("Adams", "Bauer", "Carter", "Dubois", "Ellis", "Foster", "Graham", "Hughes", "Keller", "Lambert", "Moore")
_ZH_FIRST = "陈林黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩"
_ZH_LAST = ("建平", "丽华", "志强", "雪梅", "文博", "思远", "海燕", "国庆", "婷婷", "子轩", "佳怡", "俊杰")
_TITLES = {  # role -> (English, Chinese)
    DecisionRole.DECISION_MAKER: (
        ("CFO", "Managing director", "Head of operations"),
        ("总经理", "财务总监", "运营副总裁"),
    ),
    DecisionRole.CHAMPION: (
        ("Head of analytics", "Product lead", "Data manager"),
        ("数据负责人", "产品经理", "业务中台负责人"),
    ),
    DecisionRole.USER: (("Analyst", "Marketing manager", "Data engineer"), ("数据分析师", "市场经理", "数据工程师")),
    DecisionRole.BLOCKER: (("IT manager", "Head of procurement"), ("信息部经理", "采购负责人")),
}
_ORDER = (
    DecisionRole.CHAMPION,
    DecisionRole.DECISION_MAKER,
    DecisionRole.USER,
    DecisionRole.BLOCKER,
    DecisionRole.USER,
    DecisionRole.DECISION_MAKER | DecisionRole.USER,
)


def meet_contacts(people: Sequence[Customer], last_day: date, actor: Member) -> None:
    """Two to six contacts for each customer, those who left, and groups of customers that share a name."""
    users = dict(Identity.objects.values_list("external_id", "user_id"))
    accounts = dict(Account.objects.values_list("external_id", "pk"))
    try:
        with transaction.atomic():
            for customer in people:
                if customer.id in accounts:
                    _meet(customer, accounts[customer.id], users, last_day)
            for contact, day in _gone(people, accounts, last_day):
                _at(day + timedelta(days=2))
                mark_left(contact, day, actor)
            _at(last_day - timedelta(days=200))
            _group(people, actor)
    finally:
        clock.set_clock(None)


def champion(customer: Customer) -> Person:
    """Who speaks for the product there: of those who come in good times, the one who comes most."""
    usual = [person for person in customer.people if 0.22 < person.rank <= 0.66] or list(customer.people)
    return max(usual, key=lambda person: (person.eager, person.id))


def _meet(customer: Customer, account_id: int, users: dict[str, int], last_day: date) -> None:
    start = _at(min(customer.starts + timedelta(days=6), last_day))
    rng = Random(f"contacts/{customer.id}")  # noqa: S311
    roles = _ORDER[: rng.randint(2, len(_ORDER))]
    rows = [(account_id, _contact(customer, n, role, users, rng)) for n, role in enumerate(roles, 1)]
    keep_contacts(rows, None, SOURCE, by=SOURCE, since=start)


def _contact(customer: Customer, number: int, role: int, users: dict[str, int], rng: Random) -> Details:
    chinese = customer.country == "CN"
    person = champion(customer) if role & DecisionRole.CHAMPION else None
    if role == DecisionRole.USER:
        person = customer.people[number % len(customer.people)]
    first, last = (_ZH_FIRST, _ZH_LAST) if chinese else (_FIRST, _LAST)
    name = ("" if chinese else " ").join((rng.choice(first), rng.choice(last)))
    key = person.id if person else f"{customer.id.lower()}-c{number}"
    line = f"{rng.randrange(10_000):04}"
    titles = _TITLES[next(each for each in _TITLES if role & each)][chinese]
    return Details(
        name=person.name if person else name,
        phones=(f"+86 138 0000 {line}",) if chinese else (f"+44 20 7946 0{line[1:]}",),
        wechat=f"wx_{key.replace('-', '_')}" if chinese else "",
        email=person.email if person else f"{key}@{customer.id.lower()}.example",
        title=rng.choice(titles),
        roles=int(role),
        joined_on=customer.starts - timedelta(days=rng.randint(90, 1500)),
        user_id=users.get(person.id) if person else None,
        external_id=f"{customer.id}-{number}",
    )


def _gone(people: Sequence[Customer], accounts: dict[str, int], last_day: date) -> Iterator[tuple[Contact, date]]:
    """Who left and when: the champions of the story, and here and there somebody else."""
    contacts: dict[int, list[Contact]] = {}
    for contact in Contact.objects.filter(source=SOURCE, left_on=None).order_by("pk"):
        contacts.setdefault(contact.account_id, []).append(contact)
    for customer in people:
        known = contacts.get(accounts.get(customer.id, 0), [])
        rng = Random(f"gone/{customer.id}")  # noqa: S311
        for contact in known:
            is_champion = bool(contact.roles & DecisionRole.CHAMPION)
            if is_champion and customer.story.key == "champion_left":
                yield contact, last_day - timedelta(days=CHAMPION_GONE_DAYS)
            elif not is_champion and len(known) > 3 and rng.random() < _GONE_SHARE:
                yield contact, last_day - timedelta(days=rng.randint(20, max(21, (last_day - customer.starts).days)))


def _group(people: Sequence[Customer], actor: Member) -> None:
    """The largest of customers that share a name is the group, the next two its companies, the fourth a line."""
    shared: dict[str, list[Customer]] = {}
    for customer in people:
        if customer.ends is None:
            word = customer.name[2:4] if customer.country == "CN" else customer.name.split()[0]
            shared.setdefault(word, []).append(customer)
    families = [
        sorted(each, key=lambda one: (-one.seats, one.id)) for _, each in sorted(shared.items()) if len(each) > 2
    ]
    accounts = Account.objects.in_bulk([one.id for each in families for one in each], field_name="external_id")
    for family in families[:_GROUPS]:
        top, *rest = [accounts[one.id] for one in family[:4] if one.id in accounts]
        for number, account in enumerate(rest):
            set_parent(account, rest[0] if number == 2 else top, actor)


def _at(day: date) -> datetime:
    """Sets the demo's clock to ten o'clock of a day."""
    moment = datetime.combine(day, time(10), UTC)
    clock.set_clock(lambda: moment)
    return moment
