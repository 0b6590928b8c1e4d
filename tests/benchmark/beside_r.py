"""Linear mixed models of meridian and of R (lme4 + lmerTest) beside each other: CPU seconds and peak memory, the tables of
docs/benchmarks.md.

    cmake --build build/release --target meridian benchmarks
    python3 tests/benchmark/beside_r.py build/release WORK --mfq2 ../shared/data/china_us_llm_alignment [--only NAME,...] [--side ours|R]

WORK gets the synthetic WVS study, the runs, the long tables and measured.json. What stands there is not measured again: a run that was
cut goes on, and after a change of one side only that side's numbers need to be deleted. R's share takes about 20 minutes and 6 GB."""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
from dataclasses import dataclass

PEER = pathlib.Path(__file__).with_name("peer_study.R")
SLOPES = "cosine ~ nation*origin*removed + (nation+1|llm) + (origin+1|participant)"


@dataclass
class Model:
    name: str  # of the row
    study: str  # mfq2, wvs; empty: the crossed table
    analysis: str
    goal: str  # how many times less CPU than R
    repeats: int = 10
    formula: str = ""  # in place of the job's
    share: float = 0  # of the participants from which R's evaluations are counted; 0: R fits the whole table

    def words(self):
        return [f"{self.analysis}.formula={self.formula}"] if self.formula else []


MODELS = [
    Model("MFQ-2 RQ1", "mfq2", "rq1", "5 000", 50), Model("MFQ-2 RQ2", "mfq2", "rq2", "5 000", 50),
    Model("MFQ-2 RQ3", "mfq2", "rq3", "5 000", 50), Model("MFQ-2 supplement 1", "mfq2", "s1", "5 000", 50),
    Model("WVS RQ1", "wvs", "rq1", ""), Model("WVS RQ2", "wvs", "rq2", ""),
    Model("WVS RQ3 (items left out)", "wvs", "rq3", "", share=0.05),
    Model("WVS RQ3 with slopes", "wvs", "rq3", "10 000", formula=SLOPES, share=0.05),
    Model("crossed 3 000 x 1 100", "", "crossed", "5"),
]


def run(words):
    """Standard output, and the largest memory of the process in MB of 1024 kB, as peer_study.R counts them."""
    process = subprocess.Popen([str(word) for word in words], stdout=subprocess.PIPE, text=True)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"failed: {' '.join(map(str, words))}")
    return output, usage.ru_maxrss / 1024


class Bench:
    def __init__(self, build, work, mfq2):
        self.build, self.work = build, work
        self.data = {"mfq2": mfq2, "wvs": work / "data"}
        self.exe = build / "src" / "meridian"
        self.file = work / "measured.json"
        self.measured = json.loads(self.file.read_text()) if self.file.exists() else {}

    def keep(self, side, model, values):
        self.measured.setdefault(side, {})[model.name] = values
        self.file.write_text(json.dumps(self.measured, indent=2) + "\n")
        print(f"{side}: {model.name}: {values}", file=sys.stderr)

    def prepare(self, study):
        if study == "wvs" and not self.data["wvs"].exists():
            run([self.exe, "simulate", "--out", self.data["wvs"], "--surveys", "wvs"])
        if study and not (self.work / study / "run.json").exists():
            run([self.exe, "replicate", "--config", f"jobs/{study}.ini", "--data", self.data[study], "--out", self.work / study,
                 "--threads", 1])

    def tables(self, model):
        return self.work / "tables" / re.sub(r"\W+", "-", model.name)

    def library_call(self, model):
        """CPU of the library call alone; writes the table that R fits."""
        benchmark = self.build / "tests" / "benchmark"
        if not model.study:
            output, _ = run([benchmark / "mixed_benchmark", "crossed", self.tables(model)])
            return {"seconds": float(re.search(r": ([\d.]+) s CPU", output)[1]), "rows": 73000}
        output, _ = run([benchmark / "study_benchmark", f"jobs/{model.study}.ini", self.data[model.study], self.tables(model),
                         model.repeats, model.analysis, *model.words()])
        found = re.search(r"(\d+) rows: statistics +([\d.]+) ms, with fit and df +([\d.]+) ms", output)
        return {"rows": int(found[1]), "statistics": float(found[2]) / 1e3, "seconds": float(found[3]) / 1e3}

    def whole_process(self, model):
        """Memory of meridian fit, reading and writing included."""
        formula = (self.tables(model) / f"{model.analysis}.formula").read_text().strip()
        source = ["--run", self.work / model.study, "--analysis", model.analysis] if model.study else \
            ["--table", self.tables(model) / "crossed.csv"]
        return run([self.exe, "fit", *source, "--formula", formula, "--out", self.work / "fit"])[1]

    def ours(self, model):
        self.prepare(model.study)
        values = self.library_call(model)
        self.keep("ours", model, {**values, "memory": self.whole_process(model)})

    def peer(self, model):
        self.prepare(model.study)
        if not (self.tables(model) / f"{model.analysis}.formula").exists():
            self.library_call(model)
        output, _ = run(["Rscript", PEER, self.tables(model), model.analysis, *(["evaluations", model.share] if model.share else [])])
        found = re.search(r"(?:all|=) ([\d.]+) s.*peak ([\d.]+) MB", output)
        self.keep("R", model, {"seconds": float(found[1]), "memory": float(found[2]), "line": output.strip()})

    def row(self, model):
        ours, peer = (self.measured.get(side, {}).get(model.name) for side in ("ours", "R"))
        if not ours or not peer:
            return f"| {model.name} | not measured on both sides |"
        statistics = f"{1e3 * ours['statistics']:.2f} ms" if "statistics" in ours else ""
        ratio, goal = peer["seconds"] / ours["seconds"], f" ({model.goal})" if model.goal else ""
        return (f"| {model.name} | {ours['rows']} | {statistics} | {1e3 * ours['seconds']:.2f} ms | {peer['seconds']:.2f} s"
                f"{' (evaluations)' if model.share else ''} | {ratio:.0f}{goal} | {ours['memory']:.0f} MB | {peer['memory']:.0f} MB | "
                f"{ours['memory'] / peer['memory']:.3f} |")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("build", type=pathlib.Path)
    options.add_argument("work", type=pathlib.Path)
    options.add_argument("--mfq2", type=pathlib.Path, required=True, help="folder of the public MFQ-2 files")
    options.add_argument("--only", default="", help="names of rows, with commas")
    options.add_argument("--side", choices=["ours", "R"], help="measure one side only")
    given = options.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    bench = Bench(given.build, given.work, given.mfq2)
    wanted = [model for model in MODELS if not given.only or model.name in given.only.split(",")]
    for side, measure in (("ours", bench.ours), ("R", bench.peer)):
        for model in wanted if given.side in (None, side) else []:
            if model.name not in bench.measured.get(side, {}):
                measure(model)
    print("| | rows | statistics | meridian | R | ratio (goal) | memory: meridian fit | R | share |\n" + "|---" * 9 + "|")
    print("\n".join(bench.row(model) for model in wanted))


main()
