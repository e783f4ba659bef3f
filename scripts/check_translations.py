#!/usr/bin/python3
"""Holds po/fr.po to the program's messages, po/report/fr.po and po/app/fr.po to those of the web interface, and the messages to their
being translated.

  scripts/check_translations.py            names what is missing, stale or unmarked, and ends with 1 if any
  scripts/check_translations.py --pot      writes what is to be translated of the program, as a template

Messages are the literals of tr() and tr_noop() in src/, where the first of two literals of tr_noop() is the context, the nouns of counted(), and the texts that the registries declare, such as
.help and .summary; those that are put together are checked by tests/e2e/test_french.py with what the program says.
A literal of two words or more that is none of these is unmarked, unless UNTRANSLATED says what it is.
An entry of po/fr.po is stale if it is no literal of src/ or python/bindings, no description of a preset or portfolio and none of
PUT_TOGETHER.

Messages of the web interface are the literals of t(), t.in() and t.count() in the files of web/src that make a dictionary.
"""
import ast
import pathlib
import re
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "po" / "fr.po"
TOKEN = re.compile(r"""(?P<skip>//[^\n]*|/\*.*?\*/|^[ \t]*\#(?:[^\n\\]|\\.|\\\n)*|\s+)|(?P<raw>R"(?P<mark>[^\s()\\]{0,16})\(.*?\)(?P=mark)")
  |(?P<text>"(?:[^"\\\n]|\\.)*")|(?P<char>'(?:[^'\\\n]|\\.)')|(?P<word>[A-Za-z_]\w*)|(?P<other>.)""", re.S | re.M | re.X)
# What the C library says of the errors that files have most.
SYSTEM = ["No such file or directory", "Permission denied", "Is a directory", "Not a directory", "File exists", "File name too long",
          "No space left on device", "Read-only file system", "Input/output error", "Too many open files", "Operation not permitted",
          "Directory not empty", "Device or resource busy", "File too large", "Disk quota exceeded", "Too many levels of symbolic links"]
# The arguments of t(), t.in() and t.count() in a dictionary of the web interface that are messages, a context before them.
LITERAL = r'"((?:[^"\\\n]|\\.)*)"'
WEB_MESSAGE = re.compile(rf"\bt\(\s*{LITERAL}|\bt\.in\(\s*{LITERAL},\s*{LITERAL}|\bt\.count\(\s*[^\s,]+,\s*{LITERAL},\s*{LITERAL}")
# Between the context of a message and its English, as in a .mo file.
IN_CONTEXT = "\x04"
# Words of the tables that scripts/make_tables.py makes, which the program itself doesn't say.
TABLE_WORDS = ["parameter", "type", "allowed", "searched", "default", "unit", "meaning", "real", "integer", "odd integer", "boolean",
               "category", "{} to {}", "stage", "what it does", "parameters", "none", "None.", "preset", "name", "good for", "cost", "place",
               "choices", "begins with", "command", "option", "argument", "value", "what it is", "Every command has these options:"]
SCRIPTS = ["demo.sh", "scripts/setup.sh", "scripts/setup_ppocr.sh", "scripts/setup_models.sh"]
# Fields of the registries that the command translates when it prints them.
DECLARED = {"help", "summary", "usual", "good_for", "cost"}
# A space that a line may break at before French punctuation, or a typewriter's apostrophe.
NOT_FRENCH = re.compile(r"[^\W\d_]'[^\W\d_]|[\w)] [:;!?%](\s|$)")
SENTENCE = re.compile(r"[A-Za-z]{2,}[^A-Za-z]* [^A-Za-z]*[A-Za-z]{2,}|[a-z]{3,} ")
# What is written for programs, kept in files, or told to programmers.
UNTRANSLATED = [
    # Docstrings, and TypeErrors as Python has them.
    ("^python/bindings/", r".*"),
    ("", r"\s*(SELECT|INSERT|UPDATE|CREATE|PRAGMA|ALTER|DELETE|SET|BEGIN)\b|SQLite format 3"),
    ("storage/(sql_dialect|score_columns)", r".*"),
    ("storage/task_queue", r"state = |id, page, point"),
    ("storage/postgresql_database", r"CAST\(EXTRACT| FOR UPDATE"),
    ("", r"  ocrtune [^\n]*(\n  ocrtune [^\n]*)*$"),
    ("cli/(completion|man|names|parse_errors)", r".*"),
    ("devices/operation_times|devices/opencl/device_source|layout/probe_model|integer_dot|nlm/accumulate", r".*"),
    ("documents/(alto|hocr|mets|page_xml)_writer|documents/page_xml_language|pdf/(builder|fonts|image_coding|metadata|writer|searchable_pdf|srgb_profile|program/recoded_image)|apply/ocr_formats", r".*"),
    ("pipeline/", r"\{\}, model \{\}|\n?(\[\[(stage|choice)\]\]|name = |recommended = |enough = |wrong = |engine = |description = |optional = |on = |choices = |low = |log = |step = |initial = |value = )"),
    ("preview/(page_recognizer|previews)", r".*"),
    ("study_run/imported_trials", r"OCR quality audit, imported by |; from trial "),
    ("audit/", r"(Pipeline Mode|Mean Score|Max Score|Min Score|Sobol Screening|Standard|Haute|image \{\})"),
    ("server/access_files", r"<!doctype html>[^{]*(\{0\}[^{]*)*"),
    ("training/lstmtraining", r"At iteration "),
    ("workflow/train.cpp|engines/trained_models", r"(trained further by|\{\} \{\} on \{\} with|ocrtune apply PAGES)"),
    ("storage/sqlite_bounds", r"string or blob too big"),
    ("parsers/parser.cpp", r"Out of memory|failed to allocate"),
    ("ppocr/network.cpp", r"the runtime does not give"),
    ("server/", r"(bearer |default-src|HTTP/1|event: |text/|attachment;|\{\}=\{\};)"),
    # Declared, though not as .field = "text".
    ("search/samplers/local", r".*"),
    ("stages/(?!parameter|run_stage|stage\\.)|pipeline/ocr_parameters", r".*"),
    ("storage/(optuna|claims)", r".*"),
    ("storage/task_queue", r"first, id"),
    ("apply/shared_journal", r"id, path"),
    ("server/text_index", r".*"),
    ("workflow/submit", r"(#!/bin/sh|\{\} --jobs=|sbatch: error)"),
    ("workflow/page_applier", r"(\{\}\n\{\}\{\}\nformats|enough |dpi )"),
    ("analysis/summary.cpp", r"not needed"),
    ("", r"(signal handlers|a score isn't declared|no trial is in work|no such parameter|memory is asked for|rows of another statement|ocrtune \{\}|; from trial | in colour|\{\} in colour|portfolio $|pipeline $| --lang $)"),
    ("study_run/voices", r"^\nname = "),
    ("image/opencv_codecs", r"(failed to map segment|annot allocate memory)"),
]

# Texts of the program that are no literal: what a literal is put together with hangs on the parameter, the sampler or the engines.
PUT_TOGETHER = [
    r"length of the (horizontal|vertical) structuring element; lines shorter than about twice this remain",
    r"minimum length of a (horizontal|vertical) line",
    r"Objective(; the first one is the main one)?; cer, wer and bow need pages with ground truth",
    r"Device for the network of .*: cpu, opencl or cuda, as --device; results are the same",
]


def unescaped(literals):
    """The text of neighbouring literals."""
    parts = []
    for literal in literals:
        raw = re.fullmatch(r'R"([^\s()\\]{0,16})\((.*)\)\1"', literal, re.S)
        parts.append(raw[2] if raw else ast.literal_eval(literal))
    return "".join(parts)


def tokens(text):
    for match in TOKEN.finditer(text):
        kind = "text" if match["raw"] else match.lastgroup
        if kind != "skip":
            yield kind, match[0], text.count("\n", 0, match.start()) + 1


def messages(path, text):
    """(line, kind, text) of each literal: kind is "message", "noun", "declared", "field" or "other"."""
    found = list(tokens(text))
    calls = []  # of each open parenthesis, the word before it
    at = 0
    while at < len(found):
        kind, word, line = found[at]
        if word == "(":
            calls.append(found[at - 1][1] if at and found[at - 1][0] == "word" else "")
        elif word == ")" and calls:
            calls.pop()
        elif kind == "text":
            end = at
            while end + 1 < len(found) and found[end + 1][0] == "text":
                end += 1
            english = unescaped([token[1] for token in found[at:end + 1]])
            before = [token[1] for token in found[max(0, at - 3):at]]
            call = calls[-1] if calls else ""
            if call == "translated" and found[end + 1][1] == ",":
                yield line, "field", english  # a context
            elif call in ("tr", "tr_noop", "translated") and before[-1] == "(":
                if call == "tr_noop" and found[end + 1][1] == ",":
                    context, begin = english, end + 2
                    end = begin
                    while found[end + 1][0] == "text":
                        end += 1
                    english = context + IN_CONTEXT + unescaped([token[1] for token in found[begin:end + 1]])
                yield line, "message", english
            elif call in ("counted", "noun_for") and found[end + 1][1] == ")":
                yield line, "noun", english
            elif before[-1] == "=" and before[:1] == ["."]:
                yield line, "message" if before[1] == "label" else "declared" if before[1] in DECLARED else "field", english
            else:
                yield line, "other", english
            at = end
        at += 1


def catalogue(path):
    """{msgid: [msgstr, ...]} of a catalogue, and {msgid: msgid_plural}; the context stands before the msgid as in a .mo file."""
    entries, plurals, english, field, context = {}, {}, None, None, ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        name, quote, rest = line.partition('"')
        text, name = ast.literal_eval(quote + rest), name.strip()
        if name == "msgctxt":
            context = text + IN_CONTEXT
        elif name == "msgid":
            english, field, context = context + text, "msgid", ""
        elif name == "msgid_plural":
            plurals[english], field = text, "plural"
        elif name.startswith("msgstr"):
            entries.setdefault(english, []).append(text)
            field = "msgstr"
        elif field == "msgid":
            english += text
        elif field == "plural":
            plurals[english] += text
        else:
            entries[english][-1] += text
    return entries, plurals


def placeholders(text):
    """What fmt puts into a message, in any order: {} are numbered, as those of a translation may be."""
    numbered, found = 0, []
    for number, spec in re.findall(r"\{(\d*)(:[^{}]*)?\}", text.replace("{{", "").replace("}}", "")):
        found.append((int(number) if number else numbered, spec))
        numbered += 1
    return sorted(found)


def is_untranslated(path, english):
    return any(re.search(where, path) and re.match(what, english, re.S) for where, what in UNTRANSLATED)


def sources():
    names = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "src/ocrtune", "python/bindings"], cwd=ROOT, check=True, capture_output=True, text=True)
    return [name for name in names.stdout.split() if name.endswith((".cpp", ".h"))]


def collected():
    """{text: first place} of messages and of nouns, the declared texts, the unmarked ones with their places, and all literals."""
    found, nouns, declared, unmarked, literals = script_messages(), {}, {}, [], set()
    found.update((message, "the C library") for message in SYSTEM)
    found.update(("table" + IN_CONTEXT + word, "tables of docs/reference") for word in TABLE_WORDS)
    for name in sources():
        for line, kind, english in messages(name, (ROOT / name).read_text(encoding="utf-8")):
            where = f"{name}:{line}"
            literals.add(english)
            if kind == "message":
                found.setdefault(english, where)
            elif kind == "noun":
                nouns.setdefault(english, where)
            elif kind == "declared" and " " in english and not is_untranslated(name, english):
                declared.setdefault(english, where)
            elif kind == "other" and SENTENCE.search(english) and not is_untranslated(name, english):
                unmarked.append((where, english))
    return found, nouns, declared, unmarked, literals


def descriptions():
    """The descriptions of presets and portfolios, and of the pipelines in these."""
    for path in (ROOT / "src" / "ocrtune" / "pipeline").rglob("*.toml"):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        yield from (part["description"] for part in (content, *content.get("pipeline", [])) if "description" in part)


def stale(known, said):
    """Entries of a catalogue that the program doesn't say any more."""
    return [english for english in known
            if english and english not in said and not any(re.fullmatch(text, english) for text in PUT_TOGETHER)]


def script_messages():
    """{text: place} of what scripts say by text() of scripts/texts.sh."""
    found = {}
    for name in SCRIPTS:
        for number, line in enumerate((ROOT / name).read_text(encoding="utf-8").splitlines(), 1):
            for english in re.findall(r'(?:\btext|^row|\brow) "([^"$]+)"', line):
                found.setdefault(english, f"{name}:{number}")
    return found


def web_dictionaries():
    """The files of web/src that make a dictionary, each with the catalogue of its translations."""
    for path in sorted((ROOT / "web" / "src").rglob("*.ts")):
        if "dictionary((t" in path.read_text(encoding="utf-8"):
            part = "app" if path.is_relative_to(ROOT / "web" / "src" / "app") else "report"
            yield path, ROOT / "po" / part / "fr.po"


def web_messages(text):
    """{message: its plural or none} of a dictionary, and the sentences that are not marked."""
    found = {}
    for one, context, in_context, singular, plural in WEB_MESSAGE.findall(text):
        english = context + IN_CONTEXT + in_context if context else singular or one
        found[ast.literal_eval(f'"{english}"')] = ast.literal_eval(f'"{plural}"') if plural else None
    rest = re.sub(r"^import .*|//.*|/\*.*?\*/", "", WEB_MESSAGE.sub("", text), flags=re.MULTILINE | re.DOTALL)
    return found, [literal for literal in re.findall(rf"{LITERAL}|`([^`]*)`", rest) if SENTENCE.search("".join(literal))]


def web_problems():
    """What is wrong with the catalogues of the web interface, and the number of their messages."""
    problems, wanted = [], {}
    for path, translated in web_dictionaries():
        found, unmarked = web_messages(path.read_text(encoding="utf-8"))
        wanted.setdefault(translated, {}).update(found)
        problems += [f"{path.relative_to(ROOT)}: not marked for translation: {''.join(literal)!r}" for literal in unmarked]
    for path, found in wanted.items():
        known, plurals = catalogue(path)
        where = path.relative_to(ROOT)
        problems += [f"{where}: no translation of {english!r}" for english, plural in found.items()
                     if len(known.get(english, [])) != (2 if plural else 1) or not all(known[english]) or plurals.get(english) != plural]
        problems += [f"{where}: nothing says {english!r}" for english in known if english and english not in found]
        problems += wrong_translations(where, known)
    return problems, sum(map(len, wanted.values()))


def wrong_translations(where, known):
    """Translations with other placeholders than the English, or with signs that are not those of French."""
    for english, texts in known.items():
        if english and any(placeholders(text) != placeholders(english) for text in texts):
            yield f"{where}: other placeholders in the translation of {english!r}"
        for text in texts:
            if NOT_FRENCH.search(re.sub(r"`[^`]*`", "", text)):
                yield f"{where}: `{text}`: a space before : ; ! ? or % must be U+00A0, an apostrophe U+2019"


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def main():
    found, nouns, declared, unmarked, literals = collected()
    found |= declared
    if "--pot" in sys.argv:
        for english, where in sorted(found.items(), key=lambda entry: entry[1]):
            *context, english = english.split(IN_CONTEXT)
            print(f"#: {where}\n" + "".join(f"msgctxt {quoted(one)}\n" for one in context) + f"msgid {quoted(english)}\nmsgstr \"\"\n")
        for noun, where in sorted(nouns.items()):
            print(f"#: {where}\nmsgid {quoted(noun)}\nmsgid_plural {quoted(noun + 's')}\nmsgstr[0] \"\"\nmsgstr[1] \"\"\n")
        return 0
    known, plurals = catalogue(CATALOGUE)
    problems = [f"{where}: not marked for translation: {english!r}" for where, english in unmarked]
    problems += [f"{where}: po/fr.po has no translation of {english!r}" for english, where in found.items() if not all(known.get(english, [""]))]
    problems += [f"{where}: po/fr.po has no plural of {noun!r}" for noun, where in nouns.items() if len(known.get(noun, [])) != 2]
    problems += [f"po/fr.po: nothing says {english!r}" for english in stale(known, {*found, *nouns, *literals, *descriptions()})]
    problems += wrong_translations("po/fr.po", known)
    of_web, web_count = web_problems()
    problems += of_web
    print("\n".join(problems) if problems else f"translations: {len(found)} messages and {len(nouns)} nouns; {web_count} messages of the web interface")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
