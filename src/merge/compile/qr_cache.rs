//! QR codes, kept for the sheets that share one.

use crate::document::QrModules;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Codes of addresses that many sheets share: encoding one costs more than all else of a sheet's contact lines.
#[derive(Debug, Default)]
pub struct QrCache(Mutex<BTreeMap<String, Arc<QrModules>>>);

/// Codes that are kept.
const KEPT: usize = 256;

impl QrCache {
    pub fn of(&self, url: &str) -> Arc<QrModules> {
        let codes = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(code) = codes().get(url) {
            return code.clone();
        }
        // Other threads need not wait for it: at worst two of them encode the same address.
        let code = QrModules::of(url);
        let mut codes = codes();
        // Rosters go on in time: what was asked for before is seldom asked for again.
        if codes.len() >= KEPT {
            codes.clear();
        }
        codes.entry(url.to_owned()).or_insert(code).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_address_is_encoded_once_and_memory_stays_bounded() {
        let codes = QrCache::default();
        assert!(Arc::ptr_eq(&codes.of("https://a.example"), &codes.of("https://a.example")));
        for number in 0..2 * KEPT {
            codes.of(&format!("https://a.example/{number}"));
        }
        assert!(codes.0.lock().unwrap().len() <= KEPT);
    }
}
