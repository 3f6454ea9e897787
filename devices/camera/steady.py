"""One instruction at a time: what is said changes only when the reason lasts, so that nobody has to chase words."""

HOLD = 0.6  # s an instruction stands at least


class Steady:
    """`settle` takes what each look says and gives what to show now; times in s of one clock."""

    def __init__(self) -> None:
        self._shown: tuple[str, ...] | None = None
        self._wanted: tuple[str, ...] = ()
        self._since = 0.0

    def settle(self, codes: tuple[str, ...], now: float) -> tuple[str, ...]:
        """The first code only; another takes its place when two looks agree on it and this one stood for `HOLD`."""
        wanted, before = codes[:1], self._wanted
        self._wanted = wanted
        if self._shown is None or (wanted != self._shown and wanted == before and now - self._since >= HOLD):
            self._shown, self._since = wanted, now
        return self._shown
