"""As much of ReFrame 4 as packaging/reframe needs, for machines without it: the names that ReFrame's metaclass puts into
the body of a test, its hooks, its sanity functions, and a run by a launcher of our choice."""
import itertools
import os
import re
import subprocess
import sys
import types


class Parameter(list):
    pass


class Fixture:
    def __init__(self, test, scope):
        assert scope in ("session", "partition", "environment", "test"), scope
        self.test = test


def marked(**marks):
    def mark(function):
        for name, value in marks.items():
            setattr(function, name, value)
        return function
    return mark


class Meta(type):
    @classmethod
    def __prepare__(mcs, name, bases, **_):
        return {"parameter": Parameter, "fixture": Fixture, "variable": lambda *kinds, value: kinds[0](value),
                "sanity_function": marked(role="sanity"), "performance_function": lambda unit: marked(role="performance"),
                "run_before": lambda stage: marked(before=stage), "run_after": lambda stage: marked(after=stage)}

    def __new__(mcs, name, bases, body, **_):
        return super().__new__(mcs, name, bases, {k: v for k, v in body.items() if k not in mcs.__prepare__("", ())})


class RunOnlyRegressionTest(metaclass=Meta):
    prerun_cmds, executable_opts, env_vars, modules = [], [], {}, []
    stdout, stderr = "rfm_job.out", "rfm_job.err"

    def marked(self, name, value):
        members = [getattr(self, each) for each in dir(type(self)) if callable(getattr(type(self), each))]
        return [member for member in members if getattr(member, name, None) == value]


TESTS = []


def simple_test(test):
    TESTS.append(test)
    return test


def sanity_module():
    sanity = types.ModuleType("reframe.utility.sanity")

    def found(pattern, file):
        with open(file, encoding="utf-8") as text:
            return list(re.finditer(pattern, text.read(), re.MULTILINE))

    def require(holds, what):
        if not holds:
            raise AssertionError(what)
        return True

    sanity.assert_found = lambda pattern, file: require(found(pattern, file), f"no {pattern} in {file}")
    sanity.assert_eq = lambda one, other: require(one == other, f"{one} != {other}")
    sanity.extractsingle = lambda pattern, file, tag=0, conv=str: conv(found(pattern, file)[0].group(tag))
    sanity.all = all
    return sanity


def install():
    """Makes `import reframe` find this stand-in."""
    reframe = types.ModuleType("reframe")
    reframe.RunOnlyRegressionTest, reframe.simple_test = RunOnlyRegressionTest, simple_test
    utility = types.ModuleType("reframe.utility")
    utility.sanity = sanity_module()
    reframe.utility = utility
    sys.modules.update({"reframe": reframe, "reframe.utility": utility, "reframe.utility.sanity": utility.sanity})


def variants(test):
    """One instance per combination of the parameters."""
    names = [name for name in dir(test) if isinstance(getattr(test, name), Parameter)]
    for values in itertools.product(*(getattr(test, name) for name in names)):
        instance = test()
        vars(instance).update(zip(names, values))
        yield instance


def run(instance, stagedir, launch):
    """The stages of a test in a folder of its own, up to the end of its program."""
    os.makedirs(stagedir)
    instance.stagedir = stagedir
    for stage in ("init", "setup", "run"):
        for hook in instance.marked("before", stage) + instance.marked("after", stage):
            hook()
    command = launch(instance.num_tasks) + [instance.executable] + instance.executable_opts
    environment = os.environ | instance.env_vars
    with open(os.path.join(stagedir, instance.stdout), "w") as out, open(os.path.join(stagedir, instance.stderr), "w") as err:
        for line in instance.prerun_cmds:
            subprocess.run(line, shell=True, check=True, cwd=stagedir, env=environment, stdout=out, stderr=err)
        subprocess.run(command, check=False, cwd=stagedir, env=environment, stdout=out, stderr=err)


def judge(instance):
    """AssertionError if the test's sanity function does not hold; returns what its performance functions measured."""
    before = os.getcwd()
    os.chdir(instance.stagedir)
    try:
        (sanity,) = instance.marked("role", "sanity")
        assert sanity(), f"{type(instance).__name__}: {sanity.__name__}"
        return {function.__name__: function() for function in instance.marked("role", "performance")}
    finally:
        os.chdir(before)
