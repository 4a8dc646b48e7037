"""Systems: registers and software, who reads and writes them, what they hold."""

from typing import ClassVar

from ankunft_model.model.identifiers import ActorRef, DataRef, LegalBasisRef
from ankunft_model.model.part import Abbreviated, Many, Named
from ankunft_model.model.quantities import DurationRange, Flag
from ankunft_model.model.vocabulary import SystemKind


class Access(Abbreviated):
    """One actor's right to read or write a system.

    Attributes:
        data: What the right covers; None: everything in the system.
        used: False for a right that practice does not use.
    """

    main_key: ClassVar[str] = "actor"

    actor: ActorRef
    data: Many[DataRef] = None
    legal_basis: LegalBasisRef | None = None
    used: Flag = True


class System(Named):
    """A register or a piece of software.

    Attributes:
        holds: Data held about the person when a run begins.
        stores: What the system is able to hold at all.
    """

    operated_by: ActorRef | None = None
    kind: SystemKind | None = None
    holds: Many[DataRef] = None
    stores: Many[DataRef] = None
    readers: Many[Access] = None
    writers: Many[Access] = None
    retention: DurationRange | None = None
