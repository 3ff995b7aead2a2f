"""A real TCP proxy on loopback that simulates network faults: latency, resets, refused and frozen connections."""

import asyncio
import contextlib
import socket
import struct
import threading
from collections.abc import Coroutine
from types import TracebackType
from typing import Any

NO_LINGER = struct.pack("ii", 1, 0)
CHUNK = 65536


class TcpProxy:
    """Listens on `host`:`port` and passes all bytes on to a target.

    `latency` (seconds) is added to each chunk in both directions. All methods may be called from any thread.
    """

    def __init__(self, target_host: str, target_port: int) -> None:
        self.host = "127.0.0.1"
        self.port = 0
        self.latency = 0.0
        self._target = (target_host, target_port)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._flowing = asyncio.Event()
        self._server: asyncio.Server | None = None
        self._ends: set[asyncio.StreamWriter] = set()

    @property
    def address(self) -> str:
        """`host:port` of the proxy, for a URL."""
        return f"{self.host}:{self.port}"

    def reset_all(self) -> None:
        """Close all open connections with RST."""
        self._run(self._reset_all())

    def cut(self, hold: bool = False) -> None:
        """Close all connections with RST and refuse new ones. With `hold`, keep and accept them but pass nothing on."""
        self._run(self._hold() if hold else self._refuse())

    def restore(self) -> None:
        """Accept connections again and pass on the bytes that were held."""
        self._run(self._open())

    def __enter__(self) -> "TcpProxy":
        self._thread.start()
        self.restore()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, what: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(what, self._loop).result()

    async def _open(self) -> None:
        self._flowing.set()
        if self._server is None:
            self._server = await asyncio.start_server(self._connect, self.host, self.port)
            self.port = self._server.sockets[0].getsockname()[1]

    async def _hold(self) -> None:
        self._flowing.clear()

    async def _refuse(self) -> None:
        if self._server:
            self._server.close()
            self._server = None
        await self._reset_all()

    async def _reset_all(self) -> None:
        for end in self._ends:
            end.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
            end.transport.abort()
        self._ends.clear()

    async def _end(self) -> None:
        await self._refuse()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._ends.add(writer)
        with contextlib.suppress(OSError):
            await self._flowing.wait()
            target_reader, target_writer = await asyncio.open_connection(*self._target)
            self._ends.add(target_writer)
            await asyncio.gather(self._pass_on(reader, target_writer), self._pass_on(target_reader, writer))
        self._close(writer)

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while chunk := await reader.read(CHUNK):
                await asyncio.sleep(self.latency)
                await self._flowing.wait()
                writer.write(chunk)
                await writer.drain()
        self._close(writer)

    def _close(self, writer: asyncio.StreamWriter) -> None:
        writer.close()
        self._ends.discard(writer)
