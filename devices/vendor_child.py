"""The process a vendor's closed library runs in: one call a line on standard input, one answer a line; nothing of ours.

Started by vendor_process.py with the library's path. A call is {"function", "arguments"}; an argument is a whole
number, {"bytes": base64} or {"room": bytes}; the answer is {"result", "rooms": [base64]} or {"error"}.
"""

import base64
import ctypes
import json
import os
import queue
import sys
import threading


def call(library: ctypes.CDLL, asked: dict[str, object]) -> dict[str, object]:
    rooms: list[ctypes.Array[ctypes.c_char]] = []
    given: list[object] = []
    arguments = asked["arguments"]
    assert isinstance(arguments, list)
    for argument in arguments:
        if isinstance(argument, int):
            given.append(ctypes.c_int(argument))
        elif "bytes" in argument:
            given.append(ctypes.c_char_p(base64.b64decode(argument["bytes"])))
        else:
            rooms.append(ctypes.create_string_buffer(int(argument["room"])))
            given.append(rooms[-1])
    result = library[str(asked["function"])](*given)
    return {"result": result, "rooms": [base64.b64encode(room.raw).decode() for room in rooms]}


def hear(asked: "queue.SimpleQueue[str]") -> None:
    """Ends the process with the one that started it, also out of a call that hangs."""
    for line in sys.stdin:
        asked.put(line)
    os._exit(0)


def main() -> None:
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # vendors' libraries print
    lines: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=hear, args=(lines,), daemon=True).start()
    library = None
    while True:
        line = lines.get()
        try:
            library = library or ctypes.CDLL(sys.argv[1])
            answer = call(library, json.loads(line))
        except (OSError, AttributeError) as error:
            answer = {"error": " ".join(str(error).split())}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
