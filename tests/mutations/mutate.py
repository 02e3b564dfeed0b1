#!/usr/bin/env python3
"""Breaks one coefficient, sign or index of a kernel at a time and asks the tests whether they see it.

    tests/mutations/mutate.py FOLDER [--only N,M-K]

Works on a clone of this repository in FOLDER, so that no source here is touched. For each mutation of mutations.txt: edit, build the kernels, run the tests of kernels and solvers,
then, if it survives, all tests that are not slow. What it found is kept in results.csv beside this script, and a mutation that is there is not run again; results.md is the table for
docs/verification.md. Without any mutation the tests have to pass first.
"""
import argparse
import csv
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
KERNEL_TESTS = "Category!=Slow&(" + "|".join(f"FullyQualifiedName~MesoLiMg.Tests.{part}." for part in ("Mechanics", "Lithium", "Composition", "Crystals", "StressDriven", "Surface", "Properties")) + ")"
FAST_HALF = "Category!=Slow"
COLUMNS = ["mutation", "file", "change", "caught by", "test"]
# A mutation can make a solver stall; the tests take a minute or so.
SECONDS = 1200
# A run that ends without the name of a test may have failed for another reason, and counts for nothing.
UNNAMED = "(no test named)"


def read_mutations():
    """Blocks of three lines: file, what stands there (once, or the first time), what is put in its place."""
    blocks = [block.split("\n") for block in (HERE / "mutations.txt").read_text(encoding="utf-8").strip().split("\n\n")]
    return [tuple(line.strip() for line in block) for block in blocks]


def call(folder, *command):
    """Exit code and output of a command; 124 when it takes too long."""
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=SECONDS)
        return done.returncode, done.stdout + done.stderr
    except subprocess.TimeoutExpired:
        return 124, ""


def first_failure(folder, tests):
    """Name of the first test that fails, or '' when all pass."""
    code, output = call(folder, "dotnet", "test", "tests", "-c", "Release", "--no-build", "--filter", tests, "--", "xUnit.StopOnFail=true")
    if code == 0:
        return ""
    if code == 124:
        return "(no end in time)"
    found = re.search(r"^\s+Failed ([^\s(]+)", output, re.MULTILINE)
    return found.group(1).removeprefix("MesoLiMg.Tests.") if found else UNNAMED


def build(folder, project):
    return call(folder, "dotnet", "build", project, "-c", "Release", "-v:q", "-nodeReuse:false")


def put_kernels(folder):
    """The tests load the kernels from beside them; nothing else has to be built for a change inside of a body."""
    name = "MesoLiMg.Kernels.dll"
    shutil.copy(folder / "kernels/bin/Release/net10.0" / name, folder / "tests/bin/Release/net10.0" / name)


def try_mutation(folder, file, old, new):
    path = folder / "kernels" / file
    text = path.read_text(encoding="utf-8")
    if old not in text:
        return "not applicable", "the source has changed"
    try:
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        if build(folder, "kernels")[0] != 0:
            return "compiler", ""
        put_kernels(folder)
        if test := first_failure(folder, KERNEL_TESTS):
            return "unclear" if test == UNNAMED else "kernel tests", test
        if test := first_failure(folder, FAST_HALF):
            return "unclear" if test == UNNAMED else "fast half", test
        return "SURVIVED", ""
    finally:
        path.write_text(text, encoding="utf-8")


def write(results, total):
    with open(HERE / "results.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(results)
    caught = sum(row["caught by"] in ("compiler", "kernel tests", "fast half") for row in results)
    lines = [f"`tests/mutations/mutate.py` breaks one coefficient, sign or index of a kernel, and runs the tests of kernels and solvers until one fails, then all that are not slow. "
             f"Of {total} mutations listed {len(results)} were run, and {caught} of these were caught.", "",
             "| | kernels/ | change | caught by | first test that failed |", "|---:|---|---|---|---|"]
    lines += ["| " + " | ".join([row["mutation"], row["file"], row["change"].replace("|", "\\|"), row["caught by"], row["test"]]) + " |" for row in results]
    (HERE / "results.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def numbers(text):
    for part in text.split(","):
        low, _, high = part.partition("-")
        yield from range(int(low), int(high or low) + 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("folder", type=pathlib.Path, help="folder for the clone; kept for the next call")
    parser.add_argument("--only", help="numbers of mutations, such as 1-8,12")
    arguments = parser.parse_args()
    folder, mutations = arguments.folder.resolve(), read_mutations()
    results = list(csv.DictReader(open(HERE / "results.csv", encoding="utf-8"))) if (HERE / "results.csv").exists() else []
    results = [row for row in results if row["caught by"] != "unclear"]
    done = {row["mutation"] for row in results}
    todo = [i for i in (numbers(arguments.only) if arguments.only else range(1, len(mutations) + 1)) if str(i) not in done]
    if not folder.exists():
        subprocess.run(["git", "clone", "--quiet", str(HERE.parents[1]), str(folder)], check=True)
    code, output = build(folder, "tests")
    if code != 0:
        sys.exit("the clone does not build:\n" + output[-2000:])
    if test := first_failure(folder, KERNEL_TESTS):
        sys.exit(f"{test} fails without any mutation")
    for i in todo:
        file, old, new = mutations[i - 1]
        caught, test = try_mutation(folder, file, old, new)
        results.append(dict(zip(COLUMNS, [str(i), file, f"`{old}` to `{new}`", caught, test])))
        write(sorted(results, key=lambda row: int(row["mutation"])), len(mutations))
        print(i, file, caught, test, flush=True)


if __name__ == "__main__":
    main()
