"""The wide half of the envelopes lies apart, on PostgreSQL in a table a month; an update moves what is there."""

from tests.center.migrating import put_back_to
from tests.center.running import RunningCenter


def test_an_update_keeps_every_envelope_and_its_receipt(fragile_center, new_terminal):
    terminal = new_terminal(fragile_center)
    envelopes = [terminal.seal(terminal.medical_case()) for _ in range(3)]
    receipts = [terminal.send(envelope).content for envelope in envelopes]
    assert fragile_center.stop() == 0
    put_back_to("0002", fragile_center.database_url)
    assert len(fragile_center.rows("SELECT body, receipt FROM envelopes WHERE body IS NOT NULL")) == 3
    shown = fragile_center.command("cases", "show", envelopes[0].envelope_id)
    assert "测试甲" in shown
    fragile_center.start()
    assert [terminal.send(envelope).content for envelope in envelopes] == receipts


def test_on_postgresql_each_month_is_a_table_and_none_is_missing(cluster, new_terminal, tmp_path):
    running = RunningCenter(tmp_path / "state", cluster).start()
    try:
        terminal = new_terminal(running)
        terminal.delivers(terminal.medical_case())
        where = "SELECT to_char(received_at, 'YYYYMM'), tableoid::regclass::text FROM sealed_envelopes"
        [(month, table)] = running.rows(where)
        assert table == f"sealed_envelopes_{month}"
        ahead = running.rows("SELECT count(*) FROM pg_inherits WHERE inhparent = 'sealed_envelopes'::regclass")
        assert ahead == [(14,)]  # this month, a year ahead, and the one for whatever falls outside
    finally:
        running.stop()
