//! The rows that somebody wants, made.

use super::checked::{Meant, meant};
use super::{Table, requests};
use crate::diagnostic::Faults;
use crate::options::Edition;
use crate::request::roster::Row;
use crate::web::context::Context;
use crate::web::making::{Kind, Making};

/// A file of sheets, and whose they are.
pub struct Made {
    pub bytes: Vec<u8>,
    /// The rows' numbers, in order.
    pub rows: Vec<u64>,
}

impl Table {
    /// Every row that somebody wants and that has no fault: one PDF in which each sheet begins on a front side, or an archive
    /// of single sheets. `tell` is told rows made and rows in all.
    ///
    /// # Errors
    /// What went wrong with a sheet that looked sound; a table without a sound row that is wanted.
    pub fn make(
        &self,
        context: &Context<'_>,
        kind: Kind,
        edition: Option<Edition>,
        tell: &dyn Fn(usize, usize),
    ) -> Result<Made, Faults> {
        let all = requests(context, &self.csv())?;
        let is_wanted = |row: &&Row| self.is_wanted(row.number) && !self.lost.contains_key(&row.number);
        let wanted: Vec<&Row> = all.iter().filter(is_wanted).collect();
        let mut making = Making::new(&context.site.engine, kind);
        let mut rows = Vec::new();
        for (index, row) in wanted.iter().enumerate() {
            tell(index, wanted.len());
            if let Ok(meant) = in_edition(context, row, edition) {
                let Meant { request, document, layout, .. } = meant;
                match context.site.engine.source_request(&request).filter(|_| self.copies) {
                    Some(copy) => making.add_with_copy(&request, &document, layout, copy)?,
                    None => making.add(&request, &document, layout)?,
                }
                rows.push(row.number);
            }
        }
        tell(wanted.len(), wanted.len());
        Ok(Made { bytes: making.finish()?, rows })
    }
}

/// A row's sheet for a queue that prints in an edition of its own, which never takes a patient's large print away.
fn in_edition(context: &Context<'_>, row: &Row, edition: Option<Edition>) -> Result<Meant, Faults> {
    let own = meant(context, row)?;
    let keeps = |edition: &Edition| ![Edition::LargePrint, *edition].contains(&own.request.edition);
    match edition.filter(keeps).zip(context.library().keys.of_column("edition")) {
        None => Ok(own),
        Some((edition, key)) => {
            let mut row = row.clone();
            row.raw.set(key, edition.name(), row.raw.place.clone());
            meant(context, &row)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::context::PageLanguage;
    use crate::web::{AccessGuard, Site};
    use chrono::{TimeZone, Utc};

    #[test]
    fn a_queue_with_an_edition_of_its_own_never_takes_a_patients_large_print_away() {
        let engine = crate::Engine::built_in().unwrap().value;
        let access = AccessGuard::new(([127, 0, 0, 1], 8017).into(), None).unwrap();
        let now = Utc.with_ymd_and_hms(2026, 11, 24, 20, 30, 0).unwrap();
        let site = Site::new(engine, access, Box::new(move || now)).unwrap();
        let context = Context::new(&site, &PageLanguage::default());
        let rows = requests(&context, "id,regions,edition\na,neck,large-print\nb,neck,\n").unwrap();
        let editions = rows.iter().map(|row| {
            let meant = in_edition(&context, row, Some(Edition::InkSaver))
                .unwrap_or_else(|faults| panic!("{faults}"));
            meant.request.edition
        });
        assert_eq!(editions.collect::<Vec<_>>(), [Edition::LargePrint, Edition::InkSaver]);
    }
}
