from dataclasses import replace

import pytest

from tenure import settings


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql://u:p%40@db.example:5433/life?sslmode=verify-full&sslrootcert=/ca.pem",
            ("db.example", "5433", "u", "p@", {"sslmode": "verify-full", "sslrootcert": "/ca.pem"}),
        ),
        ("postgresql://u@/life?host=/run/postgresql", ("/run/postgresql", "", "u", "", {})),
    ],
)
def test_it_reaches_the_database_as_its_address_says(monkeypatch, url, expected):
    monkeypatch.setattr(settings, "CONFIG", replace(settings.CONFIG, database_url=url))
    made = settings._databases()["default"]
    assert (made["HOST"], made["PORT"], made["USER"], made["PASSWORD"], made["OPTIONS"]) == expected
    assert made["NAME"] == "life"
