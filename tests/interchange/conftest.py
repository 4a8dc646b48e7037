from __future__ import annotations

from tests.interchange.interchange import interchange

__all__ = ["interchange"]
