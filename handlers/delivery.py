"""A claimed job is seen through: composed, sent once, and looked for where nobody knows whether it arrived."""

import asyncio
import logging
from dataclasses import dataclass, field, replace
from typing import Any, Final

from handlers import corpus, errors
from handlers.payloads import InConversation, Privately, Question
from handlers.replies import Reply, compose
from handlers.services import Job, OutcomeUnknown, Refused, Services, SlackFailure
from handlers.views import notices, outgoing
from handlers.views.blocks import Form, Message
from handlers.views.plainer import plainer, put

_LOG: Final = logging.getLogger("alibaba.delivery")
#: the event_type of the metadata on our messages; its payload names the job
METADATA: Final = "alibaba_reply"
#: how often a post is tried whose outcome is unknown and that then is not there
_TRIES: Final = 3
#: codes that blame the blocks: the fallback text still gets through
_UNFIT: Final = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long"})


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
    workspace: Workspace = field(default_factory=Workspace)

    async def prepare(self, job: Job) -> Reply:
        """Find out what to say. Nothing is shown yet, so this may be repeated; it does not raise."""
        composed: list[Reply] = []

        async def compose_it() -> None:
            progress = await self._progress(job.question)
            reply = await asyncio.to_thread(compose, self.services, job.question)
            composed.append(replace(reply, progress=progress))

        async def apologise(sorry: Message) -> None:
            composed.append(Reply(sorry))

        await errors.guarded(compose_it(), apologise)
        return composed[0]

    async def _progress(self, question: Question) -> str | None:
        """Say that this will take a while, where it will; without that the answer comes all the same."""
        message = corpus.progress(self.services, question)
        if message is None:
            return None
        to, fitted = question.to, outgoing.message(message)
        try:
            if isinstance(to, InConversation):
                return await self.services.posts.post(_place(to) | fitted)
            await self.services.replies.respond(to.url, _private(to, message))
        except SlackFailure as failure:
            _LOG.warning("the progress could not be shown: %s", failure)
            return None
        return ""

    async def deliver(self, job: Job, reply: Reply) -> None:
        """Say it, for the first time."""
        await errors.guarded(self._send(job, reply, _TRIES), lambda sorry: self._tell(job, sorry))

    async def settle(self, job: Job, reply: Reply) -> None:
        """Say it, unless it was said before the process died."""
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
        """The outcome is unknown: only where the reply is certainly absent may it be sent again."""
        posted = None if isinstance(job.question.to, Privately) else await self._posted(job)
        if posted is False and tries > 0:
            await self._send(job, reply, tries)
        elif not posted:
            await self._tell(job, notices.notice(notices.INTERRUPTED))

    async def _posted(self, job: Job) -> bool | None:
        try:
            return await self.services.posts.posted(job)
        except SlackFailure as failure:
            _LOG.warning("could not look for the reply to %s: %s", job.key, failure)
            return None

    async def _show(self, job: Job, reply: Reply) -> None:
        to, message = job.question.to, put(reply.message, self.workspace.form)
        if isinstance(to, InConversation):
            marked = outgoing.message(message) | _mark(job)
            if reply.progress:
                await self.services.posts.update(to.channel, reply.progress, marked)
            else:
                await self.services.posts.post(_place(to) | marked)
        else:
            in_place = to.in_place or reply.progress is not None
            await self.services.replies.respond(to.url, _private(to, message, reply.in_channel, in_place))
        if message.form != "data":
            self.workspace.form = message.form
        if isinstance(to, Privately) and reply.instead:
            await self._replace(job, to, reply.instead)

    async def _replace(self, job: Job, to: Privately, message: Message) -> None:
        """Losing this only leaves a button that does nothing more."""
        try:
            await self.services.replies.respond(to.url, {"replace_original": True, **outgoing.message(message)})
        except SlackFailure as failure:
            _LOG.warning("the private copy of %s was not replaced: %s", job.key, failure)

    async def _refused(self, job: Job, reply: Reply, refusal: Refused) -> None:
        _LOG.warning("Slack refused the reply to %s: %s", job.key, refusal.code)
        lower = plainer(put(reply.message, self.workspace.form)) if refusal.code in _UNFIT else None
        if lower:
            await self._send(job, replace(reply, message=lower), 1)
        elif isinstance(job.question.to, InConversation):
            await self._tell(job, notices.refused(refusal.code))

    async def _tell(self, job: Job, message: Message) -> None:
        """Tell the asker alone; when even that fails, the log has it."""
        to, fitted = job.question.to, outgoing.message(message)
        try:
            if isinstance(to, Privately):
                await self.services.replies.respond(to.url, _private(to, message))
            else:
                await self.services.posts.tell(_place(to) | {"user": job.question.user} | fitted)
        except SlackFailure as failure:
            _LOG.warning("the asker of %s could not be told: %s", job.key, failure)


def _private(to: Privately, message: Message, in_channel: bool = False, in_place: bool = False) -> dict[str, Any]:
    thread = {"thread_ts": to.thread} if to.thread else {}
    visible = "in_channel" if in_channel else "ephemeral"
    return {"response_type": visible, "replace_original": in_place, **outgoing.message(message), **thread}


def _place(to: InConversation) -> dict[str, Any]:
    return {"channel": to.channel} | ({"thread_ts": to.thread} if to.thread else {})


def _mark(job: Job) -> dict[str, Any]:
    return {"metadata": {"event_type": METADATA, "event_payload": {"job": job.key}}}
