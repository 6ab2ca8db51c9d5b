"""The methods of an app that is declared an agent: what it is doing, what it suggests, its sessions."""

from typing import Final

from bot.playground.admission import Args, Desk, Refused, Result, channel_of, existing_message

PROMPTS: Final = 4
TITLE: Final = 200
SESSIONS: Final = ("active", "processing", "suspended", "closed")


def set_status(desk: Desk, args: Args) -> Result:
    """Show what the app is doing in a thread; its next message there clears it."""
    channel = desk.workspace.channels.get(str(args.get("channel_id")))
    if channel is None or not args.get("thread_ts"):
        raise Refused("channel_not_found")
    desk.workspace.set_status(channel.id, str(args["thread_ts"]), str(args.get("status") or ""))
    return {}


def set_suggested_prompts(desk: Desk, args: Args) -> Result:
    """Suggest up to four messages; with a thread Slack silently shows nothing, so that is refused here."""
    channel, prompts = desk.workspace.channels.get(str(args.get("channel_id"))), args.get("prompts")
    if channel is None or not channel.is_im:
        raise Refused("channel_not_found")
    if args.get("thread_ts") or not isinstance(prompts, list) or not 1 <= len(prompts) <= PROMPTS:
        raise Refused("invalid_arguments", ("[ERROR] one to four prompts, and no thread",))
    desk.workspace.suggest(channel.id, [(str(each["title"]), str(each["message"])) for each in prompts])
    return {}


def set_session(desk: Desk, args: Args) -> Result:
    """Begin an agent's session in a thread, or change its state; the title counts only where one begins."""
    title = str(args.get("title") or "")
    if args.get("status") not in SESSIONS or len(title) > TITLE:
        raise Refused("invalid_arguments", ("[ERROR] a status, and a title of at most 200 characters",))
    place = _thread(desk, args)
    desk.workspace.entitle(*place, title)
    return {"session": {"status": args["status"], "title": desk.workspace.titles[place]}}


def rename_session(desk: Desk, args: Args) -> Result:
    """Call a session something else."""
    place, title = _thread(desk, args), str(args.get("title") or "")
    if place not in desk.workspace.titles:
        raise Refused("session_not_found")
    if not 0 < len(title) <= TITLE:
        raise Refused("invalid_arguments", ("[ERROR] a title of at most 200 characters",))
    desk.workspace.titles[place] = title
    desk.workspace.changes.bump()
    return {}


def _thread(desk: Desk, args: Args) -> tuple[str, str]:
    """A session is a thread, named by its first message."""
    channel = channel_of(desk, {"channel": args.get("channel_id")})
    return channel.id, existing_message(desk, channel, args.get("thread_ts"), "thread_not_found").ts
