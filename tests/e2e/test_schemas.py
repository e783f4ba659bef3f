"""The schemas of docs/reference/json: that they are right, current and complete. Outputs are checked where they are made
(`ocrtune` of support.py)."""
import json
import re
import subprocess
import unittest

import jsonschema

import schemas
from support import FAST, OCRTUNE, PPOCR_INSTALLED, ROOT, ScratchCase, doctor, ocrtune, screened_study, tiny_pages

PAGE = ROOT / "docs" / "reference" / "json.md"
# Parts, files, and what a server answers, which no command prints.
OTHERS = {"common", "names", "points", "engine", "api", "study-data", "page-words"}


def commands():
    """All commands that users see."""
    return [line.split("\t")[0] for line in ocrtune("complete", "--", "", check=0).stdout.splitlines()]


def documented_statuses():
    return re.findall(r"^\| (\d+) \| `[a-z_]+` \|", (PAGE.parent / "errors.md").read_text(), re.MULTILINE)


class Schemas(ScratchCase):
    def test_they_are_schemas_and_list_what_they_require(self):
        def parts(schema):
            if isinstance(schema, (dict, list)):
                yield schema
                for one in schema.values() if isinstance(schema, dict) else schema:
                    yield from parts(one)
        for name, schema in schemas.schemas().items():
            jsonschema.Draft202012Validator.check_schema(schema)
            for part in parts(schema):
                if isinstance(part, dict) and part.get("type") == "object":
                    self.assertLessEqual(set(part.get("required", [])), set(part.get("properties", {})), name)

    def test_names_are_those_of_the_tables_in_english(self):
        definitions = schemas.names()["$defs"]
        samplers = json.loads(ocrtune("samplers", "--json", check=0).stdout)
        self.assertEqual(definitions["sampler"]["enum"], [one["name"] for one in samplers["samplers"]])
        self.assertEqual(definitions["stage"]["enum"][:-1], [one["name"] for one in json.loads(ocrtune("stages", "--json", check=0).stdout)])
        self.assertEqual(definitions["stage"]["enum"][-1], "ocr")
        self.assertEqual(definitions["score_properties"]["properties"]["garbage"], {"type": "number", "description": "garbage"})
        self.assertEqual(list(definitions["score_properties"]["properties"]), definitions["score"]["enum"])

    def test_every_command_has_one_and_the_page_lists_them(self):
        printed = set(schemas.schemas()) - OTHERS
        self.assertEqual({name for name in printed if "-" not in name}, set(commands()))
        rows = re.findall(r"^\| `(.+)` \| \[(.+)\]\(json/(.+)\.schema\.json\) \| (.+?) \|", PAGE.read_text(), re.MULTILINE)
        self.assertEqual({command.replace(" --", "-").replace(" FOLDER", "-folder") for command, *_ in rows}, printed)
        statuses = set(documented_statuses())
        for command, name, file, listed in rows:
            self.assertEqual((name, file), (command.replace(" --", "-").replace(" FOLDER", "-folder"),) * 2)
            known = [str(one) for one in schemas.schemas()[name]["x-exit-statuses"]]
            self.assertEqual(listed.split(", "), known, name)
            self.assertLessEqual(set(known), statuses, name)
        for name in OTHERS:
            self.assertIn(f"{name}.schema.json", PAGE.read_text())

    def test_a_further_property_is_refused(self):
        page = {"page": "a", "lang": "eng", "engine": "lstm", "confidence": 9, "text": "", "words": []}
        schemas.check("read", [page])
        schemas.check("worker", {"pages": 1})
        for name, value in (("read", [{**page, "new": 1}]), ("worker", {"pages": 1, "new": 1}), ("worker", {}), ("worker", {"pages": None}),
                            ("score", [{"trial": 1, "engine": "x", "delta": 0, "confidance": 1}]),
                            ("stages", [{"name": "nothing"}])):
            with self.assertRaises(AssertionError):
                schemas.check(name, value)
        scored = [{"trial": 1, "engine": "x", "delta": 0, "confidence": 1}]
        schemas.check("score", scored)

    def test_outputs_that_no_other_test_makes(self):
        study, page = screened_study(1), next(tiny_pages().glob("*.png"))
        for arguments in (["clean", page, "--pipeline", "standard", "-o", self.tmp, *FAST], ["presets"], ["presets", "documents"], ["samplers", "tpe"],
                          ["export", study, "-o", self.tmp], ["completion", "bash"], ["show", study, "--follow"], ["timings", study], ["doctor", "--bench", "--page", page]):
            self.assertNotEqual(ocrtune(*arguments, "--json", "--quiet", check=0).stdout, "", arguments)

    def test_version_says_what_is_inside(self):
        inside = json.loads(ocrtune("--version", "--json", check=0).stdout)
        self.assertEqual(ocrtune("--version", check=0).stdout, f"ocrtune {inside['version']}\n")
        self.assertEqual(json.loads(ocrtune("--json", "--version", check=0).stdout), inside)
        self.assertEqual(inside["libraries"]["Tesseract"], doctor()["tesseract"])
        self.assertLessEqual({"lstm", "tesseract"}, set(inside["engines"]))
        if PPOCR_INSTALLED:
            self.assertRegex(inside["engines"]["ppocr"], r"OpenVINO \d")
        self.assertIn("--json requires --version", ocrtune("--json", "stages").stderr)

    def test_output_of_a_server(self):
        server = subprocess.Popen([OCRTUNE, "serve", self.tmp, "--port", "0", "--no-open", "--json"], stdout=subprocess.PIPE, text=True)
        said = "".join(iter(server.stdout.readline, "}\n")) + "}"
        server.terminate()
        server.wait(30)
        server.stdout.close()
        schemas.check("serve", json.loads(said))

    def test_files(self):
        for manifest in (ROOT / "engines").glob("*/engine.json"):
            schemas.check("engine", json.loads(manifest.read_text()))
        (self.tmp / "best.json").write_text('{"line_h_size": 45, "bin_c": 12}')
        ocrtune("import", "best.json", "-o", "points.json", cwd=self.tmp, check=0)
        schemas.check("points", json.loads((self.tmp / "points.json").read_text()))

    def test_man_page_has_the_exit_statuses(self):
        section = ocrtune("man", check=0).stdout.split(".SH EXIT STATUS\n")[1]
        listed = re.findall(r"^\.TP\n\\fB(\d+)\\fR$", section, re.MULTILINE)
        self.assertEqual(listed, documented_statuses())


if __name__ == "__main__":
    unittest.main()
