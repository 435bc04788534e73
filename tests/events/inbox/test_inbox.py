"""What both inboxes promise."""

import threading

from tenure.events.inbox.sqlite import SqliteInbox
from tenure.events.inbox.store import Inbox
from tenure.events.message import Request
from tests.events.inbox.conftest import arrival


def numbers(bodies) -> list[int]:
    return [int(each.request.body[:6]) for each in bodies]


def test_it_gives_back_what_was_put(inbox: Inbox):
    sent = arrival(1)
    [id] = inbox.put([sent])
    [body] = inbox.after(0, 10, 1000)
    assert (body.id, *body[1:]) == (id, *sent)


def test_it_numbers_bodies_in_the_order_they_came(inbox: Inbox):
    ids = inbox.put([arrival(n) for n in range(200)]) + inbox.put([arrival(200)])
    assert ids == list(range(ids[0], ids[0] + 201))
    bodies = inbox.after(0, 1000, 10**6)
    assert [each.id for each in bodies] == ids
    assert numbers(bodies) == list(range(201))
    assert inbox.last_id() == ids[-1]


def test_it_reads_on_after_a_position(inbox: Inbox):
    ids = inbox.put([arrival(n) for n in range(10)])
    assert [each.id for each in inbox.after(ids[3], 3, 10**6)] == ids[4:7]
    assert inbox.after(ids[-1], 3, 10**6) == []


def test_it_reads_about_as_many_bytes_as_asked_but_at_least_one_body(inbox: Inbox):
    inbox.put([arrival(n, size=1000) for n in range(10)])
    assert numbers(inbox.after(0, 10, 2500)) == [0, 1, 2]
    assert numbers(inbox.after(0, 10, 1)) == [0]


def test_it_knows_how_many_wait_and_since_when(inbox: Inbox):
    ids = inbox.put([arrival(n, received_us=1000 + n) for n in range(10)])
    assert inbox.backlog(0) == (10, 1000)
    assert inbox.backlog(ids[6]) == (3, 1007)
    assert inbox.backlog(ids[-1]) == (0, 0)


def test_it_prunes_only_what_is_loaded_and_old(inbox: Inbox):
    ids = inbox.put([arrival(n, received_us=1000 + n) for n in range(10)])
    assert inbox.prune(up_to=ids[4], received_before_us=1003) == 3
    assert inbox.prune(up_to=ids[4], received_before_us=9999) == 2
    assert numbers(inbox.after(0, 100, 10**6)) == [5, 6, 7, 8, 9]
    assert inbox.backlog(0) == (5, 1005)


def test_it_never_gives_an_id_twice_even_when_all_was_pruned(inbox: Inbox):
    ids = inbox.put([arrival(n) for n in range(3)])
    assert inbox.prune(ids[-1], 10**9) == 3
    assert inbox.last_id() == ids[-1]
    assert inbox.put([arrival(9)]) == [ids[-1] + 1]


def test_it_is_empty_at_first(inbox: Inbox):
    assert inbox.put([]) == []
    assert (inbox.last_id(), inbox.backlog(0), inbox.after(0, 10, 10)) == (0, (0, 0), [])


def test_it_backs_up_into_an_inbox_file_with_the_same_ids(inbox: Inbox, tmp_path):
    ids = inbox.put([arrival(n) for n in range(5)])
    inbox.prune(ids[1], 10**9)
    inbox.backup(str(tmp_path / "copy.sqlite3"))
    inbox.put([arrival(5)])
    copy = SqliteInbox(tmp_path / "copy.sqlite3")
    assert numbers(copy.after(0, 100, 10**6)) == [2, 3, 4]
    assert copy.put([arrival(6)]) == [ids[-1] + 1]
    copy.close()


def test_it_shows_no_id_late_while_several_threads_put(inbox: Inbox):
    def put(first: int) -> None:
        for n in range(first, first + 40, 4):
            inbox.put([arrival(n + k) for k in range(4)])

    threads = [threading.Thread(target=put, args=(k * 40,)) for k in range(4)]
    for thread in threads:
        thread.start()
    seen: list[int] = []
    while len(seen) < 160:  # a loader's way: a body that appeared behind its position would never be seen
        seen += [each.id for each in inbox.after(seen[-1] if seen else 0, 1000, 10**6)]
    for thread in threads:
        thread.join()
    assert seen == list(range(seen[0], seen[0] + 160))


def test_it_gives_no_id_that_the_warehouse_is_past(inbox: Inbox):
    inbox.reserve(500)
    assert inbox.put([arrival(1)]) == [501]
    inbox.reserve(3)
    assert inbox.put([arrival(2)]) == [502]


def test_it_rewrites_bodies_in_their_places(inbox: Inbox):
    ids = inbox.put([arrival(n) for n in range(5)])
    inbox.prune(ids[0], 2**62)
    bodies = inbox.after(0, 10, 10**6)
    request = Request("batch", b"%06d" % 77, content_type="", content_encoding="")
    changed = [bodies[0]._replace(wire_format="kept", request=request), bodies[2]]
    inbox.rewrite([*changed, bodies[0]._replace(id=ids[0])])
    assert inbox.after(0, 10, 10**6) == [changed[0], *bodies[1:]]
    assert inbox.last_id() == ids[-1]
