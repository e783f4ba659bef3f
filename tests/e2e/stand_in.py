#!/usr/bin/python3
"""`ocrtune` for the commands that the pages show: the real one, with less to do and with what every machine has.

Searches have one trial, trainings an epoch. Devices are the processors. A language that isn't installed is another one. A server ends once it has said
its address, a command that watches a folder once it has said that. The real command is $OCRTUNE_REAL.
"""
import os
import re
import subprocess
import sys

MOST = {"--trials": 1, "--exponent": 1}
LANGUAGES = {"frk": "lat"}


def reduced(arguments):
    """The command's words, of which numbers are no larger than they need be for it to run."""
    words = list(arguments)
    for place, word in enumerate(words[:-1]):
        if word in MOST:
            words[place + 1] = str(min(int(words[place + 1]), MOST[word]))
        elif word in ("--device", "--ocr-device"):
            words[place + 1] = "cpu"
        elif word == "--lang":
            words[place + 1] = "+".join(LANGUAGES.get(one, one) for one in words[place + 1].split("+"))
    command = words[0] if words else ""
    if command in ("tune", "optimize") and "--trials" not in words:
        words += ["--trials", str(MOST["--trials"])]
    if command == "train" and "--help" not in words:
        words += ["--folds", "2", "--epochs", "1"]
    if command == "screen" and "--exponent" not in words:
        words += ["--exponent", str(MOST["--exponent"])]
    if command == "doctor" and "--bench" in words:  # which measures for minutes
        words = ["doctor"]
    return words


def serve(words):
    """Until the server has said its address; on a port that is free."""
    words = [word for word in words if word != "--no-open"] + ["--no-open"]
    if "--port" in words:
        words[words.index("--port") + 1] = "0"
    else:
        words += ["--port", "0"]
    server = subprocess.Popen([os.environ["OCRTUNE_REAL"], *words], stdout=subprocess.PIPE, text=True)
    said = server.stdout.readline()
    server.terminate()
    server.wait()
    sys.exit(0 if re.match(r"http://127\.0\.0\.1:\d+/\?token=\w+", said) else 1)


def watch(words):
    """Until the command has said what is watched."""
    process = subprocess.Popen([os.environ["OCRTUNE_REAL"], *words], stderr=subprocess.PIPE, text=True)
    for line in process.stderr:
        if " is watched" in line:
            process.terminate()
            break
    sys.exit(process.wait())


if __name__ == "__main__":
    os.environ.pop("OCRTUNE_DEVICE", None)
    used = reduced(sys.argv[1:])
    if used[:1] in (["tune"], ["train"]) and "ppocr" not in used:  # whose models take longer to open than all else there
        os.environ["OCRTUNE_PPOCR"] = "/nonexistent"
    if used[:1] == ["serve"] and "--help" not in used:
        serve(used)
    if "--watch" in used:
        watch(used)
    os.execv(os.environ["OCRTUNE_REAL"], ["ocrtune", *used])
