#!/usr/bin/python3
"""The reference of the Python package: its public names, with their arguments and docstrings. What docs/reference/python.md has on
the site.

Signatures are those of workflows.py and _core.pyi, texts the docstrings of the package in the build folder.
"""
import ast
import inspect
import pathlib
import re
import sys
import textwrap

ROOT = pathlib.Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "python/ocrtune"
WIDTH = 120

GROUPS = {
    "Pages": ["read", "read_pages", "Reader", "Page", "Line", "Word", "load_page"],
    "Pipelines": ["Pipeline", "presets", "sharpness", "contrast", "cnr"],
    "Commands": ["tune", "screen", "optimize", "score", "compare", "evaluate", "apply", "train", "clean", "Progress"],
    "Studies": ["Study", "AskedTrial"],
}
ELSEWHERE = {"Error", "__version__"}


def import_package(build):
    sys.path.insert(0, str(build / "python"))
    import ocrtune
    import ocrtune.audit
    import ocrtune.errors
    return ocrtune


def members_of(tree, kinds=ast.FunctionDef):
    """The public functions of a module or class by name, in their order."""
    return {node.name: node for node in tree.body if isinstance(node, kinds) and not node.name.startswith("_")}


def init_of(node):
    return next((one for one in node.body if isinstance(one, ast.FunctionDef) and one.name == "__init__"), None)


def declarations(package):
    """By name, the class or function in the stub and in workflows.py, which has `Reader` and the commands."""
    found = {}
    for name in ("_core.pyi", "workflows.py"):
        for node in ast.parse((package / name).read_text(encoding="utf-8")).body:
            if isinstance(node, (ast.ClassDef, ast.FunctionDef)):
                found[node.name] = node
    return found


def type_text(text):
    """A type as a reader writes it."""
    text = re.sub(r"\b_(?=[A-Z])|_core\.", "", text)
    return {"PathLike": "Path"}.get(text, re.sub(r"\bPathLike\b", "Path", text))


def signature(node, name):
    """NAME(arguments) -> type, over several lines where it is long."""
    arguments = node.args
    positional = [argument for argument in arguments.args if argument.arg != "self"]
    defaults = [None] * (len(positional) - len(arguments.defaults)) + list(arguments.defaults)
    parts = [part(argument, default) for argument, default in zip(positional, defaults)]
    if arguments.kwonlyargs:
        parts += ["*", *map(part, arguments.kwonlyargs, arguments.kw_defaults)]
    if arguments.kwarg:
        parts.append(f"**{arguments.kwarg.arg}")
    end = f") -> {type_text(ast.unparse(node.returns))}" if node.name != "__init__" else ")"
    line = f"{name}({', '.join(parts)}{end}"
    if len(line) <= 100:
        return line
    return textwrap.fill(f"{name}({', '.join(parts)}{end}", 100, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)


def part(argument, default):
    text = argument.arg
    return text if default is None else f"{text}={ast.unparse(default)}"


def linked(text, public):
    """Markdown of a docstring's prose: code in single backticks, links for names that the page has."""
    text = re.sub(r"``(.+?)``", r"`\1`", " ".join(text.split()))

    def link(match):
        name = match[1]
        return f"[`{name}`](#{slug(name)})" if name in public else match[0]

    return re.sub(r"`([\w.]+)`", link, text)


def slug(text):
    return "".join(c for c in text.lower() if c.isalnum() or c in "-_ ").replace(" ", "-")


def sections(docstring):
    """The text before the first section, and the lines of each section by its title."""
    # pybind11 begins with a signature of its own.
    lines = re.sub(r"\A\w+\(.*\) -> .*\n+", "", inspect.cleandoc(docstring)).splitlines()
    found, current = {"": []}, ""
    for at, line in enumerate(lines):
        if at + 1 < len(lines) and line and re.fullmatch(r"-{3,}", lines[at + 1]):
            current = line
            found[current] = []
        elif not re.fullmatch(r"-{3,}", line):
            found[current].append(line)
    return found


def entries(lines):
    """(head, text) of each entry of a section."""
    found = []
    for line in filter(None, lines):
        if line.startswith(" "):
            found[-1][1].append(line.strip())
        else:
            found.append((line, []))
    return [(head, " ".join(text)) for head, text in found]


def item(text):
    return textwrap.fill(text, WIDTH, initial_indent="- ", subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)


def body(docstring, public):
    """A docstring in Markdown."""
    found = sections(docstring)
    parts = []
    for paragraph in "\n".join(found.pop("")).split("\n\n"):
        if paragraph.startswith(">>>"):
            parts.append(f"```text\n{paragraph.strip()}\n```")
        elif paragraph.strip():
            parts.append(textwrap.fill(linked(paragraph, public), WIDTH, break_long_words=False, break_on_hyphens=False))
    for title, lines in found.items():
        if title == "Examples":
            parts.append("```text\n" + "\n".join(lines).strip() + "\n```")
            continue
        items = []
        for head, text in entries(lines):
            text = linked(text, public)
            if " : " in head:
                name, kind = head.split(" : ", 1)
                items.append(item(f"`{name}` ({kind}): {text}"))
            elif title == "Returns":
                items.append(item(linked(f"`{head}`", public) + (f": {text}" if text else "")))
            else:
                items.append(item(f"`{head}`: {text}"))
        parts.append(f"**{title}**\n\n" + "\n".join(items))
    return "\n\n".join(parts)


def function(name, node, thing, public, level="###"):
    return f"{level} {name}\n\n```text\n{signature(node, name)}\n```\n\n{body(inspect.getdoc(thing), public)}\n"


def klass(name, node, thing, public):
    parts = [f"### {name}\n"]
    if init := init_of(node):
        parts.append(f"```text\n{signature(init, name)}\n```\n")
    parts.append(body(inspect.getdoc(thing), public) + "\n")
    members = members_of(node)
    properties = {one: member for one, member in members.items() if any("property" in ast.unparse(mark) for mark in member.decorator_list)}
    if properties:
        items = []
        for one, member in properties.items():
            kind = type_text(ast.unparse(member.returns))
            found = sections(getattr(thing, one).__doc__)
            text = linked(" ".join(found[""]), public)
            more = " ".join(linked(f"{head}: {told}" if told else head, public) for head, told in entries(found.get("Returns", [])))
            items.append(item(f"`{one}` ({kind}): {text}" + (f" {more}" if more else "")))
        parts.append("**Attributes**\n\n" + "\n".join(items) + "\n")
    for one, member in members.items():
        if one not in properties:
            parts.append(function(f"{name}.{one}", member, getattr(thing, one), public, "####"))
    return "\n".join(parts)


def errors(ocrtune):
    rows = ["## Errors\n", body(inspect.getdoc(ocrtune.errors), ()), "",
            "The classes of `ocrtune.errors` have `code`, and `exit_status`, the [exit status](errors.md) of the command.", "",
            "| class | code | exit status | when | also a |", "|---|---|---|---|---|"]
    for name, thing in vars(ocrtune.errors).items():
        if isinstance(thing, type) and thing.__module__ == "ocrtune.errors":
            bases = ", ".join(f"`{base.__name__}`" for base in thing.__bases__ if base.__module__ == "builtins")
            when = inspect.getdoc(thing).splitlines()[0]
            rows.append(f"| `{name}` | `{thing.code}` | {thing.exit_status} | {when} | {bases} |")
    return "\n".join(rows) + "\n"


def audit(public):
    import ocrtune.audit
    parts = ["## ocrtune.audit\n", body(inspect.getdoc(ocrtune.audit), public) + "\n"]
    members = {}
    for path in sorted(PACKAGE.glob("_audit_*.py")):
        members.update(members_of(ast.parse(path.read_text(encoding="utf-8")), (ast.FunctionDef, ast.ClassDef)))
    for name, node in ((name, members[name]) for name in ocrtune.audit.__all__ if name in members):
        declared = node if isinstance(node, ast.FunctionDef) else init_of(node)
        summary = linked(" ".join(sections(ast.get_docstring(node))[""]), public)
        call = " ".join(signature(declared, name).split()) if declared else name
        parts.append(item(f"`{call}`: {summary}"))
    return "\n".join(parts) + "\n"


def plugin(public):
    # Its text only: importing it needs OCRmyPDF.
    text = ast.get_docstring(ast.parse((PACKAGE / "ocrmypdf.py").read_text(encoding="utf-8")))
    return f"## ocrtune.ocrmypdf\n\n{body(text, public)}\n\nIts options: [OCRmyPDF](../how-to/ocrmypdf.md).\n"


def reference(build):
    """The groups of names in Markdown, of the package that a build folder has."""
    ocrtune = import_package(pathlib.Path(build).resolve())
    public = {name for names in GROUPS.values() for name in names}
    if missing := set(ocrtune.__all__) - public - ELSEWHERE:
        sys.exit(f"{__file__}: GROUPS lacks {', '.join(sorted(missing))}")
    nodes = declarations(pathlib.Path(build) / "python/ocrtune")
    parts = []
    for title, names in GROUPS.items():
        parts.append(f"## {title}\n")
        for name in names:
            made = klass if isinstance(nodes[name], ast.ClassDef) else function
            parts.append(made(name, nodes[name], getattr(ocrtune, name), public))
    parts += [errors(ocrtune), audit(public), plugin(public)]
    return "\n".join(parts)
