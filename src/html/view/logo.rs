//! The clinic's logo on a page, which a dark screen may show on a dark ground.

use super::picture::PictureView;
use crate::brand::Brand;
use crate::html::theme::Theme;

/// The logo, and what is done where a dark page would swallow it.
pub(crate) struct LogoView {
    pub(crate) plain: PictureView,
    /// The clinic's own for dark grounds.
    pub(crate) on_dark: Option<PictureView>,
    /// There is none, and the logo needs the colour of paper behind it to be seen.
    pub(crate) on_plate: bool,
}

impl LogoView {
    pub(crate) fn of(brand: &Brand) -> LogoView {
        let on_dark = brand.logo_on_dark.as_deref().map(PictureView::of);
        let on_plate = on_dark.is_none() && brand.logo_is_lost_on(Theme::dark_paper(&brand.palette));
        LogoView { plain: PictureView::of(&brand.logo), on_dark, on_plate }
    }
}
