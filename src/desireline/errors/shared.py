"""Situations in which somebody may not come in, or a map cannot be edited together."""

from __future__ import annotations

from desireline.errors.tree import DesirelineError


class SharedError(DesirelineError):
    """Something about members or shared maps that cannot be; `status` is what the server answers."""

    status = 400
    code = "unclear"


class UnknownDocument(SharedError):
    """No such map is in this workspace, or it is not for this member: which of the two is not told."""

    status = 404
    code = "unknown-map"

    def __init__(self, id_: str) -> None:
        super().__init__(f"There is no map {id_!r} in this workspace. It may have been archived, or the link is old.")


class MapArchived(SharedError):
    """A map that was put away is to be changed."""

    status = 409
    code = "archived"

    def __init__(self) -> None:
        super().__init__(
            "This map is in the archive: it can be read and copied, and nothing in it can be changed. "
            "An owner can take it out of the archive, in the list of maps."
        )


class NotAllowed(SharedError):
    """A member asks for what their role does not grant."""

    status = 403
    code = "not-allowed"

    def __init__(self, right: str, role: str) -> None:
        super().__init__(f"This needs the right to {right}; a {role} does not have it. An owner can change your role.")


class NotSignedIn(SharedError):
    """Nobody is signed in."""

    status = 401
    code = "not-signed-in"

    def __init__(self) -> None:
        super().__init__("Nobody is signed in. Open the link that `desireline serve` printed, or sign in.")


class LinkUsed(SharedError):
    """A link that works once was used, has expired, was taken back, or never was: which of them is not told."""

    status = 410
    code = "link-over"

    def __init__(self, what: str, again: str) -> None:
        super().__init__(f"This {what} does not work: it was used already, has expired, or was taken back. {again}")


class UpdateRefused(SharedError):
    """An edit of a shared map cannot be taken; the map is as it was."""

    status = 409
    code = "update-refused"

    def __init__(self, says: str, *, code: str = "update-refused") -> None:
        self.code = code
        super().__init__(says)


class NotKeptYet(SharedError):
    """The disk does not take a change of a shared map; it is in memory, and is tried again and again."""

    status = 507
    code = "not-kept-yet"

    def __init__(self, why: str) -> None:
        super().__init__(
            f"The change is made, but it is not on the disk yet: {why or 'the disk is slow.'} The server "
            "goes on trying. Do not stop it before it says that the disk works again."
        )


class RoomClosed(SharedError):
    """A map was closed on the server while somebody came in; they come again."""

    status = 503
    code = "room-closed"

    def __init__(self) -> None:
        super().__init__("The server closed this map for a moment. Try again.")


class ServerRuns(SharedError):
    """Another server works in this workspace already."""

    status = 409
    code = "server-runs"

    def __init__(self, where: str, address: str, pid: int) -> None:
        process = f" (process {pid})" if pid else ""
        super().__init__(
            f"Another server already works in {where}{process}, at {address}. Open that address, "
            "or stop it first: two servers in one workspace would not see each other's edits."
        )


class NoDataYet(SharedError):
    """A map is to be measured, and nothing was imported into its workspace."""

    status = 409
    code = "no-data"

    def __init__(self) -> None:
        super().__init__("Nothing was imported into this workspace yet, so there is nothing to measure the map on.")
