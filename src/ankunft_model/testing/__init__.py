"""Tests of models as code: what must hold on every run, said in words, and files with expectations for pytest.

Example:
    >>> import ankunft_model as am
    >>> from ankunft_model.testing import assert_that
    >>> b = am.Builder("m", title="M")
    >>> office = b.actor("office", name="Sozialamt", kind="social_welfare_office")
    >>> with b.process("p", name="P"):
    ...     ask, send = b.step("Einwilligung einholen", office, id="ask"), b.step("Akte senden", office, id="send")
    ...     _ = b.start("Beginn") >> ask >> send >> b.end("Ende")
    >>> model = b.build()
    >>> assert_that(model).step("ask").is_always_before("send")
    >>> assert_that(model).step("ask").is_always_before("nothing")
    Traceback (most recent call last):
    ...
    ankunft_model.errors.UnknownElementError: there is no step, event or gateway 'nothing'.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ankunft_model.testing.assertions import ModelAssertions, UnmetExpectationError, assert_that
    from ankunft_model.testing.expectations import Expectation, ModelTest, read_model_test

_ROOM_OF = {
    "Expectation": "expectations",
    "UnmetExpectationError": "assertions",
    "ModelAssertions": "assertions",
    "ModelTest": "expectations",
    "assert_that": "assertions",
    "read_model_test": "expectations",
}

__all__ = ["Expectation", "ModelAssertions", "ModelTest", "UnmetExpectationError", "assert_that", "read_model_test"]


if not TYPE_CHECKING:  # loaded when used: the plug-in of pytest is imported in every test run of a user

    def __getattr__(name: str) -> object:
        """Return a public name from its module."""
        if name not in _ROOM_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{__name__}.{_ROOM_OF[name]}"), name)
