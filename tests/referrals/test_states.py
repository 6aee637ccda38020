import pytest

from scripts import states


def test_the_page_of_states_is_what_the_tables_say():
    assert states.PAGE.read_text(encoding="utf-8") == states.page()


@pytest.mark.asvs("2.3.1")
def test_every_table_is_whole():
    """Each status stands in its table, and no arrow leads to a status that is not there."""
    found = list(states.tables())
    assert {"REFERRAL_MOVES", "MATCH_MOVES", "EPISODE_MOVES"} <= {key for _, key, _ in found}
    for _app, key, table in found:
        assert set(table) == set(type(next(iter(table)))), key
