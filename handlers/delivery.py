"""A claimed job is seen through: composed, sent once, and looked for where nobody knows whether it arrived."""

import asyncio
import logging
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from typing import Any, Final

from handlers import corpus, errors, payloads
from handlers.conversation import Turn
from handlers.payloads import InConversation, Privately, Question
from handlers.replies import compose
from handlers.reply import SILENCE, Reply
from handlers.services import SENDING, Job, OutcomeUnknown, Refused, Services, SlackFailure
from handlers.views import notices, outgoing
from handlers.views.blocks import Form, Message
from handlers.views.plainer import plainer, put
from handlers.whispers import private

_LOG: Final = logging.getLogger("alibaba.delivery")
#: the event_type of the metadata on our messages; its payload names the job
METADATA: Final = "alibaba_reply"
#: the same on what is said meanwhile
PROGRESS: Final = "alibaba_progress"
#: kinds of questions that may go on from others
_GO_ON: Final = frozenset({"mention", "direct", "overheard"})
#: answers found at a time: more make none of them faster, and keep the loop, which acknowledges, from its turn
_AT_ONCE: Final = 2
#: how often a post is tried whose outcome is unknown and that then is not there
_TRIES: Final = 3


@dataclass(slots=True)
class Workspace:
    """What was learned of the workspace: what it refused once is not tried on every answer."""

    #: the form of tables and charts that it takes
    form: Form = "data"


@dataclass(frozen=True, slots=True)
class Delivery:
    """The worker of the jobs."""

    services: Services
    #: seconds until a message that Slack accepted but did not confirm shows up in the conversation
    settling: float = 1.0
    #: seconds an answer may take before its asker is told that it is coming
    patience: float = 1.0
    workspace: Workspace = field(default_factory=Workspace)
    room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE))

    async def prepare(self, job: Job) -> Reply:
        """Find out what to say. No more than progress is shown yet, so this may be repeated; it does not raise."""
        composed: list[Reply] = []
        progress = await self._progress(job)

        async def compose_it() -> None:
            turn = await self._turn(job)
            async with self.room if progress is None else nullcontext():  # the web may take its time beside
                reply = await asyncio.to_thread(_composed, self.services, job, turn)
            composed.append(replace(reply, progress=progress))

        async def apologise(sorry: Message) -> None:
            composed.append(SILENCE if job.question.kind == "overheard" else Reply(sorry, progress=progress))

        composing = asyncio.ensure_future(errors.guarded(compose_it(), apologise))
        done, _ = await asyncio.wait({composing}, timeout=self.patience)
        if not done and progress is None:
            await self._working(job)
        await composing
        return composed[0]

    async def _working(self, job: Job) -> None:
        """Say that an answer takes long, where that can be shown: the answer clears it."""
        to = job.question.to
        if isinstance(to, Privately) or not to.thread or job.question.kind == "overheard":
            return
        try:
            await self.services.posts.status(to, notices.WORKING)
        except SlackFailure as failure:
            _LOG.info("no status was shown for %s: %s", job.key, failure)

    async def _turn(self, job: Job) -> Turn | None:
        """What the conversation is about: from our own notes, or once from a thread we were called into."""
        question = job.question
        if question.kind not in _GO_ON or not isinstance(question.to, InConversation):
            return None
        noted = await asyncio.to_thread(self.services.history.recall, question.to)
        if noted or question.kind != "mention" or question.to.thread == question.to.asked:
            return noted
        try:
            said = await self.services.posts.before(question.to)
        except SlackFailure as failure:
            _LOG.info("the thread of %s could not be read: %s", job.key, failure)
            return None
        asked = (payloads.plain(each, self.services.bot_user) for each in reversed(said))
        return next((Turn("ask", words) for words in asked if any(map(str.isalnum, words))), None)

    async def _progress(self, job: Job) -> str | None:
        """Where it is told that this takes a while: it is said once, whatever happens meanwhile."""
        if job.progress == SENDING:
            return await self._sent(job)
        if job.progress is not None or job.state != "pending":
            return job.progress
        message = corpus.progress(self.services, job.question)
        return await self._begin(job, message) if message else None

    async def _begin(self, job: Job, message: Message) -> str | None:
        """Say that this will take a while; without that the answer comes all the same."""
        to, jobs = job.question.to, self.services.jobs
        try:
            if isinstance(to, Privately):
                await jobs.progressed(job, "")
                await self.services.replies.respond(to.url, private(to, message))
                return ""
            await jobs.progressed(job, SENDING)
            ts = await self.services.posts.post(_place(to) | outgoing.message(message) | mark(job.key, PROGRESS))
        except SlackFailure as failure:
            _LOG.warning("the progress of %s could not be shown: %s", job.key, failure)
            return await self._sent(job) if isinstance(failure, OutcomeUnknown) else None
        await jobs.progressed(job, ts)
        return ts

    async def _sent(self, job: Job) -> str | None:
        """Where the progress is told, if it is: a private one needs no looking for to be replaced."""
        if isinstance(job.question.to, Privately):
            return ""
        try:
            return await self.services.posts.progress(job)
        except SlackFailure as failure:
            _LOG.warning("could not look for the progress of %s: %s", job.key, failure)
            return None

    async def deliver(self, job: Job, reply: Reply) -> None:
        """Say it, for the first time."""
        if reply.silent:
            return
        await errors.guarded(self._send(job, reply, _TRIES), lambda sorry: self._tell(job, sorry))

    async def settle(self, job: Job, reply: Reply) -> None:
        """Say it, unless it was said before the process died."""
        if reply.silent:
            return
        await errors.guarded(self._resume(job, reply), lambda sorry: self._tell(job, sorry))

    async def _send(self, job: Job, reply: Reply, tries: int) -> None:
        try:
            await self._show(job, reply)
        except Refused as refusal:
            await self._refused(job, reply, refusal)
        except OutcomeUnknown:
            await asyncio.sleep(self.settling)
            await self._look(job, reply, tries - 1)

    async def _resume(self, job: Job, reply: Reply) -> None:
        await self._look(job, reply, _TRIES)

    async def _look(self, job: Job, reply: Reply, tries: int) -> None:
        """The outcome is unknown: only where the reply is certainly absent may it be sent again.

        In the place of the progress, twice is as good as once.
        """
        posted = False if reply.progress is not None else await self._posted(job)
        if posted is False and tries > 0:
            await self._send(job, reply, tries)
        elif not posted:
            await self._tell(job, notices.notice(notices.INTERRUPTED))

    async def _posted(self, job: Job) -> bool | None:
        if isinstance(job.question.to, Privately):
            return None
        try:
            return await self.services.posts.posted(job)
        except SlackFailure as failure:
            _LOG.warning("could not look for the reply to %s: %s", job.key, failure)
            return None

    async def _show(self, job: Job, reply: Reply) -> None:
        to, message = job.question.to, put(reply.message, self.workspace.form)
        if isinstance(to, InConversation) and reply.private and not to.is_direct:
            await self.services.posts.tell(_place(to) | {"user": job.question.user} | outgoing.message(message))
        elif isinstance(to, InConversation):
            ts = await self._put(job, to, outgoing.message(message), reply.progress)
            await asyncio.to_thread(self.services.history.replied, job.key, f"{to.channel}:{ts}")
        else:
            in_place = to.in_place or reply.progress is not None
            await self.services.replies.respond(to.url, private(to, message, reply.in_channel, in_place))
        if message.form != "data":
            self.workspace.form = message.form
        if isinstance(to, Privately) and reply.instead:
            await self._replace(job, to, reply.instead)

    async def _put(self, job: Job, to: InConversation, fitted: dict[str, Any], progress: str | None) -> str:
        """Say it in a conversation, in the place of the progress where that was told; returns its ts."""
        marked = fitted | mark(job.key)
        if not progress:
            return await self.services.posts.post(_place(to) | marked)
        await self.services.posts.update(to.channel, progress, marked)
        return progress

    async def _replace(self, job: Job, to: Privately, message: Message) -> None:
        """Losing this only leaves a button that does nothing more."""
        try:
            await self.services.replies.respond(to.url, {"replace_original": True, **outgoing.message(message)})
        except SlackFailure as failure:
            _LOG.warning("the private copy of %s was not replaced: %s", job.key, failure)

    async def _refused(self, job: Job, reply: Reply, refusal: Refused) -> None:
        _LOG.warning("Slack refused the reply to %s: %s", job.key, refusal.code)
        lower = plainer(put(reply.message, self.workspace.form)) if refusal.unfit else None
        if lower:
            await self._send(job, replace(reply, message=lower), 1)
        elif reply.progress:
            # somebody may have taken it away meanwhile
            await self._send(job, replace(reply, progress=None), _TRIES)
        else:
            await self._tell(job, notices.refused(refusal.code))

    async def _tell(self, job: Job, message: Message) -> None:
        """Tell the asker alone, there or else in direct messages; when both fail, the log has it.

        An apology is rather read twice than never. Who asked nobody is told nothing.
        """
        ways = () if job.question.kind == "overheard" else (self._aside, self._directly)
        for way in ways:
            try:
                await way(job.question, message)
                break
            except SlackFailure as failure:
                _LOG.warning("the asker of %s could not be told: %s", job.key, failure)

    async def _aside(self, question: Question, message: Message) -> None:
        to = question.to
        if isinstance(to, Privately):
            await self.services.replies.respond(to.url, private(to, message))
        else:
            await self.services.posts.tell(_place(to) | {"user": question.user} | outgoing.message(message))

    async def _directly(self, question: Question, message: Message) -> None:
        await self.services.posts.post({"channel": question.user} | outgoing.message(message))


def _composed(services: Services, job: Job, turn: Turn | None) -> Reply:
    """The reply, and its question noted for what may follow it."""
    reply = compose(services, job.question, turn)
    if reply.turn:
        services.history.keep(job, reply.turn)
    return reply


def _place(to: InConversation) -> dict[str, Any]:
    return {"channel": to.channel} | ({"thread_ts": to.thread} if to.thread else {})


def mark(key: str, kind: str = METADATA) -> dict[str, Any]:
    """The metadata by which a message of ours is found again, as part of it."""
    return {"metadata": {"event_type": kind, "event_payload": {"job": key}}}
