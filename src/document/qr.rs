//! The QR code of a web page.

use super::QrCode;
use fast_qr::{ECL, QRBuilder};

impl QrCode {
    /// Rows of modules, true is dark, without the quiet zone; `None` when the address is too long for a code.
    /// Error correction M: a handout gets creased (ISO/IEC 18004, 15 % of the code may be lost).
    pub fn modules(&self) -> Option<Vec<Vec<bool>>> {
        let code = QRBuilder::new(self.url.as_str()).ecl(ECL::M).build().ok()?;
        let row = |y: usize| (0..code.size).map(|x| code[y][x].value()).collect();
        Some((0..code.size).map(row).collect())
    }
}
