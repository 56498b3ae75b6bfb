//! What `--version` says: the program's own, and by which edition of the world's clocks it goes.

use crate::locale::Zone;
use std::sync::LazyLock;

pub static LONG: LazyLock<String> =
    LazyLock::new(|| format!("{}\ntime zones {}", env!("CARGO_PKG_VERSION"), Zone::edition()));
