from tests.web.customers.conftest import alices, customers, written  # noqa: F401 — fixtures
