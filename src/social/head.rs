//! The head of a picture: logo and clinic, and what the picture is about.

use super::SocialError;
use super::card::{Card, Measures, style, unset};
use crate::document::{Inline, Text};
use crate::geometry::{Point, Pt, Rect, Size};
use crate::layout::logo_size;
use crate::layout::paragraph::{Align, Paragraph};
use crate::layout::{Paints, Shape};
use crate::text::Weight;
use std::sync::Arc;

/// Parts of the name's size, to be tried: a long name is set smaller before it stands on what is below it.
const SIZES: [f32; 6] = [1.0, 0.9, 0.8, 0.7, 0.6, 0.5];
/// From the edge to a head of several lines, in margins.
const EDGE: f32 = 0.25;

impl Card<'_> {
    pub(super) fn head(
        &self,
        shapes: &mut Vec<Shape>,
        measures: &Measures,
        page: Rect,
    ) -> Result<(), SocialError> {
        let (margin, side) = (measures.margin, measures.logo);
        let on_brand = self.brand.palette.on_solid();
        let logo = self.brand.logo_on(self.brand.palette.solid);
        let Size { width, height } = logo_size(&logo, Pt(side), page.width * 0.3);
        let y = Pt(margin * 0.7) + (Pt(side) - height) / 2.0;
        shapes.push(Shape::Picture {
            picture: logo,
            rect: Rect { x: Pt(margin), y, width, height },
            paints: Paints { line: on_brand, accent: on_brand, paper: self.brand.palette.solid },
        });
        let left = margin + width.0 + side * 0.3;
        let room = page.width - Pt(left + margin);
        let middle = Pt(margin * 0.7 + side / 2.0);
        for part in SIZES {
            let (name, subject, is_beside) = self.words(measures.clinic * part, (room, Pt(margin)))?;
            let below = name.height + subject.height;
            // A picture that is posted alone says what it is about: beside the clinic where there is room, else below it.
            let (top, at) = match is_beside {
                true => {
                    let x = page.width - Pt(margin) - subject.width;
                    (middle - name.height / 2.0, Point::new(x, middle - subject.height / 2.0))
                }
                false => {
                    let top = (middle - below / 2.0).min(Pt(measures.lead.0) - below);
                    (top, Point::new(Pt(left), top + name.height))
                }
            };
            if top >= Pt(margin * EDGE) || part == SIZES[SIZES.len() - 1] {
                shapes.extend(self.draw(&name, Point::new(Pt(left), top)));
                shapes.extend(self.draw(&subject, at));
                break;
            }
        }
        Ok(())
    }

    /// The clinic at a size and what this is about, and whether both stand on one line, so far apart.
    fn words(
        &self,
        size: f32,
        (room, apart): (Pt, Pt),
    ) -> Result<(Arc<Paragraph>, Arc<Paragraph>, bool), SocialError> {
        let title = &self.document.meta().title;
        // What goes round alone says too that nobody has approved it.
        let subject: Text = vec![Inline::Text(match &self.document.running().draft {
            Some(draft) => format!("{title} · {draft}"),
            None => title.clone(),
        })];
        let name: Text = vec![Inline::Text(self.clinic.to_owned())];
        let clinic = style(size, Weight::Bold, self.brand.palette.on_solid(), Align::Start);
        let about = style(size * 0.82, Weight::Regular, self.brand.palette.on_solid(), Align::Start);
        let width = |text, style| self.setter.width_of(text, style).map_err(unset);
        let is_beside = width(&name, &clinic)? + width(&subject, &about)? + apart < room;
        Ok((self.set(&name, &clinic, room)?, self.set(&subject, &about, room)?, is_beside))
    }
}
