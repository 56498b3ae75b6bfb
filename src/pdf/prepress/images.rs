//! Images become inks: a file for the press holds nothing but the four of them, photographs too.

use super::inks::PressInks;
use crate::pdf::PdfError;
use crate::pdf::photo::filtered_rows;
use lopdf::{Dictionary, Document, Object, Stream, dictionary};

/// Bytes a pixel of inks.
const INKS: usize = 4;

/// Turns every image; its pixels must be there as they are (`Shape::Photo::exact`).
pub(super) fn to_inks(document: &mut Document, inks: &PressInks) -> Result<(), PdfError> {
    let is_image = |object: &Object| {
        let kind =
            object.as_stream().ok().and_then(|stream| stream.dict.get(b"Subtype").ok()?.as_name().ok());
        kind == Some(b"Image")
    };
    for object in document.objects.values_mut().filter(|object| is_image(object)) {
        let Ok(image) = object.as_stream_mut() else { continue };
        *image = inked(image, inks)?;
    }
    Ok(())
}

fn inked(image: &Stream, inks: &PressInks) -> Result<Stream, PdfError> {
    let pixels = image.decompressed_content().map_err(|_| PdfError::Press)?;
    let columns = image.dict.get(b"Width").and_then(Object::as_i64).map_err(|_| PdfError::Press)?;
    let row = usize::try_from(columns).map_err(|_| PdfError::Press)? * INKS;
    let pixels = inks.of_pixels(&pixels)?;
    let mut entries: Dictionary = image.dict.clone();
    entries.remove(b"Filter");
    entries.remove(b"DecodeParms");
    entries.set("ColorSpace", Object::Name(b"DeviceCMYK".to_vec()));
    let mut inked = super::packed(entries.clone(), filtered_rows(&pixels, row, INKS));
    // What does not get shorter stands as it is, and then no filter went over its rows.
    if !inked.dict.has(b"Filter") {
        return Ok(Stream::new(entries, pixels));
    }
    let rows = dictionary! { "Predictor" => 15, "Colors" => INKS as i64, "Columns" => columns };
    inked.dict.set("DecodeParms", rows);
    Ok(inked)
}
