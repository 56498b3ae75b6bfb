//! What the integration tests share.

use aftercare::text::{FaceFile, FaceFiles, FontSet};
use std::sync::Arc;

/// The shipped fonts.
pub fn fonts() -> Arc<FontSet> {
    let face = |name: &str| FaceFile {
        path: format!("fonts/{name}.ttf").into(),
        data: std::fs::read(format!("{}/fonts/{name}.ttf", env!("CARGO_MANIFEST_DIR")))
            .expect("a shipped font")
            .into(),
        index: 0,
        is_tried: false,
    };
    let files = FaceFiles {
        regular: face("AtkinsonHyperlegibleNext-Regular"),
        italic: face("AtkinsonHyperlegibleNext-Italic"),
        semibold: face("AtkinsonHyperlegibleNext-SemiBold"),
        bold: face("AtkinsonHyperlegibleNext-Bold"),
        fallback_regular: face("NotoSans-Regular"),
        fallback_bold: face("NotoSans-Bold"),
        scripts: Vec::new(),
        found: Vec::new(),
    };
    Arc::new(FontSet::new(&files).expect("the shipped fonts load"))
}
