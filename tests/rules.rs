//! `docs/checks.md` has an entry for each code that the program tells, and no other.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{
    Attribute, Expr, ExprCall, ExprMethodCall, FieldValue, ItemConst, ItemFn, ItemMod, Lit, Local, Member,
    Pat,
};

/// Folders whose findings have names of their own and are told as `preflight` and `unsafe-page`.
const OTHERS: [&str; 2] = ["src/pdf/preflight", "src/html/page"];
/// What makes a finding, with its code among what it is given.
const MAKERS: [&str; 9] =
    ["error", "warning", "warn", "fault", "fault_about", "refuse", "refused", "told", "at_span"];
/// Constants that hold a code.
const CONSTANTS: [&str; 12] = [
    "NO_TEMPLATE",
    "UNREADABLE",
    "NOT_OURS",
    "OLDER_HANDOUT",
    "DRAFT",
    "NOT_UTF_8",
    "TOO_MANY",
    "LEFT_OUT",
    "UNCLEAR_DAY",
    "NO_DAY_AT_ALL",
    "DOUBLED",
    "UNREAD_CAUTION",
];

/// Codes, and the file that tells each.
#[derive(Default)]
struct Codes {
    file: String,
    found: BTreeMap<String, String>,
}

impl Codes {
    fn add(&mut self, expression: &Expr) -> bool {
        let code = text(expression).filter(|text| is_code(text));
        let is_one = code.is_some();
        self.found.extend(code.map(|code| (code, self.file.clone())));
        is_one
    }

    fn call(&mut self, name: &str, arguments: &Punctuated<Expr, syn::Token![,]>) {
        if MAKERS.contains(&name) {
            let _ = arguments.iter().any(|argument| match argument {
                Expr::If(_) => {
                    Values(self).visit_expr(argument);
                    false
                }
                _ => self.add(argument),
            });
        }
    }
}

fn text(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

fn is_code(text: &str) -> bool {
    let part = |part: &str| part.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.split('-').all(|one| !one.is_empty() && part(one))
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Ident>().is_ok_and(|word| word == "test")
    })
}

/// Every code that stands as a value of its own or at the head of a pair: in `match`, in `if`, in a function's last line.
struct Values<'c>(&'c mut Codes);

impl<'ast> Visit<'ast> for Values<'_> {
    fn visit_expr(&mut self, expression: &'ast Expr) {
        match expression {
            Expr::Tuple(pair) => {
                pair.elems.first().map(|first| self.0.add(first));
            }
            Expr::Call(_) | Expr::MethodCall(_) | Expr::Macro(_) | Expr::Binary(_) => {}
            _ if self.0.add(expression) => {}
            _ => visit::visit_expr(self, expression),
        }
    }
}

fn names_a_code(pattern: &Pat) -> bool {
    match pattern {
        Pat::Ident(one) => one.ident == "code",
        Pat::Tuple(pair) => pair.elems.first().is_some_and(names_a_code),
        _ => false,
    }
}

impl<'ast> Visit<'ast> for Codes {
    fn visit_item_mod(&mut self, module: &'ast ItemMod) {
        if !is_test(&module.attrs) {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        if let Expr::Path(path) = &*call.func
            && let Some(last) = path.path.segments.last()
        {
            self.call(&last.ident.to_string(), &call.args);
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        self.call(&call.method.to_string(), &call.args);
        visit::visit_expr_method_call(self, call);
    }

    fn visit_field_value(&mut self, field: &'ast FieldValue) {
        if matches!(&field.member, Member::Named(name) if name == "code") {
            self.add(&field.expr);
        }
        visit::visit_field_value(self, field);
    }

    fn visit_item_const(&mut self, constant: &'ast ItemConst) {
        if CONSTANTS.iter().any(|name| constant.ident == name) {
            self.add(&constant.expr);
        }
    }

    fn visit_local(&mut self, local: &'ast Local) {
        if let (true, Some(value)) = (names_a_code(&local.pat), &local.init) {
            Values(self).visit_expr(&value.expr);
        }
        visit::visit_local(self, local);
    }

    fn visit_item_fn(&mut self, function: &'ast ItemFn) {
        if function.sig.ident == "code" {
            Values(self).visit_block(&function.block);
        }
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        if function.sig.ident == "code" {
            Values(self).visit_block(&function.block);
        }
        visit::visit_impl_item_fn(self, function);
    }
}

/// The text of each source file but those of tests.
fn sources(folder: &Path, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("a file").path();
        let name = path.to_string_lossy().replace('\\', "/");
        if path.is_dir() {
            sources(&path, found);
        } else if name.ends_with(".rs") && !name.contains("tests") {
            found.insert(name, fs::read_to_string(&path).expect("text"));
        }
    }
}

/// Codes whose tests tell them by their words: the file, and what it expects.
const BY_WORDS: [(&str, &str, &str); 56] = [
    ("changed-treatment", "as_they_came.rs", "changed-treatment {file}:"),
    ("caution-in-name", "odd_lists.rs", "move it from the name to"),
    ("unread-caution", "odd_lists.rs", "and is not read"),
    ("called-off", "odd_lists.rs", "the list says that this session did not take place"),
    ("borrowed-order", "odd_lists.rs", "as other times of the list are written"),
    ("other-half-day", "odd_lists.rs", "says another half of the day"),
    ("words-beside-name", "odd_lists.rs", "has words beside the name"),
    ("word-behind-time", "odd_lists.rs", "a word stands behind the time"),
    ("early-time", "odd_lists.rs", "is it in the evening?"),
    ("day-planner", "odd_lists.rs", "this seems to be a day planner"),
    ("unread-choice", "web.rs", "is read only where choose is own"),
    ("numbered-ids", "web.rs", "2 ids hold signs"),
    ("no-wanted-rows", "tests/columns.rs", "`only` does not ask for any of 3 rows"),
    ("other-part", "tests/batch.rs", "may be that of another part of the roster"),
    ("unreadable-file", "batch_files/strange_files.rs", "cannot be read"),
    ("not-ours", "cli/output.rs", "did not make"),
    ("left-over", "batch_files/main.rs", "of an earlier run"),
    ("half-filled", "web.rs", "half filled"),
    ("not-utf8", "cli/messages.rs", "latin1.yaml:2:12"),
    ("not-a-pair", "cli/messages.rs", "takes KEY=VALUE"),
    ("base-url", "cli/messages.rs", "no address that a site can stand at"),
    ("merged-name", "cli/messages.rs", "the merged file has this name"),
    ("retimed", "cli/messages.rs", "has no `session_at` and was made again"),
    ("older-handout", "cli/messages.rs", "of an earlier run still stands"),
    ("old-page", "cli/site.rs", "the site has it no more"),
    ("unreadable", "cli/messages.rs", "&[\"folder\"]"),
    ("no-content", "cli/check.rs", "there is no such clinic folder"),
    ("not-read", "cli/check.rs", "templates/site/yours.js"),
    ("not-a-file", "hostile.rs", "this is neither a file nor a folder"),
    ("link-outside", "hostile.rs", "this link does not lead to a file of the clinic folder"),
    ("file-too-big", "bounds.rs", ", allowed are"),
    ("too-many-files", "hostile.rs", "the clinic folder holds"),
    ("too-many", "bounds.rs", ", allowed are"),
    ("text-too-long", "bounds.rs", "KiB long, allowed are"),
    ("text-unfit", "merge/sheets.rs", "this text cannot be filled for this request"),
    ("workbook", "workbooks.rs", "and take that file"),
    ("damaged-workbook", "workbooks.rs", "this workbook is damaged, or not whole"),
    ("locked-workbook", "workbooks.rs", "this workbook is protected by a password"),
    ("big-workbook", "workbooks.rs", "this workbook holds more than a roster may:"),
    ("several-sheets", "workbooks.rs", "is read; there are rows on"),
    ("cell-error", "web.rs", "holds the error"),
    ("nameless-column", "workbooks.rs", "stands under no column's name"),
    ("passed-over", "workbooks.rs", "below the list and are passed over"),
    ("several-therapists", "odd_lists.rs", "several therapists called"),
    ("ditto-mark", "odd_lists.rs", "holds a ditto mark"),
    ("spaced-columns", "odd_lists.rs", "are parted by spaces alone"),
    ("list-on-its-side", "web.rs", "stand below each other"),
    ("row-in-quotes", "roster.rs", "looks like a row, but stands inside a quoted cell"),
    ("no-such-file", "cli/messages.rs", "no such file"),
    ("write", "cli/output.rs", "this is a folder"),
    ("roster-in-the-way", "packs.rs", "the archive would be written over the roster"),
    ("failed-rows", "batch.rs", "rows have faults"),
    ("ids-not-kept", "batch_breaks.rs", "the ids so far could not be kept in"),
    ("token-file", "serve.rs", "AFTERCARE_TOKEN"),
    ("preflight", "press/broken.rs", "font-not-embedded"),
    ("out-of-range", "cli/messages.rs", "is out of range"),
];

/// Codes without a case: what stands before them refuses the input first, or only a text far too long leads there.
const UNREACHED: [&str; 10] = [
    "unknown-exercise",
    "ruled-out",
    "incomplete-safety",
    "too-near",
    "clash",
    "note-too-long",
    "internal",
    "not-made",
    // Parts that may fall do so first, and warnings without room are `layout`.
    "panel-full",
    "too-many-sides",
];

/// Codes that no test tells yet.
const UNTRIED: [&str; 0] = [];

#[test]
fn every_code_is_told_by_a_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = BTreeMap::new();
    every_text(&root.join("tests"), &mut texts);
    every_text(&root.join("src"), &mut texts);
    let of_cases = texts.iter().filter(|(name, _)| name.ends_with("message.txt"));
    let told: BTreeSet<&str> = of_cases
        .flat_map(|(_, text)| text.lines())
        .filter_map(|line| Some(line.split_once(": ")?.0))
        .collect();
    let tests: Vec<&str> = texts
        .iter()
        .filter(|(name, _)| !name.ends_with("rules.rs"))
        .filter_map(|(name, text)| match name.contains("/src/") {
            true if name.ends_with("tests.rs") => Some(&**text),
            true => text.split_once("#[cfg(test)]").map(|(_, tests)| tests),
            false => Some(&**text),
        })
        .collect();
    let is_named = |code: &str| {
        let forms = [format!("\"{code}\""), format!("[{code}]"), format!("{code}: ")];
        tests.iter().any(|text| forms.iter().any(|form| text.contains(form)))
    };
    let in_words = |code: &str| {
        BY_WORDS.iter().any(|(known, file, words)| {
            *known == code && texts.iter().any(|(name, text)| name.ends_with(file) && text.contains(words))
        })
    };
    let manual = include_str!("../docs/checks.md");
    let entries = manual.lines().filter_map(|line| Some(line.strip_prefix("### `")?.split_once('`')?.0));
    let without: Vec<&str> = entries
        .filter(|code| !told.contains(code) && !is_named(code) && !in_words(code))
        .filter(|code| !UNREACHED.contains(code))
        .collect();
    assert_eq!(without, UNTRIED, "no test tells these");
}

/// The text of each file of these kinds, by its path.
fn every_text(folder: &Path, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("a file").path();
        let name = path.to_string_lossy().replace('\\', "/");
        if path.is_dir() {
            if !name.ends_with("node_modules") {
                every_text(&path, found);
            }
        } else if [".rs", ".mjs", "message.txt"].iter().any(|ending| name.ends_with(ending)) {
            found.insert(name, fs::read_to_string(&path).expect("text"));
        }
    }
}

#[test]
fn every_code_has_its_entry_and_every_entry_its_code() {
    let mut files = BTreeMap::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let is_other = |name: &str| OTHERS.iter().any(|other| name.contains(other));
    files.retain(|name, _| !is_other(name) || name.ends_with("html/page/mod.rs"));
    let mut codes = Codes::default();
    for (name, text) in &files {
        codes.file.clone_from(name);
        codes.visit_file(&syn::parse_file(text).expect("Rust"));
    }
    let manual = include_str!("../docs/checks.md");
    let entries: BTreeSet<&str> =
        manual.lines().filter_map(|line| Some(line.strip_prefix("### `")?.split_once('`')?.0)).collect();
    let missing: Vec<_> = codes.found.iter().filter(|(code, _)| !entries.contains(code.as_str())).collect();
    assert!(missing.is_empty(), "not in docs/checks.md: {missing:#?}");
    let gone: Vec<_> = entries.iter().filter(|code| !codes.found.contains_key(**code)).collect();
    assert!(gone.is_empty(), "no rules any more: {gone:?}");
}
