//! The clinic folder is built into the program: a file added to it must rebuild the program. The trees of its YAML files are
//! built in beside them, so that no start scans them: the same reader makes them here.

#[path = "src/content/yaml/tree/mod.rs"]
#[allow(dead_code, unused_imports)] // what the program alone uses
mod tree;

use std::path::{Path, PathBuf};
use std::{env, fs, io};
use tree::{Entry, Node, Span, Value, packed};

const FOLDERS: [&str; 3] = ["content", "templates", "fonts"];

fn main() -> io::Result<()> {
    for folder in FOLDERS.into_iter().chain(["build.rs", "src/content/yaml/tree"]) {
        println!("cargo::rerun-if-changed={folder}");
    }
    let mut files = Vec::new();
    for folder in FOLDERS {
        collect(Path::new(folder), folder, &mut files)?;
    }
    files.sort();
    let trees: Vec<(String, Vec<u8>)> = files.into_iter().filter_map(tree_of).collect();
    let out = env::var_os("OUT_DIR").map(PathBuf::from).unwrap_or_default();
    fs::write(out.join("trees"), joined(&trees))
}

/// Every YAML file, by its path with `/` between parts.
fn collect(folder: &Path, path: &str, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{path}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &path, files)?;
        } else if path.ends_with(".yaml") {
            files.push((path, entry.path()));
        }
    }
    Ok(())
}

/// A file that is no YAML has no tree: the program tells what is wrong with it.
fn tree_of((path, place): (String, PathBuf)) -> Option<(String, Vec<u8>)> {
    let file = fs::read_to_string(place).ok()?;
    let node = tree::parse(&file).ok()?;
    let mut packer = Packer { file: &file, from: 0, line: 0, bytes: Vec::new() };
    packer.node(&node);
    let bytes = packer.bytes;
    Some((path, bytes))
}

fn joined(trees: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut all = Packer { file: "", from: 0, line: 0, bytes: Vec::new() };
    all.number(trees.len());
    for (path, tree) in trees {
        all.number(path.len());
        all.bytes.extend_from_slice(path.as_bytes());
        all.number(tree.len());
    }
    trees.iter().for_each(|(_, tree)| all.bytes.extend_from_slice(tree));
    all.bytes
}

/// Writes what `tree::unpack` reads.
struct Packer<'f> {
    file: &'f str,
    /// Where the text before began.
    from: usize,
    /// The line before.
    line: u32,
    bytes: Vec<u8>,
}

impl Packer<'_> {
    fn node(&mut self, node: &Node) {
        match &node.value {
            Value::Scalar(scalar) => {
                let flags = [
                    (scalar.plain, packed::PLAIN),
                    (scalar.block, packed::BLOCK),
                    (scalar.remark.is_some(), packed::REMARK),
                ];
                let flags = flags.iter().filter(|(is_set, _)| *is_set).map(|(_, flag)| flag);
                self.bytes.push(flags.sum());
                self.places(node);
                self.text(&scalar.text);
                scalar.remark.iter().for_each(|remark| self.text(remark));
            }
            Value::List(items) => {
                self.bytes.push(packed::LIST);
                self.places(node);
                self.number(items.len());
                items.iter().for_each(|item| self.node(item));
            }
            Value::Map(entries) => {
                self.bytes.push(packed::MAP);
                self.places(node);
                self.number(entries.len());
                for Entry { key, key_span, node } in entries {
                    self.span(*key_span);
                    self.text(key);
                    self.node(node);
                }
            }
        }
    }

    fn places(&mut self, node: &Node) {
        self.span(node.span);
        self.number(node.last_line.abs_diff(node.span.line) as usize);
    }

    /// Lines only go on, but for those of what is empty.
    fn span(&mut self, span: Span) {
        let (ahead, back) = (span.line.saturating_sub(self.line), self.line.saturating_sub(span.line));
        self.number((ahead.max(back) as usize) << 1 | usize::from(back > 0));
        self.number(span.column as usize);
        self.number(span.length as usize);
        self.line = span.line;
    }

    fn text(&mut self, text: &str) {
        let found = self.file.get(self.from..).and_then(|rest| rest.find(text));
        match found.filter(|_| !text.is_empty()) {
            Some(ahead) => {
                self.number(text.len() << 1 | 1);
                self.number(ahead);
                self.from += ahead;
            }
            None => {
                self.number(text.len() << 1);
                self.bytes.extend_from_slice(text.as_bytes());
            }
        }
    }

    fn number(&mut self, mut number: usize) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }
}
