//! Which place `-o` means.

use crate::cli::formats::Format;
use crate::cli::outcome::Failure;
use crate::diagnostic::shown;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

/// Where the formats of one handout go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    Stdout,
    File(PathBuf),
    /// Files are named in it by the handout.
    Folder(PathBuf),
}

/// The formats that a call asks for, in order, and where they go. A file's ending names its format when no flag does.
pub fn meant(output: Option<&Path>, asked: &[Format]) -> Result<(Destination, Vec<Format>), Failure> {
    let formats: Vec<Format> = Format::ALL.into_iter().filter(|format| asked.contains(format)).collect();
    let Some(path) = output else {
        return Ok((Destination::Folder(PathBuf::new()), or_pdf(formats)));
    };
    if path.as_os_str() == "-" {
        return match formats.len() {
            0 | 1 => Ok((Destination::Stdout, or_pdf(formats))),
            _ => Err(Failure::call(
                "standard output takes one format",
                "ask for one, or name a folder: `-o DIR/`",
            )),
        };
    }
    if path.as_os_str().is_empty() {
        return Err(Failure::call("`-o` names nothing", "name a file, a folder, or `-`"));
    }
    refuse_address(path, "name a file or a folder, or `-` and send it on")?;
    if is_folder(path) {
        return Ok((Destination::Folder(path.to_owned()), or_pdf(formats)));
    }
    match (format_of(path), &formats[..]) {
        (_, [_, _, ..]) => match format_of(path) {
            None => Ok((Destination::Folder(path.to_owned()), formats)),
            Some(_) => Err(Failure::call("one file cannot hold several formats", "name a folder: `-o DIR/`")),
        },
        (Some(named), [asked]) if named != *asked => Err(Failure::call(
            format!("the file ends in `.{}`, but the format is {}", named.extension(), asked.name()),
            format!("end it in `.{}`, or leave out `--format`", asked.extension()),
        )),
        (None, _) if path.extension().is_some() => Err(no_format(path)),
        (Some(named), []) => Ok((Destination::File(path.to_owned()), vec![named])),
        (_, _) => Ok((Destination::File(path.to_owned()), or_pdf(formats))),
    }
}

/// Refuses what looks like an address of another machine as a place for files.
pub fn refuse_address(path: &Path, hint: &'static str) -> Result<(), Failure> {
    match address(path) {
        Some(_) => Err(Failure::call("`-o` is an address, and this is written to a file", hint)),
        None => Ok(()),
    }
}

/// Scheme and rest of `scheme://rest` (RFC 3986 3.1): a folder of that name would be made here, with a patient's handout in it.
/// What it says may hold keys, and is not repeated.
pub fn address(path: &Path) -> Option<(&str, &str)> {
    let (scheme, rest) = path.to_str()?.split_once("://")?;
    // A single letter before the colon is a drive.
    let is_scheme = scheme.len() > 1
        && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    is_scheme.then_some((scheme, rest))
}

/// A slip of the pen, or a file for another program: a PDF under that name would open nowhere.
fn no_format(path: &Path) -> Failure {
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    let known: Vec<String> = Format::ALL.iter().map(|format| format!("`.{}`", format.extension())).collect();
    Failure::call(
        format!("`.{}` is no format that aftercare makes", shown(&ending)),
        format!(
            "end the file in {}, or name a folder: `-o {}/`",
            known.join(", "),
            shown(&path.to_string_lossy())
        ),
    )
}

fn or_pdf(formats: Vec<Format>) -> Vec<Format> {
    if formats.is_empty() { vec![Format::Pdf] } else { formats }
}

fn is_folder(path: &Path) -> bool {
    let ends_in_separator = path.to_string_lossy().ends_with(['/', MAIN_SEPARATOR]);
    ends_in_separator || path.is_dir()
}

fn format_of(path: &Path) -> Option<Format> {
    let name = path.file_name()?.to_str()?.to_ascii_lowercase();
    let ends =
        |format: &Format| name.strip_suffix(format.extension()).is_some_and(|stem| stem.ends_with('.'));
    // The longest ending: a note is a text, but not the sheet's.
    Format::ALL.into_iter().filter(ends).max_by_key(|format| format.extension().len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use Format::{Html, Note, Pdf, Text};

    fn meaning(output: &str, asked: &[Format]) -> Option<(Destination, Vec<Format>)> {
        meant(Some(Path::new(output)), asked).ok()
    }

    #[test]
    fn without_a_place_it_is_a_pdf_in_this_folder() {
        let (place, formats) = meant(None, &[]).unwrap();
        assert_eq!((place, formats), (Destination::Folder(PathBuf::new()), vec![Pdf]));
    }

    #[test]
    fn the_ending_of_a_file_names_its_format() {
        assert_eq!(meaning("new/a.html", &[]), Some((Destination::File("new/a.html".into()), vec![Html])));
        assert_eq!(meaning("a.TXT", &[]), Some((Destination::File("a.TXT".into()), vec![Text])));
        assert_eq!(meaning("a.note.txt", &[]), Some((Destination::File("a.note.txt".into()), vec![Note])));
        assert_eq!(meaning("a.note.txt", &[Text]), None);
        assert_eq!(meaning("sheet", &[]), Some((Destination::File("sheet".into()), vec![Pdf])));
        assert_eq!(meaning("a.html", &[Pdf]), None);
    }

    #[test]
    fn an_ending_that_is_no_format_is_refused() {
        for file in ["out.pfd", "out.docx", "new/out.jpg", "out.pdf.bak", "out.2"] {
            assert_eq!(meaning(file, &[]), None, "{file}");
            assert_eq!(meaning(file, &[Pdf]), None, "{file}");
        }
        assert_eq!(meaning("out.d/", &[]), Some((Destination::Folder("out.d/".into()), vec![Pdf])));
    }

    #[test]
    fn an_address_is_no_folder() {
        for address in
            ["s3://bucket/a.pdf", "https://a.example/a.pdf?key=secret", "file:///a.pdf", "gs://bucket/"]
        {
            let refused = meant(Some(Path::new(address)), &[]).expect_err(address);
            assert!(!format!("{refused:?}").contains("secret"), "{refused:?}");
        }
    }

    #[test]
    fn several_formats_go_into_a_folder() {
        let folder = |path: &str| Some((Destination::Folder(path.into()), vec![Pdf, Html]));
        assert_eq!(meaning("new", &[Html, Pdf, Html]), folder("new"));
        assert_eq!(meaning("new/", &[Html, Pdf]), folder("new/"));
        assert_eq!(meaning("new.pdf", &[Html, Pdf]), None);
        assert_eq!(meaning("-", &[Html, Pdf]), None);
    }
}
