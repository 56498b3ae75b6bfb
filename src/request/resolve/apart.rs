//! Several names in one text, taken apart.

use crate::locale::is_unspaced;
use crate::options::Side;

/// Signs that stand between several names.
const BETWEEN: [char; 19] =
    [',', ';', '/', '&', '+', '|', '\n', '\r', '•', '·', '、', '，', '；', '／', '＆', '＋', '｜', '،', '؛'];

/// The names of a text, where signs or words for "and" part them. A name that has such a word in it stays whole.
pub fn names(text: &str, ands: &[&str], is_known: impl Fn(&str) -> bool) -> Vec<String> {
    let mut names = Vec::new();
    for part in text.split(BETWEEN).map(str::trim).filter(|part| !part.is_empty()) {
        let apart = by_words(part, ands);
        if apart.len() > 1 && is_known(part) {
            names.push(part.to_owned());
        } else {
            names.extend(apart);
        }
    }
    names
}

fn by_words(part: &str, ands: &[&str]) -> Vec<String> {
    let mut names: Vec<Vec<&str>> = vec![Vec::new()];
    for word in part.split_whitespace().flat_map(|word| by_letters(word, ands)) {
        if ands.iter().any(|and| and.eq_ignore_ascii_case(word)) {
            names.push(Vec::new());
        } else if let Some(name) = names.last_mut() {
            name.push(word);
        }
    }
    names.iter().map(|words| words.join(" ")).filter(|name| !name.is_empty()).collect()
}

/// In scripts without spaces the word for "and" stands close between its neighbours.
fn by_letters<'t>(word: &'t str, ands: &[&'t str]) -> Vec<&'t str> {
    let close: Vec<&str> = ands.iter().copied().filter(|and| and.chars().all(is_unspaced)).collect();
    let (mut apart, mut rest) = (Vec::new(), word);
    while let Some((one, and, other)) = close.iter().find_map(|and| between(rest, and)) {
        apart.extend([one, and]);
        rest = other;
    }
    apart.push(rest);
    apart
}

/// What stands in front of a word and behind it, where both are of a script without spaces.
fn between<'t>(text: &'t str, word: &'t str) -> Option<(&'t str, &'t str, &'t str)> {
    let (one, other) = text.split_once(word)?;
    [one, other].iter().all(|side| side.chars().any(is_unspaced)).then_some((one, word, other))
}

/// What parts the words of an area from those of its side.
pub fn is_beside_side(character: char) -> bool {
    let signs = [':', '(', ')', '-', '_', '.', '[', ']', '&', '+', '：', '（', '）', '［', '］'];
    character.is_whitespace() || signs.contains(&character)
}

/// A text in brackets behind another, and that one: `jaw (TMJ)`.
pub fn bracketed(text: &str) -> Option<(&str, &str)> {
    let (name, behind) = text.trim().split_once(['(', '（'])?;
    let inside = behind.strip_suffix([')', '）'])?;
    (!name.trim().is_empty() && !inside.trim().is_empty()).then_some((name, inside))
}

/// A name without quotes or brackets round the whole of it, as programs write them.
pub fn bare(text: &str) -> &str {
    let pairs = [('"', '"'), ('\'', '\''), ('“', '”'), ('[', ']'), ('(', ')')];
    let text = text.trim();
    let inside = |(open, close): &(char, char)| text.strip_prefix(*open)?.strip_suffix(*close);
    pairs.iter().find_map(inside).map_or(text, str::trim)
}

/// What a text may come to: `{% if … %}Your limit{% else %}Water{% endif %}` is one of two. One that has to be filled first
/// comes to nothing that somebody could write.
pub fn branches(text: &str) -> impl Iterator<Item = &str> {
    let is_branched = text.starts_with("{%") && text.ends_with("%}");
    let is_whole = !text.contains("{{") && (is_branched || !text.contains("{%"));
    let behind = |piece| str::split_once(piece, "%}").map_or(piece, |(_, behind)| behind);
    let pieces = is_whole.then(|| text.split("{%").map(behind));
    pieces.into_iter().flatten().map(str::trim).filter(|piece| !piece.is_empty() && !piece.contains('{'))
}

/// The side of each area, among cells some of which say a side and no area: one in front of all areas or behind them is that
/// of all, and so are several of one area; in turn with the areas each is that of its own. `None`: nobody knows whose it is.
pub fn sides(cells: &[Option<Side>]) -> Option<Vec<Option<Side>>> {
    let areas = cells.iter().filter(|side| side.is_none()).count();
    let said: Vec<Side> = cells.iter().copied().flatten().collect();
    let Some(all) = said.iter().copied().reduce(Side::and) else { return Some(vec![None; areas]) };
    let is_in = |cells: &mut dyn Iterator<Item = &Option<Side>>| {
        cells.skip_while(|side| side.is_some()).all(Option::is_none)
    };
    let are_together = is_in(&mut cells.iter()) || is_in(&mut cells.iter().rev());
    let are_one = areas == 1 || said.windows(2).all(|two| two.first() == two.last());
    if areas > 0 && are_together && are_one {
        return Some(vec![Some(all); areas]);
    }
    let is_pair = |two: &[Option<Side>]| two.len() == 2 && two.iter().flatten().count() == 1;
    let is_side_first = cells.first().is_some_and(Option::is_some);
    let in_turn =
        cells.chunks(2).all(|two| is_pair(two) && two.first().is_some_and(Option::is_some) == is_side_first);
    in_turn.then(|| said.into_iter().map(Some).collect())
}

/// Whether words for sides say one thing. "Left and right knee" is both, "left knee right" is nobody knows which, and "both" goes
/// with itself or with the two of them. `is_parted`: whether words of the area stand between them.
pub fn agree(sides: &[Option<Side>], is_parted: bool) -> bool {
    let single: Vec<Side> = sides.iter().copied().flatten().filter(|side| *side != Side::Both).collect();
    let are_same = single.windows(2).all(|two| two.first() == two.last());
    let has_both = sides.contains(&Some(Side::Both));
    if has_both { single.is_empty() || !are_same } else { are_same || !is_parted }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_parted_by_signs_and_words() {
        let apart = |text| names(text, &["and", "和"], |part| part == "salt and pepper").join("|");
        assert_eq!(apart("one, two and three"), "one|two|three");
        assert_eq!(apart("salt and pepper • mint AND basil"), "salt and pepper|mint|basil");
        assert_eq!(apart("甲和乙、丙"), "甲|乙|丙");
        assert_eq!(apart("和"), "");
        assert_eq!(apart("甲和"), "甲和");
        assert_eq!((bracketed("one (two)"), bracketed("(two)")), (Some(("one ", "two")), None));
        assert_eq!((bare(" \"one\" "), bare("[one]"), bare("o'ne")), ("one", "one", "o'ne"));
    }

    #[test]
    fn a_side_is_that_of_the_areas_beside_it_or_nobodys() {
        let of = |cells: &str| {
            let cell = |letter| match letter {
                'L' => Some(Side::Left),
                'R' => Some(Side::Right),
                _ => None,
            };
            let said = |side: Option<Side>| side.map_or("-", Side::name);
            let sides = sides(&cells.chars().map(cell).collect::<Vec<_>>());
            sides.map_or("?".to_owned(), |sides| sides.into_iter().map(said).collect::<Vec<_>>().join(" "))
        };
        for (cells, sides) in [
            ("a", "-"),
            ("aa", "- -"),
            ("aL", "left"),
            ("Laa", "left left"),
            ("aaL", "left left"),
            ("aLR", "both"),
            ("aLaR", "left right"),
            ("LaRa", "left right"),
            ("aLa", "?"),
            ("aaLR", "?"),
            ("aLaRa", "?"),
            ("L", "?"),
        ] {
            assert_eq!(of(cells), sides, "{cells}");
        }
    }

    #[test]
    fn a_title_with_two_ends_is_either() {
        let of = |text| branches(text).collect::<Vec<_>>().join("|");
        assert_eq!(of("{% if limit %}Your limit{% else %}Water{% endif %}"), "Your limit|Water");
        assert_eq!(of("Rest"), "Rest");
        assert_eq!(
            (of("{{ rest.span }}"), of("Rest {% if x %}y{% endif %}")),
            (String::new(), String::new())
        );
    }
}
