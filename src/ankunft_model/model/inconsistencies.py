"""What an inconsistency is, and how circles are found."""

from collections.abc import Iterator, Mapping, Sequence

from pydantic_core import InitErrorDetails, PydanticCustomError

from ankunft_model.model.references import Path
from ankunft_model.wording import Wording


def inconsistency(code: str, wording: Wording, path: Path, **context: str) -> InitErrorDetails:
    """Return one thing that keeps a model from being well-formed.

    Args:
        code: Stable name in kebab case.
        wording: What is wrong; the English text is the message of the error, both stand in its context.
        path: Where it stands in the file.
        context: What readers of the error may want to know besides; `value` is the word that is wrong.
    """
    details = {"message": wording.en, "message_de": wording.de, **context}
    # PydanticCustomError wants a literal code; ours are literals at every call, which the type cannot express
    error = PydanticCustomError(code, "{message}", details)  # pyright: ignore[reportArgumentType]
    return InitErrorDetails(type=error, loc=path, input=context.get("value"))


def find_circles(followers: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Yield circles such that without one edge of each no circle is left; each begins where the search met it first.

    Args:
        followers: Every name with the names that it leads to; those that are no keys lead nowhere.

    Example:
        >>> list(find_circles({"a": ["b"], "b": ["c"], "c": ["b"]}))
        [('b', 'c')]
    """
    done: set[str] = set()
    for root in followers:
        if root in done:
            continue
        place_of = {root: 0}
        way = [root]
        pending = [iter(followers[root])]
        while pending:
            follower = next(pending[-1], None)
            if follower is None:
                pending.pop()
                left = way.pop()
                del place_of[left]
                done.add(left)
            elif follower in place_of:
                yield tuple(way[place_of[follower] :])
            elif follower in followers and follower not in done:
                place_of[follower] = len(way)
                way.append(follower)
                pending.append(iter(followers[follower]))
