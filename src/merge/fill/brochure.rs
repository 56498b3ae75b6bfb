//! `templates/brochure.md.tera`: what stands on which panel of a folded brochure. The cover and the foot of the back
//! the program places by itself; that the warning signs are there, and first, [`Brochure::new`] sees to.

use super::contact::plain;
use super::{handout, masthead, safety, timeline};
use crate::diagnostic::{Diagnostic, Faults, Place as FilePlace};
use crate::document::{
    Brochure, Cover, CoverPicture, Dummy, Imprint, Panel, PanelPhoto, Part, Pictogram, Place, Text, Tiers,
    check_plan,
};
use crate::locale::Language;
use crate::merge::compile::{CLOSE, DUMMY, OPEN, PHOTO};
use crate::merge::rules::Sheet;
use crate::options::Fold;
use crate::options::sections::QUICK_ANSWER;
use chrono::NaiveTime;

/// The picture of the cover, if the clinic folder has it.
const COVER: &str = "cover";

/// Panels with the ids of their parts, in the order of reading.
fn panels(output: &str) -> Result<Vec<(Place, Vec<&str>)>, String> {
    let mut panels = Vec::new();
    let mut inside = 0;
    let mut rest = output;
    while let Some((between, after)) = rest.split_once(OPEN) {
        refuse_text(between)?;
        let (mark, after) = after.split_once(CLOSE).unwrap_or((after, ""));
        let (name, ids) = mark.split_once(':').unwrap_or((mark, ""));
        let place = match name {
            "flap" => Place::Flap,
            "back" => Place::Back,
            _ => {
                inside += 1;
                Place::Inside(inside)
            }
        };
        panels.push((place, ids.split(',').filter(|id| !id.is_empty()).collect()));
        rest = after;
    }
    refuse_text(rest)?;
    panels.sort_by_key(|(place, _)| place.turn());
    Ok(panels)
}

fn refuse_text(between: &str) -> Result<(), String> {
    match between.trim() {
        "" => Ok(()),
        text => Err(format!("`{}` stands on no panel", crate::diagnostic::shown(text))),
    }
}

/// The brochure of a sheet whose situation names a fold.
pub fn brochure(sheet: &mut Sheet<'_>, language: &Language) -> Result<Brochure, Faults> {
    let safety = safety::safety(sheet)?;
    let output = sheet.pack.texts.output(sheet.pack.brochure, &sheet.values)?;
    let mut filled = Vec::new();
    for (place, ids) in panels(&output).map_err(|message| fault(sheet, message))? {
        let parts = ids.into_iter().map(|id| part(sheet, id)).collect::<Result<Vec<_>, Faults>>()?;
        filled.push(Panel { place, parts: parts.into_iter().flatten().collect() });
    }
    let fold = sheet.situation.fold.unwrap_or(Fold::Tri);
    // No session has a time, and the clock does not belong in the file: it is as old as its text.
    let date = masthead::reviewed(sheet).and_time(NaiveTime::MIN).and_utc();
    let meta = super::meta(sheet, sheet.plain_word("document-title")?, language, date);
    let (cover, imprint, dummy) = (cover(sheet)?, imprint(sheet, &filled)?, dummy(sheet, fold)?);
    Brochure::new(meta, cover, safety, (fold, filled), imprint, dummy)
        .map_err(|error| fault(sheet, error.to_string()).into())
}

fn fault(sheet: &Sheet<'_>, message: String) -> Diagnostic {
    let place = FilePlace::file(sheet.library.templates.brochure.place.file.clone());
    Diagnostic::error("brochure", message).at(place)
}

/// A part by its id; `None`: it has nothing to say.
fn part(sheet: &mut Sheet<'_>, id: &str) -> Result<Option<Part>, Faults> {
    Ok(Some(match id {
        QUICK_ANSWER => Part::Quick(masthead::quick_answer(sheet)?),
        "timeline" => Part::Timeline(timeline::timeline(sheet)?),
        "safety" => Part::Tiers(Tiers::All),
        "precautions" => Part::Precautions(sheet.word("brochure.precautions")?),
        "pictograms" => {
            let shown = &sheet.library.treatment.pictograms;
            let pictures = shown.iter().filter_map(|id| sheet.library.pictures.get(id));
            let captions = captions(sheet)?;
            let row = pictures.cloned().enumerate().map(|(index, picture)| Pictogram {
                picture,
                caption: captions.as_ref().and_then(|all| all.get(index).cloned()),
            });
            Part::Pictograms(row.collect())
        }
        id => match id.strip_prefix(PHOTO) {
            Some(name) => return Ok(photo(sheet, id, name)),
            None => return Ok(handout::section(sheet, id)?.map(Part::Section)),
        },
    }))
}

/// A photograph of the clinic's own. That there is one of this name was seen to when the folder was loaded.
fn photo(sheet: &Sheet<'_>, id: &str, name: &str) -> Option<Part> {
    let own = sheet.library.brand.photos.get(name)?;
    let alt = own.alt.get(&sheet.pack.language)?.clone();
    Some(Part::Photo(PanelPhoto { id: id.to_owned(), photo: own.photo.clone(), alt }))
}

/// The titles of the sections that the pictograms are the icons of; none unless every one of them has one.
fn captions(sheet: &Sheet<'_>) -> Result<Option<Vec<Text>>, Faults> {
    let pictured = |id: &String| {
        let mut sections = sheet.pack.sections.values().filter(|section| section.show_title);
        sections.find(|section| section.icon.as_ref().is_some_and(|icon| icon.id == *id))
    };
    let shown = &sheet.library.treatment.pictograms;
    let Some(sections) = shown.iter().map(pictured).collect::<Option<Vec<_>>>() else { return Ok(None) };
    let titles = sections.iter().map(|section| sheet.pack.texts.line(section.title, &sheet.values));
    let titles = titles.collect::<Result<Vec<_>, _>>()?;
    Ok(titles.iter().all(|title| !title.is_empty()).then_some(titles))
}

/// Fills the template and sees whether its panels make a brochure.
pub fn try_panels(sheet: &Sheet<'_>) -> Result<(), Faults> {
    let output = sheet.pack.texts.output(sheet.pack.brochure, &sheet.values)?;
    let plan = panels(&output).map_err(|message| fault(sheet, message))?;
    let fold = sheet.situation.fold.unwrap_or(Fold::Tri);
    let hint = format!("look at the panels of the {fold}-fold");
    check_plan(fold, &plan).map_err(|error| fault(sheet, error.to_string()).hint(hint).into())
}

fn cover(sheet: &Sheet<'_>) -> Result<Cover, Faults> {
    let clinic = &sheet.library.clinic;
    let own = sheet.library.brand.cover.as_ref();
    let own = own.and_then(|cover| Some((cover, cover.alt.get(&sheet.pack.language)?)));
    let (picture, alt) = match own {
        Some((cover, alt)) => (Some(CoverPicture::Photo(cover.photo.clone())), alt.clone()),
        None => {
            let drawn = sheet.library.pictures.get(COVER).cloned();
            (drawn.map(CoverPicture::Drawing), sheet.plain_word("brochure.picture")?)
        }
    };
    Ok(Cover {
        title: sheet.word("brochure.title")?,
        line: sheet.word("brochure.line")?,
        picture,
        alt,
        clinic: plain(&clinic.name),
        city: plain(&clinic.city),
    })
}

fn imprint(sheet: &Sheet<'_>, panels: &[Panel]) -> Result<Imprint, Faults> {
    let clinic = &sheet.library.clinic;
    // The contact section names them too.
    let named = panels.iter().flat_map(|panel| &panel.parts).any(|part| part.id() == "contact");
    let therapists = match clinic.therapists.is_empty() || named {
        true => None,
        false => Some(sheet.word("contact.therapists")?),
    };
    let approval = masthead::approval(sheet).unwrap_or_else(|draft| draft);
    Ok(Imprint {
        clinic: plain(&clinic.name),
        city: plain(&clinic.city),
        therapists,
        next_visit: sheet.word("next-visit")?,
        notes: vec![
            plain(&sheet.plain_word("running.other-format")?),
            plain(&format!("{approval} · v{}", sheet.library.version)),
        ],
    })
}

fn dummy(sheet: &Sheet<'_>, fold: Fold) -> Result<Dummy, Faults> {
    let word = |key: &str| sheet.plain_word(&format!("{DUMMY}{key}"));
    let folds: &[&str] = match fold {
        Fold::Tri => &["fold-in", "fold-over"],
        Fold::Half => &["fold-over"],
    };
    let name = |place: Place| {
        Ok(match place {
            Place::Cover => word("cover")?,
            Place::Inside(number) => format!("{} {number}", word("inside")?),
            Place::Flap => word("flap")?,
            Place::Back => word("back")?,
        })
    };
    let places = [Place::Cover].into_iter().chain(fold.places());
    Ok(Dummy {
        outside: word("outside")?,
        inside: word("inside")?,
        up: word("up")?,
        folds: folds.iter().map(|key| word(key)).collect::<Result<_, Faults>>()?,
        print: word("print")?,
        names: places.map(name).collect::<Result<_, Faults>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panels_come_in_the_order_of_reading() {
        let output =
            "\u{e000}flap:a\u{e001}\n\u{e000}inside:b,c\u{e001}\u{e000}back:\u{e001}\u{e000}inside:d\u{e001}";
        let expected = vec![
            (Place::Inside(1), vec!["b", "c"]),
            (Place::Flap, vec!["a"]),
            (Place::Inside(2), vec!["d"]),
            (Place::Back, vec![]),
        ];
        assert_eq!(panels(output), Ok(expected));
    }

    #[test]
    fn words_beside_the_panels_are_refused() {
        assert_eq!(panels("Hello").unwrap_err(), "`Hello` stands on no panel");
    }
}
