"""Looking up once what a request asks several times."""

from tenure.lib.once import asking_once, once


def test_it_runs_once_for_the_same_arguments_inside_and_always_outside():
    ran = []

    @once
    def double(number: int) -> int:
        ran.append(number)
        return 2 * number

    assert [double(2), double(2)] == [4, 4]
    assert ran == [2, 2]
    with asking_once():
        assert [double(2), double(2), double(3)] == [4, 4, 6]
    assert ran == [2, 2, 2, 3]
    with asking_once():
        double(2)
    assert ran[-1] == 2
