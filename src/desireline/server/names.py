"""What members are called, also those who may not come in any more: what they did stays theirs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desireline.server.desk import Desk


def names_of(desk: Desk) -> Mapping[str, str]:
    """Names by the members' ids. What nobody did, the command line did: it has no name."""
    return {member.id: member.name for member in desk.members.everybody()}
