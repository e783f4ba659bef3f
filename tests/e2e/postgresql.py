"""A PostgreSQL server for tests, with a cluster of its own."""
import contextlib
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time

from support import ScratchCase, exported, made_once, screened_study, without_timings

# PostgreSQL does not run as root.
AS_POSTGRES = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []


def programs():
    """Debian has those of each version outside of PATH."""
    return max(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))


def children(process):
    return [int(number) for number in pathlib.Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def is_alive(process):
    """Not one that only its parent has not looked after yet."""
    try:
        return pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


class PostgresqlServer:
    """Reached by a socket in its folder. Durable, as a server for studies has to be."""

    def __init__(self, settings=""):
        self.settings = settings
        # Not in TMPDIR, which may be closed to the user postgres, and too long for a socket.
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="ocrtune-postgresql-", dir="/tmp"))
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        subprocess.run(["cp", "-a", made_once("postgresql", self._make_cluster) / "data", self.folder], check=True)
        self.start()

    @staticmethod
    def _make_cluster(folder):
        """Makes a cluster, which each server begins with a copy of."""
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        subprocess.run([*AS_POSTGRES, programs() / "initdb", f"--pgdata={folder}/data", "--username=postgres", "--auth=trust",
                        "--encoding=UTF8", "--locale=C", "--no-sync"], cwd="/", check=True, stdout=subprocess.DEVNULL)

    def start(self):
        self._run("pg_ctl", "start", "--wait", "--silent", f"--log={self.folder}/log",
                  f"--options=-c listen_addresses='' -c unix_socket_directories='{self.folder}' {self.settings}")

    def stop(self, mode="immediate"):
        """`immediate` is what a crash leaves: without a checkpoint, to be recovered at the next start."""
        self._run("pg_ctl", "stop", f"--mode={mode}", "--silent")

    def kill(self):
        """Kills all its processes, as when a machine fails."""
        main = int((self.folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        os.kill(main, signal.SIGSTOP)  # so that it starts no others meanwhile
        processes = [main, *children(main)]
        for process in processes:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        while any(is_alive(process) for process in processes):
            time.sleep(0.01)
        # Where nobody looks after orphans, its number would still be taken for a running server's.
        for lock in (self.folder / "data" / "postmaster.pid", self.folder / ".s.PGSQL.5432.lock"):
            lock.unlink()

    def remove(self):
        self.stop()
        shutil.rmtree(self.folder)

    def study(self, name):
        return f"postgresql://postgres@/postgres/{name}?host={self.folder}"

    def ask(self, query, study):
        """The first value of a query's result."""
        done = subprocess.run(["psql", "--no-psqlrc", "--tuples-only", "--no-align", "--host", self.folder, "--username=postgres", "--command",
                               f'SET search_path TO "{study}"', "--command", query, "postgres"],
                              check=True, capture_output=True, text=True)
        return done.stdout.splitlines()[1]

    def optuna_storage(self, study):
        return f"postgresql+psycopg2://postgres@/postgres?host={self.folder}&options=-csearch_path%3D{study}"

    def _run(self, program, *options):
        subprocess.run([*AS_POSTGRES, programs() / program, f"--pgdata={self.folder}/data", *options], cwd="/", check=True,
                       stdout=subprocess.DEVNULL)


class Relay:
    """A way to a server that can be cut."""

    def __init__(self, server):
        self.server = server
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="ocrtune-relay-", dir="/tmp"))
        self.place = f"{self.folder}/.s.PGSQL.5432"
        self.streams = []
        self.listen()

    def study(self, name):
        return f"postgresql://postgres@/postgres/{name}?host={self.folder}"

    def listen(self):
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(self.place)
        self.listener.listen(64)
        threading.Thread(target=self.accept, args=(self.listener,), daemon=True).start()

    def accept(self, listener):
        while True:
            try:
                near = listener.accept()[0]
            except OSError:
                return
            far = socket.socket(socket.AF_UNIX)
            far.connect(f"{self.server.folder}/.s.PGSQL.5432")
            self.streams += [near, far]
            for source, target in ((near, far), (far, near)):
                threading.Thread(target=self.pass_on, args=(source, target), daemon=True).start()

    @staticmethod
    def pass_on(source, target):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
        for stream in (source, target):
            with contextlib.suppress(OSError):
                stream.shutdown(socket.SHUT_RDWR)

    def cut(self, seconds):
        """Nothing passes, and nobody connects, for so long."""
        self.close()
        time.sleep(seconds)
        self.listen()

    def close(self):
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.place)
        for stream in self.streams:
            with contextlib.suppress(OSError):
                stream.shutdown(socket.SHUT_RDWR)
            stream.close()
        self.streams.clear()


class ServerCase(ScratchCase):
    """Tests that share a server; each has a study of its own there, `self.study`, a screening of 2^4 points."""
    one_at_a_time = True
    waits = True
    count = 0

    @classmethod
    def setUpClass(cls):
        cls.server = PostgresqlServer()
        cls.addClassCleanup(cls.server.remove)

    def setUp(self):
        super().setUp()
        type(self).count += 1
        self.name = f"study_{self.count}"
        self.study = self.server.study(self.name)

    def trials(self):
        if self.server.ask(f"SELECT to_regclass('{self.name}.ocrtune_trials')", self.name) == "":
            return 0
        return int(self.server.ask("SELECT COUNT(*) FROM ocrtune_trials", self.name))

    def check_same(self, other):
        """The study has the trials of another one, as CSV has them, but for times."""
        self.assertEqual(without_timings(exported(self.study, self.tmp / "server")), without_timings(exported(other, self.tmp / "file")))

    def check_trials(self):
        """All 17 trials are there once, as in the file of an undisturbed screening."""
        self.check_same(screened_study(4, "--engine", "lstm"))
