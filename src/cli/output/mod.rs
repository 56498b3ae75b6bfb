//! Where results go and how they get there whole.

mod destination;
mod spot;
mod stdout;
mod stream;
mod write;

pub use destination::{Destination, address, meant, refuse_address};
pub use spot::Spot;
pub use stdout::{open_stdout, to_stdout};
pub use write::prepare;
