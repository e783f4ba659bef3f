#!/usr/bin/python3
"""Seconds and memory of the commands that read a study, by the number of its trials, in a SQLite file and on
PostgreSQL.

  bench/million_trials.py [--trials 10,10000,100000] [--databases sqlite,postgresql] [--commands show,export,…]
                          [--samplers tpe] [--limit 600] [--work DIR]

A screening of two tiny pages is run by the command, without steps after that. Its trials are multiplied in the
database: a further one has scores and real parameters between those of two others. Then, one process at a time:

  show, export, report   the command (the report without pictures)
  serve                  the start of the web interface's server on the file, then the list of studies, the study's data,
                         both once more, and with another server, which has what the first has stored (files only)
  ask:SAMPLER            the study as one of `ocrtune optimize`, with ten further trials: until the first of them begins,
                         how long each takes, and the whole command. What it takes with few trials is loading pages and
                         engines, and the evaluation

Seconds are of the wall clock, and of the CPU without that of PostgreSQL; memory is the most resident. A command is
stopped after --limit seconds. With --work, the studies stay in that folder, and on a server that runs until Enter
is pressed if there is a terminal; else all is removed.
"""
import argparse
import contextlib
import http.client
import json
import os
import pathlib
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
BUILD = pathlib.Path(os.environ.get("OCRTUNE_BUILD", ROOT / "build" / "release")).resolve()
sys.path.insert(0, str(ROOT / "tests" / "e2e"))
OCRTUNE = BUILD / "ocrtune"
COMMANDS = ("show", "export", "report", "serve", "ask")
FURTHER_TRIALS = 10
MOST_TRIALS = 1000000  # of a study, by `ocrtune optimize`
MOST_POINTS = 10  # 2^10 points of the design are what importance takes

# A further trial n is made of the trials `a` and `b` and is the share w of the way from a to b. The numbers are as good
# as random, and the same at each run and in each database.
MADE = """
CREATE TEMPORARY TABLE made AS
  WITH RECURSIVE counted (n) AS (SELECT CAST({first} AS BIGINT) UNION ALL SELECT n + 1 FROM counted WHERE n < {last})
  SELECT n, 1 + n % {base} AS a, 1 + (n * 40503) / 1024 % {base} AS b, (n * 2654435761) % 1000003 / 1000003.0 AS w
  FROM counted WHERE n <= {last};
"""
# Copies of the first trials, as SQLite would otherwise read what it is writing.
COPIES = {
    "first_trials": ("SELECT ocrtune_trials.number, ocrtune_trials.started_us, datetime_start, datetime_complete FROM ocrtune_trials"
                     " JOIN trials ON trial_id = optuna_id WHERE ocrtune_trials.number <= {base}", "number"),
    "first_points": ("SELECT number, place, name, value FROM ocrtune_points WHERE number <= {base}", "number, place"),
    "first_results": ("SELECT * FROM ocrtune_results WHERE number <= {base}", "number, page"),
    "first_params": ("SELECT t.number, param_name, param_value, distribution_json, CASE WHEN distribution_json LIKE "
                     "'%Float%' AND distribution_json LIKE '%\"step\":null%' THEN 1 ELSE 0 END AS is_real "
                     "FROM trial_params JOIN ocrtune_trials t ON optuna_id = trial_id WHERE t.number <= {base}",
                     "number, param_name"),
    "first_attributes": ("SELECT t.number, \"key\", CAST(value_json AS DOUBLE PRECISION) AS value FROM "
                         "trial_user_attributes JOIN ocrtune_trials t ON optuna_id = trial_id "
                         "WHERE t.number <= {base} AND \"key\" NOT IN ('trial', 'baseline')", "number, \"key\""),
    "first_values": ("SELECT t.number, objective, value FROM trial_values JOIN ocrtune_trials t ON optuna_id = trial_id "
                     "WHERE t.number <= {base}", "number, objective"),
}
FURTHER = """
INSERT INTO trials (trial_id, number, study_id, state, datetime_start, datetime_complete)
  SELECT n + 1, n, 1, 'COMPLETE', datetime_start, datetime_complete FROM made JOIN first_trials ON number = a;
INSERT INTO trial_values (trial_id, objective, value, value_type)
  SELECT n + 1, x.objective, x.value + w * (y.value - x.value), 'FINITE' FROM made JOIN first_values x ON x.number = a
  JOIN first_values y ON y.number = b AND y.objective = x.objective;
INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json)
  SELECT n + 1, x.param_name, x.param_value + CASE WHEN x.is_real = 1 THEN w ELSE 0 END * (y.param_value - x.param_value),
  x.distribution_json FROM made JOIN first_params x ON x.number = a
  JOIN first_params y ON y.number = b AND y.param_name = x.param_name;
INSERT INTO trial_user_attributes (trial_id, "key", value_json) SELECT n + 1, 'trial', CAST(n AS TEXT) FROM made;
INSERT INTO trial_user_attributes (trial_id, "key", value_json)
  SELECT n + 1, x."key", CAST(x.value + w * (y.value - x.value) AS TEXT) FROM made
  JOIN first_attributes x ON x.number = a JOIN first_attributes y ON y.number = b AND y."key" = x."key";
INSERT INTO ocrtune_trials (id, number, state, started_us, finished_us, optuna_id)
  SELECT n + 1, n, 'complete', begin_us + 100000 * n, begin_us + 100000 * n + 150000, n + 1 FROM made
  CROSS JOIN (SELECT started_us AS begin_us FROM first_trials WHERE number = 0) begun;
INSERT INTO ocrtune_points (number, place, name, value)
  SELECT n, x.place, x.name, x.value + CASE WHEN p.is_real = 1 THEN w ELSE 0 END * (y.value - x.value) FROM made
  JOIN first_points x ON x.number = a JOIN first_points y ON y.number = b AND y.name = x.name
  JOIN first_params p ON p.number = a AND p.param_name = x.name;
INSERT INTO ocrtune_results (number, page, place, started_us, failure{columns})
  SELECT n, x.page, x.place, begin_us + 100000 * n + 1000 * x.place, x.failure{mixed} FROM made
  JOIN first_results x ON x.number = a JOIN first_results y ON y.number = b AND y.page = x.page
  CROSS JOIN (SELECT started_us AS begin_us FROM first_trials WHERE number = 0) begun;
"""


class Database:
    """A study's database; `study` is what the command calls the study."""
    planning = ""

    def run(self, script):
        raise NotImplementedError

    def rows(self, query):
        raise NotImplementedError

    def number(self, query):
        return int(self.rows(query)[0][0])

    def end_queries(self):
        """Of a command that was killed."""

    def trials(self):
        return self.number("SELECT COUNT(*) FROM ocrtune_trials")

    def grow(self, count, base):
        """Adds trials until there are `count`, made of the first `base` ones after the baseline."""
        first = self.trials()
        if first >= count:
            return
        fixed = {"number", "page", "place", "started_us", "failure"}
        columns = [f'"{name}"' for name in self.columns("ocrtune_results") if name not in fixed]
        script = MADE.format(first=first, last=count - 1, base=base)
        for name, (query, key) in COPIES.items():
            script += f"CREATE TEMPORARY TABLE {name} AS {query.format(base=base)};\n"
            script += f"CREATE INDEX by_number_{name} ON {name} ({key});\n"
        script += self.planning
        script += FURTHER.format(columns="".join(f", {name}" for name in columns),
                                 mixed="".join(f", x.{name} + w * (y.{name} - x.{name})" for name in columns))
        script += "".join(f"DROP TABLE {name};\n" for name in ("made", *COPIES))
        self.load(script)

    def shrink(self, count):
        """Removes trials that were added after the first `count`."""
        ids = f"IN (SELECT optuna_id FROM ocrtune_trials WHERE number >= {count})"
        script = "".join(f"DELETE FROM {table} WHERE trial_id {ids};\n"
                         for table in ("trial_values", "trial_params", "trial_user_attributes"))
        script += "".join(f"DELETE FROM {table} WHERE number >= {count};\n" for table in
                          ("ocrtune_steps", "ocrtune_reference_results", "ocrtune_results", "ocrtune_points"))
        self.load(script + f"DELETE FROM ocrtune_trials WHERE number >= {count};\n"
                           f"DELETE FROM trials WHERE number >= {count};\n")


class SqliteFile(Database):
    kind = "SQLite"

    def __init__(self, folder):
        self.study = folder / "study.db"

    def run(self, script):
        # By another process: the most resident memory of a process that begins is that of the one that starts it.
        subprocess.run([sys.executable, "-c", "import sqlite3, sys\n"
                        "sqlite3.connect(sys.argv[1]).executescript(sys.stdin.read())", self.study],
                       input=script, text=True, check=True)

    def load(self, script):
        self.run(f"PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; PRAGMA foreign_keys = OFF; BEGIN; {script} COMMIT;"
                 "PRAGMA wal_checkpoint(TRUNCATE);")

    def rows(self, query):
        with contextlib.closing(sqlite3.connect(self.study)) as database:
            return database.execute(query).fetchall()

    def columns(self, table):
        return [row[1] for row in self.rows(f"PRAGMA table_info({table})")]

    def megabytes(self):
        return self.study.stat().st_size / 1e6


class PostgresqlSchema(Database):
    kind = "PostgreSQL"
    name = "million"
    planning = "".join(f"ANALYZE {name};\n" for name in ("made", *COPIES))

    def __init__(self, server):
        self.server = server
        self.study = server.study(self.name)

    def psql(self, script):
        return subprocess.run(["psql", "--no-psqlrc", "--tuples-only", "--no-align", "--quiet", "--field-separator=\t",
                               "--set=ON_ERROR_STOP=1", "--host", self.server.folder, "--username=postgres", "postgres"],
                              input=f'SET search_path TO "{self.name}", pg_temp;\n{script}', check=True, text=True,
                              stdout=subprocess.PIPE).stdout

    def run(self, script):
        self.psql(script)

    def load(self, script):
        # Without a look at each foreign key.
        self.psql(f"SET session_replication_role = replica; SET synchronous_commit TO off; SET work_mem TO '256MB';\n"
                  f"BEGIN;\n{script}\n"
                  "SELECT setval('trials_trial_id_seq', (SELECT MAX(trial_id) FROM trials));\n"
                  "SELECT setval('ocrtune_trials_id_seq', (SELECT MAX(id) FROM ocrtune_trials));\n"
                  "COMMIT;\nVACUUM ANALYZE;")

    def end_queries(self):
        # The server goes on with a query though nobody waits for its rows.
        self.psql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend' AND "
                  "pid <> pg_backend_pid();")

    def rows(self, query):
        return [line.split("\t") for line in self.psql(query + ";").splitlines()]

    def columns(self, table):
        return [row[0] for row in self.rows(f"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}' "
                                            f"AND table_schema = '{self.name}' ORDER BY ordinal_position")]

    def megabytes(self):
        return self.number("SELECT pg_database_size('postgres')") / 1e6


class Spent:
    """What a process took: filled when it has ended."""

    def __init__(self, command, limit, cwd=None):
        self.begun = time.time()
        self.over = False
        with tempfile.TemporaryFile() as output:
            self.process = subprocess.Popen([str(word) for word in command], stdout=output, stderr=subprocess.STDOUT, cwd=cwd)
            timer = threading.Timer(limit, self.stop)
            timer.start()
            self.seconds, self.cpu, self.megabytes, self.status = used(self.process, self.begun)
            timer.cancel()
            output.seek(0)
            self.output = output.read().decode(errors="replace")

    def stop(self):
        self.over = True
        self.process.kill()


def used(process, begun):
    """Seconds, those of the CPU, most resident memory in MB, and the status of a process, which it waits for."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return time.time() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode


class Measurement:
    def __init__(self, options, folder):
        self.options = options
        self.folder = folder
        self.pages = folder / "pages"
        self.table = []
        self.over = set()  # what was over the limit, and is not tried with more trials

    def tell(self, database, trials, what, seconds, cpu=None, megabytes=None, note=""):
        shown = lambda value, form: "" if value is None else form.format(value)
        self.table.append(f"| {what} | {database} | {trials} | {shown(seconds, '{:.2f}')} | {shown(cpu, '{:.2f}')} | "
                          f"{shown(megabytes, '{:.0f}')} | {note} |")
        print(self.table[-1], file=sys.stderr, flush=True)

    def make(self, database, points):
        """A screening of 2^points, without steps."""
        self.ocrtune("screen", self.pages, "--exponent", points, "--set", "denoise_h=0", "--study", database.study)
        database.run("DELETE FROM ocrtune_steps")

    def ocrtune(self, *arguments):
        done = subprocess.run([OCRTUNE, *map(str, arguments), "--quiet"], capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"ocrtune {' '.join(map(str, arguments))}: {done.stderr}")

    def searched(self):
        """The settings of a search, as a study of `ocrtune optimize` has them."""
        study = self.folder / "searched.db"
        if not study.exists():
            self.ocrtune("optimize", self.pages, "--set", "denoise_h=0", "--trials", 4, "--study", study)
        with contextlib.closing(sqlite3.connect(study)) as database:
            return json.loads(database.execute("SELECT search FROM ocrtune_study").fetchone()[0])

    def measure(self, database, count):
        for command in self.options.commands:
            if command == "serve" and database.kind == "SQLite":
                self.serve(database, count)
            elif command == "ask":
                for sampler in self.options.samplers:
                    self.ask(database, count, sampler)
            elif command != "serve":
                self.simple(database, count, command)

    def simple(self, database, count, command):
        """Commands that only read the study."""
        out = self.folder / "out"
        out.mkdir(exist_ok=True)
        arguments = {"show": [], "export": ["-o", out], "report": ["-o", out / "report.html", "--no-pictures"]}[command]
        spent = self.spent(database, count, command, [OCRTUNE, command, database.study, *arguments])
        if spent is None:
            return
        if command == "show" and not spent.over:
            points = count - 1
            assert f"{points} trials on 2 pages" in spent.output, spent.output[:500]
        written = sum(path.stat().st_size for path in out.iterdir()) / 1e6
        for path in out.iterdir():
            path.unlink()
        self.tell(database.kind, count, command, spent.seconds, spent.cpu, spent.megabytes,
                  "over the limit" if spent.over else f"{written:.1f} MB written" if written else "")

    def spent(self, database, count, what, command):
        """Nothing where it took too long with fewer trials."""
        if (database.kind, what) in self.over:
            self.tell(database.kind, count, what, None, note="not tried")
            return None
        spent = Spent(command, self.options.limit)
        if spent.over:
            database.end_queries()
            self.over.add((database.kind, what))
        elif spent.status:
            raise SystemExit(f"{command}: status {spent.status}\n{spent.output[-2000:]}")
        return spent

    def ask(self, database, count, sampler):
        """The start of the next trial, the trials after that, and the command as a whole."""
        last = min(count - 1 + FURTHER_TRIALS, MOST_TRIALS)
        what = f"ask:{sampler}"
        before = database.rows("SELECT search FROM ocrtune_study")[0][0]
        settings = json.dumps({**self.searched(), "sampler": sampler}).replace("'", "''")
        database.run(f"UPDATE ocrtune_study SET search = '{settings}'")
        try:
            spent = self.spent(database, count, what, [OCRTUNE, "optimize", self.pages, "--study", database.study,
                                                       "--trials", last, "--quiet"])
            if spent is None:
                return
            times = database.rows("SELECT COUNT(*), MIN(started_us), MAX(finished_us) FROM ocrtune_trials "
                                  f"WHERE number >= {count}")[0]
            done = int(times[0])
            if done:
                begin, end = (int(us) / 1e6 for us in times[1:])
                self.tell(database.kind, count, what + ", first", begin - spent.begun)
                self.tell(database.kind, count, what + ", each", (end - begin) / done, note=f"{done} trials")
            self.tell(database.kind, count, what + ", whole", spent.seconds, spent.cpu, spent.megabytes,
                      "over the limit" if spent.over else "")
        finally:
            database.run("UPDATE ocrtune_study SET search = '" + before.replace("'", "''") + "'")
            database.shrink(count)

    def serve(self, database, count):
        """Twice, as the second server has what the first has stored."""
        for which in ("", ", again"):
            begun = time.time()
            server = subprocess.Popen([OCRTUNE, "serve", database.study.parent, "--port", "0", "--no-open"],
                                      stdout=subprocess.PIPE, text=True)
            timer = threading.Timer(self.options.limit, server.kill)
            timer.start()
            address = server.stdout.readline().strip()
            self.tell(database.kind, count, f"serve{which}: start", time.time() - begun)
            try:
                for path in ("/api/studies", "/api/studies/study/data", "/api/studies", "/api/studies/study/data"):
                    now = time.time()
                    size = got(address, path, self.options.limit) / 1e6
                    self.tell(database.kind, count, f"serve{which}: {path}", time.time() - now,
                              megabytes=max_resident(server.pid), note=f"{size:.1f} MB")
            except OSError as error:
                self.tell(database.kind, count, f"serve{which}", time.time() - begun, note=f"over the limit: {error}")
            timer.cancel()
            server.send_signal(signal.SIGINT)
            seconds, cpu, megabytes, _ = used(server, begun)
            self.tell(database.kind, count, f"serve{which}: whole", seconds, cpu, megabytes)
            server.stdout.close()


def max_resident(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def got(address, path, limit):
    """The bytes of an answer."""
    place, token = address.split("://")[1].split("/?token=")
    connection = http.client.HTTPConnection(place, timeout=limit)
    try:
        connection.request("GET", path, headers={"Authorization": f"Bearer {token}"})
        answer = connection.getresponse()
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status} {answer.read(300)}")
        size = 0
        while part := answer.read(1 << 20):
            size += len(part)
        return size
    except http.client.HTTPException as error:
        raise OSError(str(error)) from error
    finally:
        connection.close()


@contextlib.contextmanager
def databases(options, folder):
    with contextlib.ExitStack() as stack:
        made = []
        if "sqlite" in options.databases:
            made.append(SqliteFile)
        if "postgresql" in options.databases:
            from postgresql import PostgresqlServer
            server = PostgresqlServer()
            stack.callback(server.remove)
            made.append(lambda _: PostgresqlSchema(server))
        yield [make(folder) for make in made]
        if options.work and "postgresql" in options.databases and sys.stdin.isatty():
            input(f"PostgreSQL runs in {server.folder}; Enter stops it ")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words = lambda text: text.split(",")
    parser.add_argument("--trials", default="10,10000,100000", help="numbers of trials, the baseline among them")
    parser.add_argument("--databases", type=words, default=["sqlite", "postgresql"])
    parser.add_argument("--commands", type=words, default=list(COMMANDS))
    parser.add_argument("--samplers", type=words, default=["tpe"])
    parser.add_argument("--limit", type=float, default=600)
    parser.add_argument("--work", type=pathlib.Path)
    options = parser.parse_args()
    unknown = {*options.commands} - {*COMMANDS} | {*options.databases} - {"sqlite", "postgresql"}
    counts = sorted(map(int, words(options.trials)))
    if unknown or counts[0] < 10:
        sys.exit(f"million_trials.py: unknown: {', '.join(unknown)}" if unknown else "million_trials.py: at least 10 trials")
    with contextlib.ExitStack() as stack:
        if options.work:
            options.work.mkdir(parents=True, exist_ok=True)
        folder = options.work or pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(dir="/var/tmp")))
        measurement = Measurement(options, folder)
        measurement.pages.mkdir(exist_ok=True)
        subprocess.run([BUILD / "make_pages", measurement.pages, "--pages", "2", "--scale", "0.3", "--quiet"], check=True)
        for database in stack.enter_context(databases(options, folder)):
            run(database, counts, measurement)
    print("| what | database | trials | seconds | of the CPU | MB | |\n|---|---|---|---|---|---|---|")
    print("\n".join(measurement.table))


def run(database, counts, measurement):
    """All sizes, one after the other: a study grows."""
    base = 0
    for count in counts:
        exponent = min(MOST_POINTS, (count - 1).bit_length() - 1)
        if 1 << exponent > base:
            base = 1 << exponent
            measurement.make(database, exponent)  # resumed where the study is there
        begun = time.time()
        database.grow(count, base)
        measurement.tell(database.kind, count, "(made)", time.time() - begun, note=f"{database.megabytes():.1f} MB of database")
        measurement.measure(database, count)
        if base < 1 << MOST_POINTS:
            database.shrink(1 + base)  # only trials of the design, which the next screening resumes


if __name__ == "__main__":
    main()
