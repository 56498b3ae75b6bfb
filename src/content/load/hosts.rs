//! `content/known-hosts.yaml`: names of servers, for a check alone. An address that differs from a known one in a letter leads
//! nowhere, and no text contradicts it.

use super::shelf::Shelf;
use super::{Loading, clinic};
use crate::content::files::Files;
use crate::content::yaml::{Key, Kind, optional};
use crate::content::{Claim, Clinic, Folder, Source, Strength};
use crate::diagnostic::{Diagnostic, Place, shown};
use std::collections::{BTreeMap, BTreeSet};

pub const PATH: &str = "content/known-hosts.yaml";

const FILE: &[Key] = &[
    optional("mail", Kind::Lines, "servers of mail"),
    optional("sources", Kind::Lines, "servers of journals, guidelines and public services"),
    optional("endings", Kind::Lines, "what names of public services and universities end in"),
    optional("slips", Kind::Phrases, "ends of names that nobody has, by the one that was meant"),
];

/// Letters of a name of which one may be a slip: short ones differ in one letter by right.
const LONG: usize = 8;

#[derive(Default)]
struct Known {
    mail: Vec<String>,
    sources: Vec<String>,
    endings: Vec<String>,
    slips: Vec<(String, Vec<String>)>,
}

/// Servers of a folder that others are held against, at most, in order: a folder with more of them is no clinic's.
const COMPARED: usize = 300;
/// Names that are told, at most.
const TOLD: usize = 20;

/// An address as somebody typed it.
struct Address<'f> {
    file: &'f str,
    typed: &'f str,
    host: String,
}

/// Servers whose name is likely a slip of the pen, and claims that stand firmer than where their sources are found.
pub fn odd_hosts(files: &dyn Files, folder: &Folder) -> Vec<Diagnostic> {
    let known = Known::read(files);
    let claims: BTreeMap<(&str, u32), &Claim> = folder
        .treatments()
        .flat_map(|library| library.claims.values())
        .map(|claim| ((&*claim.place.file, claim.place.line), claim))
        .collect();
    let addresses = addresses(&folder.first.clinic, claims.values().copied());
    let mut found = known.nowhere(files, &addresses);
    // Of an address one thing.
    let rest = addresses.into_iter().filter(|one| !is_private(&one.host) && !known.is_slip(&one.host));
    found.extend(known.misspelt(files, &rest.collect::<Vec<_>>()));
    found.extend(claims.values().filter_map(|claim| known.thin_source(claim)));
    found
}

/// Those of the claims, then those of the clinic's profile.
fn addresses<'f>(clinic: &'f Clinic, claims: impl Iterator<Item = &'f Claim>) -> Vec<Address<'f>> {
    let urls = claims.flat_map(|claim| {
        let urls = claim.sources.iter().filter_map(|source| source.url.as_deref());
        urls.map(|url| (&*claim.place.file, url))
    });
    let lines = [&clinic.web, &clinic.booking, &clinic.map, &clinic.site, &clinic.email];
    let lines = lines.into_iter().flatten().chain(&clinic.social).map(|line| (clinic::PATH, &**line));
    urls.chain(lines).map(|(file, typed)| Address { file, typed, host: host(typed) }).collect()
}

/// The name of a server in an address of the web or of mail, without the "www." that many have in front.
fn host(typed: &str) -> String {
    let rest = typed.split_once("://").map_or(typed, |(_, rest)| rest);
    let server = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let server = server.rsplit('@').next().unwrap_or_default().split(':').next().unwrap_or_default();
    let server = server.to_lowercase();
    server.strip_prefix("www.").unwrap_or(&server).to_owned()
}

impl Known {
    /// The program's own list stands where a folder has none.
    fn read(files: &dyn Files) -> Known {
        let shelf = Shelf::of_one(files, PATH);
        let mut loading = Loading::default();
        let Some((node, mut reader)) = shelf.yaml(PATH, &mut loading.sink) else { return Known::default() };
        let Some(fields) = reader.fields(&node, "the file", FILE) else { return Known::default() };
        let mut lines = |key: &str| fields.get(key).map(|node| reader.lines(node)).unwrap_or_default();
        let (mail, sources, endings) = (lines("mail"), lines("sources"), lines("endings"));
        let slips = fields.get("slips").and_then(|node| reader.entries(node, "`slips`")).unwrap_or_default();
        let slips = slips.iter().map(|entry| (entry.key.clone(), reader.lines(&entry.node))).collect();
        Known { mail, sources, endings, slips }
    }

    /// An address with an end that no name has, or that leads to this machine or into the clinic's own net.
    fn nowhere(&self, files: &dyn Files, all: &[Address<'_>]) -> Vec<Diagnostic> {
        let told = all.iter().filter_map(|one| {
            let last = one.host.rsplit('.').next().unwrap_or_default();
            let meant = self.slips.iter().find(|(_, slips)| slips.iter().any(|slip| slip == last));
            let message = match meant {
                Some((meant, _)) => {
                    format!("`{}` ends in `{last}`, and `{meant}` is likely meant", shown(&one.host))
                }
                None if is_private(&one.host) => {
                    format!("`{}` leads nowhere but in the clinic itself", shown(&one.host))
                }
                None => return None,
            };
            let fault = Diagnostic::warning("odd-host", message).at(place_of(files, one));
            Some(fault.hint("write the address that a patient can open"))
        });
        told.take(TOLD).collect()
    }

    fn is_slip(&self, host: &str) -> bool {
        let last = host.rsplit('.').next().unwrap_or_default();
        self.slips.iter().any(|(_, slips)| slips.iter().any(|slip| slip == last))
    }

    fn has(&self, host: &str) -> bool {
        self.mail.iter().chain(&self.sources).any(|known| is_of(host, known))
    }

    /// Of each such name the first address.
    fn misspelt(&self, files: &dyn Files, all: &[Address<'_>]) -> Vec<Diagnostic> {
        let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
        all.iter().for_each(|one| *uses.entry(&one.host).or_default() += 1);
        let mut told = BTreeSet::new();
        let mut found = Vec::new();
        let distinct: Vec<&Address<'_>> = all.iter().filter(|one| told.insert(&*one.host)).collect();
        for (at, one) in distinct.iter().enumerate().filter(|(_, one)| !self.has(&one.host)) {
            if found.len() == TOLD {
                break;
            }
            let own = uses.get(&*one.host).copied().unwrap_or(0);
            // Of two the one that stands more often, or first, is right.
            let others = distinct.iter().take(COMPARED).enumerate().filter(|(index, other)| {
                let theirs = uses.get(&*other.host).copied().unwrap_or(0);
                theirs > own || theirs == own && *index < at
            });
            let mut others = others.map(|(_, other)| &*other.host).filter(|other| !are_two(&one.host, other));
            let mut known = self.mail.iter().chain(&self.sources).map(String::as_str);
            let is_right = |right: &&str| is_near(&one.host, right);
            if let Some(right) = known.find(is_right).or_else(|| others.find(is_right)) {
                let message = format!("`{}` is nearly `{}`", shown(&one.host), shown(right));
                let fault = Diagnostic::warning("odd-host", message).at(place_of(files, one));
                found.push(fault.hint(format!(
                    "write the server's name as it is; if this one is right, add it to {PATH}"
                )));
            }
        }
        found
    }

    /// A claim that is `strong` on pages that anybody can write.
    fn thin_source(&self, claim: &Claim) -> Option<Diagnostic> {
        let urls = || claim.sources.iter().filter_map(|source| source.url.as_deref());
        let is_found = claim.sources.iter().any(|source| source.doi.is_some());
        let firm = || self.sources.iter().chain(&self.endings);
        let is_firm = is_found || urls().any(|url| firm().any(|known| is_of(&host(url), known)));
        if claim.strength != Strength::Strong || is_firm {
            return None;
        }
        let page = urls().next()?;
        let message = format!("the claim `{}` is `strong`, and rests on {}", claim.id, shown(&host(page)));
        let fault = Diagnostic::warning("thin-source", message).at(claim.place.clone());
        Some(fault.hint(format!(
            "name the study or guideline behind it, with its `doi`, or say how firmly it is known; servers of such sources stand in {PATH}"
        )))
    }
}

/// Whether a server is this machine, or one of a net that nobody outside reaches.
fn is_private(host: &str) -> bool {
    let parts: Result<Vec<u8>, _> = host.split('.').map(str::parse).collect();
    // RFC 1918, and this machine (RFC 6890).
    let is_own = parts.is_ok_and(|parts| {
        matches!(*parts, [0 | 10 | 127, _, _, _] | [172, 16..=31, _, _] | [192, 168, _, _])
    });
    host == "localhost" || host.ends_with(".local") || is_own
}

/// Whether a server is a known one or belongs to it.
fn is_of(host: &str, known: &str) -> bool {
    host.strip_suffix(known).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

/// Whether two names differ by one letter: too many, too few, another, or two that changed places.
fn is_near(host: &str, right: &str) -> bool {
    // Of a server below a known one its last parts are compared.
    let parts = right.split('.').count();
    let last: Vec<&str> = host.rsplitn(parts + 1, '.').take(parts).collect();
    let last = last.into_iter().rev().collect::<Vec<_>>().join(".");
    let is_slip = |name: &str| name.chars().count() >= LONG && strsim::osa_distance(name, right) == 1;
    is_slip(host) || is_slip(&last)
}

/// Whether two names of one owner are likely two servers: a longer ending (`.co`, `.com`), another number.
fn are_two(host: &str, other: &str) -> bool {
    let begins = |one: &str, longer: &str| longer.starts_with(one) && !longer[one.len()..].contains('.');
    let letters = |name: &str| name.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    host.contains('.') && (begins(host, other) || begins(other, host)) || letters(host) == letters(other)
}

/// Where an address stands in its file.
fn place_of(files: &dyn Files, address: &Address<'_>) -> Place {
    let place = Place { line: 1, column: 1, ..Place::file(address.file) };
    let Ok(data) = files.read(address.file) else { return Place::file(address.file) };
    let Ok(text) = std::str::from_utf8(&data) else { return Place::file(address.file) };
    let Some(at) = text.find(address.typed) else { return Place::file(address.file) };
    let mut source = Source::new(text, place);
    source.file_text = text.into();
    source.at(at, u32::try_from(address.typed.chars().count()).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_server_of_an_address_is_found() {
        for (typed, name) in [
            ("https://www.nice.org.uk/guidance/ipg571", "nice.org.uk"),
            ("hello@clinic.example", "clinic.example"),
            ("Clinic.example:8080?x", "clinic.example"),
        ] {
            assert_eq!(host(typed), name);
        }
    }

    #[test]
    fn a_server_of_the_clinics_own_net_is_no_address() {
        for host in ["localhost", "127.0.0.1", "192.168.1.20", "10.0.0.5", "desk.local"] {
            assert!(is_private(host), "{host}");
        }
        for host in ["clinic.example", "93.184.216.34", "172.64.0.1", "local.example"] {
            assert!(!is_private(host), "{host}");
        }
    }

    #[test]
    fn one_letter_makes_another_server() {
        assert!(is_near("nice.org.ku", "nice.org.uk"));
        assert!(is_near("pmc.ncbi.nlm.nhi.gov", "pmc.ncbi.nlm.nih.gov"));
        assert!(is_near("gmial.com", "gmail.com"));
        assert!(is_near("mail.gmai.com", "gmail.com"));
        assert!(!is_near("gmail.com", "gmail.com"));
        assert!(!is_near("clinic.example", "physio.example"));
        assert!(!is_near("bmj.com", "bmc.com"));
        assert!(are_two("smithphysio.co", "smithphysio.com") && are_two("north1.example", "north2.example"));
        assert!(!are_two("clinics-east.example", "clinic-east.example"));
    }
}
