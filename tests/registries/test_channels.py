"""Media breaks between channels."""

from itertools import product

import pytest

from ankunft_model.registries import is_media_break, must_be_typed_in, vocabulary

CHANNELS = tuple(vocabulary("channels"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("interface_xoev", "email"),
        ("shared_software", "file_list"),
        ("email", "paper_letter"),
        ("paper_letter", "register_retrieval"),
        ("phone", "email"),
    ],
)
def test_a_change_of_medium_or_a_loss_of_structure_is_a_break(before: str, after: str) -> None:
    assert is_media_break(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [("interface_xoev", "register_retrieval"), ("email", "file_list"), ("paper_letter", "paper_carried")],
)
def test_the_same_medium_without_loss_is_none(before: str, after: str) -> None:
    assert not is_media_break(before, after)


@pytest.mark.parametrize("channel", CHANNELS)
def test_no_channel_breaks_with_itself(channel: str) -> None:
    assert not is_media_break(channel, channel)


def test_breaks_agree_with_the_definition_for_all_pairs() -> None:
    words = vocabulary("channels")

    for before, after in product(CHANNELS, repeat=2):
        kept_medium = words[before].medium == words[after].medium
        kept_structure = words[after].structured or not words[before].structured
        assert is_media_break(before, after) is not (kept_medium and kept_structure)


def test_only_structured_digital_channels_spare_the_typing() -> None:
    spared = {channel for channel in CHANNELS if not must_be_typed_in(channel)}

    assert spared == {"shared_software", "read_access", "interface_xoev", "register_retrieval", "online_service"}
    assert {vocabulary("channels")[channel].medium for channel in spared} == {"digital"}


def test_what_is_no_channel_is_an_error() -> None:
    with pytest.raises(KeyError):
        is_media_break("email", "pigeon")
