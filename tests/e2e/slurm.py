"""A Slurm cluster for tests: its daemons and several nodes on this machine, reached by the loopback address alone."""
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time

PROGRAMS = ("munged", "slurmctld", "slurmd", "sbatch", "squeue", "sinfo", "scancel", "scontrol", "setpriv")
PATH = os.environ["PATH"] + ":/usr/sbin:/sbin"
NODES = 4

CONFIGURATION = """
ClusterName=tests
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={ports[0]}
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket,cred_expire=5
CredType=cred/munge
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool-%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd-%n.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SchedulerParameters=batch_sched_delay=0,sched_interval=1,sched_min_interval=0,bf_interval=1
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
ReturnToService=2
KillWait=5
{nodes}
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE PriorityTier=1
PartitionName=urgent Nodes=ALL MaxTime=INFINITE PriorityTier=2
"""


def unusable():
    """Why this machine cannot have such a cluster; empty if it can."""
    if os.geteuid() != 0:
        return "Slurm's daemons need root"
    absent = [name for name in PROGRAMS if shutil.which(name, path=PATH) is None]
    return f"{', '.join(absent)} not installed (scripts/setup.sh tests)" if absent else ""


def free_ports(count):
    """Ports of the loopback address that nobody uses now."""
    with_ports = [socket.socket() for _ in range(count)]
    for one in with_ports:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in with_ports]
    for one in with_ports:
        one.close()
    return ports


class SlurmCluster:
    """Four nodes of two CPUs and 2000 MB, which need not be there. Jobs of the partition `urgent` preempt those of `main`, and
    these are queued again."""

    def __init__(self):
        # Not in TMPDIR, which may be too long for a socket, and closed to others.
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="ocrtune-slurm-", dir="/tmp"))
        self.folder.chmod(0o755)
        self.daemons = []
        self.environment = {**os.environ, "PATH": PATH, "SLURM_CONF": f"{self.folder}/slurm.conf"}
        try:
            self._configure()
            self._start()
        except BaseException:
            self.remove()
            raise

    def run(self, program, *arguments, check=True, stdin=None):
        """What one of Slurm's programs writes."""
        done = subprocess.run([program, *map(str, arguments)], env=self.environment, input=stdin, text=True, capture_output=True, timeout=60)
        if check and done.returncode != 0:
            raise AssertionError(f"{program} {arguments}: {done.stderr}")
        return done.stdout

    def states(self, job):
        """The state of each task of a job array that has not ended, by its number."""
        lines = self.run("squeue", "--noheader", "--array", "--job", job, "--format=%K %T", check=False).splitlines()
        return {int(number): state for number, state in (line.split() for line in lines)}

    def wait_for(self, what, seconds=120):
        """Waits until `what` returns something true, and returns that."""
        end = time.monotonic() + seconds
        while not (found := what()):
            if time.monotonic() > end:
                raise AssertionError(f"did not happen within {seconds} s; {self._logs()}")
            time.sleep(0.05)
        return found

    def remove(self):
        """Ends all jobs, then the daemons, and removes their files."""
        if len(self.daemons) > 1:
            self.run("scancel", "--user=root", check=False)
            end = time.monotonic() + 10
            while self.run("squeue", "--noheader", check=False) and time.monotonic() < end:
                time.sleep(0.05)
        for daemon in reversed(self.daemons):
            daemon.send_signal(signal.SIGTERM)
        for daemon in self.daemons:
            try:
                daemon.wait(timeout=10)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()
        shutil.rmtree(self.folder)

    def _configure(self):
        host = socket.gethostname().split(".")[0]
        ports = free_ports(1 + NODES)
        nodes = "\n".join(f"NodeName=n{number} NodeHostname={host} NodeAddr=127.0.0.1 Port={port} CPUs=2 RealMemory=2000"
                          for number, port in enumerate(ports[1:], 1))
        (self.folder / "slurm.conf").write_text(CONFIGURATION.format(host=host, ports=ports, folder=self.folder, nodes=nodes))
        version = self.run("slurmd", "-V").split()[1]
        # No control groups: later ones would ask systemd for one, which a container has not, and earlier ones would look at
        # /sys/fs/cgroup which plugin to load, though they use none.
        plugin = "disabled" if tuple(map(int, version.split(".")[:2])) >= (23, 11) else "cgroup/v1"
        (self.folder / "cgroup.conf").write_text(f"CgroupPlugin={plugin}\n")
        key = self.folder / "munge.key"
        key.touch(0o400)
        key.write_bytes(os.urandom(128))
        (self.folder / "state").mkdir()

    def _start(self):
        self._daemon("munged", "--foreground", "--force", f"--key-file={self.folder}/munge.key", f"--socket={self.folder}/munge.socket",
                     f"--pid-file={self.folder}/munge.pid", f"--log-file={self.folder}/munge.log", f"--seed-file={self.folder}/munge.seed")
        self.wait_for((self.folder / "munge.socket").exists)
        self._daemon("slurmctld", "-D")
        for number in range(1, 1 + NODES):
            self._daemon("slurmd", "-D", "-N", f"n{number}")
        self.wait_for(lambda: self.run("sinfo", "--noheader", "--partition=main", "--states=idle", "--format=%D", check=False).strip() == str(NODES))

    def _daemon(self, program, *arguments):
        """In the foreground, and never longer than this process."""
        with open(self.folder / f"{program}-{len(self.daemons)}.log", "w") as log:
            self.daemons.append(subprocess.Popen(["setpriv", "--pdeathsig", "TERM", shutil.which(program, path=PATH), *arguments], cwd="/",
                                                 env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log))

    def _logs(self):
        """The last lines of the daemons."""
        return "\n".join(f"{path.name}:\n{path.read_text()[-1500:]}" for path in sorted(self.folder.glob("*.log")))
