//! Help, manual and completions, which come from one table.

use crate::kit::Desk;

#[test]
fn the_help_of_the_program() {
    insta::assert_snapshot!(Desk::new().call("--help").succeeds().text());
}

#[test]
fn the_help_of_render() {
    insta::assert_snapshot!(Desk::new().call("render --help").succeeds().text());
    insta::assert_snapshot!(Desk::new().call("render -h").succeeds().text());
}

#[test]
fn every_command_has_a_manual_page_and_completions() {
    let desk = Desk::new();
    let help = desk.call("--help").succeeds().text();
    let commands =
        help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names: Vec<&str> = commands.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.contains(&"render"), "{names:?}");
    let completions = desk.call("completions bash").succeeds().text();
    for name in names {
        assert!(completions.contains(name), "{name}");
        let page = desk.call(&format!("man {name}")).succeeds().text();
        assert!(page.contains(&format!(".TH aftercare-{name}")), "{name}");
    }
    desk.call("man rendr").fails(2, &["did you mean `render`?"]);
}

#[test]
fn completions_offer_the_fixed_names() {
    let script = Desk::new().call("completions fish").succeeds().text();
    for name in ["lower-back", "moderate", "blood-thinners", "large-print"] {
        assert!(script.contains(name), "{name}");
    }
}
