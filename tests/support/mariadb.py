"""A real mariadbd in a temporary folder. Tests can kill it and start it again."""

import getpass
import itertools
import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType

import pymysql

from support.server import free_port

START_SECONDS = 60
# Debian installs the server in a folder that is only on the PATH of root.
SEARCHED = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin"))
# Data survive a kill of the process. They need not survive a crash of the machine, so few commits are synced to disk.
OPTIONS = (
    "--bind-address=127.0.0.1",
    "--innodb-buffer-pool-size=64M",
    "--innodb-flush-log-at-trx-commit=2",
    "--skip-name-resolve",
    "--skip-log-bin",
)


class MariaDBServer:
    """One mariadbd process and its data."""

    def __init__(self) -> None:
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self._folder = tempfile.TemporaryDirectory(prefix="mariadb", ignore_cleanup_errors=True)
        self._numbers = itertools.count(1)

    @staticmethod
    def available() -> bool:
        """Return whether the programs are installed on this machine."""
        return all(shutil.which(program, path=SEARCHED) for program in ("mariadbd", "mariadb-install-db"))

    def new_database(self) -> str:
        """Create an empty database in latin1, another character set than the catalogue's, and return its URL."""
        name = f"songs{next(self._numbers)}"
        with self._connect() as connection, connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name} CHARACTER SET latin1 COLLATE latin1_swedish_ci")
        return f"mariadb+pymysql://tests:secret@127.0.0.1:{self.port}/{name}"

    def start(self) -> None:
        """Start the process and wait until it accepts connections. Raises RuntimeError after 60 s."""
        command = [*self._command("mariadbd"), f"--port={self.port}", f"--socket={self._path('socket')}", *OPTIONS]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        give_up = time.monotonic() + START_SECONDS
        while time.monotonic() < give_up and self.process.poll() is None:
            if self._listens():
                return
            time.sleep(0.05)
        raise RuntimeError("mariadbd did not start")

    def kill(self) -> None:
        """Kill the process without a shutdown, as in a crash. The data stay."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def __enter__(self) -> "MariaDBServer":
        install = [*self._command("mariadb-install-db"), "--auth-root-authentication-method=normal", "--skip-test-db"]
        subprocess.run(install, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.start()
        with self._connect() as connection, connection.cursor() as cursor:
            cursor.execute("CREATE USER tests@'127.0.0.1' IDENTIFIED BY 'secret'")
            cursor.execute("GRANT ALL ON *.* TO tests@'127.0.0.1'")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.kill()
        self._folder.cleanup()

    def _command(self, program: str) -> list[str]:
        path = shutil.which(program, path=SEARCHED) or program
        return [path, "--no-defaults", f"--datadir={self._path('data')}", f"--user={getpass.getuser()}"]

    def _listens(self) -> bool:
        with socket.socket(socket.AF_UNIX) as probe:
            return probe.connect_ex(str(self._path("socket"))) == 0

    def _path(self, name: str) -> Path:
        return Path(self._folder.name) / name

    def _connect(self) -> "pymysql.Connection[pymysql.cursors.Cursor]":
        return pymysql.connect(unix_socket=str(self._path("socket")), user="root")
