from datetime import time

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "tenure.accounts"
    label = "accounts"

    def ready(self) -> None:
        from tenure.accounts import facts, jobs
        from tenure.accounts.assignments import new_accounts
        from tenure.accounts.assignments.roles import install_roles
        from tenure.accounts.fields.defaults import install_cards
        from tenure.accounts.leaving.own import declare_own
        from tenure.accounts.search import keeping
        from tenure.jobs.kinds import register

        declare_own()
        register(new_accounts.JOB, new_accounts.assign_new_accounts, _("Put somebody in charge of new customers"))
        register(facts.JOB, jobs.begin_due_facts, _("Make facts current that begin now"), every_s=300)
        register(jobs.COPY, jobs.copy_all_facts, _("Compare the warehouse's copy of the facts"), daily_at=time(2, 40))
        register(keeping.JOB, jobs.write_search_keys, _("Make names findable"), every_s=600)
        post_migrate.connect(lambda **_kwargs: install_roles(), sender=self, weak=False)
        post_migrate.connect(lambda **_kwargs: install_cards(), sender=self, weak=False)
