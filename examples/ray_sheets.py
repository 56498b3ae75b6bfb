"""Sheets on a Ray cluster: a roster's rows in parts, each part one archive with its manifest and its failed rows.

    python ray_sheets.py roster.csv parts/ [options of `aftercare batch`, such as --clinic DIR or --edition large-print]

Needs `ray[data]` and, on every node, the program `aftercare` in the PATH and the folder of the parts. A part is named by the
hash of its rows: one that is made again, after a worker was lost, has the same name and the same bytes. Patients' words stand
in the parts and in Ray's memory, never in a name, a message or a log; let Ray spill to a disk that may hold them, or to none.
"""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow
import pyarrow.csv
import ray

ROWS_A_PART = int(os.environ.get("ROWS_A_PART", "1000"))


def read(roster):
    """The rows as they are written: a time stays the text that it is, and so does an id with zeros in front."""
    with open(roster, "rb") as file:
        names = pyarrow.csv.open_csv(file).schema.names
    text = {name: pyarrow.string() for name in names}
    return ray.data.read_csv(
        roster,
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(column_types=text, strings_can_be_null=False),
    )


def make(part, folder, options):
    """One run of the program: rows as JSON Lines in, an archive and an account out."""
    rows = [dict(zip(part, cells)) for cells in zip(*part.values())]
    lines = "".join(json.dumps({name: cell for name, cell in row.items() if cell}) + "\n" for row in rows)
    name = f"part-{hashlib.sha256(lines.encode()).hexdigest()[:16]}.zip"
    call = ["aftercare", "batch", "-", "--roster-format", "jsonl", "-o", str(Path(folder) / name)]
    call += ["--jobs", "1", "--faults-ok", "--quiet", "--json", *options]
    run = subprocess.run(call, input=lines.encode(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    if run.returncode != 0:
        # Ray tries the part again.
        raise RuntimeError(f"{name}: aftercare ended with {run.returncode}")
    account = json.loads(run.stdout)
    return {"part": [name], "made": [account["made"]], "failed": [account["failed"]]}


def main(roster, folder, *options):
    Path(folder).mkdir(parents=True, exist_ok=True)
    rows = read(roster).repartition(target_num_rows_per_block=ROWS_A_PART)
    parts = rows.map_batches(
        make, batch_size=None, batch_format="numpy", fn_args=(str(Path(folder).resolve()), options)
    )
    total = {"parts": 0, "made": 0, "failed": 0}
    for part in parts.iter_rows():
        total["parts"] += 1
        total["made"] += int(part["made"])
        total["failed"] += int(part["failed"])
    print(json.dumps(total))


if __name__ == "__main__":
    ray.init(log_to_driver=False, include_dashboard=False)
    # The same rows in the same parts in every run.
    ray.data.DataContext.get_current().execution_options.preserve_order = True
    main(*sys.argv[1:])
