use super::*;

fn sources(files: &[(&str, &str)]) -> BTreeMap<String, TemplateSource> {
    let source = |name: &str, text: &str| TemplateSource {
        text: text.into(),
        place: Place::file(format!("templates/html/{name}")),
    };
    files.iter().map(|(name, text)| (name.to_string(), source(name, text))).collect()
}

fn fill(files: &[(&str, &str)]) -> Result<String, Faults> {
    let view = serde_json::json!({"title": "Tom & Zoë", "bars": [{"label": "rest"}, {"label": "run"}]});
    Templates::compile(&sources(files))?.fill("page.html", &view)
}

fn fault(text: &str) -> String {
    match fill(&[("page.html", text)]) {
        Ok(page) => panic!("made a page: {page}"),
        Err(faults) => faults.to_string(),
    }
}

#[test]
fn values_are_escaped_also_in_an_included_style_sheet() {
    let page = fill(&[
        ("page.html", "<p>{{ title }}</p>{% include \"style.css\" %}"),
        ("style.css", "/* {{ title }} */"),
    ]);
    assert_eq!(page.as_deref(), Ok("<p>Tom &amp; Zoë</p>/* Tom &amp; Zoë */"));
}

#[test]
fn the_meter_leaves_the_page_as_the_author_wrote_it() {
    let page = fill(&[("page.html", "{% for bar in bars -%}\n {{ bar.label }},\n{%- endfor %}!")]);
    assert_eq!(page.as_deref(), Ok("rest,run,!"));
}

#[test]
fn an_unknown_name_is_told_with_line_column_and_the_nearest() {
    assert_eq!(
        fault("<p>\n  {{ titel }}</p>"),
        "templates/html/page.html:2:6: variable `titel` is not defined; did you mean `title`?"
    );
}

#[test]
fn columns_are_the_authors_after_a_loop_on_the_same_line() {
    let told = fault("{% for bar in bars %}{{ bar.lable }}{% endfor %}");
    assert!(told.starts_with("templates/html/page.html:1:29:"), "{told}");
    assert!(told.ends_with("did you mean `label`?"), "{told}");
}

#[test]
fn every_template_with_a_syntax_fault_is_told() {
    let told =
        fill(&[("page.html", "{{ title"), ("other.html", "{% if %}")]).map_err(|faults| faults.0.len());
    assert_eq!(told, Err(2));
}

#[test]
fn a_missing_parent_and_a_missing_part_name_the_nearest() {
    let base = ("base.html", "{% component Card(title) %}{{ title }}{% endcomponent Card %}");
    let parent =
        fill(&[base, ("page.html", "{% extends \"bse.html\" %}")]).map_err(|faults| faults.to_string());
    assert_eq!(
        parent,
        Err("templates/html/page.html:1:4: there is no template `bse.html` to extend; did you mean `base.html`?".into())
    );
    let part =
        fill(&[base, ("page.html", "{{ <Crad title={title} /> }}")]).map_err(|faults| faults.to_string());
    let part = part.err().unwrap_or_default();
    assert!(part.contains("page.html:1:") && part.ends_with("did you mean `Card`?"), "{part}");
}

#[test]
fn what_is_over_a_bound_is_told_by_its_code() {
    let code = |files: &[(&str, &str)]| fill(files).err().map(|faults| faults.0[0].code);
    let long = "word ".repeat(LONGEST_SOURCE / 4);
    assert_eq!(code(&[("page.html", &long)]), Some("template-size"));
    assert_eq!(code(&[("page.html", &"{{ title }}".repeat(2_001))]), Some("template-size"));
    let names: Vec<String> = (0..=MOST_SOURCES).map(|number| format!("{number}.html")).collect();
    let many: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    assert_eq!(code(&many), Some("template-size"));
    let names: Vec<String> = (1..=DEEPEST + 1).map(|number| format!("{number}.html")).collect();
    let includes: Vec<String> = names.iter().map(|name| format!("{{% include \"{name}\" %}}")).collect();
    let mut deep = vec![("page.html", includes[0].as_str())];
    deep.extend(names.iter().zip(&includes[1..]).map(|(name, include)| (name.as_str(), include.as_str())));
    deep.push((names[DEEPEST].as_str(), ""));
    assert_eq!(code(&deep), Some("template-depth"));
    let paragraph = "word ".repeat(20_000);
    let loops =
        format!("{{% for bar in bars %}}{{% for bar in bars %}}{paragraph}{{% endfor %}}{{% endfor %}}");
    assert_eq!(code(&[("page.html", &loops.repeat(2)), ("part.html", "")]), None);
    let page = "{% for bar in bars %}{% include \"a.html\" %}{% endfor %}".repeat(40);
    assert_eq!(code(&[("page.html", &page), ("a.html", &paragraph.repeat(2))]), Some("template-output"));
}

#[test]
fn loops_inside_loops_end() {
    let range = "{% for a in range(end=1000) %}";
    let text = format!("{}{}", range.repeat(30), "{% endfor %}".repeat(30));
    assert!(fault(&text).contains("repeats too much"), "{}", fault(&text));
}

#[test]
fn a_part_that_calls_itself_twice_ends() {
    let text = "{% component A(n) %}{{ <A n={n} /> }}{{ <A n={n} /> }}{% endcomponent A %}{{ <A n={1} /> }}";
    let told = fault(text);
    assert!(told.contains("recursion") || told.contains("repeats too much"), "{told}");
}

#[test]
fn includes_that_multiply_at_each_level_end() {
    let mut files = vec![("page.html".to_string(), "{% include \"level-0.html\" %}".to_string())];
    for level in 0..7 {
        files.push((
            format!("level-{level}.html"),
            format!("{{% include \"level-{}.html\" %}}", level + 1).repeat(50),
        ));
    }
    files.push(("level-7.html".into(), "{{ title }}".into()));
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let told = fill(&files).map_err(|faults| faults.to_string()).err().unwrap_or_default();
    assert!(told.contains("repeats too much"), "{told}");
}

#[test]
fn a_page_without_end_is_cut_off() {
    let text = format!("{{% for a in range(end=1000) %}}{}{{% endfor %}}", "x".repeat(20_000));
    assert!(fault(&text).contains("more than 8 MB"));
}

#[test]
fn what_could_make_a_value_grow_is_refused_with_a_place() {
    let cases = [
        ("{% set a = title %}", "the tag `set` cannot be used", "1:4"),
        ("{{ title ~ title }}", "`~` cannot be used", "1:10"),
        ("{{ title | replace(from=\"a\", to=\"aa\") }}", "unknown filter `replace`", "1:12"),
        ("{{ title | uper }}", "did you mean `upper`?", "1:12"),
        ("{% for a in [1, 2] %}{% endfor %}", "a list cannot be made", "1:13"),
        ("{% <Card> %}x{% </Card> %}", "a part with a body", "1:4"),
        ("{{ throw(message=title) }}", "unknown function `throw`", "1:4"),
        ("{{ _spend(tags=0) }}", "unknown function `_spend`", "1:4"),
    ];
    for (text, words, place) in cases {
        let told = fault(text);
        assert!(told.contains(words) && told.contains(&format!("page.html:{place}:")), "{text}: {told}");
    }
}

#[test]
fn a_file_full_of_faults_is_told_in_short() {
    let refused = fill(&[("page.html", &"{{ a ~ b }}".repeat(1_900))]).err().map(|faults| faults.0.len());
    assert_eq!(refused, Some(20));
    assert!(fault(&"{{ title }}".repeat(2_001)).contains("more than 2000 tags"));
    assert!(fault(&"x".repeat(300_000)).contains("longer than 256 KB"));
    assert!(fault(&"{{ <A /> }}".repeat(1_900)).contains("unknown component `A`"));
}

#[test]
fn raw_text_and_comments_are_not_read_as_tags() {
    let page =
        fill(&[("page.html", "{% raw %}{% set a = b ~ c %}{% endraw %}{# {% set #}{{ bars[0].label }}")]);
    assert_eq!(page.as_deref(), Ok("{% set a = b ~ c %}rest"));
}

#[test]
fn a_message_holds_no_value() {
    let told = fault("{{ title.first }}{{ title + 1 }}");
    assert!(!told.contains("Zoë"), "{told}");
}

#[test]
fn templates_that_nest_too_deep_are_refused_before_they_use_up_the_stack() {
    let mut files = vec![("page.html".to_string(), "{% include \"level-0.html\" %}".to_string())];
    for level in 0..40 {
        files.push((format!("level-{level}.html"), format!("{{% include \"level-{}.html\" %}}", level + 1)));
    }
    files.push(("level-40.html".into(), "{{ title }}".into()));
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let told = fill(&files).map_err(|faults| faults.to_string()).err().unwrap_or_default();
    assert!(told.contains("nest more than 8 deep"), "{told}");
}

#[test]
fn the_deepest_nesting_that_is_allowed_fits_a_small_stack() {
    let mut files = vec![("page.html".to_string(), "{% include \"level-0.html\" %}".to_string())];
    for level in 0..7 {
        files.push((format!("level-{level}.html"), format!("{{% include \"level-{}.html\" %}}", level + 1)));
    }
    files.push((
        "level-7.html".into(),
        "{% component A(n) %}{{ <A n={n} /> }}{% endcomponent A %}{{ <A n={1} /> }}".into(),
    ));
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let told = fill(&files).map_err(|faults| faults.to_string()).err().unwrap_or_default();
    assert!(told.contains("recursion"), "{told}");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 2000, ..Default::default() })]

    /// Whatever a file holds, it gives a page or a fault.
    #[test]
    fn no_file_panics_or_hangs(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..24)) {
        let _ = fill(&[("page.html", &pieces.concat())]);
    }
}

const PIECES: &[&str] = &[
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "#}",
    "-",
    " ",
    "\n",
    "é",
    "<p>",
    "title",
    "bars",
    "bar",
    ".",
    "label",
    "for ",
    "in ",
    "endfor",
    "if ",
    "elif ",
    "else",
    "endif",
    "block ",
    "endblock",
    "component ",
    "endcomponent ",
    "include ",
    "extends ",
    "raw",
    "endraw",
    "set ",
    "\"page.html\"",
    "'",
    "\"",
    "`",
    "\\",
    "|",
    "upper",
    "length",
    "get(key=1)",
    "[0]",
    "[-1:]",
    "?.",
    "(",
    ")",
    "range(end=3)",
    "range(end=-1)",
    "super()",
    "<A ",
    "/>",
    "</A>",
    "{",
    "}",
    "=",
    "==",
    "<",
    "+",
    "-1",
    "/",
    "//",
    "%",
    "**",
    "9223372036854775807",
    "0",
    "1.5",
    "is ",
    "not ",
    "odd",
    "and ",
    "loop.index",
    "...",
    "~",
    "@",
    "true",
    "none",
    "break",
    "continue",
    "{% for bar in bars %}",
    "{% endfor %}",
    "{{ bar.label }}",
    "{{ title }}",
    "{% if title %}",
    "{% endif %}",
    "{% component A(n) %}",
    "{% endcomponent A %}",
    "{{ <A n={1} /> }}",
    "{% block x %}",
    "{% endblock %}",
];
