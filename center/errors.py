"""What can go wrong in the center: a tree of two kinds, one for whoever starts it and one for whoever asks it."""


class CenterUnusable(Exception):
    """The center cannot start or work with what it was given; str is one line: what, where, what to do."""


class Refused(Exception):
    """A request is answered with RFC 9457 problem details; the words never hold personal data.

    `status` is the HTTP status, `code` is for machines, `action` says what the terminal should do: `retry`,
    `quarantine`, `sendAttachments`, `setClock`, `enrol`, `callMaintenance`, `correct`. `retry_after`: s, or 0.
    """

    def __init__(
        self, status: int, code: str, title: str, detail: str = "", action: str = "", *, retry_after: int = 0
    ) -> None:
        super().__init__(f"{status} {code}: {title}")
        self.status, self.code, self.title, self.detail, self.action = status, code, title, detail, action
        self.retry_after = retry_after
