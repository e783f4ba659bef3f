"""What can fail around the workers of a study: the server, the connections to it, a machine's clock, a machine's disk."""
import random
import resource
import time
import unittest

from postgresql import Relay
from support import repetitions
from workers import WorkerCase


class Faults(WorkerCase):
    def run_with(self, fault, count):
        """Has the study searched by a driver and two workers, with `fault(moments)` while they work."""
        moments = random.Random(count)
        workers = [self.worker(wait=60) for _ in range(2)]
        driver = self.driver()
        self.wait_for_all(driver)
        fault(moments)
        self.ended(driver, 0)
        self.check_whole()
        return workers

    def wait_for_all(self, driver):
        """Until there are trials, and all three processes take part."""
        while (self.trials() == 0 or self.server.ask("SELECT COUNT(*) FROM ocrtune_workers", self.name) != "3") and driver.poll() is None:
            time.sleep(0.05)
        self.assertIsNone(driver.poll(), "the search was over before the fault")

    def another_study(self):
        type(self).count += 1
        self.name = f"study_{self.count}"
        self.study = self.server.study(self.name)

    def repeat(self, fault, full=20, few=1):
        for count in range(repetitions(full, few)):
            self.another_study()
            workers = self.run_with(fault, count)
            for worker in workers:
                worker.terminate()
                self.ended(worker, 130)

    def test_the_server_is_restarted(self):
        def restart(moments):
            time.sleep(moments.uniform(0, 0.5))
            self.server.stop("fast")
            time.sleep(moments.uniform(0, 1))
            self.server.start()
        self.repeat(restart)

    def test_the_server_is_killed(self):
        def kill(moments):
            time.sleep(moments.uniform(0, 0.5))
            self.server.kill()
            self.server.start()
        self.repeat(kill)

    def test_the_connections_are_cut(self):
        relay = Relay(self.server)
        self.addCleanup(relay.close)
        direct, through = self.server.study, relay.study

        # For a moment, and for longer than a lease.
        lengths = repetitions([0.5] + [30] * 19, [0.5, 30])
        seconds = iter(lengths)

        def cut(moments):
            del moments
            relay.cut(next(seconds))
        try:
            self.server.study = through
            self.repeat(cut, few=len(lengths))
        finally:
            self.server.study = direct

    def test_clocks_do_not_matter(self):
        for count in range(repetitions(20, 1)):
            self.another_study()
            fast = self.worker(wait=1, wrapper=["faketime", "-f", "+1h"])
            slow = self.worker(wait=1, wrapper=["faketime", "-f", "-1h"])
            self.ended(self.driver(), 0)
            for worker in (fast, slow):
                self.ended(worker, 0)
            self.check_whole()

    def test_a_worker_needs_no_space_on_its_disk(self):
        def no_space():
            resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        for count in range(repetitions(20, 1)):
            self.another_study()
            full = self.worker(wait=1, preexec_fn=no_space)
            self.ended(self.driver(), 0)
            self.ended(full, 0)
            self.check_whole()


if __name__ == "__main__":
    unittest.main()
