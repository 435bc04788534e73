"""Nothing looks for garbage while a program is imported, and it does so again afterwards."""

import gc

import pytest

from tenure.lib.garbage import undisturbed


def test_it_looks_for_none_and_does_again_even_after_an_error(monkeypatch):
    monkeypatch.setattr(gc, "freeze", lambda: None)  # or nothing of this process's tests were ever let go
    with pytest.raises(ImportError), undisturbed():
        assert not gc.isenabled()
        raise ImportError
    assert gc.isenabled()
