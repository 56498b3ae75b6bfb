//! The README says what the program does: its tables follow the program's.

use aftercare::Engine;
use aftercare::options::keys::Value;
use std::process::Command;

const README: &str = include_str!("../README.md");

#[test]
fn every_key_stands_in_the_readme_as_the_program_has_it() {
    let engine = Engine::built_in().expect("the built-in folder loads").value;
    let own = engine.library().treatment.options.values().map(|option| option.key.clone());
    for key in aftercare::options::keys::Keys::with(own).iter() {
        let start = format!("| `{}` | `--{}` | ", key.path, key.flag);
        let row = README.lines().find(|line| line.starts_with(&start)).unwrap_or_else(|| panic!("{start}"));
        assert!(row.ends_with(&format!(" | {} | {} |", key.default, key.changes)), "{row}");
        let names: Vec<&str> = match &key.value {
            Value::Fixed(names) => names.to_vec(),
            Value::Listed(names) => names.iter().map(|name| &**name).collect(),
            _ => Vec::new(),
        };
        let named = if key.flag == "region" { README } else { row };
        assert!(names.iter().all(|name| named.contains(&format!("`{name}`"))), "{row}");
    }
}

#[test]
fn the_readme_names_every_command_and_no_other() {
    let help = Command::new(env!("CARGO_BIN_EXE_aftercare")).arg("--help").output().unwrap().stdout;
    let help = String::from_utf8(help).unwrap();
    let lines =
        help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let commands: Vec<&str> = lines.filter_map(|line| line.split_whitespace().next()).collect();
    let rows = README.lines().filter_map(|line| line.strip_prefix("| `aftercare "));
    let named: Vec<&str> = rows.filter_map(|row| row.split([' ', '`']).next()).collect();
    for command in commands.iter().filter(|command| **command != "help") {
        assert!(named.contains(command), "{command} is not in the README");
    }
    for name in named {
        assert!(commands.contains(&name), "the program has no {name}");
    }
}

#[test]
fn the_files_that_the_readme_points_to_are_there() {
    let targets = README.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    for target in targets.filter(|target| !target.starts_with("https://")) {
        let (file, part) = target.split_once('#').unwrap_or((target, ""));
        let file = if file.is_empty() { "README.md" } else { file };
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        assert!(path.exists(), "{target}");
        if !part.is_empty() {
            let text = std::fs::read_to_string(path).expect("text");
            assert!(
                text.lines().filter(|line| line.starts_with('#')).any(|line| slug(line) == part),
                "{target}"
            );
        }
    }
}

/// What a link to a heading says: small letters, digits, and a hyphen for each space.
fn slug(heading: &str) -> String {
    let letters = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = letters.chars().filter(|c| c.is_alphanumeric() || [' ', '-', '_'].contains(c));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}
