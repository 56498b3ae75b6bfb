//! JPEG (ISO/IEC 10918-1).

use super::exif::Turn;
use super::{Decoded, Head, Refused};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// The first bytes of a JPEG file.
const SIGNATURE: &[u8] = b"\xff\xd8\xff";

fn broken(error: impl std::fmt::Display) -> Refused {
    (format!("this JPEG cannot be read: {error}"), "save it anew as JPEG")
}

fn opened(bytes: &[u8], space: ColorSpace) -> Result<JpegDecoder<ZCursor<&[u8]>>, Refused> {
    if !bytes.starts_with(SIGNATURE) {
        return Err(("this file is no JPEG and no PNG".to_owned(), "save the photograph as JPEG, in sRGB"));
    }
    let options = DecoderOptions::default().jpeg_set_out_colorspace(space);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(broken)?;
    Ok(decoder)
}

pub(super) fn head(bytes: &[u8]) -> Result<Head, Refused> {
    let decoder = opened(bytes, ColorSpace::RGB)?;
    let info = decoder.info().ok_or_else(|| broken("it has no size"))?;
    if !matches!(decoder.input_colorspace(), Some(ColorSpace::YCbCr | ColorSpace::RGB | ColorSpace::Luma)) {
        let message = "this JPEG holds inks, not the colours of a screen".to_owned();
        return Err((
            message,
            "save it in sRGB: the program makes the inks for the press that the file names",
        ));
    }
    let turn = decoder.exif().map_or(Turn::NONE, |exif| Turn::of(exif));
    Ok(Head { width: u32::from(info.width), height: u32::from(info.height), turn })
}

pub(super) fn decoded(bytes: &[u8]) -> Result<Decoded, Refused> {
    let is_grey = opened(bytes, ColorSpace::RGB)?.input_colorspace() == Some(ColorSpace::Luma);
    let mut decoder = opened(bytes, if is_grey { ColorSpace::Luma } else { ColorSpace::RGB })?;
    let width = decoder.info().map_or(0, |info| usize::from(info.width));
    let pixels = decoder.decode().map_err(broken)?;
    let pixels = match is_grey {
        true => pixels.into_iter().flat_map(|level| [level; 3]).collect(),
        false => pixels,
    };
    // A profile of greys says nothing of colours.
    Ok(Decoded { pixels, width, profile: decoder.icc_profile().filter(|_| !is_grey) })
}
