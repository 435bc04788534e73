"""kill -9 on `tenure import`, and the same command again: as if it had never been killed."""

import sqlite3
import subprocess
import time
from contextlib import closing

import pytest

from tests.cli.running import Installation

ROWS, ACCOUNTS = 20_000, 50


def asked(tenure, sql):
    with closing(sqlite3.connect(f"file:{tenure.data}/tenure.sqlite3?mode=ro", uri=True, timeout=20)) as database:
        return database.execute(sql).fetchall()


@pytest.mark.slow
def test_it_ends_in_the_same_state_after_a_kill_in_the_middle(tmp_path):
    customers, numbers = tmp_path / "customers.csv", tmp_path / "numbers.csv"
    customers.write_text("account_id\n" + "".join(f"C{n}\n" for n in range(ACCOUNTS)))
    days = [f"2025-{1 + n // 28:02}-{1 + n % 28:02}" for n in range(200)]
    cells = [(days[n // 100], f"C{n % ACCOUNTS}", ("logins", "orders")[n // ACCOUNTS % 2], n) for n in range(ROWS)]
    numbers.write_text("date,account_id,metric,value\n" + "".join(f"{','.join(map(str, row))}\n" for row in cells))
    tenure = Installation(tmp_path / "data")
    assert tenure.json("import", "accounts", str(customers))["new"] == ACCOUNTS

    killed = subprocess.Popen([*tenure.command, "import", "metric-values", str(numbers)], env=tenure.env)
    while asked(tenure, "SELECT coalesce(max(done_rows), 0) FROM imports_fileimport WHERE kind = 'metric-values'") == [
        (0,)
    ]:
        assert killed.poll() is None
        time.sleep(0.01)
    killed.kill()
    killed.wait()
    [(done,)] = asked(tenure, "SELECT count(*) FROM health_countedvalue")
    assert 0 < done < ROWS

    again = tenure.json("import", "metric-values", str(numbers))
    assert (again["new"], again["same"], again["rows"]) == (ROWS, 0, ROWS)
    held = asked(tenure, "SELECT count(*), count(DISTINCT account_id), sum(value) FROM health_countedvalue")
    assert held == [(ROWS, ACCOUNTS, sum(range(ROWS)))]
