"""Hand-made broken files: each must give exit code 2, exactly one error line that names the culprit, and no results."""
import pathlib
import shutil

from command_test import every, main, meridian, refused

MFQ2_PEOPLE, MFQ2_MODELS = "Data/MFQ2/human_mfq_responses.csv", "Data/MFQ2/llm_mfq_responses.csv"
MFQ2_TRIALS = "Data/MFQ2/llm_mfq_trials.csv"
WVS_PEOPLE = "Data/WVS/human_wvs_responses.csv"


def line(text, number, change):
    """`text` with its line `number` (1 is the header) changed."""
    lines = text.split(b"\n")
    lines[number - 1] = change(lines[number - 1])
    return b"\n".join(lines)


def field(index, value, separator=b","):
    def change(record):
        fields = record.split(separator)
        fields[index] = value
        return separator.join(fields)
    return change


def drop_column(index, separator=b","):
    return lambda text: b"\n".join(separator.join(f for i, f in enumerate(r.split(separator)) if i != index)
                                   for r in text.split(b"\n"))


def repeat_line(number):
    return lambda text: b"\n".join(text.split(b"\n")[:number] + text.split(b"\n")[number - 1:])


# name, job, file, how it is broken, what the message must say besides the file's name
CASES = [
    ("empty people file", "mfq2-rq1", MFQ2_PEOPLE, lambda t: b"", ["empty"]),
    ("header only", "mfq2-rq1", MFQ2_PEOPLE, lambda t: t.split(b"\n")[0] + b"\n", []),
    ("binary junk", "mfq2-rq1", MFQ2_PEOPLE, lambda t: bytes(range(256)) * 40, []),
    ("truncated line", "mfq2-rq1", MFQ2_PEOPLE, lambda t: line(t, 5, lambda r: b",".join(r.split(b",")[:2])), [":5"]),
    ("too many fields", "mfq2-rq1", MFQ2_PEOPLE, lambda t: line(t, 7, lambda r: r + b",more"), [":7"]),
    ("missing column", "mfq2-rq1", MFQ2_PEOPLE, drop_column(1), ["Response"]),
    ("duplicate column", "mfq2-rq1", MFQ2_PEOPLE, lambda t: line(t, 1, lambda r: r.replace(b"Dimension", b"Group")), ["Group"]),
    ("letters in a number", "mfq2-rq1", MFQ2_PEOPLE, lambda t: line(t, 9, field(1, b"four")), [":9", "four"]),
    ("a fraction as an answer", "mfq2-rq1", MFQ2_PEOPLE, lambda t: line(t, 9, field(1, b"3.5")), [":9", "3.5"]),
    ("an answer off the scale", "mfq2-rq1", MFQ2_PEOPLE, lambda t: line(t, 9, field(1, b"6")), [":9", "6"]),
    ("an unknown item", "mfq2-rq1", MFQ2_PEOPLE, lambda t: line(t, 4, field(0, b"37")), [":4", "37"]),
    ("a respondent's item twice", "mfq2-rq1", MFQ2_PEOPLE, repeat_line(6), [":7"]),
    ("invalid UTF-8", "mfq2-rq1", MFQ2_PEOPLE, lambda t: line(t, 8, field(3, b"\xff\xfe")), [":8", "UTF-8"]),
    ("a line of 10 MB", "mfq2-rq1", MFQ2_PEOPLE, lambda t: line(t, 8, lambda r: r + b"x" * 10_000_000), [":8"]),
    ("an unclosed quote", "mfq2-rq1", MFQ2_PEOPLE, lambda t: line(t, 8, lambda r: b'"' + r), [":8", "quote"]),
    ("UTF-16", "mfq2-rq1", MFQ2_PEOPLE, lambda t: t.decode().encode("utf-16"), []),
    ("an empty participant", "mfq2-rq1", MFQ2_PEOPLE, lambda t: line(t, 6, field(2, b"")), [":6"]),
    ("an empty group", "mfq2-rq1", MFQ2_PEOPLE, lambda t: line(t, 6, field(3, b"")), [":6"]),
    ("the wrong separator", "mfq2-rq1", MFQ2_PEOPLE, lambda t: t.replace(b",", b"|"), ["Item"]),
    ("one nation only", "mfq2-rq1", MFQ2_PEOPLE,
     lambda t: b"\n".join(r for r in t.split(b"\n") if b"USA" not in r), []),
    ("an unknown model", "mfq2-rq1", MFQ2_MODELS, lambda t: line(t, 3, field(1, b"gpt-99")), [":3", "gpt-99"]),
    ("a model's cell twice", "mfq2-rq1", MFQ2_MODELS, repeat_line(4), [":5"]),
    ("a mean that is no number", "mfq2-rq1", MFQ2_MODELS, lambda t: line(t, 4, field(12, b"often")), [":4", "often"]),
    ("a mean off the scale", "mfq2-rq1", MFQ2_MODELS, lambda t: line(t, 4, field(12, b"7.5")), [":4", "7.5"]),
    ("a model file without means", "mfq2-rq1", MFQ2_MODELS, lambda t: t.replace(b"llm_response", b"llm_reply", 1), []),
    ("an unknown item of a model", "mfq2-rq1", MFQ2_MODELS, lambda t: line(t, 4, field(4, b"99")), [":4", "99"]),
    ("a trial's iteration twice", "trials", MFQ2_TRIALS, repeat_line(4), [":5"]),
    ("an iteration that is no number", "trials", MFQ2_TRIALS, lambda t: line(t, 4, field(5, b"first")), [":4", "first"]),
    ("no country column", "wvs", WVS_PEOPLE, lambda t: t.replace(b"B_COUNTRY_ALPHA", b"COUNTRY", 1), ["B_COUNTRY_ALPHA"]),
    ("an item's column missing", "wvs", WVS_PEOPLE, lambda t: t.replace(b"Q180", b"X180", 1), ["Q180"]),
    ("letters in a WVS answer", "wvs", WVS_PEOPLE, lambda t: line(t, 3, lambda r: field(column(t, b"Q177"), b"never", b";")(r)),
     [":3", "never"]),
    ("a WVS answer off the scale", "wvs", WVS_PEOPLE, lambda t: line(t, 3, lambda r: field(column(t, b"Q178"), b"11", b";")(r)),
     [":3", "11"]),
    ("a WVS line cut short", "wvs", WVS_PEOPLE, lambda t: line(t, 3, lambda r: r[: len(r) // 2]), [":3"]),
    ("a respondent twice", "wvs", WVS_PEOPLE, repeat_line(3), [":4"]),
]


def column(text, name):
    header = text.split(b"\n")[0].lstrip(b"\xef\xbb\xbf").rstrip(b"\r").split(b";")
    return next(i for i, title in enumerate(header) if title.strip(b'"').split(b":")[0] == name)


def options(job):
    if job == "trials":
        return ["--config", "jobs/mfq2-rq1.ini", "--set", f"models.models={MFQ2_TRIALS}"]
    return ["--config", f"jobs/{job}.ini"]


JOB = ["--config", "jobs/mfq2-rq1.ini"]
SETTINGS = [
    ("no such job", ["--config", "no-such.ini"], ["no-such.ini"]),
    ("no such setting", [*JOB, "--set", "rq1.colour=red"], ["colour"]),
    ("a people file that is not there", [*JOB, "--set", "people.file=none.csv"], ["none.csv"]),
    ("a folder instead of a file", [*JOB, "--set", "people.file=Data"], ["Data"]),
    ("a formula that cannot be read", [*JOB, "--set", "rq1.formula=cosine ~ nation +* origin"], ["*"]),
    ("a person crossed with a model", [*JOB, "--set", "rq1.formula=cosine ~ nation + (1|llm:participant)"],
     ["participant"]),
    ("a transformed cosine", [*JOB, "--set", "rq1.formula=log(cosine) ~ nation + (1|llm)"],
     ["log(cosine)"]),
    ("a formula with an unknown variable", [*JOB, "--set", "rq1.formula=cosine ~ colour + (1|llm)"],
     ["colour"]),
    ("a test of languages where there is one", [*JOB, "--set", "rq1.permute=language"], ["rq1", "language", "several languages"]),
    ("a test of personas where there is one", [*JOB, "--set", "rq1.permute=persona"], ["rq1", "several personas"]),
    ("items drawn that are not left out", [*JOB, "--set", "rq1.bootstrap=items"], ["rq1", "removed"]),
    ("refusals of something unknown", ["--config", "jobs/mfq2.ini", "--set", "refusals.formula=refused ~ nation + (1|llm)"],
     ["refusals", "nation", "dimension"]),
]


def a_study(scratch):
    meridian("simulate", "--out", scratch / "whole", "--people-china", 40, "--people-usa", 41)


def broken_files(scratch):
    folder = scratch / "broken"

    def case(_, job, file, breaking, texts):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(scratch / "whole", folder)
        (folder / file).write_bytes(breaking((folder / file).read_bytes()))
        refused(["replicate", *options(job), "--data", folder, "--out", folder / "run"], pathlib.Path(file).name, *texts)

    every(case, CASES)


def broken_settings(scratch):
    whole = scratch / "whole"
    every(lambda _, words, texts: refused(["replicate", *words, "--data", whole, "--out", whole / "run"], *texts), SETTINGS)


def a_refused_fresh_start_keeps_the_run(scratch):
    words = ["replicate", *JOB, "--data", scratch / "whole", "--out", scratch / "kept"]
    meridian(*words)
    refused([*words, "--fresh", "--set", "people.file=none.csv"], "none.csv")
    meridian(*words, "--fresh", "--set", "similarity.block=64")


main(a_study, broken_files, broken_settings, a_refused_fresh_start_keeps_the_run)
