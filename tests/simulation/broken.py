"""Terminals with one fault each, of kinds that lost or doubled records elsewhere: the simulation must find them."""

from flows.wire import Receipt, digest
from kiosk.backroom.answers import CenterFailed
from kiosk.backroom.center_link import CenterLink
from kiosk.backroom.entries import Entry
from kiosk.backroom.outbox import DiskFull, Outbox
from tests.simulation.terminal import Make


class TrustsAnyAnswer(CenterLink):
    """A 200 from anybody counts, as a captive portal gives one."""

    def deliver(self, envelope, *rest):
        try:
            return super().deliver(envelope, *rest)
        except CenterFailed as error:
            if "is not the center's receipt" not in str(error):
                raise
            return Receipt(
                envelope_id=envelope.envelope_id,
                digest=digest(envelope),
                case_number="",
                received_at=envelope.created_at,
                epoch="",
                signature="AA==",
            )


class ShowsNoReceipt(CenterLink):
    """A restored center does not learn which number a case had."""

    def deliver(self, envelope, *_earlier):
        return super().deliver(envelope)

    def deliver_batch(self, parcels):
        return super().deliver_batch([(envelope, "") for envelope, _ in parcels])


class ForgetsAtOnce(Outbox):
    """What was delivered is deleted before it lies in a backup of the center."""

    def delivered(self, receipts):
        super().delivered(receipts)
        self.kept.forget([receipt.envelope_id for receipt in receipts])


class SaysDoneTooEarly(Outbox):
    """A full disk is found out after the citizen was told."""

    def add(self, envelope_id, matter, *rest):
        try:
            return super().add(envelope_id, matter, *rest)
        except DiskFull:
            return Entry(envelope_id, 0, "case", matter, False, "waiting", "", 0, "", "", "", 0, "")


class DropsWhatFails(Outbox):
    """One that could not be delivered at the first try is given up."""

    def failed(self, envelope_ids, *_why):
        self.kept.forget(envelope_ids)


BROKEN = {
    "trusts any answer": Make(link=TrustsAnyAnswer),
    "shows no receipt": Make(link=ShowsNoReceipt),
    "forgets at once": Make(outbox=ForgetsAtOnce),
    "says done too early": Make(outbox=SaysDoneTooEarly),
    "drops what fails": Make(outbox=DropsWhatFails),
    "takes a visit twice": Make(same_id_again=False),
}
