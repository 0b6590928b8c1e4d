#!/usr/bin/python3
"""The recipes in packaging/ name what the build needs: every package of packages.txt and every library that CMake looks
for, with lower bounds that are CMake's own. Debian's Python: it has PyYAML (python3-yaml).  recipes.py SOURCE EXECUTABLE"""
import csv
import pathlib
import re
import subprocess
import sys
import unittest

import yaml

sys.dont_write_bytecode = True
import spack_stand_in  # noqa: E402  (beside this file)

SOURCE, EXECUTABLE = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
PACKAGING = SOURCE / "packaging"
with open(PACKAGING / "names.csv", encoding="utf-8") as names_file:
    NAMES = list(csv.DictReader(names_file))


def packages(text):
    """Name and group ("" or "test") of every line of packages.txt."""
    words = [line.split("#")[0].split() for line in text.splitlines()]
    return {line[0]: " ".join(line[1:]) for line in words if line}


def cmake_libraries():
    """Libraries that the build looks for, by name, with the oldest version ("" if any will do)."""
    text = (SOURCE / "cmake/dependencies.cmake").read_text(encoding="utf-8")
    found = dict(re.findall(r"^find_package\((\w+) ?([0-9.]*)", text, re.MULTILINE))
    return found | {name.title(): "" for name in re.findall(r"^find_path\((\w+)_INCLUDE_DIR", text, re.MULTILINE)}


def project_version():
    return re.search(r"project\(meridian VERSION ([0-9.]+)", (SOURCE / "CMakeLists.txt").read_text(encoding="utf-8")).group(1)


def numbers(version):
    return tuple(int(part) for part in version.split("."))


def easyconfig(file):
    names = {"SYSTEM": "SYSTEM", "SOURCELOWER_TAR_GZ": "%(namelower)s-%(version)s.tar.gz"}
    exec(compile(file.read_text(encoding="utf-8"), str(file), "exec"), names)  # a statement of facts in Python's syntax
    return names


class Recipes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        def which(path):
            return lambda *words, **_: subprocess.run([path, *words], capture_output=True, text=True, check=True).stdout

        cls.spack = spack_stand_in.load(PACKAGING / "spack/spack_repo/meridian/packages/meridian/package.py", which)
        noted = spack_stand_in.NOTED
        cls.depends = {re.match(r"[\w-]+", spec).group(): (spec, options.get("type"))
                       for (spec,), options in noted["depends_on"]}
        cls.depends |= {name: (name, None) for (name,), _ in noted["generator"]}
        cls.easybuild = easyconfig(PACKAGING / f"easybuild/meridian-{project_version()}-gompi-2022b.eb")

    def test_every_package_has_a_row(self):
        self.assertEqual({row["debian"] for row in NAMES}, set(packages((SOURCE / "packages.txt").read_text(encoding="utf-8"))))

    def test_a_package_without_a_row_would_be_found(self):
        self.assertEqual(packages("one # a\ntwo test # b\n\n# three\n"), {"one": "", "two": "test"})

    def test_every_library_of_cmake_has_a_row(self):
        self.assertEqual(set(cmake_libraries()) - {"OpenMP"}, {row["cmake"] for row in NAMES} - {""})

    def test_spack_depends_on_what_the_table_says_and_nothing_else(self):
        self.assertEqual(set(self.depends) - {"c"}, {row["spack"] for row in NAMES} - {""})

    def test_spack_asks_only_for_tests_what_only_tests_need(self):
        groups = packages((SOURCE / "packages.txt").read_text(encoding="utf-8"))
        for row in NAMES:
            if row["spack"]:
                self.assertEqual(self.depends[row["spack"]][1] == "test", groups[row["debian"]] == "test", row)

    def test_spack_begins_at_the_versions_of_cmake(self):
        libraries = cmake_libraries()
        for row in NAMES:
            oldest = libraries.get(row["cmake"], "")
            if oldest:
                self.assertRegex(self.depends[row["spack"]][0], rf"@{re.escape(oldest)}(:|\b)")
        needed = re.search(r"cmake_minimum_required\(VERSION ([0-9.]+)", (SOURCE / "CMakeLists.txt").read_text(encoding="utf-8"))
        self.assertTrue(self.depends["cmake"][0].startswith(f"cmake@{needed.group(1)}:"), self.depends["cmake"])

    def test_spack_configures_what_cmake_knows(self):
        options = set(re.findall(r"MERIDIAN_[A-Z]+", (SOURCE / "CMakeLists.txt").read_text(encoding="utf-8")))
        for argument in self.spack().cmake_args():
            self.assertIn(re.match(r"-D(\w+):", argument).group(1), options)

    def test_spacks_test_runs_the_selftest(self):
        package = self.spack()
        package.prefix = type("Prefix", (), {"bin": type("Bin", (), {"meridian": EXECUTABLE})})
        package.test_selftest()

    def test_spacks_environment_builds_this_tree(self):
        folder = PACKAGING / "spack"
        environment = yaml.safe_load((folder / "spack.yaml").read_text(encoding="utf-8"))["spack"]
        self.assertEqual(environment["specs"], ["meridian"])
        developed = environment["develop"]["meridian"]
        self.assertEqual(developed["spec"], f"meridian@={project_version()}")
        self.assertEqual((folder / developed["path"]).resolve(), SOURCE.resolve())
        repository = folder / environment["repos"]["meridian"]
        namespace = yaml.safe_load((repository / "repo.yaml").read_text(encoding="utf-8"))["repo"]["namespace"]
        self.assertEqual((repository.parent.name, repository.name), ("spack_repo", namespace))
        self.assertLessEqual(set(environment["packages"]), set(self.depends) | {"openmpi"})
        self.assertEqual(spack_stand_in.NOTED["version"], [((project_version(),), {})])

    def test_easybuild_has_what_the_table_says_and_nothing_else(self):
        listed = {name for name, *_ in self.easybuild["dependencies"] + self.easybuild["builddependencies"]}
        toolchain = {row["easybuild"] for row in NAMES if "toolchain gompi" in row["remark"]}
        self.assertEqual(listed | toolchain, {row["easybuild"] for row in NAMES} - {""})
        self.assertEqual(self.easybuild["version"], project_version())

    def test_easybuilds_versions_are_new_enough(self):
        versions = {name: version for name, version, *_ in self.easybuild["dependencies"]}
        for row in NAMES:
            oldest = cmake_libraries().get(row["cmake"], "")
            if oldest:
                self.assertGreaterEqual(numbers(versions[row["easybuild"]]), numbers(oldest), row)

    def test_easyconfigs_are_named_as_easybuild_looks_for_them(self):
        wanted = dict(self.easybuild["dependencies"][i][:2] for i in range(len(self.easybuild["dependencies"])))
        for file in sorted((PACKAGING / "easybuild").glob("*.eb")):
            one = easyconfig(file)
            toolchain = one["toolchain"]
            self.assertEqual(file.name, f"{one['name']}-{one['version']}-{toolchain['name']}-{toolchain['version']}.eb")
            self.assertEqual(len(one["checksums"]), len(one["sources"]))
            if one["name"] != "meridian":
                self.assertEqual(wanted[one["name"]], one["version"])
                self.assertRegex(one["checksums"][0], "^[0-9a-f]{64}$")

    def test_apptainers_sections_are_known_and_shell(self):
        text = (PACKAGING / "apptainer/meridian.def").read_text(encoding="utf-8")
        header, *sections = re.split(r"^%", text, flags=re.MULTILINE)
        self.assertRegex(header, r"\ABootstrap: docker\nFrom: debian:bookworm")
        bodies = dict(section.split("\n", 1) for section in sections)
        self.assertEqual(list(bodies), ["files", "post", "environment", "runscript", "test", "help"])
        for name in ("post", "environment", "runscript", "test"):
            subprocess.run(["sh", "-n"], input=bodies[name], text=True, check=True)
        self.assertEqual(bodies["test"].split(), ["meridian", "selftest"])

    def test_apptainer_installs_the_packages_that_are_not_for_tests(self):
        text = (PACKAGING / "apptainer/meridian.def").read_text(encoding="utf-8")
        words = re.search(r"\$\((awk .*)\)", text).group(1).replace("meridian/packages.txt", str(SOURCE / "packages.txt"))
        installed = subprocess.run(["sh", "-c", words], capture_output=True, text=True, check=True).stdout.split()
        groups = packages((SOURCE / "packages.txt").read_text(encoding="utf-8"))
        self.assertEqual(installed, [name for name, group in groups.items() if group == ""])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
