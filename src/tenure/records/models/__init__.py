"""What other systems keep about accounts: tickets, answers to surveys, opportunities."""

from tenure.records.models.opportunity import Opportunity
from tenure.records.models.record import Record
from tenure.records.models.survey_answer import NPS, SurveyAnswer
from tenure.records.models.ticket import Ticket

RECORDS: tuple[type[Record], ...] = (Ticket, SurveyAnswer, Opportunity)

__all__ = ["NPS", "RECORDS", "Opportunity", "Record", "SurveyAnswer", "Ticket"]
