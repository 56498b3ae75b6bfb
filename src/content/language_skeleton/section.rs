//! A section of a handout that is to be written: its head with a place for the title, the original as a remark of the
//! template, and the original again behind a mark, to be written over.

use super::yaml::{self, Texts};
use crate::content::front_matter;
use crate::locale::Language;

pub fn to_write(text: &str, source: &Language) -> String {
    let Some(parts) = front_matter::split(text) else { return text.to_owned() };
    let head = yaml::to_write(parts.head, Texts::Under(&["title"]), source);
    let body = parts.body.trim_matches('\n');
    // What would end the remark cannot stand in it.
    let remark = body.replace("#}", "# }").replace("{#", "{ #");
    format!(
        "---\n{head}---\n{{# {source}:\n{remark}\n#}}\nTODO: say it in your language, and take this line out.\n\n{body}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_original_stands_above_and_below() {
        let text = "---\nid: rest\ntitle: Rest\n---\nTake it easy{# soft #}.\n";
        let made = to_write(text, &Language::new("en"));
        let expected = "---\nid: rest\n# en: Rest\ntitle: \"TODO: Rest\"\n---\n{# en:\nTake it easy{ # soft # }.\n#}\n\
                        TODO: say it in your language, and take this line out.\n\nTake it easy{# soft #}.\n";
        assert_eq!(made, expected);
    }
}
