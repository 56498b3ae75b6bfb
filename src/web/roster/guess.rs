//! Which column of somebody else's list is likely what: by its name, and by what stands in it.

use super::mapping::Mapping;
use crate::options::keys::Key;
use crate::request::roster::{Looks, Offered, plain_name};
use crate::web::context::Context;

/// Words that columns are called by stand in the page's language under this name.
const LIKE: &str = "roster.like";

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
        guess.areas();
        guess.names();
        guess.times();
        for key in keys().filter(|key| !["regions", "patient", "session_at"].contains(&&*key.column)) {
            let found = guess.called(&key.column, |_| true);
            guess.take(&key.column, found);
        }
        guess.mapping
    }

    /// Columns that are called as a roster's are.
    fn own(&mut self, key: &Key) {
        let is = |offered: &&Offered| {
            let name = plain_name(&offered.name);
            name == key.column || name == plain_name(&key.flag)
        };
        self.take(&key.column, self.offered.iter().find(is));
    }

    fn areas(&mut self) {
        if self.mapping.columns_of("regions").is_empty() {
            let may_be = |one: &Offered| one.looks.is_none_or(|looks| looks == Looks::Area);
            let by_looks = || self.free().find(|one| one.looks == Some(Looks::Area));
            let named = self.called("regions", |one| one.looks == Some(Looks::Area));
            let found = named.or_else(by_looks).or_else(|| self.called("regions", may_be));
            self.take("regions", found);
            let side = self
                .called("side", |_| true)
                .or_else(|| self.free().find(|one| one.looks == Some(Looks::Side)));
            if found.is_some() {
                self.take("regions", side);
            }
        }
    }

    /// A first and a family name, or the one column that holds both.
    fn names(&mut self) {
        if !self.mapping.columns_of("patient").is_empty() {
            return;
        }
        let is_text = |one: &Offered| one.looks.is_none();
        match (self.called("first", is_text), self.called("last", is_text)) {
            (Some(first), last) => {
                self.take("patient", Some(first));
                self.take("patient", last);
            }
            (None, last) => {
                let found = self.called("patient", is_text).or(last);
                self.take("patient", found);
            }
        }
    }

    /// The session's moment, or its day and its time of day. A day alone may be a birthday.
    fn times(&mut self) {
        if !self.mapping.columns_of("session_at").is_empty() {
            return;
        }
        let is = |looks: Looks| move |one: &Offered| one.looks == Some(looks);
        let named = ["session_at", "day", "clock"];
        let moment = named.iter().find_map(|words| self.called(words, is(Looks::Moment)));
        let only = |looks: Looks| {
            let mut all = self.free().filter(|one| one.looks == Some(looks));
            all.next().filter(|_| all.next().is_none())
        };
        if let Some(moment) = moment.or_else(|| only(Looks::Moment)) {
            return self.take("session_at", Some(moment));
        }
        let of = |looks: Looks| {
            named.iter().find_map(|words| self.called(words, is(looks))).or_else(|| only(looks))
        };
        // Any number under one may be a share of a day: only the column's name tells.
        let clock = of(Looks::Clock).or_else(|| self.called("clock", is(Looks::Share)));
        if let (Some(day), Some(clock)) = (of(Looks::Day), clock) {
            self.take("session_at", Some(day));
            self.take("session_at", Some(clock));
        }
    }

    /// The first column that no key has yet and that is called by one of these words: as a whole, or else in part.
    fn called(&self, words: &str, may_be: impl Fn(&Offered) -> bool) -> Option<&'g Offered> {
        let key = format!("{LIKE}.{words}");
        if !self.context.knows(&key) {
            return None;
        }
        let words = self.context.word(&key, &[]);
        let words: Vec<String> = words.split(',').map(plain_name).collect();
        let free = || self.free().filter(|one| may_be(one));
        let whole = free().find(|one| words.contains(&plain_name(&one.name)));
        whole.or_else(|| {
            free().find(|one| {
                let name = format!("_{}_", plain_name(&one.name));
                words.iter().any(|word| name.contains(&format!("_{word}_")))
            })
        })
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
