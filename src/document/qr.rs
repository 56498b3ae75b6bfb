//! The QR code of a web page.

use super::QrCode;
use fast_qr::{ECL, QRBuilder};
use std::sync::{Arc, OnceLock};

/// The modules of an address: reckoned when somebody first draws them, and then the same for every sheet that shares
/// them.
#[derive(Debug, Default)]
pub struct QrModules {
    url: String,
    rows: OnceLock<Option<Vec<Vec<bool>>>>,
}

impl QrModules {
    pub fn of(url: &str) -> Arc<QrModules> {
        Arc::new(QrModules { url: url.to_owned(), rows: OnceLock::new() })
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// Error correction M: a handout gets creased (ISO/IEC 18004, 15 % of the code may be lost).
    fn rows(&self) -> Option<&Vec<Vec<bool>>> {
        let encoded = || {
            let code = QRBuilder::new(self.url.as_str()).ecl(ECL::M).build().ok()?;
            let row = |y: usize| (0..code.size).map(|x| code[y][x].value()).collect();
            Some((0..code.size).map(row).collect())
        };
        self.rows.get_or_init(encoded).as_ref()
    }
}

impl PartialEq for QrModules {
    fn eq(&self, other: &QrModules) -> bool {
        self.url == other.url
    }
}

impl QrCode {
    /// Rows of modules, true is dark, without the quiet zone; `None` when the address is too long for a code.
    pub fn modules(&self) -> Option<&Vec<Vec<bool>>> {
        self.code.rows()
    }
}
