"""What the handlers need from the outside, as one frozen parcel of small Protocols; ``bot`` provides them all."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, Protocol

from content.digests import Digest
from content.documents import (
    Answer,
    Excerpt,
    FigureTable,
    NothingFound,
    Passage,
    Place,
    Searched,
    Sentence,
    SourceDocument,
    Summary,
)
from content.feedreader import Feed
from content.library import Indexed
from handlers.conversation import Turn
from handlers.gestures import Comment, Rating
from handlers.payloads import InConversation, Question
from handlers.timetable import Ended, Run, Subscription

State = Literal["pending", "posting", "done"]
#: a question, and what it was asked of → the sentences of the answer
Asked = dict[tuple[str, Searched], tuple[str, ...]]
#: a message or view as it goes to Slack
Payload = Mapping[str, object]
SENDING: Final = "sending"


class SlackFailure(Exception):
    """Slack did not do what it was asked."""


#: codes that blame the blocks
_UNFIT: Final = frozenset(
    {"invalid_arguments", "invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long"}
)


class Refused(SlackFailure):
    """Slack said no, in its own code ("not_in_channel"): nothing was shown to anybody."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def unfit(self) -> bool:
        """Something plainer may still get through."""
        return self.code in _UNFIT


class OutcomeUnknown(SlackFailure):
    """A timeout or a server error: it may have been shown, or not."""


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed request, to be answered exactly once."""

    #: Slack's own id of the request (event_id, trigger_id …), the same in every redelivery
    key: str
    question: Question
    #: ``"channel:ts"`` where a message asked: two events about one message are one request
    message: str | None = None
    state: State = "pending"
    #: the ts of the message that told of its progress; "" where that is the asker's alone, ``SENDING`` where nobody
    #: knows whether it stands
    progress: str | None = None


class Answers(Protocol):
    """Questions to the documents. Every call may block: use a thread."""

    def ask(self, question: str) -> Answer | NothingFound:
        """Answer, or say honestly that the documents do not; raises ``UnusableQuestion``."""
        ...

    def figures(self, topic: str | None) -> FigureTable:
        """All figures of a topic."""
        ...

    def further(self, question: str) -> Summary:
        """All that would do for an answer to a question, the best first; raises ``UnusableQuestion``."""
        ...

    def summarize(self, name: str, beyond: int = 0) -> Summary | NothingFound:
        """The key sentences of a document or a topic; ``beyond`` asks for so many more of them than are usual."""
        ...


class Documents(Protocol):
    """What is indexed. Every call may block: use a thread."""

    def sources(self, copies: bool = False) -> tuple[SourceDocument, ...]:
        """The documents; with ``copies`` the labels of syndicated ones say so."""
        ...

    def excerpt(self, place: Place, around: int = 2) -> Excerpt | None:
        """A quoted paragraph among its neighbours; ``None`` when it is gone."""
        ...

    def quoted(self, reference: str) -> tuple[Passage, Sentence] | None:
        """The sentence of a figure and its passage (``content.citations.reference``); ``None`` when it is gone."""
        ...

    def searched(self) -> Searched:
        """How much there is to search."""
        ...


class Jobs(Protocol):
    """Work that outlives the request that asked for it."""

    async def claim(self, job: Job) -> bool:
        """Commit the job, then see to it in the background; false when it was claimed before."""
        ...

    async def progressed(self, job: Job, where: str) -> None:
        """Commit where the progress of a job is told (``Job.progress``)."""
        ...

    def soon(self, work: Coroutine[object, object, None]) -> None:
        """Run ``work`` in the background without a claim: a crash forgets it."""
        ...


class Posts(Protocol):
    """Messages in channels and direct messages. All raise ``SlackFailure``."""

    async def post(self, message: Payload) -> str:
        """Post once; returns its ts. ``OutcomeUnknown`` when it may have arrived."""
        ...

    async def remove(self, channel: str, ts: str) -> None:
        """Take a message of the bot's own away; one that is gone already is no failure."""
        ...

    async def update(self, channel: str, ts: str, message: Payload) -> None:
        """Put a message in the place of one of the bot's own."""
        ...

    async def posted(self, job: Job) -> bool | None:
        """Whether the reply of a job stands in its conversation; ``None`` when that cannot be read."""
        ...

    async def progress(self, job: Job) -> str | None:
        """The ts of the message that tells of a job's progress; ``None`` when none is found."""
        ...

    async def before(self, place: InConversation) -> tuple[str, ...]:
        """What people said in a thread before a message, oldest first, in Slack's wire format: one call."""
        ...

    async def status(self, place: InConversation, words: str) -> None:
        """Show in a thread what the bot is doing, until it posts there."""
        ...

    async def title(self, place: InConversation, words: str) -> None:
        """Give a thread of the agent view its title, where it has none."""
        ...

    async def tell(self, message: Payload) -> None:
        """Show a message to one person only (``user`` in ``channel``)."""
        ...


class Replies(Protocol):
    """Answers to one interaction. All raise ``SlackFailure``."""

    async def respond(self, url: str, message: Payload) -> None:
        """Use a response_url: five times within thirty minutes."""
        ...

    async def open(self, trigger: str, view: Payload) -> None:
        """Open a modal; a trigger lives three seconds."""
        ...

    async def change(self, view: str, instead: Payload) -> None:
        """Show something else in an open modal."""
        ...

    async def publish(self, user: str, view: Payload) -> None:
        """Show a person their App Home."""
        ...

    async def suggest(self, channel: str, prompts: Sequence[Mapping[str, str]]) -> None:
        """Suggest messages to begin with in direct messages."""
        ...


class History(Protocol):
    """What people asked, until it is erased. Every call may block: use a thread."""

    def keep(self, job: Job, turn: Turn) -> None:
        """Note what a job asked for; noting it again changes nothing."""
        ...

    def replied(self, key: str, message: str) -> None:
        """Note where (``"channel:ts"``) the reply to the job of that key stands."""
        ...

    def asker(self, message: str) -> str | None:
        """Who asked for the reply that stands there."""
        ...

    def rate(self, rating: Rating) -> None:
        """Note what somebody thinks of an answer; what they thought before is forgotten."""
        ...

    def comment(self, comment: Comment) -> None:
        """Add what they missed."""
        ...

    def follows(self, place: InConversation) -> bool:
        """Whether a message goes on with a thread that was answered lately; each one asked about counts."""
        ...

    def recent(self, user: str, most: int) -> tuple[str, ...]:
        """The last things a person asked, in words that ask them again, the newest first."""
        ...

    def erase(self, user: str) -> int:
        """Forget everything one person asked and thought; returns how many questions that were."""
        ...

    def recall(self, place: InConversation) -> Turn | None:
        """What a conversation was about before the message that asks now."""
        ...


class Corpus(Protocol):
    """Where documents come from, as far as people in Slack decide it. Every call may take minutes: use a thread."""

    def add(self, address: str) -> Indexed:
        """Fetch a page and store it; on return it is found. Raises ``ContentError`` when that has to wait."""
        ...

    def follow_feed(self, address: str, topics: Sequence[str]) -> Feed:
        """Follow a feed, or the one that a page names; raises ``ContentError`` in words."""
        ...

    def unfollow_feed(self, name: str) -> tuple[Feed, ...]:
        """Stop following the feed of an address, or those of a name; returns them."""
        ...

    def feeds(self) -> tuple[Feed, ...]:
        """What is followed."""
        ...


class News(Protocol):
    """What happens to the documents, as numbered changes. Every call may block: use a thread."""

    def digest(self, after: int, upto: int | None = None) -> Digest:
        """What came after a change and, where that is named, not after another."""
        ...

    def last_change(self) -> int:
        """The number of the last change."""
        ...

    def before_newest(self, count: int) -> int:
        """The change that brought the last document before the ``count`` newest; 0 where there is none."""
        ...


class Book(Protocol):
    """Who wants a digest, and what became of each. Every call may block: use a thread."""

    def find(self, channel: str) -> Subscription | None:
        """The subscription of a channel."""
        ...

    def of(self, user: str) -> tuple[Subscription, ...]:
        """Those that one person set up."""
        ...

    def put(self, wanted: Subscription) -> None:
        """Set one up, in the place of the channel's earlier one."""
        ...

    def drop(self, channel: str) -> bool:
        """End one; false when there was none."""
        ...

    def told(self, channel: str) -> int | None:
        """The number of the last change a channel was told of."""
        ...

    def heard(self, channel: str) -> float | None:
        """When that was, in seconds since 1970, as far as it is remembered."""
        ...

    def last_day(self, channel: str) -> date | None:
        """The local date of its last run."""
        ...

    def ended(self, channel: str) -> Ended | None:
        """How its last run ended."""
        ...

    def claim(self, run: Run) -> bool:
        """Let a run be worked as soon as it is due; false when it was claimed before."""
        ...


class People(Protocol):
    """What Slack knows of people. Every call may block: use a thread."""

    def zone(self, user: str) -> str | None:
        """The IANA's name of a person's time zone; ``None`` where Slack does not say."""
        ...


@dataclass(frozen=True, slots=True)
class Digests:
    """What it takes to set up digests."""

    news: News
    book: Book
    people: People
    #: seconds since 1970
    clock: Callable[[], float]
    #: the zone of channels; ``None``: that of whoever sets one up
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a handler may use."""

    answers: Answers
    documents: Documents
    jobs: Jobs
    posts: Posts
    replies: Replies
    history: History
    #: the bot's own user id, to strip from mentions
    bot_user: str
    #: the slash command as this workspace calls it
    command: str = "/alibaba"
    #: threads that were answered go on without a mention
    follow_threads: bool = False
    #: what was asked in order to offer it
    asked: Asked = field(default_factory=dict, compare=False)
    #: "channel:thread" of the threads of the agent view that were given a title, or refused one
    titled: set[str] = field(default_factory=set, compare=False)
    #: the trigger ids of what was pressed last, the oldest first
    pressed: dict[str, None] = field(default_factory=dict, compare=False)
    #: ``None`` where documents come from elsewhere only
    corpus: Corpus | None = None
    #: the user ids of those who may add documents; empty: nobody may
    admins: frozenset[str] = frozenset()
    #: ``None`` where nothing is posted by itself
    digests: Digests | None = None
