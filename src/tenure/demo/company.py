"""The fictional vendor's customers: who they are, when they came, who works there. Seeded, so always the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tenure.demo.stories import STORIES, Story

SOURCE_NAME = "Prism web app"
WRITE_KEY = "demo_prism_write_key"
DAYS = 730

_EN_FIRST = [
    "Alder",
    "Anchor",
    "Beacon",
    "Birch",
    "Cedar",
    "Cobalt",
    "Copper",
    "Delta",
    "Ember",
    "Falcon",
    "Fjord",
    "Garnet",
    "Granite",
    "Harbor",
    "Hazel",
    "Indigo",
    "Juniper",
    "Kestrel",
    "Laurel",
    "Linden",
    "Maple",
    "Meridian",
    "Mistral",
    "Nimbus",
    "Northgate",
    "Onyx",
    "Orchard",
    "Osprey",
    "Pioneer",
    "Quartz",
    "Raven",
    "Redwood",
    "Ridge",
    "Sable",
    "Saffron",
    "Sequoia",
    "Sierra",
    "Sterling",
    "Summit",
    "Tamarack",
    "Thistle",
    "Umber",
    "Vale",
    "Vertex",
    "Willow",
    "Zephyr",
]
_EN_LAST = [
    "Foods",
    "Logistics",
    "Health",
    "Bank",
    "Retail",
    "Energy",
    "Media",
    "Travel",
    "Learning",
    "Robotics",
    "Insurance",
    "Motors",
]
_ZH_PLACE = ("上海", "北京", "深圳", "杭州", "广州", "成都", "苏州", "南京", "武汉", "厦门")
_ZH_NAME = (
    "云帆",
    "晨光",
    "远山",
    "星河",
    "青禾",
    "海纳",
    "明德",
    "恒信",
    "锦程",
    "瑞林",
    "博雅",
    "华彩",
    "同舟",
    "天衡",
)
_ZH_KIND = ("科技", "食品", "物流", "医疗", "银行", "零售", "能源", "传媒", "旅游", "教育", "保险", "汽车")
_INDUSTRIES = [
    "food",
    "logistics",
    "healthcare",
    "banking",
    "retail",
    "energy",
    "media",
    "travel",
    "education",
    "robotics",
    "insurance",
    "automotive",
]
_GIVEN = [
    "Ada",
    "Ben",
    "Chloe",
    "David",
    "Emma",
    "Felix",
    "Grace",
    "Hugo",
    "Iris",
    "Jack",
    "Kai",
    "Lena",
    "Max",
    "Nora",
    "Oscar",
    "Paul",
    "Quinn",
    "Rosa",
    "Sam",
    "Tess",
]
_FAMILY = [
    "Adler",
    "Brandt",
    "Chen",
    "Diaz",
    "Evans",
    "Fischer",
    "Gupta",
    "Hansen",
    "Ito",
    "Jansen",
    "Kim",
    "Lopez",
    "Moreau",
    "Novak",
    "Osei",
    "Park",
    "Reed",
]
_ZH_FAMILY = "王李张刘陈杨赵黄周吴徐孙朱马胡林郭何高罗"
_ZH_GIVEN = (
    "伟",
    "芳",
    "娜",
    "敏",
    "静",
    "磊",
    "洋",
    "艳",
    "杰",
    "娟",
    "涛",
    "明",
    "超",
    "秀英",
    "霞",
    "平",
    "建国",
    "晓东",
)
_PLANS = (("starter", 4), ("team", 8), ("business", 16), ("enterprise", 38))


@dataclass(frozen=True)
class Person:
    """A user of a customer; `eager` scales how often they come, `joins` is the day they are first seen."""

    id: str
    name: str
    email: str
    joins: date
    eager: float
    rank: float  # 0..1: who stays when only a share of the people comes


@dataclass(frozen=True)
class Customer:
    """A customer of the demo vendor with its story. `ends` is the last day of use of one that churned."""

    id: str
    name: str
    story: Story
    starts: date
    ends: date | None
    plan: str
    industry: str
    country: str
    seats: int
    people: tuple[Person, ...]


def customers(last_day: date, count: int = 300, seed: int = 7) -> list[Customer]:
    """The demo's customers as of its last day, oldest first."""
    taken: set[str] = set()
    made = [_customer(number, last_day, Random(f"{seed}/{number}"), taken) for number in range(count)]  # noqa: S311
    return sorted(made, key=lambda customer: (customer.starts, customer.id))


def _customer(number: int, last_day: date, rng: Random, taken: set[str]) -> Customer:
    story = rng.choices(STORIES, [each.weight for each in STORIES])[0]
    chinese = rng.random() < 0.5
    kind = rng.randrange(len(_INDUSTRIES))
    name = next(name for name in _names(chinese, kind, rng) if name not in taken)
    taken.add(name)
    plan, size = rng.choices(_PLANS, (30, 38, 24, 8))[0]
    heads = max(3, int(size * rng.uniform(0.6, 1.1)))
    age = rng.randint(*story.life)
    starts = last_day - timedelta(days=min(age, DAYS) - 1)
    ends = last_day - timedelta(days=rng.randint(*story.ends_before)) if story.ends_before else None
    people = tuple(_person(f"C{number + 1:04d}", index, starts, last_day, chinese, rng) for index in range(heads))
    room = 1.02 if story.key == "seats_full" else rng.uniform(1.1, 1.6)
    return Customer(
        id=f"C{number + 1:04d}",
        name=name,
        story=story,
        starts=starts,
        ends=ends,
        plan=plan,
        industry=_INDUSTRIES[kind],
        country="CN" if chinese else rng.choice(("US", "DE", "GB", "FR", "SG", "AU")),
        seats=max(3, int(heads * room)),
        people=people,
    )


def _names(chinese: bool, kind: int, rng: Random) -> Iterator[str]:
    while True:
        if chinese:
            yield f"{rng.choice(_ZH_PLACE)}{rng.choice(_ZH_NAME)}{_ZH_KIND[kind]}有限公司"
        else:
            yield f"{rng.choice(_EN_FIRST)} {_EN_LAST[kind]}"


def _person(account: str, index: int, starts: date, last_day: date, chinese: bool, rng: Random) -> Person:
    first, last = (_ZH_FAMILY, _ZH_GIVEN) if chinese else (_GIVEN, _FAMILY)
    name = ("" if chinese else " ").join((rng.choice(first), rng.choice(last)))
    key = f"{account}-u{index + 1:03d}".lower()
    wait = 0 if index < 3 else min(int(rng.expovariate(1 / 60)), max(0, (last_day - starts).days - 1))
    return Person(
        id=key,
        name=name,
        email=f"{key}@{account.lower()}.example",
        joins=starts + timedelta(days=wait),
        eager=min(2.5, 0.25 + rng.expovariate(1.2)),
        rank=index / 200 + rng.random() * 0.9,
    )
