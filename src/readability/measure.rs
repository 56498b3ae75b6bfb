//! The formulas, each from its paper.

use super::Counts;

/// A published measure of how hard a text is to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// School grade, of English: Kincaid, Fishburne, Rogers, Chissom: Derivation of new readability formulas for Navy
    /// enlisted personnel. Research Branch Report 8-75, 1975.
    FleschKincaid,
    /// School grade, of English: McLaughlin: SMOG grading, a new readability formula. Journal of Reading 1969;12:639-646.
    /// It was made for thirty sentences; a shorter text is taken as if it went on like that, from three sentences on.
    Smog,
    /// Ease from 0 to 100, of English: Flesch: A new readability yardstick. Journal of Applied Psychology 1948;32:221-233.
    Flesch,
    /// Ease from 0 to 100, of French: Kandel, Moles: Application de l'indice de Flesch à la langue française. Cahiers études
    /// de radio-télévision 1958;19:253-274.
    KandelMoles,
    /// Ease from 0 to 100, of Spanish: Fernández Huerta: Medidas sencillas de lecturabilidad. Consigna 1959;214:29-32, with
    /// sentences, not words, in a hundred words.
    FernandezHuerta,
    /// Ease from 0 to 100, of Italian: Franchina, Vacca: Adaptation of Flesh readability index on a bilingual text written by
    /// the same author both in Italian and English languages. Linguaggi 1986;3:47-49.
    FranchinaVacca,
    /// Ease from 0 to 100, of German: Amstad: Wie verständlich sind unsere Zeitungen? Universität Zürich 1978.
    Amstad,
}

impl Measure {
    pub const ALL: [Measure; 7] = [
        Measure::FleschKincaid,
        Measure::Smog,
        Measure::Flesch,
        Measure::KandelMoles,
        Measure::FernandezHuerta,
        Measure::FranchinaVacca,
        Measure::Amstad,
    ];

    /// As files name it.
    pub fn name(self) -> &'static str {
        match self {
            Measure::FleschKincaid => "flesch-kincaid",
            Measure::Smog => "smog",
            Measure::Flesch => "flesch",
            Measure::KandelMoles => "kandel-moles",
            Measure::FernandezHuerta => "fernandez-huerta",
            Measure::FranchinaVacca => "franchina-vacca",
            Measure::Amstad => "amstad",
        }
    }

    /// As messages name it: after who made it.
    pub fn title(self) -> &'static str {
        match self {
            Measure::FleschKincaid => "Flesch-Kincaid",
            Measure::Smog => "SMOG",
            Measure::Flesch => "Flesch",
            Measure::KandelMoles => "Kandel-Moles",
            Measure::FernandezHuerta => "Fernández Huerta",
            Measure::FranchinaVacca => "Franchina-Vacca",
            Measure::Amstad => "Amstad",
        }
    }

    /// Whether a higher figure is a harder text: a school grade. Else it is an easier one.
    pub fn is_grade(self) -> bool {
        matches!(self, Measure::FleschKincaid | Measure::Smog)
    }

    /// The figure of a text; nothing where it is too short to have one.
    pub fn of(self, counts: &Counts) -> Option<f64> {
        let least = if self == Measure::Smog { 3 } else { 1 };
        if counts.sentences < least || counts.words == 0 {
            return None;
        }
        let (sentence, word) = (counts.sentence_length(), counts.word_length());
        let ease = |start: f64, a_word: f64, a_syllable: f64| start - a_word * sentence - a_syllable * word;
        Some(match self {
            Measure::FleschKincaid => 0.39 * sentence + 11.8 * word - 15.59,
            Measure::Smog => {
                let in_thirty = 30.0 * counts.long_words as f64 / counts.sentences as f64;
                1.043 * in_thirty.sqrt() + 3.1291
            }
            Measure::Flesch => ease(206.835, 1.015, 84.6),
            Measure::KandelMoles => ease(207.0, 1.015, 73.6),
            Measure::FernandezHuerta => ease(206.84, 1.02, 60.0),
            Measure::FranchinaVacca => ease(217.0, 1.3, 60.0),
            Measure::Amstad => ease(180.0, 1.0, 58.5),
        })
    }

    /// Whether a figure is at least as easy as a limit.
    pub fn is_met(self, figure: f64, limit: f64) -> bool {
        if self.is_grade() { figure <= limit } else { figure >= limit }
    }

    /// By how much a figure is harder than a limit; below nothing where it is easier.
    pub fn beyond(self, figure: f64, limit: f64) -> f64 {
        if self.is_grade() { figure - limit } else { limit - figure }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(sentences: usize, words: usize, syllables: usize, long_words: usize) -> Counts {
        Counts { sentences, words, syllables, long_words }
    }

    fn near(figure: Option<f64>, published: f64, within: f64) -> bool {
        figure.is_some_and(|figure| (figure - published).abs() <= within)
    }

    /// The examples that the encyclopedia article on these tests works out: "The Australian platypus is seemingly a hybrid of
    /// a mammal and reptilian creature" has 13 words of 24 syllables and grade 11.3; "The cat sat on the mat" has ease 116.
    #[test]
    fn the_formulas_of_flesch_and_kincaid_give_the_published_figures() {
        assert!(near(Measure::FleschKincaid.of(&counts(1, 13, 24, 5)), 11.3, 0.05));
        assert!(near(Measure::Flesch.of(&counts(1, 6, 6, 0)), 116.0, 0.5));
    }

    /// McLaughlin's own worked example: 95 long words in 30 sentences are near 100, whose root is 10; three more make grade
    /// 13. His formula is as near to that short way as half a grade.
    #[test]
    fn smog_gives_the_grade_of_its_paper() {
        assert!(near(Measure::Smog.of(&counts(30, 400, 600, 95)), 13.0, 0.5));
        for (long_words, grade) in [(9, 6.0), (16, 7.0), (25, 8.0), (36, 9.0), (49, 10.0), (100, 13.0)] {
            assert!(near(Measure::Smog.of(&counts(30, 400, 600, long_words)), grade, 0.6), "{long_words}");
        }
        assert_eq!(Measure::Smog.of(&counts(2, 20, 30, 1)), None, "two sentences are too few");
    }

    /// Longer sentences and longer words are harder, by every measure.
    #[test]
    fn every_measure_finds_the_harder_text_harder() {
        let (easy, hard) = (counts(30, 240, 320, 6), counts(30, 600, 1100, 120));
        for measure in Measure::ALL {
            let (easy, hard) = (measure.of(&easy).unwrap(), measure.of(&hard).unwrap());
            assert!(measure.beyond(hard, easy) > 0.0 && !measure.is_met(hard, easy), "{measure:?}");
        }
    }
}
