//! Reads a source file and lists what it names outside itself. Code under `#[cfg(test)]` is not counted.

use std::collections::{BTreeMap, BTreeSet};
use syn::visit::{self, Visit};
use syn::{Attribute, Item, UseTree};

/// Something outside a module: another module of this crate, or another crate (`std::fs` counts as one).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Import {
    Module(String),
    Crate(String),
}

/// What `source`, the text of the module `module` (`["layout", "paragraph"]`), imports.
pub fn imports(module: &[&str], source: &str) -> syn::Result<BTreeSet<Import>> {
    Ok(read(module, source)?.found)
}

/// Every name of this crate that a module names, from the crate's root.
pub fn names(module: &[&str], source: &str) -> syn::Result<Names> {
    let Reader { named, passed_on, .. } = read(module, source)?;
    Ok(Names { named, passed_on })
}

/// Names of this crate, as paths from its root.
pub struct Names {
    /// Those that the module uses itself.
    pub named: BTreeSet<Vec<String>>,
    /// What the module offers or holds under a name of its own, and where that stands.
    pub passed_on: BTreeMap<String, Vec<String>>,
}

/// What a crate's root shows in its documentation, without its features; sorted.
pub struct Offered {
    pub modules: Vec<String>,
    pub names: Vec<String>,
}

pub fn offered(source: &str) -> syn::Result<Offered> {
    let is_public = |visibility: &syn::Visibility| matches!(visibility, syn::Visibility::Public(_));
    let is_plain = |attributes: &[Attribute]| {
        !attributes.iter().any(|one| {
            one.path().is_ident("cfg")
                || one.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("hidden"))
        })
    };
    let (mut modules, mut reader) = (Vec::new(), Reader::default());
    for item in &syn::parse_file(source)?.items {
        match item {
            Item::Mod(module) if is_public(&module.vis) && is_plain(&module.attrs) => {
                modules.push(module.ident.to_string());
            }
            Item::Mod(module) => reader.children.push(module.ident.to_string()),
            _ => {}
        }
    }
    reader.children.extend(modules.iter().cloned());
    for item in &syn::parse_file(source)?.items {
        if let Item::Use(item) = item
            && is_public(&item.vis)
            && is_plain(&item.attrs)
        {
            reader.visit_item_use(item);
        }
    }
    modules.sort();
    Ok(Offered { modules, names: reader.passed_on.into_keys().collect() })
}

fn read(module: &[&str], source: &str) -> syn::Result<Reader> {
    let file = syn::parse_file(source)?;
    let module = module.iter().map(|name| name.to_string()).collect();
    let mut reader = Reader { module, ..Reader::default() };
    reader.enter(&file.items);
    Ok(reader)
}

#[derive(Default)]
struct Reader {
    module: Vec<String>,
    /// Modules declared in the one being read: their names hide crates of the same name.
    children: Vec<String>,
    found: BTreeSet<Import>,
    named: BTreeSet<Vec<String>>,
    passed_on: BTreeMap<String, Vec<String>>,
    /// The names that are being read are only passed on.
    is_public: bool,
}

impl Reader {
    fn enter(&mut self, items: &[Item]) {
        let children = items.iter().filter_map(|item| match item {
            Item::Mod(module) => Some(module.ident.to_string()),
            _ => None,
        });
        let outer = std::mem::replace(&mut self.children, children.collect());
        for item in items {
            self.visit_item(item);
        }
        self.children = outer;
    }

    /// Notes one path, given by its segments.
    fn note(&mut self, path: &[String]) {
        let Some(first) = path.first() else { return };
        if !self.is_public {
            self.named.extend(self.rooted(path));
        }
        let up = path.iter().take_while(|segment| *segment == "super").count();
        let import = match first.as_str() {
            "crate" => path.get(1).cloned().map(Import::Module),
            "super" => self.above(up, &path[up..]).map(Import::Module),
            "self" => None,
            "std" | "chrono" => Some(Import::Crate(path[..path.len().min(2)].join("::"))),
            name if self.children.iter().any(|child| child == name) => None,
            name => Some(Import::Crate(name.to_owned())),
        };
        self.found.extend(import);
        if let [.., kind, function] = path
            && function == "now"
        {
            self.found.insert(Import::Crate(format!("{kind}::now")));
        }
    }

    /// A path from the crate's root, when it leads to a name of this crate.
    fn rooted(&self, path: &[String]) -> Option<Vec<String>> {
        let up = path.iter().take_while(|segment| *segment == "super").count();
        let (above, rest) = match path.first()?.as_str() {
            "crate" => (&[][..], &path[1..]),
            "super" => (&self.module[..self.module.len().checked_sub(up)?], &path[up..]),
            "self" => (&self.module[..], &path[1..]),
            name if self.children.iter().any(|child| child == name) => (&self.module[..], path),
            _ => return None,
        };
        Some([above, rest].concat())
    }

    /// The top module that `up` times `super` and then `rest` leads to.
    fn above(&self, up: usize, rest: &[String]) -> Option<String> {
        let left = self.module.len().checked_sub(up)?;
        self.module[..left].first().or(rest.first()).cloned()
    }

    fn use_tree(&mut self, tree: &UseTree, path: &mut Vec<String>) {
        match tree {
            UseTree::Path(part) => {
                path.push(part.ident.to_string());
                self.use_tree(&part.tree, path);
                path.pop();
            }
            UseTree::Group(group) => group.items.iter().for_each(|item| self.use_tree(item, path)),
            UseTree::Name(name) => self.note_leaf(path, name.ident.to_string(), name.ident.to_string()),
            UseTree::Rename(rename) => {
                self.note_leaf(path, rename.ident.to_string(), rename.rename.to_string())
            }
            UseTree::Glob(_) => self.note(path),
        }
    }

    fn note_leaf(&mut self, path: &mut Vec<String>, leaf: String, here: String) {
        path.push(leaf);
        self.note(path);
        if let Some(there) = self.rooted(path) {
            self.passed_on.insert(here, there);
        }
        path.pop();
    }

    /// Macros hold tokens, not syntax: every `a::b` among them is taken for a path.
    fn tokens(&mut self, text: &str) {
        let words: Vec<&str> = text.split_whitespace().collect();
        let mut at = 0;
        while at < words.len() {
            let mut path = vec![words[at].to_owned()];
            while words.get(at + 1) == Some(&"::") && at + 2 < words.len() {
                path.push(words[at + 2].to_owned());
                at += 2;
            }
            if path.len() > 1 {
                self.note(&path);
            }
            at += 1;
        }
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast Item) {
        if !attributes(item).iter().any(is_test_only) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if let Some((_, items)) = &module.content {
            self.module.push(module.ident.to_string());
            self.enter(items);
            self.module.pop();
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.is_public = !matches!(item.vis, syn::Visibility::Inherited);
        self.use_tree(&item.tree, &mut Vec::new());
        self.is_public = false;
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.segments.len() > 1 {
            let segments: Vec<String> =
                path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            self.note(&segments);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.visit_path(&call.path);
        self.tokens(&call.tokens.to_string());
    }
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn is_test_only(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg")
        && attribute.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("test"))
}
