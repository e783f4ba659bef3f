"""`ocrtune serve` for benchmarks, and what is asked of it."""
import http.client
import json
import subprocess
import time
import urllib.parse
from pathlib import Path


class Server:
    def __init__(self, program, folder, pages):
        self.process = subprocess.Popen([program, "serve", folder, "--pages", pages, "--port", "0", "--no-open"],
                                        stdout=subprocess.PIPE, text=True)
        self.address = urllib.parse.urlsplit(self.process.stdout.readline().strip())
        self.token = urllib.parse.parse_qs(self.address.query)["token"][0]

    def ask(self, path, body=None):
        """The answer's bytes; a request that comes too early is made again."""
        connection = http.client.HTTPConnection(self.address.hostname, self.address.port, timeout=3600)
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        connection.request("GET" if body is None else "POST", path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        content = answer.read()
        if answer.status == 409:
            time.sleep(0.2)
            return self.ask(path, body)
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status} {content[:300].decode()}")
        return content

    def json(self, path, body=None):
        return json.loads(self.ask(path, body))

    def wait(self, path, state):
        """Seconds until what is there no longer has this state."""
        begin = time.monotonic()
        while self.json(path)["state"] == state:
            time.sleep(0.5)
        return time.monotonic() - begin

    def memory_mb(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return {name: int(next(line for line in status.splitlines() if line.startswith(name)).split()[1]) // 1024 for name in ("VmRSS", "VmHWM")}

    def close(self):
        self.process.terminate()
        self.process.wait()
