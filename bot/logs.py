"""Logging: to standard error, as lines for people or as JSON, discreet either way."""

import logging
import re
import sys
from typing import Final, Literal

from pythonjsonlogger.json import JsonFormatter

_SECRETS: Final = re.compile(
    r"\b(?:xox[a-z](?:\.xox[a-z])?|xapp)-[\w-]{4,}|(?<=ticket=)[\w.%-]+"
    r"|(?<=hooks\.slack\.com/)\S+|(?<=://)[^\s/:@]+:[^\s/@]+(?=@)"
)
_LINE: Final = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"
_FIELDS: Final = "%(asctime)s %(levelname)s %(name)s %(message)s"
#: what Slack's libraries put before what somebody wrote
_BODY: Final = re.compile(r"\s*\(?(?:signature: |body: |[\[{]).*", re.S)
_PLAIN: Final = logging.Formatter()
#: a request line of these holds an address that is a secret; what Alembic does at a first start is no news
_QUIET: Final = ("httpx", "httpcore", "aiohttp.access", "alembic")


class Discretion(logging.Filter):
    """Keeps tokens out of every record, and out of Slack's own records above DEBUG what people wrote."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the message; every record passes."""
        text = _SECRETS.sub("(secret)", record.getMessage())
        if record.levelno > logging.DEBUG and record.name.startswith(("slack_bolt", "slack_sdk")):
            text = _BODY.sub(" (…)", text.split("\n")[0])
        record.msg, record.args = text, None
        if record.exc_info:
            record.exc_text = _SECRETS.sub("(secret)", _PLAIN.formatException(record.exc_info))
            record.exc_info = None
        return True


def configure(style: Literal["console", "json"], level: str) -> None:
    """Send all records of ``level`` and above to standard error, in place of any earlier set-up."""
    handler = logging.StreamHandler(sys.stderr)
    renamed = {"asctime": "time", "levelname": "level", "name": "logger"}
    handler.setFormatter(
        JsonFormatter(_FIELDS, rename_fields=renamed) if style == "json" else logging.Formatter(_LINE, "%H:%M:%S")
    )
    handler.addFilter(Discretion())
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
