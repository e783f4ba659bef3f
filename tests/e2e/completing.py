"""Completion as the user of a shell meets it: a shell on a terminal gets a line and the key that inserts all candidates, and
then prints the words of the line."""
import os
import pty
import re
import select
import subprocess
import time

from support import BUILD

END = "end of words"
# Sets the shell up: no prompt, this build's program and script, and Control-X inserts every candidate.
SET_UP = {
    "bash": ["bash", "--norc", "--noprofile", "-i"], "zsh": ["zsh", "-f", "-i"]}
SCRIPTS = {
    "bash": 'PS1=; bind "set bell-style none"; bind "\\"\\C-x\\": insert-completions"; source <(ocrtune completion bash)',
    "zsh": "PS1=; unsetopt promptsp zle_bracketed_paste; zmodload zsh/complist; autoload -Uz compinit; compinit -u -D; "
           "source <(ocrtune completion zsh); zle -C all-matches complete-word _generic; bindkey '^X' all-matches; "
           "zstyle ':completion:all-matches:*' completer _all_matches _complete; "
           "zstyle ':completion:all-matches:*' insert true; zstyle ':completion:*' menu no"}


def environment():
    return {**os.environ, "PATH": f"{BUILD}:{os.environ['PATH']}", "TERM": "dumb", "LANGUAGE": "en", "LC_ALL": "C.UTF-8",
            "HISTFILE": "/dev/null"}


class Terminal:
    """A shell on a terminal of its own."""

    def __init__(self, shell, folder):
        leader, follower = pty.openpty()
        self.terminal, self.shell, self.said = leader, shell, ""
        self.process = subprocess.Popen(SET_UP[shell], stdin=follower, stdout=follower, stderr=follower, cwd=folder,
                                        env=environment(), start_new_session=True)
        os.close(follower)
        self.send(f"stty cols 10000; {SCRIPTS[shell]}; printf '%s\\n' 'set'' up'\n")
        self.wait("set up")

    def send(self, text):
        os.write(self.terminal, text.encode())

    def wait(self, text, seconds=20):
        """Everything that the shell has written up to `text`."""
        end = time.monotonic() + seconds
        while text not in self.said:
            if not select.select([self.terminal], [], [], max(0, end - time.monotonic()))[0]:
                raise AssertionError(f"{self.shell} did not write {text!r}, but {self.said!r}")
            self.said += os.read(self.terminal, 65536).decode(errors="replace")
        before, self.said = self.said.split(text, 1)
        return before

    def completed(self, line):
        """The words of the line after the key was pressed, without the command and, of the others, without quotes."""
        self.send(f"{line}\x18\x01printf '<%s>\\n' \x05 ; printf '%s\\n' 'end of'' words'\n")
        return re.findall(r"^<(.*)>\r?$", self.wait(END), re.MULTILINE)[1:]

    def close(self):
        self.process.kill()
        self.process.wait()
        os.close(self.terminal)


def in_fish(line, folder):
    """The candidates for the last word of a line in fish."""
    done = subprocess.run(["fish", "--no-config", "-c", "ocrtune completion fish | source; complete -C $argv[1]", line], cwd=folder,
                          env=environment(), capture_output=True, text=True, timeout=60, check=True)
    return [one.split("\t")[0] for one in done.stdout.splitlines()]
