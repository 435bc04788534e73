from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "tenure.records"
    label = "records"

    def ready(self) -> None:
        from tenure.accounts.leaving.traces import Why, declare
        from tenure.records.models import Opportunity, SurveyAnswer, Ticket

        for model in (Ticket, SurveyAnswer, Opportunity):
            declare(model, Why.RECORDS)
