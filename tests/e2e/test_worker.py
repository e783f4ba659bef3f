"""Workers of a study on a PostgreSQL server: the same trials whoever evaluates the pages, and whichever of them are killed."""
import os
import random
import signal
import subprocess
import time
import unittest

import schemas
from http_library import Library
from support import FAST, repetitions
from workers import WorkerCase

class Worker(WorkerCase):
    def test_workers_share_the_pages(self):
        driver = self.driver()
        workers = self.shared(driver, lambda: [self.worker() for _ in range(3)])
        self.ended(driver, 0)
        pages = [int(self.ended(worker, 0)[0].split()[0]) for worker in workers]
        self.assertGreater(sum(pages), 0)
        self.check_whole()
        self.assertEqual(self.server.ask("SELECT COUNT(*) FROM ocrtune_workers", self.name), "0")

    def test_a_killed_worker_loses_nothing(self):
        moments = random.Random(1)
        driver = self.driver()
        for _ in range(repetitions(20, 1)):
            worker = self.worker()
            time.sleep(moments.uniform(0.2, 1.0))
            worker.kill()
            worker.communicate()
        self.ended(driver, 0)
        self.check_whole()

    def test_another_driver_takes_over_from_a_killed_one(self):
        worker = self.worker(wait=60)
        counts = []
        for delay in random.Random(2).choices([0.8, 1.0, 1.3], k=repetitions(20, 1)):
            driver = self.driver()
            time.sleep(delay)
            driver.kill()
            driver.communicate()
            counts.append(self.trials())
        self.assertEqual(counts, sorted(counts), "a finished trial was lost")
        self.ended(self.driver(), 0)
        self.check_whole()
        worker.send_signal(signal.SIGTERM)
        self.ended(worker, 130)

    def test_sigterm_gives_the_work_back_within_two_seconds(self):
        driver = self.driver()
        for _ in range(repetitions(20, 1)):
            worker = self.worker()
            time.sleep(0.7)
            start = time.monotonic()
            worker.send_signal(signal.SIGTERM)
            worker.communicate(timeout=10)
            self.assertLess(time.monotonic() - start, 2)
            if self.trials() > 0:
                held = f"SELECT COUNT(*) FROM ocrtune_tasks WHERE state = 'claimed' AND worker LIKE '%:{worker.pid}:%'"
                self.assertEqual(self.server.ask(held, self.name), "0")
        self.ended(driver, 0)
        self.check_whole()

    def test_one_command_drives_a_study(self):
        first, second = self.driver(), self.driver()
        ends = [process.communicate(timeout=180)[1] for process in (first, second)]
        for process, talk in zip((first, second), ends):
            if process.returncode != 0:
                self.assertEqual(process.returncode, 5, talk)
                self.assertRegex(talk.strip().splitlines()[-1], "is driven by .*; take part in it with")
        self.ended(self.driver(), 0)
        self.check_whole()

    def test_containers_with_one_host_and_one_process_number_are_different_workers(self):
        container = ["unshare", "--pid", "--fork", "--kill-child", *([] if os.geteuid() == 0 else ["--map-root-user"])]
        if subprocess.run([*container, "true"], capture_output=True, check=False).returncode != 0:
            self.skipTest("no namespaces of processes here")
        first = self.driver(wrapper=container)
        while self.trials() == 0 and first.poll() is None:
            time.sleep(0.05)
        worker = self.worker(wrapper=container)
        _, talk = self.ended(self.driver(wrapper=container), 5)
        self.assertRegex(talk.strip().splitlines()[-1], r"is driven by [^:]+:1; take part in it with")
        self.ended(first, 0)
        self.ended(worker, 0)
        self.check_whole()

    def test_a_worker_downloads_pages_itself(self):
        library = Library()
        self.addCleanup(library.close)
        caches = [self.tmp / "one", self.tmp / "other"]
        places = [{"env": {**os.environ, "OCRTUNE_CACHE": str(cache), "no_proxy": "127.0.0.1"}} for cache in caches]
        urls = library.pages()[:2]
        driver = self.start("screen", *urls, "--exponent", "6", *FAST, "--memory", "2G", "--jobs", "1", "--study", self.study, **places[0])
        worker, = self.shared(driver, lambda: [self.worker(**places[1])])
        self.ended(driver, 0)
        self.assertRegex(self.ended(worker, 0)[0], "^[1-9][0-9]* pages")
        for cache in caches:
            copies = [path for path in cache.rglob("*") if path.is_file() and path.name != "self_checks.json"]
            self.assertEqual(len(copies), len(urls))

    def test_a_worker_refuses_what_is_not_the_study(self):
        for arguments, status, line in (
                (["--study", "file.db"], 1, "not a study on a PostgreSQL server"),
                (["--study", self.server.study("none"), "--wait", "1"], 0, "0 pages evaluated"),
                (["--study", self.server.study("none"), "--wait", "1", "--json"], 0, '"pages": 0')):
            out, talk = self.ended(self.start("worker", *arguments), status)
            self.assertIn(line, out + talk)
            if "--json" in arguments:
                schemas.check_output(["worker", *arguments], status, out)
        driver = self.driver()
        while self.trials() == 0 and driver.poll() is None:
            time.sleep(0.05)
        self.server.ask("UPDATE ocrtune_pages SET pixels = 'other' WHERE page = 0", self.name)
        _, talk = self.ended(self.worker(), 5)
        self.assertEqual(len(talk.strip().splitlines()[-1:]), 1)
        self.assertIn("cannot be resumed", talk)
        driver.kill()


if __name__ == "__main__":
    unittest.main()
