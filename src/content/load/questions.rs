//! `content/treatments/<id>/<language>/faq.yaml`: questions and answers.

use super::cross::References;
use super::section::AUDIENCES;
use super::shelf::Shelf;
use super::{Loading, review, section};
use crate::content::yaml::{Key, Kind, Node, Reader, optional, required};
use crate::content::{Audience, Question};
use crate::diagnostic::Place;
use crate::limits::QUESTIONS;

pub(super) const QUESTION: &[Key] = &[
    required("id", Kind::Id, "an id of its own"),
    required("question", Kind::Text, "its heading"),
    required("answer", Kind::Text, "Markdown"),
    required("priority", Kind::Number(1, 99), "on a full sheet the lowest goes first"),
    optional("audience", Kind::Choice(AUDIENCES), "where it stands; both if not given"),
    optional("group", Kind::Id, "questions of one group share a page of the web site"),
    optional("conditions", Kind::Texts, "it stands only where all of these hold"),
    required("claims", Kind::Ids, "claims that it rests on"),
    required("reviewed", Kind::Day, "day of the last review"),
    required("review-by", Kind::Day, "day by which it is read again"),
];

pub fn read_all(shelf: &Shelf, folder: &str, loading: &mut Loading) -> Option<Vec<Question>> {
    let path = format!("{folder}/faq.yaml");
    let (node, mut reader) = shelf.yaml(&path, &mut loading.sink)?;
    let mut questions: Vec<Question> = Vec::new();
    for item in reader.items_within(&node, "the file", QUESTIONS) {
        let Some(question) = question(item, &mut reader, &mut loading.references) else { continue };
        if questions.iter().any(|other| other.id == question.id) {
            let message = format!("the question `{}` stands twice", question.id);
            reader.fault(
                item.span,
                "duplicate-id",
                message,
                Some("take one out, or give it an id of its own".into()),
            );
        }
        questions.push(question);
    }
    Some(questions)
}

fn question(node: &Node, reader: &mut Reader<'_>, references: &mut References) -> Option<Question> {
    let fields = reader.fields(node, "a question", QUESTION)?;
    let id = fields.get("id").and_then(|node| reader.id(node));
    let question = fields.get("question").and_then(|node| reader.source(node));
    let answer = fields.get("answer").and_then(|node| reader.source(node));
    let priority = fields.get("priority").and_then(|node| section::priority(node, reader));
    let audience = match fields.get("audience") {
        Some(node) => reader.choice(node, "audience", AUDIENCES),
        None => Some(Audience::Both),
    };
    let group = fields.get("group").and_then(|node| reader.id(node));
    let conditions = section::conditions(&fields, reader);
    let review = review::read(&fields, reader, references);
    let review = review?;
    Some(Question {
        id: id?,
        question: question?,
        answer: answer?,
        audience: audience?,
        priority: priority?,
        group,
        conditions,
        claims: review.claims,
        reviewed: review.reviewed,
        review_by: review.review_by,
        dated: review.dated,
        place: Place { excerpt: None, ..reader.place(node.span) },
    })
}
