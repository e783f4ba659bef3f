"""The French of a text of the program, from po/fr.po."""
import gettext
import io
import pathlib
import subprocess

CATALOGUE = pathlib.Path(__file__).resolve().parents[1] / "po" / "fr.po"


def catalogue():
    """A function that gives the French of an English text, and ends the program if po/fr.po has none."""
    compiled = subprocess.run(["msgfmt", "-o", "-", CATALOGUE], capture_output=True, check=True).stdout
    translations = gettext.GNUTranslations(io.BytesIO(compiled))
    absent = object()

    def french(text):
        found = translations._catalog.get(text, absent)
        if found is absent:
            raise SystemExit(f"po/fr.po: no French for `{text}`")
        return found
    return french
