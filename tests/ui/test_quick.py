"""Django's own tags, remembering."""

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override

WORDS = Template(
    '{% load i18n %}{% trans "Customers" %} & {% trans "<b>" %} {% trans "Customers" as said %}{{ said|upper }}'
)


def test_it_says_each_language_s_words_however_often():
    for _ in range(2):
        with override("en"):
            assert WORDS.render(Context()) == "Customers & <b> CUSTOMERS"
        with override("zh-hans"):
            assert WORDS.render(Context()) == "客户 & <b> 客户"


def test_it_escapes_words_no_less_than_django_does():
    source = '{% load i18n %}{% trans text %}|{% trans "Customers"|lower %}'
    assert Template(source).render(Context({"text": "<i>"})) == "&lt;i&gt;|customers"
    assert Template(source).render(Context({"text": "<i>"}, autoescape=False)) == "<i>|customers"


def test_it_gives_the_addresses_django_gives():
    drawn = Template('{% url "customers:page" pk %} {% url "customers:page" pk=pk as there %}{{ there }}')
    for pk in (7, 8, 7):
        assert drawn.render(Context({"pk": pk})) == " ".join([reverse("customers:page", args=[pk])] * 2)
    with pytest.raises(NoReverseMatch):
        drawn.render(Context({"pk": "no number"}))
