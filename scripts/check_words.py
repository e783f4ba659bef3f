#!/usr/bin/python3
"""Words that docs/reference/glossary.md replaces, in texts that a user can meet: names each file and line, and ends with 1 if any.

  scripts/check_words.py [FILE...]     all of the repository's such files, or these

The column "not" of the glossary's tables has the words, separated by commas; `code` there is matched as it stands, all else
without regard to case. Texts are the strings of src/, those of web/src and its components' markup, the prose of docs/ and
README.md, and po/.
"""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
GLOSSARY = ROOT / "docs" / "reference" / "glossary.md"
OF_GLOSSARY = f"\n#: {GLOSSARY.relative_to(ROOT)}\n"
# Of a C++ source: comments and #include lines first, so that quotes in them begin no string.
CPP = re.compile(r'//[^\n]*|/\*.*?\*/|^[ \t]*#[ \t]*include[^\n]*|\'(?:[^\'\\\n]|\\.)\''
                 r'|R"(?P<mark>[^\s()\\]{0,16})\((?P<raw>.*?)\)(?P=mark)"|"(?P<text>(?:[^"\\\n]|\\.)*)"', re.S | re.M)
SCRIPT = re.compile(r'//[^\n]*|/\*.*?\*/|"(?P<text>(?:[^"\\\n]|\\.)*)"|`(?P<raw>(?:[^`\\]|\\.)*)`', re.S)
# Markup without scripts, styles, comments and expressions, but with attributes' texts.
MARKUP = re.compile(r"<script.*?</script>|<style.*?</style>|<!--.*?-->|\{[^{}]*\}", re.S)


def banned_phrases(glossary):
    """(phrase, what to say instead, case matters) of each entry of the column "not"."""
    header = []
    for line in glossary.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")] if line.startswith("|") else []
        if "not" in cells:
            header = cells
        elif header and len(cells) == len(header) and not set(line) <= set("|-: "):
            row = dict(zip(header, cells))
            for phrase in filter(None, (part.strip() for part in row["not"].split(","))):
                yield phrase.strip("`"), row["term"], phrase.startswith("`")
        elif not cells:
            header = []


def pattern_of(phrases):
    """One pattern of all phrases; a space is any white space, and a word's ends are ends of words."""
    parts = []
    for phrase, _, case in phrases:
        body = r"\s+".join(map(re.escape, phrase.split()))
        start, end = (r"(?<![\w-])" if re.match(r"[\w-]", phrase) else ""), (r"(?![\w-])" if re.search(r"\w$", phrase) else "")
        parts.append(f"({start}{body if case else f'(?i:{body})'}{end})")
    return re.compile("|".join(parts))


def blanked(text, spans):
    """`text` with nothing but white space outside `spans`, so that lines stay the same."""
    kept, end = [], 0
    for begin, until in spans:
        kept += [re.sub(r"\S", " ", text[end:begin]), text[begin:until]]
        end = until
    return "".join(kept + [re.sub(r"\S", " ", text[end:])])


def literals(pattern, text):
    spans = [match.span(group) for match in pattern.finditer(text) for group in ("text", "raw") if match.span(group) != (-1, -1)]
    # Neighbouring strings are one text in C++; an escaped line end is a space.
    return blanked(text, spans).replace("\\n", "  ")


def prose(text):
    """Markdown without its code: fenced blocks, and `code` in a line."""
    text = re.sub(r"^(```|~~~).*?^\1[^\n]*$", lambda match: re.sub(r"\S", " ", match[0]), text, flags=re.S | re.M)
    text = re.sub(r"`[^`\n]+`", lambda match: " " * len(match[0]), text)
    return re.sub(r"\]\([^)\n]*\)", lambda match: "]" + " " * (len(match[0]) - 1), text)


def markup(text):
    scripts = "".join(literals(SCRIPT, part) if part.startswith("<script") else re.sub(r"\S", " ", part)
                      for part in re.split(r"(<script.*?</script>)", text, flags=re.S))
    shown = MARKUP.sub(lambda match: re.sub(r"\S", " ", match[0]), text)
    return "".join(a if a.strip() else b for a, b in zip(scripts, shown))


def texts_of(path, text):
    """What users meet of a file, in its own lines and columns."""
    if path.suffix in (".cpp", ".h"):
        return literals(CPP, text)
    if path.suffix in (".ts", ".js"):
        return literals(SCRIPT, text)
    if path.suffix == ".svelte":
        return markup(text)
    if path.suffix == ".md":
        return prose(text)
    if path.suffix == ".po":
        # The French glossary has those words too.
        text = "\n\n".join(entry if OF_GLOSSARY not in entry else re.sub(r"[^\n]", "", entry) for entry in text.split("\n\n"))
    return "\n".join(line if not line.startswith("#") else "" for line in text.split("\n"))


def files():
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "src/*.cpp", "src/*.h", "src/*.toml", "web/src/*.ts", "web/src/*.svelte",
                             "docs/*.md", "README.md", "po/*.po"], cwd=ROOT, text=True, capture_output=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\n") if name and name != "docs/reference/glossary.md" and (ROOT / name).exists()]


def found_in(path, phrases, pattern):
    text = path.read_text(encoding="utf-8")
    shown = texts_of(path, text)
    for match in pattern.finditer(shown):
        phrase, instead, _ = phrases[match.lastindex - 1]
        yield shown.count("\n", 0, match.start()) + 1, phrase, instead


def main(arguments):
    phrases = list(banned_phrases(GLOSSARY.read_text(encoding="utf-8")))
    pattern = pattern_of(phrases)
    listed = [pathlib.Path(name).resolve() for name in arguments] or files()
    count = 0
    for path in listed:
        for line, phrase, instead in found_in(path, phrases, pattern):
            name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
            print(f"{name}:{line}: `{phrase}`: the glossary says {instead}", file=sys.stderr)
            count += 1
    if count:
        return 1
    print(f"words: {len(listed)} files have none of {len(phrases)} that the glossary replaces")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
