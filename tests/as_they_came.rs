//! `check` leaves out what the suite has shown of files that are still as they came, byte for byte. An edit brings it back,
//! and what a clinic's own profile may do is seen either way.

#[path = "support/cases.rs"]
#[allow(dead_code)]
mod cases;

use aftercare::Engine;
use aftercare::content::files::{Embedded, Files, Memory};
use aftercare::content::{load, proofread, prose_words};
use cases::now;
use std::borrow::Cow;
use std::convert::Infallible;

const PROFILE: &str = "content/clinic.yaml";

/// The built-in folder as a clinic has it on its disk: what is the same as the program's is held once.
fn as_it_came(languages: &str) -> Memory {
    let own = |path: &str| (path.to_owned(), Cow::Borrowed(Embedded.bytes(path).expect("a file")));
    let mut folder = Memory(Embedded.all().map(own).collect());
    edit(&mut folder, PROFILE, "languages: [en]", &format!("languages: [{languages}]"));
    edit(
        &mut folder,
        PROFILE,
        "treatments: [dry-needling, shockwave, cupping]",
        "treatments: [dry-needling]",
    );
    edit(&mut folder, PROFILE, "phone: \"\"", "phone: \"(416) 555-0142\"");
    folder
}

fn edit(folder: &mut Memory, path: &str, from: &str, to: &str) {
    let text = String::from_utf8(folder.read(path).expect("a file").into_owned()).expect("text");
    assert!(text.contains(from), "{path} has no {from}");
    folder.0.insert(path.to_owned(), Cow::Owned(text.replacen(from, to, 1).into_bytes()));
}

/// What a careful reader of the files finds, without a sheet.
fn warned(folder: &Memory) -> Vec<String> {
    let read = load(folder).unwrap_or_else(|faults| panic!("{faults}")).value;
    let found = proofread(folder, &read, &prose_words(folder).0, Some(now().date_naive()));
    found.iter().map(|fault| format!("{} {}", fault.code, fault.message)).collect()
}

fn told(folder: &Memory) -> Vec<String> {
    let found = Engine::check(folder, |_| Ok::<_, Infallible>(now())).expect("a time");
    // Which of many sheets shows a fault is another where fewer are tried.
    let line = |fault: &aftercare::diagnostic::Diagnostic| {
        let place = fault.place.as_ref().map(|place| format!("{}:{}", place.file, place.line));
        format!("{} {} {}", fault.code, place.unwrap_or_default(), fault.message)
    };
    found.iter().map(line).collect()
}

#[test]
fn an_edit_brings_back_what_was_left_out() {
    let usual = told(&as_it_came("en, fr"));
    let mut folder = as_it_came("en, fr");
    let rest = "content/treatments/dry-needling/fr/rest.md";
    edit(&mut folder, rest, "compte le plus", "compte  le le plus {{ fatigue.when }}");
    let found: Vec<String> = told(&folder).into_iter().filter(|one| !usual.contains(one)).collect();
    for code in ["double-space", "double-word", "other-window"] {
        assert!(found.iter().any(|one| one.starts_with(code)), "no {code} in {found:#?}");
    }
}

#[test]
fn texts_that_run_off_the_sheet_are_told_of_an_edited_language() {
    let mut folder = as_it_came("en");
    let first = "- Walk and stretch gently. Both are fine.";
    let days = (1..80).map(|day| format!("\n- On day {day}, take a short walk after lunch, then rest."));
    let long = format!("{first}{}", days.collect::<String>());
    edit(&mut folder, "content/treatments/dry-needling/en/avoid.md", first, &long);
    let found = told(&folder);
    assert!(found.iter().any(|one| one.starts_with("longer-than-a-side")), "{found:#?}");
}

/// Panels are full of the program's own texts: what has no room there anyway is nothing that an edit did.
#[test]
fn of_a_brochure_only_what_an_edit_takes_off_its_panels_is_told() {
    let left_out = |folder: &Memory| -> Vec<String> {
        told(folder).into_iter().filter(|one| one.starts_with("left-out")).collect()
    };
    let expect = "content/treatments/dry-needling/en/what-to-expect.md";
    let mut folder = as_it_came("en");
    edit(&mut folder, expect, "In dry needling, thin needles", "In dry needling, fine needles");
    assert_eq!(left_out(&folder), Vec::<String>::new());
    let long = "It may take a little longer, and that is as it should be. ".repeat(9);
    edit(&mut folder, expect, "In dry needling, fine", &format!("{long}In dry needling, fine"));
    let found = left_out(&folder);
    assert!(found.iter().any(|one| one.ends_with("the panels are full; the web page says it")), "{found:#?}");
}

#[test]
fn what_a_profile_does_is_told_either_way() {
    let mut folder = as_it_came("en");
    edit(
        &mut folder,
        PROFILE,
        "{en: Health811 (dial 811)",
        "{en: The Health Line of the Region by Day and by Night (dial 811)",
    );
    edit(
        &mut folder,
        PROFILE,
        "name: Leaside Sports Medicine",
        "name: Leaside Sports Medicine and Physiotherapy Associates",
    );
    let whole = Memory::copy(&folder).expect("a copy");
    assert_eq!(told(&folder), told(&whole));
}

/// A folder that gets another name, or is copied, keeps what is held against its warnings.
#[test]
fn a_treatment_under_another_name_is_held_against_what_it_came_as() {
    let mut folder = as_it_came("en");
    let own = "content/treatments/dry-needling/";
    let paths: Vec<String> = folder.0.keys().filter(|path| path.starts_with(own)).cloned().collect();
    for path in paths {
        let data = folder.0.remove(&path).expect("a file");
        folder.0.insert(path.replace(own, "content/treatments/needling/"), data);
    }
    edit(&mut folder, PROFILE, "treatments: [dry-needling]", "treatments: [needling]");
    let usual = told(&folder);
    let texts = "content/treatments/needling/en/";
    edit(&mut folder, &format!("{texts}safety.yaml"), "Keep taking them", "Stop taking them");
    let expected = format!("{texts}what-to-expect.md");
    edit(
        &mut folder,
        &expected,
        "Small bruises or brief aches, if any",
        "Chest tightness or a cough, if any",
    );
    let treatment = "content/treatments/needling/treatment.yaml";
    edit(&mut folder, treatment, "over-lungs: {regions: [neck, shoulder, ", "over-lungs: {regions: [neck, ");
    let found: Vec<String> = told(&folder).into_iter().filter(|one| !usual.contains(one)).collect();
    for code in ["changed-sense", "called-normal", "unsupported"] {
        assert!(found.iter().any(|one| one.starts_with(code)), "no {code} in {found:#?}");
    }
}

/// Two files that agree hide nothing: what the treatment came with is known.
#[test]
fn a_sign_or_a_window_that_changed_with_its_claim_is_told() {
    let mut folder = as_it_came("en");
    let own = |path: &str| format!("content/treatments/dry-needling/{path}");
    let usual = told(&folder);
    edit(&mut folder, &own("treatment.yaml"), "      new-cough: over-lungs\n", "");
    edit(&mut folder, &own("en/safety.yaml"), "    new-cough: A new dry cough, or you cough up blood.\n", "");
    edit(&mut folder, "content/claims.yaml", "      tiers.emergency.signs.new-cough: over-lungs\n", "");
    let (was, is) = ("from: 72\n    to: 72", "from: 168\n    to: 168");
    edit(&mut folder, &own("treatment.yaml"), was, is);
    let (was, is) = ("call_if_sore_after: {from: 72, to: 72}", "call_if_sore_after: {from: 168, to: 168}");
    edit(&mut folder, "content/claims.yaml", was, is);
    let found: Vec<String> = told(&folder).into_iter().filter(|one| !usual.contains(one)).collect();
    let file = own("treatment.yaml");
    for said in [
        "`tiers.emergency.signs.new-cough` is missing, and came as `over-lungs`",
        "`windows.call_if_sore_after.from` is `168`, and came as `72`",
        "`windows.call_if_sore_after.to` is `168`, and came as `72`",
    ] {
        let is_said =
            |one: &String| one.starts_with(&format!("changed-treatment {file}:")) && one.ends_with(said);
        assert!(found.iter().any(is_said), "no {said} in {found:#?}");
    }
}

/// What was not there may take back what is, and an option decides which facts are asked for.
#[test]
fn what_a_treatment_says_beside_what_it_came_with_is_told() {
    let file = "content/treatments/dry-needling/treatment.yaml";
    let contradiction = "  - a: {key: print.sections.exclude, value: hydration}
    b: {key: precautions, value: fluid-limit}
    reason: The water section tells this patient to keep to the fluid limit. It must stay.
";
    for (was, is, claimed, said) in [
        (
            "    flag: region\n    required: true\n",
            "    flag: region\n",
            "      options.regions.required: true\n",
            "`options.regions.required` is missing, and came as `true`",
        ),
        (
            "    default: moderate\n",
            "    default: light\n",
            "      options.intensity.default: moderate\n",
            "`options.intensity.default` is `light`, and came as `moderate`",
        ),
        (
            contradiction,
            "",
            "      contradictions: [{a: {key: print.sections.exclude, value: hydration}, b: {key: precautions, value: fluid-limit}}]\n",
            "`contradictions` lacks an entry with which it came: a: {key: print.sections.exclude, value: hydration}",
        ),
        (
            "    to: 48\n    claims: [no-alcohol-caffeine]\n",
            "    to: 48\n    by: {intensity: {light: 24, moderate: 24, intense: 48}}\n    claims: [no-alcohol-caffeine]\n",
            "",
            "`windows.alcohol_caffeine.by` is `intensity: {light: 24, moderate: 24, intense: 48}`, and it came without",
        ),
        (
            "- {window: alcohol_caffeine, style: limit}",
            "- {window: alcohol_caffeine, style: limit, instead: {when: immune, words: fluid_limit_water}}",
            "",
            "`timeline.rows` lacks an entry with which it came: window: alcohol_caffeine, style: limit",
        ),
        (
            "values: [desk, manual, ",
            "values: [desk, ",
            "",
            "`options.activity.values` lacks `manual`, with which it came",
        ),
        (
            "    - {window: rest, style: limit}\n    - {window: hard_exercise, style: limit}\n",
            "    - {window: hard_exercise, style: limit}\n    - {window: rest, style: limit}\n",
            "",
            "the entries of `timeline.rows` stand in another order than they came in",
        ),
        (
            "neck-and-shoulder: [jaw, neck, shoulder]\n      back-and-chest: [upper-back, ",
            "neck-and-shoulder: [jaw, neck, shoulder, upper-back]\n      back-and-chest: [",
            "",
            "`options.regions.groups.back-and-chest` lacks `upper-back`, with which it came",
        ),
        (
            "sides: [jaw, shoulder, ",
            "sides: [jaw, ",
            "",
            "`options.regions.sides` lacks `shoulder`, with which it came",
        ),
        (
            "stretches: {per-sheet: 2, ",
            "stretches: {per-sheet: 1, ",
            "",
            "`libraries.stretches.per-sheet` is `1`, and came as `2`",
        ),
    ] {
        let mut folder = as_it_came("en");
        edit(&mut folder, file, was, is);
        edit(&mut folder, "content/claims.yaml", claimed, "");
        if said.contains("`manual`") {
            let words = "content/treatments/dry-needling/en/words.yaml";
            edit(&mut folder, words, "  manual: manual work\n", "");
        }
        let found = warned(&folder);
        let is_said = |one: &String| one.starts_with("changed-treatment") && one.contains(said);
        assert!(found.iter().any(is_said), "no {said} in {found:#?}");
    }
}

/// Words for authors and a folder's own areas, windows and rules are no change.
#[test]
fn what_a_folder_adds_by_name_is_its_own() {
    let file = "content/treatments/dry-needling/treatment.yaml";
    for (was, is) in [
        ("    changes: how long to take it easy\n", "    changes: the time to rest\n"),
        ("reason: You gave the next visit but left", "reason: You told the next visit and left"),
        ("values: [desk, manual, ", "values: [desk, kitchen, manual, "),
        ("windows:\n", "windows:\n  tea:\n    from: 1\n    to: 2\n    claims: [take-it-easy]\n"),
    ] {
        let mut folder = as_it_came("en");
        edit(&mut folder, file, was, is);
        let words = "content/treatments/dry-needling/en/words.yaml";
        edit(&mut folder, words, "  desk: desk work\n", "  desk: desk work\n  kitchen: kitchen work\n");
        if !is.contains("kitchen") {
            edit(&mut folder, words, "  kitchen: kitchen work\n", "");
        }
        let found = warned(&folder);
        assert!(!found.iter().any(|one| one.starts_with("changed-treatment")), "{is}: {found:#?}");
    }
}

/// Of one list two signs can be gone, one of which a claim supports.
#[test]
fn a_sign_that_is_gone_hides_no_other() {
    let mut folder = as_it_came("en");
    let file = "content/treatments/dry-needling/treatment.yaml";
    let words = "content/treatments/dry-needling/en/safety.yaml";
    let supports = "  supports:\n    dry-needling:\n      tiers.emergency.signs.bleeding: always\n";
    edit(&mut folder, file, "      chest-pain: over-lungs\n", "");
    edit(&mut folder, file, "      bleeding: always\n", "");
    edit(&mut folder, words, "    chest-pain: New chest pain.\n", "");
    edit(&mut folder, words, "    bleeding: Bleeding after 10 minutes of firm pressure.\n", "");
    edit(&mut folder, "content/claims.yaml", supports, "");
    let found = warned(&folder);
    for (code, sign) in [("unsupported", "chest-pain"), ("changed-treatment", "bleeding")] {
        let wanted = format!("`tiers.emergency.signs.{sign}` is missing");
        let is_said = |one: &&String| one.starts_with(code) && one.contains(&wanted);
        assert_eq!(found.iter().filter(is_said).count(), 1, "{sign}: {found:#?}");
    }
}

/// A line that says when to call tells to in each branch of its conditions.
#[test]
fn a_line_to_call_that_does_not_tell_to_is_told_in_every_language() {
    let said = [
        ("en", "Still sore then? Call us.", "Still sore then? No need to call us."),
        ("es", "¿Aún duele? Llámenos.", "¿Aún duele? Es normal."),
        ("fr", "Encore mal? Appelez-nous.", "Encore mal? C’est normal."),
        ("fa", "هنوز درد دارید؟ به ما زنگ بزنید.", "هنوز درد دارید؟ عادی است."),
        ("ta", "இன்னும் நோவா? அழையுங்கள்.", "இன்னும் நோவா? அழைக்க வேண்டாம்."),
        ("zh-Hans", "到时还酸痛？请打给我们。", "到时还酸痛？这很正常。"),
    ];
    let mut folder = as_it_came("en, es, fr, fa, ta, zh-Hans");
    let path = |language| format!("content/treatments/dry-needling/{language}/words.yaml");
    for (language, was, is) in said {
        edit(&mut folder, &path(language), was, is);
    }
    let found = told(&folder);
    for (language, ..) in said {
        let wanted = format!("silent-alarm {}", path(language));
        assert!(found.iter().any(|one| one.starts_with(&wanted)), "{language}: {found:#?}");
    }
}

/// Signs of a wound and advice that may harm, in words that a quick list would lack.
#[test]
fn signs_and_hazards_of_daily_words_are_told_in_every_language() {
    let said = [
        ("en", "A warm red spot is no problem.", "Rub arnica on a bruise."),
        ("es", "Una mancha roja que crece no es nada.", "Aplique hielo tres veces."),
        ("fr", "Une tache rouge qui grandit, c’est normal.", "Mettez de la glace dessus."),
        ("fa", "لکه قرمزی که بزرگ می‌شود طبیعی است.", "کیسه یخ روی آن بگذارید."),
        ("ta", "கூர்மையான வலி சாதாரணமானது.", "ஐபுப்ரோஃபன் சாப்பிடுங்கள்."),
        ("zh-Hans", "红肿很正常。", "可以用筋膜枪放松。"),
    ];
    let mut folder = as_it_came("en, es, fr, fa, ta, zh-Hans");
    let path = |language| format!("content/treatments/dry-needling/{language}/what-to-expect.md");
    for (language, sign, hazard) in said {
        let text =
            String::from_utf8(folder.read(&path(language)).expect("a file").into_owned()).expect("text");
        let text = format!("{}\n\n{sign}\n\n{hazard}\n", text.trim_end());
        folder.0.insert(path(language), text.into_bytes().into());
    }
    let found = told(&folder);
    for (language, ..) in said {
        for code in ["called-normal", "risky-advice"] {
            let wanted = format!("{code} {}", path(language));
            assert!(found.iter().any(|one| one.starts_with(&wanted)), "{language}: {found:#?}");
        }
    }
}

/// Signs to get help for are called passing in each language's own words.
#[test]
fn a_sign_that_is_said_to_pass_is_told_in_every_language() {
    let said = [
        ("en", "Chest pain soon fades."),
        ("es", "La fiebre pasa pronto."),
        ("fr", "La fièvre passe vite."),
        ("fa", "تب زود می‌گذرد."),
        ("ta", "காய்ச்சல் விரைவில் போகும்."),
        ("zh-Hans", "发烧很快就好。"),
    ];
    let mut folder = as_it_came("en, es, fr, fa, ta, zh-Hans");
    let path = |language| format!("content/treatments/dry-needling/{language}/what-to-expect.md");
    for (language, sentence) in said {
        let text =
            String::from_utf8(folder.read(&path(language)).expect("a file").into_owned()).expect("text");
        folder.0.insert(path(language), format!("{}\n\n{sentence}\n", text.trim_end()).into_bytes().into());
    }
    let found = told(&folder);
    for (language, _) in said {
        let wanted = format!("called-normal {}", path(language));
        assert!(found.iter().any(|one| one.starts_with(&wanted)), "{language}: {found:#?}");
    }
}
