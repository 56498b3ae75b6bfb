"""How hard sheets are to read: reading_level.py FOLDER

Reads every .txt file of the folder (`aftercare render --format text`) and prints the hardest. Counted is the body:
no headings, no alternative texts; a line is a sentence. Exit code: 0 all are easy enough, 1 some are not."""

import json
import pathlib
import sys

import textstat

GRADE = 5.0  # Flesch-Kincaid
SMOG = 7.0
APART = 0.5  # of a grade


def body(text):
    for line in text.splitlines():
        line = line.strip()
        if line and not line.startswith(("#", "[")):
            line = line.removeprefix("- ")
            yield line if line.endswith((".", "!", "?", ":")) else line + "."


def measure(path):
    text = "\n".join(body(path.read_text(encoding="utf-8")))
    return textstat.flesch_kincaid_grade(text), textstat.smog_index(text), path


def apart(measured):
    """How far our own figures (a JSON file beside each sheet) are from these."""
    grade, smog, path = measured
    own = json.loads(path.with_suffix(".json").read_text())
    return abs(own["flesch-kincaid"] - grade), abs(own["smog"] - smog)


# Else it rounds the averages to a tenth before it multiplies them, which alone moves a grade by up to 0.6.
textstat.set_rounding(False)


measures = [measure(path) for path in sorted(pathlib.Path(sys.argv[1]).glob("*.txt"))]
assert measures, "no sheets"
for what, limit, column in (("Flesch-Kincaid", GRADE, 0), ("SMOG", SMOG, 1)):
    hardest = max(measures, key=lambda one: one[column])
    print(f"{what}: {len(measures)} sheets, at most {hardest[column]:.2f} ({hardest[2].name}), allowed {limit}")
furthest = [max(column) for column in zip(*map(apart, measures))]
print(f"Our own figures are at most {furthest[0]:.2f} and {furthest[1]:.2f} away, allowed {APART}")
hard = any(grade > GRADE or smog > SMOG for grade, smog, _ in measures)
sys.exit(hard or max(furthest) > APART)
