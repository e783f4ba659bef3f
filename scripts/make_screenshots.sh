#!/usr/bin/env bash
# Puts the pictures of the page that its tests have made (build/web/screenshots) into docs/how-to/screens, as docs/how-to/screens.md
# shows them; run OCRTUNE_TESTS_FULL=1 scripts/check_web.sh and scripts/check_page_with_command.sh before.
set -euo pipefail
cd "$(dirname "$0")/.."
/usr/bin/python3 - <<'PYTHON'
import pathlib
from PIL import Image

taken, shown = pathlib.Path("build/web/screenshots"), pathlib.Path("docs/how-to/screens")
shown.mkdir(exist_ok=True)
page = pathlib.Path("docs/how-to/screens.md").read_text()
views = sorted({file.stem.rsplit("_", 2)[0] for file in taken.glob("*_wide_light.png")})
for view in filter(lambda view: f"{view}_wide_light.webp" in page, views):
    for size, theme in (("wide", "light"), ("wide", "dark"), ("phone", "light")):
        file = taken / f"{view}_{size}_{theme}.png"
        if theme == "dark" and view not in ("app_pipeline", "report"):
            continue
        with Image.open(file) as picture:
            picture.convert("RGB").save(shown / f"{file.stem}.webp", quality=55, method=6)
with Image.open(taken / "real_pipeline.png") as picture:
    # Below what the page, being taken whole, leaves empty at its head.
    picture.convert("RGB").crop((0, 66, 1440, 1000)).save(shown / "real_pipeline.webp", quality=55, method=6)
print(len(list(shown.glob("*.webp"))), "pictures in", shown)
PYTHON
