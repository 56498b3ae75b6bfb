//! Knowledge is data: no word of a treatment, a language or a country stands in the code.

use std::path::{Path, PathBuf};

/// Beginnings of words of treatments and of what patients are told, of countries, and of names.
const BEGINNINGS: &[&str] = &[
    "acupunct",
    "alcohol",
    "blood",
    "bruis",
    "caffein",
    "canad",
    "cupping",
    "dizz",
    "drows",
    "faint",
    "hydrat",
    "ibuprofen",
    "immun",
    "leaside",
    "muscle",
    "needl",
    "ontario",
    "paracetamol",
    "physio",
    "pregnan",
    "shockwave",
    "soreness",
    "toronto",
    "vitamin",
];

/// Whole words, and numbers to call.
const WHOLE: &[&str] = &[
    "811",
    "911",
    "999",
    "ankle",
    "calf",
    "chest",
    "hamstring",
    "hip",
    "jaw",
    "lung",
    "lungs",
    "neck",
    "shoulder",
    "shoulders",
    "sore",
];

/// Whole identifiers of one treatment.
const IDENTIFIERS: &[&str] = &["rest_hours", "rest-hours", "hard_exercise", "extra_water", "call_if_sore"];

/// Files that hold the days of languages as tables of data, and one of tests' own.
const TABLES: &[&str] = &["src/locale/dates.rs"];

/// Each Rust file of `src`, but those of tests.
fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            match () {
                () if stem.ends_with("tests") => {}
                () if path.is_dir() => folders.push(path),
                () => found.push(path),
            }
        }
    }
    found.retain(|path| path.extension().is_some_and(|extension| extension == "rs"));
    found.sort();
    found
}

/// The words that a line should not hold.
fn known(line: &str) -> Vec<String> {
    let line = line.to_lowercase();
    let words = line.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let of_words = words.filter(|word| {
        WHOLE.contains(word) || BEGINNINGS.iter().any(|beginning| word.starts_with(beginning))
    });
    let identifiers = IDENTIFIERS.iter().filter(|identifier| line.contains(**identifier));
    of_words.map(str::to_owned).chain(identifiers.map(|identifier| (*identifier).to_owned())).collect()
}

/// Lines of a file that hold such words: examples in public docs and modules of tests may.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let is_docs = |line: &str| line.trim_start().starts_with("///") || line.trim_start().starts_with("//!");
    code.lines().enumerate().filter(move |(_, line)| !is_docs(line) && !known(line).is_empty())
}

#[test]
fn no_word_of_a_treatment_or_a_country_stands_in_the_code() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for path in sources() {
        let name = path.strip_prefix(root).unwrap().display().to_string();
        if TABLES.contains(&name.as_str()) {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        for (index, line) in lines(&text) {
            found.push(format!("{name}:{}: {} in `{}`", index + 1, known(line).join(", "), line.trim()));
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn words_of_a_treatment_are_found_in_code_strings_and_comments() {
    let code = "let lungs = 1;\nlet at = \"Toronto\"; // needling\nsay(\"911\");\nlet oversore = 9110;\n/// Not a neck.\n\
                #[cfg(test)]\nlet neck = 1;";
    let found: Vec<usize> = lines(code).map(|(index, _)| index).collect();
    assert_eq!(found, [0, 1, 2]);
}

#[test]
fn no_id_of_a_shipped_folder_stands_in_the_code() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = std::fs::read_dir(root.join("content/treatments")).unwrap();
    let ids: Vec<String> = folders.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(ids.len() > 1, "{ids:?}");
    for path in sources() {
        let text = std::fs::read_to_string(&path).unwrap();
        for id in &ids {
            assert!(!text.contains(&format!("\"{id}\"")), "{}: {id}", path.display());
        }
    }
}
