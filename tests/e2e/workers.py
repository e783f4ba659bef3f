"""Processes that share the pages of a study on a PostgreSQL server."""
import signal
import subprocess
import time

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

    def tasks(self, condition):
        if self.server.ask(f"SELECT to_regclass('{self.name}.ocrtune_tasks')", self.name) == "":
            return 0
        return int(self.server.ask(f"SELECT COUNT(*) FROM ocrtune_tasks WHERE {condition}", self.name))

    def shared(self, driver, start_workers):
        """Starts workers once pages wait for somebody, and slows the driver until one of them has evaluated a page: on a machine
        with other work a short screening would be over before. Returns them."""
        while self.tasks("state = 'waiting'") == 0 and driver.poll() is None:
            time.sleep(0.02)
        driver.send_signal(signal.SIGSTOP)
        workers = start_workers()
        theirs = " OR ".join(f"worker LIKE '%:{worker.pid}:%'" for worker in workers)
        while driver.poll() is None and self.tasks(f"state = 'done' AND ({theirs})") == 0 and any(worker.poll() is None for worker in workers):
            # It may hold what the workers wait for.
            driver.send_signal(signal.SIGCONT)
            time.sleep(0.01)
            driver.send_signal(signal.SIGSTOP)
            time.sleep(0.3)
        driver.send_signal(signal.SIGCONT)
        return workers

    def check_whole(self):
        """All trials are there as of an undisturbed search, and nothing is left to be done."""
        self.check_trials()
        self.assertEqual(self.server.ask("SELECT COUNT(*) FROM ocrtune_tasks", self.name), "0")
