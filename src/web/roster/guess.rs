//! Which column of somebody else's list is likely what: by its name, and by what stands in it.

use super::mapping::Mapping;
use crate::column_words;
use crate::options::keys::Key;
use crate::request::roster::{Looks, Offered, is_ticked, plain_name};
use crate::request::{exact_treatment, names_therapist, speaks_of_treatment};
use crate::web::context::Context;
use chrono::Datelike;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words that columns are called by stand in the page's language under this name.
const LIKE: &str = "roster.like";
/// Groups of them under which a session's time may stand.
const TIMES: [&str; 3] = ["session_at", "day", "clock"];

pub struct Guess<'g> {
    context: &'g Context<'g>,
    offered: &'g [Offered],
    mapping: Mapping,
}

impl<'g> Guess<'g> {
    pub fn of(context: &'g Context<'g>, offered: &'g [Offered]) -> Mapping {
        let mut guess = Guess { context, offered, mapping: Mapping::default() };
        let keys = || context.library().keys.iter();
        for key in keys() {
            guess.own(key);
        }
        guess.treatments();
        guess.areas();
        guess.names();
        guess.times();
        for key in keys().filter(|key| !["regions", "patient", "session_at"].contains(&&*key.column)) {
            let found = guess.called(&key.column, |_| true);
            guess.take(&key.column, found);
            if key.column == "therapist"
                && found.is_none()
                && guess.mapping.columns_of("therapist").is_empty()
            {
                let by_values = guess.free().find(|one| guess.has_therapists(one));
                guess.take(&key.column, by_values);
            }
            if found.is_none() && guess.mapping.columns_of(&key.column).is_empty() {
                let by_values = guess.free().find(|one| one.names.as_deref() == Some(&*key.column));
                guess.take(&key.column, by_values);
            }
        }
        let one = |name: &String| offered.iter().find(|one| one.name == *name);
        let turned =
            guess.mapping.columns_of("patient").first().and_then(one).map(|one| one.turned.is_some());
        guess.mapping.turns_names = turned == Some(true) && guess.mapping.columns_of("patient").len() == 1;
        guess.mapping
    }

    /// Columns that are called as a roster's are.
    fn own(&mut self, key: &Key) {
        let is = |offered: &&Offered| {
            let name = plain_name(&offered.name);
            // A column of areas is one whatever it is called.
            let may_be = key.column == "regions" || offered.looks != Some(Looks::Area);
            may_be && (name == key.column || name == plain_name(&key.flag))
        };
        self.take(&key.column, self.offered.iter().find(is));
    }

    fn areas(&mut self) {
        let own = self.mapping.columns_of("regions").first().cloned();
        let found = match own {
            Some(own) => self.offered.iter().find(|one| one.name == own),
            None => {
                let may_be = |one: &Offered| one.looks.is_none_or(|looks| looks == Looks::Area);
                let by_looks = || self.free().find(|one| one.looks == Some(Looks::Area));
                let named = self.called("regions", |one| one.looks == Some(Looks::Area));
                named.or_else(by_looks).or_else(|| self.called("regions", may_be))
            }
        };
        self.take("regions", found);
        let side = self.called("side", |_| true);
        let side = side.or_else(|| self.free().find(|one| one.looks == Some(Looks::Side)));
        let Some(found) = found else { return };
        let is_more = |one: &&Offered| one.looks == Some(Looks::Area) && stem(&one.name) == stem(&found.name);
        let more: Vec<&Offered> = self.free().filter(is_more).collect();
        if more.is_empty() {
            self.take("regions", side);
            return self.ticked_sides(found.name_looks == Some(Looks::Side));
        }
        // `Area 1 | Side 1 | Area 2 | Side 2`: each area with its own side behind it.
        self.mapping.columns.retain(|(key, _)| key != "regions");
        for area in std::iter::once(found).chain(more) {
            self.take("regions", Some(area));
            let is_own = |one: &&Offered| {
                one.looks == Some(Looks::Side) && number_of(&one.name) == number_of(&area.name)
            };
            let own = self.free().find(is_own);
            self.take("regions", own);
        }
    }

    /// Columns called `Left` and `Right` in which rows have a tick, or areas where the first column of areas is called so too.
    fn ticked_sides(&mut self, are_areas: bool) {
        let is_ticks = |one: &Offered| {
            !one.samples.is_empty() && one.samples.iter().all(|cell| is_ticked(cell).is_some())
        };
        let has_ticks = |one: &&Offered| is_ticks(one) || are_areas && one.looks == Some(Looks::Area);
        let is_side = |one: &&Offered| one.name_looks == Some(Looks::Side);
        let ticked: Vec<&Offered> = self.free().filter(is_side).filter(has_ticks).collect();
        ticked.into_iter().for_each(|one| self.take("regions", Some(one)));
    }

    /// A column whose values name treatments, where there are several: without it each row would get the usual one.
    fn treatments(&mut self) {
        let known: Vec<_> = self.context.site.engine.treatments().collect();
        if known.len() < 2 || !self.mapping.columns_of("treatment").is_empty() {
            return;
        }
        let names_some = |one: &&Offered| {
            let said = if one.words.is_empty() { &one.samples } else { &one.words };
            let exact = said.iter().any(|text| exact_treatment(text, &known).is_some());
            // A remark may speak of one: of a column's values half do.
            let among = said.iter().filter(|text| speaks_of_treatment(text, &known)).count();
            one.looks.is_none() && (exact || among > 0 && among * 2 >= said.len())
        };
        let found = self.free().find(names_some);
        self.take("treatment", found);
    }

    /// A first and a family name, or the one column that holds both.
    fn names(&mut self) {
        if !self.mapping.columns_of("patient").is_empty() {
            return;
        }
        // Of two columns `Name` one may be the therapist's.
        // Nor is one of numbers: `Count of Patient`.
        let is_number = |sample: &String| sample.parse::<f64>().is_ok();
        let are_numbers = |one: &Offered| !one.samples.is_empty() && one.samples.iter().all(is_number);
        let is_text = |one: &Offered| one.looks.is_none() && !are_numbers(one) && !self.has_therapists(one);
        // Of names in part, those of others are left.
        let is_own = |one: &Offered| {
            is_text(one) && !["other_name", "therapist"].iter().any(|group| self.is_like(one, group))
        };
        let whole = |words: &str| self.called_whole(words, is_text);
        // `First visit?` is no first name where another column is called as names are.
        if let (None, Some(name)) = (whole("first"), whole("patient")) {
            return self.take("patient", Some(name));
        }
        let named = |words: &str| whole(words).or_else(|| self.called(words, is_own));
        match (named("first"), named("last")) {
            (Some(first), last) => {
                self.take("patient", Some(first));
                self.take("patient", last);
            }
            (None, last) => {
                let any =
                    || self.called_whole("patient", |one: &Offered| one.looks.is_none() && !are_numbers(one));
                let found = self.called("patient", is_own).or(last).or_else(any);
                self.take("patient", found);
            }
        }
    }

    /// Whether a column says the clinic's therapists.
    fn has_therapists(&self, column: &Offered) -> bool {
        let therapists = self.context.library().keys.therapists();
        let is_one = |sample: &String| names_therapist(sample, therapists);
        !column.samples.is_empty() && column.samples.iter().all(is_one)
    }

    /// Whether a word of a group stands in a column's name, in any language. Words of scripts without spaces may stand anywhere.
    fn is_like(&self, column: &Offered, group: &str) -> bool {
        let (key, name) = (format!("{LIKE}.{group}"), format!("_{}_", plain(&column.name)));
        let is_in = |word: &String| match word.is_ascii() {
            true => name.contains(&format!("_{word}_")),
            false => name.contains(word.as_str()),
        };
        let others =
            || column_words().iter().filter_map(|words| words.get(&key)).flat_map(|words| split(words));
        self.own_words(&key).iter().any(is_in) || others().any(|word| is_in(&word))
    }

    /// The session's moment, or its day and its time of day, or this alone where the list is of one day.
    fn times(&mut self) {
        if !self.mapping.columns_of("session_at").is_empty() {
            return;
        }
        // The next visit, the last one, a birthday: of none of them is the session.
        let this = &*self;
        let is =
            |looks: Looks| move |one: &Offered| one.looks == Some(looks) && !this.is_like(one, "other_time");
        let named = |looks: Looks| TIMES.iter().find_map(|words| self.called(words, is(looks)));
        let only = |looks: Looks| {
            let mut all = self.free().filter(|one| is(looks)(one));
            all.next().filter(|_| all.next().is_none())
        };
        if let Some(moment) = named(Looks::Moment) {
            return self.take("session_at", Some(moment));
        }
        let has_words = |one: &Offered| one.looks.is_none() && !one.samples.is_empty();
        // The one column of days that nothing names may be of birthdays. One that is called so counts even where most of it
        // is no day: its rows are to be mended, and of no other day.
        let day = named(Looks::Day).or_else(|| only(Looks::Day).filter(|day| self.is_near(day)));
        let day = day.or_else(|| self.called_whole("day", has_words));
        // Any number under one may be a share of a day: only the column's name tells.
        let clock = named(Looks::Clock).or_else(|| only(Looks::Clock));
        let clock = clock.or_else(|| self.called("clock", is(Looks::Share)));
        if clock.is_some() {
            self.take("session_at", day);
            self.take("session_at", clock);
            // Which half of the day it is may stand in a column of its own.
            let half = self
                .free()
                .find(|one| !one.samples.is_empty() && one.samples.iter().all(|sample| is_half(sample)));
            return self.take("session_at", half);
        }
        // A day alone says no time. A time that cannot be read is a row to mend, and never now; one moment that nothing
        // names may be that of a cancellation, where few rows have it.
        let is_plain = |one: &&Offered| one.is_full && !day.is_some_and(|day| self.is_near(day));
        let unnamed = only(Looks::Moment).filter(is_plain);
        let odd = || TIMES.iter().find_map(|words| self.called(words, has_clock));
        let odd = || odd().or_else(|| self.called_whole("session_at", has_words));
        if let Some(moment) = unnamed.or_else(odd) {
            return self.take("session_at", Some(moment));
        }
        // A column that is called by a time of day holds times, whatever else stands in it: another table's words, or times
        // written in many ways. Without it every session would be now.
        let clock =
            self.called_whole("clock", |one: &Offered| has_words(one) || one.looks == Some(Looks::Share));
        if clock.is_some() {
            self.take("session_at", day);
            self.take("session_at", clock);
        }
    }

    /// Whether the list has times of which none was taken for the session's.
    pub fn has_other_times(context: &Context<'_>, offered: &[Offered]) -> bool {
        let guess = Guess { context, offered, mapping: Mapping::default() };
        offered.iter().any(|one| match one.looks {
            Some(Looks::Moment | Looks::Clock) => true,
            Some(Looks::Day) => guess.is_near(one),
            _ => false,
        })
    }

    /// Whether days of a column are of about now, by their years.
    fn is_near(&self, column: &Offered) -> bool {
        let now = self.context.site.now().year();
        let years: Vec<String> = (now - 1..=now + 1).map(|year| year.to_string()).collect();
        let is_count = |sample: &str| sample.len() == 5 && sample.bytes().all(|byte| byte.is_ascii_digit());
        let is_near = |sample: &String| is_count(sample) || years.iter().any(|year| sample.contains(year));
        column.samples.iter().all(is_near)
    }

    /// The first column that no key has yet and that is called by one of these words: as a whole, in the page's language or
    /// in any other, or else in part.
    fn called(&self, words: &str, may_be: impl Fn(&Offered) -> bool) -> Option<&'g Offered> {
        self.called_whole(words, &may_be).or_else(|| {
            let own = self.own_words(&format!("{LIKE}.{words}"));
            self.free().filter(|one| may_be(one)).find(|one| {
                let name = format!("_{}_", plain(&one.name));
                own.iter().any(|word| name.contains(&format!("_{word}_")))
            })
        })
    }

    /// The first that is called by one of these words as a whole.
    fn called_whole(&self, words: &str, may_be: impl Fn(&Offered) -> bool) -> Option<&'g Offered> {
        let key = format!("{LIKE}.{words}");
        let whole = |words: Vec<String>| {
            self.free().filter(|one| may_be(one)).find(|one| words.contains(&plain(&one.name)))
        };
        let others = || column_words().iter().filter_map(|words| words.get(&key)).map(|words| split(words));
        whole(self.own_words(&key)).or_else(|| others().find_map(whole))
    }

    /// The words of the page's language.
    fn own_words(&self, key: &str) -> Vec<String> {
        if self.context.knows(key) { split(&self.context.word(key, &[])) } else { Vec::new() }
    }

    fn free(&self) -> impl Iterator<Item = &'g Offered> {
        let taken: Vec<String> =
            self.mapping.columns.iter().flat_map(|(_, columns)| columns).cloned().collect();
        self.offered.iter().filter(move |one| !taken.contains(&one.name))
    }

    fn take(&mut self, key: &str, found: Option<&Offered>) {
        if let Some(found) = found {
            self.mapping.column(key, &found.name);
        }
    }
}

fn is_half(sample: &str) -> bool {
    let letters = sample.chars().filter(|sign| !matches!(sign, '.' | ' ' | '\u{a0}'));
    ["am", "pm"].contains(&letters.collect::<String>().to_lowercase().as_str())
}

/// A column's name without the number behind it, as one of several has it.
fn stem(name: &str) -> String {
    plain(name).trim_end_matches(|sign: char| sign.is_ascii_digit() || sign == '_').to_owned()
}

fn number_of(name: &str) -> String {
    let name = plain(name);
    name.chars().rev().take_while(char::is_ascii_digit).collect()
}

fn split(words: &str) -> Vec<String> {
    words.split(',').map(plain).collect()
}

/// Whether cells hold what may be a time of day among other words.
fn has_clock(column: &Offered) -> bool {
    let is_clock = |pair: &[u8]| pair[0].is_ascii_digit() && pair[1] == b':';
    let has = |sample: &String| sample.as_bytes().windows(2).any(is_clock);
    column.looks.is_none() && !column.samples.is_empty() && column.samples.iter().all(has)
}

/// A column's name without what differs between spellings, accents and signs too: `Prénom :` is `prenom`. One of several of a
/// name has its number behind it, which says nothing of what it is.
fn plain(name: &str) -> String {
    let bare = name.strip_suffix(')').and_then(|name| name.rsplit_once(" ("));
    let bare = bare.filter(|(_, number)| number.bytes().all(|byte| byte.is_ascii_digit()));
    let name = bare.map_or(name, |(name, _)| name);
    // `ClientName` is two words.
    let mut was_small = false;
    let parted = name.chars().flat_map(|letter| {
        let begins = was_small && letter.is_uppercase();
        was_small = letter.is_lowercase();
        [begins.then_some(' '), Some(letter)].into_iter().flatten()
    });
    let parted: String = parted.collect();
    let letters = parted.nfd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase);
    let letters: String = letters.map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
    letters.split_whitespace().collect::<Vec<_>>().join("_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_columns_differ_in_spelling_only() {
        for (name, other) in
            [("ÉLAN :", "élan"), ("One/Two", "one two"), ("One(s)*", "one s"), ("One (2)", "one")]
        {
            assert_eq!(plain(name), plain(other));
        }
        assert_eq!(plain("Élan à côté"), "elan_a_cote");
        assert_eq!((plain("OneTwo"), plain("ABC")), ("one_two".to_owned(), "abc".to_owned()));
    }
}
