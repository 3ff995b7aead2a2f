"""Serves one app under uvicorn: `python -m musicalface_common.server PACKAGE.app:create_app`."""

import sys
from collections.abc import Mapping
from typing import Any

import uvicorn

# Apps configure logging themselves.
SERVER_OPTIONS: Mapping[str, Any] = {
    "log_config": None,
    "access_log": False,
    "server_header": False,
    # The gateway adds this middleware itself, for the proxies that its settings name.
    "proxy_headers": False,
}


if __name__ == "__main__":
    # On all interfaces, because other containers connect.
    uvicorn.run(sys.argv[1], factory=True, host="0.0.0.0", port=8000, **SERVER_OPTIONS)  # noqa: S104
