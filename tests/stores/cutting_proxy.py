"""A line to a server that breaks after some bytes, as lines do."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit


class CuttingProxy:
    """Passes bytes on to a server of this machine, and cuts all connections once `limit` bytes have gone there.

    After the cut nothing gets through any more, unless `heals`: then the limit holds for the first cut only. If it `swallows`, the cut
    comes when the server answers to the last byte, and the answer is lost. ``sent`` counts the bytes that went to the server.
    """

    def __init__(self, target: str, limit: int | None = None, *, heals: bool = False, swallows: bool = False) -> None:
        parts = urlsplit(target)
        assert parts.hostname is not None
        assert parts.port is not None
        self._target = (parts.hostname, parts.port)
        self._limit = limit
        self._heals = heals
        self._swallows = swallows
        self._full = False
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.sent = 0
        self.cuts = 0
        self.uri = f"bolt://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._cut()
        for thread in self._threads:
            thread.join()

    @property
    def is_down(self) -> bool:
        """Say whether nothing gets through."""
        return self.cuts > 0 and not self._heals

    def _start(self, work: object, *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            if self.is_down:
                client.close()
                continue
            server = socket.create_connection(self._target)
            with self._lock:
                self._open += [client, server]
            self._start(self._pass_on, client, server, True)
            self._start(self._pass_on, server, client, False)

    def _pass_on(self, source: socket.socket, target: socket.socket, counted: bool) -> None:
        try:
            while data := source.recv(4096):
                if counted:
                    data, broken = self._count(data)
                    target.sendall(data)
                    if broken and not self._swallows:
                        self._cut()
                        return
                elif self._full and self._swallows:
                    self.cuts += 1
                    self._cut()
                    return
                else:
                    target.sendall(data)
        except OSError:
            pass
        for end in (source, target):
            self._close(end)

    def _count(self, data: bytes) -> tuple[bytes, bool]:
        with self._lock:
            if self._limit is None or (self._heals and self.cuts):
                self.sent += len(data)
                return data, False
            data = data[: max(self._limit - self.sent, 0)]
            self.sent += len(data)
            broken = self.sent >= self._limit
            self._full |= broken
            self.cuts += broken and not self._swallows
            return data, broken

    def _cut(self) -> None:
        with self._lock:
            ends, self._open = self._open, []
        for end in ends:
            self._close(end)

    @staticmethod
    def _close(end: socket.socket) -> None:
        with suppress(OSError):  # the other side may have closed it before
            end.shutdown(socket.SHUT_RDWR)
        end.close()
