"""A template of an OCR engine for ocrtune (docs/how-to/engines.md).

Replace the parts between the marks `your engine`: open() loads the models once, recognize() gets one page. As it stands,
the engine is Tesseract through python3-tesserocr.
"""
import json
import sys

# --- your engine: what it is -------------------------------------------------------------------

LANGUAGES = ["*"]
CONFIDENCE = "Tesseract's word confidence"
OPTIONS = [
    {"name": "psm", "type": "category", "choices": ["3", "4", "6", "11"], "initial": "6",
     "help": "page segmentation mode"},
]


def open_engine():
    """Loads the engine. Returns it and its version; ends the program if something is missing."""
    try:
        import tesserocr
    except ImportError:
        sys.exit("tesserocr is not installed: apt install python3-tesserocr")
    return tesserocr, "tesserocr " + tesserocr.__version__


def recognize(engine, page, language, options):
    """The lines of a page, in reading order. `page`: width, height, pixels (bytes, gray, row by row)."""
    mode = int(options.get("psm", "6"))
    with engine.PyTessBaseAPI(lang=language, psm=mode) as api:
        api.SetImageBytes(page["pixels"], page["width"], page["height"], 1, page["width"])
        api.SetSourceResolution(page["dpi"] or 300)
        api.Recognize()
        return lines_of(engine, api.GetIterator())


def lines_of(engine, iterator):
    """The lines of a tesserocr result."""
    lines = []
    if iterator is None:
        return lines
    for word in engine.iterate_level(iterator, engine.RIL.WORD):
        if word.Empty(engine.RIL.WORD):
            continue
        if word.IsAtBeginningOf(engine.RIL.TEXTLINE) or not lines:
            lines.append({"box": word.BoundingBox(engine.RIL.TEXTLINE), "words": []})
        lines[-1]["words"].append({
            "text": word.GetUTF8Text(engine.RIL.WORD),
            "box": word.BoundingBox(engine.RIL.WORD),
            "confidence": max(0.0, word.Confidence(engine.RIL.WORD) / 100),
        })
    return lines

# --- end of your engine ------------------------------------------------------------------------


def read_page(request):
    """The page of a request: its PNM file (P5: gray, 8 bits)."""
    with open(request["image"], "rb") as file:
        data = file.read()
    size = request["width"] * request["height"]
    if not data.startswith(b"P5") or len(data) <= size:
        raise ValueError("damaged image")
    return {"width": request["width"], "height": request["height"], "dpi": request["dpi"], "pixels": data[-size:]}


def main():
    engine, version = open_engine()
    print(json.dumps({"protocol": 1, "version": version, "languages": LANGUAGES, "confidence": CONFIDENCE,
                      "options": OPTIONS}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        answer = {"id": request["id"]}
        try:
            answer["lines"] = recognize(engine, read_page(request), request["language"], request["options"])
        except Exception as error:  # a page that fails must not end the engine
            answer["error"] = str(error) or type(error).__name__
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
