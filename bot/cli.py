"""The commands: words only. :mod:`bot.commands` and :mod:`bot.running` do them, imported when one is run."""

import argparse
import difflib
import re
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from bot import VERSION

#: Exit statuses, as the README promises them.
DONE, FAILED, WRONG_USAGE = 0, 1, 2

_ABOUT = """\
A Slack bot that answers from your documents with quotations, figures and links, and says so when they do not know.

  try it without Slack       alibaba-bot playground
  ask on the terminal        alibaba-bot ask "how much did Alibaba pledge for AI?"
  add your own documents     alibaba-bot index reports/ notes.md articles.jsonl
  run it in a workspace      alibaba-bot manifest, then alibaba-bot serve; what is missing: alibaba-bot doctor
"""

_SETTINGS = """\
Settings come from the environment or a .env file; README.md lists them. exit status: 0 done, 1 something failed,
2 wrong usage or settings. With --json, standard output is JSON alone.
"""

Add = Callable[..., argparse.ArgumentParser]


class _Parser(argparse.ArgumentParser):
    """Says which word was probably meant."""

    def error(self, message: str) -> NoReturn:
        """End with the usage, the message and the nearest of the words that may be chosen."""
        wrong = re.search(r"invalid choice: '([^']+)", message)
        known = re.findall(r"'([\w-]+)'", message.partition("choose from")[2])
        near = difflib.get_close_matches(wrong[1], known, n=1, cutoff=0.5) if wrong else []
        brief = message.partition(" (choose from")[0]
        super().error(f"{brief}; did you mean {near[0]}?" if near else message)

    def chosen(self, command: str | None) -> "_Parser":
        """The parser of a command, or this one where none is named."""
        return self._commands().get(command or "", self)

    def refuse(self, words: Sequence[str], command: str | None) -> NoReturn:
        """End for words that a command does not take; what is meant is guessed among those it does."""
        used = self.chosen(command)
        wrong, own = words[0].partition("=")[0], sorted(used._option_string_actions)
        elsewhere = [name for name, other in self._commands().items() if wrong in other._option_string_actions]
        plain = [one.metavar for one in used._actions if one.metavar == wrong.lstrip("-").upper()]
        near = difflib.get_close_matches(wrong, own, n=1, cutoff=0.6) if wrong.startswith("-") else []
        if elsewhere:
            used.error(f"{command or self.prog} takes no {wrong}, unlike {', '.join(sorted(elsewhere))}")
        if plain:
            used.error(f"{command} takes {plain[0]} without {wrong}")
        used.error(f"unrecognized arguments: {' '.join(words)}{f'; did you mean {near[0]}?' if near else ''}")

    def _commands(self) -> "dict[str, _Parser]":
        below = [one.choices for one in self._actions if isinstance(one, argparse._SubParsersAction)]
        return dict(below[0]) if below else {}


def parser() -> _Parser:
    """All commands with their help; ``command`` in the result is the name of one."""
    top = _Parser(
        prog="alibaba-bot", description=_ABOUT, epilog=_SETTINGS, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    top.add_argument("--version", action="version", version=f"alibaba-bot {VERSION}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", dest="command")

    def add(name: str, help: str, example: str = "") -> argparse.ArgumentParser:
        epilog = f"example:\n  alibaba-bot {example}" if example else None
        return commands.add_parser(
            name, help=help, description=help, epilog=epilog, formatter_class=argparse.RawDescriptionHelpFormatter
        )

    _running(add)
    _documents(add)
    _asking(add)
    _set_up(add)
    return top


def _running(add: Add) -> None:
    play = add("playground", "a local Slack in the browser, with the real bot in it", "playground --port 8765")
    play.add_argument("--port", type=int, default=8765, help="port on 127.0.0.1 (8765)")
    play.add_argument("--no-open", action="store_true", help="do not open a browser")
    add("serve", "run the bot in a workspace, by Socket Mode or HTTP", "serve")


def _documents(add: Add) -> None:
    formats = ".txt, .md, .jsonl, .html and .pdf"
    index = add(
        "index",
        f"add documents: files or folders of {formats}, web addresses; without any: the seeds",
        "index reports/",
    )
    index.add_argument(
        "paths",
        nargs="*",
        metavar="PATH|URL",
        help="a file, a folder or an address; one that was indexed before is updated",
    )
    _json(index)
    remove = add("remove", "remove documents", "remove bold-pivot-to-ai")
    remove.add_argument("documents", nargs="+", metavar="DOCUMENT", help="a document's id, as `sources` lists it")
    _json(add("sources", "list the documents", "sources --json"))


def _asking(add: Add) -> None:
    ask = add("ask", "answer a question with quotations", 'ask "what is ModelScope?"')
    ask.add_argument("question", nargs="*", metavar="QUESTION")
    ask.add_argument(
        "--batch", metavar="FILE", help="answer many: a file (- is standard input) of id<TAB>question lines"
    )
    _json(ask)
    search = add("search", "find passages", 'search "cloud infrastructure" -k 5')
    search.add_argument("query", nargs="*", metavar="QUERY")
    search.add_argument("-k", type=_positive, metavar="N", help="how many passages (10; in a run 100 documents)")
    search.add_argument("--queries", metavar="FILE", help="search many: a file of id<TAB>query lines")
    search.add_argument("--run", metavar="FILE", help="where to write them as a TREC run")
    _json(search)
    figures = add("figures", "the numbers in the documents, as a table", "figures investment")
    figures.add_argument("topic", nargs="*", metavar="TOPIC")
    _json(figures)
    extract = add("extract", "the numbers in any text, one JSON object a line", "extract report.txt --json")
    extract.add_argument(
        "file", nargs="?", default="-", metavar="FILE", help="a text file; - or nothing: standard input"
    )
    _json(extract)
    summarize = add("summarize", "the key sentences of a document or a topic", "summarize bold-pivot-to-ai")
    summarize.add_argument("name", nargs="+", metavar="DOCUMENT|TOPIC")
    _json(summarize)
    digest = add("digest", "what is new: documents, figures, what changed, what disagrees", "digest --since yesterday")
    digest.add_argument(
        "--since",
        metavar="ISO-DATE",
        help="since this day or moment, as it is here: YYYY-MM-DD, today, “2 weeks ago”, “last monday” (yesterday)",
    )
    _json(digest)
    _json(add("feedback", "questions that were not answered or whose answers were not liked", "feedback --json"))


def _set_up(add: Add) -> None:
    add("doctor", "check this set-up and say what is missing", "doctor")
    manifest = add("manifest", "print the app manifest to paste into Slack", "manifest --http https://bot.example.com")
    manifest.add_argument("--http", metavar="URL", help="the bot's public address; without it: Socket Mode")
    manifest.add_argument(
        "--threads",
        action="store_true",
        help="also hear channels, for ALIBABA_FOLLOW_THREADS and to look a reply up after a crash",
    )


def _json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="JSON on standard output, all else on standard error")


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is no number from 1 on")
    return int(text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status."""
    top = parser()
    options, more = top.parse_known_args(arguments)
    if more:
        top.refuse(more, options.command)
    if options.command is None:
        top.print_help(sys.stderr)
        return WRONG_USAGE
    from bot.commands import COMMANDS, run

    if options.command not in COMMANDS:
        from bot.running import COMMANDS  # with all that speaks Slack
    return run(COMMANDS[options.command], options)


def entry() -> None:
    """The console script."""
    sys.exit(main())
