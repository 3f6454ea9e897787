"""Why a case is still here, and what happens next, in plain words: for a technician at the machine."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from flows.text import Text
from kiosk.backroom.entries import Entry
from kiosk.backroom.sync_note import SyncNote


@dataclass(frozen=True)
class Surrounding:
    """`running`: a terminal program has the outbox, and its note is of now."""

    note: SyncNote
    running: bool
    now: str  # ISO 8601, UTC
    zone: tzinfo


@dataclass(frozen=True)
class Explanation:
    """`next_try_at` (ISO 8601, UTC) is empty where a person must do something first, or where it may be any moment."""

    why: Text
    next: Text
    next_try_at: str = ""


_DONE = Text(zh="不用做什么", en="nothing to do")
_BY_ITSELF = Text(zh="自动送出，不用做什么", en="goes on by itself")
_REFUSALS: Mapping[str, Text] = {
    "conflict": Text(
        zh="中心那里这个编号已被另一份办件占用（可能是本机的数据被复制过）",
        en="the center already has another case under this number (this machine's data may have been copied)",
    ),
    "signature": Text(
        zh="中心认不出本机的签名，或办件在盘上被改动过",
        en="the center does not recognise this machine's signature, or the case was changed on the disk",
    ),
    "key": Text(zh="它封给了中心没有的密钥", en="it is sealed to a key that this center does not have"),
    "sealed": Text(
        zh="中心打不开它：盘上的数据可能坏了", en="the center cannot open it: the data on the disk may be damaged"
    ),
    "mismatch": Text(
        zh="里面的附件与办件说的不一样：盘上的数据可能坏了",
        en="an attachment is not what the case says: the data on the disk may be damaged",
    ),
    "content": Text(zh="中心看不懂它：两边的版本可能不同", en="the center cannot read it: the versions may differ"),
    "missing": Text(zh="本机盘上缺一个附件", en="an attachment is missing on this machine's disk"),
}
_TROUBLES: Mapping[str, Text] = {
    "unknownTerminal": Text(zh="中心不认识这台终端", en="the center does not know this terminal"),
    "revoked": Text(zh="中心已停用这台终端", en="the center has taken this terminal out of service"),
    "attachmentsMissing": Text(zh="附件还没有送全", en="its attachments are not all there yet"),
    "clock": Text(zh="本机的时钟不对", en="this machine's clock is wrong"),
    "disk": Text(zh="本机的硬盘读写出错", en="this machine's disk fails"),
}
_CALL = Text(
    zh="请联系中心管理员；查清后运行 kiosk queue retry {id} 再送一次",
    en="ask the center's staff; once it is cleared up, run: kiosk queue retry {id}",
)
_CODE = re.compile(r"^\d{3} (\w+):")


def explain(entry: Entry, around: Surrounding, place: int) -> Explanation:
    """`place`: how many waiting ones are offered before it."""
    if entry.state == "delivered":
        number = entry.case_number or "—"
        return Explanation(Text(zh=f"已送到中心，办件编号 {number}", en=f"delivered; case number {number}"), _DONE)
    if entry.state == "quarantined":
        return Explanation(_refused(entry), _with_id(_CALL, entry))
    return _waiting(entry, around, place)


def _refused(entry: Entry) -> Text:
    code = "missing" if "missing on this machine" in entry.last_error else _code(entry.last_error)
    why = _REFUSALS.get(code, Text(zh=entry.last_error, en=entry.last_error))
    return Text(zh=f"已搁置：{why.zh}", en=f"set aside: {why.en}")


def _waiting(entry: Entry, around: Surrounding, place: int) -> Explanation:
    if not around.running:
        return Explanation(
            Text(zh="终端程序没有运行", en="the terminal program is not running"),
            Text(zh="启动终端，或运行 kiosk sync 立即送出", en="start the terminal, or send now with: kiosk sync"),
        )
    note = around.note
    if note.busy_until > around.now:
        busy = Text(zh="中心正忙，请各终端稍等", en="the center is busy and asked all terminals to wait")
        return Explanation(busy, _again(note.busy_until, around), note.busy_until)
    return _in_turn(entry, around, place) if note.reachable else _cut_off(around)


def _cut_off(around: Surrounding) -> Explanation:
    note = around.note
    since = _local(note.since, around) if note.since else ""
    why = Text(
        zh=f"连不上中心（自 {since}）" if since else "连不上中心",
        en=f"the center cannot be reached since {since}" if since else "the center cannot be reached",
    )
    again = _again(note.next_try_at, around)
    then = Text(
        zh=f"{again.zh}；联网后自动送出，不用守着；一直不通就检查网线",
        en=f"{again.en}; sent by itself once the network is back; if it stays so, check the cable",
    )
    return Explanation(why, then, note.next_try_at)


def _in_turn(entry: Entry, around: Surrounding, place: int) -> Explanation:
    note = around.note
    if note.sending is not None and note.sending.case_id == entry.envelope_id:
        far = f"{100 * note.sending.there // max(1, note.sending.in_all)} %"
        return Explanation(Text(zh=f"正在送，已送 {far}", en=f"being sent, {far} of it is there"), _BY_ITSELF)
    if entry.last_error:
        at = note.later.get(entry.envelope_id, "") or note.next_try_at
        return Explanation(_failed(entry, around), _again(at, around), at)
    if place:
        queued = Text(zh=f"排队中，前面还有 {place} 件", en=f"in the queue, {place} before it")
        return Explanation(queued, _BY_ITSELF, note.next_try_at)
    return Explanation(Text(zh="马上就送", en="about to be sent"), _again(note.next_try_at, around), note.next_try_at)


def _failed(entry: Entry, around: Surrounding) -> Text:
    code = "disk" if entry.last_error.startswith("this machine's disk") else _code(entry.last_error)
    why = _TROUBLES.get(
        code, Text(zh=f"中心的回答是“{entry.last_error}”", en=f'the center\'s answer was "{entry.last_error}"')
    )
    at = _local(entry.tried_at, around)
    return Text(zh=f"{at} 试过没送成：{why.zh}", en=f"tried at {at} without success: {why.en}")


def _code(error: str) -> str:
    found = _CODE.match(error)
    return found[1] if found else ""


def _again(moment: str, around: Surrounding) -> Text:
    if moment <= around.now:
        return Text(zh="马上再试", en="tried again in a moment")
    at = _local(moment, around)
    return Text(zh=f"{at} 再试", en=f"tried again at {at}")


def _with_id(text: Text, entry: Entry) -> Text:
    return Text(zh=text.zh.format(id=entry.envelope_id), en=text.en.format(id=entry.envelope_id))


def _local(moment: str, around: Surrounding) -> str:
    """`11-25 16:03:20` of this place; as it stands where it is no time."""
    try:
        return f"{datetime.fromisoformat(moment).astimezone(around.zone):%m-%d %H:%M:%S}"
    except ValueError:
        return moment
