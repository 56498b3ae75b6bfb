//! Dealing: the largest type in which every panel holds all that stands on it. A section that is too much for its panel may
//! stand first on the next one, so that the order of reading stays.

use super::style::{Air, SMALLEST, TYPES};
use super::{BrochureError, Work};
use crate::document::{Panel, Part};
use crate::geometry::Rect;
use crate::layout::builder::Builder;

impl Work<'_> {
    /// Sets the type, and says what stands on which panel.
    pub fn dealt(&mut self, builder: &mut Builder<'_>) -> Result<Vec<Panel>, BrochureError> {
        for body in TYPES {
            self.body = body;
            if let Some(panels) = self.dealt_in_this_type(builder)? {
                return Ok(panels);
            }
        }
        self.body = SMALLEST;
        Ok(self.brochure.panels().to_vec())
    }

    fn dealt_in_this_type(&self, builder: &mut Builder<'_>) -> Result<Option<Vec<Panel>>, BrochureError> {
        let mut panels = self.brochure.panels().to_vec();
        for index in 0..panels.len() {
            let Some((_, rect)) = self.sheet.panel(panels[index].place) else { continue };
            while !self.whole(builder, &panels[index], rect)? {
                if !hand_on(&mut panels, index) {
                    return Ok(None);
                }
            }
        }
        Ok(Some(panels))
    }

    /// Whether a panel holds all its parts, however closely they stand.
    fn whole(&self, builder: &mut Builder<'_>, panel: &Panel, rect: Rect) -> Result<bool, BrochureError> {
        let mark = builder.elements.len();
        for air in Air::ALL {
            if self.attempt(builder, panel, rect, (air, false), &[])?.is_ok() {
                builder.elements.truncate(mark);
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// The last section of a panel goes to the front of the next one, if that begins with a section too, and some part stays.
fn hand_on(panels: &mut [Panel], index: usize) -> bool {
    let Some([panel, next, ..]) = panels.get_mut(index..) else { return false };
    let begins = matches!(next.parts.first(), Some(Part::Section(_)));
    match panel.parts.last() {
        Some(Part::Section(_)) if begins && panel.parts.len() > 1 => {
            next.parts.splice(0..0, panel.parts.pop());
            true
        }
        _ => false,
    }
}
