"""GNU Ocrad as an OCR engine of ocrtune (docs/reference/engine_protocol.md): the smallest example.

Ocrad is a program without a neural network. It is run once for each page and writes its Ocr Results
File (ORF), which has every character's box and its guesses.
"""
import json
import re
import subprocess
import sys

# Ocrad knows the letters of Latin scripts; it has no dictionary and no notion of a language.
LANGUAGES = ["eng", "fra", "deu", "spa", "ita", "por", "nld", "lat"]
OPTIONS = [
    {"name": "scale", "type": "integer", "low": 1, "high": 4, "initial": 1, "help": "enlarges the page"},
    {"name": "threshold", "type": "real", "low": 0.0, "high": 1.0, "initial": 0.0,
     "help": "threshold for binarization; 0: by Otsu's method"},
]
SMALLEST = 3  # px; Ocrad refuses smaller images
CHARACTER = re.compile(r"\s*(-?\d+)\s+(-?\d+)\s+(\d+)\s+(\d+);\s*(\d+)(?:, (.*))?")
GUESS = re.compile(r"'(.)'(\d+)")


def version():
    """The first line of `ocrad --version`; ends the engine if Ocrad is not installed."""
    try:
        return subprocess.run(["ocrad", "--version"], check=True, capture_output=True, text=True).stdout.split("\n")[0]
    except FileNotFoundError:
        sys.exit("Ocrad is not installed: apt install ocrad")


def export(image, options):
    """The ORF text of a page. Raises RuntimeError with Ocrad's message if it cannot be read."""
    command = ["ocrad", "--quiet", "--force", "--format=utf8", "--output=/dev/null", "--export=/dev/stdout"]
    if options.get("scale", 1) > 1:
        command.append(f"--scale={options['scale']}")
    if options.get("threshold", 0) > 0:
        command.append(f"--threshold={options['threshold']}")
    with open(image, "rb") as page:
        done = subprocess.run(command, stdin=page, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip().split("\n")[-1] or f"ocrad: exit status {done.returncode}")
    return done.stdout


def character_of(line):
    """Box, text and the guesses of a character; the text is None for one that was not recognized."""
    match = CHARACTER.fullmatch(line)
    if not match:
        raise RuntimeError(f"unexpected line of Ocrad: {line}")
    left, top, width, height = (int(match[i]) for i in range(1, 5))
    guesses = [text for text, value in GUESS.findall(match[6] or "")]
    return [left, top, left + width, top + height], guesses


def words_of(characters, scale):
    """Words in the protocol's form: characters between spaces. A character's confidence is the share of one of its
    guesses; one without a guess is left out and counts as 0."""
    words = []
    word = []
    for box, guesses in [*characters, (None, [" "])]:
        if guesses[:1] != [" "]:
            word.append((box, guesses))
            continue
        known = [(one, texts) for one, texts in word if texts]
        if known:
            boxes = [one for one, texts in known]
            words.append({
                "text": "".join(texts[0] for one, texts in known),
                "box": [side // scale for side in (min(b[0] for b in boxes), min(b[1] for b in boxes),
                                                   max(b[2] for b in boxes), max(b[3] for b in boxes))],
                "confidence": sum(1 / len(texts) for one, texts in known) / len(word),
                "characters": [{"text": texts[0], "probability": 1 / len(texts),
                                "alternatives": [[text, 1 / len(texts)] for text in texts[1:20]]}
                               for one, texts in known],
            })
        word = []
    return words


def recognized(image, size, options):
    """The lines of a page, block by block."""
    lines = []
    block = 0
    if min(size) < SMALLEST:
        return lines
    rest = iter(export(image, options).split("\n"))
    for text in rest:
        if text.startswith("text block"):
            block += 1
        header = re.match(r"line \d+ chars (\d+)", text)
        if header:
            characters = [character_of(next(rest)) for _ in range(int(header[1]))]
            words = words_of(characters, options.get("scale", 1))
            if words:
                lines.append({"block": block, "words": words})
    return lines


def main():
    print(json.dumps({
        "protocol": 1,
        "version": version(),
        "languages": LANGUAGES,
        "confidence": "mean over the characters of 1 / number of guesses",
        "options": OPTIONS,
    }), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        answer = {"id": request["id"]}
        try:
            answer["lines"] = recognized(request["image"], (request["width"], request["height"]), request["options"])
        except (OSError, RuntimeError) as error:
            answer["error"] = str(error)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
