//! `claims.yaml`: every clinical statement, what it rests on, and how firmly. `content/claims.yaml` holds those that treatments
//! share, the file in a treatment's folder its own.

use super::contact::is_web_address;
use super::cross::{Named, References};
use super::shelf::Shelf;
use super::{Loading, review};
use crate::content::yaml::{Fields, Key, Kind, Node, Reader, optional, required};
use crate::content::{Citation, Claim, Strength};
use crate::diagnostic::shown;
use crate::limits::{CLAIMS, LISTED};
use indexmap::IndexMap;

pub const SHARED: &str = "content/claims.yaml";
/// In a treatment's folder.
pub const NAME: &str = "claims.yaml";

pub(super) const CLAIM: &[Key] = &[
    required("id", Kind::Id, "what texts call it"),
    required("statement", Kind::Text, "one sentence"),
    required("strength", Kind::Choice(STRENGTHS), "how firmly it is known"),
    required("sources", Kind::List(SOURCE), "at least one"),
    optional(
        "figures",
        Kind::Lines,
        "spans, times and numbers to call that a text with this claim may write out",
    ),
    optional(
        "supports",
        Kind::Free,
        "what of a treatment rests on it: treatment, then a place in its file and what stands there",
    ),
    required("reviewed", Kind::Day, "day of the last review"),
    required("review-by", Kind::Day, "day by which it is read again"),
];
pub(super) const SOURCE: &[Key] = &[
    required("title", Kind::Text, "who says it, and where"),
    optional("doi", Kind::Text, "digital object identifier"),
    optional("url", Kind::Text, "web address"),
    optional("note", Kind::Text, "what to know about it"),
];
const STRENGTHS: &[&str] =
    &["strong", "moderate", "case-reports", "public-service", "clinic-advice", "weak", "indirect"];

/// The claims of a file; none without it.
pub fn read(shelf: &Shelf, path: &str, loading: &mut Loading) -> Option<IndexMap<String, Claim>> {
    if shelf.bytes(path).is_none() {
        return Some(IndexMap::new());
    }
    let (node, mut reader) = shelf.yaml(path, &mut loading.sink)?;
    let mut claims = IndexMap::new();
    for item in reader.items_within(&node, "the file", CLAIMS) {
        let claim = claim(item, &mut reader, &mut loading.references);
        claims.extend(claim.map(|claim| (claim.id.clone(), claim)));
    }
    Some(claims)
}

fn claim(node: &Node, reader: &mut Reader<'_>, references: &mut References) -> Option<Claim> {
    let fields = reader.fields(node, "a claim", CLAIM)?;
    let id = fields.get("id").and_then(|node| references.definition(&Named::Claim, node, reader));
    let statement = fields.get("statement").and_then(|node| reader.written(node));
    let strength: Option<Strength> =
        fields.get("strength").and_then(|node| reader.choice(node, "strength", STRENGTHS));
    let sources = fields.get("sources").map(|node| citations(node, reader));
    if let Some(supported) = fields.get("supports") {
        let treatments = reader.entries(supported, "`supports`").unwrap_or_default();
        for treatment in treatments {
            let _ = reader.entries(&treatment.node, "`supports`");
        }
    }
    let dates = review::dates(&fields, reader);
    let figures = fields.get("figures").map(|node| figures(node, reader)).unwrap_or_default();
    let (reviewed, review_by, dated) = dates?;
    Some(Claim {
        id: id?,
        statement: statement?,
        strength: strength?,
        sources: sources?,
        figures,
        reviewed,
        review_by,
        dated,
        place: reader.place(node.span),
    })
}

fn figures(node: &Node, reader: &mut Reader<'_>) -> Vec<String> {
    let items = reader.items_within(node, "the list", LISTED);
    items.iter().filter_map(|item| reader.line(item)).collect()
}

fn citations(node: &Node, reader: &mut Reader<'_>) -> Vec<Citation> {
    let items = reader.items_within(node, "the claim", LISTED);
    if items.is_empty() {
        reader.fault(
            node.span,
            "no-source",
            "a claim needs at least one source",
            Some("name who found it out or who says so, under `sources`: `- title: The clinic`".into()),
        );
    }
    items.iter().filter_map(|item| citation(item, reader)).collect()
}

fn citation(node: &Node, reader: &mut Reader<'_>) -> Option<Citation> {
    let fields = reader.fields(node, "a source", SOURCE)?;
    let title = fields.get("title").and_then(|node| reader.written(node));
    let doi = part(&fields, "doi", reader);
    let url = part(&fields, "url", reader);
    if let (Some(typed), Some(node)) = (&doi, fields.get("doi"))
        && !is_doi(typed)
    {
        let hint = "write it as `10.1016/j.jbmt.2018.01.003`; an address goes under `url`".to_owned();
        reader.fault(node.span, "bad-doi", format!("`{}` is no DOI", shown(typed)), Some(hint.into()));
    }
    if let (Some(typed), Some(node)) = (&url, fields.get("url"))
        && !is_web_address(typed)
    {
        let hint = "write it as `https://www.example.org/article`".into();
        reader.fault(node.span, "bad-link", format!("`{}` is no web address", shown(typed)), Some(hint));
    }
    let note = part(&fields, "note", reader);
    Some(Citation { title: title?, doi, url, note })
}

fn part(fields: &Fields<'_>, key: &str, reader: &mut Reader<'_>) -> Option<String> {
    fields.get(key).and_then(|node| reader.text(node))
}

/// `10.`, the number of who registers it, `/`, and a name without spaces.
fn is_doi(typed: &str) -> bool {
    let Some((who, name)) = typed.strip_prefix("10.").and_then(|rest| rest.split_once('/')) else {
        return false;
    };
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    who.len() >= 4
        && who.split('.').all(is_number)
        && !name.is_empty()
        && !name.chars().any(|c| c.is_whitespace() || c.is_control())
}
