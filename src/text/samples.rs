//! The shipped fonts, for tests.

use super::{FaceFile, FaceFiles, FontSet};
use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

macro_rules! font {
    ($name:literal) => {
        FaceFile {
            path: concat!("fonts/", $name).into(),
            data: Cow::Borrowed(include_bytes!(concat!("../../fonts/", $name))),
            index: 0,
            is_tried: false,
        }
    };
}

pub(crate) fn files() -> FaceFiles {
    FaceFiles {
        regular: font!("AtkinsonHyperlegibleNext-Regular.ttf"),
        italic: font!("AtkinsonHyperlegibleNext-Italic.ttf"),
        semibold: font!("AtkinsonHyperlegibleNext-SemiBold.ttf"),
        bold: font!("AtkinsonHyperlegibleNext-Bold.ttf"),
        fallback_regular: font!("NotoSans-Regular.ttf"),
        fallback_bold: font!("NotoSans-Bold.ttf"),
        scripts: Vec::new(),
        found: Vec::new(),
    }
}

/// Loaded once for all tests.
pub(crate) fn fonts() -> Arc<FontSet> {
    static FONTS: OnceLock<Arc<FontSet>> = OnceLock::new();
    FONTS.get_or_init(|| Arc::new(FontSet::new(&files()).expect("the shipped fonts load"))).clone()
}
