"""The same digest and the same bytes for any ranks x threads, after kill -9, after a clean stop, and after a damaged block
was repaired. Runs the executable as users do, on synthetic answers."""
import os
import signal

from command_test import files, main, meridian, refused, same_files
from running_command import Running, kill_in_the_middle


def replicate(data, out, *more, threads=1):
    return ["replicate", "--config", "jobs/mfq2-rq1.ini", "--data", data, "--out", out, "--threads", threads, *more]


def in_small_blocks(scratch, out, threads=1):
    return replicate(scratch / "large", out, "--set", "similarity.block=16", threads=threads)


def same_results(first, second):
    """The digest, and every file that it covers."""
    covered = [file for file in files(first) if file.parts[0] in ("similarity", "models", "tables")]
    assert covered == [file for file in files(second) if file.parts[0] in ("similarity", "models", "tables")], (first, second)
    same_files(first, second, ["digest.txt", *covered])


def any_ranks_and_threads(scratch):
    meridian("simulate", "--out", scratch / "data", "--surveys", "mfq2")
    meridian(*replicate(scratch / "data", scratch / "base"))
    for ranks in (1, 2, 3, 5):
        for threads in (1, 2):
            out = scratch / f"ranks-{ranks}-threads-{threads}"
            meridian(*replicate(scratch / "data", out, threads=threads), ranks=ranks)
            same_results(scratch / "base", out)


def more_ranks_than_blocks(scratch):
    for out, ranks in (("many", 5), ("few", 1)):
        meridian(*replicate(scratch / "data", scratch / out, "--set", "similarity.block=1024"), ranks=ranks)
    same_results(scratch / "few", scratch / "many")


def killed_and_resumed(scratch):
    meridian("simulate", "--out", scratch / "large", "--surveys", "mfq2", "--people-china", 3001, "--people-usa", 2999)
    meridian(*in_small_blocks(scratch, scratch / "whole"))
    blocks = len(files(scratch / "whole", "block-*.h5"))
    for first, second in ((3, 2), (1, 5), (2, 1)):
        out = scratch / f"killed-{first}"
        kill_in_the_middle(in_small_blocks(scratch, out), out, "similarity/block-*.h5", after=5, of=blocks, ranks=first)
        meridian(*in_small_blocks(scratch, out), ranks=second)
        same_results(scratch / "whole", out)


def stopped_and_resumed(scratch):
    """USR1 is on its way while the run is frozen, so that it always comes in the middle."""
    out = scratch / "stopped"
    running = Running(*in_small_blocks(scratch, out))
    running.wait_for(lambda: len(files(out, "block-*.h5")) >= 5)
    running.freeze()
    running.process.send_signal(signal.SIGUSR1)
    running.thaw()
    assert running.end() == 75 and not (out / "run.json").exists(), running.said()
    meridian(*in_small_blocks(scratch, out, threads=2), ranks=2)
    same_results(scratch / "whole", out)


def stopped_among_the_analyses(scratch):
    """The first rank works alone then; nothing is written before all is there."""
    for ranks in (1, 2):
        out = scratch / f"analyses-{ranks}"
        running = Running(*in_small_blocks(scratch, out), ranks=ranks)
        running.wait_for((out / "similarity/all.h5").exists)
        running.freeze()
        for rank in running.ranks():
            os.kill(rank, signal.SIGUSR1)
        running.thaw()
        assert running.end() == 75 and not (out / "models").exists(), running.said()
        meridian(*in_small_blocks(scratch, out))
        same_results(scratch / "whole", out)


def a_changed_option_is_named_with_both_values(scratch):
    refused(replicate(scratch / "data", scratch / "base", "--set", "similarity.block=64"), "512", "64")


def a_damaged_block_is_named_and_repaired(scratch):
    base = scratch / "base"
    block = base / "similarity/block-000001.h5"
    content = bytearray(block.read_bytes())
    content[len(content) // 2] ^= 1
    block.write_bytes(content)
    (base / "run.json").unlink()
    refused(replicate(scratch / "data", base), block.name, "--repair", untouched=False)
    meridian(*replicate(scratch / "data", base, "--repair"), ranks=2)
    same_results(scratch / "ranks-1-threads-1", base)


main(any_ranks_and_threads, more_ranks_than_blocks, killed_and_resumed, stopped_and_resumed, stopped_among_the_analyses,
     a_changed_option_is_named_with_both_values, a_damaged_block_is_named_and_repaired)
