//! Finished PDFs, read back by programs that did not write them.

mod broken;
mod fax;
mod reader;
mod samples;
mod sheet;
mod tools;

use aftercare::document::reading_order;
use aftercare::layout::Layout;
use reader::{Reader, words};
use tools::{File, findings, printed, run};

/// Every file that the readers below judge.
fn files() -> Vec<(String, Vec<u8>)> {
    let mut files = vec![("a sheet made by hand".to_owned(), sheet::pdf())];
    files.extend(samples::matrix().into_iter().map(|sample| (sample.name.clone(), sample.pdf())));
    files
}

#[test]
fn a_standard_sheet_is_small() {
    let sample = samples::standard();
    assert_eq!(sample.layout.pages.len(), 2);
    let bytes = sample.pdf().len();
    assert!(bytes <= 32 * 1024, "{bytes} bytes");
}

#[test]
fn the_same_sheet_is_the_same_bytes_on_any_thread_in_any_order() {
    let [first, second] = [(); 2].map(|()| {
        std::thread::spawn(|| samples::matrix().iter().rev().map(samples::Sample::pdf).collect::<Vec<_>>())
    });
    let alone: Vec<_> = samples::matrix().iter().map(samples::Sample::pdf).collect();
    for mut other in [first, second].map(|thread| thread.join().expect("the thread ends")) {
        other.reverse();
        assert!(other == alone);
    }
}

#[test]
fn tags_and_content_name_each_other() {
    for (name, bytes) in files() {
        assert_eq!(Reader::open(&bytes).faults(), Vec::<String>::new(), "{name}");
    }
}

/// What a reader of the layout says, without the pictures' texts.
fn aloud(layout: &Layout) -> String {
    let text = layout.read_aloud();
    text.split('[').map(|part| part.split_once(']').map_or(part, |(_, after)| after)).collect()
}

#[test]
fn the_tags_read_out_every_word_of_the_layout_in_order() {
    for sample in samples::matrix() {
        assert_eq!(Reader::open(&sample.pdf()).words(), words(&aloud(&sample.layout)), "{}", sample.name);
    }
}

#[test]
fn the_tags_read_out_every_word_of_the_document_in_order() {
    // Large print moves the timeline below the warnings.
    let in_order =
        |sample: &&samples::Sample| sample.layout.omitted.is_empty() && !sample.name.starts_with("large");
    for sample in samples::matrix().iter().filter(in_order) {
        let told = Reader::open(&sample.pdf()).words();
        let mut rest = &told[..];
        for line in reading_order(&sample.document) {
            let line = words(&line);
            let at = rest.windows(line.len()).position(|window| window == line);
            let at = at.unwrap_or_else(|| panic!("{}: {line:?} is not in {rest:?}", sample.name));
            rest = &rest[at + line.len()..];
        }
    }
}

#[test]
fn poppler_reads_the_same_words_from_the_tags() {
    for (name, bytes) in files() {
        let Some(text) = printed("pdfinfo", &["-struct-text"], &File::new(&bytes)) else { return };
        let quoted = text.lines().map(str::trim).filter_map(|line| line.strip_prefix('"')?.strip_suffix('"'));
        let letters = |text: String| text.split_whitespace().collect::<String>();
        let told = Reader::open(&bytes).told().into_iter().map(|told| told.text).collect();
        assert_eq!(letters(quoted.collect()), letters(told), "{name}");
    }
}

#[test]
fn words_on_the_page_do_not_glue() {
    for sample in samples::matrix() {
        let Some(text) = printed("pdftotext", &[], &File::new(&sample.pdf())) else { return };
        let shown = words(&text);
        for word in words(&aloud(&sample.layout)) {
            assert!(shown.contains(&word), "{}: {word} is not in {text}", sample.name);
        }
    }
}

#[test]
fn qpdf_finds_the_files_sound() {
    for (name, bytes) in files() {
        let Some(output) = run("qpdf", &["--check"], &File::new(&bytes)) else { return };
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn poppler_finds_every_font_embedded_subset_and_readable() {
    for (name, bytes) in files() {
        let Some(table) = printed("pdffonts", &[], &File::new(&bytes)) else { return };
        let fonts: Vec<_> = table.lines().skip(2).collect();
        assert!(!fonts.is_empty(), "{name}");
        for font in fonts {
            // Codes of one byte have a map of their own.
            let is_known = font.contains("Identity-H") || font.contains("Custom");
            assert!(is_known && font.contains("yes yes yes"), "{name}: {font}");
        }
    }
}

#[test]
fn the_checkers_find_no_fault() {
    for (name, bytes) in files() {
        let Some(findings) = findings(&File::new(&bytes)) else { return };
        assert_eq!(findings, Vec::<String>::new(), "{name}");
    }
}

#[test]
fn no_name_of_a_patient_stands_in_the_metadata() {
    let bytes = sheet::pdf();
    let reader = Reader::open(&bytes);
    let info =
        reader.document.trailer.get(b"Info").and_then(lopdf::Object::as_reference).expect("information");
    let mut about = format!("{:?}", reader.dictionary(info));
    about.push_str(&reader.metadata());
    assert!(about.contains("Dry needling aftercare"));
    assert!(!about.contains("Đặng") && !about.contains("Ιωάννα"));
}
