"""What each command does: gather, ask the library, print. The table at the end is the list of commands."""

import json
import os
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from importlib import import_module
from io import BufferedReader, FileIO
from itertools import chain
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot import batch, chat, contract, terminal
from bot.batch import Line
from bot.cli import DONE, FAILED, WRONG_USAGE
from bot.database import NewerDatabase, engine
from bot.settings import Settings, SettingsError, load
from bot.since import read as read_since
from content import encodings, formats
from content.documents import NothingFound, Summary
from content.errors import ContentError, UnusableQuestion
from content.extraction import figures_in
from content.library import Indexed, Library
from content.origins import Origins, noting
from content.topics import begun_by, find_document

Command = Callable[[Namespace], int]

_DEFAULT_HITS, _DEFAULT_RUN = 10, 100


class UsageError(Exception):
    """The words of a command do not fit together."""


def run(command: Command, options: Namespace) -> int:
    """Do a command; returns the exit status. What goes wrong ends in one line."""
    try:
        status = command(options)
        sys.stdout.flush()  # while a closed pipe is still understood
        return status
    except (SettingsError, UsageError, UnusableQuestion) as error:
        return _failed(str(error), WRONG_USAGE)
    except (ContentError, NewerDatabase) as error:
        return _failed(str(error))
    except SQLAlchemyError as error:
        return _failed(f"The database cannot be used: {getattr(error, 'orig', None) or error}")
    except BrokenPipeError:  # `| head` has read enough, which is no failure
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        return _failed(f"{error.filename or 'Something on this machine'}: {error.strerror or error}")
    except KeyboardInterrupt:
        return _failed("Stopped. What was committed is kept; run the same again to go on.")


def _failed(reason: str, status: int = FAILED) -> int:
    terminal.say(reason)
    return status


def _library(settings: Settings) -> Library:
    return _opened(settings)[0]


def _opened(settings: Settings) -> tuple[Library, Engine]:
    """The library, and the database behind it."""
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"ALIBABA_DATA_DIR {settings.data_dir} cannot be used: {error.strerror}.") from error
    try:
        database = engine(settings.database)
        return Library.open(settings.data_dir, database, clock=time.time), database
    except ModuleNotFoundError as error:
        raise SettingsError(f"ALIBABA_DATABASE_URL wants “{error.name}”, which is not installed.") from error


def _asking() -> Library:
    """The library, with a word when there is nothing in it."""
    library = _library(load())
    if not library.searched().documents:
        terminal.say("No documents are indexed yet: `alibaba-bot index` adds the articles that come with the bot,")
        terminal.say("`alibaba-bot index FOLDER` your own.")
    return library


def print_json(value: contract.Json) -> None:
    """A result for programs, on one line."""
    terminal.line(json.dumps(value, ensure_ascii=False))


def index(options: Namespace) -> int:
    """Add the documents of files, folders and web addresses."""
    settings = load()
    library, database = _opened(settings)
    urls = [path for path in options.paths if "://" in path]
    paths = [Path(path) for path in options.paths if "://" not in path]
    paths, places = paths or ([] if urls else [settings.seeds]), dict[str, str]()
    sources = [library.add(noting(formats.located(*paths), places))]
    if urls:  # httpx takes a quarter of a second to import
        sources.append(import_module("bot.adding").web(settings, library, database).add(urls))
    results = _indexed(library, chain(*sources))
    if options.json:
        print_json(contract.indexed(results))
    else:
        terminal.show_indexed(results)
    terminal.show_left_out(results)
    origins = Origins(database)
    origins.note({one.name: places[one.name] for one in results if one.outcome and one.name in places})
    terminal.show_gone(origins.gone([path for path in paths if path.is_dir()], places))
    if not any(result.outcome or result.error for result in results):
        terminal.say(f"No {', '.join(formats.FORMATS)} file was found there.")
    return FAILED if any(result.error for result in results) else DONE


def _indexed(library: Library, adding: Iterable[Indexed]) -> list[Indexed]:
    """See documents be added with a progress bar, then make them searchable."""
    results: list[Indexed] = []
    with terminal.progress() as bars:
        reading = bars.add_task("reading", total=None)
        for result in adding:
            results.append(result)
            bars.update(reading, completed=len(results))
        searching = bars.add_task("making them searchable", total=None)
        library.refresh(lambda done, total: bars.update(searching, completed=done, total=total))
    return results


def seed_when_empty(settings: Settings) -> None:
    """Index the seeds into a store that has nothing, so that a first question has something to find."""
    library = _library(settings)
    if not library.searched().documents:
        terminal.say("Indexing the articles that come with the bot …")
        terminal.show_failures(_indexed(library, library.add(formats.documents(settings.seeds))))


def remove(options: Namespace) -> int:
    """Remove documents; the known ones go even when another name is unknown."""
    library = _library(load())
    removed = library.remove(options.documents)
    if removed:
        terminal.line(f"{len(removed):,} removed")
    unknown = [name for name in dict.fromkeys(options.documents) if name not in removed]
    there = library.sources() if unknown else ()
    for name in unknown:
        terminal.show_unknown(name, find_document(there, name))
    return FAILED if unknown else DONE


def sources(options: Namespace) -> int:
    """List the documents."""
    documents = _asking().sources(copies=not options.json)
    if options.json:
        print_json(contract.sources(documents))
    elif documents:
        terminal.show_sources(documents)
    return DONE


def ask(options: Namespace) -> int:
    """Answer a question, or many."""
    question = " ".join(options.question) if options.question else None
    if (question is None) == (options.batch is None):
        raise UsageError('Give one question, or a file with --batch: alibaba-bot ask "what is ModelScope?"')
    questions = list(batch.lines(options.batch)) if options.batch is not None else []
    library = _asking()
    if question is None:
        return _ask_many(library, questions, options.json)
    if not options.json and (said := chat.reply(question)):
        terminal.line(said)
        return DONE
    result = library.ask(question)
    if options.json:
        print_json(contract.answer(result))
    elif result.searched.documents:
        terminal.show_answer(result)
    return DONE


def _ask_many(library: Library, questions: Iterable[Line], as_json: bool) -> int:
    """Every question, in order; one that cannot be read is unanswered and does not stop the others."""
    status = DONE
    for line in questions:
        result, wrong = batch.answer(library, line)
        if wrong:
            terminal.say(wrong)
            status = FAILED
        if as_json:
            print_json({"id": line.name} | contract.answer(result))
        elif not wrong:
            terminal.line(f"{line.name}. {line.text}")
            terminal.show_answer(result)
            terminal.line("")
    return status


def search(options: Namespace) -> int:
    """Find passages, or write a TREC run for many queries."""
    query = " ".join(options.query) if options.query else None
    many = options.queries is not None and options.run is not None
    if many == (query is not None) or (options.queries is None) != (options.run is None):
        raise UsageError("Give one query, or both --queries FILE and --run FILE.")
    if query is None:
        return _search_many(list(batch.lines(options.queries)), Path(options.run), options.k or _DEFAULT_RUN)
    results = _asking().search(query, options.k or _DEFAULT_HITS, distinct=True)
    if options.json:
        print_json(contract.search(results))
    else:
        terminal.show_hits(results)
    return DONE


def _search_many(queries: Sequence[Line], run_file: Path, limit: int) -> int:
    if wrong := next(filter(None, (line.wrong for line in queries)), None):
        raise UsageError(wrong)
    library = _asking()
    with run_file.open("w", encoding="utf-8") as written:
        written.writelines(batch.run(library, queries, limit))
    return DONE


def figures(options: Namespace) -> int:
    """The figures of a topic or of everything."""
    library = _asking()
    table = library.figures(" ".join(options.topic) or None)
    if options.json:
        print_json(contract.figures(table))
    else:
        terminal.show_figures(table, library.sources())
    return DONE


def extract(options: Namespace) -> int:
    """The figures of a text, line by line, in constant memory."""
    if options.file == "-":
        return _extract_lines(BufferedReader(FileIO(sys.stdin.fileno(), closefd=False)))
    with Path(options.file).open("rb") as file:
        return _extract_lines(file)


def _extract_lines(file: BufferedReader) -> int:
    for line in encodings.lines(file):
        print_json(contract.extracted(line, tuple(figures_in(line))))
    return DONE


def summarize(options: Namespace) -> int:
    """The key sentences of a document or a topic; an unknown one is a failure."""
    name, library = " ".join(options.name), _asking()
    result = library.summarize(name)
    if options.json:
        print_json(contract.summary(name, result))
    else:
        named = isinstance(result, Summary) and result.document
        terminal.show_summary(name, result, None if named else begun_by(library.sources(), name))
    return FAILED if isinstance(result, NothingFound) else DONE


def digest(options: Namespace) -> int:
    """What arrived since a day, by default since yesterday began."""
    now = datetime.now().astimezone()
    since, moment = _since(options.since or "yesterday", now.date())
    if moment > now.timestamp():
        terminal.say(f"{since} is still to come.")
    found = _asking().digest_since(moment)
    if options.json:
        print_json(contract.digest(since, found))
    elif found.upto:
        terminal.show_digest(since, found)
    return DONE


def _since(told: str, today: date) -> tuple[str, float]:
    """A day or a moment as it is told, and in seconds since 1970; where no zone is told, this machine's."""
    try:
        since = read_since(told, today)
        return since, datetime.fromisoformat(since).timestamp()
    except (ValueError, OverflowError):
        known = f"a date such as {today}, today, yesterday, “3 days ago” or “last monday”"
        raise UsageError(f"--since takes {known}, not “{told}”.") from None


COMMANDS: dict[str, Command] = {
    "index": index,
    "remove": remove,
    "sources": sources,
    "ask": ask,
    "search": search,
    "figures": figures,
    "extract": extract,
    "summarize": summarize,
    "digest": digest,
}
