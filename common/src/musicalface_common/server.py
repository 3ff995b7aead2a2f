"""Serves one app under uvicorn: `python -m musicalface_common.server PACKAGE.app:create_app`."""

import sys
from collections.abc import Mapping
from typing import Any

import uvicorn
from uvicorn.importer import import_from_string

from musicalface_common.startup import StartupError

# Apps configure logging themselves.
SERVER_OPTIONS: Mapping[str, Any] = {
    "log_config": None,
    "access_log": False,
    "server_header": False,
    # The gateway adds this middleware itself, for the proxies that its settings name.
    "proxy_headers": False,
}


def main(factory: str) -> None:
    """Serve the app of a factory on port 8000. Where its settings are wrong, print one line and exit with code 1."""
    try:
        app = import_from_string(factory)()
    except StartupError as error:
        sys.exit(f"musicalface: {error}")
    # Other containers connect to it.
    uvicorn.run(app, host="0.0.0.0", port=8000, **SERVER_OPTIONS)  # noqa: S104


if __name__ == "__main__":
    main(sys.argv[1])
