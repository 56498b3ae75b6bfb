//! The values behind the names: one typed situation becomes one Tera context.

use super::direction::isolated;
use crate::content::{Clinic, FOR_PATIENT, LocalizedLine, OptionKind};
use crate::locale::{DateWords, Direction, Language, Zone};
use crate::merge::compile::{Compiled, Phrases};
use crate::merge::rules::{Elapsed, Session, Situation};
use crate::options::Fold;
use crate::options::chosen::Answer;
use chrono::DateTime;
use tera::value::Key;
use tera::{Context, Map, Value};

/// How a language puts values into words.
#[derive(Clone, Copy, Debug)]
pub struct Wording<'a> {
    pub phrases: &'a Phrases,
    pub dates: &'a DateWords,
    pub clinic: &'a Clinic,
    pub language: &'a Language,
    /// Of the language: names of another keep their own.
    pub direction: Direction,
}

impl<'a> Wording<'a> {
    /// As the language of compiled texts does, for a clinic.
    pub fn of(texts: &'a Compiled, clinic: &'a Clinic) -> Wording<'a> {
        Wording {
            phrases: &texts.phrases,
            dates: &texts.dates,
            clinic,
            language: &texts.language,
            direction: texts.direction,
        }
    }
}

impl Wording<'_> {
    /// Every name of [`crate::merge::compile::names`], with its value.
    pub fn context(&self, situation: &Situation<'_>) -> Context {
        let mut context = Context::new();
        self.put_people(&mut context, situation);
        self.put_session(&mut context, situation);
        self.put_options(&mut context, situation);
        for fact in situation.treatment.facts.iter() {
            context.insert_value(fact.name.clone(), Value::from(situation.is_true(fact)));
        }
        for (name, window) in situation.windows.iter() {
            context.insert_value(name.to_string(), self.window(window, situation.session.as_ref()));
        }
        context
    }

    fn put_people(&self, context: &mut Context, situation: &Situation<'_>) {
        let clinic = self.clinic;
        let line = |line: &Option<String>| Value::from(line.as_deref().unwrap_or_default());
        // What addresses are made of stays as it is; the sheet finds numbers by itself.
        let name = |name: &str| isolated(name, self.direction);
        let localized = |line: &Option<LocalizedLine>| {
            Value::from(line.as_ref().map(|line| name(line.in_language(self.language))).unwrap_or_default())
        };
        let words = |line: &Option<String>| Value::from(line.as_deref().map(name).unwrap_or_default());
        context.insert_value("patient", Value::from(situation.patient));
        context.insert_value("therapist", Value::from(name(situation.therapist)));
        context.insert_value(FOR_PATIENT, Value::from(situation.session.is_some()));
        let fields = [
            ("name", Value::from(name(&clinic.name))),
            ("city", Value::from(name(&clinic.city))),
            ("phone", line(&clinic.phone)),
            ("email", line(&clinic.email)),
            ("web", line(&clinic.web)),
            ("address", words(&clinic.address)),
            ("register", localized(&clinic.register)),
            ("therapists", Value::from(self.phrases.people(&clinic.therapists, name))),
            ("emergency", Value::from(clinic.emergency.as_str())),
            ("nurse_line", localized(&clinic.nurse_line)),
        ];
        context.insert_value("clinic", group(fields));
    }

    fn put_session(&self, context: &mut Context, situation: &Situation<'_>) {
        let session = situation.session.as_ref().map(Session::at);
        let fields = session.into_iter().flat_map(|at| {
            [
                ("day", Value::from(self.dates.day(at.date_naive()))),
                ("time", Value::from(self.dates.time(at))),
            ]
        });
        context.insert_value("session", group(fields));
        context.insert_value("area", Value::from(self.phrases.area(situation.regions(), &situation.chosen)));
        let next_visit = situation.next_visit.map(|at| self.visit(&at)).unwrap_or_default();
        context.insert_value("next_visit", Value::from(next_visit));
    }

    fn put_options(&self, context: &mut Context, situation: &Situation<'_>) {
        let chosen = &situation.chosen;
        context.insert_value("fold", Value::from(situation.fold.map(Fold::name).unwrap_or_default()));
        context.insert_value("has_note", Value::from(situation.has_note));
        for option in situation.treatment.options.values() {
            let id = &option.id;
            let value = match &option.kind {
                OptionKind::Choice(_) => {
                    let first = chosen.names(id).first().map(|name| name.to_string());
                    Value::from(first.unwrap_or_default())
                }
                OptionKind::Choices(_) | OptionKind::Regions { .. } => {
                    let names = chosen.names(id).iter().map(|name| Value::from(name.to_string()));
                    Value::from(names.collect::<Vec<_>>())
                }
                OptionKind::Hours { .. } | OptionKind::Exercises { .. } => Value::from(chosen.has(id)),
                OptionKind::Time | OptionKind::Text => self.typed(chosen.get(id)),
            };
            context.insert_value(option.text_name(), value);
        }
    }

    fn typed(&self, answer: Option<&Answer>) -> Value {
        match answer {
            Some(Answer::Time(at)) => Value::from(self.visit(at)),
            Some(Answer::Text(text)) => Value::from(text.as_str()),
            _ => Value::from(""),
        }
    }

    /// "Tuesday, December 1, 2026, 3:30 pm".
    pub fn visit(&self, at: &DateTime<Zone>) -> String {
        let at = at.with_timezone(&self.clinic.time_zone);
        self.dates.visit(&at)
    }

    /// A window's values.
    pub fn window(&self, window: &Elapsed, session: Option<&Session>) -> Value {
        let Some(session) = session else {
            return self.public_window(window, &self.phrases.span(window.span()));
        };
        self.window_until(window, session, &self.dates.until(&session.end(window)))
    }

    /// The values of a patient's window, its end in these words.
    pub fn window_until(&self, window: &Elapsed, session: &Session, until: &str) -> Value {
        let span = self.phrases.span(window.span());
        let end = session.end(window);
        let (when, after) = if window.within {
            (self.phrases.within_when().to_owned(), self.phrases.after_span(&span))
        } else {
            (self.phrases.until(until), self.phrases.after(&self.dates.moment(&end.at)))
        };
        group([
            ("from", Value::from(self.dates.moment(&session.after(window.from)))),
            ("day", Value::from(self.dates.end_day(&end))),
            ("hours", Value::from(window.to)),
            ("when", Value::from(when)),
            ("after", Value::from(after)),
            ("span", Value::from(span)),
            ("until", Value::from(until)),
        ])
    }

    fn public_window(&self, window: &Elapsed, span: &str) -> Value {
        let when = match window.within {
            true => self.phrases.within_when().to_owned(),
            false => self.phrases.for_span(span),
        };
        // One end: nobody can call "after 24 to 48 hours".
        let latest = if window.within { span.to_owned() } else { self.phrases.hours(window.usual.1) };
        group([
            ("hours", Value::from(window.usual.1)),
            ("span", Value::from(span)),
            ("when", Value::from(when)),
            ("after", Value::from(self.phrases.after_span(&latest))),
        ])
    }
}

fn group(fields: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let map: Map = fields.into_iter().map(|(name, value)| (Key::Str(name), value)).collect();
    Value::from(map)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::files::Embedded;
    use crate::diagnostic::Sink;
    use crate::merge::compile;
    use crate::merge::compile::names::{Kind, Name, Names};
    use chrono::Utc;

    fn is_there(context: &Context, path: &str) -> bool {
        match path.split_once('.') {
            None => context.contains_key(path),
            Some((name, field)) => {
                let map = context.get(name).and_then(Value::as_map);
                map.is_some_and(|map| map.contains_key(&Key::Str(field)))
            }
        }
    }

    #[test]
    fn every_name_has_a_value_and_every_value_a_name() {
        let library = crate::content::load(&Embedded).expect("the built-in clinic").value.first;
        let pack = library.packs.values().next().expect("a language");
        let compiled = compile::compile(&library, pack, true, &mut Sink::default()).expect("its texts");
        let wording = Wording::of(&compiled, &library.clinic);
        let names = Names::of(&library);
        let public = Situation::public(&library);
        let at = "2026-11-24T20:30:00Z".parse::<DateTime<Utc>>().expect("a time");
        let session = Session::new(at, library.clinic.time_zone).ok();
        let contexts = [wording.context(&public), wording.context(&Situation { session, ..public.clone() })];
        for (context, patient) in contexts.iter().zip([false, true]) {
            for (path, name) in names.paths() {
                assert_eq!(is_there(context, &path), patient || !name.patient_only, "{path}");
            }
            let fields = names.all().filter(|Name { kind, .. }| matches!(kind, Kind::Group(_)));
            assert_eq!(fields.count(), 2 + library.protocol.windows.len());
        }
    }
}
