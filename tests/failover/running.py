"""Terminals send cases while the primary dies; every receipt must be true afterwards, and no case be there twice."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from threading import Event

import httpx

from flows.wire import ReceiptRefused
from tests.center.running import RunningCenter
from tests.center.terminals import Terminal
from tests.failover.pair import pair
from tests.patience import turns


@dataclass(frozen=True)
class Failover:
    terminals: int
    before: int  # receipts before the kill
    after: int  # and until the end
    turned_away: int  # answers while no database took writes
    lost: int
    doubled: int
    changed: int  # receipts that were given otherwise a second time

    @property
    def violations(self):
        return self.lost + self.doubled + self.changed

    def __str__(self):
        return (
            f"{self.terminals} terminals: {self.before} cases acknowledged before the primary was killed,"
            f" {self.after} in all, {self.turned_away} requests told to come back;"
            f" {self.lost} lost, {self.doubled} doubled, {self.changed} receipts changed"
        )


class _Sender:
    """One terminal: sends each case until its receipt is there."""

    def __init__(self, center, count):
        self.terminal = Terminal(center)
        self.terminal.enrol(center.code())
        self.envelopes = [self.terminal.seal(self.terminal.medical_case()) for _ in range(count)]
        self.receipts = {}
        self.turned_away = 0

    def send_all(self, on_receipt):
        for envelope in self.envelopes:
            for _ in turns("a receipt", within=120):
                self.send(envelope)
                if envelope.envelope_id in self.receipts:
                    break
            on_receipt()

    def send(self, envelope):
        try:
            answer = self.terminal.send(envelope)
            receipt = self.terminal.receipt(envelope, answer)
        except (httpx.TransportError, ReceiptRefused):
            self.turned_away += 1
            return
        assert self.receipts.setdefault(envelope.envelope_id, receipt) == receipt


def run_failover(folder, terminals, cases) -> Failover:
    """`cases` each; the primary is killed once a third of all are acknowledged."""
    with pair() as databases, ExitStack() as lines:
        center = RunningCenter(folder / "state", database=databases.url).start()
        try:
            senders = [_Sender(center, cases) for _ in range(terminals)]
            for sender in senders:
                lines.callback(sender.terminal.http.close)
            before = _send_through_the_kill(databases, senders, terminals * cases // 3)
            receipts = {name: receipt for sender in senders for name, receipt in sender.receipts.items()}
            changed = sum(_changed(sender) for sender in senders)
            found = [row[0] for row in databases.rows("SELECT case_id FROM cases")]
            numbers = databases.rows("SELECT count(*) - count(DISTINCT case_number) FROM cases")[0][0]
        finally:
            center.stop()
    return Failover(
        terminals=terminals,
        before=before,
        after=len(receipts),
        turned_away=sum(sender.turned_away for sender in senders),
        lost=len(set(receipts) - set(found)),
        doubled=len(found) - len(set(found)) + numbers,
        changed=changed,
    )


def _send_through_the_kill(databases, senders, first_third):
    acknowledged, reached = [], Event()

    def on_receipt():
        acknowledged.append(1)
        if len(acknowledged) >= first_third:
            reached.set()

    with ThreadPoolExecutor(len(senders)) as pool:
        done = [pool.submit(sender.send_all, on_receipt) for sender in senders]
        assert reached.wait(300)
        databases.kill_first()
        before = len(acknowledged)
        databases.promote_second()
        for one in done:
            one.result()
    return before


def _changed(sender):
    """The first two of each terminal once more: they were acknowledged by the primary that is gone."""
    again = [(envelope, sender.terminal.send(envelope)) for envelope in sender.envelopes[:2]]
    return sum(sender.terminal.receipt(sent, answer) != sender.receipts[sent.envelope_id] for sent, answer in again)
