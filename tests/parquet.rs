//! Rosters in Parquet: what each kind of column says, shards, and files that are damaged or claim what they do not hold.

use aftercare::content::files::Embedded;
use aftercare::content::{Library, load};
use aftercare::diagnostic::Faults;
use aftercare::request::roster::{Format, PARQUET, Roster, Row, Shard};
use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, FixedLenByteArrayType, Int32Type, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use proptest::prelude::*;
use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, OnceLock};
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_aftercare");
/// KiB of address space for files that claim too much: none of them needs more than a small one.
const MEMORY: u32 = 1 << 20;

fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| load(&Embedded).unwrap_or_else(|faults| panic!("{faults}")).value.first)
}

enum Values {
    Texts(Vec<Option<&'static [u8]>>),
    Fixed(Vec<Option<&'static [u8]>>),
    Ints(Vec<Option<i32>>),
    Longs(Vec<Option<i64>>),
}

use Values::{Fixed, Ints, Longs, Texts};

fn texts(texts: &[&'static str]) -> Values {
    Texts(texts.iter().map(|text| (!text.is_empty()).then_some(text.as_bytes())).collect())
}

/// Values that are there, and the level of each cell.
fn levels<T: Clone>(cells: &[Option<T>]) -> (Vec<T>, Vec<i16>) {
    (cells.iter().flatten().cloned().collect(), cells.iter().map(|cell| i16::from(cell.is_some())).collect())
}

fn write_group<W: Write + Send>(group: &mut SerializedRowGroupWriter<'_, W>, columns: &[Values]) {
    for values in columns {
        let mut column = group.next_column().expect("a column").expect("one more column");
        let wrote = match values {
            Texts(cells) => {
                let (values, levels) = levels(cells);
                let values: Vec<ByteArray> = values.into_iter().map(|text| text.to_vec().into()).collect();
                column.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None)
            }
            Fixed(cells) => {
                let (values, levels) = levels(cells);
                let values: Vec<_> =
                    values.into_iter().map(|text| ByteArray::from(text.to_vec()).into()).collect();
                column.typed::<FixedLenByteArrayType>().write_batch(&values, Some(&levels), None)
            }
            Ints(cells) => {
                let (values, levels) = levels(cells);
                column.typed::<Int32Type>().write_batch(&values, Some(&levels), None)
            }
            Longs(cells) => {
                let (values, levels) = levels(cells);
                column.typed::<Int64Type>().write_batch(&values, Some(&levels), None)
            }
        };
        wrote.expect("values");
        column.close().expect("a whole column");
    }
}

/// A file of such columns, all of which may be empty.
fn table(schema: &str, compression: Compression, groups: &[Vec<Values>]) -> Vec<u8> {
    let schema = parse_message_type(&format!("message roster {{ {schema} }}")).expect("a schema");
    let properties = WriterProperties::builder().set_compression(compression).build();
    let mut bytes = Vec::new();
    let mut writer =
        SerializedFileWriter::new(&mut bytes, Arc::new(schema), Arc::new(properties)).expect("a writer");
    for columns in groups {
        let mut group = writer.next_row_group().expect("a group");
        write_group(&mut group, columns);
        group.close().expect("a whole group");
    }
    writer.close().expect("a whole file");
    bytes
}

/// The first fault's code, and what all of them say.
fn told(faults: Faults) -> String {
    format!("{}: {faults}", faults.0.first().map_or("", |fault| fault.code))
}

type Opened = Result<Roster<Cursor<Vec<u8>>>, String>;

fn open(bytes: Vec<u8>) -> Opened {
    Roster::open_parquet(Box::new(Cursor::new(bytes)), "day", &library().keys, None).map_err(told)
}

/// The rows, or what is wrong with the file, also where that shows at a later row.
fn rows(bytes: &[u8]) -> Result<Vec<Row>, String> {
    open(bytes.to_vec())?.collect::<Result<Vec<Row>, _>>().map_err(told)
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(PROGRAM);
    command.current_dir(folder).args(["--now", "2026-11-24T15:30"]).args(arguments);
    command.env_remove("AFTERCARE_CLINIC").stdin(Stdio::null()).output().expect("the program runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const SCHEMA: &str = "optional binary id (string); optional binary Patient (string);
    optional int64 session_at (timestamp(nanos, false)); optional binary regions (string);
    optional int32 rest_hours (decimal(4, 2)); optional int64 next_visit (timestamp(millis, true));";

/// `2026-11-24T15:30` on the clinic's wall, in nanoseconds, and `2026-12-01T18:00` of UTC.
const AT: i64 = 1_795_534_200_000_000_000;
const NEXT: i64 = 1_796_148_000_000;

fn day(compression: Compression) -> Vec<u8> {
    let first = vec![
        texts(&["p-1", "p-2"]),
        texts(&["Zoë", ""]),
        Longs(vec![Some(AT), Some(AT + 60_000_000_000)]),
        texts(&["neck; shoulder:left", "calf:both"]),
        Ints(vec![Some(2400), None]),
        Longs(vec![Some(NEXT), None]),
    ];
    let second = vec![
        texts(&["p-3"]),
        texts(&["Bo"]),
        Longs(vec![Some(AT)]),
        texts(&["hip:right"]),
        Ints(vec![None]),
        Longs(vec![None]),
    ];
    table(SCHEMA, compression, &[first, second])
}

#[test]
fn a_table_says_the_same_as_csv() {
    let shop = TempDir::new().expect("a folder");
    let csv = "id,patient,session_at,regions,rest_hours,next_visit\n\
        p-1,Zoë,2026-11-24T15:30,neck; shoulder:left,24,2026-12-01T18:00+00:00\n\
        p-2,,2026-11-24T15:31,calf:both,,\np-3,Bo,2026-11-24T15:30,hip:right,,\n";
    fs::write(shop.path().join("day.csv"), csv).expect("a roster");
    fs::write(shop.path().join("day.parquet"), day(Compression::SNAPPY)).expect("a roster");
    // What a file is, its first bytes say.
    fs::write(shop.path().join("plain.csv"), day(Compression::UNCOMPRESSED)).expect("a roster");
    let made = |roster: &str, out: &str| {
        let done = run(shop.path(), &["batch", roster, "-o", out]);
        assert!(done.status.success(), "{roster}: {}", said(&done));
        ["manifest.jsonl", "p-1.pdf", "p-2.pdf", "p-3.pdf"]
            .map(|name| fs::read(shop.path().join(out).join(name)).expect("a file"))
    };
    let csv = made("day.csv", "csv");
    assert!(made("day.parquet", "parquet") == csv, "other bytes than those of the same list as CSV");
    assert!(made("plain.csv", "plain") == csv);
    let resumed = run(shop.path(), &["batch", "day.parquet", "-o", "parquet", "--resume"]);
    assert!(said(&resumed).contains("0 made, 3 kept from before"), "{}", said(&resumed));
}

#[test]
fn faults_name_row_and_column_and_nobody() {
    let shop = TempDir::new().expect("a folder");
    let schema = "optional binary id (string); optional binary patient; optional binary regions (string);";
    let columns = vec![
        Texts(vec![Some(b"p-1"), Some(b"P-1"), None, Some(b"p-4")]),
        Texts(vec![Some("Zoë".as_bytes()), Some(b"Bo"), Some(b"Ann"), Some(b"Ren\xe9e")]),
        Texts(vec![Some(b"sholder"), Some(b"neck"), Some(b"neck"), Some(b"neck")]),
    ];
    fs::write(shop.path().join("day.parquet"), table(schema, Compression::SNAPPY, &[columns]))
        .expect("a file");
    let done = run(shop.path(), &["batch", "day.parquet", "-o", "out"]);
    assert_eq!(done.status.code(), Some(1));
    let told = said(&done);
    for part in [
        "row 1, id p-1, column regions",
        "shoulder",
        "row 2, id P-1, column id",
        "the row on line 1 has the same `id`",
        "`id` is missing",
        "row 4, id p-4, column patient",
        "no text in UTF-8",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(["Zoë", "Ann", "Ren"].iter().all(|name| !told.contains(name)), "{told}");
    let list = fs::read_to_string(shop.path().join("out/errors.csv")).expect("a list of failed rows");
    assert_eq!(list.lines().count(), 5, "{list}");
    let mended = list.replace("sholder", "neck").replace("P-1", "p-2");
    fs::write(shop.path().join("mended.csv"), mended).expect("a roster");
    let again = run(shop.path(), &["batch", "mended.csv", "-o", "again"]);
    assert!(said(&again).contains("2 made"), "{}", said(&again));
}

#[test]
fn somebody_elses_table_is_read_by_a_file_of_columns() {
    let shop = TempDir::new().expect("a folder");
    let schema = "optional int64 Visit; optional int32 Day (date); optional int64 At (time(micros, false));
        optional binary Area (string); optional binary State (string);
        optional fixed_len_byte_array(16) Key (uuid);";
    let columns = vec![
        Longs(vec![Some(7), Some(8)]),
        Ints(vec![Some(20_781), Some(20_781)]),
        Longs(vec![Some(55_800_000_000), Some(55_800_000_000)]),
        texts(&["neck", "hip:left"]),
        texts(&["Arrived", "Cancelled"]),
        Fixed(vec![Some(b"0123456789abcdef"), None]),
    ];
    fs::write(shop.path().join("day.parquet"), table(schema, Compression::SNAPPY, &[columns]))
        .expect("a file");
    let map = "columns: {id: Key, regions: Area, session_at: [Day, At]}\nonly: {State: [arrived]}\n";
    fs::write(shop.path().join("map.yaml"), map).expect("a file of columns");
    let done =
        run(shop.path(), &["batch", "day.parquet", "-o", "out", "--columns", "map.yaml", "--format", "note"]);
    assert!(done.status.success(), "{}", said(&done));
    assert!(said(&done).contains("1 row passed over that `only` does not ask for"), "{}", said(&done));
    let note = shop.path().join("out/30313233-3435-3637-3839-616263646566.note.txt");
    let note = fs::read_to_string(note).expect("a note");
    assert!(note.contains("15:30") || note.contains("3:30"), "{note}");
}

/// What a list says of a row in columns that nobody chose is told as it is of CSV.
#[test]
fn a_session_that_did_not_take_place_and_a_precaution_that_is_not_read_are_told() {
    let shop = TempDir::new().expect("a folder");
    let schema =
        "optional binary Name (string); optional binary Area (string); optional binary Status (string);
        optional binary Pregnant (string); optional binary Room (string);";
    let columns = vec![
        texts(&["Ann", "Bo"]),
        texts(&["neck", "hip"]),
        texts(&["No show", "Arrived"]),
        texts(&["no", "yes"]),
        texts(&["1", "2"]),
    ];
    fs::write(shop.path().join("day.parquet"), table(schema, Compression::SNAPPY, &[columns]))
        .expect("a list");
    fs::write(shop.path().join("map.yaml"), "columns: {patient: Name, regions: Area}\n").expect("columns");
    let told = said(&run(shop.path(), &["batch", "day.parquet", "-o", "out", "--columns", "map.yaml"]));
    assert!(
        told.contains("row 1, id 1, column Status: the list says that this session did not take place"),
        "{told}"
    );
    assert!(told.contains("row 2, id 2, column Pregnant: ") && told.contains("and is not read"), "{told}");
    assert!(told.contains("2 made"), "{told}");
}

/// Thousands of rows in three groups, with doubles across them and rows without an id.
fn long() -> Vec<u8> {
    let group = |start: i32| {
        let id = move |row: i32| match row % 97 {
            0 => None,
            1 => Some(4),
            _ => Some(start + row),
        };
        let regions = (0..700).map(|row| Some(if row % 2 == 0 { &b"neck"[..] } else { b"calf" })).collect();
        vec![Ints((0..700).map(id).collect()), Texts(regions)]
    };
    let schema = "optional int32 id; optional binary regions (string);";
    table(schema, Compression::SNAPPY, &[group(1000), group(2000), group(3000)])
}

#[test]
fn shards_of_a_table_are_the_whole() {
    let bytes = long();
    let whole = rows(&bytes).expect("rows");
    assert_eq!(whole.len(), 2100);
    assert_eq!(Roster::count(&open(bytes.clone()).expect("a roster")), Some(2100));
    assert!(whole.iter().any(|row| row.raw.faults.iter().any(|fault| fault.code == "duplicate-id")));
    for count in 1..=8 {
        let part = |index| Shard::parse(&format!("{index}/{count}"));
        let rows_of =
            |index| open(bytes.clone()).expect("a roster").with_shard(part(index)).map(Result::unwrap);
        let mut together: Vec<Row> = (1..=count).flat_map(rows_of).collect();
        together.sort_by_key(|row| row.number);
        assert!(together == whole, "{count} shards");
    }
}

#[test]
fn a_text_column_says_how_its_days_are_written() {
    let schema =
        "optional binary id (string); optional binary regions (string); optional binary session_at (string);";
    let columns = vec![
        texts(&["p-1", "p-2"]),
        texts(&["neck", "neck"]),
        texts(&["03/04/2026 9:00", "13/04/2026 9:00"]),
    ];
    let orders = open(table(schema, Compression::SNAPPY, &[columns])).expect("a roster").orders();
    assert_eq!(orders.session_at, Some(aftercare::request::Order::DayFirst));
}

#[test]
fn a_table_comes_by_its_name_alone() {
    let shop = TempDir::new().expect("a folder");
    fs::write(shop.path().join("day.parquet"), day(Compression::SNAPPY)).expect("a roster");
    let piped = format!("cat day.parquet | {PROGRAM} batch - -o out");
    let done = Command::new("sh").args(["-c", &piped]).current_dir(shop.path()).output().expect("a shell");
    assert_eq!(done.status.code(), Some(2));
    assert!(said(&done).contains("by its name"), "{}", said(&done));
    let columns = vec![texts(&[]), texts(&[])];
    let schema = "optional binary id (string); optional binary regions (string);";
    let refused = rows(&table(schema, Compression::SNAPPY, &[columns])).expect_err("no rows");
    assert!(refused.contains("the roster is empty"), "{refused}");
    let nested = "optional binary id (string);
        optional group regions (list) { repeated group list { optional binary element (string); } }";
    let refused = rows(&table(nested, Compression::SNAPPY, &[])).expect_err("a list");
    assert!(refused.starts_with("parquet-column") && refused.contains("holds lists or groups"), "{refused}");
}

/// A `damaged-parquet`: cut off anywhere, or with another length of what stands at its end.
#[test]
fn a_file_that_is_not_whole_is_refused() {
    let bytes = day(Compression::SNAPPY);
    for length in (PARQUET.len()..bytes.len()).step_by(3) {
        let refused = rows(&bytes[..length]).expect_err("a part of a file");
        assert!(refused.starts_with("damaged-parquet"), "{length}: {refused}");
    }
    let at = bytes.len() - 8;
    for length in [0, 1, 7, u32::MAX, 1 << 31, 40 << 20, bytes.len() as u32, bytes.len() as u32 - 8] {
        let mut other = bytes.clone();
        other[at..at + 4].copy_from_slice(&length.to_le_bytes());
        rows(&other).expect_err("another length");
    }
    let mut locked = bytes;
    locked[at + 4..].copy_from_slice(b"PARE");
    assert!(rows(&locked).expect_err("a key is wanted").contains("encrypted"));
}

/// Puts another number in place of the one that a page's head gives; both take as many bytes.
fn claiming(bytes: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    assert_eq!(old.len(), new.len());
    let at = bytes.windows(old.len()).position(|found| found == old).expect("the head of a page");
    let mut claiming = bytes.to_vec();
    claiming[at..at + new.len()].copy_from_slice(new);
    claiming
}

/// Runs with little memory.
fn bounded(bytes: &[u8]) -> Output {
    let shop = TempDir::new().expect("a folder");
    fs::write(shop.path().join("day.parquet"), bytes).expect("a file");
    let script = format!("ulimit -v {MEMORY}; ulimit -t 60; exec \"$0\" batch day.parquet -o out -q -j 1");
    Command::new("sh").args(["-c", &script, PROGRAM]).current_dir(shop.path()).output().expect("a shell")
}

/// `big-parquet`: a dictionary of as many values as a number holds, a page that unpacks to two gigabytes.
#[test]
fn a_file_that_claims_more_than_it_holds_is_refused_before_it_costs_memory() {
    let varint = |mut number: u64| {
        let mut bytes = Vec::new();
        while number >= 0x80 {
            bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        bytes.push(number as u8);
        bytes
    };
    // The head of the first page: kind 2 (a dictionary), its lengths, its values. The file is written so that each number
    // that is replaced takes five bytes, which is what a large one takes.
    let five = |number: u64| {
        let mut bytes = varint(number << 1);
        while bytes.len() < 5 {
            *bytes.last_mut().expect("a byte") |= 0x80;
            bytes.push(0);
        }
        bytes
    };
    let page = |unpacked: u64, packed: u64, values: u64| {
        let parts: [&[u8]; 8] = [
            &[0x15, 4, 0x15],
            &five(unpacked),
            &[0x15],
            &five(packed),
            &[0x4c, 0x15],
            &five(values),
            &[0x15, 0],
            &[0, 0],
        ];
        parts.concat()
    };
    let bytes = day(Compression::UNCOMPRESSED);
    // Of the dictionary of ids: two texts of three bytes with their lengths.
    let head = [0x15, 4, 0x15, 28, 0x15, 28, 0x4c, 0x15, 4, 0x15, 0, 0x12, 0, 0];
    assert_eq!(&bytes[4..4 + head.len()], head, "the writer's head of a page");
    // Longer than what stood there, so the page that follows is cut: the claims are refused before anybody looks there.
    for claim in
        [page(1 << 30, 14, 2), page(14, 14, 1 << 30), page((1 << 31) - 1, 14, 2), page(14, (1 << 31) - 1, 2)]
    {
        let claims = claiming(&bytes, &bytes[4..4 + claim.len()], &claim);
        let done = bounded(&claims);
        assert_eq!(done.status.code(), Some(1), "{}", said(&done));
        let packed = claim == page(14, (1 << 31) - 1, 2);
        let code = if packed { "damaged-parquet" } else { "big-parquet" };
        let refused = rows(&claims).expect_err("a claim");
        assert!(refused.starts_with(code), "{refused}");
    }
    assert!(bounded(&bytes).status.success(), "the same file as it is");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(384))]

    /// Whatever stands in a file, it is read or refused.
    #[test]
    fn no_damage_breaks_the_reader(
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        is_packed in any::<bool>(),
    ) {
        static FILES: OnceLock<[Vec<u8>; 2]> = OnceLock::new();
        let files = FILES.get_or_init(|| [day(Compression::UNCOMPRESSED), day(Compression::SNAPPY)]);
        let mut bytes = files[usize::from(is_packed)].clone();
        for (at, byte) in flips {
            let at = 4 + at.index(bytes.len() - 4);
            bytes[at] = byte;
        }
        if let Ok(roster) = open(bytes) {
            prop_assert!(roster.take(100_000).map_while(Result::ok).count() < 100_000);
        }
    }
}

/// Files of the program that most pipelines write with.
const WRITTEN: &str = r#"
import datetime, decimal, sys
import pyarrow as pa, pyarrow.parquet as pq
rows = 5000
at = datetime.datetime(2026, 11, 24, 15, 30)
columns = {
    "id": pa.array([f"v-{row}" for row in range(rows)]),
    "regions": pa.array(["neck", "calf", "hip", "hand"] * (rows // 4)).dictionary_encode(),
    "session_at": pa.array([at] * rows, pa.timestamp("us")),
    "note": pa.array([None if row % 3 else f"Walk {row} steps." for row in range(rows)]),
}
table = pa.table(columns)
pq.write_table(table, "snappy.parquet", row_group_size=1200)
pq.write_table(table, "plain.parquet", compression="none", use_dictionary=False, data_page_version="2.0")
pq.write_table(table, "delta.parquet", use_dictionary=False, column_encoding={"id": "DELTA_BYTE_ARRAY"})
pq.write_table(table, "zstd.parquet", compression="zstd")
pq.write_table(table, "int96.parquet", use_deprecated_int96_timestamps=True)
"#;

#[test]
fn files_of_pyarrow_are_read_or_told() {
    let shop = TempDir::new().expect("a folder");
    let python = Path::new(env!("CARGO_MANIFEST_DIR")).join(".venv/bin/python");
    let python = if python.exists() { python } else { "python3".into() };
    let wrote = Command::new(python).args(["-c", WRITTEN]).current_dir(shop.path()).output();
    if !wrote.as_ref().is_ok_and(|wrote| wrote.status.success()) {
        let loud = "*** NOT CHECKED: the Python package pyarrow is missing ***";
        assert!(std::env::var("CI").as_deref() != Ok("true"), "{loud}: {wrote:?}");
        return eprintln!("{loud}");
    }
    let bytes = |name: &str| fs::read(shop.path().join(name)).expect("a file");
    let read = rows(&bytes("snappy.parquet")).expect("rows");
    assert_eq!(read.len(), 5000);
    let columns = open(bytes("snappy.parquet")).expect("a roster").columns().join(",");
    let csv = read.iter().map(|row| format!("\n{}", row.given.join(",")));
    let csv = std::iter::once(columns.trim_end_matches(",unread").to_owned()).chain(csv).collect::<String>();
    let csv = csv.lines().map(|line| line.trim_end_matches(',').to_owned() + "\n").collect::<String>();
    assert!(csv.contains("v-3,neck") || csv.contains("v-3,hand"), "{}", &csv[..200]);
    assert!(csv.contains("2026-11-24T15:30,Walk 3 steps."), "{}", &csv[..200]);
    assert!(rows(&bytes("plain.parquet")).expect("rows") == read, "pages of the second kind");
    for (name, part) in [
        ("delta.parquet", "the column `id` is written in an encoding"),
        ("zstd.parquet", "is compressed in a way that is not read"),
        ("int96.parquet", "INT96"),
    ] {
        let refused = rows(&bytes(name)).expect_err(name);
        assert!(refused.contains(part), "{name}: {refused}");
    }
}

/// A file of bytes that begin as one.
#[test]
fn the_library_tells_a_table_that_comes_as_a_text() {
    let mut text = PARQUET.to_vec();
    text.write_all(b"anything").expect("a vector");
    let refused = Roster::open(Cursor::new(text), Format::Csv, "day", &library().keys);
    assert!(refused.is_err_and(|faults| faults.to_string().contains("this is a Parquet file")));
}
