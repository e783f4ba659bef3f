"""Processes that share the pages of a study on a PostgreSQL server."""
import subprocess

from postgresql import ServerCase
from support import FAST, OCRTUNE, tiny_pages

DESIGN = ["--exponent", "4", *FAST, "--memory", "2G"]


class WorkerCase(ServerCase):
    def setUp(self):
        super().setUp()
        self.processes = []
        self.addCleanup(self.end_all)

    def end_all(self):
        for process in self.processes:
            process.kill()
            process.communicate()

    def start(self, *arguments, wrapper=(), **how):
        process = subprocess.Popen([*wrapper, OCRTUNE, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   text=True, **how)
        self.processes.append(process)
        return process

    def worker(self, wait=3, **how):
        return self.start("worker", "--study", self.study, "--jobs", "1", "--memory", "1G", "--wait", wait, **how)

    def driver(self, **how):
        return self.start("screen", tiny_pages(), *DESIGN, "--jobs", "1", "--study", self.study, **how)

    def ended(self, process, status):
        out, talk = process.communicate(timeout=180)
        self.assertEqual(process.returncode, status, talk)
        return out, talk

    def check_whole(self):
        """All trials are there as of an undisturbed search, and nothing is left to be done."""
        self.check_trials()
        self.assertEqual(self.server.ask("SELECT COUNT(*) FROM ocrtune_tasks", self.name), "0")
