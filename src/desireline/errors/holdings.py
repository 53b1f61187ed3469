"""Situations with what belongs to a shared map: its versions, its links, its pictures, its file."""

from __future__ import annotations

from desireline.errors.shared import SharedError


class UnknownVersion(SharedError):
    """A map has no such version."""

    status = 404
    code = "unknown-version"

    def __init__(self, id_: str) -> None:
        super().__init__(f"This map has no version {id_!r}. Look at its list of versions.")


class UnknownShare(SharedError):
    """A map has no such share link."""

    status = 404
    code = "unknown-share"

    def __init__(self, id_: str) -> None:
        super().__init__(f"This map has no share link {id_!r}. Look at its list of links.")


class PictureMissing(SharedError):
    """A map has no such picture."""

    status = 404
    code = "unknown-picture"

    def __init__(self, id_: str) -> None:
        super().__init__(f"This map has no picture {id_[:12]!r}. Upload it again.")


class PictureRefused(SharedError):
    """A file that somebody uploads is no picture that is taken."""

    status = 422
    code = "picture-refused"


class ProposalGone(SharedError):
    """A proposal drawn from data is no longer held: the server was started again since, or others took its place."""

    status = 404
    code = "proposal-gone"

    def __init__(self) -> None:
        super().__init__(
            "These files are no longer held: they were imported, the server was started again since, or others took "
            "their place. Choose them again; rows that are known stay as they are."
        )


class ImportGone(SharedError):
    """An import is not in this workspace: it was undone, or never made."""

    status = 404
    code = "import-gone"
    says = "This workspace has no import “{}”. Look at its list of imports."

    def __init__(self, id_: str) -> None:
        super().__init__(self.says.format(id_))


class ImportFilesGone(ImportGone):
    """The files of an import are not kept, or not any longer."""

    says = "The files of import “{}” are not kept here. Bring them in again: rows that are known stay as they are."


class DataUnclear(SharedError):
    """Files leave something open that only a person can say; nothing was imported."""

    status = 422
    code = "data-unclear"
