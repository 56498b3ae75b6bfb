//! Shards of rosters: together they are the whole, row by row, however odd the list is.

use aftercare::content::files::Embedded;
use aftercare::content::{Library, load};
use aftercare::request::roster::{Format, Roster, Row, Shard};
use aftercare::request::{Order, Orders};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use std::io::Cursor;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| load(&Embedded).unwrap_or_else(|faults| panic!("{faults}")).value.first)
}

fn open(text: &[u8], format: Format) -> Option<Roster<Cursor<Vec<u8>>>> {
    Roster::open(Cursor::new(text.to_vec()), format, "roster", &library().keys).ok()
}

/// The rows of a shard, or of all, with what was told of rows that were passed over.
fn rows(
    text: &[u8],
    format: Format,
    orders: Orders,
    shard: Option<Shard>,
) -> Option<(Vec<Row>, Vec<String>)> {
    let roster = open(text, format)?.with_orders(orders).with_shard(shard);
    let passed = roster.passed();
    // A list that breaks off in the middle has the rows before it.
    let rows = roster.map_while(Result::ok).collect();
    Some((rows, passed.remarks("roster").into_iter().map(|told| told.message).collect()))
}

/// Whether the shards of each number of them have every row of the whole once, as it stands there.
fn assert_whole(text: &[u8], format: Format) -> Result<usize, TestCaseError> {
    let Some(orders) = open(text, format).map(Roster::orders) else { return Ok(0) };
    let (mut whole, passed) = rows(text, format, orders.clone(), None).expect("a roster");
    // A part has not seen the rows of the others.
    whole.iter_mut().for_each(|row| row.raw.faults.retain(|fault| fault.code != "double-row"));
    for count in 1..=8 {
        let mut together = Vec::new();
        for index in 1..=count {
            let shard = Shard::parse(&format!("{index}/{count}"));
            let (rows, told) = rows(text, format, orders.clone(), shard).expect("a roster");
            prop_assert_eq!(&told, &passed, "shard {} of {} was told something else", index, count);
            together.extend(rows);
        }
        together.sort_by_key(|row| row.number);
        prop_assert!(together == whole, "{} shards: {:?} in place of {:?}", count, together, whole);
    }
    Ok(whole.len())
}

/// Cells as people and programs leave them, those with quotes in quotes or not.
fn cell() -> impl Strategy<Value = Vec<u8>> {
    let odd: Vec<&'static [u8]> = vec![
        b"",
        b" ",
        b"neck",
        b"\"two\nlines, and a sign\"",
        b"\"two\r\nlines\"",
        b"\"a lone\rreturn\"",
        b"\"a \"\"quote\"\"\"",
        b"\"open",
        b"shut\"",
        b"\"closed\" behind",
        b"13/01/2026 9:00",
        b"01/13/2026 9:00",
        b"03/04/2026 9:00",
        "Zoë".as_bytes(),
        b"Zo\xeb",
        b"Ren\x91e",
        b"\"p-3,neck,x\np-4,neck,y\"",
        b"'=1+1",
        b"regions",
        b"Session At",
    ];
    select(odd).prop_map(<[u8]>::to_vec)
}

/// Ids with doubles among them, some in other letters, some that are none.
fn id() -> impl Strategy<Value = Vec<u8>> {
    let number = (0..9u8).prop_map(|number| format!("p-{number}").into_bytes());
    let odd: Vec<&'static [u8]> =
        vec![b"", b" P-1 ", b"P-2", b"\"p-3\"", b"con", b"p\xe9", b"id", "ë".as_bytes()];
    prop_oneof![3 => number, 1 => select(odd).prop_map(<[u8]>::to_vec)]
}

/// Lines of a table, the first of which names the columns.
fn line(sign: u8) -> impl Strategy<Value = Vec<u8>> {
    let row = (id(), vec(cell(), 2..5))
        .prop_map(move |(id, cells)| std::iter::once(id).chain(cells).collect::<Vec<_>>().join(&sign));
    let sign = char::from(sign).to_string();
    let heading = ["id", "regions", "note", "session_at"].join(&sign).into_bytes();
    let moved = ["regions", "id", "note", "session_at"].join(&sign).into_bytes();
    let units = ["(text)", "[names]", "(words)", "(time)"].join(&sign).into_bytes();
    let title = format!("Day of 24/11/2026{sign}{sign}{sign}").into_bytes();
    prop_oneof![
        16 => row,
        2 => Just(Vec::new()),
        1 => Just(heading),
        1 => Just(units),
        1 => Just(title),
        1 => Just(b"   ".to_vec()),
        1 => Just(moved),
    ]
}

/// How a list is written down.
#[derive(Clone, Copy, Debug)]
enum Written {
    Plain,
    Marked,
    Wide,
}

fn list() -> impl Strategy<Value = Vec<u8>> {
    let ends: Vec<&'static [u8]> = vec![b"\n", b"\r\n", b"\r", b"\n\n", b"\n\r"];
    let signs = select(b",;\t".to_vec());
    let lines = signs.prop_flat_map(|sign| (Just(sign), vec(line(sign), 0..40)));
    let written = select(vec![Written::Plain, Written::Plain, Written::Marked, Written::Wide]);
    (lines, select(ends), any::<bool>(), any::<bool>(), any::<bool>(), written).prop_map(
        |((sign, lines), end, is_named, is_titled, is_ended, written)| {
            let heading = b"id,regions,note,session_at".map(|byte| if byte == b',' { sign } else { byte });
            let named = is_named.then(|| [b"sep=".to_vec(), vec![sign]].concat());
            let title = is_titled.then(|| b"Day of 24/11/2026".to_vec());
            let above = named.into_iter().chain(title).chain([heading.to_vec()]);
            let mut text = above.chain(lines).collect::<Vec<_>>().join(end);
            text.extend(is_ended.then_some(end).into_iter().flatten());
            match written {
                Written::Plain => text,
                Written::Marked => [&b"\xef\xbb\xbf"[..], &text].concat(),
                Written::Wide => {
                    let wide = String::from_utf8_lossy(&text).into_owned();
                    [0xfeff].into_iter().chain(wide.encode_utf16()).flat_map(u16::to_le_bytes).collect()
                }
            }
        },
    )
}

fn object() -> impl Strategy<Value = String> {
    let odd = [
        r#"{"id": "p-1", "regions": "neck"}"#,
        r#"{"id": "P-1", "session": {"at": "13/01/2026 9:00"}}"#,
        r#"{"regions": ["neck"], "\u0069d": "p-2", "session_at": "03/04/2026 9:00"}"#,
        r#"{"id": "p-3", "id": "p-4"}"#,
        r#"{"id": 7}"#,
        r#"{"id": 007}"#,
        r#"{"id": null, "note": "x"}"#,
        r#"{"id": " "}"#,
        r#"{"ID": "p-5", "id": "p-6"}"#,
        r#"{"id": "p-7", "note": 1e999}"#,
        r#"{"id": "p-8"} trailing"#,
        r#"["p-9", "neck"]"#,
        r#"{"id": "p-1", "session": {"at": "2026-01-13"}, "session_at": "01/13/2026 9:00"}"#,
        r#"{"id": ["p-2"]}"#,
        "null",
        "",
        "   ",
        "{",
    ];
    let many = (0..20u8, select(vec!["neck", "hip", "nowhere"]))
        .prop_map(|(id, region)| format!("{{\"id\": \"p-{id}\", \"regions\": \"{region}\"}}"));
    prop_oneof![1 => select(odd.to_vec()).prop_map(str::to_owned), 1 => many]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn shards_of_a_table_are_the_whole(text in list()) {
        // Some lists are refused as a whole.
        prop_assume!(assert_whole(&text, Format::Csv)? > 0);
    }

    #[test]
    fn shards_of_json_are_the_whole(
        objects in vec(object(), 1..40),
        end in select(vec!["\n", "\r\n", "\n\n"]),
        is_array in any::<bool>(),
    ) {
        let text = match is_array {
            true => format!("[{}]", objects.join(",\n")),
            false => objects.join(end),
        };
        assert_whole(text.as_bytes(), Format::JsonLines)?;
    }
}

#[test]
fn shards_of_a_list_in_another_code_page_tell_it_once() {
    let rows = (0..40).map(|row| format!("p-{row},neck,Zo\u{eb}\n"));
    let text: String = std::iter::once("id,regions,patient\n".to_owned()).chain(rows).collect();
    let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(&text);
    assert_eq!(assert_whole(&bytes, Format::Csv).expect("the whole"), 40);
    let told = (1..=5).filter_map(|index| rows_of(&bytes, index)).flatten().map(|row| row.raw.faults.len());
    assert_eq!(told.sum::<usize>(), 1);
}

fn rows_of(text: &[u8], index: u32) -> Option<Vec<Row>> {
    Some(rows(text, Format::Csv, Orders::default(), Shard::parse(&format!("{index}/5")))?.0)
}

/// A first reading looks at the times alone.
#[test]
fn a_column_says_how_its_days_are_written_in_either_format() {
    let table = "id,regions,session_at,next_visit\np-1,neck,03/04/2026 9:00,03/04/2026 9:00\np-2,hip,13/04/2026 9:00,04/13/2026 9:00\n";
    let lines = concat!(
        r#"{"id": "p-1", "session": {"at": "03/04/2026 9:00"}, "next_visit": "03/04/2026 9:00"}"#,
        "\n",
        r#"{"id": "p-2", "session_at": "13/04/2026 9:00", "plan": {"next_visit": "04/13/2026 9:00"}}"#,
        "\n",
    );
    for (text, format) in [(table, Format::Csv), (lines, Format::JsonLines)] {
        let orders = open(text.as_bytes(), format).expect("a roster").orders();
        assert_eq!(orders.session_at, Some(Order::DayFirst));
        assert_eq!(orders.next_visit, Some(Order::MonthFirst));
    }
    let twice = lines.replace(r#""id": "p-2","#, r#""id": "p-2", "session": {"at": "04/13/2026 9:00"},"#);
    let orders = open(twice.as_bytes(), Format::JsonLines).expect("a roster").orders();
    assert_eq!(orders.session_at, Some(Order::DayFirst), "the column stands behind");
}

/// A list that writes its days clearly is read once.
#[test]
fn a_first_reading_waits_for_a_row_that_wants_it() {
    let list = |days: [&str; 3]| {
        let rows = days.iter().enumerate().map(|(row, day)| format!("p-{row},neck,{day}\n"));
        std::iter::once("id,regions,session_at\n".to_owned()).chain(rows).collect::<String>()
    };
    let read = |text: &str| {
        let asked = Arc::new(AtomicUsize::new(0));
        let (again, counted) = (text.to_owned(), asked.clone());
        let find = move || {
            counted.fetch_add(1, Ordering::Relaxed);
            open(again.as_bytes(), Format::Csv).expect("a roster").orders()
        };
        let roster = open(text.as_bytes(), Format::Csv).expect("a roster").with_orders_from(find);
        let given: Vec<String> = roster.map(|row| row.expect("a row").given[2].clone()).collect();
        (asked.load(Ordering::Relaxed), given)
    };
    let clear = list(["2026-11-24T15:30", "2026-11-24 9:00", "2026-11-25 9:00"]);
    assert_eq!(read(&clear).0, 0);
    let without_day = list(["9:00", "9:30", "10:00"]);
    assert_eq!(read(&without_day).0, 1, "others may have one");
    let without_time = list(["2026-11-24T15:30", "", ""]);
    assert_eq!(read(&without_time).0, 1, "others may have one");
    let column = list(["2026-04-02T9:00", "03/04/2026 9:00", "13/04/2026 9:00"]);
    let (asked, given) = read(&column);
    assert_eq!((asked, given[1].as_str()), (1, "2026-04-03T09:00"), "{given:?}");
}
