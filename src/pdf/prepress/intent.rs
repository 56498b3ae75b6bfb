//! What the file says of itself: the printing condition that it is made for, and that it is PDF/X-4.

use super::condition::PROFILE;
use crate::document::Meta;
use crate::pdf::PdfError;
use crate::pdf::metadata::{CREATOR, escape};
use chrono::SecondsFormat;
use lopdf::{Document, Object, Stream, dictionary};
use std::sync::LazyLock;

/// As the registry of the ICC names the condition.
const CONDITION: &str = "CGATS TR 006";
const CONDITION_IN_WORDS: &str = "Offset on grade 1 coated paper, GRACoL 2006, ISO 12647-2 paper type 1";

/// The profile as files hold it, packed once: it is large, and a folder has many brochures.
static PACKED: LazyLock<Stream> = LazyLock::new(|| {
    let mut profile = Stream::new(dictionary! { "N" => 4 }, PROFILE.to_vec());
    // Without a filter the profile is as good, only longer.
    let _ = profile.compress();
    profile
});

/// Sets output intent, metadata and what else PDF/X-4 wants in the catalogue.
pub(super) fn declare(document: &mut Document, meta: &Meta, identity: &[u8; 16]) -> Result<(), PdfError> {
    let profile = document.add_object(PACKED.clone());
    let text = |text: &str| Object::string_literal(text);
    let intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFX",
        "OutputConditionIdentifier" => text(CONDITION),
        "OutputCondition" => text(CONDITION_IN_WORDS),
        "RegistryName" => text("http://www.color.org"),
        "Info" => text(CONDITION_IN_WORDS),
        "DestOutputProfile" => profile,
    };
    info(document)?;
    // The last object of the file, and never compressed: who asks whose file it is reads the tail.
    let xmp = Stream::new(
        dictionary! { "Type" => "Metadata", "Subtype" => "XML" },
        xmp(meta, identity).into_bytes(),
    );
    let old: Vec<_> = {
        let catalogue = document.catalog().map_err(|_| PdfError::Press)?;
        let metadata = catalogue.get(b"Metadata").and_then(Object::as_reference).ok();
        let intents = catalogue.get(b"OutputIntents").and_then(Object::as_array).ok();
        let intents = intents.into_iter().flatten().filter_map(|intent| intent.as_dict().ok());
        let profiles =
            intents.filter_map(|intent| intent.get(b"DestOutputProfile").ok()?.as_reference().ok());
        metadata.into_iter().chain(profiles).collect()
    };
    for id in old {
        document.objects.remove(&id);
    }
    let metadata = document.add_object(xmp.with_compression(false));
    let catalogue = document.catalog_mut().map_err(|_| PdfError::Press)?;
    catalogue.set("OutputIntents", vec![Object::Dictionary(intent)]);
    catalogue.set("Metadata", metadata);
    Ok(())
}

fn info(document: &mut Document) -> Result<(), PdfError> {
    let id = document.trailer.get(b"Info").and_then(Object::as_reference).map_err(|_| PdfError::Press)?;
    let info = document.get_object_mut(id).and_then(Object::as_dict_mut).map_err(|_| PdfError::Press)?;
    info.set("Trapped", "False");
    Ok(())
}

/// XMP with the keys of ISO 15930-7, 6.10: version, title, dates, trapping, and which file this is.
fn xmp(meta: &Meta, identity: &[u8; 16]) -> String {
    let date = meta.date.to_rfc3339_opts(SecondsFormat::Secs, true);
    let (title, author) = (escape(&meta.title), escape(&meta.author));
    let (description, language) = (escape(&meta.description), escape(meta.language.tag()));
    let digits = crate::hex::hex(identity);
    let uuid = [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]].join("-");
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" \
         xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\" xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\">\
         <pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>\
         <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\
         <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>\
         <dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">{description}</rdf:li></rdf:Alt></dc:description>\
         <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>\
         <dc:format>application/pdf</dc:format>\
         <xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>\
         <xmp:MetadataDate>{date}</xmp:MetadataDate><xmp:CreatorTool>{CREATOR}</xmp:CreatorTool>\
         <xmpMM:DocumentID>uuid:{uuid}</xmpMM:DocumentID><xmpMM:InstanceID>uuid:{uuid}</xmpMM:InstanceID>\
         <xmpMM:VersionID>1</xmpMM:VersionID><xmpMM:RenditionClass>default</xmpMM:RenditionClass>\
         <pdf:Producer>{CREATOR}</pdf:Producer><pdf:Trapped>False</pdf:Trapped>\
         </rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>"
    )
}
