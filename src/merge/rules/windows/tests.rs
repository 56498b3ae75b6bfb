use super::*;
use crate::options::chosen::Answer;
use proptest::prelude::*;

fn zone(name: &str) -> Zone {
    Zone::named(name).unwrap()
}

fn session(utc: &str) -> Session {
    Session::new(utc.parse().unwrap(), zone("America/Toronto")).unwrap()
}

fn wall(session: &Session, hours: u32) -> String {
    let at = session.after(hours);
    at.format("%a %d %b %Y %H:%M ").to_string() + &at.timezone().abbreviation(at.to_utc())
}

#[test]
fn a_day_is_the_same_wall_time_when_no_clock_changes() {
    let session = session("2026-11-24T20:30:00Z");
    assert_eq!(wall(&session, 0), "Tue 24 Nov 2026 15:30 EST");
    assert_eq!(wall(&session, 48), "Thu 26 Nov 2026 15:30 EST");
}

#[test]
fn in_spring_a_day_later_is_an_hour_later_on_the_wall() {
    let session = session("2026-03-07T20:30:00Z");
    assert_eq!(wall(&session, 0), "Sat 07 Mar 2026 15:30 EST");
    assert_eq!(wall(&session, 24), "Sun 08 Mar 2026 16:30 EDT");
}

#[test]
fn no_sheet_prints_a_time_that_spring_skips() {
    let session = session("2026-03-07T07:30:00Z");
    assert_eq!(wall(&session, 24), "Sun 08 Mar 2026 03:30 EDT");
}

#[test]
fn in_autumn_a_day_later_is_an_hour_earlier_on_the_wall() {
    let session = session("2026-10-31T19:30:00Z");
    assert_eq!(wall(&session, 24), "Sun 01 Nov 2026 14:30 EST");
    assert_eq!(wall(&session, 72), "Tue 03 Nov 2026 14:30 EST");
}

#[test]
fn both_readings_of_the_doubled_hour_are_told_apart() {
    assert_eq!(wall(&session("2026-10-31T05:30:00Z"), 24), "Sun 01 Nov 2026 01:30 EDT");
    assert_eq!(wall(&session("2026-10-31T06:30:00Z"), 24), "Sun 01 Nov 2026 01:30 EST");
}

#[test]
fn years_end_and_leap_days_come() {
    assert_eq!(wall(&session("2026-12-30T20:30:00Z"), 48), "Fri 01 Jan 2027 15:30 EST");
    assert_eq!(wall(&session("2028-02-27T20:30:00Z"), 48), "Tue 29 Feb 2028 15:30 EST");
    assert_eq!(wall(&session("2027-02-27T20:30:00Z"), 48), "Mon 01 Mar 2027 15:30 EST");
}

#[test]
fn a_year_that_no_sheet_can_print_is_refused() {
    assert!(
        Session::new(Utc.with_ymd_and_hms(9999, 12, 31, 0, 0, 0).unwrap(), zone("America/Toronto")).is_err()
    );
}

#[test]
fn when_to_call_is_said_to_the_quarter_hour_and_never_later() {
    let window = |to: u32| Elapsed {
        from: 0,
        to,
        usual: (0, to),
        open_ended: false,
        within: false,
        waking: None,
        awaited: None,
    };
    let call = |start: &str, hours: u32| {
        let session = session(start);
        assert_eq!(session.hours_to(&window(hours)), hours, "the bar ends where it did");
        session.end(&window(hours)).at.format("%a %H:%M").to_string()
    };
    // 6:49 pm in Toronto.
    assert_eq!(call("2026-11-24T23:49:00Z", 72), "Fri 18:45");
    assert_eq!(call("2026-11-24T23:45:00Z", 72), "Fri 18:45");
    // At night too, and over a change of clocks.
    assert_eq!(call("2026-11-24T08:14:59Z", 72), "Fri 03:00");
    assert_eq!(call("2026-10-31T05:31:00Z", 24), "Sun 01:30");
    assert_eq!(call("2026-11-24T23:49:00Z", 0), "Tue 18:49");
}

#[test]
fn a_limit_that_would_end_in_the_night_ends_with_the_next_morning() {
    let waking = Some(Waking { from: 7, to: 21, morning: 8 });
    let end = |start: &str, hours: u32| {
        let window = Elapsed {
            from: 0,
            to: hours,
            usual: (0, hours),
            open_ended: false,
            within: false,
            waking,
            awaited: None,
        };
        let session = session(start);
        let end = session.end(&window).at;
        assert!(session.after(hours) <= end, "never earlier");
        assert!(session.hours_to(&window) >= hours);
        end.format("%a %H:%M").to_string()
    };
    assert_eq!(end("2026-11-28T20:30:00Z", 36), "Mon 08:00", "from 3:30 am");
    assert_eq!(end("2026-11-28T20:30:00Z", 24), "Sun 15:30");
    assert_eq!(end("2026-11-28T20:31:00Z", 24), "Sun 15:45", "to the quarter of an hour");
    assert_eq!(end("2026-11-29T02:00:00Z", 24), "Sun 21:00");
    assert_eq!(end("2026-11-29T02:01:00Z", 24), "Mon 08:00");
    assert_eq!(end("2026-11-29T03:00:00Z", 48), "Tue 08:00", "from 10 pm");
    assert_eq!(end("2026-11-28T12:00:00Z", 24), "Sun 07:00");
    assert_eq!(end("2026-11-28T11:44:00Z", 24), "Sun 08:00", "from 6:45 am");
    // The clocks go forward in the night between.
    assert_eq!(end("2026-03-07T07:30:00Z", 24), "Sun 08:00");
}

#[test]
fn what_waits_for_a_limit_ends_no_earlier_as_it_is_printed() {
    let waking = Some(Waking { from: 7, to: 21, morning: 8 });
    let window = |to: u32, waking, awaited| Elapsed {
        from: 0,
        to,
        usual: (0, to),
        open_ended: false,
        within: false,
        waking,
        awaited,
    };
    // 20 hours lead into the night and end at 8 am; 24 lead to 7:30 am, when people are awake.
    let session = session("2026-11-24T12:30:00Z");
    let rest = window(20, waking, None);
    assert_eq!(session.end(&rest).at.format("%a %H:%M").to_string(), "Wed 08:00");
    for own in [waking, None] {
        let hard = window(24, own, Some((20, waking)));
        assert_eq!(session.end(&hard), session.end(&rest));
    }
}

fn library() -> Library {
    crate::content::load(&crate::content::files::Embedded).expect("the built-in clinic").value.first
}

/// What was chosen by intensity, and what a therapist set.
fn windows(hours: Option<u32>, intensity: Option<&str>) -> Windows {
    let mut chosen = Chosen::default();
    if let Some(intensity) = intensity {
        chosen.set("intensity".into(), Answer::Names(vec![intensity.into()]));
    }
    if let Some(hours) = hours {
        chosen.set("rest_hours".into(), Answer::Hours(hours));
    }
    Windows::of_session(&library(), &chosen)
}

#[test]
fn a_window_follows_the_therapist_then_what_was_chosen() {
    let rest = |hours, intensity| {
        let windows = windows(hours, intensity);
        let rest = windows.get("rest").expect("a window");
        (rest.from, rest.to, rest.usual)
    };
    assert_eq!(rest(None, Some("light")), (24, 24, (24, 48)));
    assert_eq!(rest(None, Some("moderate")), (24, 36, (24, 48)));
    assert_eq!(rest(None, Some("intense")), (24, 48, (24, 48)));
    assert_eq!(rest(Some(12), Some("intense")), (12, 12, (12, 12)));
    assert_eq!(rest(Some(72), None), (24, 72, (72, 72)));
    assert_eq!(rest(None, None), (24, 48, (24, 48)));
}

/// "At least" of what a choice makes longer is true of everybody in public text, and of this patient on a sheet.
#[test]
fn at_least_is_the_least_that_anybody_is_told() {
    let mut library = library();
    library.protocol.windows.get_mut("rest").expect("a window").open_ended = true;
    let general = Windows::general(&library.protocol);
    assert_eq!(general.get("rest").map(Elapsed::span), Some(Span::AtLeast(24)));
    let mut chosen = Chosen::default();
    chosen.set("intensity".into(), Answer::Names(vec!["moderate".into()]));
    let own = Windows::of_session(&library, &chosen);
    assert_eq!(own.get("rest").map(Elapsed::span), Some(Span::AtLeast(36)));
}

#[test]
fn a_window_that_waits_for_another_ends_no_earlier() {
    for hours in 12..=72 {
        let windows = windows(Some(hours), None);
        let hard = windows.get("hard_exercise").expect("a window");
        assert_eq!(hard.to, hours.max(24));
        assert!(hard.from >= hours.max(24));
    }
}

proptest! {
    #[test]
    fn the_wait_is_the_hours_whatever_the_clocks_do(
        minutes in 0i64..(366 * 2 * 24 * 60),
        hours in 0u32..=96,
        name in prop::sample::select(vec!["America/Toronto", "Australia/Lord_Howe", "Asia/Kathmandu"]),
    ) {
        let start = Utc.with_ymd_and_hms(2027, 1, 1, 0, 0, 0).unwrap() + TimeDelta::minutes(minutes);
        let session = Session::new(start, zone(name)).unwrap();
        let end = session.after(hours);
        prop_assert_eq!(end.with_timezone(&Utc) - start, TimeDelta::hours(i64::from(hours)));
        // What is printed is a time that the clock on the wall shows, and this very instant among its readings.
        let readings = zone(name).from_local_datetime(&end.naive_local());
        prop_assert!(readings.earliest() == Some(end) || readings.latest() == Some(end));
    }
}
