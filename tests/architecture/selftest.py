#!/usr/bin/env python3
"""Shows that include_rules.py finds each kind of breach, at its line, and finds none in a sound tree."""
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
import include_rules  # noqa: E402  (beside this file)

SOUND = {
    "src/error.hpp": "#pragma once\n",
    "src/main.cpp": '#include "commands/command.hpp"\n#include "runtime/log.hpp"\n',
    "src/CMakeLists.txt": "add_executable(meridian main.cpp)\n",
    "src/tables/csv.hpp": "#pragma once\nnamespace meridian::tables {}\n",
    "src/findings/table.hpp": '#pragma once\n#include "tables/csv.hpp"\nnamespace meridian::findings {}\n',
    "src/runtime/log.hpp": "#pragma once\nnamespace meridian::runtime {}\n",
    "src/random/stream.hpp": "#pragma once\n#include <Random123/philox.h>\nnamespace meridian::random {}\n",
    "src/survey/survey.hpp": '#pragma once\n#include "findings/table.hpp"\nnamespace meridian::survey {}\n',
    "src/panel/panel.hpp": '#pragma once\n#include "survey/survey.hpp"\nnamespace meridian::panel {}\n',
    "src/models/fit.hpp": '#pragma once\n#include <Eigen/Core>\nnamespace meridian::models {}\n',
    "src/models/fit.cpp": '#include "models/fit.hpp"\n#include "error.hpp"\n#include "random/stream.hpp"\n',
    "src/models/CMakeLists.txt": "meridian_stage(models\n  SOURCES fit.cpp)\n",
    "src/analysis/study.hpp": '#pragma once\n#include "panel/panel.hpp"\n#include "survey/survey.hpp"\n'
                              '#include "tables/csv.hpp"\nnamespace meridian::analysis {}\n',
    "src/parallel/world.cpp": "#include <mpi.h>\n",
    "src/parallel/CMakeLists.txt": "meridian_stage(parallel SOURCES world.cpp)\n",
    "src/storage/file.cpp": "  #  include <hdf5.h>\n",
    "src/storage/CMakeLists.txt": "meridian_stage(storage SOURCES file.cpp)\n",
    "src/commands/command.hpp": '#pragma once\n#include "analysis/study.hpp"\nnamespace meridian::commands {}\n',
    "tests/unit/models/fit_test.cpp": '#include "models/fit.hpp"\n',
    "tests/oracle/numbers.csv": "1\n" * 1000,
}

# (file, its bytes in place of or beside the sound ones, the line that must be named, words of the rule)
BREACHES = [
    ("src/panel/up.hpp", '#pragma once\n\n#include "models/fit.hpp"\nnamespace meridian::panel {}\n', 3, "panel must not include models"),
    ("src/models/up.hpp", '#pragma once\n#include "survey/survey.hpp"\nnamespace meridian::models {}\n', 2, "models must not include survey"),
    ("src/tables/up.hpp", '#pragma once\n#include "runtime/log.hpp"\nnamespace meridian::tables {}\n', 2, "tables must not include runtime"),
    ("src/findings/up.hpp", '#pragma once\n#include "random/stream.hpp"\nnamespace meridian::findings {}\n', 2, "findings must not include random"),
    ("src/parallel/up.hpp", '#pragma once\n#include "analysis/study.hpp"\nnamespace meridian::parallel {}\n', 2, "parallel must not include analysis"),
    ("src/analysis/up.hpp", '#pragma once\n#include "commands/command.hpp"\nnamespace meridian::analysis {}\n', 2, "analysis must not include commands"),
    ("src/util/strings.hpp", "#pragma once\nnamespace meridian::util {}\n", 1, "src/util has no row"),
    ("src/models/mpi.hpp", "#pragma once\n#include <mpi.h>\nnamespace meridian::models {}\n", 2, "<mpi.h> may only"),
    ("src/parallel/world.hpp", "#pragma once\n#include <mpi.h>\nnamespace meridian::parallel {}\n", 2, "<mpi.h> may only"),
    ("src/storage/file.hpp", "#pragma once\n#include <hdf5.h>\nnamespace meridian::storage {}\n", 2, "<hdf5.h> may only"),
    ("tests/unit/models/mpi_test.cpp", '\n#include "mpi.h"\n', 2, "<mpi.h> may only"),
    ("src/models/draw.hpp", "#pragma once\n#include <Random123/philox.h>\nnamespace meridian::models {}\n", 2, "<Random123/philox.h> may only"),
    ("src/survey/matrix.hpp", "#pragma once\n#include <Eigen/Core>\nnamespace meridian::survey {}\n", 2, "<Eigen/Core> may only"),
    ("src/models/near.hpp", '#pragma once\n#include "fit.hpp"\nnamespace meridian::models {}\n', 2, '"fit.hpp" names no file'),
    ("src/models/long.hpp", "#pragma once\nnamespace meridian::models {}\n" + "\n" * 299, 301, "301 lines"),
    ("tests/unit/models/long_test.cpp", "\n" * 301, 301, "301 lines"),
    ("src/models/open.hpp", "namespace meridian::models {}\n", 1, "#pragma once"),
    ("src/models/other.hpp", "#pragma once\nnamespace meridian::panel {}\n", 1, "namespace meridian::models"),
    ("src/models/forgotten.cpp", "\n", 1, "forgotten.cpp is not named in src/models/CMakeLists.txt"),
    ("src/models/CMakeLists.txt", "meridian_stage(models SOURCES other_fit.cpp)  # fit.cpp\n", None, "fit.cpp is not named in"),
    ("src/models/CMakeLists.txt", "file(GLOB sources *.cpp)\n", None, "fit.cpp is not named in"),
]


class IncludeRules(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.root = Path(scratch.name)
        for name, text in SOUND.items():
            self.write(name, text)

    def write(self, name, text):
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text(text, encoding="utf-8")

    def test_a_sound_tree_has_no_breach(self):
        self.assertEqual(include_rules.breaches(self.root), [])

    def test_each_breach_is_found_alone_and_at_its_line(self):
        for name, text, line, words in BREACHES:
            with self.subTest(file=name, rule=words):
                self.write(name, text)
                found = include_rules.breaches(self.root)
                self.assertEqual(len(found), 1, found)
                self.assertIn(words, found[0])
                if line is not None:
                    self.assertTrue(found[0].startswith(f"{name}:{line}: "), found[0])
                if name in SOUND:
                    self.write(name, SOUND[name])
                else:
                    (self.root / name).unlink()

    def test_all_breaches_at_once_are_all_found(self):
        extra = [breach for breach in BREACHES if breach[0] not in SOUND]
        for name, text, _, _ in extra:
            self.write(name, text)
        self.assertEqual(len(include_rules.breaches(self.root)), len(extra))

    def test_the_exit_code_tells(self):
        command = [sys.executable, include_rules.__file__, str(self.root)]
        self.assertEqual(subprocess.run(command, capture_output=True, check=False).returncode, 0)
        self.write("src/models/open.hpp", "namespace meridian::models {}\n")
        broken = subprocess.run(command, capture_output=True, text=True, check=False)
        self.assertEqual(broken.returncode, 1)
        self.assertIn("src/models/open.hpp:1: ", broken.stdout)

    def test_the_table_has_no_circle_and_no_unknown_name(self):
        known = set(include_rules.STAGES) | set(include_rules.LEAVES)
        for folder, row in (include_rules.STAGES | include_rules.LEAVES).items():
            self.assertLessEqual(row, known, folder)
            self.assertNotIn(folder, include_rules.closure(folder, include_rules.STAGES | include_rules.LEAVES))


if __name__ == "__main__":
    unittest.main()
