//! Who may come in: this machine, by its own names, from our own page; others only with the token.

use axum::http::{HeaderMap, Method, header};
use sha2::{Digest, Sha256};
use std::net::{IpAddr, SocketAddr};

/// The shortest token that is taken, characters.
pub const SHORTEST_TOKEN: usize = 16;
/// The cookie that says that the token was given.
const COOKIE: &str = "aftercare-key";

/// What the server answers to.
#[derive(Clone)]
pub struct Door {
    address: SocketAddr,
    /// Hash of the token; `None`: this machine only, no token asked for.
    key: Option<String>,
}

/// Why a request stays outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Not one of our names: a name that somebody has pointed at this machine (DNS rebinding).
    Host,
    /// Sent by another site's page.
    Origin,
    /// The token was not given yet.
    Key,
}

impl Door {
    /// # Errors
    /// A sentence: an address beyond this machine without a token, or with one that is too short.
    pub fn new(address: SocketAddr, token: Option<&str>) -> Result<Door, String> {
        match token {
            None if !address.ip().is_loopback() => {
                Err(format!("{} can be reached from other machines, so that a token is needed", address.ip()))
            }
            Some(token) if token.chars().count() < SHORTEST_TOKEN => {
                Err(format!("the token is shorter than {SHORTEST_TOKEN} characters"))
            }
            token => Ok(Door { address, key: token.map(hashed) }),
        }
    }

    /// The same door at another port: the one that the system gave.
    pub fn at(&self, address: SocketAddr) -> Door {
        Door { address, key: self.key.clone() }
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// # Errors
    /// Why the request stays outside. The token's own page, in any language, is open to everybody who knows our name.
    pub fn check(&self, method: &Method, headers: &HeaderMap, open: bool) -> Result<(), Refused> {
        let host = text(headers, header::HOST).filter(|host| self.is_ours(host)).ok_or(Refused::Host)?;
        if method != Method::GET && method != Method::HEAD && !is_from(headers, host) {
            return Err(Refused::Origin);
        }
        match &self.key {
            Some(key) if !open && cookie(headers, COOKIE).is_none_or(|given| !same(given, key)) => {
                Err(Refused::Key)
            }
            _ => Ok(()),
        }
    }

    /// Whether `Host` names this server: loopback by its names; behind a token also any bare address, which no
    /// other site can point here.
    fn is_ours(&self, host: &str) -> bool {
        let (name, port) = split(host);
        if port.unwrap_or(80) != self.address.port() {
            return false;
        }
        let name = name.trim_start_matches('[').trim_end_matches(']');
        match name.parse::<IpAddr>() {
            Ok(address) => address == self.address.ip() || address.is_loopback() || self.key.is_some(),
            Err(_) => name.eq_ignore_ascii_case("localhost"),
        }
    }

    /// The cookie for a token, when it is the right one.
    pub fn cookie_for(&self, token: &str) -> Option<String> {
        let key = self.key.as_ref().filter(|key| same(&hashed(token), key))?;
        Some(format!("{COOKIE}={key}; Path=/; HttpOnly; SameSite=Strict"))
    }
}

impl std::fmt::Debug for Door {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Door").field("address", &self.address).finish_non_exhaustive()
    }
}

/// Whether our own page sent it. Every browser says so of a POST, in one of two ways; a sender that is no browser
/// says it by `Origin`.
fn is_from(headers: &HeaderMap, host: &str) -> bool {
    match (text(headers, header::ORIGIN), headers.get("sec-fetch-site")) {
        (Some(origin), None) => is_origin(origin, host),
        (Some(origin), Some(site)) => is_origin(origin, host) && site == "same-origin",
        (None, Some(site)) => site == "same-origin",
        (None, None) => false,
    }
}

fn is_origin(origin: &str, host: &str) -> bool {
    origin.strip_prefix("http://").is_some_and(|name| name.eq_ignore_ascii_case(host))
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    let mut all = headers.get_all(name).iter();
    match (all.next(), all.next()) {
        (Some(only), None) => only.to_str().ok(),
        _ => None,
    }
}

/// Name and port of `Host`; an IPv6 address stands in brackets.
fn split(host: &str) -> (&str, Option<u16>) {
    match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, Some(port.parse().unwrap_or(0))),
        _ => (host, None),
    }
}

/// A cookie's value, by its name.
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies.flat_map(|line| line.split(';')).find_map(|one| one.trim().strip_prefix(name)?.strip_prefix('='))
}

fn hashed(token: &str) -> String {
    let mut hash = Sha256::new();
    hash.update("aftercare serve ");
    hash.update(token.as_bytes());
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Compares without telling by its time where two texts differ.
fn same(one: &str, other: &str) -> bool {
    let differ = one.bytes().zip(other.bytes()).fold(0, |differ, (a, b)| differ | (a ^ b));
    one.len() == other.len() && differ == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn door() -> Door {
        Door::new(SocketAddr::from(([127, 0, 0, 1], 8017)), None).expect("loopback needs no token")
    }

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &str)| {
            (header::HeaderName::from_static(name), value.parse().unwrap())
        };
        pairs.iter().map(pair).collect()
    }

    #[test]
    fn only_our_own_names_are_answered() {
        for (host, ours) in [
            ("127.0.0.1:8017", true),
            ("localhost:8017", true),
            ("LOCALHOST:8017", true),
            ("[::1]:8017", true),
            ("localhost:8018", false),
            ("localhost", false),
            ("evil.example:8017", false),
            ("localhost.evil.example:8017", false),
            ("192.168.1.7:8017", false),
            ("", false),
        ] {
            let checked = door().check(&Method::GET, &headers(&[("host", host)]), false);
            assert_eq!(checked.is_ok(), ours, "{host}");
        }
    }

    #[test]
    fn a_post_comes_from_our_own_page() {
        let post = |pairs: &[(&'static str, &str)]| {
            let own = [&[("host", "localhost:8017")], pairs].concat();
            door().check(&Method::POST, &headers(&own), false).is_ok()
        };
        assert!(post(&[("origin", "http://localhost:8017"), ("sec-fetch-site", "same-origin")]));
        assert!(post(&[("sec-fetch-site", "same-origin")]));
        assert!(!post(&[]));
        assert!(!post(&[("origin", "null")]));
        assert!(!post(&[("origin", "https://localhost:8017")]));
        assert!(!post(&[("origin", "http://evil.example")]));
        assert!(!post(&[("origin", "http://localhost:9000"), ("sec-fetch-site", "same-site")]));
        assert!(!post(&[("origin", "http://localhost:8017"), ("sec-fetch-site", "cross-site")]));
    }

    #[test]
    fn other_machines_need_a_token_and_then_a_cookie() {
        let everywhere = SocketAddr::from(([0, 0, 0, 0], 8017));
        assert!(Door::new(everywhere, None).is_err());
        assert!(Door::new(everywhere, Some("short")).is_err());
        let door = Door::new(everywhere, Some("a long enough token")).unwrap();
        let host = ("host", "192.168.1.7:8017");
        assert_eq!(door.check(&Method::GET, &headers(&[host]), false), Err(Refused::Key));
        assert_eq!(door.cookie_for("a wrong token, long"), None);
        let cookie = door.cookie_for("a long enough token").unwrap();
        let given = cookie.split(';').next().unwrap();
        assert_eq!(door.check(&Method::GET, &headers(&[host, ("cookie", given)]), false), Ok(()));
    }
}
