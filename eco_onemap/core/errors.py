# SPDX-License-Identifier: GPL-2.0-or-later
"""The project's errors, one tree.

::

    EcoOneMapError
    ├── InputError            what was given cannot be used (exit code 2)
    │   ├── CatalogueError    onemap.yaml
    │   ├── RulePackError     a rule pack
    │   ├── SiteError         a file of sites
    │   ├── OverrideError     a file of overrides
    │   ├── ResultsError      a file of results
    │   └── OptionError       an option of the check
    ├── LayerError            a layer cannot be read or used: the rest goes on
    ├── OutputError           a result cannot be written
    ├── MissingPackageError   an optional package is not installed
    └── Cancelled             the user stopped the work
"""

from __future__ import annotations

import errno
from typing import Any

from eco_onemap.core.messages import Message


class EcoOneMapError(Exception):
    """One sentence for the reader (what, where, what to do) and details for the log."""

    def __init__(self, key: str, /, *, details: str = "", **args: Any) -> None:
        self.message = Message(key, args)
        self.details = details
        super().__init__(key, args)

    def __str__(self) -> str:
        return self.message.text("en")


class InputError(EcoOneMapError):
    """What was given cannot be used."""


class CatalogueError(InputError):
    """The catalogue cannot be used."""


class RulePackError(InputError):
    """A rule pack cannot be used."""


class SiteError(InputError):
    """A file of sites cannot be used."""


class OverrideError(InputError):
    """A file of overrides cannot be used."""


class ResultsError(InputError):
    """A file of results cannot be read, or lacks what is asked for."""


class OptionError(InputError):
    """An option of the check has a value that cannot be used."""


class LayerError(EcoOneMapError):
    """One layer cannot be read or used; a check goes on without it and says so."""


class OutputError(EcoOneMapError):
    """A result cannot be written."""


class ClusterError(EcoOneMapError):
    """A check cannot be computed on the cluster that was named."""


class MissingPackageError(EcoOneMapError):
    """An optional package is not installed."""


class Cancelled(EcoOneMapError):  # noqa: N818 (not a failure)
    """The user stopped the work."""

    def __init__(self) -> None:
        super().__init__("cancelled")


_CAUSES = {
    errno.ENOENT: "cause.missing",
    errno.EACCES: "cause.forbidden",
    errno.EPERM: "cause.forbidden",
    errno.EROFS: "cause.forbidden",
    errno.ENOSPC: "cause.full",
    errno.EFBIG: "cause.full",
    errno.EISDIR: "cause.folder",
    errno.ENOTDIR: "cause.no_folder",
}


def cause_of(error: Exception) -> str | Message:
    """Return what a failure says of itself, without the system's number and the path.

    What is known of the system is told in the reader's language, all else as it comes.
    """
    if isinstance(error, UnicodeDecodeError):
        return Message("cause.no_text", {"encoding": error.encoding.upper()})
    key = _CAUSES.get(getattr(error, "errno", None) or 0)
    return Message(key) if key else str(getattr(error, "strerror", None) or error)
