//! What the calls of the templates leave in a filled text: marks around the ids of what a group or a panel holds.

use tera::{Kwargs, State, Tera, TeraResult, Value};

/// Functions of the layout template.
pub const FUNCTIONS: [&str; 3] = ["stacked", "columns", "cards"];

/// Functions of the brochure's template.
pub const PANELS: [&str; 3] = ["inside", "flap", "back"];

/// Marks around a group's ids in a filled layout; private-use characters, which no value can hold.
pub const OPEN: char = '\u{e000}';
pub const CLOSE: char = '\u{e001}';

/// Gives the layout its functions: each writes a mark with its section ids.
pub fn register(tera: &mut Tera) {
    for name in FUNCTIONS.into_iter().chain(PANELS) {
        tera.register_function(name, move |arguments: Kwargs, _: &State| -> TeraResult<Value> {
            let ids: Vec<&str> = arguments.must_get("sections")?;
            Ok(Value::safe_string(&format!("{OPEN}{name}:{}{CLOSE}", ids.join(","))))
        });
    }
}
