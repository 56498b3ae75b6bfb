//! The type of a brochure. Body type is of 12 pt, the imprint of 10.5; every height is a multiple of the grid, so that
//! baselines stand level across the panels.

use super::sheet::Sheet;
use crate::brand::{Colour, Palette};
use crate::document::Place;
use crate::geometry::{Pt, Rect, Size};
use crate::layout::paragraph::ParagraphStyle;
use crate::layout::style::Scale;
use crate::layout::{Gaps, Margin, Panel, Style};
use crate::options::Fold;

/// Body type and leading, the airiest first: a brochure takes the first in which all that it says has room. All panels have
/// the same, so that their lines stand level.
/// Words go before lines get any closer than in the last: letters of tall scripts would meet.
pub const TYPES: [(f32, f32); 2] = [(12.0, 16.0), (12.0, 15.0)];
/// For warnings that are too long for their panels: they never go.
pub const SMALLER: [(f32, f32); 3] = [(11.5, 14.5), (11.0, 14.0), SMALLEST];
pub const SMALLEST: (f32, f32) = (10.5, 13.0);

/// All sizes beside a body's, on its grid.
fn scale(fold: Fold, body: (f32, f32), tight: bool) -> Scale {
    let leading = body.1;
    let heading = if fold == Fold::Tri { 15.0 } else { 16.0 };
    let display = match fold {
        Fold::Half if !tight => (36.0, leading * 3.0),
        _ => (28.0, leading * 2.5),
    };
    Scale { small: (10.5, leading), body, heading: (heading, leading * 1.5), display, answer: display }
}

/// Text stands off folds and edges by at least this much; 5 mm is the least (see `safe_zone`).
const SIDE: Pt = Pt(22.0);
const TOP: Pt = Pt(26.0);
/// Where every line counts: still 6 mm.
const TIGHT_SIDE: Pt = Pt(18.5);

/// Text on a coloured ground stands well inside it; an office printer's margin makes the ground smaller.
const COVER_SIDE: Pt = Pt(36.0);
const FLAP_SIDE: Pt = Pt(28.0);

/// How much air there is between the parts of a panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Air {
    Airy,
    Even,
    Snug,
    /// In smaller margins too, by a step of the grid above and below; a half-fold takes the tri-fold's answer.
    Tight,
}

impl Air {
    pub const ALL: [Air; 4] = [Air::Airy, Air::Even, Air::Snug, Air::Tight];

    pub fn is_tight(self) -> bool {
        self == Air::Tight
    }

    /// How little it is.
    pub fn cost(self) -> usize {
        self as usize
    }
}

/// What a panel with room left puts between the items of its lists and between its questions, in steps of the grid: the
/// most that it holds. Signs of two lines each run into one another without it.
pub const SPREADS: [f32; 4] = [1.0, 0.5, 0.25, TOGETHER];
/// Nothing: how parts are dealt.
pub const TOGETHER: f32 = 0.0;

/// How a panel is set: the type of its body, how much air it has between parts, and how much within them (see [`SPREADS`]).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Setting {
    pub body: (f32, f32),
    pub air: Air,
    pub spread: f32,
}

/// The style of one panel.
pub fn style(sheet: &Sheet, place: Place, rect: Rect, palette: &Palette, setting: Setting) -> Style {
    let Setting { body, air, spread } = setting;
    let tight = air.is_tight();
    let columns = if sheet.fold == Fold::Tri { 1 } else { 2 };
    let grid = Pt(body.1 / 2.0);
    let scale = scale(sheet.fold, body, tight);
    let side = match place {
        Place::Cover => COVER_SIDE,
        Place::Flap => FLAP_SIDE,
        Place::Inside(_) | Place::Back if tight => TIGHT_SIDE,
        Place::Inside(_) | Place::Back => SIDE,
    };
    let bottom = if tight && place != Place::Flap { TOP - grid } else { TOP };
    let set = Style::typeset(&scale, palette);
    let (item_gap, padding, gap) = match air {
        Air::Airy => (grid, Pt(7.0), grid),
        Air::Even => (grid / 2.0, Pt(7.0), grid),
        _ => (Pt(2.5), Pt(5.0), grid / 2.0),
    };
    Style {
        page: Size { width: rect.width, height: rect.height },
        margin: Margin { top: top(place, grid, tight), bottom, side, ..set.margin },
        columns,
        gutter: Pt(14.0),
        grid,
        panel: Panel {
            side: padding,
            padding: padding.into(),
            radius: Pt(4.0),
            border: Pt(1.0),
            gap: gap.into(),
        },
        gaps: Gaps {
            // Each paragraph below a tier's signs is about other people, however full the panel is.
            closing: grid / 2.0,
            item: grid * spread,
            question: (item_gap + grid * spread).into(),
            ..Gaps::fixed(section_gap(grid, air), item_gap, gap / 2.0)
        },
        figure: Pt(40.0),
        ..set
    }
}

fn section_gap(grid: Pt, air: Air) -> Pt {
    grid * match air {
        Air::Airy => 3.0,
        Air::Even => 2.0,
        _ => 1.0,
    }
}

/// Where a panel begins. An office printer's tint begins a few points above what stands on the flap: words on its edge look
/// cut.
pub fn top(place: Place, grid: Pt, tight: bool) -> Pt {
    if tight && place != Place::Flap { TOP - grid } else { TOP }
}

impl Style {
    /// The room for parts on a panel, whole steps of the grid.
    pub(super) fn room(&self) -> Pt {
        let room = self.page.height - self.margin.top - self.margin.bottom;
        self.grid * (room.0 / self.grid.0 + 0.001).floor()
    }

    /// White and light text on a ground of the brand's colour, or dark text on a light one.
    pub(in crate::layout) fn reversed(&self) -> Style {
        let words = self.palette.on_solid();
        let on = |set: ParagraphStyle| ParagraphStyle { colour: words, link: words, ..set };
        let light = if words == self.palette.paper { self.palette.tint } else { words };
        Style {
            small: on(self.small),
            body: on(self.body),
            facts: on(self.facts),
            title: on(self.title),
            heading: on(self.heading),
            subheading: on(self.subheading),
            palette: Palette { accent: self.sun(), tint: light, paper: self.palette.solid, ..self.palette },
            picture: words,
            ..self.clone()
        }
    }

    /// Of a landscape on a ground in [`Style::reversed`]: a tone between the ground and its words.
    pub(in crate::layout) fn hills(&self) -> Colour {
        let share = if self.picture == self.palette.ink { 0.25 } else { 0.5 };
        self.palette.paper.towards(self.picture, share)
    }

    /// The accent as it shows on the brand's colour; the light of paper on a light one.
    fn sun(&self) -> Colour {
        let is_dark = self.palette.on_solid() == self.palette.paper;
        if is_dark { self.palette.accent.lit(0.66) } else { self.palette.paper }
    }

    /// White cards on a tinted ground.
    pub(super) fn on_tint(&self) -> Style {
        Style { palette: Palette { tint: self.palette.paper, ..self.palette }, ..self.clone() }
    }
}
