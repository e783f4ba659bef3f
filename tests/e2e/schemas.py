"""What `--json` prints and what servers answer against the schemas of docs/reference/json. Schemas allow further properties, for later versions; here
they are refused, so that a new property needs a line in its schema."""
import functools
import json
import os
import pathlib
import re
import subprocess
import urllib.parse

import jsonschema

try:
    import referencing.jsonschema
except ImportError:  # jsonschema before 4.18, as in Debian 12, brings its own
    referencing = None

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "reference" / "json"
BUILD = pathlib.Path(os.environ.get("OCRTUNE_BUILD", ROOT / "build" / "release")).resolve()


def closed(schema):
    """The schema with only the properties that it lists. Objects that others extend stay open there."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    result = {key: closed(value) for key, value in schema.items()}
    if schema.get("$comment") == "extended" or schema.get("type") != "object":
        return result
    if "$ref" in schema:
        result.setdefault("unevaluatedProperties", False)
    elif "properties" in schema:
        result.setdefault("additionalProperties", False)
    return result


@functools.cache
def names():
    """The schema of names, which the command makes of its tables."""
    made = subprocess.run([BUILD / "ocrtune", "names"], env={**os.environ, "LANGUAGE": "en"}, stdout=subprocess.PIPE, check=True)
    return json.loads(made.stdout)


@functools.cache
def schemas():
    """All schemas by their names, closed."""
    read = {path.name.removesuffix(".schema.json"): json.loads(path.read_text()) for path in FOLDER.glob("*.schema.json")}
    return {name: closed(schema) for name, schema in [*read.items(), ("names", names())]}


@functools.cache
def validator(name, part=""):
    """Of a schema, or of a part of it: a JSON pointer."""
    addresses = {f"{FOLDER.as_uri()}/{one}.schema.json": schema for one, schema in schemas().items()}
    start = {"$ref": f"{FOLDER.as_uri()}/{name}.schema.json" + (f"#{urllib.parse.quote(part)}" if part else "")}
    if referencing is None:
        return jsonschema.Draft202012Validator(start, resolver=jsonschema.RefResolver.from_schema(start, store=addresses))
    resources = [(address, referencing.jsonschema.DRAFT202012.create_resource(schema)) for address, schema in addresses.items()]
    return jsonschema.Draft202012Validator(start, registry=referencing.Registry().with_resources(resources))


def check(name, value, part=""):
    """Raises AssertionError with what the schema refuses."""
    problems = [f"{'/'.join(map(str, error.absolute_path)) or 'it'}: {error.message[:300]}" for error in validator(name, part).iter_errors(value)]
    if problems:
        raise AssertionError(f"not as {name}.schema.json{part} says: " + "; ".join(problems[:5]))


def schema_of(arguments):
    """The name of the schema of what a command prints."""
    command = arguments[0]
    if command == "show" and any(os.path.isdir(argument) for argument in arguments[1:]):
        return "show-folder"
    if "--version" in arguments:
        return "ocrtune-version"
    for option in ("follow", "engine", "bench"):
        if f"--{option}" in arguments and f"{command}-{option}" in schemas():
            return f"{command}-{option}"
    return command


def check_output(arguments, status, output):
    """Checks the output of a command with --json, and that it may end with this status then."""
    name = schema_of(arguments)
    for text in output.splitlines() if name == "show-follow" else [output] if output else []:
        check(name, json.loads(text))
        statuses = schemas()[name]["x-exit-statuses"]
        if status not in statuses:
            raise AssertionError(f"{' '.join(arguments)}: status {status}, but {name}.schema.json has {statuses}")
    if status == 0 and not output and name != "show-follow":
        raise AssertionError(f"{' '.join(arguments)}: printed nothing")


def check_answer(method, address, answer):
    """Checks the JSON that a server answered with status 200; `{}` is the answer to what has none."""
    path = urllib.parse.urlsplit(address).path
    for known in schemas()["api"]["x-answers"]:
        if re.fullmatch(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(known)), f"{method} {path}"):
            return check("api", answer, "/x-answers/" + known.replace("~", "~0").replace("/", "~1"))
    if answer != {}:
        raise AssertionError(f"api.schema.json has no answer of {method} {path}: {str(answer)[:300]}")


def check_event(name, data):
    """Checks an event of a server's stream."""
    check("api", data, f"/x-events/{name}")
