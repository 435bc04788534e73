import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenure.core.search.keys import LONGEST, Place, keys
from tenure.core.search.matching import asked, match
from tenure.core.search.words import fold


def place(name: str, typed: str, *, inside: bool = False) -> Place | None:
    found = match(name, asked(typed), inside=inside)
    return found and found.place


@pytest.mark.parametrize("typed", ["华", "华为", "huawei", "hua", "hw", "HW", "h"])
def test_it_finds_a_chinese_name_by_signs_pinyin_and_initials(typed):
    assert place("华为", typed) == Place.START


def test_it_finds_a_name_however_its_first_signs_are_read():
    for typed in ("chongqing", "cq", "重庆长安", "chongqingchangan", "cqca"):
        assert place("重庆长安汽车", typed) == Place.START
    for typed in ("zhongqing", "zq", "zhongqingchang"):
        assert place("重庆长安汽车", typed) == Place.WORD


def test_it_reads_signs_as_their_phrase_has_them():
    assert place("北京银行", "beijingyinhang") == Place.START
    assert place("北京银行", "yinhang") == Place.WORD
    assert place("吕布", "lvbu") == Place.START


def test_it_finds_words_by_their_beginnings_in_any_order():
    assert place("Acme Inc", "acme inc") == Place.START
    assert place("Acme Inc", "acm in") == Place.WORD
    assert place("Acme Inc", "inc ac") == Place.WORD
    assert place("Acme Inc", "acm xy") is None
    assert place("深圳市华为技术有限公司", "huawei jishu") == Place.WORD
    assert place("王小明", "Wang Xiaoming") == Place.WORD
    assert place("华为 Cloud", "hwcl") == Place.START


def test_it_looks_inside_words_where_it_is_asked_to():
    assert place("Microsoft", "soft") is None
    assert place("Microsoft", "soft", inside=True) == Place.INSIDE


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Müller & Söhne", "muller sohne"),
        ("O'Brien", "obrien"),
        ("ＡＣＭＥ", "acme"),
        ("###", "###"),
        ("id-00042", "00042"),
    ],
)
def test_it_takes_no_heed_of_accents_width_and_punctuation(name, typed):
    assert place(name, typed)


def test_it_says_which_signs_were_meant():
    assert match("重庆长安", asked("chongqingc")).signs == {0, 1, 2}
    assert match("重庆长安", asked("ca")).signs == {2, 3}
    assert match("Acme Inc", asked("in")).signs == {5, 6}
    assert match("Acme Inc", asked("inc acm")).signs == {0, 1, 2, 5, 6, 7}


def test_it_keeps_few_keys_of_a_long_name():
    assert len(keys("深圳市华为技术有限公司", inside=True)) < 60
    assert len(keys("x" * 300, inside=True)) < 300
    assert max(len(key.text) for key in keys("有限公司" * 70)) == LONGEST


@given(st.text(st.sampled_from("Acme İ'-Ⅻ㍿重庆长王hé12 \t㈱é가"), max_size=30))
def test_every_key_and_the_name_itself_find_the_name(name):
    for key in keys(name, inside=True):
        found = match(name, asked(key.text), inside=True)
        assert found is not None and found.place <= key.place
        assert all(0 <= sign < len(name) for sign in key.signs) and len(key.signs) == len(key.text)
    assert bool(fold(name)) == (place(name, name) is not None)
