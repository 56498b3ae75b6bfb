use super::*;

#[test]
fn a_row_with_a_day_and_nothing_else_heads_others() {
    let of = |column| if column == 1 { Holds::Names } else { Holds::Headings };
    let head = |cells: &[(usize, &str)]| day_of(cells, 0, &of);
    let day = |text: &str| Some(Head::Day(text.into()));
    assert_eq!(head(&[(0, "Tuesday")]), day("Tuesday"));
    assert_eq!(head(&[(0, "Monday"), (1, "30 November 2026")]), day("Monday 30 November 2026"));
    assert_eq!(head(&[(0, "1 Dec 2026"), (1, "1 Dec 2026"), (2, "1 Dec 2026")]), day("1 Dec 2026"));
    assert_eq!(head(&[(0, "1 Dec: Ann")]), Some(Head::Unclear));
    for row in [&[(1, "Domingo")][..], &[(0, "2026-12-01"), (1, "Ann")], &[(0, "9:00")], &[]] {
        assert_eq!(head(row), None, "{row:?}");
    }
}

#[test]
fn a_day_in_a_patients_own_column_is_no_heading() {
    let paths = ["id", "patient", "regions", "session.at", "plan.next_visit", "plan.note", THERAPIST];
    let of = |column: usize| Holds::of(paths.get(column).copied());
    let head = |column, text| day_of(&[(column, text)], 0, &of);
    for text in ["2026-12-08", "Tuesday 8 December", "May be 2 sessions"] {
        for column in [4, 5, 6] {
            assert_eq!(head(column, text), None, "{text}");
        }
        // There it is no value either: the row stays one, and nobody takes another day for those below it.
        assert_eq!((head(1, text), head(2, text)), (Some(Head::Unclear), Some(Head::Unclear)));
    }
    for column in [0, 3, 7] {
        assert_eq!(head(column, "2026-12-08"), Some(Head::Day("2026-12-08".into())));
    }
    assert_eq!(head(2, "Room 12/1"), None);
    assert_eq!(day_of(&[(3, "Monday"), (4, "7 Dec 2026")], 0, &of), Some(Head::Unclear));
    assert_eq!(Holds::of(["session.at", "plan.note"]), Holds::Words);
}

#[test]
fn a_time_or_a_therapist_alone_heads_others() {
    let keys = Keys::default().treated_by(["Ann Lee"]);
    let of =
        |column| [Holds::Names, Holds::Sessions, Holds::Therapists, Holds::Values, Holds::Headings][column];
    let head = |cells: &[(usize, &str)]| head_of(cells, 0, &keys, of);
    assert_eq!(head(&[(0, "9:00 AM")]), Some(Head::Time("9:00 AM".into())));
    assert_eq!(head(&[(1, "0.375")]), Some(Head::Time("0.375".into())));
    let therapist = |text: &str| Some(Head::Therapist(text.into()));
    // Among patients' names a name alone may be a patient's: its row stays one, and nobody treated those below it.
    assert_eq!(head(&[(0, "Dr. Ann Lee")]), Some(Head::Words));
    assert_eq!(head(&[(0, "Therapist: Dr. Ann Lee")]), therapist("Dr. Ann Lee"));
    assert_eq!(head(&[(2, "Lee, Ann")]), therapist("Lee, Ann"));
    assert_eq!(head(&[(0, "Ann Lee"), (4, "3")]), Some(Head::Words));
    assert_eq!(head(&[(0, "Therapist:"), (1, "Ann Lee")]), therapist("Ann Lee"));
    assert_eq!(head(&[(0, "Relief")]), Some(Head::Words));
    assert_eq!(head(&[(0, "Ann Lee"), (4, "Room 2")]), Some(Head::Words));
    for row in [&[(0, "Ann Lee"), (3, "neck")][..], &[(0, "Ann Lee"), (1, "9:00")]] {
        assert_eq!(head(row), None, "a patient's row: {row:?}");
    }
    for row in [&[(3, "Ann Lee")][..], &[(0, "Zoe"), (3, "neck")], &[(0, "930")]] {
        assert_eq!(head(row), None, "{row:?}");
    }
}

#[test]
fn who_says_a_time_or_a_therapist_ends_what_stands_above() {
    let mut above = Headings::default();
    above.take(Head::Therapist("Ann".into()), "line", 2);
    above.take(Head::Day("Monday".into()), "line", 3);
    above.take(Head::Time("9:00".into()), "line", 4);
    assert_eq!((above.of(SESSION).is_some(), above.of(THERAPIST).is_some()), (true, true));
    above.pass(|path| path == SESSION);
    assert_eq!((above.of(SESSION), above.of(THERAPIST).is_some()), (None, true));
    above.take(Head::Day("Tuesday".into()), "line", 7);
    assert!(above.of(THERAPIST).is_some(), "a therapist with several days");
    above.take(Head::Therapist("Bo".into()), "line", 9);
    let day = above.day.clone().expect("none that is known");
    assert!(day.told().contains("line 9 names another therapist") && day.words() == "see line 9:");
    let mut above = Headings::default();
    above.take(Head::Day("Monday".into()), "line", 2);
    above.take(Head::Therapist("Ann".into()), "line", 3);
    above.take(Head::Day("Tuesday".into()), "line", 7);
    assert_eq!(
        (above.of(THERAPIST), above.day.as_ref().map(|day| day.words())),
        (None, Some("Tuesday".to_owned()))
    );
}
