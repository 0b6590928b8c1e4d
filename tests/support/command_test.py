"""For Python tests that drive the executable from outside, as command_test.sh is for shell scripts. ctest sets where this module
is found and MERIDIAN_EXE and MERIDIAN_LAUNCH (cmake/command_test.cmake).

A test is a few checks, functions of a scratch folder whose names say what they look at, and main(check, ...) as its last line.
What is expected is an `assert`; the first that fails ends the test with its traceback and exit code 1."""
import csv
import math
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile

EXE = os.environ["MERIDIAN_EXE"]
LAUNCH = shlex.split(os.environ["MERIDIAN_LAUNCH"])  # the words before a number of ranks
WRITTEN = ("--out", "--into", "--run", "--store")  # options whose folders a command writes


def main(*checks):
    """Runs the checks in their order, in one scratch folder: a later one may use what an earlier one made there."""
    with tempfile.TemporaryDirectory(prefix="meridian-") as folder:
        for check in checks:
            check(pathlib.Path(folder))
            print("ok      " + check.__name__.replace("_", " "), flush=True)


def skip(why, allowed=True):
    """Ends the test as skipped; as failed where this machine is meant to run it."""
    print("skipped: " + why)
    sys.exit(77 if allowed else 1)


def command(*words, ranks=1):
    """The words that start the executable."""
    return [*([*LAUNCH, str(ranks)] if ranks > 1 else []), EXE, *map(str, words)]


def run(words, expect=0, timeout=600, cwd=None):
    """Runs any program to its end, which must be the exit code `expect`."""
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=timeout, cwd=cwd)
    assert done.returncode == expect, told(words, f"exit code {done.returncode}, expected {expect}", done.stdout + done.stderr)
    return done


def told(words, what, output):
    return f"{what}, after {shlex.join(map(str, words))}\n{output}"


def meridian(*words, ranks=1, **how):
    return run(command(*words, ranks=ranks), **how)


def every(check, cases):
    """check(*case) for each case, all failures told together under the first word of their case."""
    failures = []
    for case in cases:
        try:
            check(*case)
        except AssertionError as failure:
            failures.append(f"{case[0]}: {failure}")
    assert cases and not failures, f"{len(failures)} of {len(cases)} cases fail\n" + "\n".join(failures)


def refused(words, *texts, untouched=True, **how):
    """Exit code 2, one error whose message holds the texts, and nothing written in the folders that the options name, unless finished
    units and the like may be (`untouched`)."""
    folders = [pathlib.Path(place) for option, place in zip(words, words[1:]) if option in WRITTEN]
    before = times(folders)
    message = meridian(*words, expect=2, **how).stderr
    assert sum("error:" in line for line in message.splitlines()) == 1, told(words, "not one error", message)
    for text in texts:
        assert text in message, told(words, f"'{text}' is not named", message)
    written = {file for file, _ in times(folders) ^ before}
    assert not written or not untouched, told(words, f"these were written: {written}", message)
    return message


def times(folders):
    """When every file below the folders was written, and which of the folders exist at all."""
    return {(path, path.stat().st_mtime_ns if path.is_file() else 0)
            for folder in folders if folder.exists() for path in (folder, *(folder / file for file in files(folder)))}


def files(folder, pattern="*"):
    """Relative paths of the files below a folder; not the lock, which says who wrote last."""
    return sorted(path.relative_to(folder) for path in folder.rglob(pattern) if path.is_file() and path.name != "lock.json")


def same_files(first, second, names=None):
    """The same bytes under the given relative names; without names, in all files below both folders."""
    assert names or files(first) == files(second), (first, second, set(files(first)) ^ set(files(second)))
    compared = names or files(first)
    assert compared, f"no files in {first}"
    for name in compared:
        assert (first / name).read_bytes() == (second / name).read_bytes(), f"{name} differs in {first} and {second}"


def rows(file, **wanted):
    """Rows of a CSV file as dictionaries of texts, those with the wanted values."""
    with open(file, newline="", encoding="utf-8-sig") as stream:
        return [row for row in csv.DictReader(stream) if all(row[name] == value for name, value in wanted.items())]


def keyed(file, *names, **wanted):
    """The same rows by the value of one column, or by the values of several."""
    return {row[names[0]] if len(names) == 1 else tuple(row[name] for name in names): row for row in rows(file, **wanted)}


def write_rows(file, header, lines):
    with open(file, "w", newline="", encoding="utf-8") as stream:
        csv.writer(stream, lineterminator="\n").writerows([header, *lines])


def near(found, wanted, what, relative=0.0, absolute=0.0):
    found, wanted = float(found), float(wanted)
    assert math.isclose(found, wanted, rel_tol=relative, abs_tol=absolute), f"{what}: {found!r}, expected {wanted!r}"
