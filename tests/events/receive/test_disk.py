from tenure.events.disk import FreeDisk


def test_it_sees_whether_enough_is_free(tmp_path):
    assert FreeDisk(tmp_path, minimum=1).enough()
    assert not FreeDisk(tmp_path, minimum=2**62).enough()


def test_it_takes_a_folder_it_cannot_reach_for_a_full_disk(tmp_path):
    assert not FreeDisk(tmp_path / "gone", minimum=1).enough()


def test_it_looks_at_most_once_a_second(tmp_path):
    now = [10.0]
    folder = tmp_path / "data"
    folder.mkdir()
    disk = FreeDisk(folder, minimum=1, now=lambda: now[0])
    assert disk.enough()
    folder.rmdir()
    now[0] += 0.9
    assert disk.enough()
    now[0] += 0.2
    assert not disk.enough()
