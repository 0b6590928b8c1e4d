"""Reads a Spack package without Spack: its directives are noted, its methods can be called."""
import importlib.util
import sys
import types

NOTED = {}


def directive(name):
    def note(*arguments, **options):
        NOTED.setdefault(name, []).append((arguments, options))
    return note


def decorator(*_, **__):
    return lambda function: function


class CMakePackage:
    run_tests = False

    @staticmethod
    def define(name, value):
        return f"-D{name}:{'BOOL' if isinstance(value, bool) else 'STRING'}={('OFF', 'ON')[value] if isinstance(value, bool) else value}"


def load(file, which):
    """The class of the package; `which` stands for Spack's function of that name. Directives: NOTED."""
    package = types.ModuleType("spack.package")
    for name in ("license", "version", "depends_on", "requires", "conflicts"):
        setattr(package, name, directive(name))
    package.run_after = package.on_package_attributes = decorator
    package.which = which
    cmake = types.ModuleType("spack_repo.builtin.build_systems.cmake")
    cmake.CMakePackage, cmake.generator = CMakePackage, directive("generator")
    for module in ("spack", "spack_repo", "spack_repo.builtin", "spack_repo.builtin.build_systems"):
        sys.modules[module] = types.ModuleType(module)
    sys.modules.update({"spack.package": package, "spack_repo.builtin.build_systems.cmake": cmake})
    spec = importlib.util.spec_from_file_location("package", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Meridian
