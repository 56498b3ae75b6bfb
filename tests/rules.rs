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
const CONSTANTS: [&str; 8] =
    ["UNREADABLE", "NOT_OURS", "OLDER_HANDOUT", "DRAFT", "NOT_UTF_8", "TOO_MANY", "LEFT_OUT", "UNCLEAR_DAY"];

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
