//! The clinic folder is built into the program: a file added to it must rebuild the program.

fn main() {
    for folder in ["content", "templates", "fonts"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
