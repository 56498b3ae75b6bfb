//! The built-in clinic with a number to call, as a clinic has that sends a brochure to the press.

use aftercare::Engine;
use aftercare::content::files::{Embedded, Files, Memory};

pub const PHONE: &str = "416 555-0100";

pub fn folder() -> Memory {
    let mut folder = Memory::copy(&Embedded).expect("the built-in folder");
    let path = "content/clinic.yaml";
    let text = String::from_utf8(folder.read(path).expect("a file").into_owned()).expect("text");
    let text = text.replace("phone: \"\"", &format!("phone: {PHONE}"));
    assert!(text.contains(PHONE));
    folder.0.insert(path.into(), text.into_bytes().into());
    folder
}

pub fn engine() -> Engine {
    Engine::load(&folder()).expect("the folder loads").value
}
