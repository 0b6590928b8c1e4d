"""The executable in the middle of its work, for tests that look at it there, signal it or kill it. Such a test freezes it first: what
is true then stays true however fast the machine."""
import atexit
import contextlib
import os
import pathlib
import signal
import subprocess
import tempfile
import time

from command_test import EXE, command, told


class Running:
    """The executable at work, with its launcher and ranks; what they say is kept for `said`. None of them outlives the test."""

    def __init__(self, *words, ranks=1):
        self.words, self.output = command(*words, ranks=ranks), tempfile.TemporaryFile(mode="w+")
        self.process = subprocess.Popen(self.words, stdout=self.output, stderr=subprocess.STDOUT, start_new_session=True)
        atexit.register(self.kill)

    def wait_for(self, condition):
        while not condition() and self.process.poll() is None:
            time.sleep(0.001)

    def freeze(self):
        """Stops launcher and ranks, all of them, before it returns."""
        while any(state(process) not in "TZX" for process in self.family()):
            self.signal(signal.SIGSTOP)
        assert self.process.poll() is None, told(self.words, "it ended before it could be frozen", self.said())

    def thaw(self):
        self.signal(signal.SIGCONT)

    def kill(self):
        """All of them are gone when it returns."""
        family = self.family()
        self.signal(signal.SIGKILL)
        self.process.wait()
        while any(state(process) not in "ZX" for process in family):
            time.sleep(0.001)

    def signal(self, number):
        for process in self.family():
            with contextlib.suppress(ProcessLookupError):  # it has just ended
                os.kill(process, number)

    def family(self):
        """Process numbers of the launcher and everything below it, or of the single rank; nothing that has been waited for."""
        return below(self.process.pid) if self.process.poll() is None else []

    def ranks(self):
        return [process for process in self.family() if pathlib.Path(f"/proc/{process}/exe").resolve() == pathlib.Path(EXE).resolve()]

    def end(self, timeout=300):
        """Its exit code, when it has ended by itself."""
        return self.process.wait(timeout)

    def said(self):
        self.output.seek(0)
        return self.output.read()


def below(process):
    try:
        lists = [file.read_text() for file in pathlib.Path(f"/proc/{process}/task").glob("*/children")]
    except OSError:  # it has just ended
        return []
    return [process, *(one for children in lists for child in children.split() for one in below(int(child)))]


def state(process):
    """One letter, as in proc(5): T for stopped."""
    try:
        return pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "X"


def kill_in_the_middle(words, out, pattern, after, of, ranks=1, phase=0.0):
    """kill -9 to all processes of a command that writes `of` files like `pattern` below `out`, when at least `after` of them are there,
    and `phase` (0 to 1) of the time that it takes for one."""
    def found():
        return len(list(out.glob(pattern)))

    running = Running(*words, ranks=ranks)
    running.wait_for(found)
    begin = time.monotonic()
    running.wait_for(lambda: found() >= after)
    time.sleep(phase * (time.monotonic() - begin) / after)
    running.freeze()
    assert after <= found() < of, told(running.words, f"{found()} of {of} files: not in the middle", running.said())
    running.kill()
