"""Media breaks: when data change the medium or lose their structure from one channel to the next."""

from __future__ import annotations

from ankunft_model.registries.vocabularies import vocabulary


def is_media_break(before: str, after: str) -> bool:
    """Return whether data that came by channel `before` break the medium when they go on by `after`.

    That is so when the medium changes (paper, digital, oral) or when structured data lose their structure.
    Unstructured data that become structured within one medium break nothing on the way; somebody typed them in
    before, see `must_be_typed_in`.

    Raises:
        KeyError: one of the two is no channel.

    Example:
        >>> is_media_break("interface_xoev", "email"), is_media_break("interface_xoev", "register_retrieval")
        (True, False)
    """
    channels = vocabulary("channels")
    first, second = channels[before], channels[after]
    return first.medium != second.medium or (first.structured and not second.structured)


def must_be_typed_in(channel: str) -> bool:
    """Return whether what arrives by `channel` has to be typed in to get into a system.

    Raises:
        KeyError: it is no channel.

    Example:
        >>> must_be_typed_in("paper_carried"), must_be_typed_in("shared_software")
        (True, False)
    """
    return not vocabulary("channels")[channel].structured
