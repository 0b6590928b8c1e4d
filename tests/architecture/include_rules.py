#!/usr/bin/env python3
"""Checks the layout that docs/architecture.md promises. Prints "file:line: rule" for each breach; exits 1 if there is one.

usage: include_rules.py [ROOT]     (default: the source root above this file)
"""
import re
import sys
from pathlib import Path

# What a folder of src/ may include directly, the table of docs/architecture.md. What those may include, it may as well.
# A new stage gets its row here and there in the same commit.
STAGES = {
    "survey":       {"tables", "findings"},
    "simulation":   {"survey"},
    "panel":        {"survey"},
    "similarity":   {"panel"},
    "storage":      {"runtime", "findings"},
    "trials":       {"survey", "storage"},
    "collection":   {"trials"},
    "models":       set(),
    "resampling":   set(),
    "inference":    {"models", "resampling"},
    "analysis":     {"survey", "trials", "panel", "similarity", "storage", "models", "resampling", "inference"},
    "uncertainty":  {"analysis", "resampling", "inference", "models", "storage"},
    "power":        {"uncertainty"},
    "ranking":      {"tables", "resampling", "inference"},
    "audit":        {"tables", "resampling", "inference"},
    "dilemmas":     {"audit"},
    "opinions":     {"audit"},
    "alignment":    {"audit"},
    "verification": {"tables", "findings"},
    "report":       {"findings"},
    "parallel":     {"runtime"},
    "scheduling":   set(),
}
# Leaves: every stage may include them; themselves they include what stands here and nothing else.
LEAVES = {"tables": set(), "findings": {"tables"}, "runtime": set(), "random": set()}
# commands may include everything and is included by main.cpp alone.
TOP = "commands"

# One doorway per foreign library: (header, files that may include it).
DOORWAYS = [
    (r"mpi\.h", r"src/parallel/[^/]+\.cpp"),
    (r"hdf5(_hl)?\.h", r"src/storage/[^/]+\.cpp"),
    (r"simdjson\.h", r"src/tables/json_document\.cpp"),
    (r"Random123/.*", r"src/random/.*|tests/unit/random/.*"),
    (r"Eigen/.*", r"src/(similarity|models|resampling|inference|analysis|uncertainty|power|ranking|audit|dilemmas|opinions|alignment)/.*|tests/.*"),
]
LONGEST_FILE = 300
CODE = {".cpp", ".hpp", ".py", ".sh", ".R", ".cmake"}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def closure(folder, table):
    """All folders that `folder` may include: its row, the rows of those, and so on."""
    reached, waiting = set(), [folder]
    while waiting:
        for below in table.get(waiting.pop(), set()) - reached:
            reached.add(below)
            waiting.append(below)
    return reached


def allowed(folder):
    """Folders whose headers a file of src/`folder` may include."""
    if folder == TOP:
        return set(STAGES) | set(LEAVES) | {TOP}
    if folder in LEAVES:
        return closure(folder, LEAVES) | {folder}
    return closure(folder, STAGES | LEAVES) | set(LEAVES) | {folder}


def includes(text):
    """(line number, '<' or '"', path) of every include directive."""
    for number, line in enumerate(text.splitlines(), 1):
        if match := INCLUDE.match(line):
            yield number, match.group(1), match.group(2)


def stage_of(path):
    """'models' for src/models/fit.cpp, '' for src/main.cpp."""
    return path.parts[1] if len(path.parts) > 2 else ""


def check_stage_includes(root, path, text):
    """The include table, for files of src/."""
    stage = stage_of(path)
    if stage and stage != TOP and stage not in STAGES and stage not in LEAVES:
        yield 1, f"folder src/{stage} has no row in the include table"
        return
    for number, kind, name in includes(text):
        if kind == "<":
            continue
        target = name.split("/")[0] if "/" in name else ""
        if not (root / "src" / name).is_file():
            yield number, f'"{name}" names no file below src (write "stage/file.hpp")'
        elif target and stage and target not in allowed(stage):
            yield number, f"{stage} must not include {target} (table in docs/architecture.md)"


def check_doorways(path, text):
    for number, _, name in includes(text):
        for header, doorway in DOORWAYS:
            if re.fullmatch(header, name) and not re.fullmatch(doorway, path.as_posix()):
                yield number, f"<{name}> may only be included by {doorway}"


def check_header(path, text):
    if not re.search(r"^#pragma once$", text, re.MULTILINE):
        yield 1, "a header needs #pragma once"
    stage = stage_of(path)
    declares = "namespace " in text  # a header may only gather others
    if stage and declares and f"namespace meridian::{stage}" not in text:
        yield 1, f"a header of src/{stage} declares in namespace meridian::{stage}"


def check_listed(root, path):
    """Sources are named, not globbed: a file that is in no CMakeLists.txt is in no program."""
    folder = (root / path).parent
    while not (folder / "CMakeLists.txt").is_file():
        if folder == root:
            yield 1, "no CMakeLists.txt above this file"
            return
        folder = folder.parent
    name = (root / path).relative_to(folder).as_posix()
    words = re.split(r'[\s()"]+', re.sub(r"#.*", "", (folder / "CMakeLists.txt").read_text(encoding="utf-8")))
    if name not in words:
        yield 1, f"{name} is not named in {(folder / 'CMakeLists.txt').relative_to(root)}"


def check_length(text):
    lines = len(text.splitlines())
    if lines > LONGEST_FILE:
        yield LONGEST_FILE + 1, f"{lines} lines; a file holds one idea and at most {LONGEST_FILE} lines"


def check_file(root, path):
    text = (root / path).read_text(encoding="utf-8")
    yield from check_length(text)
    if path.suffix not in {".cpp", ".hpp"}:
        return
    yield from check_doorways(path, text)
    if path.parts[0] != "src":
        return
    yield from check_stage_includes(root, path, text)
    if path.suffix == ".hpp":
        yield from check_header(path, text)
    else:
        yield from check_listed(root, path)


def breaches(root):
    """All breaches below `root`, as 'file:line: rule', sorted by file."""
    found = []
    for folder in ("src", "tests"):
        for file in sorted((root / folder).rglob("*")):
            if file.is_file() and (file.suffix in CODE or file.name == "CMakeLists.txt"):
                path = file.relative_to(root)
                found += [f"{path.as_posix()}:{line}: {rule}" for line, rule in check_file(root, path)]
    return found


def main():
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2]
    if not (root / "src").is_dir():
        sys.exit(f"{root}: no folder src")
    found = breaches(root)
    print("\n".join(found) if found else "the layout is as docs/architecture.md says")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
