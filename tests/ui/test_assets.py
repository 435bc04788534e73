import pytest

from tenure.ui import assets


def test_it_gives_files_names_that_may_be_kept_for_ever(client, db):
    response = client.get(assets.asset_url("app.js"), headers={"Accept-Encoding": "gzip"})
    assert response.status_code == 200
    assert "immutable" in response["Cache-Control"]
    assert response["Content-Encoding"] == "gzip"


def test_it_says_how_to_build_what_is_missing(tmp_path, monkeypatch):
    with pytest.raises(assets.BundleMissing, match=r"has no nothing\.js.*frontend/assets\.py"):
        assets.asset_url("nothing.js")
    monkeypatch.setattr(assets, "DIST", tmp_path)
    with pytest.raises(assets.BundleMissing, match="not built"):
        assets._read()
