//! Workbooks as small as they can be, cell by cell.

use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// An archive of these parts.
pub fn packed(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        zip.start_file(*name, options).expect("a part");
        zip.write_all(bytes).expect("a part");
    }
    zip.finish().expect("an archive").into_inner()
}

/// A workbook of one sheet, whose rows are written in XML.
pub fn of_rows(rows: &str) -> Vec<u8> {
    of_parts(rows, "<sst/>")
}

/// The same with a list of texts.
pub fn of_parts(rows: &str, texts: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let part = |text: String| text.into_bytes();
    packed(&[
        ("[Content_Types].xml", part("<Types/>".into())),
        (
            "_rels/.rels",
            part(format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{relation}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            )),
        ),
        (
            "xl/workbook.xml",
            part(format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{relation}\"><sheets><sheet name=\"Day\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            )),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            part(format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{relation}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            )),
        ),
        ("xl/sharedStrings.xml", part(texts.to_owned())),
        (
            "xl/worksheets/sheet1.xml",
            part(format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>")),
        ),
    ])
}

/// Rows of texts, written into their cells.
pub fn texts(rows: &[Vec<String>]) -> String {
    let mut xml = String::new();
    for (number, cells) in (1..).zip(rows) {
        xml.push_str(&format!("<row r=\"{number}\">"));
        for (column, cell) in (0u8..).zip(cells) {
            let text = cell.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            let letter = char::from(b'A' + column);
            xml.push_str(&format!(
                "<c r=\"{letter}{number}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
            ));
        }
        xml.push_str("</row>");
    }
    xml
}
