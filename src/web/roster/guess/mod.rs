//! Which column of somebody else's list is likely what: by its name, and by what stands in it.

mod called;
mod times;

use super::mapping::Mapping;
use crate::options::keys::Key;
use crate::request::roster::{Cautions, Looks, Offered, Ticks, has_many_names, is_ticked, plain_name};
use crate::request::{exact_treatment, names_therapist, speaks_of_treatment};
use crate::web::context::Context;
use crate::{column_words, list_words};
use called::{number_of, plain, split, stem};

/// Words that columns are called by stand in the page's language under this name.
const LIKE: &str = "roster.like";
/// Group of words for what became of an appointment.
const STATUS: &str = "status";
/// Groups of them for people: what stands there names somebody.
const PEOPLE: [&str; 4] = ["patient", "first", "last", "other_name"];

pub struct Guess<'g> {
    context: &'g Context<'g>,
    offered: &'g [Offered],
    /// What ticks mean under the names of columns.
    ticks: Ticks<'g>,
    /// Which columns ask what has to be known of a patient.
    cautions: Cautions,
    mapping: Mapping,
}

impl<'g> Guess<'g> {
    fn new(context: &'g Context<'g>, offered: &'g [Offered]) -> Guess<'g> {
        let ticks = Ticks::by(context.site.engine.treatments());
        let cautions = Cautions::by(&ticks, context.library().keys.iter());
        Guess { context, offered, ticks, cautions, mapping: Mapping::default() }
    }

    pub fn of(context: &'g Context<'g>, offered: &'g [Offered]) -> Mapping {
        let mut guess = Guess::new(context, offered);
        let keys = || context.library().keys.iter();
        for key in keys() {
            guess.own(key);
        }
        guess.treatments();
        guess.areas();
        // `Client alerts` is no name.
        keys().filter(|key| has_many_names(key)).for_each(|key| guess.named_values(key));
        guess.names();
        guess.times();
        let is_guessed =
            |key: &Key| ["regions", "patient", "session_at"].contains(&&*key.column) || has_many_names(key);
        for key in keys().filter(|key| !is_guessed(key)) {
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

    /// Columns whose values are several of a list, such as what has to be known of a patient. All that may hold some are
    /// taken: words there that nobody knows are rows to mend, and what is not read is on no sheet.
    fn named_values(&mut self, key: &Key) {
        let all: Vec<&Offered> = self.free().filter(|one| self.may_say(key, one)).collect();
        all.into_iter().for_each(|one| self.take(&key.column, Some(one)));
    }

    fn may_say(&self, key: &Key, column: &Offered) -> bool {
        let is_other = matches!(column.looks, Some(Looks::Area | Looks::Moment | Looks::Day | Looks::Clock));
        self.ticks.is_value(key, &column.name)
            || column.names.as_deref() == Some(&*key.column)
            || !is_other
                && (self.is_like(column, &key.column) && !has_any(column, &list_words().other_precautions)
                    || self.cautions.asked(&column.name).is_some_and(|asked| asked.path == key.path))
    }

    /// Columns by whose words nobody chooses rows: they name people, or say what a sheet needs.
    pub fn keeps_rows(context: &Context<'_>, offered: &[Offered]) -> Vec<String> {
        let guess = Guess::new(context, offered);
        let keys = || context.library().keys.iter().filter(|key| has_many_names(key));
        let is_kept = |one: &&Offered| {
            let is_person = || PEOPLE.iter().any(|group| guess.is_like(one, group));
            // Of whomever such a column is, it holds choices: `Client status`, `Confirmed by`.
            let has_choices = || has_any(one, &list_words().choices) || guess.is_like(one, STATUS);
            one.turned.is_some()
                || is_person() && (guess.is_whole_name(one) || !has_choices())
                || keys().any(|key| guess.may_say(key, one))
        };
        let with_words = offered.iter().filter(|one| !one.words.is_empty());
        with_words.filter(is_kept).map(|one| one.name.clone()).collect()
    }

    /// Whether a column is called as those of people's names are, as a whole.
    fn is_whole_name(&self, column: &Offered) -> bool {
        PEOPLE.iter().any(|group| self.called_whole(group, |one| one.name == column.name).is_some())
    }

    fn areas(&mut self) {
        let own = self.mapping.columns_of("regions").first().cloned();
        let found = match own {
            Some(own) => self.offered.iter().find(|one| one.name == own),
            None => {
                let may_be = |one: &Offered| one.looks.is_none_or(|looks| looks == Looks::Area);
                let by_looks = || self.free().find(|one| one.looks == Some(Looks::Area));
                let named = self.called("regions", |one| one.looks == Some(Looks::Area));
                let named = named.or_else(by_looks);
                if named.is_none() && self.ticked_areas() {
                    return;
                }
                named.or_else(|| self.called("regions", may_be))
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

    /// Columns that are called by areas and ticked; whether there are any.
    fn ticked_areas(&mut self) -> bool {
        let Some(key) = self.context.library().keys.of_column("regions") else { return false };
        let is_area = |one: &&Offered| is_ticks(one) && self.ticks.is_value(key, &one.name);
        let all: Vec<&Offered> = self.free().filter(is_area).collect();
        let has_some = !all.is_empty();
        all.into_iter().for_each(|one| self.take("regions", Some(one)));
        has_some
    }

    /// Columns called `Left` and `Right` in which rows have a tick, or areas where the first column of areas is called so too.
    fn ticked_sides(&mut self, are_areas: bool) {
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
        // In another column's name `given` is no name: `Consent given`.
        let first = whole("first").or_else(|| whole("given")).or_else(|| named("first"));
        match (first, named("last")) {
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
        let (key, name) = (format!("{LIKE}.{group}"), plain(&column.name));
        let is_in = |word: &String| is_in(&name, word);
        let others =
            || column_words().iter().filter_map(|words| words.get(&key)).flat_map(|words| split(words));
        self.own_words(&key).iter().any(is_in) || others().any(|word| is_in(&word))
    }

    /// The first column that no key has yet and that is called by one of these words: as a whole, in the page's language or
    /// in any other, or else in part.
    fn called(&self, words: &str, may_be: impl Fn(&Offered) -> bool) -> Option<&'g Offered> {
        self.called_whole(words, &may_be).or_else(|| {
            let own = self.own_words(&format!("{LIKE}.{words}"));
            self.free().filter(|one| may_be(one)).find(|one| {
                let name = plain(&one.name);
                own.iter().any(|word| called::has(&name, word))
            })
        })
    }

    /// The first that is called by one of these words as a whole.
    fn called_whole(&self, words: &str, may_be: impl Fn(&Offered) -> bool) -> Option<&'g Offered> {
        let key = format!("{LIKE}.{words}");
        let whole = |words: Vec<String>| {
            self.free().filter(|one| may_be(one)).find(|one| {
                let name = plain(&one.name);
                words.iter().any(|word| called::is(&name, word))
            })
        };
        let others = || column_words().iter().filter_map(|words| words.get(&key)).map(|words| split(words));
        whole(self.own_words(&key)).or_else(|| others().find_map(whole))
    }

    /// The words of the page's language; of an option that one treatment has alone, that treatment's.
    fn own_words(&self, key: &str) -> Vec<String> {
        let of = |context: &Context<'_>| context.knows(key).then(|| split(&context.word(key, &[])));
        let treatments = || self.context.site.engine.treatments();
        let others = || treatments().find_map(|library| of(&self.context.treating(&library.treatment.id)));
        of(self.context).or_else(others).unwrap_or_default()
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

/// Whether a word stands in a column's name. One of a script without spaces may stand anywhere.
fn is_in(name: &str, word: &str) -> bool {
    if word.is_ascii() { called::has(name, word) } else { name.contains(word) }
}

/// Whether any of these words stands in a column's name.
fn has_any(column: &Offered, words: &[String]) -> bool {
    let name = plain(&column.name);
    words.iter().any(|word| is_in(&name, &plain(word)))
}

/// Whether a column has nothing but ticks.
fn is_ticks(column: &Offered) -> bool {
    !column.samples.is_empty() && column.samples.iter().all(|cell| is_ticked(cell).is_some())
}
