"""Looks through a journey for what it still holds of a person."""

import gc

SECRETS = ("欧阳测试", "330381189903070015", "测试路1号", "13800000000", "138 0000 0000")


def reachable_text(root):
    """Every text and all bytes that can be reached from this object through attributes and containers."""
    seen, found, waiting = set(), [], [root]
    while waiting:
        thing = waiting.pop()
        if (
            id(thing) in seen
            or isinstance(thing, type | type(gc))
            or (callable(thing) and not hasattr(thing, "__dict__"))
        ):
            continue
        seen.add(id(thing))
        if isinstance(thing, str | bytes):
            found.append(thing if isinstance(thing, str) else thing.decode("utf-8", "replace"))
            continue
        if isinstance(thing, dict):
            waiting += [*thing.keys(), *thing.values()]
        elif isinstance(thing, list | tuple | set | frozenset):
            waiting += list(thing)
        else:
            waiting += list(getattr(thing, "__dict__", {}).values())
            waiting += [getattr(thing, name) for name in getattr(type(thing), "__slots__", ()) if hasattr(thing, name)]
    return "\n".join(found)


def left_behind(terminal):
    terminal.backroom.forget()  # the port's own record is not the journey's
    terminal.views.clear()
    terminal.frames.clear()
    text = reachable_text(terminal.journey)
    return [secret for secret in (*SECRETS, "picture of a household book", "\x89PNG") if secret in text]
