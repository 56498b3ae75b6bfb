//! What an author got wrong is told when the folder is read, all at once, each at its place, with what was meant.

use crate::kit::*;
use aftercare::content::Source;
use aftercare::diagnostic::Place;
use aftercare::merge::Merger;

const REST: &str = "content/treatments/dry-needling/en/rest.md";
const AVOID: &str = "content/treatments/dry-needling/en/avoid.md";
const HEAT: &str = "content/treatments/dry-needling/en/heat.md";
const FAQ: &str = "content/treatments/dry-needling/en/faq.yaml";
const WORDS: &str = "content/treatments/dry-needling/en/words.yaml";
const LAYOUT: &str = "templates/handout.md.tera";

/// One edit, and all that is said of it.
fn told(path: &str, old: &str, new: &str) -> String {
    faults_of(&[(path, old, new)]).to_string()
}

#[test]
fn an_unknown_field_in_a_branch_names_the_nearest() {
    assert_eq!(
        told(REST, "Rest {{ rest.when }}", "Rest {{ rest.wenn }}"),
        "content/treatments/dry-needling/en/rest.md:14:24: `rest` has no field `wenn`; did you mean `when`?"
    );
}

#[test]
fn an_unknown_name_in_a_condition_is_found_too() {
    assert_eq!(
        told(REST, "{% if rest_set %}", "{% if rest_sett %}"),
        "content/treatments/dry-needling/en/rest.md:12:7: unknown name `rest_sett`; did you mean `rest_set`?"
    );
    assert_eq!(
        told(AVOID, "activity == \"running\"", "activty == \"running\" and not has_nots"),
        "content/treatments/dry-needling/en/avoid.md:17:7: unknown name `activty`; did you mean `activity`?\n\
         content/treatments/dry-needling/en/avoid.md:17:36: unknown name `has_nots`; did you mean `has_note`?"
    );
}

#[test]
fn an_unknown_name_keeps_its_field_in_the_hint() {
    assert!(
        told(REST, "{{ rest.when }}, then", "{{ rst.until }}, then").ends_with("did you mean `rest.until`?")
    );
}

#[test]
fn a_section_s_own_conditions_are_read_at_their_place() {
    assert_eq!(
        told(HEAT, "\"not pregnancy\"", "\"not pregnant\""),
        "content/treatments/dry-needling/en/heat.md:7:19: unknown name `pregnant`; did you mean `pregnancy`?"
    );
    assert!(
        told(HEAT, "\"not pregnancy\"", "\"not pregnancy %}x{% if immune\"")
            .contains("a condition is one expression")
    );
    assert!(told(HEAT, "\"not pregnancy\"", "\"not pregnancy and\"").contains("heat.md:7:"));
}

#[test]
fn folded_yaml_is_told_at_the_line_that_the_author_sees() {
    assert_eq!(
        told(FAQ, "Then go slowly.", "Then go {{ slowly }}."),
        "content/treatments/dry-needling/en/faq.yaml:12:16: unknown name `slowly`; known are `patient`, `therapist`, `for_patient`, `clinic`, \
         `session`, `area`, `next_visit`, `has_note`, `intensity`, `regions`, `rest_set`, `stretches_chosen`, \
         `exercises_chosen`, `activity`, `precautions`, `fold`, `over_lungs`, `over_spine`, `over_back`, `blood_thinners`, \
         `fluid_limit`, `pregnancy`, `faints`, `immune`, `rest`, `hard_exercise`, `soreness_starts`, `soreness`, `fatigue`, \
         `extra_water`, `alcohol_caffeine`, `call_if_sore_after`, `normal_routine`"
    );
}

#[test]
fn a_value_that_can_never_be_is_told() {
    assert_eq!(
        told(AVOID, "activity == \"running\"", "activity == \"runing\""),
        "content/treatments/dry-needling/en/avoid.md:17:19: `activity` is never `runing`; did you mean `running`?"
    );
    assert_eq!(
        told(AVOID, "\"neck\" in regions", "\"nek\" in regions"),
        "content/treatments/dry-needling/en/avoid.md:13:7: `regions` is never `nek`; did you mean `neck`?"
    );
    assert!(told(AVOID, "activity == \"running\"", "\"runing\" == activity").contains("never `runing`"));
    assert!(
        told(AVOID, "activity == \"running\"", "activity in [\"desk\", \"sprt\"]").contains("never `sprt`")
    );
    assert!(told(AVOID, "\"neck\" in regions", "\"nek\" not in regions").contains("never `nek`"));
}

#[test]
fn what_cannot_be_printed_is_told() {
    assert!(
        told(REST, "{{ rest.when }}, then", "{{ pregnancy }}, then")
            .contains("`pregnancy` is true or false, not a text")
    );
    assert!(
        told(REST, "{{ rest.when }}, then", "{{ regions }}, then")
            .contains("`regions` is a list, not a text")
    );
    assert!(
        told(REST, "{{ rest.when }}, then", "{{ rest }}, then")
            .contains("write one of `rest.until`, `rest.from`")
    );
    assert!(
        told(REST, "{{ rest.when }}, then", "{{ area.name }}, then")
            .contains("`area` has no field `name`; write `area`")
    );
}

#[test]
fn unknown_filters_tests_and_functions_name_the_nearest() {
    let body = |new: &str| told(REST, "{{ rest.when }}, then", new);
    assert_eq!(
        body("{{ area | uper }}"),
        "content/treatments/dry-needling/en/rest.md:14:26: unknown filter `uper`; did you mean `upper`?"
    );
    assert_eq!(
        body("{% if area is contaning(pat=\"x\") %}x{% endif %}"),
        "content/treatments/dry-needling/en/rest.md:14:30: unknown test `contaning`; did you mean `containing`?"
    );
    assert!(body("{{ range(end=3) }}").contains("unknown function `range`; texts call no functions"));
}

#[test]
fn what_could_grow_or_unlock_is_not_for_texts() {
    for new in [
        "{{ patient | safe }}",
        "{{ patient | replace(from=\"a\", to=\"aa\") }}",
        "{% set x = \"a\" %}",
        "{% set_global x = \"a\" %}",
        "{% include \"x\" %}",
        "{% block a %}{% endblock %}",
        "{% filter upper %}x{% endfilter %}",
        "{% component A() %}x{% endcomponent A %}",
        "{{ <A /> }}",
        "{% for r in regions %}{% for p in precautions %}x{% endfor %}{% endfor %}",
        "{% for c in area %}x{% endfor %}",
        "{% for i in [1, 2] %}x{% endfor %}",
        "{{ [r for r in regions] | join(sep=\"\") }}",
        "{{ regions[0] }}",
        "{{ {\"a\": 1} }}",
        "{{ [...regions] | join(sep=\"\") }}",
        "{{ throw(message=\"x\") }}",
        "{{ __tera_context }}",
    ] {
        let told = told(REST, "{{ rest.when }}, then", new);
        assert!(
            told.lines().all(|line| line.starts_with("content/treatments/dry-needling/en/rest.md:14:")),
            "{new}: {told}"
        );
    }
}

#[test]
fn what_texts_may_use_works() {
    for new in [
        "{{ \"a\" ~ area | upper }}",
        "{{ regions | join(sep=\", \") }} {{ regions | first }} {{ regions | length }}",
        "{% for r in regions %}{{ loop.index }} {{ r | title }}{% if not loop.last %}, {% endif %}{% endfor %}",
        "{% if activity is not ending_with(pat=\"ing\") and (rest.hours > 24 or rest.hours <= 24) %}x{% endif %}",
        "{{ therapist | default(value=\"x\") }}{{ \"a\" if immune else \"b\" }}",
        "{% raw %}{{ this }}{% endraw %}{# a {{ note }} #}",
        "{%- if \"neck\" in regions -%} a {%- elif intensity in [\"light\", \"intense\"] -%} b {%- else -%} c {%- endif -%}",
    ] {
        if let Err(faults) = edited(&[(REST, "{{ rest.when }}, then", new)]) {
            panic!("{new}: {faults}");
        }
    }
}

#[test]
fn syntax_faults_stand_where_they_are() {
    assert!(told(REST, "{% endif %}", "").starts_with("content/treatments/dry-needling/en/rest.md:"));
    let told = told(REST, "{{ rest.when }}, then", "{{ rest.when }, then");
    assert!(told.starts_with("content/treatments/dry-needling/en/rest.md:14:"), "{told}");
}

#[test]
fn markdown_faults_in_a_rare_branch_are_found() {
    assert_eq!(
        told(AVOID, "- Run {{ hard_exercise.when }}.", "- Run <b>hard</b> {{ hard_exercise.when }}."),
        "content/treatments/dry-needling/en/avoid.md:17:37: raw HTML is not printed; write `\\<` for a sign that is meant"
    );
}

#[test]
fn clock_times_are_not_for_public_text() {
    let told = told(REST, "{{ rest.when }}, then", "{{ rest.until }}, then");
    assert!(
        told.starts_with(
            "content/treatments/dry-needling/en/rest.md:14:24: field `until` is not defined; public text"
        ) && told.contains("{% if for_patient %}"),
        "{told}"
    );
    assert!(edited(&[(HEAT, "{{ soreness_starts.when }}", "{{ soreness.until }}")]).is_ok());
}

#[test]
fn words_inside_other_texts_have_their_places() {
    assert!(
        told(WORDS, "\"until {time}\"", "\"until {tme}\"")
            .contains("`timeline.until` has no place `{tme}`; did you mean `{time}`?")
    );
    assert!(
        told(WORDS, "and: and", "and: \"{{ patient }}\"")
            .contains("stands inside other texts and can use no names")
    );
    assert!(
        told(WORDS, "  range: \"{from} to {to} hours\"", "  range: \"{from} hours\"")
            .contains("lacks its place `{to}`")
    );
}

#[test]
fn words_may_not_come_out_blank() {
    let told =
        told(WORDS, "next-visit: Next visit", "next-visit: \"{% if therapist %}Next visit{% endif %}\"");
    assert!(told.contains("words.yaml:") && told.contains("comes out blank for some requests"), "{told}");
}

#[test]
fn the_layout_names_sections_that_there_are() {
    assert_eq!(
        told(LAYOUT, "\"hydration\"", "\"hidration\""),
        "templates/handout.md.tera:1:31: unknown section `hidration`; did you mean `hydration`?"
    );
    assert!(
        told(LAYOUT, "\"hydration\"", "\"when-to-call\"")
            .contains("the program places `when-to-call` by itself")
    );
    assert!(
        told(LAYOUT, "{{ stacked(", "{{ staked(")
            .contains("unknown function `staked`; did you mean `stacked`?")
    );
    assert!(
        told(LAYOUT, "sections=[\"rest\", \"hydration\"]", "sections=regions")
            .contains("`stacked` needs a list of section ids")
    );
    assert!(
        told(LAYOUT, "Keep this sheet.", "Keep {{ this }} sheet.")
            .contains("handout.md.tera:3:9: unknown name `this`")
    );
    assert!(told(LAYOUT, "Keep this sheet.", "{% if immune %}<hr>{% endif %}").contains("handout.md.tera:3"));
}

#[test]
fn a_section_that_the_layout_forgets_is_a_warning() {
    let clinic = edited(&[(LAYOUT, "\"general\", ", "")]).unwrap_or_else(|faults| panic!("{faults}"));
    let warnings: Vec<&str> = clinic.warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert_eq!(warnings, ["the section `general` is on no sheet"]);
}

#[test]
fn every_fault_of_every_text_comes_at_once() {
    let faults = faults_of(&[
        (REST, "rest_set", "rest_sett"),
        (AVOID, "\"neck\" in", "\"nek\" in"),
        (FAQ, "{{ soreness.span }}", "{{ soreness.spam }}"),
        (WORDS, "with {{ therapist }}", "with {{ therapst }}"),
        (LAYOUT, "\"faq\"", "\"fak\""),
        ("content/treatments/dry-needling/en/safety.yaml", "fatigue.after", "fatige.after"),
    ]);
    assert_eq!(faults.0.len(), 6, "{faults}");
}

#[test]
fn a_language_without_date_words_is_refused() {
    let mut folder = folder(&[("content/clinic.yaml", "languages: [en]", "languages: [de]")]);
    let files: Vec<String> = folder.0.keys().filter(|path| path.contains("/en/")).cloned().collect();
    for path in files {
        let data = folder.0.remove(&path).expect("a file");
        folder.0.insert(path.replace("/en/", "/de/"), data);
    }
    let words = String::from_utf8(folder.0["content/languages/de/words.yaml"].to_vec()).expect("text");
    folder.0.insert(
        "content/languages/de/words.yaml".into(),
        words.replace("  en: English", "  de: Deutsch").into_bytes().into(),
    );
    let told = clinic(&folder).err().map(|faults| faults.to_string()).unwrap_or_default();
    assert!(
        told.contains(
            "no date words for the language `de`; write content/dates/de.yaml, as those of `en`, `es`"
        ),
        "{told}"
    );
}

/// The small clinic with one section's text.
fn compiled(body: &str) -> Result<(), String> {
    let mut library = small().library.clone();
    let mut packs = (*library.packs).clone();
    let pack = packs.values_mut().next().expect("a language");
    pack.libraries.values_mut().for_each(|library| library.clear());
    pack.questions.clear();
    pack.sections.get_mut("rest").expect("rest").body = Source::new(body, Place::line("rest.md", 1, 1));
    library.packs = packs.into();
    Merger::new(&library).map(|_| ()).map_err(|faults| faults.to_string())
}

#[test]
fn too_long_a_text_is_refused() {
    let told = compiled(&"word ".repeat(20_000)).expect_err("a fault");
    assert!(told.contains("the text is 98 KiB long, allowed are 32"), "{told}");
    let told = compiled(&format!("{{% for r in regions %}}{}{{% endfor %}}", "word ".repeat(1_000)))
        .expect_err("a fault");
    assert!(told.contains("the text comes out longer than 32 KiB"), "{told}");
    assert!(told.len() < 400, "{told}");
}

#[test]
fn deep_nesting_is_refused_not_fallen_over() {
    for body in ["(".repeat(30_000), "{% if immune %}".repeat(3_000), "> ".repeat(20_000), "[".repeat(20_000)]
    {
        let _ = compiled(&body);
        let _ = compiled(&format!("{{{{ {body} }}}}"));
    }
}

#[test]
fn the_author_s_manual_names_all_that_texts_can_use() {
    let manual = include_str!("../../docs/content-format.md");
    let filters = aftercare::merge::names::FILTERS.iter().map(|name| (*name).to_owned());
    let names = aftercare::merge::names::Names::default();
    let tops = names.all().map(|name| name.name.to_owned());
    for name in tops.filter(|name| name != "clinic" && name != "session").chain(filters) {
        assert!(manual.contains(&format!("`{name}`")), "docs/content-format.md does not name `{name}`");
    }
    for (path, _) in names.paths() {
        let field = path.split_once('.').map(|(_, field)| format!("`.{field}`"));
        let named =
            manual.contains(&format!("`{path}`")) || field.is_some_and(|field| manual.contains(&field));
        assert!(named, "docs/content-format.md does not name `{path}`");
    }
}
