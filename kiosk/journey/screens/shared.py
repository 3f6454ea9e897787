"""What screens are made of."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Screen:
    """What every page has: its title, the place in the matter, and which ways out are open."""

    title: str = ""
    subtitle: str = ""
    step: int = 0  # 1-based place among the steps a citizen sees; 0 = not inside a matter
    steps: int = 0
    can_go_back: bool = True
    can_go_home: bool = True
    help_text: str = ""
    note: str = ""  # what became of other answers when one was changed
    can_keep: bool = False  # the visit can be put aside, to go on with later
    personal: bool = False  # shows personal data: hidden while the idle warning is up


@dataclass(frozen=True, kw_only=True)
class Option:
    id: str
    label: str
    detail: str = ""
    selected: bool = False


@dataclass(frozen=True, kw_only=True)
class Row:
    """A label and its value; `step` names the step a citizen may change it at, empty where it cannot be changed."""

    label: str
    value: str
    step: str = ""
