"""The one exception tree.

An *issue* (:class:`kg.model.Issue`) is something odd in a document that the user must see; work goes on. An *error* is something after
which work cannot go on: a file that is no text, a rule table that contradicts itself, a store that does not answer. The command line prints
an error as one line and exits with its ``exit_code``.
"""

from __future__ import annotations


class KgError(Exception):
    """Base of all errors this package raises on purpose; its text is one line fit for a user."""

    exit_code = 1


class ReadError(KgError):
    """A source cannot be read: missing, empty, binary, undecodable, too large or of no known format."""

    exit_code = 3


class RuleError(KgError):
    """A table of rules is wrong: missing source, dangling key, one name for two agencies alive together."""

    exit_code = 4


class ParseError(KgError):
    """A document holds no tasks, or its structure contradicts itself."""

    exit_code = 5


class TableError(KgError):
    """Tables do not fit their schema or their keys."""

    exit_code = 6


class StoreError(KgError):
    """A store cannot be opened, written, read or queried."""

    exit_code = 7


class OutputError(KgError):
    """An output folder is not ours, or cannot be written."""

    exit_code = 8


class QueryError(KgError):
    """A query is not understood, not known, or lacks a parameter."""

    exit_code = 9


class ServerError(KgError):
    """A local server cannot be started, reached or stopped."""

    exit_code = 10


def first_line(error: BaseException) -> str:
    r"""Return the first line of what an error of a library says, to be told within one of ours; its type where it says nothing.

    Examples
    --------
    >>> first_line(ValueError("no such file\n  at line 3")), first_line(EOFError())
    ('no such file', 'EOFError')
    """
    return next(iter(str(error).splitlines()), type(error).__name__)
