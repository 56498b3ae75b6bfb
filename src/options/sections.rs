//! Section ids that the program knows by itself.

/// Sections that the program fills, so that no file may; a request can leave them out.
pub const FILLED: [&str; 6] = [FAQ, SHOWS_EXERCISES, STEPS, NOTE, NEXT_VISIT, CONTACT];

/// An ordered way back, with what must be true before each next step: it never goes.
pub const STEPS: &str = "steps";

/// The one of them that stands at the top of the sheet.
pub const NEXT_VISIT: &str = "next-visit";

/// The one of them that says how to reach the clinic.
pub const CONTACT: &str = "contact";

/// The one of them that holds questions and answers.
pub const FAQ: &str = "faq";

/// The one of them that holds what the therapist wrote to this patient.
pub const NOTE: &str = "note";

/// The one of them that shows exercises.
pub const SHOWS_EXERCISES: &str = "exercises";

/// Its text stands beside the quick answer, the biggest thing on page 1.
pub const QUICK_ANSWER: &str = "quick-answer";

/// Its text closes the call tier: it belongs to the warnings and never goes.
pub const WHEN_TO_CALL: &str = "when-to-call";

/// What always prints as a warning, by every name that somebody might try.
pub const LOCKED: [&str; 6] = ["safety", WHEN_TO_CALL, "emergency", "same-day", "call", "warnings"];
