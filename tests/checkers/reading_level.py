"""How hard sheets are to read: reading_level.py FOLDER

Reads every .txt file of the folder (`aftercare render --format text`) and prints the hardest. Counted is the body:
no headings, no alternative texts; a line is a sentence. Exit code: 0 all are easy enough, 1 some are not."""

import pathlib
import sys

import textstat

GRADE = 5.0  # Flesch-Kincaid
SMOG = 7.0


def body(text):
    for line in text.splitlines():
        line = line.strip()
        if line and not line.startswith(("#", "[")):
            line = line.removeprefix("- ")
            yield line if line.endswith((".", "!", "?", ":")) else line + "."


def measure(path):
    text = "\n".join(body(path.read_text(encoding="utf-8")))
    return textstat.flesch_kincaid_grade(text), textstat.smog_index(text), path.name


measures = [measure(path) for path in sorted(pathlib.Path(sys.argv[1]).glob("*.txt"))]
assert measures, "no sheets"
for what, limit, column in (("Flesch-Kincaid", GRADE, 0), ("SMOG", SMOG, 1)):
    hardest = max(measures, key=lambda one: one[column])
    print(f"{what}: {len(measures)} sheets, at most {hardest[column]:.2f} ({hardest[2]}), allowed {limit}")
sys.exit(any(grade > GRADE or smog > SMOG for grade, smog, _ in measures))
