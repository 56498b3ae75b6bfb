"""Writes expected.csv: what clocks show around every change of 2026 to 2028, by the table of the PyPI package `tzdata`.

    python3 -m venv zones && zones/bin/pip install tzdata
    zones/bin/python tests/time_zones/expected.py

Run it again when the table in the program is renewed (docs/content-format.md), with the package of the same edition."""

import datetime
import pathlib
import zoneinfo

import tzdata

zoneinfo.reset_tzpath(())  # never the machine's own table

ZONES = """
America/Vancouver America/Edmonton America/Inuvik America/Yellowknife America/Winnipeg America/Toronto America/Regina
America/Whitehorse America/Dawson_Creek America/Halifax America/St_Johns America/Iqaluit America/New_York America/Chicago
America/Denver America/Phoenix America/Los_Angeles America/Anchorage America/Havana America/Mexico_City America/Sao_Paulo
America/Santiago America/Asuncion America/Nuuk Atlantic/Azores Europe/London Europe/Dublin Europe/Paris Europe/Chisinau
Africa/Casablanca Africa/El_Aaiun Africa/Cairo Asia/Beirut Asia/Gaza Asia/Jerusalem Asia/Tehran Asia/Kolkata
Asia/Kathmandu Asia/Tokyo Asia/Manila Australia/Sydney Australia/Adelaide Australia/Lord_Howe Pacific/Auckland
Pacific/Chatham Pacific/Apia Pacific/Kiritimati Pacific/Marquesas Antarctica/Troll Etc/UTC
""".split()

UTC = datetime.timezone.utc
START, END = datetime.datetime(2026, 1, 1, tzinfo=UTC), datetime.datetime(2029, 1, 1, tzinfo=UTC)


def clock(zone, at):
    local = at.astimezone(zone)
    return int(local.utcoffset().total_seconds()), local.tzname()


def changes(zone):
    """The last minute of each clock and the first of the next, found by halving each day whose ends differ."""
    day = START
    while day < END:
        low, high = day, day + datetime.timedelta(days=1)
        if clock(zone, low) != clock(zone, high):
            while high - low > datetime.timedelta(minutes=1):
                middle = low + (high - low) // 2
                middle = middle.replace(second=0, microsecond=0)
                low, high = (middle, high) if clock(zone, middle) == clock(zone, low) else (low, middle)
            yield low
            yield high
        day += datetime.timedelta(days=1)


with open(pathlib.Path(__file__).with_name("expected.csv"), "w", newline="\n") as file:
    print(f"# IANA {tzdata.IANA_VERSION}: zone, UTC, seconds ahead of UTC, abbreviation", file=file)
    for name in ZONES:
        zone = zoneinfo.ZoneInfo(name)
        winter = [datetime.datetime(year, month, 15, 12, tzinfo=UTC) for year in (2026, 2027, 2028) for month in (1, 7)]
        for at in sorted({START, *changes(zone), *winter}):
            ahead, letters = clock(zone, at)
            print(f"{name},{at:%Y-%m-%dT%H:%MZ},{ahead},{letters}", file=file)
