"""Serves one app: `python -m musicalface_common.server PACKAGE.app:create_app`."""

import argparse
import sys

from uvicorn.importer import import_from_string

from musicalface_common.server.server import Server
from musicalface_common.startup import StartupError


def main() -> None:
    """Serve the app of a factory. Where its settings are wrong, print one line and exit with code 1."""
    parser = argparse.ArgumentParser(prog="python -m musicalface_common.server", description=__doc__)
    parser.add_argument("factory", help="module and function that makes the app, such as gateway.app:create_app")
    # Other containers connect to it.
    parser.add_argument("--host", default="0.0.0.0", help="default: %(default)s")  # noqa: S104
    parser.add_argument("--port", type=int, default=8000, help="default: %(default)s")
    options = parser.parse_args()
    try:
        app = import_from_string(options.factory)()
    except StartupError as error:
        sys.exit(f"musicalface: {error}")
    Server(app, host=options.host, port=options.port).run()


if __name__ == "__main__":
    main()
