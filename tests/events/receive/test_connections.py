"""Senders that behave badly on the wire: slow, broken, gone."""

import select
import socket
import time

import pytest

from tenure.events.receive.deadline import Deadline
from tests.events.receive.conftest import KEY, Server, auth, batch


def head(length: object, **headers: str) -> bytes:
    lines = [f"{name}: {value}" for name, value in {**auth(KEY), **headers}.items()]
    return "\r\n".join(["POST /v1/batch HTTP/1.1", "host: x", f"content-length: {length}", *lines, "", ""]).encode()


def talk(server: Server, *parts: bytes, pause_s: float = 0.02) -> bytes:
    """Sends raw bytes and returns all that comes back until the server closes."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as connection:
        for part in parts:
            connection.sendall(part)
            time.sleep(pause_s)
        answer = b""
        while part := connection.recv(65536):
            answer += part
        return answer


def test_it_reads_a_body_that_comes_byte_by_byte(server: Server):
    body = batch(["Opened"])
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as connection:
        connection.sendall(head(len(body)))
        for each in body:
            connection.sendall(bytes([each]))
        assert connection.recv(100).startswith(b"HTTP/1.1 200")
    assert server.bodies() == [body]


def test_it_gives_up_on_a_slow_sender(server: Server):
    server.receiver._bodies._deadline = Deadline(0.2)
    answer = talk(server, head(100), b"x")
    assert answer.startswith(b"HTTP/1.1 408")
    assert b"connection: close" in answer


def test_it_survives_a_sender_that_leaves(server: Server):
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(head(100) + b"half")
    time.sleep(0.1)
    assert server.post_batch(["Opened"]).status == 200
    assert len(server.bodies()) == 1


def test_it_hangs_up_on_a_body_without_end(serve):
    server = serve(max_body=1000)
    chunk = b"3e8\r\n" + b"x" * 1000 + b"\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as connection:
        connection.sendall(b"POST /v1/batch HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n")
        sent = 0
        while sent < 100 and not select.select([connection], [], [], 0.02 if sent < 20 else 1)[0]:
            connection.sendall(chunk)
            sent += 1
        answer = connection.recv(65536)
    assert sent < 30
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"connection: close" in answer


@pytest.mark.parametrize(
    "sent",
    [
        head(len(batch(["a"])), origin="https://\xe5\xae\xa2\x01") + batch(["a"]),
        head(len(batch(["a"])), **{"content-type": "\xff\xfe; charset=\xff"}) + batch(["a"]),
        head(len(batch(["a"])), authorization="Basic \xff%%%") + batch(["a"]),
        head("１２") + batch(["a"]),
        head("-1") + b"x",
        head("99999999999999999999999999") + b"x",
        b"POST /v1/batch\xff HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}",
        b"POST /v1/batch?\xff=%ff%00 HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}",
    ],
    ids=["origin", "type", "key", "digits", "negative", "huge", "path", "query"],
)
def test_it_answers_odd_requests_with_4xx_at_most(server: Server, sent: bytes):
    answer = talk(server, sent.replace(b"HTTP/1.1\r\n", b"HTTP/1.1\r\nconnection: close\r\n", 1))
    assert answer[9:10] in {b"2", b"4"}
