"""People who ask a bot at a given rate, and a record of what each request got: for :mod:`tests.bench.load`.

Every document tells one figure of one name that stands nowhere else, and every request asks for one name: a reply is
counted for a request only where it stands in its place (its response_url, its thread, its trigger, its direct
messages) and speaks of its name. One that speaks of another, or stands where nobody asked, is counted as wrong.
"""

import asyncio
import json
import random
import re
import time
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.playground.delivery import Delivery
from bot.playground.faults import NO_FAULT, RESPONSE_URL, Fault, Faults
from bot.playground.payloads import presses
from bot.playground.routes import Call
from bot.playground.server import FakeSlack
from bot.playground.workspace import BOT, Channel, Message, User
from content.documents import Document

DOCUMENTS = 1_000
PEOPLE = 400
CHANNELS = 60
_SYLLABLES = ("ba", "de", "fi", "go", "ku", "la", "me", "ni", "ro", "tu")
_NAME = re.compile(rf"\b(?:{'|'.join(_SYLLABLES)})(?:{'|'.join(_SYLLABLES)}){{3}}\b", re.IGNORECASE)
#: seconds a message is kept to be pressed or gone on from
_KEPT = 900.0
#: what the money went to, and how that is said and asked: documents of one number modulo these are about one thing
_THINGS = (
    "airports aquariums bakeries balloons batteries bicycles bridges cameras carpets elevators ferries furnaces "
    "greenhouses harbours hospitals kitchens laboratories libraries lighthouses museums observatories orchards "
    "pipelines printers quarries railways reservoirs satellites sawmills stadiums submarines telescopes textiles "
    "theatres tractors turbines vaccines vineyards violins warehouses"
).split()
_WAYS = (("spent", "spend", "on"), ("invested", "invest", "in"), ("paid", "pay", "for"), ("raised", "raise", "for"))
#: how the kinds of requests are mixed
MIX = ("slash",) * 6 + ("mention",) * 5 + ("direct",) * 3 + ("thread",) * 3 + ("share", "share", "read")
_FAULTS = (
    Fault(error="ratelimited", status=429, retry_after=1),
    Fault(status=500),
    Fault(status=500, accepted=True),
    Fault(status=503),
    Fault(drop=True, accepted=True),
    Fault(delay=11.0, accepted=True),
)


def name(number: int) -> str:
    """A made-up name; any two differ in two syllables, so that no spelling is put right to another."""
    digits = [number // 100 % 10, number // 10 % 10, number % 10]
    return "".join(_SYLLABLES[digit] for digit in (*digits, sum(digits) % 10)).capitalize()


def documents() -> Iterator[Document]:
    """A thousand documents: a figure each, among paragraphs of made-up words; 25 are about one thing."""
    words = ["".join(random.Random(n).choices("abcdefghiklmnoprstuvy", k=7)) for n in range(3_000)]
    for number in range(DOCUMENTS):
        chance = random.Random(number)
        filler = "\n\n".join(" ".join(chance.choices(words, k=60)).capitalize() + "." for _ in range(5))
        told, _, to = _WAYS[number % len(_WAYS)]
        told = f"{name(number)} {told} ${number + 11} million {to} {_THINGS[number % len(_THINGS)]} in 2025."
        yield Document(f"doc-{number}", f"{told}\n\n{filler}", title=f"The report of {name(number)}")


class Unruly(Faults):
    """A share of all calls suffers, from the moment it is set."""

    share = 0.0
    chance = random.Random(5)

    def take(self, method: str, about: Any = ()) -> Fault:
        return self.chance.choice(_FAULTS) if self.chance.random() < self.share else NO_FAULT


class Seen(list[Call]):
    """What the bot's calls showed: (place, name) → how often; nothing else of them is kept."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: Counter[tuple[str, str]] = Counter()
        self.places: set[str] = set()
        self.faulty = 0

    def append(self, call: Call) -> None:
        self.faulty += call.error is not None
        text, place = _told(call)
        if call.error is None and place:
            about = {found.capitalize() for found in _NAME.findall(text)}
            self.shown[place, "+".join(sorted(about))] += 1
            self.places.add(place)


def _told(call: Call) -> tuple[str, str]:
    """The text of what a call showed, and where; nothing for calls that show nothing new."""
    said = call.arguments
    if call.method == RESPONSE_URL:
        return str(said.get("text")), "" if said.get("replace_original") else str(said[RESPONSE_URL])
    if call.method in ("chat.postMessage", "chat.postEphemeral"):
        return str(said.get("text")), str(said.get("thread_ts") or said.get("channel"))
    return json.dumps(said.get("view")), str(said.get("trigger_id") or "") if call.method == "views.open" else ""


@dataclass(frozen=True, slots=True)
class Request:
    """One thing asked, and where its reply belongs, or else the word that there will be none."""

    kind: str
    about: str
    place: str
    acknowledged: bool
    seconds: float
    apology: str
    user: str


@dataclass(slots=True)
class Crowd:
    """The people; ``asked`` is everything they did."""

    slack: FakeSlack
    seen: Seen
    asked: list[Request] = field(default_factory=list)
    chance: random.Random = field(default_factory=lambda: random.Random(1))
    #: answers that may be pressed or gone on from
    private: deque[Request] = field(default_factory=deque)
    threads: deque[tuple[str, str, int]] = field(default_factory=deque)
    pressed: set[str] = field(default_factory=set)

    def settle_in(self) -> None:
        """People, their channels and their direct messages."""
        people = [f"U{number}" for number in range(PEOPLE)]
        workspace = self.slack.workspace
        workspace.users |= {each: User(each, each.lower(), each) for each in people}
        for number in range(CHANNELS):
            workspace.channels[f"C{number}"] = Channel(f"C{number}", f"c{number}", frozenset({*people, BOT}))
        for number, each in enumerate(people):
            workspace.channels[f"D{number}"] = Channel(f"D{number}", "", frozenset({each, BOT}), is_im=True)

    async def come(self, rate: float, seconds: float) -> None:
        """So many requests a second, whether those before are answered or not."""
        began, tasks = time.monotonic(), set()
        for number in range(round(rate * seconds)):
            await asyncio.sleep(max(0.0, began + number / rate - time.monotonic()))
            task = asyncio.ensure_future(self.act(number))
            tasks.add(task)
            task.add_done_callback(tasks.discard)
            if number % 200 == 0:
                self._forget()
        await asyncio.gather(*tasks)

    async def act(self, number: int) -> Request:
        """One request of the mix."""
        kind, about = self.chance.choice(MIX), self.chance.randrange(DOCUMENTS)
        do = getattr(self, f"_{kind}")
        made: Request | None = await do(number, about)
        request = made or await self._slash(number, about)
        self.asked.append(request)
        return request

    async def command(self, number: int) -> Request:
        """One slash command."""
        return await self._slash(number, self.chance.randrange(DOCUMENTS))

    async def _slash(self, number: int, about: int) -> Request:
        user, channel = f"U{number % PEOPLE}", f"C{number % CHANNELS}"
        delivery = await self.slack.slash(_question(about), user=user, channel=channel)
        request = _request("slash", name(about), str(delivery.parcel.payload["response_url"]), delivery)
        self.private.append(request)
        return request

    async def _mention(self, number: int, about: int) -> Request:
        channel, user = f"C{number % CHANNELS}", f"U{number % PEOPLE}"
        delivery = await self.slack.say(f"<@{BOT}> {_question(about)}", channel=channel, user=user)
        ts = str(delivery.parcel.payload["event"]["ts"])
        self.threads.append((channel, ts, about))
        return _request("mention", name(about), ts, delivery)

    async def _direct(self, number: int, about: int) -> Request:
        slot = number % PEOPLE
        delivery = await self.slack.say(_question(about), channel=f"D{slot}", user=f"U{slot}")
        return _request("direct", name(about), f"D{slot}", delivery)

    async def _thread(self, number: int, about: int) -> Request | None:
        """Go on from an answer in a thread."""
        open_threads = (each for each in tuple(self.threads) if each[1] in self.seen.places)
        found = next(open_threads, None)
        if found is None:
            return None
        self.threads.remove(found)
        channel, ts, before = found
        other = name((before + len(_THINGS) * (1 + about % 24)) % DOCUMENTS)
        text = f"<@{BOT}> and what about {other}?"
        delivery = await self.slack.say(text, channel=channel, user=f"U{number % PEOPLE}", thread_ts=ts)
        return _request("thread", other, ts, delivery)

    async def _share(self, number: int, about: int) -> Request | None:
        return await self._press("share", "response_url")

    async def _read(self, number: int, about: int) -> Request | None:
        return await self._press("read_in_context", "trigger_id")

    async def _press(self, action: str, place: str) -> Request | None:
        """A button of a private answer that has come."""
        pressed = next((each for each in tuple(self.private) if self.seen.shown[each.place, each.about]), None)
        message = self._standing(pressed.about, action) if pressed else None
        if pressed is None or message is None:
            return None
        self.private.remove(pressed)
        self.pressed.add(message.ts)  # pressed twice, an answer is shared once
        delivery = await self.slack.click(message, action, user=str(message.ephemeral_to))
        return _request(action, pressed.about, str(delivery.parcel.payload[place]), delivery)

    def _standing(self, about: str, action: str) -> Message | None:
        """A private answer that still has the button: it is gone from what was shared."""
        log = reversed(tuple(self.slack.workspace.log.values()))
        private = (each for each in log if each.ephemeral_to and about in each.text and each.ts not in self.pressed)
        return next((each for each in private if any(p.action_id == action for p in presses(each.blocks))), None)

    def _forget(self) -> None:
        """What is old, so that it is the bot's memory that is measured."""
        log, since = self.slack.workspace.log, self.slack.clock() - _KEPT
        for ts in [ts for ts in log if float(ts) < since]:
            del log[ts]
        old = [each for each in self.threads if float(each[1]) < since + 30]
        self.threads = deque(each for each in self.threads if each not in old)
        while len(self.private) > 100:
            self.private.popleft()

    def due(self) -> list[Request]:
        """The acknowledged requests that have got nothing yet; a word in direct messages counts for one of them."""
        shown, told = self.seen.shown, Counter[str]()
        missing = []
        for each in self.asked:
            if each.acknowledged and not shown[each.place, each.about] and not shown[each.apology, ""]:
                told[each.user] += 1
                missing += [each] if told[each.user] > shown[each.user, ""] else []
        return missing

    def tally(self) -> Mapping[str, int]:
        """How many were answered once, told that it did not work, lost, doubled, answered wrongly."""
        wanted = Counter((each.place, each.about) for each in self.asked)
        shown = self.seen.shown
        answered = {key: shown[key] for key in wanted}
        strange = {key: count for key, count in shown.items() if key not in wanted and key[1]}
        unanswered = sum(each.acknowledged and not shown[each.place, each.about] for each in self.asked)
        return {
            "requests": len(self.asked),
            **dict(sorted(Counter(each.kind for each in self.asked).items())),
            "not acknowledged": sum(not each.acknowledged for each in self.asked),
            "answered": sum(min(count, wanted[key]) for key, count in answered.items()),
            "told that it did not work": unanswered - len(self.due()),
            "lost": len(self.due()),
            "doubled": sum(count > wanted[key] for key, count in answered.items()),
            "wrong": sum(strange.values()),
        }


def _question(about: int) -> str:
    _, asked, to = _WAYS[about % len(_WAYS)]
    return f"how much did {name(about)} {asked} {to} {_THINGS[about % len(_THINGS)]}?"


def _request(kind: str, about: str, place: str, delivery: Delivery) -> Request:
    apology = str(delivery.parcel.payload.get("response_url") or place)
    return Request(kind, about, place, delivery.ok, delivery.seconds, apology, _who(delivery.parcel.payload))


def _who(payload: Mapping[str, Any]) -> str:
    event = payload.get("event") or payload
    return str(payload.get("user_id") or (event["user"]["id"] if isinstance(event["user"], dict) else event["user"]))
