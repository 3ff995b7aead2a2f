"""Logs have one JSON object per line, with the id of the request."""

import json
import logging

import pytest
import structlog

from musicalface_common.logging import configure_logging


def test_own_and_foreign_logs_are_json_with_the_request_id(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("INFO", "json")
    with structlog.contextvars.bound_contextvars(request_id="0123456789abcdef"):
        structlog.get_logger("ours").info("served", ms=1)
        logging.getLogger("theirs").warning("careful")
        logging.getLogger("theirs").debug("hidden")
    ours, theirs = map(json.loads, capsys.readouterr().err.splitlines())
    assert (ours["event"], ours["ms"], ours["request_id"]) == ("served", 1, "0123456789abcdef")
    assert (theirs["event"], theirs["level"], theirs["request_id"]) == ("careful", "warning", "0123456789abcdef")
