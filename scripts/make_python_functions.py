#!/usr/bin/python3
"""Writes what of the Python package takes the options of the commands: workflows.py, which has functions and the class Reader, and
_core.pyi, which is _core.pyi.in with the arguments of Reader and Study.create.

  scripts/make_python_functions.py FOLDER     the built package, which has the module _core

Names, defaults, ranges and texts of their parameters are those that the library states for the command line.
"""
import pathlib
import re
import sys
import textwrap

FOLDER = pathlib.Path(sys.argv[1]).resolve()
STUB = pathlib.Path(__file__).resolve().parents[1] / "python/ocrtune/_core.pyi.in"
# The module alone: the package doesn't load without what is written here.
sys.dont_write_bytecode = True
sys.path.insert(0, str(FOLDER))
import _core as core  # noqa: E402

WIDTH = 100

HEAD = '''"""The commands of ocrtune as functions, and `Reader`; made by scripts/make_python_functions.py."""

from __future__ import annotations

import functools
import os
from typing import Any, Callable, Iterable, Optional, Union

import numpy
from numpy.typing import NDArray

from ocrtune import _core

PathLike = Union[str, "os.PathLike[str]"]
Paths = Union[PathLike, Iterable[PathLike]]
Pixels = NDArray[numpy.uint8]
Pages = Union[PathLike, Pixels, Iterable[Union[PathLike, Pixels]]]
OnProgress = Optional[Callable[[_core.Progress], object]]
OnTrial = Optional[Callable[[dict[str, Any]], object]]


@functools.lru_cache(maxsize=2)
def _reader(options: frozenset[tuple[str, Any]]) -> _core.Reader:
    return _core.Reader(**dict(options))


def _hashable(value: Any) -> Any:
    if value is None or isinstance(value, (str, int, float)):
        return value
    return os.fspath(value) if hasattr(value, "__fspath__") else tuple(value)
'''

TUNED = "The results, as the command's ``--json`` prints them: ``best``, ``gain``, ``pipeline_file``, …"
WORKFLOWS = {
    "tune": ("Find the best preprocessing settings, validate them, and write them to a pipeline file.",
             "dict", TUNED),
    "screen": ("Evaluate 2^exponent scrambled Sobol points of a pipeline's free parameters.",
               "dict", "The results, as the command's ``--json`` prints them."),
    "optimize": ("Search for the best settings with a sampler of your choice.",
                 "dict", "The results, as the command's ``--json`` prints them."),
    "score": ("Evaluate given points of a pipeline, without a search.",
              "list", "A dict of mean scores for each point, the baseline first."),
    "compare": ("Compare pipelines on the same pages, page by page.",
                "dict", "The scores, as the command's ``--json`` prints them."),
    "evaluate": ("Compare OCR results of any program with the ground truth.",
                 "dict", "Error rates, as the command's ``--json`` prints them."),
    "apply": ("Recognize a whole collection, choosing the best of several pipelines for each page.",
              "dict", "A summary of all pages done, as the command's ``--json`` prints it."),
    "train": ("Train models of OCR engines further with pages that have ground truth.",
              "dict", "What came of each engine's model, as the command's ``--json`` prints it."),
    "clean": ("Write the preprocessed images, gray and lossless.",
              "list", "A dict with ``page`` and ``file`` for each page."),
}
# They bound what the command prints as text; the results have all.
LEFT_OUT = {"evaluate": {"most"}, "compare": {"most"}}
# Workflows whose pages may be arrays.
OF_ARRAYS = {"score", "screen", "optimize"}
# Workflows that tell each trial.
OF_TRIALS = {"screen", "optimize"}


def type_of(row):
    if row.get("arrays"):
        return "Pages"
    if row["kind"] == "list":
        return "Paths"
    if row["kind"] == "flag":
        return "bool"
    if row["kind"] == "text":
        return "str" if row["choices"] else "PathLike"
    number = "int" if row["kind"] == "whole" else "float"
    return f"Union[{number}, str]" if row["notation"] != "plain" else number


def parameter(row):
    if row["required"]:
        return f"{row['name']}: {type_of(row)}"
    if row["initial"] is None or row["initial"] == []:
        return f"{row['name']}: Optional[{type_of(row)}] = None"
    initial = tuple(row["initial"]) if isinstance(row["initial"], list) else row["initial"]
    return f"{row['name']}: {type_of(row)} = " + repr(initial).replace("'", '"')


def documented_type(row):
    if row.get("arrays"):
        return "str, os.PathLike, numpy.ndarray of uint8, or a list of them"
    if row["choices"]:
        choices = "{" + ", ".join(repr(choice) for choice in row["choices"]) + "}"
        if row["kind"] == "whole":
            choices = choices.replace("'", "")
        return choices if row["kind"] != "list" else "list of " + choices
    return {"list": "str, os.PathLike or a list of them", "flag": "bool", "text": "str or os.PathLike", "whole": "int",
            "real": "float"}[row["kind"]] + (" or str" if row["notation"] != "plain" else "")


def in_python(text):
    """A text of the command line, with the names of arguments."""
    return re.sub(r"--([a-z][a-z-]*)", lambda found: f"`{found[1].replace('-', '_')}`", text).replace("\\", "\\\\")


def documented(row):
    head = f"{row['name']} : {documented_type(row)}" + ("" if row["required"] else ", optional")
    text = in_python(row["help"])
    if row["usual"]:
        text += f" [{in_python(row['usual'])}]"
    elif row["initial"] not in (None, [], False, ""):
        text += f" [{row['initial']}]"
    if row["low"] is not None and row["high"] is not None and row["notation"] == "plain" and not row["choices"]:
        text += f"; {row['low']} to {row['high']}"
    indented = textwrap.fill(text + ".", WIDTH, initial_indent=" " * 8, subsequent_indent=" " * 8)
    lines = textwrap.fill(head, WIDTH, initial_indent=" " * 4, subsequent_indent=" " * 8, break_on_hyphens=False)
    return f"{lines}\n{indented}\n"


PROGRESS = """    progress : callable, optional
        Called several times a second with a `Progress`. An exception of it ends the work.
"""
ON_TRIAL = """    on_trial : callable, optional
        Called after each trial of this run, the baseline first, with a dict as in `Study.trials`: number, scores and
        parameters. An exception of it ends the work.
"""
RAISES = """
    Raises
    ------
    Error
        See `ocrtune.errors`.
    KeyboardInterrupt
        After Ctrl-C; what is finished is kept.
    \"\"\"
"""


def wrapped(begin, parts, end):
    """A line of code, over several where it is too long."""
    line = begin + ", ".join(parts) + end
    if len(line) <= 120:
        return line + "\n"
    indent = re.match(" *", begin)[0]
    return begin + "\n" + "".join(f"{indent}    {part},\n" for part in parts) + indent + end + "\n"


def workflow(name):
    summary, kind, returned = WORKFLOWS[name]
    rows = [row for row in core.describe_workflow(name) if row["name"] not in LEFT_OUT.get(name, ())]
    positional = [row for row in rows if row["positional"]]
    if name in OF_ARRAYS:
        positional = [{**row, "arrays": True, "help": f"{row['help']}; or arrays, gray or BGR"} for row in positional]
    named = [row for row in rows if not row["positional"]]
    named.sort(key=lambda row: not row["required"])
    result = {"dict": "dict[str, Any]", "list": "list[dict[str, Any]]"}[kind]
    of_trials = name in OF_TRIALS
    callbacks = ["progress: OnProgress = None", *(["on_trial: OnTrial = None"] if of_trials else [])]
    text = wrapped(f"def {name}(", [*map(parameter, positional), "*", *map(parameter, named), *callbacks], f") -> {result}:")
    text += f'    """{summary}\n\n    Parameters\n    ----------\n'
    text += "".join(map(documented, positional + named)) + PROGRESS + (ON_TRIAL if of_trials else "")
    text += f"\n    Returns\n    -------\n    {kind}\n        {returned}\n{RAISES}"
    text += wrapped("    options = dict(", [f"{row['name']}={row['name']}" for row in positional + named], ")")
    given = "options, progress, on_trial" if of_trials else "options, progress"
    text += f'    found: {result} = _core.run_workflow("{name}", {given})\n    return found\n'
    return text


SOURCE = '''    source : numpy.ndarray of uint8, str or os.PathLike
        Pixels, gray (height, width) or BGR (height, width, 3) as `cv2.imread` returns them, or an image file.
    page : int, optional
        Of a file with several pages, from 0.
    dpi : float, optional
        Resolution; by default that of the file.
'''
OF_SOURCE = ["source: Union[PathLike, Pixels]", "*", "page: Optional[int] = None", "dpi: Optional[float] = None"]


def inner(text):
    """One level deeper."""
    return re.sub(r"^(?=.)", "    ", text, flags=re.MULTILINE)


def reader():
    rows = core.describe_reader()
    init = wrapped("def __init__(", ["self", "*", *map(parameter, rows)], ") -> None:")
    init += wrapped("    self._reader = _core.Reader(", [f"{row['name']}={row['name']}" for row in rows], ")")
    read = wrapped("def read(", ["self", *OF_SOURCE], ") -> _core.Page:")
    read += f'''    """The OCR result of a page.

    Python's global lock is not held meanwhile.

    Parameters
    ----------
{SOURCE}
    Returns
    -------
    Page
    """
    return self._reader.read(source, page, dpi)
'''
    text = '''class Reader:
    """Recognizes pages, with the models loaded once.

    Safe to use from several threads, each of which loads models of its own.

    Parameters
    ----------
''' + "".join(map(documented, rows)) + RAISES.replace("""    KeyboardInterrupt
        After Ctrl-C; what is finished is kept.
    \"\"\"
""", '''
    Examples
    --------
    >>> import ocrtune
    >>> reader = ocrtune.Reader(pipeline="standard", lang="eng")
    >>> reader.read("examples/sample_pages/08-prose-eng-clean.jpg").lines[0].text.split()[0]
    'The'
    """
''')
    return f"{text}\n{inner(init)}\n{inner(read)}"


def read():
    rows = core.describe_reader()
    text = wrapped("def read(", [*OF_SOURCE, *map(parameter, rows)], ") -> _core.Page:")
    text += f'''    """Recognize the text of a page, unprocessed or preprocessed by a pipeline.

    The models stay loaded for the next call with the same options; `Reader` keeps them as long as you do.

    Parameters
    ----------
{SOURCE}'''
    text += "".join(map(documented, rows))
    text += f"\n    Returns\n    -------\n    Page\n{RAISES}"
    text += wrapped("    options = dict(", [f"{row['name']}={row['name']}" for row in rows], ")")
    text += "    reader = _reader(frozenset((name, _hashable(value)) for name, value in options.items()))\n"
    text += "    return reader.read(source, page, dpi)\n"
    return text


def read_pages():
    rows = core.describe_read_pages()
    positional = [row for row in rows if row["positional"]]
    named = [row for row in rows if not row["positional"]]
    text = wrapped("def read_pages(", [*map(parameter, positional), "*", *map(parameter, named), "progress: OnProgress = None"],
                   ") -> list[_core.Page]:")
    text += '''    """Recognize all pages of files and folders, several at a time.

    Parameters
    ----------
'''
    text += "".join(map(documented, positional + named)) + PROGRESS
    text += f"\n    Returns\n    -------\n    list of Page\n        In the order of the files.\n{RAISES}"
    text += wrapped("    options = dict(", [f"{row['name']}={row['name']}" for row in positional + named], ")")
    text += "    return _core.read_pages(options, progress)\n"
    return text


def method(begin, first, rows, end):
    """A method of the stub, whose binding takes any arguments."""
    text = wrapped(begin, [first, "*", *map(parameter, rows)], end)
    return text.replace("Paths", "Union[_Path, Iterable[_Path]]").replace("PathLike", "_Path").rstrip("\n")


def stub():
    methods = {
        "Reader.__init__": method("def __init__(", "self", core.describe_reader(), ") -> None: ..."),
        "Study.create": method("def create(", "corpus: Union[_Path, Iterable[_Path]]",
                               [row for row in core.describe_study() if not row["positional"]], ") -> Study: ..."),
    }
    return re.sub(r"^    @([A-Z][\w.]+)@$", lambda found: inner(methods[found[1]]), STUB.read_text(encoding="utf-8"), flags=re.MULTILINE)


def main():
    made = {"workflows.py": "\n\n".join([HEAD, reader(), read(), read_pages(), *map(workflow, WORKFLOWS)]), "_core.pyi": stub()}
    for name, text in made.items():
        path = FOLDER / name
        # Other modules there are links to their sources.
        path.unlink(missing_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
