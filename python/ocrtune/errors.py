"""The exceptions of ocrtune: a class for each kind of error.

Each message is one line for a person: where, what is wrong there, and what is allowed or what to do next.
"""


class Error(Exception):
    """Any error of ocrtune.

    Attributes
    ----------
    code : str
        The kind of the error.
    exit_status : int
        The exit status of the command ``ocrtune`` for this kind.
    """

    code: str = "error"
    exit_status: int = 1


class InvalidArgumentError(Error, ValueError):
    """An argument, or a value in one, is not allowed."""

    code = "invalid_argument"


class NotFoundError(Error, LookupError):
    """There is no study, trial or the like of this name or number."""

    code = "not_found"


class InputUnreadableError(Error, OSError):
    """A page, a list of pages or a text is absent, damaged or over a limit."""

    code = "input_unreadable"


class DependencyMissingError(Error, RuntimeError):
    """A language, its model, a device or a part of the build is missing."""

    code = "dependency_missing"


class PipelineInvalidError(Error, ValueError):
    """A pipeline file, or the values for it, are not valid."""

    code = "pipeline_invalid"


class StudyError(Error, OSError):
    """A study is absent, damaged, of another kind, or in use."""

    code = "study_error"


class OutputUnwritableError(Error, OSError):
    """A file or folder of results cannot be written."""

    code = "output_unwritable"


class LimitReachedError(Error, RuntimeError):
    """Memory, a time or the size of a page reached its limit."""

    code = "limit_reached"
