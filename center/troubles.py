"""What can be wrong with a terminal: read out of its heartbeats, and said in words."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from center.alerts import add_alert
from center.fleet_tables import Trouble
from flows.heartbeats import Beat, DeviceReport
from flows.text import Text

Key = tuple[str, str]  # kind and subject
UNTIL_LOOKED_AT = frozenset({"clone", "guessing"})  # not ended by a heartbeat that says nothing of it
WAITS_TOO_LONG = timedelta(hours=1)
LITTLE_DISK = 200  # MB
_BROKEN = frozenset({"offline", "noDevice", "hardwareError", "userError"})
_PAPER = frozenset({"low", "out", "jammed"})
_WORDS: Mapping[str, Text] = {
    "down": Text(zh="没有心跳，可能断电、断网或停机", en="is not heard of: no power, no network, or stopped"),
    "paper": Text(zh="纸张：{detail}", en="paper {detail}"),
    "device": Text(zh="设备状态：{detail}", en="is {detail}"),
    "package": Text(zh="拒绝了事项包：{detail}", en="refused a package of matters: {detail}"),
    "settings": Text(zh="拒绝了设置：{detail}", en="refused its settings: {detail}"),
    "behind": Text(zh="事项版本落后：{detail}", en="behind with its matters: {detail}"),
    "queue": Text(zh="有办件等待过久，最早的收于 {detail}", en="cases wait too long, the oldest since {detail}"),
    "setAside": Text(zh="{detail} 件办件被搁置，需要人工处理", en="{detail} cases set aside need a person"),
    "disk": Text(zh="存储空间只剩 {detail} MB", en="only {detail} MB of disk left"),
    "clone": Text(zh="可能有两台机器使用同一身份：{detail}", en="two machines may have this identity: {detail}"),
    "guessing": Text(
        zh="一小时内 {detail} 次证件不是申请人的，或查询的不是本机办件，可能被人冒用",
        en="{detail} times in an hour another person's card, or another terminal's case: it may be misused",
    ),
}
_DETAILS = {
    "low": "不足 low",
    "out": "用完 out",
    "jammed": "卡住 jammed",
    "open": "盖未关 cover open",
}


def words_of(kind: str, subject: str, detail: str) -> Text:
    """One sentence in both languages; names no person."""
    words, place = _WORDS[kind], f"{subject}: " if subject else ""
    zh_detail = _DETAILS.get(detail, detail).split()[0] if kind == "paper" else detail
    return Text(
        zh=place.replace(": ", "：") + words.zh.format(detail=zh_detail), en=place + words.en.format(detail=detail)
    )


def told_by(beat: Beat, announced: int, now: datetime) -> dict[Key, str]:
    """What is wrong, with its detail; `announced` is the version of the package that is in force, 0 for none."""
    found: dict[Key, str] = {}
    for device in beat.devices:
        found |= dict(_of_device(device))
    if beat.package_trouble:
        found["package", ""] = beat.package_trouble
    elif beat.package < announced:
        found["behind", ""] = f"{beat.package} < {announced}"
    if beat.settings_trouble:
        found["settings", ""] = beat.settings_trouble
    if beat.set_aside:
        found["setAside", ""] = str(beat.set_aside)
    if beat.disk_free_mb < LITTLE_DISK:
        found["disk", ""] = str(beat.disk_free_mb)
    if beat.oldest_waiting and _is_older(beat.oldest_waiting, now - WAITS_TOO_LONG):
        found["queue", ""] = beat.oldest_waiting
    return found


def _of_device(device: DeviceReport) -> Iterator[tuple[Key, str]]:
    if device.state in _BROKEN:
        yield ("device", device.device), f"{device.state} {device.message}".strip()
    if device.paper in _PAPER:
        yield ("paper", device.device), device.paper
    elif device.cover == "open":
        yield ("paper", device.device), "open"


def _is_older(text: str, limit: datetime) -> bool:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return False
    return moment.tzinfo is not None and moment < limit


def note(session: Session, terminal_id: str, found: Mapping[Key, str], now: datetime) -> None:
    """Keep what began and forget what ended; who was told of it hears of its end."""
    rows = session.scalars(select(Trouble).where(Trouble.terminal_id == terminal_id)).all()
    known = {(row.kind, row.subject): row for row in rows}
    for (kind, subject), detail in found.items():
        row = known.pop((kind, subject), None)
        if row is None:
            begin(session, terminal_id, (kind, subject), detail, now)
        else:
            row.detail = detail
    for row in known.values():
        if row.kind not in UNTIL_LOOKED_AT:
            end(session, row, now)


def begin(session: Session, terminal_id: str, key: Key, detail: str, since: datetime) -> None:
    kind, subject = key
    session.add(Trouble(terminal_id=terminal_id, kind=kind, subject=subject, detail=detail, since=since))


def end(session: Session, row: Trouble, now: datetime) -> None:
    if row.told_at is not None:
        add_alert(session, row, words_of(row.kind, row.subject, row.detail), "ended", now)
    session.delete(row)


def note_clone(session: Session, terminal_id: str, detail: str, now: datetime) -> None:
    """Until a person has looked into it."""
    _note_once(session, terminal_id, "clone", detail, now)


def note_guessing(session: Session, terminal_id: str, detail: str, now: datetime) -> None:
    """Until a person has looked into it."""
    _note_once(session, terminal_id, "guessing", detail, now)


def _note_once(session: Session, terminal_id: str, kind: str, detail: str, now: datetime) -> None:
    if session.get(Trouble, (terminal_id, kind, "")) is None:
        begin(session, terminal_id, (kind, ""), detail, now)
