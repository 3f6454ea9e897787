"""The intents that the journey leaves to the page in front."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping

from kiosk.journey.page import Page


class PassedOn(ABC):
    """Each intent goes to whatever page faces the person; a page ignores what it does not know."""

    @property
    @abstractmethod
    def _front(self) -> Page: ...

    @abstractmethod
    def _act(self, deed: Callable[[], None], *, touched: bool = True) -> None: ...

    def ask_progress(self, number: str) -> None:
        self._act(lambda: self._front.ask_progress(number))

    def search(self, question: str) -> None:
        self._act(lambda: self._front.search(question))

    def open_group(self, group_id: str) -> None:
        self._act(lambda: self._front.open_group(group_id))

    def show_more(self) -> None:
        self._act(self._front.show_more)

    def agree(self) -> None:
        self._act(self._front.agree)

    def decline(self) -> None:
        self._act(self._front.decline)

    def select(self, option_ids: list[str]) -> None:
        self._act(lambda: self._front.select(option_ids))

    def fill(self, values: Mapping[str, str]) -> None:
        self._act(lambda: self._front.fill(values))

    def type_in(self, field_id: str, text: str) -> None:
        self._act(lambda: self._front.type_in(field_id, text))

    def add_item(self) -> None:
        self._act(self._front.add_item)

    def change_item(self, number: int) -> None:
        self._act(lambda: self._front.change_item(number))

    def remove_item(self, number: int) -> None:
        self._act(lambda: self._front.remove_item(number))

    def take_picture(self) -> None:
        self._act(self._front.take_picture)

    def retake(self) -> None:
        self._act(self._front.retake)

    def accept_picture(self) -> None:
        self._act(self._front.accept_picture)

    def take_by_hand(self, by_hand: bool) -> None:
        self._act(lambda: self._front.take_by_hand(by_hand))

    def delete_page(self, number: int) -> None:
        self._act(lambda: self._front.delete_page(number))

    def skip(self) -> None:
        self._act(self._front.skip)

    def sign(self, png: bytes) -> None:
        self._act(lambda: self._front.sign(png))

    def change(self, step_id: str) -> None:
        self._act(lambda: self._front.change(step_id))

    def proceed(self) -> None:
        self._act(self._front.proceed)

    def print_again(self) -> None:
        self._act(self._front.print_again)

    def print_document(self) -> None:
        self._act(self._front.print_document)

    def rate(self, level: int, tags: list[str], text: str) -> None:
        self._act(lambda: self._front.rate(level, tags, text))
