"""Who may do what, and which numbers may be shown: groups of fewer than five customers never are.

Source of the latter: the small-group rules of survey platforms (3 to 10 is usual, 5 the common default).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

SMALL_GROUP = 5


def may_show(customers: int, *, small_group: int = SMALL_GROUP) -> bool:
    """True when a number about this many customers may be shown. Zero says nothing about anyone, so it may."""
    return customers == 0 or customers >= small_group


class Right(StrEnum):
    """What a member, or a token, may do. Everything that is not granted is denied."""

    READ = "read"  # see maps, comments, versions
    COMMENT = "comment"  # comment, suggest, vote
    EDIT = "edit"  # change maps, make and restore versions, import
    SHARE = "share"  # make and revoke share links
    MANAGE = "manage"  # members, invitations, tokens of others, audit, archiving of maps


class Role(StrEnum):
    """What a member is in a workspace."""

    OWNER = "owner"
    EDITOR = "editor"
    COMMENTER = "commenter"
    VIEWER = "viewer"


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.OWNER: frozenset(Right),
    Role.EDITOR: frozenset({Right.READ, Right.COMMENT, Right.EDIT, Right.SHARE}),
    Role.COMMENTER: frozenset({Right.READ, Right.COMMENT}),
    Role.VIEWER: frozenset({Right.READ}),
}


def rights_of(role: Role, scopes: Collection[Right] | None = None) -> frozenset[Right]:
    """The rights of a role; with the scopes of a token, those that both grant."""
    return RIGHTS[role] if scopes is None else RIGHTS[role] & frozenset(scopes)
