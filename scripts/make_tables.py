#!/usr/bin/python3
"""The tables of docs/ that the program knows.

  scripts/make_tables.py [--check] [--ocrtune build/release/ocrtune]

`<!-- made: NAME -->` stands for a table, or for all that a page has, which is made when the site is built (site_hooks.py). What stands
between `<!-- table: NAME -->` and `<!-- end of table -->` is in the page, because the program shows the page itself, as those of
the stages, or because the last column is typed: the program has no text for it, so a row keeps it. This writes such tables anew; with
--check it writes nothing and fails where one isn't current.

Parameters, presets, samplers and options are what the program says of itself (`ocrtune serve`, `COMMAND --help`); columns are those
of the files that it writes. Tables of French pages: scripts/make_french_pages.py.
"""
import argparse
import json
import os
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile
import tomllib
import unicodedata
import urllib.parse
import urllib.request

import check_translations
import make_python_reference

ROOT = pathlib.Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
MADE = re.compile(r"^<!-- made: (.+?) -->$", re.MULTILINE)
MARKED = re.compile(r"^<!-- table: ([^>]+?) -->\n(.*?)^<!-- end of table -->\n", re.DOTALL | re.MULTILINE)


def table(head, rows):
    """A table in Markdown; a bar in a cell is escaped."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join("|" + "".join(f" {cell} |" if cell else " |" for cell in (str(one).replace("|", "\\|") for one in line)) + "\n"
                   for line in lines).replace("| --- ", "|---").replace("|---|---", "|---|---")


def cells(line):
    """The cells of a row, with escaped bars as they are meant."""
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip())[1:-1]]


def kept_cells(text):
    """Of each row of a table in `text` its first and its last cell."""
    rows = [cells(line) for line in text.splitlines() if line.startswith("|")][2:]
    return {row[0]: row[-1] for row in rows}


def typed_title(text):
    """The title of the last column of the table in `text`."""
    return next((cells(line)[-1] for line in text.splitlines() if line.startswith("|")), "")


def with_typed(head, rows, text):
    """The table with a last column that is typed: it is kept where the row is there."""
    typed = kept_cells(text)
    return table(head, [[*row, typed.get(row[0], "")] for row in rows])


def number(value):
    return str(int(value)) if float(value).is_integer() else str(value)


class Program:
    """What `ocrtune` says of itself, in one language, and writes."""

    def __init__(self, command, language="en"):
        self.command = str(pathlib.Path(command).resolve())
        self.language = language
        self.folder = tempfile.TemporaryDirectory(prefix="ocrtune-tables-")
        self.said = {}
        self.asked_server = None

    def run(self, *arguments):
        done = subprocess.run([self.command, *map(str, arguments)], capture_output=True, text=True, cwd=self.folder.name,
                              env={**os.environ, "LANGUAGE": self.language})
        if done.returncode != 0:
            raise SystemExit(f"make_tables: ocrtune {' '.join(map(str, arguments))}: {done.stderr}")
        return done.stdout

    def help(self, *arguments):
        """What `--help` of a command says, in its parts."""
        known = check_translations.catalogue(check_translations.CATALOGUE)[0] if self.language == "fr" else {}
        return Help(self.run(*arguments, "--help"), lambda title: known.get(title, [title])[0])

    def asked(self, name):
        """GET /api/NAME of a server that runs for this alone: its JSON says more than that of the commands."""
        if self.asked_server is None:
            self.asked_server = self.answers("stages", "ocr", "presets", "objectives", "methods")
        return self.asked_server[name]

    def answers(self, *names):
        with tempfile.TemporaryDirectory(prefix="ocrtune-tables-") as folder:
            server = subprocess.Popen([self.command, "serve", folder, "--no-open", "--port", "0"], stdout=subprocess.PIPE, text=True,
                                      env={**os.environ, "XDG_STATE_HOME": folder})
            try:
                address, token = re.search(r"(http://\S+?)/?\?token=(\w+)", server.stdout.readline()).groups()
                found = {}
                for name in names:
                    request = urllib.request.Request(f"{address}/api/{name}", headers={"Authorization": f"Bearer {token}"})
                    with urllib.request.urlopen(request) as answer:
                        found[name] = json.load(answer)
                return found
            finally:
                server.terminate()
                server.wait()
                server.stdout.close()

    def written(self):
        """A folder with every kind of file that commands write, of one page."""
        folder = pathlib.Path(self.folder.name)
        if not (folder / "s.db").exists():
            sample = ROOT / "examples" / "sample_pages" / "04-receipt-eng-faded"
            (folder / "page.jpg").write_bytes(sample.with_suffix(".jpg").read_bytes())
            (folder / "page.txt").write_text("Apples", encoding="utf-8")
            (folder / "page.gt.txt").write_text("Apples", encoding="utf-8")
            (folder / "pages.csv").write_text("file;shelf\npage.jpg;3\n", encoding="utf-8")
            self.run("screen", "pages.csv", "--exponent", 0, "--set", "denoise_h=0", "--free", "denoise_h", "--study", "s.db", "--quiet")
            self.run("export", "s.db", "-o", ".", "--quiet")
            self.run("score", "page.jpg", "--pipeline", "standard", "--csv", "scores.csv", "--quiet")
            self.run("compare", "page.jpg", "--pipeline", "raw", "--pipeline", "standard", "--csv", "compared.csv", "--quiet")
            self.run("evaluate", "page.txt", "--truth", "page.gt.txt", "--csv", "evaluated.csv", "--quiet")
        return folder


def parameter_row(parameter):
    kind = {"odd": "odd integer"}.get(parameter["type"], parameter["type"])
    if kind == "category":
        choices = ", ".join(parameter["choices"])
        return [f"`{parameter['name']}`", kind, choices, choices, parameter["choices"][0], "", parameter["help"]]
    ranges = [f"{number(parameter[low])} to {number(parameter[high])}" for low, high in (("min", "max"), ("low", "high"))]
    return [f"`{parameter['name']}`", kind, *ranges, number(parameter["initial"]), parameter["unit"], parameter["help"]]


def parameters(program, name, text):
    if name == "ocr":
        found = program.asked("ocr")["parameters"]
    else:
        found = next(stage for stage in program.asked("stages") if stage["name"] == name)["parameters"]
    if not found:
        return "None.\n"
    head = ["parameter", "type", "allowed", "searched", "default", "unit", "meaning"]
    return table(head, [parameter_row(parameter) for parameter in found])


def stages(program, text):
    rows = []
    for stage in program.asked("stages"):
        names = ", ".join(f"`{parameter['name']}`" for parameter in stage["parameters"])
        rows.append([f"[{stage['name']}]({stage['name']}.md)", stage["summary"], names or "none"])
    return table(["stage", "what it does", "parameters"], rows)


def presets(program, text):
    return table(["name", "what it does"], [[f"`{preset['name']}`", preset["description"]] for preset in program.asked("presets")])


def preset_stages(program, name):
    preset = next(preset for preset in program.asked("presets") if preset["name"] == name)
    return tomllib.loads(preset["toml"]).get("stage", [])


def searched(program, text):
    """What the presets without a choice of stages search."""
    rows = []
    for preset in ("standard", "blur_clahe"):
        for stage in preset_stages(program, preset):
            for name, setting in stage.items():
                if isinstance(setting, dict) and "low" in setting:
                    rows.append([f"`{preset}`", f"`{setting.get('as', name)}`", f"`{stage['use']}.{name}`",
                                 f"{number(setting['low'])} to {number(setting['high'])}", number(setting["initial"])])
    return table(["preset", "name", "parameter", "searched", "default"], rows)


def choices_of_auto(program, text):
    rows = []
    for stage in preset_stages(program, "auto"):
        if "one_of" in stage:
            rows.append([f"`{stage['as']}`", ", ".join(stage["one_of"]), stage.get("initial", stage["one_of"][0])])
        elif stage.get("optional"):
            rows.append([f"`use_{stage['use']}`", "off, on", "on" if stage.get("on", True) else "off"])
    return table(["place", "choices", "begins with"], rows)


def samplers(program, text):
    pages = {path.stem for path in (DOCS / "reference" / "samplers").glob("*.md")}
    rows = []
    for sampler in json.loads(program.run("samplers", "--json"))["samplers"]:
        page = sampler["name"] if sampler["name"] in pages else "local"
        rows.append([f"[{sampler['name']}]({page}.md)", sampler["summary"], sampler["good_for"], sampler["cost"]])
    return table(["name", "what it does", "good for", "cost"], rows)


def pruners(program, text):
    return table(["name", "what it does", "good for"],
                 [[pruner["name"], pruner["summary"], pruner["good_for"]] for pruner in json.loads(program.run("samplers", "--json"))["pruners"]])


def objectives(program, text):
    return with_typed(["objective", "made", "unit", "take it"],
                      [[f"`{one['name']}`", "small" if one["minimized"] else "large", one["unit"]] for one in program.asked("objectives")], text)


def columns(program, name, text):
    """Columns of a CSV file or of a table of a study; one row stands for those that depend on the study."""
    folder = program.written()
    scores = {one["name"] for one in program.asked("objectives")}
    known_stages = {stage["name"] for stage in program.asked("stages")}
    files = {"compared pages": "compared.csv", "evaluated pages": "evaluated.csv"}
    if name.endswith(".csv") or name in files:
        path = folder / files.get(name, name)
        found = path.read_text(encoding="utf-8").splitlines()[0].split(";")
        free = {row[1].strip("`") for row in map(cells, searched(program, "").splitlines()[2:])}
    elif name == "timings":
        head = next(line for line in program.run("timings", "s.db").splitlines() if " p95 " in line)
        return with_typed(["column", "what it is"], [[f"`{one}`"] for one in re.split(r" {2,}", head.strip())], text)
    else:
        database = sqlite3.connect(f"file:{folder / 's.db'}?mode=ro", uri=True)
        found = [row[1] for row in database.execute(f'PRAGMA table_info("{name}")')]
        database.close()
        free = set()
    first = {"confidence", "sharpness", "contrast", "cnr"}  # of scores: these have columns of their own in all studies' files
    names = []
    for column in found:
        if column in free:
            column = "PARAMETERS"
        elif column.removesuffix("_ms") in known_stages | {"x_height"}:
            column = "STAGE_ms"
        elif column.partition(".")[0] in known_stages and "." in column:
            column = "STAGE.NAME"
        elif column == "shelf":
            column = "LABELS"
        elif name == "pareto.csv" and column in scores:
            column = "OBJECTIVES"
        elif name.endswith(".csv") and column.startswith("score_") and column.removeprefix("score_") in scores - first:
            column = "SCORES"
        elif name in ("ocrtune_results", "ocrtune_reference_results") and column in scores:
            column = "SCORES"
        if column not in names:
            names.append(column)
    return with_typed(["column", "what it is"], [[f"`{one}`"] for one in names], text)


def tables_left_empty(program, text):
    """What a study has for Optuna alone: the tables that the page has no part about."""
    page = (DOCS / "reference" / "studies.md").read_text(encoding="utf-8")
    database = sqlite3.connect(f"file:{program.written() / 's.db'}?mode=ro", uri=True)
    rows = []
    for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"):
        if f"\n### {name}\n" not in page:
            found = ", ".join(f"`{row[1]}`" for row in database.execute(f'PRAGMA table_info("{name}")'))
            rows.append([f"`{name}`", found])
    database.close()
    return table(["table", "columns"], rows)


# Of every command; said once.
COMMON = ("--help", "--json", "--quiet", "--verbose")


HELP_COLUMN = 38  # where a help text has its second column


def help_entries(text):
    """The two columns of a part of a help text: what is on the left, and its text, which may begin a line below."""
    entries = []
    lines = text.encode().splitlines()  # the program counts bytes
    for line, following in zip(lines, [*lines[1:], b""]):
        if line.startswith(b" " * HELP_COLUMN):
            entries[-1][1] += line.decode().strip()
        elif line.startswith(b"  "):
            end = len(line) if following.startswith(b" " * HELP_COLUMN) else HELP_COLUMN
            entries.append([line[:end].decode().strip(), line[end:].decode().strip()])
    return entries


def option_row(left, help_text):
    names, _, rest = left.partition(" ")
    usual = re.search(r" \[(.+)\]$", rest) or re.search(r" \[([^\]]+)\]$", help_text)
    if usual is not None:
        rest, help_text = rest.removesuffix(usual[0]), help_text.removesuffix(usual[0])
    choices = re.search(r"\(\{(.+)\}\)", rest)
    value = choices[1].replace(",", ", ") if choices else rest.strip()
    return [", ".join(f"`{name}`" for name in names.split(",")), value, usual[1] if usual else "", help_text]


class Help:
    """A help text in its parts; `said` is what the program calls a part."""

    def __init__(self, text, said):
        self.summary = text.splitlines()[0]
        self.usage = re.search(rf"^{said('Usage')}: (.+)$", text, re.MULTILINE)[1]
        parts = re.split(r"^(\w[\w -]*\xa0?:)\n", text, flags=re.MULTILINE)
        parts = dict(zip(parts[1::2], parts[2::2]))
        self.positionals, self.subcommands = (help_entries(parts.pop(said(title) + ":", "")) for title in ("Positionals", "Subcommands"))
        self.examples = [line.strip() for line in parts.pop(said("Examples:"), "").splitlines() if line.startswith("  ")]
        self.options = [option_row(*entry) for part in parts.values() for entry in help_entries(part)]


def commands(program, text):
    """Each command with what it takes."""
    names = [name for name, _ in program.help().subcommands]
    helps = {name: program.help(name) for name in names}
    result = table(["command", "what it does"], [[f"[{name}](#{name})", helps[name].summary] for name in names])
    shared = [row for row in helps[names[0]].options if any(one in row[0] for one in COMMON)]
    result += "\nEvery command has these options:\n\n" + table(["option", "what it does"], [[row[0], row[3]] for row in shared])
    for name in names:
        found = helps[name]
        result += f"\n## {name}\n\n{found.summary}.\n\n```text\n{found.usage}\n```\n"
        if found.positionals:
            result += "\n" + table(["argument", "what it is"], [[f"`{left}`", right] for left, right in found.positionals])
        rows = [row for row in found.options if not any(one in row[0] for one in COMMON)]
        if rows:
            result += "\n" + table(["option", "value", "default", "what it does"], rows)
        if found.examples:
            needs_server = any("postgresql://" in example for example in found.examples)
            note = "not run: needs a server" if needs_server else "each line alone"
            result += f"\n<!-- {note} -->\n\n```sh\n" + "".join(f"{commented(example)}\n" for example in found.examples) + "```\n"
    return result


def commented(example):
    """An example of a help text, where what follows the command after many spaces says what it is for."""
    return re.sub(r"^(.*?\S) {3,}(\S.*)$", r"\1   # \2", example)


LETTERS = {"'": "\u0301", '"': "\u0308", "`": "\u0300", "^": "\u0302", "~": "\u0303", "c": "\u0327", "v": "\u030c", "H": "\u030b", "r": "\u030a"}


def plain_latex(text):
    """What LaTeX in an entry of the bibliography stands for."""
    text = re.sub(r"\\([OoLl])(?![A-Za-z])", lambda m: {"O": "Ø", "o": "ø", "L": "Ł", "l": "ł"}[m[1]], text)
    text = re.sub(r"\\ae(?![A-Za-z])", "æ", re.sub(r"\\ss(?![A-Za-z])", "ß", text)).replace(r"\i", "i")
    text = re.sub(r"\\(['\"`^~]|[cvHr](?=[{ ]))\s*\{?([A-Za-z])\}?", lambda m: unicodedata.normalize("NFC", m[2] + LETTERS[m[1]]), text)
    text = text.replace(r"\&", "&").replace("``", "“").replace("''", "”").replace("---", "—").replace("--", "–").replace("~", " ").replace("{", "").replace("}", "")
    return re.sub(r"([*_<])", r"\\\1", re.sub(r"\s+", " ", text.replace("\\", ""))).strip()


def bib_entries():
    text = (DOCS / "reference" / "references.bib").read_text(encoding="utf-8")
    for kind, key, body in re.findall(r"^@(\w+)\{(\w+),\n(.*?)^\}", text, re.MULTILINE | re.DOTALL):
        fields = {}
        for name, value in re.findall(r"^\s*(\w+)\s*=\s*(.+?),?$(?=\s*\w+\s*=|\s*\Z)", body, re.MULTILINE | re.DOTALL):
            fields[name] = value.strip()[1:-1] if value.strip().startswith("{") else value.strip()
        yield key, fields


def bibliography(program, text):
    lines = []
    for key, fields in bib_entries():
        shown = {name: plain_latex(value) for name, value in fields.items() if name not in ("doi", "url", "eprint")}
        authors = shown.get("author", shown.get("editor", "")).split(" and ")
        where = shown.get("journal") or shown.get("booktitle") or shown.get("institution") or shown.get("publisher") or shown.get("howpublished", "")
        if "volume" in shown:
            where += f" {shown['volume']}" + (f" ({shown['number']})" if "number" in shown else "")
        elif "number" in shown:
            where += f" {shown['number']}"
        where += f", {shown['pages']}" if "pages" in shown else ""
        link = ""
        if "doi" in fields:
            link = f" [doi:{fields['doi']}](https://doi.org/{urllib.parse.quote(fields['doi'])})"
        elif "eprint" in fields:
            link = f" [arXiv:{fields['eprint']}](https://arxiv.org/abs/{fields['eprint']})"
        elif "url" in fields:
            link = f" <{fields['url']}>"
        lines.append(f'- <a id="{key}"></a>**{key}**: {"; ".join(authors)} ({shown.get("year", "")}): {shown["title"]}.'
                     + (f" *{where}*." if where else "") + link + "\n")
    return "".join(lines)


def choices(program, name, text):
    """The choices of STAGE.PARAMETER, of ocr.PARAMETER, or of --OPTION of a command; the title of the typed column is kept too."""
    if name.startswith("--"):
        option, command = name.split(" of ")
        options = next((one["options"] for one in program.asked("methods") if one["name"] == command), None)
        if options is None:
            rows = program.help(command).options
            options = [{"option": row[0].strip("`"), "choices": row[1].split(", ")} for row in rows]
        found = next(one for one in options if one["option"] == option)
        head = f"`{option}`"
    else:
        stage, parameter = name.split(".")
        where = program.asked("ocr") if stage == "ocr" else next(one for one in program.asked("stages") if one["name"] == stage)
        found = next(one for one in where["parameters"] if one["name"] == parameter)
        head = f"`{parameter}`"
    return with_typed([head, typed_title(text) or "meaning"], [[f"`{one}`"] for one in found["choices"]], text)


def python(program, text):
    return make_python_reference.reference(pathlib.Path(program.command).parent)


TABLES = {"stages": stages, "presets": presets, "searched of presets": searched, "choices of auto": choices_of_auto, "samplers": samplers,
          "pruners": pruners, "objectives": objectives, "commands": commands, "tables left empty": tables_left_empty,
          "bibliography": bibliography, "python": python}
NAMED = {"parameters of ": parameters, "columns of ": columns, "choices of ": choices}


def made(program, name, text):
    if name in TABLES:
        return TABLES[name](program, text)
    for begin, make in NAMED.items():
        if name.startswith(begin):
            return make(program, name.removeprefix(begin), text)
    raise SystemExit(f"make_tables: no table is called `{name}`")


def as_made(name, text):
    return text


def filled(program, text, translated=as_made):
    """A page with what is made for it; `translated` gets the name and the text of each such part."""
    return MADE.sub(lambda match: translated(match[1], made(program, match[1], "").rstrip("\n")), text)


def missing_marks(program, texts):
    """What the program has and no page."""
    marks = {name for text in texts.values() for name in [*MADE.findall(text), *(name for name, _ in MARKED.findall(text))]}
    wanted = {f"parameters of {stage['name']}" for stage in program.asked("stages")} | {"parameters of ocr", *TABLES}
    return sorted(wanted - marks)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--ocrtune", default=pathlib.Path(os.environ.get("OCRTUNE_BUILD", ROOT / "build" / "release")) / "ocrtune")
    options = parser.parse_args()
    program = Program(options.ocrtune)
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(DOCS.rglob("*.md"))}
    wrong, count = missing_marks(program, texts), 0
    for name in wrong:
        print(f"make_tables: no page has a table `{name}`", file=sys.stderr)
    for path, text in texts.items():
        def rewritten(match):
            nonlocal count
            count += 1
            return f"<!-- table: {match[1]} -->\n\n{made(program, match[1], match[2])}\n<!-- end of table -->\n"
        now = MARKED.sub(rewritten, text)
        if now == text:
            continue
        if options.check:
            wrong.append(path)
            print(f"make_tables: {path.relative_to(ROOT)} isn't current: scripts/make_tables.py", file=sys.stderr)
        else:
            path.write_text(now, encoding="utf-8")
    print(f"tables: {count} " + ("checked" if options.check else "written"))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
