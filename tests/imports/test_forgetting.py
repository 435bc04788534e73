"""Files hold personal data: they are let go of."""

from datetime import timedelta

from django.conf import settings

from tenure.accounts.models import Account
from tenure.imports.forgetting import let_go_of_all
from tenure.imports.models import Refusal
from tenure.imports.refused import refused_csv
from tenure.imports.running import path_of
from tenure.imports.work import prune_imports
from tenure.lib import clock
from tests.imports.desk import counts

TEXT = "account,name,phone\nacme,Ada,+1 555 0100\nacme,Eve,oops\nacme,Max,=1+1\n"


def test_it_lets_go_of_files_and_refused_rows_when_a_person_is_erased(desk, django_capture_on_commit_callbacks):
    Account.objects.create(external_id="acme")
    done = desk.bring("contacts", TEXT)
    path = path_of(done)
    with django_capture_on_commit_callbacks(execute=True):
        let_go_of_all()
    done.refresh_from_db()
    assert (counts(done), path.exists(), Refusal.objects.exists()) == ((1, 0, 0, 2), False, False)
    assert not any(column["samples"] for column in done.columns)
    assert settings.CONFIG.imports_path in path.parents


def test_it_lets_go_of_old_files_by_itself(desk):
    Account.objects.create(external_id="acme")
    done = desk.bring("contacts", TEXT)
    assert prune_imports(None) == {"files": 0}
    with clock.set_to(clock.now() + timedelta(days=31)):
        assert prune_imports(None) == {"files": 1}
    done.refresh_from_db()
    assert done.forgotten_at is not None


def test_it_gives_refused_rows_back_safe_and_takes_them_corrected(desk):
    Account.objects.create(external_id="acme")
    done = desk.bring("contacts", TEXT)
    file = b"".join(refused_csv(done)).decode()
    assert "acme,Max,'=1+1,4," in file
    corrected = file.replace("oops", "+1 555 0101").replace("'=1+1", "'+1 555 0102")
    again = desk.bring("contacts", corrected)
    assert (counts(again), again.mapping["fields"]) == ((2, 0, 0, 0), done.mapping["fields"])
