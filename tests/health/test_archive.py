"""Metrics of one's own leave and come back; what health needs stays."""

import pytest

from tenure.core.document import BadDocument
from tenure.health.archive import MetricNeeded, archive_metric, restore_metric
from tenure.health.metrics import define_metric, metrics_in_use
from tenure.health.models import HealthDefinition, Metric
from tenure.jobs.models import Job

pytestmark = pytest.mark.django_db

USE = {"key": "use", "name": "Use", "names": {"zh-hans": "用量"}, "unit": "count", "spec": {"kind": "count"}}


def test_it_restores_the_latest_version_alone(alice):
    define_metric(USE, alice)
    second = define_metric({**USE, "spec": {"kind": "count", "window_days": 7}}, alice)
    archive_metric(second, alice)
    archive_metric(second, alice)  # changes nothing
    assert "use" not in metrics_in_use()
    Job.objects.all().delete()

    assert restore_metric("use", alice) == second
    assert restore_metric("use", alice) == second
    assert metrics_in_use()["use"] == second
    assert Metric.objects.filter(key="use", retired_at=None).count() == 1
    assert Job.objects.filter(kind="close_history").count() == 1


def test_it_keeps_what_any_health_definition_is_made_of(alice):
    metric = define_metric(USE, alice)
    definition = HealthDefinition.objects.get()
    definition.document["parts"][0]["metric"] = "use"
    definition.save()
    with pytest.raises(MetricNeeded, match="Health"):
        archive_metric(metric, alice)
    assert metrics_in_use()["use"] == metric


def test_it_takes_names_in_languages_there_are(alice):
    assert define_metric(USE, alice).names == {"zh-hans": "用量"}
    renamed = define_metric({**USE, "names": {"zh-hans": "使用量"}}, alice)
    assert renamed.version == 2
    with pytest.raises(BadDocument) as refused:
        define_metric({**USE, "names": {"tlh": "lo'"}}, alice)
    assert refused.value.path == "names.tlh"
