"""Runs packaging/reframe/meridian.py on this machine at a small size, through a stand-in for ReFrame; and shows that its
sanity functions refuse another digest."""
import importlib.util
import os
import pathlib

import reframe_stand_in as stand_in
from command_test import EXE, LAUNCH, main

SOURCE = pathlib.Path(os.environ["MERIDIAN_SOURCE"])
os.environ["PATH"] = f"{pathlib.Path(EXE).parent}:{os.environ['PATH']}"


def launch(ranks):
    return [*LAUNCH, str(ranks)] if ranks > 1 else []


def load():
    stand_in.install()
    spec = importlib.util.spec_from_file_location("meridian_checks", SOURCE / "packaging/reframe/meridian.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def passes(test, folder):
    stand_in.run(test, folder, launch)
    return stand_in.judge(test)


def the_checks_pass(folder):
    checks = load()
    checks.MeridianReplicate.scale = 0.1
    assert stand_in.TESTS == [checks.MeridianSelftest, checks.MeridianRanks], stand_in.TESTS
    passes(checks.MeridianSelftest(), f"{folder}/selftest")
    alone = checks.MeridianAlone()
    seconds = passes(alone, f"{folder}/alone")["seconds"]
    assert 0 < seconds < 600, seconds
    test = next(test for test in stand_in.variants(checks.MeridianRanks) if test.ranks == 2)
    test.alone = alone
    passes(test, f"{folder}/ranks")
    another_digest_is_refused(folder, test)


def another_digest_is_refused(folder, test):
    (folder / "alone/run/digest.txt").write_text("0" * 64 + "\n", encoding="utf-8")
    try:
        stand_in.judge(test)
    except AssertionError as refused:
        print(f"another digest is refused: {refused}")
    else:
        raise AssertionError("another digest was accepted")


main(the_checks_pass)
