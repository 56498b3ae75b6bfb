"""Asks the PDF/UA-1 and PDF/A-2a checkers of the Python index: check_pdf.py FILE...

Prints a line a finding. Exit code: 0 nothing found, 1 something found, 3 a checker is not installed
(pip install page-validation outloud)."""

import sys

try:
    import outloud
    import page
except ImportError as missing:
    print(missing)
    sys.exit(3)

# The second glyph of a letter says nothing: its letter's text (ActualText) stands on both. A script with such letters has many.
BY_DESIGN = "all map to U+2060"
PROFILES = {"PDF/UA-1": page.ValidationProfile.PDF_UA_1, "PDF/A-2a": page.ValidationProfile.PDF_A_2A}


def findings(path):
    for name, profile in PROFILES.items():
        for failure in page.validate_pdf(path, profile=profile).failures:
            yield f"page-validation {name}: {failure.rule_id} {failure.message}"
    for finding in outloud.check(path).findings:
        if finding.severity in ("error", "warning") and BY_DESIGN not in finding.message:
            yield f"outloud {finding.severity}: {finding.rule} {finding.message}"


found = [f"{path}: {finding}" for path in sys.argv[1:] for finding in findings(path)]
print("\n".join(found))
sys.exit(1 if found else 0)
