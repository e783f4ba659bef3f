"""A PostgreSQL server for tests, with a cluster of its own."""
import os
import pathlib
import shutil
import subprocess
import tempfile

from support import ScratchCase, exported, screened_study, without_timings

# PostgreSQL does not run as root.
AS_POSTGRES = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []


def programs():
    """Debian has those of each version outside of PATH."""
    return max(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))


class PostgresqlServer:
    """Reached by a socket in its folder. Durable, as a server for studies has to be."""

    def __init__(self):
        # Not in TMPDIR, which may be closed to the user postgres, and too long for a socket.
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="ocrtune-postgresql-", dir="/tmp"))
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        self._run("initdb", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
        self.start()

    def start(self):
        self._run("pg_ctl", "start", "--wait", "--silent", f"--log={self.folder}/log",
                  f"--options=-c listen_addresses='' -c unix_socket_directories='{self.folder}'")

    def stop(self, mode="immediate"):
        """`immediate` is what a crash leaves: without a checkpoint, to be recovered at the next start."""
        self._run("pg_ctl", "stop", f"--mode={mode}", "--silent")

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


class ServerCase(ScratchCase):
    """Tests that share a server; each has a study of its own there, `self.study`, a screening of 2^4 points."""
    one_at_a_time = True
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

    def check_trials(self):
        """All 17 trials are there once, as in the file of an undisturbed screening."""
        undisturbed = without_timings(exported(screened_study(4, "--engine", "lstm"), self.tmp / "file"))
        self.assertEqual(without_timings(exported(self.study, self.tmp / "server")), undisturbed)
