//! When something ends, as people say it: "Wednesday afternoon", "Wednesday, 3:30 pm", "Thursday morning".

use super::dates::{DateWords, said_end};
use super::said::DayPart;
use super::zone::Zone;
use chrono::DateTime;

/// The end of a span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// When it began.
    pub start: DateTime<Zone>,
    pub at: DateTime<Zone>,
    /// It would have come in the night and waits for the morning, which is what people call it then.
    pub waits: bool,
}

/// The big answer of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// "Wednesday afternoon".
    pub words: String,
    /// What makes it exact, smaller, beside it: "Nov 25, 3:30 pm".
    pub beside: Option<String>,
}

impl End {
    /// As it is said: the last minute of a day for its midnight.
    pub fn said(&self) -> DateTime<Zone> {
        said_end(&self.at)
    }

    /// The day of the week no longer says which day it is.
    fn is_far(&self) -> bool {
        (self.said().date_naive() - self.start.date_naive()).num_days() > 6
    }

    /// Which of two patterns says it: that of a week, or that of later.
    fn pattern(&self) -> usize {
        usize::from(self.is_far())
    }
}

impl DateWords {
    /// In running text: "Wednesday, 3:30 pm", "Thursday morning", "Friday, Dec 11, 3:30 pm" where that is not of the same
    /// week.
    pub fn until(&self, end: &End) -> String {
        let Some(said) = &self.said else { return self.moment(&end.at) };
        let at = end.said();
        match self.morning(end) {
            Some(part) => self.fill_end(&said.part[end.pattern()], &at, part),
            None if end.is_far() => self.moment(&end.at),
            None => self.fill_end(&said.weekday_time, &at, ""),
        }
    }

    /// The same, short: "Wed 3:30 pm", "Thu morning", "Fri Dec 11, 3:30 pm".
    pub fn tick(&self, end: &End) -> String {
        let at = end.said();
        match (&self.said, self.morning(end)) {
            (Some(said), Some(part)) => self.fill_end(&said.part_short[end.pattern()], &at, part),
            _ => self.fill_end(&self.ticks[end.pattern()], &at, ""),
        }
    }

    /// The day: "Thursday", "Fri Dec 11" where that is not of the same week.
    pub fn end_day(&self, end: &End) -> String {
        let date = end.said().date_naive();
        match end.is_far() {
            true => self.head(date, true),
            false => self.weekday(date).to_owned(),
        }
    }

    /// As the biggest words of a sheet: the part of the day, with the date and the time beside it. Of later than a week
    /// the date.
    pub fn answer(&self, end: &End) -> Answer {
        let Some(said) = &self.said else { return Answer { words: self.moment(&end.at), beside: None } };
        let at = end.said();
        let fill = |pattern: &str, part: &str| self.fill_end(pattern, &at, part);
        let time = || fill(&said.weekday_time, "");
        let (words, beside) = match (end.is_far(), self.morning(end), self.part_of(&at)) {
            (true, Some(morning), _) => (fill(&said.date_alone, ""), fill(&said.part[0], morning)),
            (true, None, _) => (fill(&said.date_alone, ""), time()),
            (false, Some(morning), _) => (fill(&said.part[0], morning), fill(&said.date, "")),
            (false, None, Some(part)) => {
                let beside = if part.is_moment() { &said.date } else { &said.date_time };
                (fill(&said.part[0], &part.name), fill(beside, ""))
            }
            // "Thursday night" can be the night to Thursday or the one after.
            (false, None, None) => (time(), fill(&said.date, "")),
        };
        Answer { words, beside: Some(beside) }
    }

    fn part_of(&self, at: &DateTime<Zone>) -> Option<&DayPart> {
        let parts = &self.said.as_ref()?.parts;
        let moments = parts.iter().filter(|part| part.is_moment());
        moments.chain(parts).find(|part| part.holds(at))
    }

    /// What the morning is called that an end waits for.
    fn morning(&self, end: &End) -> Option<&str> {
        self.part_of(&end.at).filter(|_| end.waits).map(|part| part.name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::built_in_dates;
    use crate::locale::Language;
    use chrono::{TimeDelta, Utc};

    fn end(hours: i64, waits: bool) -> End {
        let zone = Zone::named("America/Toronto").unwrap();
        let start = "2026-11-24T20:30:00Z".parse::<DateTime<Utc>>().unwrap().with_timezone(&zone);
        End { start, at: start + TimeDelta::hours(hours), waits }
    }

    fn said(tag: &str, end: End) -> [String; 4] {
        let words = built_in_dates().of(&Language::new(tag)).unwrap().clone();
        let Answer { words: answer, beside } = words.answer(&end);
        [answer, beside.unwrap_or_default(), words.until(&end), words.tick(&end)]
            .map(|text| text.replace('\u{a0}', "~"))
    }

    #[test]
    fn an_end_within_a_week_is_a_part_of_the_day_and_a_weekday_with_its_time() {
        let wanted = ["Wednesday afternoon", "Nov~25, 3:30~pm", "Wednesday, 3:30~pm", "Wed 3:30~pm"];
        assert_eq!(said("en", end(24, false)), wanted);
        let wanted = ["mercredi après-midi", "le~25~nov., 15~h~30", "mercredi, 15~h~30", "mer. 15~h~30"];
        assert_eq!(said("fr", end(24, false)), wanted);
        assert_eq!(said("en", end(27, false))[0], "Wednesday evening");
    }

    #[test]
    fn an_end_that_waits_for_the_morning_is_called_that() {
        let morning = || End { waits: true, at: end(40, false).at + TimeDelta::minutes(30), ..end(0, true) };
        assert_eq!(
            said("en", morning()),
            ["Thursday morning", "November~26", "Thursday morning", "Thu morning"]
        );
        assert_eq!(said("fr", morning()), ["jeudi matin", "le~26~novembre", "jeudi matin", "jeu. matin"]);
        // One that comes then by itself has its time.
        let own = End { waits: false, ..morning() };
        assert_eq!(said("en", own), ["Thursday morning", "Nov~26, 8~am", "Thursday, 8~am", "Thu 8~am"]);
    }

    #[test]
    fn an_end_of_a_week_or_more_later_has_its_date() {
        let later = ["December~1", "Tuesday, 3:30~pm", "Tuesday,~Dec~1, 3:30~pm", "Tue~Dec~1, 3:30~pm"];
        assert_eq!(said("en", end(7 * 24, false)), later);
        let later =
            ["mardi 1er~décembre", "mardi, 15~h~30", "mardi~1er~déc., 15~h~30", "mar.~1er~déc., 15~h~30"];
        assert_eq!(said("fr", end(7 * 24, false)), later);
        let morning = End { at: end(7 * 24 + 17, false).at - TimeDelta::minutes(30), ..end(0, true) };
        let wanted = ["December~2", "Wednesday morning", "Wednesday morning, Dec~2", "Wed morning, Dec~2"];
        assert_eq!(said("en", morning), wanted);
    }

    #[test]
    fn a_language_without_parts_of_the_day_says_dates_and_times() {
        let yaml = include_str!("../../content/dates/en.yaml");
        let (old, _) = yaml.split_once("said:").unwrap();
        let mut folder = crate::content::files::Memory::copy(&crate::content::files::Embedded).unwrap();
        folder.0.insert("content/dates/en.yaml".into(), old.as_bytes().to_vec().into());
        let library = crate::content::load(&folder).unwrap().value.first;
        let words = library.dates.of(&Language::new("en")).unwrap();
        let dated = "Wednesday,~Nov~25, 3:30~pm";
        assert_eq!(words.until(&end(24, false)).replace('\u{a0}', "~"), dated);
        let answer = words.answer(&end(24, false));
        assert_eq!((answer.words.replace('\u{a0}', "~").as_str(), answer.beside), (dated, None));
    }

    #[test]
    fn noon_is_no_afternoon_and_the_night_has_no_name() {
        let noon = End { at: end(21, false).at - TimeDelta::minutes(30), ..end(0, false) };
        assert_eq!(said("en", noon)[..2], ["Wednesday noon", "November~25"]);
        assert_eq!(said("fr", noon)[..2], ["mercredi midi", "le~25~novembre"]);
        assert_eq!(said("en", end(36, false))[..2], ["Thursday, 3:30~am", "November~26"]);
        let midnight = End { at: end(33, false).at - TimeDelta::minutes(30), ..end(0, false) };
        let wanted = ["Wednesday, 11:59~pm", "November~25", "Wednesday, 11:59~pm", "Wed 11:59~pm"];
        assert_eq!(said("en", midnight), wanted);
        assert_eq!(said("fr", midnight)[2], "mercredi, 23~h~59");
    }
}
