import pytest

from tenure.upkeep.backup import BackupDamaged, make_backup, verify_backup
from tenure.upkeep.restore import restore
from tenure.work.files import file_path, keep_file
from tests.upkeep.conftest import NOW


def test_it_brings_attached_files_back(house):
    kept, _size = keep_file(house.config.files_path, [b"the offer"])
    folder = make_backup(house.config, house.store, house.inbox, NOW)
    file_path(house.config.files_path, kept).unlink()
    later, _size = keep_file(house.config.files_path, [b"written after"])
    house.close()
    restore(house.config, folder, NOW)
    assert file_path(house.config.files_path, kept).read_bytes() == b"the offer"
    assert file_path(house.config.files_path, later).read_bytes() == b"written after"
    house.reopen()


def test_it_notices_a_damaged_one(house):
    kept, _size = keep_file(house.config.files_path, [b"the offer"])
    folder = make_backup(house.config, house.store, house.inbox, NOW)
    file_path(folder / "files", kept).write_bytes(b"another offer")
    with pytest.raises(BackupDamaged, match=kept):
        verify_backup(house.config, folder)
