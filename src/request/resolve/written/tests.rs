use super::*;

fn said(text: &str, order: Option<Order>) -> String {
    match read(text, order, true) {
        Some(Written::At(at)) => at.format("%Y-%m-%dT%H:%M").to_string(),
        Some(Written::Open { day_first, month_first }) => {
            format!("{} or {}", day_first.format("%m-%d"), month_first.format("%m-%d"))
        }
        other => format!("{other:?}"),
    }
}

#[test]
fn what_spreadsheets_write_is_read() {
    for text in [
        "11/24/2026 3:30 PM",
        "11/24/26 3:30 PM",
        "11/24/2026 15:30:00",
        "24/11/2026 15:30",
        "24.11.2026 15:30",
        "2026-11-24 3:30 PM",
        "2026/11/24 15:30",
        "2026-11-24T3:30pm",
        "24-Nov-26 15:30",
        "24 November 2026 at 3:30 p.m.",
        "Nov 24, 2026 3:30 pm",
        "Nov. 24, 2026, 3:30 p.m",
        "Tue, 24 Nov 2026 15:30",
        "mar. 24 nov. 2026 15:30",
        "Tuesday 24/11/2026 15:30",
        "24 nov. 2026 15 h 30",
        "24\u{a0}novembre 2026 15h30",
        "11/24/2026  3:30:00\u{202f}PM",
        "46350.6458333333",
        "46350.64583",
        "46350,64583",
        "46350 15:30",
        "46350 3:30 PM",
        "46350 0.645833333333333",
        "Tues Nov 24th, 2026 3:30pm",
        "24th November 2026 15h30",
        "3:30 PM 11/24/2026",
        "15:30 24/11/2026",
        "2026\u{2011}11\u{2011}24 15:30",
        "2026–11–24 15.30",
        "2026-11-24 3:30 p. m.",
        "martes, 24 de noviembre de 2026, 3:30 p. m.",
        "2026年11月24日（星期二）15:30",
        "۲۰۲۶/۱۱/۲۴ ۱۵:۳۰",
        "２０２６／１１／２４　１５：３０",
    ] {
        assert_eq!(said(text, None), "2026-11-24T15:30", "{text}");
    }
    assert_eq!(said("11/24/2026 12:05 AM", None), "2026-11-24T00:05");
    assert_eq!(said("11/24/2026 12 pm", None), "2026-11-24T12:00");
    assert_eq!(
        said("Mar 10, 2026 3:30 PM", None),
        "2026-03-10T15:30",
        "a month that is also a French Tuesday"
    );
    assert_eq!(said("Mar. 10, 2026 3:30 PM", None), "2026-03-10T15:30");
    assert_eq!(said("mar. 10 mars 2026 15 h 30", None), "2026-03-10T15:30");
    assert_eq!(said("05/05/2026 9:00", None), "2026-05-05T09:00", "either way the same");
}

#[test]
fn a_day_that_may_be_two_is_the_columns_to_say() {
    assert_eq!(said("03/04/2026 9:00", None), "04-03 or 03-04");
    assert_eq!(said("03/04/2026 9:00", Some(Order::DayFirst)), "2026-04-03T09:00");
    assert_eq!(said("03/04/2026 9:00", Some(Order::MonthFirst)), "2026-03-04T09:00");
    assert_eq!(said("Fri 03/04/2026 9:00", None), "2026-04-03T09:00", "the day of the week tells");
    assert_eq!(said("Tue 03/03/2026 9:00", None), "2026-03-03T09:00");
    assert_eq!(order_of("24/11/2026 9:00"), Some(Order::DayFirst));
    assert_eq!(order_of("11/24/2026"), Some(Order::MonthFirst));
    assert_eq!(order_of("11/24/26"), Some(Order::MonthFirst), "no year in front has a month 24");
    assert_eq!(said("10/11/26 9:00", Some(Order::DayFirst)), "2026-11-10T09:00");
    assert_eq!(said("10/11/26 9:00", Some(Order::MonthFirst)), "2026-10-11T09:00");
    assert_eq!(clear("10/11/26 9:00", Order::MonthFirst).as_deref(), Some("2026-10-11T09:00"));
    assert_eq!(clear("11/24/26 9:00", Order::MonthFirst), None, "it is clear");
    for text in ["03/04/2026", "2026-11-24", "46350.64", "x", "24/24/2026", "24/11/26"] {
        assert_eq!(order_of(text), None, "{text}");
    }
}

#[test]
fn what_is_missing_or_wrong_is_told_apart() {
    for text in ["11/24/2026", "24-Nov-26", "46350", "46350.0", "Nov 24, 2026"] {
        assert_eq!(read(text, None, true), Some(Written::NoTime), "{text}");
    }
    for text in [
        "30/02/2026 9:00",
        "24/24/2026 9:00",
        "11/24/2026 25:00",
        "11/24/2026 15:30 PM",
        "Feb 30, 2026 9:00",
        "Mon 24 Nov 2026 15:30",
        "lundi 24/11/2026 15:30",
        "46350 25:00",
        "Sun 03/04/2026 9:00",
    ] {
        assert_eq!(read(text, None, true), Some(Written::NoSuch), "{text}");
    }
    for text in ["24/11/26 15:30", "10/11/26 15:30", "11/24/126 15:30"] {
        assert_eq!(read(text, None, true), Some(Written::ShortYear), "{text}");
    }
    assert_eq!(read("13/13/36 15:30", None, true), Some(Written::NoSuch));
    for text in ["Nov 24 3:30 PM", "24 Nov 15:30", "24/11 15:30"] {
        assert_eq!(read(text, None, true), Some(Written::NoYear), "{text}");
    }
    for text in [
        "",
        "tomorrow",
        "3:30 PM",
        "11/24/2026 15",
        "11-24/2026 15:30",
        "123456.5",
        "46350 x",
        "12345 9:00",
        "1e20",
        "11/24/2026 15:30 x",
    ] {
        assert_eq!(read(text, None, true), None, "{text}");
    }
    assert_eq!(read("46350.64", None, false), None, "a number alone is no time outside of a table");
}
