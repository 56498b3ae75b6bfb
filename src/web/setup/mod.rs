//! Setting up the clinic on the page: its folder is changed as by hand, with the same checks, and served from at once.

mod before;
mod fields;
mod first;
mod keyed;
mod logo;
mod preset;
mod preset_routes;
mod preset_rows;
mod routes;
mod told;
mod view;
mod writing;

pub use preset_routes::presets;
pub use routes::{index, make_folder, preset, save, undo};

/// Bytes of the form: a logo, twice as long when it is sent back as text, and the fields.
pub const FORM: usize = 1 << 20;
