"""meridian audit: the same bytes at 1, 2 and 3 ranks, with rows in several blocks and faults in some of them; a clean stop."""
import os
import pathlib
import signal

from audit_study import synthetic_study
from command_test import files, main, meridian, same_files
from running_command import Running


def any_ranks(scratch):
    job = synthetic_study(scratch, 60)
    answers = scratch / "data/dilemma_answers.csv"
    lines = answers.read_text().splitlines()
    assert len(lines) > 3 * 4096, "one block per rank at least"
    for line in range(5, len(lines), 1000):
        lines[line] += ",surplus"
    answers.write_text("\n".join(lines) + "\n")
    for ranks in (1, 2, 3):
        meridian("audit", "--config", job, "--data", scratch / "data", "--out", scratch / str(ranks), "--replicates", 101, ranks=ranks)
    tables = [pathlib.Path("tables") / file for file in files(scratch / "1/tables")]
    assert len(tables) > 40, tables
    for ranks in ("2", "3"):
        assert files(scratch / "1/tables") == files(scratch / ranks / "tables"), ranks
        same_files(scratch / "1", scratch / ranks, [*tables, "digest.txt", "findings.json"])


def stopped_within_a_layer(scratch):
    for ranks in (1, 2):
        running = Running("audit", "--config", scratch / "job.ini", "--data", scratch / "data", "--out", scratch / "stopped",
                          "--replicates", 20000, ranks=ranks)
        running.wait_for(lambda: "layer" in running.said())
        running.freeze()
        for rank in running.ranks():
            os.kill(rank, signal.SIGUSR1)
        running.thaw()
        assert running.end() == 75, running.said()
        assert "same command again" in running.said() and not (scratch / "stopped").exists(), running.said()


main(any_ranks, stopped_within_a_layer)
