use super::*;

const PROFILE: &str = "\
# Who we are.
name: Our Clinic   # as on the door
city: \"Ourtown\"
languages: [en]
therapists:
  # In order of the rooms.
  - {name: Ann, title: PT}
  # Tuesdays only
  - {name: Bob, title: RMT}  # new
  - Cleo

# To call
phone: \"\"
email:
printers: []
";

fn set(text: &str, path: &[&str], line: &str) -> String {
    change("f.yaml", text, path, &Change::Line(line.to_owned())).unwrap()
}

fn list(text: &str, path: &[&str], items: Vec<Item>) -> Result<String, Box<Diagnostic>> {
    change("f.yaml", text, path, &Change::List(items))
}

fn kept(from: usize) -> Item {
    Item { from: Some(from), data: None }
}

fn person(name: &str, title: &str) -> Data {
    Data::keys([("name", name.to_owned()), ("title", title.to_owned())])
}

#[test]
fn one_value_changes_and_every_other_byte_stays() {
    assert_eq!(set(PROFILE, &["name"], "Their Clinic"), PROFILE.replace("Our Clinic ", "Their Clinic "));
    assert_eq!(
        set(PROFILE, &["city"], "New: \"Town\""),
        PROFILE.replace("\"Ourtown\"", r#""New: \"Town\"""#)
    );
    assert_eq!(
        set(PROFILE, &["phone"], "416 555-0100"),
        PROFILE.replace("phone: \"\"", "phone: \"416 555-0100\"")
    );
    assert_eq!(set(PROFILE, &["email"], "a@b.c"), PROFILE.replace("email:", "email: \"a@b.c\""));
    assert_eq!(set(PROFILE, &["web"], "c.example"), format!("{PROFILE}web: c.example\n"));
    assert_eq!(set(PROFILE, &["city"], "Ourtown"), PROFILE, "what is so already");
    let windows = PROFILE.replace('\n', "\r\n");
    assert_eq!(set(&windows, &["phone"], "1234"), windows.replace("phone: \"\"", "phone: \"1234\""));
    let marked = format!("\u{feff}{PROFILE}");
    assert_eq!(set(&marked, &["name"], "X"), marked.replace("Our Clinic ", "X "));
    assert_eq!(
        set("colours:\n  brand: \"#000000\"  # dark\n", &["colours", "brand"], "#111111"),
        "colours:\n  brand: \"#111111\"  # dark\n"
    );
}

#[test]
fn words_that_yaml_would_take_for_something_else_are_quoted() {
    for word in
        ["no", "911", "- a", "a: b", "a #b", "é's", "[a", "true", "~", "null", "1:30", "a\tb", "\\", "'"]
    {
        let text = set(PROFILE, &["city"], word);
        assert_eq!(read("f.yaml", &text).unwrap().text(&["city"]), word);
    }
}

#[test]
fn people_come_go_and_change_places_with_their_remarks() {
    let swapped = list(PROFILE, &["therapists"], vec![kept(1), kept(0), kept(2)]).unwrap();
    assert!(swapped.contains(
        "  # In order of the rooms.\n  # Tuesdays only\n  - {name: Bob, title: RMT}  # new\n  - {name: Ann, title: PT}\n  - Cleo\n\n# To call"
    ), "{swapped}");
    let mended = Item { from: Some(1), data: Some(person("Bobby", "RMT")) };
    let new = Item { from: None, data: Some(person("Di", "MD, PhD")) };
    let text = list(PROFILE, &["therapists"], vec![mended, new]).unwrap();
    assert!(text.contains(
        "  # In order of the rooms.\n  # Tuesdays only\n  - {name: Bobby, title: RMT}  # new\n  - {name: Di, title: \"MD, PhD\"}\n\n# To call"
    ), "{text}");
    let none = list(PROFILE, &["therapists"], Vec::new()).unwrap();
    assert!(none.contains("therapists: []\n  # In order of the rooms.\n\n# To call"), "{none}");
    let back = list(&none, &["therapists"], vec![Item { from: None, data: Some(person("Di", "PT")) }]);
    assert!(back.unwrap().contains("therapists:\n  - {name: Di, title: PT}\n"));
}

#[test]
fn lists_in_brackets_stay_in_brackets_or_get_lines() {
    let languages = vec![Item { from: None, data: Some(Data::line("fr")) }, kept(0)];
    assert_eq!(list(PROFILE, &["languages"], languages).unwrap(), PROFILE.replace("[en]", "[fr, en]"));
    let printer = Data::keys([("name", "Desk".to_owned()), ("queue", "hp_1".to_owned())]);
    let items = vec![Item { from: None, data: Some(printer) }];
    let text = list(PROFILE, &["printers"], items.clone()).unwrap();
    assert!(text.ends_with("printers:\n  - {name: Desk, queue: hp_1}\n"), "{text}");
    let spread = PROFILE.replace("[en]", "[\n  en,\n  fr\n]");
    let text = list(&spread, &["languages"], vec![kept(1)]).unwrap();
    assert!(text.contains("languages: [fr]\ntherapists:"), "{text}");
    let told = spread.replace("en,", "en, # first");
    let fault = list(&told, &["languages"], vec![kept(1)]).unwrap_err();
    assert_eq!((fault.code, fault.place.unwrap().line), ("hand-written", 4));
}

#[test]
fn an_item_of_several_lines_keeps_its_remarks_above_it() {
    let text = "printers:\n- name: A\n  # the big one\n  queue: a\n- name: B\n  queue: b\n";
    let new = Data::keys([("name", "A".to_owned()), ("queue", "c".to_owned())]);
    let made =
        list(text, &["printers"], vec![Item { from: Some(0), data: Some(new.clone()) }, kept(1)]).unwrap();
    assert_eq!(made, "printers:\n# the big one\n- {name: A, queue: c}\n- name: B\n  queue: b\n");
    let told = text.replace("queue: a", "queue: a  # here");
    assert!(list(&told, &["printers"], vec![Item { from: Some(0), data: Some(new) }]).is_err());
}

#[test]
fn a_file_that_is_a_list_gets_an_item_with_keys_on_their_lines() {
    let item = Data::Keys(vec![
        ("id".to_owned(), Data::line("x")),
        ("session".to_owned(), Data::Keys(vec![("regions".to_owned(), Data::List(vec![Data::line("a-b")]))])),
    ]);
    let items = |count| -> Vec<Item> {
        (0..count).map(kept).chain([Item { from: None, data: Some(item.clone()) }]).collect()
    };
    let text = "# Ours\n- id: w\n  label: W\n# The end\n";
    assert_eq!(
        list(text, &[], items(1)).unwrap(),
        "# Ours\n- id: w\n  label: W\n- id: x\n  session: {regions: [a-b]}\n# The end\n"
    );
    assert_eq!(list("# Ours\n", &[], items(0)).unwrap(), "# Ours\n- id: x\n  session: {regions: [a-b]}\n");
}

#[test]
fn the_key_of_a_line_is_found() {
    assert_eq!(key_at(PROFILE, 9).as_deref(), Some("therapists"));
    assert_eq!(key_at("a: 1\ncolours:\n  ink: x\n  paper: y\n", 4).as_deref(), Some("colours.paper"));
    assert_eq!(key_at(PROFILE, 1), None);
}

#[test]
fn a_value_of_a_lists_item_changes_and_every_other_byte_stays() {
    let text = "# Ready.\n- id: a   # first\n  label: A, b\n  plan: {x: [1]}\n- id: c\n  label: C # old\n";
    assert_eq!(set(text, &["1", "label"], "D: e"), text.replace("C # old", "\"D: e\" # old"));
    assert_eq!(set(text, &["0", "id"], "z"), text.replace("id: a", "id: z"));
    assert!(change("f.yaml", text, &["2", "id"], &Change::Line("z".to_owned())).is_err());
    assert!(change("f.yaml", text, &["x", "id"], &Change::Line("z".to_owned())).is_err());
    assert_eq!(list(text, &[], vec![kept(1)]).unwrap(), "# Ready.\n- id: c\n  label: C # old\n");
}

#[test]
fn parts_of_a_value_change_come_and_go_and_every_other_byte_stays() {
    let put = |text: &str, parts: &[(&str, &str)]| {
        let parts = parts.iter().map(|(key, line)| ((*key).to_owned(), (*line).to_owned())).collect();
        change("f.yaml", text, &["address"], &Change::Keys(parts)).map_err(|fault| fault.code)
    };
    let block = "name: A\naddress:\n  # The new place.\n  street: \"1 Lake Street\"  # upstairs\n  region: ON\nphone: x\n";
    assert_eq!(
        put(block, &[("street", "2 Hill Road, Suite 3"), ("region", ""), ("postal-code", "M4G 3A1")])
            .as_deref(),
        Ok(
            "name: A\naddress:\n  # The new place.\n  street: \"2 Hill Road, Suite 3\"  # upstairs\n  postal-code: M4G 3A1\nphone: x\n"
        )
    );
    let flow = "address: {street: \"1 Lake Street\", region: ON}  # the new place\n";
    assert_eq!(
        put(flow, &[("region", "QC"), ("postal-code", "H2X 1Y4")]).as_deref(),
        Ok("address: {street: \"1 Lake Street\", region: QC, postal-code: H2X 1Y4}  # the new place\n")
    );
    assert_eq!(put("address: 1 Lake Street\n", &[("street", "x")]), Err("hand-written"));
    assert_eq!(put("address: {street: x,\n  region: y}\n", &[("street", "z")]), Err("hand-written"));
}
