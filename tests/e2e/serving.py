"""A server under test, and a client that speaks to it as the page does."""
import http.client
import json
import os
import signal
import subprocess
import time
import urllib.parse

import schemas
from support import OCRTUNE, WITHOUT_PPOCR


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def json(self):
        return json.loads(self.body)


class Server:
    """`ocrtune serve FOLDER` on a free port of this machine."""

    def __init__(self, folder, *pages, language=None, studies=(), env=WITHOUT_PPOCR, prefix=(), options=()):
        """`prefix`: the words of a command that starts it."""
        self.folder = folder
        self.language = language
        arguments = [word for path in pages for word in ("--pages", path)]
        arguments += [word for address in studies for word in ("--study", address)]
        self.process = subprocess.Popen([*prefix, OCRTUNE, "serve", folder, *map(str, arguments), "--port", "0", "--no-open", *options],
                                        stdout=subprocess.PIPE, text=True, env={**os.environ, **env})
        address = urllib.parse.urlsplit(self.process.stdout.readline().strip())
        self.host, self.port = address.hostname, address.port
        self.token = urllib.parse.parse_qs(address.query)["token"][0]

    def request(self, method, path, body=None, check=None):
        connection = http.client.HTTPConnection(self.host, self.port, timeout=120)
        try:
            headers = {"Authorization": f"Bearer {self.token}"}
            if self.language is not None:
                headers["Accept-Language"] = self.language
            if method in ("POST", "PUT"):
                headers["Content-Type"] = "application/json"
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            answer = Answer(connection.getresponse())
        finally:
            connection.close()
        if answer.status == 200 and answer.headers["Content-Type"] == "application/json":
            schemas.check_answer(method, path, answer.json)
        if check is not None and answer.status != check:
            raise AssertionError(f"{method} {path}: {answer.status}, expected {check}: {answer.body[:500]}")
        return answer

    def get(self, path, check=200):
        return self.request("GET", path, check=check).json

    def post(self, path, body=None, check=200):
        return self.request("POST", path, body, check).json

    def corpus(self, *inputs, lang="eng"):
        return self.post("/api/corpora", {"inputs": [str(path) for path in inputs], "lang": lang})["id"]

    def begin(self, method, study, corpus, check=200, pipeline=None, **options):
        return self.post("/api/runs", run_request(method, study, corpus, pipeline, **options), check).get("id")

    def wait(self, run, wanted, seconds=120):
        """Until the run has one of the states; its RunInfo."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            info = self.get(f"/api/runs/{run}")
            if info["state"] in wanted:
                return info
            if info["state"] in ("failed", "done", "cancelled"):
                break
            time.sleep(0.05)
        raise AssertionError(f"not {wanted}: {info} {self.get(f'/api/runs/{run}/log')}")

    def wait_for_trials(self, run, count, seconds=120):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            info = self.get(f"/api/runs/{run}")
            if info["done"] >= count:
                return info
            if info["state"] not in ("queued", "running"):
                break
            time.sleep(0.02)
        raise AssertionError(f"fewer than {count} trials: {info} {self.get(f'/api/runs/{run}/log')}")

    def stream(self):
        """An open connection to the stream of events, and its answer's head."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=20)
        connection.request("GET", "/api/events", headers={"Authorization": f"Bearer {self.token}"})
        return connection, connection.getresponse()

    def kill(self):
        self.process.kill()
        self.close()

    def close(self):
        """Ends it as Ctrl-C does, where it still is there."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        self.process.wait(30)
        self.process.stdout.close()
        return self.process.returncode


def run_request(method, study, corpus, pipeline=None, output="", best_only=False, **options):
    return {"method": method, "study": study, "corpus": corpus, "pipeline": pipeline, "output": output,
            "best_only": best_only, "options": options}


def next_event(stream):
    """Name and data of the next event."""
    name = None
    while True:
        line = stream.readline().decode()
        if not line:
            raise AssertionError("the stream of events has ended")
        line = line.rstrip("\n")
        if line.startswith("event: "):
            name = line[7:]
        elif line.startswith("data: "):
            data = json.loads(line[6:])
            if name != "ping":
                schemas.check_event(name, data)
            return name, data


def is_running(pid):
    """True where the process is there and is no zombie."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def children(pid):
    """The processes that a process has started and that still run."""
    found = []
    for name in os.listdir("/proc"):
        try:
            with open(f"/proc/{name}/stat") as file:
                if int(file.read().rpartition(")")[2].split()[1]) == pid and is_running(name):
                    found.append(int(name))
        except (OSError, ValueError):
            continue
    return found
