//! Rosters that are workbooks: what each cell says, which sheet is read, and what is refused before it costs memory.

#[path = "support/workbook.rs"]
mod workbook;

use aftercare::content::files::Embedded;
use aftercare::content::{Library, load};
use aftercare::request::resolve;
use aftercare::request::roster::{Format, Roster, Row};
use proptest::prelude::*;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use tempfile::TempDir;
use workbook::{of_parts, of_rows, packed, texts};

fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| load(&Embedded).unwrap_or_else(|faults| panic!("{faults}")).value.first)
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/workbooks").join(name)
}

fn bytes(name: &str) -> Vec<u8> {
    fs::read(fixture(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

type Opened = Result<Roster<Cursor<Vec<u8>>>, String>;

fn open(bytes: Vec<u8>) -> Opened {
    Roster::open(Cursor::new(bytes), Format::Csv, "day", &library().keys).map_err(|faults| faults.to_string())
}

fn rows(bytes: Vec<u8>) -> Vec<Row> {
    let roster = open(bytes).unwrap_or_else(|faults| panic!("{faults}"));
    roster.map(|row| row.expect("a row")).collect()
}

fn refused(bytes: Vec<u8>) -> String {
    match open(bytes) {
        Ok(_) => panic!("the workbook was taken"),
        Err(faults) => faults,
    }
}

/// The faults of a row, one a line.
fn faults(row: &Row) -> String {
    match resolve(&row.raw, library(), "2026-11-24T20:30:00Z".parse().expect("a time")) {
        Ok(_) => String::new(),
        Err(faults) => faults.to_string(),
    }
}

fn run(folder: &Path, arguments: &[&str], stdin: Option<&[u8]>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aftercare"));
    command.current_dir(folder).args(["--now", "2026-11-24T15:30"]).args(arguments);
    command
        .env_remove("AFTERCARE_CLINIC")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program runs");
    child.stdin.take().expect("its input").write_all(stdin.unwrap_or_default()).expect("it reads");
    child.wait_with_output().expect("it ends")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A row's cells, without the column of words that no column holds when there are none.
fn said_by(row: &Row) -> Vec<String> {
    let mut cells = row.given.clone();
    cells.truncate(cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1).max(6));
    cells
}

#[test]
fn a_list_says_the_same_as_csv_and_as_a_workbook_of_each_program() {
    let given = |name: &str| -> Vec<(u64, u64, Vec<String>)> {
        rows(bytes(name)).iter().map(|row| (row.number, row.line, said_by(row))).collect()
    };
    let csv = given("day.csv");
    assert_eq!(csv[1].2, ["7", "Bo", "Lower back", "2026-11-24T15:47", "", ""]);
    for name in ["day.xlsx", "from-1904.xlsx", "day.xls", "day.ods"] {
        // A note of two lines takes two lines of a text.
        let lines = [2, 3, 4];
        let wanted = csv.iter().zip(lines).map(|((number, _, cells), line)| (*number, line, cells.clone()));
        assert_eq!(given(name), wanted.collect::<Vec<_>>(), "{name}");
    }
}

#[test]
fn the_sheets_of_a_workbook_are_those_of_the_same_list_as_csv() {
    let folder = TempDir::new().expect("a folder");
    let made = |name: &str, out: &str, arguments: &[&str], stdin: Option<&[u8]>| {
        let output = run(folder.path(), &[&["batch", name, "-o", out], arguments].concat(), stdin);
        assert!(output.status.success(), "{name}: {}", said(&output));
        ["p1.pdf", "7.pdf", "p-3.pdf"]
            .map(|file| fs::read(folder.path().join(out).join(file)).expect("a sheet"))
    };
    fs::copy(fixture("day.xlsx"), folder.path().join("wrong.csv")).expect("a copy");
    fs::copy(fixture("day.csv"), folder.path().join("wrong.xlsx")).expect("a copy");
    let csv = made(&fixture("day.csv").to_string_lossy(), "csv", &["-j", "1"], None);
    let workbook = bytes("day.xlsx");
    assert_eq!(made("-", "stdin", &[], Some(&workbook)), csv, "on standard input");
    assert_eq!(made("wrong.csv", "as-csv", &[], None), csv, "under the name of a text");
    assert_eq!(made("wrong.xlsx", "as-xlsx", &[], None), csv, "a text under the name of a workbook");
    for shard in ["1/2", "2/2"] {
        let output = run(folder.path(), &["batch", "wrong.csv", "-o", "parts", "--shard", shard], None);
        assert!(output.status.success(), "{}", said(&output));
    }
    assert_eq!(made("wrong.csv", "parts", &["--resume"], None), csv, "in parts");
    let output = run(folder.path(), &["batch", "wrong.csv", "-o", "parts", "--resume", "--json"], None);
    assert!(String::from_utf8_lossy(&output.stdout).contains("\"skipped\":3"), "kept from before");
}

#[test]
fn a_list_as_people_keep_it() {
    let folder = TempDir::new().expect("a folder");
    fs::copy(fixture("desk.xlsx"), folder.path().join("desk.xlsx")).expect("a copy");
    let output = run(folder.path(), &["batch", "desk.xlsx", "-o", "out"], None);
    assert_eq!(output.status.code(), Some(1));
    let told = said(&output);
    for line in [
        "sheet 2 is read; there are rows on sheet 3 and a hidden one too, which are not",
        "rows 12, 14 stand below the list and are passed over, as totals or remarks",
        "desk.xlsx, row 8, id p3, column regions: cell D8 of sheet 2 holds the error `#REF!`; mend the \
         formula there, or write what it should say",
        "desk.xlsx, row 9, id p4, column regions: cell D9 of sheet 2 holds a formula whose result was not \
         saved; open the workbook in a spreadsheet and save it, or write what the cell should say",
        "desk.xlsx, row 10, id p5, column regions: unknown region `sholder`; did you mean `shoulder`?",
        "2 made, 0 kept from before, 3 failed",
    ] {
        assert!(told.contains(line), "{line}\n{told}");
    }
    let list = fs::read_to_string(folder.path().join("out/errors.csv")).expect("a list");
    let mut lines = list.lines();
    assert_eq!(lines.next(), Some("\u{feff}id,patient,regions,session_at,therapist,unread,line,reason"));
    assert!(lines.next().is_some_and(|line| line.starts_with("p3,Cy,,2026-11-24T10:00,,regions: #REF!,8,")));
    // Merged cells count for each row that they stand beside.
    let times: Vec<String> =
        rows(bytes("desk.xlsx")).into_iter().take(2).map(|row| row.given[3].clone()).collect();
    assert_eq!(times, ["2026-11-24T09:00", "2026-11-24T09:00"]);
    // What is not mended is not made.
    let output = run(folder.path(), &["batch", "out/errors.csv", "-o", "out", "--resume"], None);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("0 made, 0 kept from before, 3 failed"), "{}", said(&output));
}

#[test]
fn columns_that_nobody_knows_are_told_with_row_and_letter() {
    let owned = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    let table = [owned(&[]), owned(&["id", "region", "", "note", "Note"]), owned(&["p1", "neck"])];
    assert_eq!(
        refused(of_rows(&texts(&table))).split("; allowed").next().unwrap_or_default(),
        "day, row 2, column B: unknown column `region`; did you mean `regions`?\n\
         day, row 2, column E: the column `note` stands twice; first at column D\n\
         day, row 2: the roster has no column `regions`"
    );
    let table = [owned(&["id", "regions"]), owned(&["p1", "neck", "", "call her"])];
    let rows = rows(of_rows(&texts(&table)));
    assert_eq!(
        faults(&rows[0]),
        "day, row 2: cell D2 of sheet 1 stands under no column's name; give its column a name, or empty it"
    );
    assert_eq!(rows[0].given, ["p1", "neck", "call her"]);
    let table = [owned(&["Ann Smith", "sore neck"])];
    let told = refused(of_rows(&texts(&table)));
    assert!(told.starts_with("day: no row of sheet 1 names the columns of a roster; one row must"), "{told}");
    assert!(!told.contains("Ann"), "{told}");
    assert!(refused(of_rows("")).contains("the workbook has no rows on a sheet that is shown"));
}

#[test]
fn what_is_no_workbook_that_can_be_read_says_what_to_do() {
    let mut locked = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a file");
    locked.create_stream("/EncryptedPackage").expect("a part").write_all(b"secret").expect("a part");
    let locked = locked.into_inner().into_inner();
    assert_eq!(
        refused(locked),
        "day: this workbook is protected by a password; open it with the password, take the password off, and save \
         it; or save the sheet as CSV UTF-8"
    );
    let again = "open it, save it as a workbook (`.xlsx` or `.ods`) or as CSV UTF-8, and take that file";
    for (bytes, what) in [
        (packed(&[("xl/workbook.bin", vec![])]), "this is a workbook in Excel's binary form (`.xlsb`)"),
        (packed(&[("word/document.xml", vec![])]), "this is a packed file without a sheet that can be read"),
        (
            b"\n<html><table><tr><td>id</td></tr></table>".to_vec(),
            "this is a web page or an XML file with the name of a table",
        ),
    ] {
        assert_eq!(refused(bytes), format!("day: {what}; {again}"));
    }
    let damaged = "day: this workbook is damaged, or not whole";
    for name in ["day.xlsx", "day.xls", "day.ods"] {
        let whole = bytes(name);
        for end in (8..whole.len()).step_by(whole.len() / 12) {
            let told = refused(whole[..end].to_vec());
            assert!(told.starts_with(damaged) || told.contains("empty-roster"), "{name} up to {end}: {told}");
        }
    }
}

#[test]
fn a_small_file_that_claims_much_is_refused_before_it_costs_memory() {
    let much = "this workbook claims to hold far more than stands in it";
    let more = "this workbook holds more than a roster may: 500,000 cells";
    let ods = |content: String| {
        packed(&[
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet".to_vec()),
            ("META-INF/manifest.xml", b"<m/>".to_vec()),
            (
                "content.xml",
                format!("<c><table:table table:name=\"a\">{content}</table:table></c>").into_bytes(),
            ),
        ])
    };
    let cell = "<table:table-cell office:value-type=\"string\" office:string-value=\"x\" \
                table:number-columns-repeated=\"16384\"/>";
    let cases = [
        ("texts", of_parts("", "<sst uniqueCount=\"99999999999999\"/>"), much),
        ("unpacked", packed(&[("xl/workbook.xml", vec![b' '; 130 << 20])]), more),
        ("cells", of_rows(&"<row><c><v>1</v></c></row>".repeat(600_000)), more),
        ("styles", packed(&[("xl/styles.xml", "<xf/>".repeat(400_000).into_bytes())]), more),
        (
            "repeated cells",
            ods(format!("<table:table-row table:number-rows-repeated=\"1000000\">{cell}</table:table-row>")),
            much,
        ),
        ("repeated rows", ods(format!("<table:table-row>{cell}</table:table-row>").repeat(200)), more),
    ];
    for (kind, bytes, wanted) in cases {
        assert!(bytes.len() < 1 << 20, "{kind}: the file itself is small");
        let told = refused(bytes);
        assert!(told.contains(wanted), "{kind}: {told}");
        assert!(told.contains("CSV UTF-8"), "{kind}: {told}");
    }
    // A cell at the far end of a sheet is a cell, and no rectangle of millions.
    let far = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>id</t></is></c><c r=\"XFD1\" t=\"inlineStr\"><is><t>\
               regions</t></is></c></row><row r=\"1048576\"><c r=\"XFD1048576\" t=\"inlineStr\"><is><t>neck</t></is></c></row>";
    assert_eq!(rows(of_rows(far)).len(), 1);
    let mut long = b"PK\x03\x04".to_vec();
    long.resize(33 << 20, 0);
    assert!(refused(long).contains("this workbook is longer than 32 MiB"));
}

#[test]
fn times_of_every_kind_that_cells_have() {
    let row = |number: u32, cell: &str| {
        format!(
            "<row r=\"{number}\"><c t=\"inlineStr\"><is><t>p{number}</t></is></c><c t=\"inlineStr\"><is><t>neck</t></is></c>{cell}</row>"
        )
    };
    let head = texts(&[["id", "regions", "session_at"].map(str::to_owned).to_vec()]);
    let cells = [
        ("<c><v>46350.645833333336</v></c>", ""),
        ("<c t=\"d\"><v>2026-11-24T15:30:00</v></c>", ""),
        ("<c t=\"inlineStr\"><is><t>24/11/2026 3:30 PM</t></is></c>", ""),
        ("<c t=\"inlineStr\"><is><t>03/12/2026 15:30</t></is></c>", ""),
        ("<c t=\"d\"><v>2026-11-24</v></c>", "has no time of day"),
        ("<c t=\"b\"><v>1</v></c>", "session.at"),
    ];
    let body: String = (2..).zip(cells).map(|(number, (cell, _))| row(number, cell)).collect();
    for (row, (cell, wanted)) in rows(of_rows(&format!("{head}{body}"))).iter().zip(cells) {
        let found = faults(row);
        assert_eq!(found.is_empty(), wanted.is_empty(), "{cell}: {found}");
        assert!(found.contains(wanted), "{cell}: {found}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_table_says_the_same_as_csv_and_as_a_workbook(
        cells in proptest::collection::vec(proptest::collection::vec("[a-z0-9 ,;\"'&<é\n-]{0,12}", 3), 1..6)
    ) {
        let mut table = vec![["id", "regions", "note"].map(str::to_owned).to_vec()];
        // Quotes in a text may hold a row: a cell of its own cannot.
        table.extend(cells.into_iter().map(|mut row| {
            row.insert(0, String::new());
            row.truncate(3);
            row[1] = "neck".into();
            row
        }));
        for (number, row) in table.iter_mut().enumerate().skip(1) {
            row[0] = format!("p{number}");
        }
        let mut csv = csv::Writer::from_writer(Vec::new());
        table.iter().for_each(|row| csv.write_record(row).expect("a row"));
        let csv = csv.into_inner().expect("a text");
        let (texts, sheet) = (rows(csv), rows(of_rows(&texts(&table))));
        prop_assert_eq!(texts.len(), sheet.len());
        for (text, cell) in texts.iter().zip(&sheet) {
            // A line in quotes that looks like a row is held back in a text alone.
            if text.raw.faults.is_empty() {
                let said = |row: &Row| row.given.iter().take(3).map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
                prop_assert_eq!(said(text), said(cell));
                prop_assert_eq!(faults(text), faults(cell));
            }
        }
    }
}

#[test]
fn a_pipe_that_ends_early_is_told() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("gone"))
        }
    }
    let source = b"PK\x03\x04rest".chain(Broken);
    let told = Roster::open(source, Format::Csv, "day", &library().keys).err().expect("a fault").to_string();
    assert_eq!(told, "day: the roster could not be read: gone");
}

/// A workbook of several sheets, each with its rows.
fn of_sheets(sheets: &[(&str, &str)]) -> Vec<u8> {
    let first = of_rows(sheets[0].1);
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    let mut archive = zip::ZipArchive::new(Cursor::new(first)).expect("an archive");
    let mut text = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).expect("a part").read_to_string(&mut text).expect("a text");
        text
    };
    let (book, rels, sheet) =
        (text("xl/workbook.xml"), text("xl/_rels/workbook.xml.rels"), text("xl/worksheets/sheet1.xml"));
    let (types, own) = (text("[Content_Types].xml"), text("_rels/.rels"));
    let (mut listed, mut related) = (String::new(), String::new());
    for (number, (name, rows)) in (1..).zip(sheets) {
        listed.push_str(&format!("<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"r{number}\"/>"));
        let one = "<Relationship Id=\"r1\"";
        let line =
            &rels[rels.find(one).expect("a relation")..rels.rfind("</Relationships>").expect("an end")];
        let line = line.replace("\"r1\"", &format!("\"r{number}\""));
        related.push_str(&line.replace("sheet1.xml", &format!("sheet{number}.xml")));
        let (head, _) = sheet.split_once("<sheetData>").expect("a sheet");
        let text = format!("{head}<sheetData>{rows}</sheetData></worksheet>");
        parts.push((format!("xl/worksheets/sheet{number}.xml"), text.into_bytes()));
    }
    let between = |text: &str, from: &str, to: &str, new: &str| {
        let (start, end) = (text.find(from).expect("a start"), text.rfind(to).expect("an end"));
        format!("{}{from}{new}{}", &text[..start], &text[end..])
    };
    parts.push(("xl/workbook.xml".into(), between(&book, "<sheets>", "</sheets>", &listed).into_bytes()));
    let start = rels.find("<Relationship Id").expect("a relation");
    let rels = format!("{}{related}</Relationships>", &rels[..start]);
    parts.push(("xl/_rels/workbook.xml.rels".into(), rels.into_bytes()));
    parts.push(("[Content_Types].xml".into(), types.into_bytes()));
    parts.push(("_rels/.rels".into(), own.into_bytes()));
    parts.push(("xl/sharedStrings.xml".into(), b"<sst/>".to_vec()));
    let parts: Vec<(&str, Vec<u8>)> = parts.iter().map(|(name, part)| (&**name, part.clone())).collect();
    packed(&parts)
}

fn table(rows: &[&[&str]]) -> String {
    let owned = |row: &&[&str]| row.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    texts(&rows.iter().map(owned).collect::<Vec<_>>())
}

#[test]
fn the_first_heading_of_a_sheet_counts_and_no_patient_stands_above_it() {
    let roster = open(of_rows(&table(&[
        &["id", "regions", "patient"],
        &["p1", "neck", "Ann"],
        &["id", "regions", "patient", "note"],
        &["p2", "hip", "Bob", "x"],
    ])));
    let rows: Vec<Row> = roster.expect("a roster").map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), 3, "the second heading is a row with faults");
    assert_eq!(rows[0].given[0], "p1");
    assert!(!faults(&rows[1]).is_empty() && !faults(&rows[2]).is_empty());
    let moved = table(&[
        &["id", "regions", "note", "patient"],
        &["p1", "neck", "rest", "Ann"],
        &["id", "regions", "patient", "note"],
        &["p2", "hip", "Bob", "walk"],
    ]);
    let rows = self::rows(of_rows(&moved));
    assert!(faults(&rows[0]).is_empty(), "{}", faults(&rows[0]));
    assert!(rows[2].raw.faults.iter().any(|fault| fault.code == "second-heading"), "Bob is no note");
    assert_eq!(rows[2].given.last().map(String::as_str), Some("see row 4 of the list"));
    let told = refused(of_rows(&table(&[
        &["p1", "neck", "Ann"],
        &["id", "regions", "patient"],
        &["p2", "hip", "Bob"],
    ])));
    assert!(told.starts_with("day: row 1 stands above the heading and may be a patient's"), "{told}");
    let titled =
        open(of_rows(&table(&[&["Tuesday"], &["id", "regions"], &["p1", "neck"]]))).expect("a roster");
    assert_eq!(titled.remarks().len(), 1);
    assert_eq!(Roster::count(&titled), Some(1));
}

#[test]
fn the_sheet_with_the_whole_heading_is_read_and_no_title_of_a_sheet_is_told() {
    let cover = table(&[&["regions", "count"], &["neck", "3"]]);
    let list = table(&[&["id", "regions"], &["p1", "#REF!"]]);
    let book = of_sheets(&[("Report", &cover), ("Smith, Ann 1980", &list), ("Old", &list)]);
    let roster = open(book).expect("a roster");
    let remarks: String = roster.remarks().iter().map(|remark| remark.message.clone()).collect();
    assert!(
        remarks.contains("sheet 2 is read; there are rows on sheets 1, 3 too, which are not"),
        "{remarks}"
    );
    let rows: Vec<Row> = roster.map(|row| row.expect("a row")).collect();
    let told = remarks + &faults(&rows[0]);
    assert!(told.contains("cell B2 of sheet 2 holds the error") && !told.contains("Smith"), "{told}");
}

#[test]
fn rows_that_a_filter_hides_are_told_and_made() {
    let list = table(&[&["id", "regions"], &["p1", "neck"], &["p2", "hip"], &["p3", "jaw"]]);
    let hidden = list.replace("<row r=\"3\">", "<row r=\"3\" hidden=\"1\">");
    let roster = open(of_rows(&hidden)).expect("a roster");
    assert_eq!(roster.remarks()[0].code, "hidden-rows");
    let told: String = roster.remarks().iter().map(|remark| remark.message.clone()).collect();
    assert!(
        told.contains("row 3 is hidden, by a filter or by hand, and is read as the others are"),
        "{told}"
    );
    assert_eq!(Roster::count(&roster), Some(3));
}

#[test]
fn a_heading_as_wide_as_a_sheet_is_looked_through_once() {
    let name = |column: usize| format!("<c t=\"inlineStr\"><is><t>u{column}</t></is></c>");
    let known =
        ["id", "regions"].map(|name| format!("<c t=\"inlineStr\"><is><t>{name}</t></is></c>")).concat();
    let wide: String = std::iter::repeat_n(known, 6_000).chain((0..4_000).map(name)).collect();
    let told = refused(of_rows(&format!("<row>{wide}</row><row>{}</row>", name(0))));
    assert!(told.contains("the column `id` stands twice"), "{}", &told[..200]);
}

#[test]
fn rows_that_are_struck_through_are_told_and_made() {
    let cell = |reference: &str, style: u8, text: &str| {
        format!("<c r=\"{reference}\" s=\"{style}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
    };
    let row = |number: u8, style: u8, id: &str, area: &str| {
        let cells = cell(&format!("A{number}"), style, id) + &cell(&format!("B{number}"), 0, area);
        // A cell that says nothing may have any format.
        format!("<row r=\"{number}\">{cells}<c r=\"C{number}\" s=\"1\"/></row>")
    };
    let rows = row(1, 0, "id", "regions")
        + &row(2, 0, "p1", "neck")
        + &row(3, 1, "p2", "hip")
        + &row(4, 2, "p3", "jaw");
    let styles = "<styleSheet><fonts><font/><font><strike/></font><font><strike val=\"0\"/></font></fonts>\
                  <cellStyleXfs><xf fontId=\"1\"/></cellStyleXfs><cellXfs><xf fontId=\"0\"/><xf fontId=\"1\"/>\
                  <xf fontId=\"2\"/></cellXfs></styleSheet>";
    let mut archive = zip::ZipArchive::new(Cursor::new(of_rows(&rows))).expect("an archive");
    let mut parts = vec![("xl/styles.xml".to_owned(), styles.as_bytes().to_vec())];
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("a part");
        parts.push((part.name().expect("a name").into_owned(), bytes));
    }
    let parts: Vec<(&str, Vec<u8>)> = parts.iter().map(|(name, part)| (&**name, part.clone())).collect();
    let style = |name: &str, line: &str| {
        format!(
            "<style:style style:name=\"{name}\" style:family=\"table-cell\"><style:text-properties {line}/></style:style>"
        )
    };
    let cell = |style: &str, text: &str| {
        format!(
            "<table:table-cell table:style-name=\"{style}\" office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let row = |style: &str, id: &str, area: &str| {
        format!("<table:table-row>{}{}</table:table-row>", cell(style, id), cell("a", area))
    };
    let content = format!(
        "<c>{}{}<table:table table:name=\"a\">{}{}{}{}</table:table></c>",
        style("a", "style:text-line-through-style=\"none\""),
        style("b", "style:text-line-through-style=\"solid\""),
        row("a", "id", "regions"),
        row("a", "p1", "neck"),
        row("b", "p2", "hip"),
        row("a", "p3", "jaw"),
    );
    let ods = packed(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet".to_vec()),
        ("META-INF/manifest.xml", b"<m/>".to_vec()),
        ("content.xml", content.into_bytes()),
    ]);
    for (kind, bytes) in [("xlsx", packed(&parts)), ("ods", ods)] {
        let roster = open(bytes).unwrap_or_else(|faults| panic!("{kind}: {faults}"));
        let told: Vec<&str> = roster.remarks().iter().map(|remark| &*remark.message).collect();
        let said = "row 3 has words that are struck through, and is read as the others are";
        assert_eq!(told, [said], "{kind}");
        assert_eq!(roster.remarks()[0].code, "struck-rows");
        assert_eq!(Roster::count(&roster), Some(3), "{kind}");
    }
}

/// What somebody has to know of a patient may stand in a comment alone.
#[test]
fn rows_with_comments_are_told() {
    let lists = [["id", "regions"], ["p1", "neck"], ["p2", "hip"], ["p3", "jaw"]];
    let rows: Vec<Vec<String>> = lists.iter().map(|row| row.map(str::to_owned).to_vec()).collect();
    let mut archive = zip::ZipArchive::new(Cursor::new(of_rows(&texts(&rows)))).expect("an archive");
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";
    let related = format!(
        "<Relationships><Relationship Id=\"r1\" Type=\"{kind}\" Target=\"../comments1.xml\"/></Relationships>"
    );
    let comments = "<comments><commentList><comment ref=\"B4\"><text><t>left</t></text></comment><comment ref=\"A2\"/>\
                    <comment ref=\"A1\"/></commentList></comments>";
    let mut parts = vec![
        ("xl/worksheets/_rels/sheet1.xml.rels".to_owned(), related.into_bytes()),
        ("xl/comments1.xml".to_owned(), comments.as_bytes().to_vec()),
    ];
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("a part");
        parts.push((part.name().expect("a name").into_owned(), bytes));
    }
    let parts: Vec<(&str, Vec<u8>)> = parts.iter().map(|(name, part)| (&**name, part.clone())).collect();
    let cell = |text: &str, more: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\">{more}<text:p>{text}</text:p></table:table-cell>"
        )
    };
    let row = |cells: &[&str; 2], more: &str| {
        format!("<table:table-row>{}{}</table:table-row>", cell(cells[0], more), cell(cells[1], ""))
    };
    let note = "<office:annotation><text:p>left</text:p></office:annotation>";
    let all: String = lists.iter().zip(["", note, "", note]).map(|(cells, more)| row(cells, more)).collect();
    let ods = packed(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet".to_vec()),
        ("META-INF/manifest.xml", b"<m/>".to_vec()),
        ("content.xml", format!("<c><table:table table:name=\"a\">{all}</table:table></c>").into_bytes()),
    ]);
    for (kind, bytes) in [("xlsx", packed(&parts)), ("ods", ods)] {
        let roster = open(bytes).unwrap_or_else(|faults| panic!("{kind}: {faults}"));
        let told: Vec<&str> = roster.remarks().iter().map(|remark| &*remark.message).collect();
        assert_eq!(told, ["rows 2, 4 have comments on their cells, which are not read"], "{kind}");
        assert_eq!((roster.remarks()[0].code, Roster::count(&roster)), ("comments", Some(3)), "{kind}");
    }
}

/// A name of which a word was struck out and another written behind it has both.
#[test]
fn a_cell_with_a_word_that_is_struck_through_is_told() {
    let texts = "<sst><si><t>id</t></si><si><t>regions</t></si><si><t>patient</t></si><si><t>p1</t></si>\
                 <si><t>neck</t></si><si><r><rPr><strike/></rPr><t>Ann</t></r><r><t xml:space=\"preserve\"> Bo</t></r></si>\
                 <si><r><rPr><strike val=\"0\"/></rPr><t>p2</t></r></si></sst>";
    let row = |number: u8, cells: [u8; 3]| {
        let cells = cells.iter().zip(['A', 'B', 'C']);
        let cells =
            cells.map(|(text, column)| format!("<c r=\"{column}{number}\" t=\"s\"><v>{text}</v></c>"));
        format!("<row r=\"{number}\">{}</row>", cells.collect::<String>())
    };
    let inline = "<row r=\"5\"><c r=\"A5\" t=\"inlineStr\"><is><t>p3</t></is></c><c r=\"B5\" t=\"inlineStr\"><is><r><rPr>\
                  <strike/></rPr><t>neck</t></r></is></c></row>";
    let rows = row(1, [0, 1, 2]) + &row(2, [3, 4, 5]) + &row(3, [6, 4, 2]) + inline;
    let roster = open(of_parts(&rows, texts)).unwrap_or_else(|faults| panic!("{faults}"));
    let told: Vec<&str> = roster.remarks().iter().map(|remark| &*remark.message).collect();
    assert!(
        told.len() == 1 && told[0].starts_with("rows 2, 5 have words that are struck through"),
        "{told:?}"
    );
}

/// The older kind says it in its own records.
#[test]
fn rows_that_are_struck_through_are_told_of_the_older_kind_too() {
    let plain = bytes("day.xls");
    let told = |bytes: Vec<u8>| {
        let roster = open(bytes).unwrap_or_else(|faults| panic!("{faults}"));
        roster.remarks().iter().filter(|remark| remark.code == "struck-rows").count()
    };
    let mut file = cfb::CompoundFile::open(Cursor::new(plain.clone())).expect("a workbook");
    let mut stream = Vec::new();
    file.open_stream("/Workbook").expect("a stream").read_to_end(&mut stream).expect("a stream");
    let (mut at, mut looks) = (0, 0);
    while at + 8 <= stream.len() {
        let word = |at: usize| u16::from_le_bytes([stream[at], stream[at + 1]]);
        let (kind, length) = (word(at), usize::from(word(at + 2)));
        if kind == 0x0031 {
            stream[at + 6] |= 0x08;
            looks += 1;
        }
        at += 4 + length;
    }
    file.open_stream("/Workbook").expect("a stream").write_all(&stream).expect("a stream");
    file.flush().expect("a workbook");
    assert!(looks > 0);
    assert_eq!((told(plain), told(file.into_inner().into_inner())), (0, 1));
}
