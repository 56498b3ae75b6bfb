//! Who may come in: this machine, by its own names, from our own page; others only with the token.

use super::guesses::Guesses;
use super::public_url::{PublicUrl, host_of};
use super::sessions::{self, LIFETIME, Sessions};
use axum::http::{HeaderMap, Method, header};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The shortest token that is taken, characters.
pub const SHORTEST_TOKEN: usize = 16;
/// The cookie that says that the token was given.
const COOKIE: &str = "aftercare-key";

/// What the server answers to.
#[derive(Clone)]
pub struct AccessGuard {
    address: SocketAddr,
    /// Where a proxy shows the page.
    public: Option<PublicUrl>,
    /// `None`: this machine only, no token asked for.
    key: Option<Arc<Key>>,
}

/// What lets others in.
struct Key {
    /// Hash of the token.
    token: [u8; 32],
    sessions: Sessions,
    guesses: Guesses,
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
    /// The cookie is none that was given out, or has aged. The answer is held back.
    Cookie(Duration),
}

/// What became of a token that somebody typed.
#[derive(Debug, PartialEq, Eq)]
pub enum Tried {
    /// The cookie that lets the browser in.
    Right(String),
    /// The answer is held back.
    Wrong(Duration),
    /// Not looked at: too many wrong ones came before. How long to wait.
    TooSoon(Duration),
}

impl AccessGuard {
    /// # Errors
    /// A sentence: an address beyond this machine without a token, or with one that is too short.
    pub fn new(address: SocketAddr, token: Option<&str>) -> Result<AccessGuard, String> {
        match token {
            None if !address.ip().is_loopback() => {
                Err(format!("{} can be reached from other machines, so that a token is needed", address.ip()))
            }
            Some(token) if token.chars().count() < SHORTEST_TOKEN => {
                Err(format!("the token is shorter than {SHORTEST_TOKEN} characters"))
            }
            token => Ok(AccessGuard { address, public: None, key: token.map(Key::new).map(Arc::new) }),
        }
    }

    /// The same behind a proxy that shows it to others.
    ///
    /// # Errors
    /// A sentence: there is no token, or what was given is no address.
    pub fn behind_proxy(self, url: &str) -> Result<AccessGuard, String> {
        if self.key.is_none() {
            return Err(
                "a public address can be reached from other machines, so that a token is needed".to_owned()
            );
        }
        let public = PublicUrl::new(url).map_err(|why| format!("`--public-url`: {why}"))?;
        Ok(AccessGuard { public: Some(public), ..self })
    }

    /// The same at another port: the one that the system gave.
    pub fn at(&self, address: SocketAddr) -> AccessGuard {
        AccessGuard { address, ..self.clone() }
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where people open the page.
    pub fn shown(&self) -> String {
        self.public.as_ref().map_or_else(|| format!("http://{}/", self.address), PublicUrl::to_string)
    }

    /// Whether a connection comes from a proxy, and so from anybody.
    pub fn is_proxy(&self, address: IpAddr) -> bool {
        self.public.is_some() && address.is_loopback()
    }

    /// Whether a request has the key, or none is asked for. Nothing is counted.
    pub fn is_open_to(&self, headers: &HeaderMap) -> bool {
        let holds = |key: &Arc<Key>| {
            cookie(headers, COOKIE).is_some_and(|given| key.sessions.holds(given, Instant::now()))
        };
        self.key.as_ref().is_none_or(holds)
    }

    /// `from`: who asks, where that is known.
    ///
    /// # Errors
    /// Why the request stays outside. The token's own page, in any language, is open to everybody who knows our name.
    pub fn check(
        &self,
        method: &Method,
        headers: &HeaderMap,
        open: bool,
        from: Option<IpAddr>,
    ) -> Result<(), Refused> {
        let host = text(headers, header::HOST).filter(|host| self.is_ours(host)).ok_or(Refused::Host)?;
        if method != Method::GET && method != Method::HEAD && !self.is_from(headers, host) {
            return Err(Refused::Origin);
        }
        let Some(key) = self.key.as_ref().filter(|_| !open) else { return Ok(()) };
        match cookie(headers, COOKIE) {
            Some(given) if key.sessions.holds(given, Instant::now()) => Ok(()),
            Some(given) => {
                let wait = key.guesses.wrong_cookie(from, sessions::hash(given), Instant::now());
                Err(Refused::Cookie(wait))
            }
            None => Err(Refused::Key),
        }
    }

    /// Whether `Host` names this server: loopback by its names, a proxy's public name; behind a token also any bare
    /// address, which no other site can point here.
    fn is_ours(&self, host: &str) -> bool {
        if self.public.as_ref().is_some_and(|public| public.is_host(host)) {
            return true;
        }
        let Some((name, port)) = host_of(host) else { return false };
        if port.unwrap_or(80) != self.address.port() {
            return false;
        }
        match name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>() {
            Ok(address) => address == self.address.ip() || address.is_loopback() || self.key.is_some(),
            Err(_) => name.eq_ignore_ascii_case("localhost"),
        }
    }

    /// Whether our own page sent it. Every browser says so of a POST, in one of two ways; a sender that is no browser
    /// says it by `Origin`. What is said twice is not believed.
    fn is_from(&self, headers: &HeaderMap, host: &str) -> bool {
        let site = header::HeaderName::from_static("sec-fetch-site");
        if [&header::ORIGIN, &site].iter().any(|name| headers.get_all(*name).iter().count() > 1) {
            return false;
        }
        match (text(headers, header::ORIGIN), headers.get(site)) {
            (Some(origin), None) => self.is_origin(origin, host),
            (Some(origin), Some(site)) => self.is_origin(origin, host) && site == "same-origin",
            (None, Some(site)) => !headers.contains_key(header::ORIGIN) && site == "same-origin",
            (None, None) => false,
        }
    }

    /// A proxy may pass on the `Host` that it was asked by, or its own.
    fn is_origin(&self, origin: &str, host: &str) -> bool {
        match &self.public {
            Some(public) if public.is_origin(origin) => true,
            Some(public) if public.is_host(host) => false,
            _ => origin.strip_prefix("http://").is_some_and(|name| name.eq_ignore_ascii_case(host)),
        }
    }

    /// Looks at a token that somebody typed, unless too many wrong ones came before.
    pub fn try_token(&self, token: &str, from: Option<IpAddr>) -> Tried {
        let Some(key) = &self.key else { return Tried::Wrong(Duration::ZERO) };
        let now = Instant::now();
        if let Err(wait) = key.guesses.may_try(from, now) {
            return Tried::TooSoon(wait);
        }
        let begun =
            sessions::same(&sessions::hash(token), &key.token).then(|| key.sessions.begin(now)).flatten();
        match begun {
            Some(value) => Tried::Right(self.set_cookie(&value, LIFETIME)),
            None => Tried::Wrong(key.guesses.wrong(from, now)),
        }
    }

    /// Takes a cookie that is good no more out of the browser.
    pub fn no_cookie(&self) -> String {
        self.set_cookie("", Duration::ZERO)
    }

    fn set_cookie(&self, value: &str, age: Duration) -> String {
        let secure = if self.public.as_ref().is_some_and(PublicUrl::is_secure) { "; Secure" } else { "" };
        format!("{COOKIE}={value}; Path=/; Max-Age={}; HttpOnly; SameSite=Strict{secure}", age.as_secs())
    }
}

impl Key {
    fn new(token: &str) -> Key {
        let (sessions, guesses) = (Sessions::default(), Guesses::default());
        Key { token: sessions::hash(token), sessions, guesses }
    }
}

impl std::fmt::Debug for AccessGuard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AccessGuard")
            .field("address", &self.address)
            .field("public", &self.public)
            .finish_non_exhaustive()
    }
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    let mut all = headers.get_all(name).iter();
    match (all.next(), all.next()) {
        (Some(only), None) => only.to_str().ok(),
        _ => None,
    }
}

/// A cookie's value, by its name.
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies.flat_map(|line| line.split(';')).find_map(|one| one.trim().strip_prefix(name)?.strip_prefix('='))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn access() -> AccessGuard {
        AccessGuard::new(SocketAddr::from(([127, 0, 0, 1], 8017)), None).expect("loopback needs no token")
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
            ("localhost]:8017", false),
            ("localhost:+8017", false),
            ("", false),
        ] {
            let checked = access().check(&Method::GET, &headers(&[("host", host)]), false, None);
            assert_eq!(checked.is_ok(), ours, "{host}");
        }
    }

    #[test]
    fn a_post_comes_from_our_own_page() {
        let post = |pairs: &[(&'static str, &str)]| {
            let own = [&[("host", "localhost:8017")], pairs].concat();
            access().check(&Method::POST, &headers(&own), false, None).is_ok()
        };
        assert!(post(&[("origin", "http://localhost:8017"), ("sec-fetch-site", "same-origin")]));
        assert!(post(&[("sec-fetch-site", "same-origin")]));
        assert!(!post(&[]));
        assert!(!post(&[("origin", "null")]));
        assert!(!post(&[("origin", "https://localhost:8017")]));
        assert!(!post(&[("origin", "http://evil.example")]));
        assert!(!post(&[("origin", "http://localhost:9000"), ("sec-fetch-site", "same-site")]));
        assert!(!post(&[("origin", "http://localhost:8017"), ("sec-fetch-site", "cross-site")]));
        let mut twice = headers(&[("host", "localhost:8017"), ("sec-fetch-site", "same-origin")]);
        for origin in ["http://localhost:8017", "http://evil.example"] {
            twice.append(header::ORIGIN, origin.parse().unwrap());
        }
        assert!(access().check(&Method::POST, &twice, false, None).is_err());
    }

    #[test]
    fn other_machines_need_a_token_and_then_a_cookie() {
        let everywhere = SocketAddr::from(([0, 0, 0, 0], 8017));
        assert!(AccessGuard::new(everywhere, None).is_err());
        assert!(AccessGuard::new(everywhere, Some("short")).is_err());
        let access = AccessGuard::new(everywhere, Some("a long enough token")).unwrap();
        let host = ("host", "192.168.1.7:8017");
        let get = |pairs: &[(&'static str, &str)]| access.check(&Method::GET, &headers(pairs), false, None);
        assert_eq!(get(&[host]), Err(Refused::Key));
        assert!(
            matches!(access.try_token("a wrong token, long", None), Tried::Wrong(wait) if !wait.is_zero())
        );
        let Tried::Right(cookie) = access.try_token("a long enough token", None) else {
            panic!("it is right")
        };
        let given = cookie.split(';').next().unwrap();
        assert_eq!(get(&[host, ("cookie", given)]), Ok(()));
        assert!(!cookie.contains("Secure") && cookie.contains("HttpOnly; SameSite=Strict"));
        let Tried::Right(other) = access.try_token("a long enough token", None) else {
            panic!("it is right")
        };
        assert_ne!(given, other.split(';').next().unwrap(), "each browser has its own");
        // What can be made of the token without asking is no cookie.
        let made = crate::hex::hex(&sessions::hash("a long enough token"));
        let wrong = get(&[host, ("cookie", &format!("{COOKIE}={made}"))]);
        assert!(matches!(wrong, Err(Refused::Cookie(wait)) if !wait.is_zero()), "{wrong:?}");
    }

    #[test]
    fn who_guesses_does_not_keep_out_who_has_the_cookie() {
        let access =
            AccessGuard::new(SocketAddr::from(([0, 0, 0, 0], 8017)), Some("a long enough token")).unwrap();
        let from = Some(IpAddr::from([192, 0, 2, 1]));
        let Tried::Right(cookie) = access.try_token("a long enough token", from) else {
            panic!("it is right")
        };
        let given = cookie.split(';').next().unwrap();
        let tried =
            (0..1000).filter(|_| matches!(access.try_token("a wrong token, long", from), Tried::Wrong(_)));
        assert_eq!(tried.count(), 1, "the others are not looked at");
        assert!(
            matches!(access.try_token("a long enough token", from), Tried::TooSoon(_)),
            "the right one neither"
        );
        let held = headers(&[("host", "192.168.1.7:8017"), ("cookie", given)]);
        assert_eq!(access.check(&Method::GET, &held, false, from), Ok(()));
        let other = Some(IpAddr::from([192, 0, 2, 2]));
        assert!(
            matches!(access.try_token("a long enough token", other), Tried::Right(_)),
            "from elsewhere it opens"
        );
    }

    #[test]
    fn a_proxys_name_is_ours_and_its_cookie_is_secure() {
        let own = SocketAddr::from(([127, 0, 0, 1], 8017));
        assert!(
            AccessGuard::new(own, None).unwrap().behind_proxy("https://sheets.example.org").is_err(),
            "no token"
        );
        let access = AccessGuard::new(own, Some("a long enough token")).unwrap();
        let access = access.behind_proxy("https://sheets.example.org").unwrap();
        let Tried::Right(cookie) = access.try_token("a long enough token", None) else {
            panic!("it is right")
        };
        assert!(cookie.ends_with("; Secure"), "{cookie}");
        let post = |host: &str, origin: &str| {
            let pairs = [("host", host), ("origin", origin), ("sec-fetch-site", "same-origin")];
            access.check(&Method::POST, &headers(&pairs), true, None).is_ok()
        };
        let public = "https://sheets.example.org";
        assert!(post("sheets.example.org", public), "a proxy that passes the name on");
        assert!(post("127.0.0.1:8017", public), "a proxy that does not");
        assert!(post("127.0.0.1:8017", "http://127.0.0.1:8017"), "without the proxy");
        for (host, origin) in [
            ("sheets.example.org", "http://sheets.example.org"),
            ("sheets.example.org", "https://evil.example"),
            ("127.0.0.1:8017", "https://evil.example"),
            ("evil.example", public),
        ] {
            assert!(!post(host, origin), "{host} {origin}");
        }
    }
}
