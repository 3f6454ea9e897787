"""librime by ctypes: pinyin to Chinese, with no memory of what anybody typed."""

import ctypes
import ctypes.util
from functools import cache
from pathlib import Path

SHARED_DATA = Path("/usr/share/rime-data")
SCHEMA = "luna_pinyin_simp"
PAGE = 5  # candidates at a time
_BACKSPACE, _PAGE_UP, _PAGE_DOWN = 0xFF08, 0xFF55, 0xFF56  # X11 keysyms
_QUIET = 3  # glog: fatal only
_SCHEMAS = f"patch:\n  schema_list:\n    - schema: {SCHEMA}\n"
_SETTINGS = f"patch:\n  translator/enable_user_dict: false\n  menu/page_size: {PAGE}\n"


class RimeMissingError(Exception):
    """librime or its pinyin data is not installed; the text says what to install."""


class _Traits(ctypes.Structure):
    _fields_ = (
        ("data_size", ctypes.c_int),
        *(
            (name, ctypes.c_char_p)
            for name in ("shared_data_dir", "user_data_dir", "name", "code_name", "version", "app")
        ),
        ("modules", ctypes.c_void_p),
        ("min_log_level", ctypes.c_int),
        *((name, ctypes.c_char_p) for name in ("log_dir", "prebuilt_data_dir", "staging_dir")),
    )


class _Commit(ctypes.Structure):
    _fields_ = (("data_size", ctypes.c_int), ("text", ctypes.c_char_p))


class _Composition(ctypes.Structure):
    _fields_ = (
        *((name, ctypes.c_int) for name in ("length", "cursor", "start", "end")),
        ("preedit", ctypes.c_char_p),
    )


class _Candidate(ctypes.Structure):
    _fields_ = (("text", ctypes.c_char_p), ("comment", ctypes.c_char_p), ("reserved", ctypes.c_void_p))


class _Menu(ctypes.Structure):
    _fields_ = (
        *((name, ctypes.c_int) for name in ("page_size", "page", "is_last", "highlighted", "count")),
        ("candidates", ctypes.POINTER(_Candidate)),
        ("select_keys", ctypes.c_char_p),
    )


class _Context(ctypes.Structure):
    _fields_ = (
        ("data_size", ctypes.c_int),
        ("composition", _Composition),
        ("menu", _Menu),
        ("preview", ctypes.c_char_p),
        ("labels", ctypes.c_void_p),
    )


def _sized(kind: type[ctypes.Structure]) -> ctypes.Structure:
    made = kind()
    made.data_size = ctypes.sizeof(kind) - ctypes.sizeof(ctypes.c_int)
    return made


def _traits(shared: Path, folder: Path) -> ctypes.Structure:
    traits = _sized(_Traits)
    for name, value in (("shared_data_dir", shared), ("user_data_dir", folder), ("app", "rime.oue"), ("log_dir", "")):
        setattr(traits, name, str(value).encode())
    traits.min_log_level = _QUIET
    return traits


@cache
def _library(name: str) -> ctypes.CDLL:
    """Loaded and set up once a process: a second set-up aborts it."""
    library = ctypes.CDLL(name)
    library.RimeCreateSession.restype = ctypes.c_size_t
    library.RimeSetup(ctypes.byref(_traits(SHARED_DATA, SHARED_DATA)))
    return library


class Rime:
    """One engine a process. `folder` holds its build of the schema; the user dictionary is switched off.

    Raises RimeMissingError where it is not installed. The first start in a folder takes some tenths of a second.
    """

    def __init__(self, folder: Path, shared: Path = SHARED_DATA) -> None:
        library = ctypes.util.find_library("rime")
        if library is None or not (shared / f"{SCHEMA}.schema.yaml").is_file():
            raise RimeMissingError("no pinyin input; install librime1 and rime-data-luna-pinyin")
        (folder / f"{SCHEMA}.custom.yaml").write_text(_SETTINGS, encoding="utf-8")
        (folder / "default.custom.yaml").write_text(_SCHEMAS, encoding="utf-8")
        traits = _traits(shared, folder)
        self._rime = _library(library)
        self._rime.RimeInitialize(ctypes.byref(traits))
        if self._rime.RimeStartMaintenance(1):
            self._rime.RimeJoinMaintenanceThread()
        self._session = ctypes.c_size_t(self._rime.RimeCreateSession())
        self._rime.RimeSelectSchema(self._session, SCHEMA.encode())
        self.spelling = ""
        self.candidates: tuple[str, ...] = ()

    def close(self) -> None:
        """End the session; the caller removes the folder."""
        self._rime.RimeDestroySession(self._session)
        self._rime.RimeFinalize()

    def key(self, letter: str) -> str:
        """Type one letter; returns what that finished, mostly nothing yet."""
        return self._press(ord(letter))

    def erase(self) -> str:
        return self._press(_BACKSPACE)

    def turn(self, onward: bool) -> str:
        """The next or the former page of candidates."""
        return self._press(_PAGE_DOWN if onward else _PAGE_UP)

    def pick(self, index: int) -> str:
        """Take the candidate at this place of the page; returns the text when the spelling is used up."""
        return self._press(ord("1") + index) if index < len(self.candidates) else ""

    def clear(self) -> None:
        self._rime.RimeClearComposition(self._session)
        self._look()

    def _press(self, keysym: int) -> str:
        self._rime.RimeProcessKey(self._session, keysym, 0)
        return self._look()

    def _look(self) -> str:
        context = _sized(_Context)
        self.spelling, self.candidates = "", ()
        if self._rime.RimeGetContext(self._session, ctypes.byref(context)):
            menu: _Menu = context.menu
            self.spelling = (context.composition.preedit or b"").decode()
            self.candidates = tuple(menu.candidates[i].text.decode() for i in range(menu.count))
            self._rime.RimeFreeContext(ctypes.byref(context))
        commit = _sized(_Commit)
        if not self._rime.RimeGetCommit(self._session, ctypes.byref(commit)):
            return ""
        text = (commit.text or b"").decode()
        self._rime.RimeFreeCommit(ctypes.byref(commit))
        return text
