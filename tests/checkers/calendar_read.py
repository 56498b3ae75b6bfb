"""Reads an iCalendar file with a library that shares nothing with the program, and prints what it says as JSON."""

import json
import sys
from datetime import timezone

from icalendar import Calendar

with open(sys.argv[1], "rb") as file:
    calendar = Calendar.from_ical(file.read())
faults = [str(error) for part in calendar.walk() for error in getattr(part, "errors", [])]
events = [
    {
        "uid": str(event["uid"]),
        "at": event.decoded("dtstart").astimezone(timezone.utc).strftime("%FT%H:%MZ"),
        "stamp": event.decoded("dtstamp").astimezone(timezone.utc).strftime("%FT%H:%MZ"),
        "title": str(event["summary"]),
        "text": str(event["description"]),
    }
    for event in calendar.walk("VEVENT")
]
json.dump({"faults": faults, "events": events}, sys.stdout, ensure_ascii=False)
