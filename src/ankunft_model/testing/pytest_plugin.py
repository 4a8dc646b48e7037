"""Plug-in for pytest: each expectation in a file `*.ankunft.yaml` is a test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

if TYPE_CHECKING:
    from ankunft_model.testing.assertions import ModelAssertions
    from ankunft_model.testing.expectations import Expectation


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Return the collector of a file with expectations; None for other files."""
    if not file_path.name.endswith(".ankunft.yaml"):
        return None
    made: pytest.Collector = cast("Any", ExpectationFile).from_parent(parent, path=file_path)
    return made


class ExpectationFile(pytest.File):
    """A file with a model, or the name of one, and what is expected of it."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield one test per expectation, in the order of the file.

        Raises:
            CollectError: the file cannot be used; everything that is wrong is listed.
        """
        from ankunft_model.errors import AnkunftError
        from ankunft_model.testing.expectations import read_model_test

        try:
            test = read_model_test(self.path)
        except AnkunftError as error:
            raise self.CollectError(str(error)) from error
        that = test.assertions()
        for expectation in test.expectations:
            make = cast("Any", ExpectationItem).from_parent  # pytest leaves the type of its arguments open
            yield make(self, name=expectation.text, expectation=expectation, that=that)


class ExpectationItem(pytest.Item):
    """One expectation."""

    def __init__(self, *, expectation: Expectation, that: ModelAssertions, **kwargs: Any) -> None:
        cast("Any", super()).__init__(**kwargs)
        self._expectation = expectation
        self._that = that

    def runtest(self) -> None:
        """Assert the expectation."""
        self._expectation.verify(self._that)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return what a person should read: place and sentence, without a traceback, if it is about the model."""
        from ankunft_model.errors import AnkunftError
        from ankunft_model.testing.assertions import UnmetExpectationError

        if isinstance(excinfo.value, (UnmetExpectationError, AnkunftError)):
            return f"{self._expectation.location}: {excinfo.value}"
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return file, line (from 0) and name of the test."""
        line = self._expectation.location.line
        return self.path, None if line is None else line - 1, self.name
