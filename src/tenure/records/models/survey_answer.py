"""An answer to a survey."""

from typing import ClassVar, Final

from django.db import models

from tenure.records.models.record import Record

#: The survey whose scores are whole numbers from 0 to 10.
NPS: Final = "NPS"


class SurveyAnswer(Record):
    """`survey` is which one was answered; `score` is on its scale."""

    SAYS: ClassVar = ("at", "survey", "score", "comment", "person")
    TEXTS: ClassVar = ("comment", "person")

    survey = models.CharField(max_length=100, default=NPS)
    score = models.FloatField()
    comment = models.TextField(blank=True)
    person = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.survey} {self.score:g}"
