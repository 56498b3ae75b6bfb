//! The names of the fields that say how often and how long an exercise is done: `times-an-exercise`.

pub const TIMES: &str = "times";
pub const HOLD: &str = "hold";

pub fn field(part: &str, exercise: &str) -> String {
    format!("{part}-{exercise}")
}

/// The exercise that a field is about.
pub fn exercise_of(field: &str) -> Option<&str> {
    [TIMES, HOLD].into_iter().find_map(|part| field.strip_prefix(part)?.strip_prefix('-'))
}

/// An exercise as a request names it: with what the fields say.
pub fn with_dose<'t>(field_says: impl Fn(&str) -> &'t str, exercise: &str) -> String {
    let [times, hold] = [TIMES, HOLD].map(|part| field_says(&field(part, exercise)).trim());
    match (times, hold) {
        ("", "") => exercise.to_owned(),
        (times, "") => format!("{exercise}:{times}"),
        (times, hold) => format!("{exercise}:{times}x{hold}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_stands_behind_the_exercise() {
        let written = |filled: &[(&'static str, &'static str)]| {
            let says =
                |field: &str| filled.iter().find(|(name, _)| *name == field).map_or("", |(_, value)| *value);
            with_dose(says, "wall-slide")
        };
        assert_eq!(written(&[("times-chin-tuck", "8")]), "wall-slide");
        assert_eq!(written(&[("times-wall-slide", "8")]), "wall-slide:8");
        assert_eq!(written(&[("times-wall-slide", "2"), ("hold-wall-slide", "30")]), "wall-slide:2x30");
        assert_eq!(written(&[("hold-wall-slide", "30")]), "wall-slide:x30");
        assert_eq!(exercise_of("hold-wall-slide"), Some("wall-slide"));
        assert_eq!(exercise_of("holding"), None);
    }
}
