"""Situations about members, what lets them in, and the server that they work with."""

from __future__ import annotations

from desireline.errors.shared import SharedError


class NotThere(SharedError):
    """Something is asked for by an id that this workspace does not have, or that this member may not see."""

    status = 404
    code = "unknown"
    what = "thing"

    def __init__(self, id_: str) -> None:
        super().__init__(f"There is no {self.what} {id_!r} in this workspace.")


class UnknownMember(NotThere):
    """No such member is in this workspace."""

    code, what = "unknown-member", "member"


class UnknownInvitation(NotThere):
    """No such invitation is open in this workspace."""

    code, what = "unknown-invitation", "open invitation"


class UnknownToken(NotThere):
    """No such token is there, or it is somebody else's."""

    code, what = "unknown-token", "token"


class UnknownJob(NotThere):
    """No such job is remembered, or somebody else began it."""

    code, what = "unknown-job", "job"

    def __init__(self, id_: str) -> None:
        SharedError.__init__(
            self, f"No job {id_!r} is remembered. Jobs are forgotten when the server stops; begin it again."
        )


class JobCancelled(SharedError):
    """Somebody asked for a job to stop."""

    status, code = 409, "cancelled"

    def __init__(self) -> None:
        super().__init__("The job was stopped before its end.")


class ServerStops(SharedError):
    """The server is about to stop, so nothing new begins."""

    status, code = 503, "server-stops"

    def __init__(self) -> None:
        super().__init__("The server is stopping, so nothing new was begun. Try again when it is back.")


class SignInFailed(SharedError):
    """A name and a password do not belong together; which of the two is wrong is not told."""

    status, code = 401, "sign-in-failed"

    def __init__(self) -> None:
        super().__init__(
            "This name and password do not belong together. Check both, or ask an owner for a link that lets you in."
        )


class TooMany(SharedError):
    """Something was tried too often; it works again after `retry_after` seconds."""

    status, code = 429, "too-many"

    def __init__(self, what: str, retry_after: int) -> None:
        self.retry_after = max(1, retry_after)
        when = f"{self.retry_after} seconds" if self.retry_after < 120 else f"{-(-self.retry_after // 60)} minutes"
        super().__init__(f"{what} Try again in {when}.")


class NameTaken(SharedError):
    """A member of this name is there already; capitals do not count."""

    status, code = 409, "name-taken"

    def __init__(self, name: str) -> None:
        super().__init__(f"Somebody here is called “{name}” already. Add a surname or an initial.")


class NameUnfit(SharedError):
    """A name cannot be one."""

    status, code = 422, "name-unfit"

    def __init__(self, longest: int) -> None:
        super().__init__(f"A name has 1 to {longest} characters, all of which can be seen.")


class PasswordUnfit(SharedError):
    """A password is too easy to guess, or longer than is read."""

    status, code = 422, "password-unfit"


class LastOwner(SharedError):
    """Without the last owner nobody could invite, change roles, or look after the workspace."""

    status, code = 409, "last-owner"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is the only owner. Make somebody else an owner first.")


class ScopeUnfit(SharedError):
    """A token is to be allowed more than the member who makes it, or nothing at all."""

    status, code = 422, "scope-unfit"

    def __init__(self, scope: str, granted: str) -> None:
        super().__init__(f"A token of yours cannot have {scope or 'no scope'}. You can choose among: {granted}.")


class ForeignPage(SharedError):
    """A page of another site tries to act in a member's name."""

    status, code = 403, "foreign-page"

    def __init__(self) -> None:
        super().__init__("This request comes from a page of another site, so nothing was done. Open the app itself.")


class RequestTooLarge(SharedError):
    """A request is larger than the server reads."""

    status, code = 413, "too-large"

    def __init__(self, most: int) -> None:
        super().__init__(f"This is larger than the server takes at once ({most / 1024 / 1024:,.0f} MB).")


class AddressTaken(SharedError):
    """The server cannot listen where it was told to."""

    status, code = 409, "address-taken"


class NotInPerson(SharedError):
    """A program with a token asks for what only a person may do."""

    status, code = 403, "not-in-person"

    def __init__(self) -> None:
        super().__init__("A token cannot do this. Sign in, in a browser, and do it there.")
