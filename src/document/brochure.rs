//! What a folded brochure says, panel by panel. A [`Brochure`] cannot be built without its [`Safety`], and not
//! unless its panels place every part of it (the three tiers and the advice by precaution).

use super::{Meta, Photo, Picture, QuickAnswer, Safety, Section, Text, Timeline};
use crate::options::Fold;
use std::sync::Arc;

/// The general text as a folded sheet. Read in this order: cover, the left panel inside, the flap beside it, the other
/// panels inside, back.
#[derive(Clone, Debug)]
pub struct Brochure {
    meta: Meta,
    fold: Fold,
    cover: Cover,
    safety: Safety,
    panels: Vec<Panel>,
    imprint: Imprint,
    dummy: Dummy,
}

/// The front.
#[derive(Clone, Debug, PartialEq)]
pub struct Cover {
    /// The level-1 heading.
    pub title: Text,
    /// What the brochure is for, below the title.
    pub line: Text,
    pub picture: Option<CoverPicture>,
    /// What the picture shows; never blank where there is one.
    pub alt: String,
    pub clinic: Text,
    pub city: Text,
}

/// What a cover shows.
#[derive(Clone, Debug, PartialEq)]
pub enum CoverPicture {
    Drawing(Arc<Picture>),
    Photo(Arc<Photo>),
}

/// A panel after the cover.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    pub place: Place,
    pub parts: Vec<Part>,
}

/// Where a panel is when the brochure is folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    Cover,
    /// From the left, from 1.
    Inside(u8),
    /// The outer side of the panel that folds in: a tri-fold has one.
    Flap,
    Back,
}

/// What stands on a panel.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    Quick(QuickAnswer),
    Timeline(Timeline),
    /// The tiers of [`Brochure::safety`].
    Tiers(Tiers),
    /// Its advice by precaution, under a heading.
    Precautions(Text),
    Section(Section),
    /// A row of pictograms at the foot, to look at only.
    Pictograms(Vec<Pictogram>),
    /// A photograph of the clinic's own.
    Photo(PanelPhoto),
}

/// A photograph on a panel.
#[derive(Clone, Debug, PartialEq)]
pub struct PanelPhoto {
    /// What the template calls it: `photo:front-desk`.
    pub id: String,
    pub photo: Arc<Photo>,
    /// What it shows.
    pub alt: String,
}

/// Which of the three tiers. What stands on one panel in the template may need two that a hand opens together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tiers {
    All,
    /// The heading, the emergency, and what needs help today.
    Urgent,
    /// When to call the clinic.
    Call,
    /// The heading and the emergency.
    Emergency,
    /// What needs help today, and when to call the clinic.
    Lesser,
}

/// A picture of the row at the foot of a panel.
#[derive(Clone, Debug, PartialEq)]
pub struct Pictogram {
    pub picture: Arc<Picture>,
    /// Below it, where all of a row have one: the section that it stands for.
    pub caption: Option<Text>,
}

/// Who made it, at the foot of the back.
#[derive(Clone, Debug, PartialEq)]
pub struct Imprint {
    pub clinic: Text,
    pub city: Text,
    /// Where no way to reach the clinic is known: who works there.
    pub therapists: Option<Text>,
    /// In front of a line to write the next visit on, where there is room for one.
    pub next_visit: Text,
    /// "Large print or another format? Ask us.", "Reviewed Nov 2026 · v3F2A9C".
    pub notes: Vec<Text>,
}

/// Words of the dummy that is folded before anything is printed.
#[derive(Clone, Debug, PartialEq)]
pub struct Dummy {
    pub outside: String,
    pub inside: String,
    /// "This side up".
    pub up: String,
    /// "Fold {number}", one for each fold in the order of folding.
    pub folds: Vec<String>,
    /// How to print it.
    pub print: String,
    /// The name of each panel, the cover's first, in the order of reading.
    pub names: Vec<String>,
}

/// Why panels do not make a brochure.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BrochureFault {
    #[error("a {fold}-fold has {wanted} {panel} panels, but there are {found}")]
    Panels { fold: Fold, panel: &'static str, wanted: usize, found: usize },
    #[error("`{0}` stands on no panel")]
    Missing(&'static str),
    #[error("`{0}` stands on more than one panel")]
    Twice(&'static str),
    #[error("`{0}` stands before the warning signs")]
    BeforeSafety(String),
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Place::Cover => f.write_str("cover"),
            Place::Inside(number) => write!(f, "inside {number}"),
            Place::Flap => f.write_str("flap"),
            Place::Back => f.write_str("back"),
        }
    }
}

impl Place {
    /// When a hand that opens the brochure meets it. The cover turned, the left panel inside lies beside the flap; only
    /// then do the other panels inside come to light.
    pub fn turn(self) -> u8 {
        match self {
            Place::Cover => 0,
            Place::Inside(1) => 1,
            Place::Flap => 2,
            Place::Inside(number) => number.saturating_add(1),
            Place::Back => u8::MAX,
        }
    }
}

impl Fold {
    /// Panels inside.
    pub fn inside(self) -> usize {
        match self {
            Fold::Tri => 3,
            Fold::Half => 2,
        }
    }

    /// Panels that fold in.
    pub fn flaps(self) -> usize {
        self.inside() - 2
    }

    /// All places but the cover, in the order of reading.
    pub fn places(self) -> Vec<Place> {
        let inside = (1..=self.inside() as u8).map(Place::Inside);
        let flap = (0..self.flaps()).map(|_| Place::Flap);
        let mut places: Vec<Place> = inside.chain(flap).chain([Place::Back]).collect();
        places.sort_by_key(|place| place.turn());
        places
    }
}

impl Brochure {
    /// Errors: panels that the fold does not have; the tiers or the precautions on no panel or on two; anything but
    /// the quick answer, the timeline and pictograms before the tiers.
    pub fn new(
        meta: Meta,
        cover: Cover,
        safety: Safety,
        (fold, panels): (Fold, Vec<Panel>),
        imprint: Imprint,
        dummy: Dummy,
    ) -> Result<Brochure, BrochureFault> {
        let plan: Vec<(Place, Vec<&str>)> =
            panels.iter().map(|panel| (panel.place, panel.parts.iter().map(Part::id).collect())).collect();
        check_plan(fold, &plan)?;
        Ok(Brochure { meta, fold, cover, safety, panels, imprint, dummy })
    }

    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    pub fn fold(&self) -> Fold {
        self.fold
    }

    pub fn cover(&self) -> &Cover {
        &self.cover
    }

    pub fn safety(&self) -> &Safety {
        &self.safety
    }

    /// In the order of reading.
    pub fn panels(&self) -> &[Panel] {
        &self.panels
    }

    pub fn imprint(&self) -> &Imprint {
        &self.imprint
    }

    pub fn dummy(&self) -> &Dummy {
        &self.dummy
    }
}

impl Part {
    /// What templates call it.
    pub fn id(&self) -> &str {
        match self {
            Part::Quick(_) => "quick-answer",
            Part::Timeline(_) => "timeline",
            Part::Tiers(_) => "safety",
            Part::Precautions(_) => "precautions",
            Part::Section(section) => &section.id,
            Part::Pictograms(_) => "pictograms",
            Part::Photo(photo) => &photo.id,
        }
    }

    /// Whether it may be read before the warning signs.
    pub fn may_come_first(&self) -> bool {
        BEFORE_SAFETY.contains(&self.id())
    }
}

/// All that may be read before the warning signs: nothing that calls a complaint normal in so many words.
const BEFORE_SAFETY: [&str; 3] = ["quick-answer", "timeline", "pictograms"];

/// Whether panels with parts of these ids, in the order of reading, make a brochure.
pub fn check_plan(fold: Fold, plan: &[(Place, Vec<&str>)]) -> Result<(), BrochureFault> {
    let count = |wanted: fn(&Place) -> bool| plan.iter().filter(|(place, _)| wanted(place)).count();
    let kinds = [
        ("inside", fold.inside(), count(|place| matches!(place, Place::Inside(_)))),
        ("flap", fold.flaps(), count(|place| *place == Place::Flap)),
        ("back", 1, count(|place| *place == Place::Back)),
    ];
    for (panel, wanted, found) in kinds {
        if wanted != found {
            return Err(BrochureFault::Panels { fold, panel, wanted, found });
        }
    }
    let ids = || plan.iter().flat_map(|(_, ids)| ids.iter().copied());
    for id in ["safety", "precautions"] {
        match ids().filter(|other| *other == id).count() {
            0 => return Err(BrochureFault::Missing(id)),
            1 => {}
            _ => return Err(BrochureFault::Twice(id)),
        }
    }
    let early = ids().take_while(|id| *id != "safety").find(|id| !BEFORE_SAFETY.contains(id));
    early.map_or(Ok(()), |id| Err(BrochureFault::BeforeSafety(id.to_owned())))
}
