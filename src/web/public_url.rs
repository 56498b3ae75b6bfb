//! The address under which a proxy shows the page.

use axum::http::Uri;

/// Scheme, name and port; a page has no path of its own, as its addresses begin at the root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    secure: bool,
    name: String,
    port: Option<u16>,
}

impl PublicUrl {
    /// # Errors
    /// A sentence that says what is wrong with it.
    pub fn new(text: &str) -> Result<PublicUrl, String> {
        let uri: Uri = text.trim().parse().map_err(|_| "it is no address".to_owned())?;
        let secure = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err("it begins with neither `https://` nor `http://`".to_owned()),
        };
        if uri.path() != "/" || uri.query().is_some() {
            return Err("the page needs a name of its own, without a path after it".to_owned());
        }
        let authority = uri.authority().map(|authority| authority.as_str()).unwrap_or_default();
        let (name, port) = host_of(authority).ok_or("it names no host")?;
        Ok(PublicUrl { secure, name: name.to_ascii_lowercase(), port })
    }

    pub fn is_secure(&self) -> bool {
        self.secure
    }

    /// Whether a `Host` is this one.
    pub fn is_host(&self, host: &str) -> bool {
        let usual = if self.secure { 443 } else { 80 };
        host_of(host).is_some_and(|(name, port)| {
            name.eq_ignore_ascii_case(&self.name) && port.unwrap_or(usual) == self.port.unwrap_or(usual)
        })
    }

    /// Whether an `Origin` is this one.
    pub fn is_origin(&self, origin: &str) -> bool {
        let scheme = if self.secure { "https://" } else { "http://" };
        origin.strip_prefix(scheme).is_some_and(|host| self.is_host(host))
    }
}

impl std::fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let scheme = if self.secure { "https" } else { "http" };
        write!(f, "{scheme}://{}", self.name)?;
        self.port.map_or(Ok(()), |port| write!(f, ":{port}"))?;
        f.write_str("/")
    }
}

/// Name and port of `Host`; an IPv6 address stands in brackets, and keeps them here. What is written in any other way
/// than a browser writes it is no host.
pub fn host_of(host: &str) -> Option<(&str, Option<u16>)> {
    let end = if host.starts_with('[') { host.find(']')? + 1 } else { host.find(':').unwrap_or(host.len()) };
    let (name, port) = host.split_at(end);
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte))
    };
    let inner = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    let is_known = match inner {
        Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
        None => is_name(name),
    };
    let digits = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    match (is_known, port.strip_prefix(':')) {
        (false, _) => None,
        (true, None) => port.is_empty().then_some((name, None)),
        (true, Some(port)) => Some((name, Some(port.parse().ok().filter(|_| digits(port))?))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_and_origin_follow_from_the_public_address() {
        let public = PublicUrl::new("https://Sheets.example.org").unwrap();
        for host in ["sheets.example.org", "SHEETS.example.org:443"] {
            assert!(public.is_host(host), "{host}");
        }
        for host in ["sheets.example.org:8443", "sheets.example.org.evil.example", "example.org", ""] {
            assert!(!public.is_host(host), "{host}");
        }
        assert!(public.is_origin("https://sheets.example.org"));
        assert!(!public.is_origin("http://sheets.example.org") && !public.is_origin("null"));
        assert_eq!(public.to_string(), "https://sheets.example.org/");
        assert!(
            PublicUrl::new("https://sheets.example.org:8443/").unwrap().is_host("sheets.example.org:8443")
        );
    }

    #[test]
    fn what_is_no_public_address_says_why() {
        for (text, why) in [
            ("sheets.example.org", "begins with neither"),
            ("ftp://sheets.example.org", "begins with neither"),
            ("https://example.org/sheets", "without a path"),
            ("https://user@example.org", "no host"),
            ("https://", "no address"),
        ] {
            assert!(PublicUrl::new(text).unwrap_err().contains(why), "{text}");
        }
    }

    #[test]
    fn a_host_is_written_as_a_browser_writes_it() {
        assert_eq!(host_of("localhost:8117"), Some(("localhost", Some(8117))));
        assert_eq!(host_of("[::1]:8117"), Some(("[::1]", Some(8117))));
        for odd in
            ["localhost]:8117", "localhost:+8117", ":8117", "[::1", "[localhost]:1", "a:b:1", "a:99999"]
        {
            assert_eq!(host_of(odd), None, "{odd}");
        }
    }
}
