"""What mkdocs does to docs/ beyond its own (mkdocs.yml).

The pages are written for GitHub, too. So lists and code in them become what Python-Markdown takes for such, headings get GitHub's
anchors, a citation leads to the bibliography, and a link that leads out of docs/ becomes its text. `<!-- made: NAME -->` becomes what the
command in OCRTUNE_BUILD, by default build/release, has to say there (make_tables.py). The French pages are those that
scripts/make_french_pages.py has made.
"""
import functools
import os
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import make_french_pages  # noqa: E402
import make_tables  # noqa: E402
from anchors import slug  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
FRENCH = ROOT / "build" / "french_pages"
BIBLIOGRAPHY = "reference/bibliography.md"

ITEM = re.compile(r"^( *)([-*]|\d+\.)( +)(?=\S)")
FENCE = re.compile(r"^ *(`{3,})")
CODE = re.compile(r"(``[^\n]*?``|`[^`\n]+`)")


@functools.cache
def program(language):
    return make_tables.Program(pathlib.Path(os.environ.get("OCRTUNE_BUILD", ROOT / "build/release")) / "ocrtune", language)


@functools.cache
def cited_keys():
    return {key for key, _ in make_tables.bib_entries()}


def on_config(config):
    config["mdx_configs"]["toc"] = {**config["mdx_configs"].get("toc", {}), "slugify": slug}
    return config


def on_files(files, config):
    """The French pages too; the navigation has every page, or the index of its folder."""
    from mkdocs.structure.files import File
    for path in sorted((FRENCH / "fr").rglob("*.md")):
        files.append(File(path.relative_to(FRENCH).as_posix(), str(FRENCH), config["site_dir"], config["use_directory_urls"]))
    shown = set(named(config["nav"]))
    lost = [file.src_uri for file in files.documentation_pages()
            if not {file.src_uri, f"{pathlib.PurePosixPath(file.src_uri).parent}/index.md"} & shown]
    if lost:
        raise SystemExit(f"site: mkdocs.yml doesn't list {', '.join(lost)}")
    return files


def named(entries):
    for entry in entries:
        if isinstance(entry, str):
            yield entry
        else:
            for inside in entry.values():
                yield from named(inside if isinstance(inside, list) else [inside])


def on_page_markdown(markdown, page, config, files):
    french = page.file.src_uri.startswith("fr/")
    text = make_tables.filled(program("fr" if french else "en"), markdown, make_french_pages.table if french else make_tables.as_made)
    return "\n".join(python_markdown(text.split("\n"), lambda part: linked(part, page.file.src_uri, cited_keys()))) + "\n"


def linked(text, source, keys):
    """A paragraph outside of code, with links for citations and without those that lead out of docs/."""
    up = "../" * source.count("/")

    def cited(match):
        found = []
        for key in re.split(r";\s*", match[1]):
            key = key.removeprefix("@")
            if key not in keys:
                raise SystemExit(f"site: {source} cites {key}, which references.bib doesn't have")
            found.append(f"[{key}]({up}{BIBLIOGRAPHY}#{key})")
        return f"({'; '.join(found)})"

    def inside(match):
        target = match[2].partition("#")[0]
        if re.match(r"[a-z]+:|#", match[2]) or target == "":
            return match[0]
        path = (DOCS / source).parent.joinpath(target).resolve()
        return match[1] if not path.is_relative_to(DOCS) and path.exists() else match[0]

    pieces = []
    for piece in CODE.split(text):
        if not CODE.fullmatch(piece):
            piece = re.sub(r"\[((?:@\w+)(?:;\s*@\w+)*)\]", cited, piece)
        pieces.append(piece)
    # A link's text may be code.
    return re.sub(r"(?<!!)\[([^\]\[]+)\]\(([^)\s]+)\)", inside, "".join(pieces))


def python_markdown(lines, change):
    """GitHub's lists, and code inside of them, as Python-Markdown wants them: four spaces a level, and an empty line before."""
    result, depths, paragraph = [], [], []

    def flush():
        if paragraph:
            result.extend(change("\n".join(paragraph)).split("\n"))
            paragraph.clear()

    at = 0
    while at < len(lines):
        line = lines[at]
        indent = len(line) - len(line.lstrip(" "))
        if line.strip() == "":
            flush()
            result.append("")
            at += 1
            continue
        item = ITEM.match(line)
        if not item or indent > (depths[-1] if depths else 0) + 3:
            item = None
        # What is left of an item's text ends the item, unless it goes on with the item's paragraph.
        if not paragraph or item:
            while depths and indent < depths[-1]:
                depths.pop()
        level = "    " * len(depths)
        if fence := FENCE.match(line):
            flush()
            # Code may have fences that are shorter than its own.
            end = next(n for n in range(at + 1, len(lines)) if re.fullmatch(rf" *{fence[1]}`*", lines[n]))
            inside = [one[indent:] if one[:indent].strip() == "" else one for one in lines[at + 1:end]]
            if depths:
                result += ["", *(f"{level}    {one}".rstrip() for one in inside), ""]
            else:
                result += ["", lines[at], *inside, lines[end], ""]
            at = end + 1
            continue
        if item:
            started = bool(paragraph)
            flush()
            if started and result and not ITEM.match(result[-1].lstrip() if depths else result[-1]) and not in_list(result):
                result.append("")
            paragraph.append(f"{level}{item[2]}{' ' * (4 - len(item[2]) if len(item[2]) < 4 else 1)}{line[item.end():]}")
            depths.append(item.end())
        elif line.startswith("|") or line.lstrip().startswith("|"):
            flush()
            # In code, Python-Markdown takes a bar as it is and shows the backslash before it.
            cells = CODE.sub(lambda code: code[0].replace("\\|", "|"), line.strip())
            result.append(level + change(cells))
        elif indent >= 4 + (depths[-1] if depths else 0) and not paragraph:
            result.append(level + line[depths[-1] if depths else 0:])
        elif line.startswith("#"):
            flush()
            depths.clear()
            result.append(change(line))
        else:
            paragraph.append(level + line.strip())
        at += 1
    flush()
    return result


def in_list(result):
    """True where the last paragraph of `result` is an item of a list."""
    for line in reversed(result):
        if line.strip() == "":
            return False
        if ITEM.match(line.lstrip()):
            return True
    return False
