use super::*;
use crate::diagnostic::Place;
use proptest::prelude::*;
use tera::Value;

/// Adds and fills one text, as the program does when it loads a folder. What comes of it, if anything does.
fn filled(text: &str, form: Form) -> Option<String> {
    let mut sink = Sink::default();
    let mut texts = Texts::new(&Pictures::new(), names(), 0, false);
    let id = texts.add(&Source::new(text, Place::line("rest.md", 1, 1)), form, &mut sink);
    texts.compile(&mut sink);
    let values = Values { context: context(), trial: true };
    let _ = texts.blocks(id, &values);
    let _ = texts.holds(id, &values);
    if sink.has_errors() { None } else { texts.output(id, &values).ok() }
}

/// Those of the built-in treatment.
fn names() -> Names {
    static NAMES: std::sync::OnceLock<Names> = std::sync::OnceLock::new();
    let of_built_in = || {
        let folder =
            crate::content::load(&crate::content::files::Embedded).expect("the built-in clinic").value;
        Names::of(&folder.first)
    };
    NAMES.get_or_init(of_built_in).clone()
}

fn context() -> Context {
    let mut context = Context::new();
    let list = |names: &[&str]| Value::from(names.iter().map(|name| Value::from(*name)).collect::<Vec<_>>());
    context.insert_value("patient", Value::from("*Zoë*"));
    context.insert_value("area", Value::from("neck and calf"));
    context.insert_value("intensity", Value::from("light"));
    context.insert_value("regions", list(&["neck", "calf"]));
    context.insert_value("immune", Value::from(true));
    context
}

#[test]
fn values_are_escaped_and_the_author_s_text_is_not() {
    assert_eq!(filled("*Dear* {{ patient }}", Form::Blocks).as_deref(), Some("*Dear* &#42;Zoë&#42;"));
    assert_eq!(
        filled("{{ \"**\" ~ patient | upper }}", Form::Line).as_deref(),
        Some("&#42;&#42;&#42;ZOË&#42;")
    );
}

#[test]
fn nothing_takes_the_escaping_away() {
    for text in [
        "{{ patient | trim }}",
        "{{ patient | default(value=\"x\") }}",
        "{{ patient if immune else area }}",
        "{% for r in regions %}{{ patient }}{% endfor %}",
        "{{ patient | title }}",
        "{{ patient ~ area }}",
    ] {
        let output = filled(text, Form::Line).unwrap_or_default();
        assert!(output.contains("Zoë") && !output.contains('*'), "{text}: {output}");
    }
}

#[test]
fn a_condition_is_empty_when_it_does_not_hold() {
    assert_eq!(filled("immune and \"neck\" in regions", Form::Condition).as_deref(), Some("1"));
    assert_eq!(filled("not immune", Form::Condition).as_deref(), Some(""));
}

/// Pieces of Tera, of Markdown, and of neither.
fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "{{",
        "}}",
        "{%",
        "%}",
        "{#",
        "#}",
        "-",
        "|",
        "~",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ".",
        "?.",
        "?[",
        ",",
        "=",
        "==",
        "!=",
        "<",
        ">",
        "</",
        "/",
        "*",
        "**",
        "+",
        "...",
        ":",
        "\"",
        "'",
        "`",
        "\\",
        "@",
        " ",
        "\n",
        "if",
        "elif",
        "else",
        "endif",
        "for",
        "in",
        "endfor",
        "set",
        "raw",
        "endraw",
        "is",
        "not",
        "and",
        "or",
        "true",
        "none",
        "loop",
        "rest",
        "until",
        "when",
        "patient",
        "regions",
        "intensity",
        "area",
        "upper",
        "join",
        "sep",
        "defined",
        "1",
        "0.5",
        "9e9",
        "99999999999999999999",
        "é",
        "\u{e000}",
        "# ",
        "- ",
        "> ",
        "| a |",
        "<b>",
        "&amp;",
        "![a](b)",
        "[a](b)",
        "break",
        "range",
        "include",
        "immune",
        "stacked",
        "sections",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..ProptestConfig::default() })]

    /// Whatever an author writes, the program answers, and soon.
    #[test]
    fn any_text_is_filled_or_refused(pieces in prop::collection::vec(piece(), 0..30)) {
        let (tight, wide) = (pieces.concat(), pieces.join(" "));
        for text in [&tight, &wide, &format!("{{{{ {wide} }}}}"), &format!("{{% if {wide} %}}x{{% endif %}}")] {
            for form in [Form::Line, Form::Blocks, Form::Condition, Form::Layout] {
                let output = filled(text, form).unwrap_or_default();
                prop_assert!(output.len() <= crate::limits::TEXT);
            }
        }
    }
}
