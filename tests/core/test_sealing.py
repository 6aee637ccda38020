"""Sealed text opens with its key, for its place, unchanged; and with nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.core import sealing
from alongside.core.sealing import CannotOpen, Ring

KEY, OTHER = b"k" * 32, b"o" * 32
HERE = "private worksheet 1 of 2: answers"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_what_is_sealed_opens_again_but_for_spaces_at_its_end(text):
    sealed = sealing.seal_text(KEY, text, context=HERE)
    assert sealing.open_text(KEY, sealed, context=HERE) == text.rstrip(" ")


@given(st.binary(min_size=1, max_size=64), st.data())
def test_a_changed_byte_opens_nothing(plain, data):
    sealed = bytearray(sealing.seal(KEY, plain, context=HERE))
    at = data.draw(st.integers(0, len(sealed) - 1))
    sealed[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(CannotOpen):
        sealing.open_sealed(KEY, bytes(sealed), context=HERE)


@pytest.mark.parametrize(
    ("key", "context"),
    [
        pytest.param(OTHER, HERE, id="another person's key"),
        pytest.param(KEY, HERE.replace("1", "3"), id="another row"),
        pytest.param(KEY, HERE.replace("answers", "other"), id="another field"),
    ],
)
def test_it_is_bound_to_whose_it_is_and_where_it_stands(key, context):
    sealed = sealing.seal(KEY, b"said", context=HERE)
    with pytest.raises(CannotOpen):
        sealing.open_sealed(key, sealed, context=context)


def test_the_same_words_never_look_the_same_and_short_ones_look_long():
    one, two = (sealing.seal_text(KEY, "no", context=HERE) for _n in range(2))
    assert (one == two, len(one) == len(two) > 512) == (False, True)
    assert len(sealing.seal_text(KEY, "n" * 400, context=HERE)) == len(one)


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x02" + b"x" * 40, b"\x01" + b"x" * 40])
def test_what_is_no_sealed_text_opens_nothing(sealed):
    with pytest.raises(CannotOpen):
        sealing.open_sealed(KEY, sealed, context=HERE)


def test_a_key_is_wrapped_anew_and_stays_the_same_key():
    old = Ring([OTHER])
    wrapped = old.new_key(context="of 2")
    both = Ring([KEY, OTHER])
    again = both.rewrap(wrapped, context="of 2")
    assert again.by == sealing.fingerprint(KEY) != wrapped.by
    assert both.unwrap(again, context="of 2") == old.unwrap(wrapped, context="of 2")
    assert both.rewrap(again, context="of 2") is again
    with pytest.raises(CannotOpen):
        old.unwrap(again, context="of 2")
    with pytest.raises(CannotOpen):
        both.unwrap(again, context="of 3")


def test_a_written_key_is_read_again_and_half_a_key_is_none():
    assert len(sealing.read_key(sealing.new_written_key())) == sealing.KEY_BYTES
    with pytest.raises(ValueError, match="32 bytes"):
        sealing.read_key("c2hvcnQ=")
    with pytest.raises(ValueError, match="at least one"):
        Ring([])


PLACE = "people_identifier.value of 1 in 2"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_a_field_opens_again_as_it_was_typed(text):
    ring = Ring([KEY])
    assert ring.open_field(ring.seal_field(text, context=PLACE), context=PLACE) == text


def test_a_field_names_its_key_in_front_and_nothing_stays_nothing():
    ring = Ring([KEY, OTHER])
    sealed = ring.seal_field("0123456789", context=PLACE)
    assert sealing.key_of(sealed) == ring.current == sealing.fingerprint(KEY)
    assert sealed.startswith(sealing.sealed_with(ring.current))
    assert (ring.seal_field("", context=PLACE), ring.open_field(b"", context=PLACE)) == (b"", "")


def test_a_short_field_is_as_long_as_a_longer_one():
    ring = Ring([KEY])
    assert len({len(ring.seal_field(text, context=PLACE)) for text in ("1", "2" * 60)}) == 1


@pytest.mark.parametrize(
    "elsewhere",
    [
        pytest.param("people_identifier.value of 3 in 2", id="another row"),
        pytest.param("people_identifier.label of 1 in 2", id="another field"),
        pytest.param("people_identifier.value of 1 in 4", id="another agency"),
    ],
)
@pytest.mark.asvs("11.3.3")
def test_a_field_opens_in_its_place_alone(elsewhere):
    ring = Ring([KEY])
    with pytest.raises(CannotOpen):
        ring.open_field(ring.seal_field("0123456789", context=PLACE), context=elsewhere)


@given(st.data())
def test_a_changed_byte_of_a_field_opens_nothing(data):
    ring = Ring([KEY])
    sealed = bytearray(ring.seal_field("0123456789", context=PLACE))
    at = data.draw(st.integers(0, len(sealed) - 1))
    sealed[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(CannotOpen):
        ring.open_field(bytes(sealed), context=PLACE)


def test_a_field_is_sealed_anew_once_and_says_which_key_is_missing():
    old, both, new = Ring([OTHER]), Ring([KEY, OTHER]), Ring([KEY])
    sealed = old.seal_field("0123456789", context=PLACE)
    again = both.reseal_field(sealed, context=PLACE)
    assert new.open_field(again, context=PLACE) == "0123456789"
    assert both.reseal_field(again, context=PLACE) is again
    assert both.reseal_field(b"", context=PLACE) == b""
    with pytest.raises(sealing.KeyMissing) as missing:
        new.open_field(sealed, context=PLACE)
    assert missing.value.key == sealing.fingerprint(OTHER)
