"""A status server that redirects, floods or never ends: `chancery verify` says TRY_LATER in time, and follows nobody."""

import socket
import threading
import time

import pytest

from office import Office


@pytest.fixture(scope="module")
def unserved(tmp_path_factory):
    """An office whose service does not run, with one license."""
    office = Office(tmp_path_factory.mktemp("unserved") / "office")
    return office, office.issue("business-license")


class Server:
    """Answers every request at the office's address by `answer`, which gets the connection and the request."""

    def __init__(self, port: int, answer):
        self.answer, self.paths, self.sent = answer, [], 0
        self.listener = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.talk, args=[connection], daemon=True).start()

    def talk(self, connection: socket.socket) -> None:
        with connection:
            try:
                self.paths.append(connection.recv(4096).split(b" ")[1].decode())
                self.answer(self, connection)
            except (OSError, IndexError):
                pass

    def send(self, connection: socket.socket, data: bytes) -> None:
        connection.sendall(data)
        self.sent += len(data)

    def stop(self) -> None:
        # Closing alone does not wake who waits in accept.
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


def redirect(server: Server, connection: socket.socket) -> None:
    server.send(
        connection, b"HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


def flood(server: Server, connection: socket.socket) -> None:
    server.send(connection, b"HTTP/1.1 200 OK\r\nContent-Type: application/statuslist+jwt\r\nConnection: close\r\n\r\n")
    while server.sent < 1 << 30:
        server.send(connection, b"A" * 65536)


def trickle(server: Server, connection: socket.socket) -> None:
    server.send(connection, b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    for _ in range(60):
        server.send(connection, b"A")
        time.sleep(0.5)


@pytest.mark.parametrize("answer", [redirect, flood, trickle])
def test_hostile_status_server_is_endured(unserved, verify, answer):
    office, license = unserved
    server = Server(office.port, answer)
    begun = time.monotonic()
    try:
        done = verify(license.pdf, "--trust", office.root)
    finally:
        server.stop()
    assert time.monotonic() - begun < 20
    assert done.status == 2, done
    assert done.verdict["indication"] == "INDETERMINATE" and done.verdict["subIndication"] == "TRY_LATER"
    assert server.paths and "/elsewhere" not in server.paths
    assert server.sent < 64 << 20
