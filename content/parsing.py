"""The process behind :mod:`content.sandbox`: documents come in, their parts go out, a line of JSON each.

It dies of what it did not expect; the other side takes that for an answer.
"""

import json
import os
import resource
import sys
from importlib import import_module
from typing import Any

from content.errors import UnreadableDocument

#: kind → the module whose ``parse`` takes (bytes, about) apart; imported by the first document of its kind
PARSERS = {"html": "content.webpages", "pdf": "content.pdfs", "feed": "content.feeds"}


def main() -> None:
    """Answer until there is nothing more to read; parsers that print do not disturb, as answers have their own door."""
    memory = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)
        while head := sys.stdin.buffer.readline():
            request = json.loads(head)
            answers.write(json.dumps(_answer(request, sys.stdin.buffer.read(request["bytes"]))).encode() + b"\n")
            answers.flush()


def _answer(request: dict[str, Any], data: bytes) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = import_module(PARSERS[request["kind"]]).parse(data, request["about"])
    except UnreadableDocument as error:
        return {"error": str(error)}
    except RecursionError:
        return {"error": "its parts are nested too deeply to be read"}
    except MemoryError:
        return {"error": "reading it takes more memory than there is for a document"}
    return answer


if __name__ == "__main__":
    main()
