//! Spaces of a note, printed as they are typed: people set columns with them.

/// Columns between the stops of a tab.
const STOP: usize = 4;

/// A line whose spaces stay: the exporters make one space of several, but no-break spaces are kept. The last one of a run
/// stays an ordinary one, where a line may end. Tabs go on to the next stop.
pub fn kept(line: &str) -> String {
    let mut kept = String::with_capacity(line.len());
    let (mut column, mut run) = (0, 0);
    for character in line.trim_end().chars() {
        match character {
            '\t' => {
                let width = STOP - column % STOP;
                (column, run) = (column + width, run + width);
            }
            ' ' | '\u{a0}' if run > 0 || character == ' ' => (column, run) = (column + 1, run + 1),
            _ => {
                put(&mut kept, run);
                kept.push(character);
                (column, run) = (column + 1, 0);
            }
        }
    }
    kept
}

fn put(kept: &mut String, run: usize) {
    let at_start = kept.is_empty();
    kept.extend(std::iter::repeat_n('\u{a0}', if at_start { run } else { run.saturating_sub(1) }));
    kept.extend((run > 0 && !at_start).then_some(' '));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_spaces_and_tabs_keep_their_width() {
        let shown = |line: &str| kept(line).replace('\u{a0}', "_");
        assert_eq!(shown("Mon    10 reps"), "Mon___ 10 reps");
        assert_eq!(shown("Tue\t20 reps"), "Tue 20 reps");
        assert_eq!(shown("Friday\t20 reps"), "Friday_ 20 reps");
        assert_eq!(shown("  - one  "), "__- one");
        assert_eq!(shown("3:30\u{a0}pm, twice"), "3:30_pm, twice");
    }
}
