//! The axis of the timeline: a column a day, with its head, its midnight and, every second one, its ground.

use super::builder::Builder;
use super::paragraph::ParagraphStyle;
use super::strip::{Strip, decoration, merge};
use super::ticks::{Span, spaced};
use super::{ElementId, LayoutError, Pen, Shape};
use crate::document::Timeline;
use crate::geometry::{Point, Pt, Rect};

/// From a midnight to its day's label.
const FROM_LINE: Pt = Pt(4.0);

/// Where the drawn axis stands, from the left margin.
#[derive(Clone, Copy)]
pub struct Axis<'t> {
    pub left: Pt,
    pub right: Pt,
    pub timeline: &'t Timeline,
}

impl Axis<'_> {
    fn at(&self, share: f32) -> Pt {
        self.left + (self.right - self.left) * share
    }

    pub fn hours(&self, hours: u32) -> Pt {
        self.at(self.timeline.share_of_hours(hours))
    }

    pub fn minutes(&self, minutes: i32) -> Pt {
        self.at(self.timeline.share(minutes))
    }
}

impl Builder<'_> {
    /// Heads of days, or labels of hours, and where their lines stand.
    pub fn axis_head(&mut self, axis: Axis<'_>, element: ElementId) -> Result<(Strip, Vec<Pt>), LayoutError> {
        let timeline = axis.timeline;
        if timeline.days.is_empty() {
            let span = Span { left: axis.left, right: axis.right };
            let mut head = self.tick_labels(&timeline.ticks, |hours| axis.hours(hours), span, element)?;
            head.height = head.height.max(self.style.small.leading) + Pt(2.0);
            return Ok((head, timeline.ticks.iter().map(|tick| axis.hours(tick.hours)).collect()));
        }
        let style = self.head_style();
        let mut days = Vec::with_capacity(timeline.days.len());
        for day in &timeline.days {
            let mut widths = [Pt::ZERO; 3];
            for (width, form) in widths.iter_mut().zip(day.forms.iter().chain([&day.brief])) {
                *width = self.width_of(form, &style)? + Pt(1.0);
            }
            days.push(Column { x: axis.minutes(day.minutes), widths, month: day.month });
        }
        let mut head = Strip::of(style.leading + Pt(2.0), Vec::new());
        let (step, places) = heads(&days, axis.right);
        let mut crossed = Vec::new();
        for Head { day, form, x } in places {
            let named = &timeline.days[day];
            let label = spaced(named.forms.get(form).unwrap_or(&named.brief));
            let width = days[day].widths[form];
            let words = merge(self.text_in(&label, &style, width + Pt(1.0), element)?);
            crossed.push((x - Pt(2.0), x + width));
            head.absorb(words, Point::new(x, Pt::ZERO));
        }
        let lines: Vec<Pt> = days.iter().step_by(step).map(|day| day.x).collect();
        for x in lines.iter().filter(|x| !crossed.iter().any(|(from, to)| from < *x && *x < to)) {
            self.day_line(*x, Pt::ZERO, head.height, &mut head);
        }
        Ok((head, lines))
    }

    /// Heads of days: in large print, where a line holds less, a little smaller than the body.
    fn head_style(&self) -> ParagraphStyle {
        let style = self.style.body.coloured(self.style.palette.brand).weighing(self.style.body.strong);
        let factor = if self.style.columns > 1 { 1.0 } else { 0.83 };
        ParagraphStyle { size: style.size * factor, leading: style.leading * factor, ..style }
    }

    /// Every second column on a tint, so that the eye finds a bar's end in its own: `lines` are where they begin, of a day or,
    /// on a long axis, of the days between two heads.
    pub fn day_grounds(&self, axis: Axis<'_>, lines: &[Pt], height: Pt, strip: &mut Strip) {
        if self.style.outlined || axis.timeline.days.is_empty() {
            return;
        }
        let edges: Vec<Pt> = lines.iter().copied().chain([axis.right]).collect();
        for pair in edges.windows(2).skip(1).step_by(2) {
            let rect = Rect { x: pair[0], y: Pt::ZERO, width: pair[1] - pair[0], height };
            let fill = Some(self.style.palette.tint);
            let ground = Shape::Rectangle { rect, radius: Pt::ZERO, fill, stroke: None };
            strip.fragments.push(decoration(ground));
        }
    }

    pub fn day_line(&self, x: Pt, top: Pt, bottom: Pt, strip: &mut Strip) {
        let pen = Pen { width: Pt(0.5), ..self.style.border(self.style.palette.muted) };
        let (from, to) = (Point::new(x, top), Point::new(x, bottom));
        strip.fragments.push(decoration(Shape::Rule { from, to, pen }));
    }
}

/// A day: its midnight, and the widths of its label without and with the month, and of the weekday alone.
struct Column {
    x: Pt,
    widths: [Pt; 3],
    month: i32,
}

/// The label of a day: in which form, and where it begins.
#[derive(Debug, PartialEq)]
struct Head {
    day: usize,
    form: usize,
    x: Pt,
}

const PLAIN: usize = 0;
const DATED: usize = 1;
const BRIEF: usize = 2;

/// Which days have a label, every how many of them a line, so that each stands over its own column and a month that begins
/// among them is named.
fn heads(days: &[Column], right: Pt) -> (usize, Vec<Head>) {
    let steps = 1..=days.len();
    let found = steps.filter_map(|step| apart(days, step, right).map(|heads| (step, heads))).next();
    found.unwrap_or((days.len().max(1), Vec::new()))
}

/// Every `step`th label, if each finds room in its column. The first day is often short: its weekday alone stands there, or
/// nothing, for the sheet says the session's day above. The last has no label where its column is too narrow for it.
fn apart(days: &[Column], step: usize, right: Pt) -> Option<Vec<Head>> {
    let mut chosen: Vec<usize> = (0..days.len()).step_by(step).collect();
    let fits = |chosen: &[usize], order: usize, form: usize| {
        let column = &days[chosen[order]];
        let end = days.get(chosen[order] + step).map_or(right, |next| next.x);
        column.widths[form] > Pt(1.0) && column.x + FROM_LINE + column.widths[form] <= end
    };
    let last = chosen.len().checked_sub(1)?;
    if last > 0 && !fits(&chosen, last, PLAIN) {
        chosen.pop();
    }
    if chosen.len() == 1 {
        let column = &days[chosen[0]];
        let x = (column.x + FROM_LINE).min(right - column.widths[DATED]).max(Pt::ZERO);
        return Some(vec![Head { day: chosen[0], form: DATED, x }]);
    }
    if !(1..chosen.len()).all(|order| fits(&chosen, order, PLAIN)) {
        return None;
    }
    let first = [PLAIN, BRIEF].into_iter().find(|form| fits(&chosen, 0, *form));
    let mut forms: Vec<Option<usize>> = vec![Some(PLAIN); chosen.len()];
    forms[0] = first;
    let is_dated = |order: &usize| fits(&chosen, *order, DATED);
    for order in 1..chosen.len() {
        if days[chosen[order]].month != days[chosen[order - 1]].month {
            // Where the new month's name has no room, that of the old one stands before it.
            let named = [order, order - 1].into_iter().find(is_dated)?;
            forms[named] = Some(DATED);
        }
    }
    if !forms.contains(&Some(DATED)) {
        match (0..chosen.len()).rev().find(is_dated) {
            Some(named) => forms[named] = Some(DATED),
            // A head for each day is worth more than the month, which the sheet says above.
            None if step == 1 => {}
            None => return None,
        }
    }
    let head = |(day, form): (&usize, &Option<usize>)| {
        form.map(|form| Head { day: *day, form, x: days[*day].x + FROM_LINE })
    };
    Some(chosen.iter().zip(&forms).filter_map(head).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Days of these widths, with labels of 44 points, 62 with the month; the month begins on one of them.
    fn heads_of(widths: &[f32], begins: usize) -> (usize, Vec<(usize, &'static str, f32)>) {
        let mut x = 90.0;
        let mut days = Vec::new();
        for (day, width) in widths.iter().enumerate() {
            days.push(Column {
                x: Pt(x),
                widths: [Pt(44.0), Pt(62.0), Pt(22.0)],
                month: i32::from(day >= begins),
            });
            x += width;
        }
        let (step, heads) = heads(&days, Pt(x));
        let told = |head: Head| (head.day, ["plain", "dated", "brief"][head.form], head.x.0);
        (step, heads.into_iter().map(told).collect())
    }

    #[test]
    fn labels_of_days_thin_out_until_none_meets_the_next_and_the_last_names_the_month_where_it_has_room() {
        for (count, pitch, step) in [(4, 100.0, 1), (8, 50.0, 1), (8, 40.0, 2), (22, 15.0, 5), (1, 70.0, 1)] {
            let (found, heads) = heads_of(&vec![pitch; count], 0);
            assert_eq!(found, step, "{count} days, {pitch} wide: {heads:?}");
            let dated = usize::from(pitch != 50.0);
            assert_eq!(heads.iter().filter(|head| head.1 == "dated").count(), dated, "{heads:?}");
        }
    }

    #[test]
    fn a_short_first_day_has_its_weekday_or_nothing_and_a_short_last_one_leaves_the_month_to_the_day_before()
    {
        let found = heads_of(&[30.0, 80.0, 70.0], 0);
        assert_eq!(found, (1, vec![(0, "brief", 94.0), (1, "plain", 124.0), (2, "dated", 204.0)]));
        let found = heads_of(&[30.0, 80.0, 50.0], 0);
        assert_eq!(found, (1, vec![(0, "brief", 94.0), (1, "dated", 124.0), (2, "plain", 204.0)]));
        // Never over another day.
        let found = heads_of(&[20.0, 80.0, 40.0], 0);
        assert_eq!(found, (1, vec![(1, "dated", 114.0)]));
    }

    #[test]
    fn a_month_that_begins_is_named_however_few_days_have_a_label() {
        for begins in 1..8 {
            let (step, heads) = heads_of(&[36.0; 8], begins);
            let named = heads.iter().any(|head| head.1 == "dated");
            assert!(step == 2 && named, "from day {begins}: {heads:?}");
            for pair in heads.windows(2) {
                let is_new = pair[0].0 < begins && begins <= pair[1].0;
                assert!(!is_new || pair[1].1 == "dated" || pair[0].1 == "dated", "{heads:?}");
                assert!(pair[0].2 + if pair[0].1 == "dated" { 62.0 } else { 44.0 } <= pair[1].2, "{heads:?}");
            }
        }
    }
}
