//! What may stand in a page: the elements, attributes and addresses that a page of words and pictures needs. Whatever else a
//! browser knows, or will know, is refused.

use super::address::Addresses;
use super::place::MARKER;
use super::seal::own_typeface;
use super::sheet::{self, Loads, Typefaces};
use super::words::Words;
use super::{DEEPEST, Kind, Look, Refused, Trackers};
use crate::diagnostic::shown;
use crate::html::CALENDAR_FILE;
use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{Html, Node};

/// Elements of HTML.
static ELEMENTS: Words = Words::new(
    "html head title meta link style body \
    header footer main nav section article aside div p h1 h2 h3 h4 h5 h6 hgroup address blockquote hr ul ol li dl dt dd \
    figure figcaption table caption colgroup col thead tbody tfoot tr th td details summary \
    a abbr b bdi bdo br cite code data dfn em i img kbd mark q s small span strong sub sup time u var wbr del ins ruby rt rp \
    svg aftercare-warnings",
);

/// Elements of SVG: what draws and nothing that moves, loads or leads anywhere.
static DRAWN: Words = Words::new(
    "svg g defs symbol use path circle ellipse line polyline polygon rect text tspan title desc \
    linearGradient radialGradient stop clipPath mask pattern marker",
);

/// Attributes that any element of HTML may have; so may those that begin with `data-`, but for the program's own.
static ATTRIBUTES: Words = Words::new(
    "class id lang dir title role style hidden translate tabindex itemscope itemprop itemtype \
    aria-label aria-labelledby aria-describedby aria-hidden aria-current aria-level aria-roledescription",
);

/// Further ones: element, attributes.
static OF_ELEMENTS: [(&str, Words); 17] = [
    ("a", Words::new("href hreflang rel type target")),
    ("img", Words::new("src alt width height loading decoding")),
    ("ol", Words::new("start reversed type")),
    ("li", Words::new("value")),
    ("td", Words::new("colspan rowspan headers")),
    ("th", Words::new("colspan rowspan headers scope abbr")),
    ("col", Words::new("span")),
    ("colgroup", Words::new("span")),
    ("time", Words::new("datetime")),
    ("data", Words::new("value")),
    ("del", Words::new("datetime")),
    ("ins", Words::new("datetime")),
    ("details", Words::new("open name")),
    ("style", Words::new("type media")),
    ("link", Words::new("rel href hreflang type sizes media")),
    ("meta", Words::new("charset name content property http-equiv media")),
    ("script", Words::new("src type defer")),
];

/// What an element may say that it is. None of these makes a reader pass over the rest of the page.
static ROLES: Words = Words::new(
    "list listitem note img none presentation group region navigation complementary banner contentinfo main \
    figure separator status term definition heading",
);

/// Attributes of the program's own markup.
const RESERVED: [&str; 4] = ["data-frame", "data-beside", "data-warnings", "data-trackers"];

/// The policy as a line of the page's head.
pub(super) const COPY_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; \
                                      base-uri 'none'; form-action 'none'";
const SITE_POLICY: &str = "default-src 'none'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self'; \
                           connect-src 'self'; base-uri 'none'; form-action 'none'";
/// As templates of earlier programs may still have it.
const EARLIER_SITE_POLICY: &str = "default-src 'none'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self'; \
                                   base-uri 'none'; form-action 'none'";
const SCRIPT_POLICY: &str = "; script-src 'self'";
pub(super) const VIEWPORT: &str = "width=device-width, initial-scale=1";

pub(super) fn policy(kind: &Kind<'_>) -> String {
    match kind {
        Kind::Copy { .. } => COPY_POLICY.to_owned(),
        Kind::Site { script, trackers, .. } => {
            let hosts: String = trackers.hosts.iter().map(|host| format!(" https://{host}")).collect();
            let policy = SITE_POLICY.replace("img-src 'self'", &format!("img-src 'self'{hosts}"));
            format!("{policy}{}", if *script { SCRIPT_POLICY } else { "" })
        }
    }
}

/// Everything in the page that may not stand there, and the typefaces that its own style brings.
pub(super) fn judged(html: &Html, addresses: &Addresses<'_>, look: &Look) -> (Vec<Refused>, Typefaces) {
    judge(html, addresses, look, false)
}

fn judge(html: &Html, addresses: &Addresses<'_>, look: &Look, drawing: bool) -> (Vec<Refused>, Typefaces) {
    let mut judge = Judge { drawing, addresses, look, found: Vec::new(), typefaces: Typefaces::default() };
    let mut depth = 0;
    for edge in html.tree.root().traverse() {
        match edge {
            Edge::Open(node) => {
                depth += 1;
                let parent = node.parent().and_then(|parent| parent.value().as_element());
                if let Node::Element(element) = node.value() {
                    judge.element(element, parent);
                }
                if let (Node::Text(text), Some("style")) = (node.value(), parent.map(Element::name)) {
                    judge.style(text);
                }
            }
            Edge::Close(_) => depth -= 1,
        }
        if depth > DEEPEST {
            let message = format!("elements stand more than {DEEPEST} deep inside each other");
            judge.found.push(Refused::words(
                "",
                message,
                "look for an element that is opened in a loop and never closed",
            ));
            break;
        }
    }
    (judge.found, judge.typefaces)
}

/// What may not stand in a drawing of its own. It is read as XML there: what the two read differently is refused.
pub(super) fn refused_in_drawing(svg: &str, look: &Look) -> Vec<Refused> {
    let rest =
        svg.strip_prefix("<?xml ").and_then(|rest| rest.split_once("?>")).map_or(svg, |(_, rest)| rest);
    let drawing = rest.replace("<!--", "").replace("-->", "");
    if let Some(odd) = ["<!", "<?"].into_iter().find(|odd| drawing.contains(odd)) {
        return vec![Refused::words(
            odd,
            format!("a drawing may not hold `{odd}`"),
            "leave only the drawing itself",
        )];
    }
    let addresses_of = Kind::Site { root: "", script: false, trackers: &Trackers::NONE };
    let html = Html::parse_fragment(rest);
    judge(&html, &Addresses::new(&addresses_of), look, true).0
}

struct Judge<'a, 'h> {
    /// A file of its own, in which a style reaches the drawing alone.
    drawing: bool,
    addresses: &'a Addresses<'h>,
    look: &'a Look,
    found: Vec<Refused>,
    typefaces: Typefaces,
}

impl Judge<'_, '_> {
    fn style(&mut self, css: &str) {
        let loads = if self.addresses.is_site() { Loads::OwnFiles } else { Loads::Nothing };
        match self.look.sheets.read(css, loads, own_typeface()) {
            Ok(typefaces) => self.typefaces = self.typefaces.and(typefaces),
            Err(refused) => self.found.extend(refused),
        }
    }

    fn element(&mut self, element: &Element, parent: Option<&Element>) {
        let name = element.name();
        let drawn = &*element.name.ns == "http://www.w3.org/2000/svg";
        match name {
            "script" if !drawn => self.script(element),
            "meta" if !drawn => self.meta(element),
            "link" if !drawn => self.link_element(element),
            "style" if drawn && self.drawing => return,
            MARKER => return,
            _ => {}
        }
        let in_drawing = parent.is_some_and(|parent| &*parent.name.ns == "http://www.w3.org/2000/svg");
        let known = match drawn {
            true => DRAWN.has(name),
            // HTML in a drawing's title would be shown by nobody, and read by no two programs alike.
            false => (ELEMENTS.has(name) || name == "script") && !in_drawing,
        };
        match known {
            false => self.refuse(name),
            true => element.attrs.iter().for_each(|(attribute, value)| {
                let whole = attribute.prefix.as_ref().map(|prefix| format!("{prefix}:{}", attribute.local));
                self.attribute(name, drawn, whole.as_deref().unwrap_or(&attribute.local), value);
            }),
        }
    }

    fn refuse(&mut self, name: &str) {
        let message = format!("a page may not hold `<{}>`", shown(name));
        self.found.push(Refused::tag(
            name,
            message,
            "leave it out: a page holds words, lists, tables and pictures",
        ));
    }

    fn attribute(&mut self, element: &str, drawn: bool, name: &str, value: &str) {
        let own = || OF_ELEMENTS.iter().find(|(of, _)| *of == element && !drawn).map(|(_, names)| names);
        let known = match name {
            name if RESERVED.contains(&name) => false,
            "href" | "xlink:href" if drawn => return self.fragment(element, name, value),
            "href" if element == "a" => return self.found.extend(self.addresses.link(value).err()),
            "src" if element == "img" && self.addresses.is_of_another_server(value) => {
                return self.found.extend(self.addresses.picture_elsewhere(value).err());
            }
            "src" if element == "img" => self.addresses.picture(value),
            "role" => ROLES.has(value),
            "style" => return self.found.extend(sheet::refused_in_attribute(value)),
            "target" => value == "_blank",
            "download" => element == "a" && value == CALENDAR_FILE,
            name if name.starts_with("data-") => true,
            // Of a drawing, what is no address and runs nothing only changes how it looks.
            _ if drawn => !name.starts_with("on") && (!value.contains("url(") || value.contains("url(#")),
            name => ATTRIBUTES.has(name) || own().is_some_and(|own| own.has(name)),
        };
        if !known {
            let message = format!("`<{element}>` may not have this attribute `{}`", shown(name));
            self.found.push(Refused::attribute(
                element,
                name,
                message,
                "take the attribute away, or its value",
            ));
        }
    }

    /// A part of the same page.
    fn fragment(&mut self, element: &str, name: &str, value: &str) {
        if !value.starts_with('#') {
            let hint = "name a part of the page, as in `#mark-do`";
            self.found.push(Refused::attribute(element, name, "a drawing leads out of the page", hint));
        }
    }

    fn script(&mut self, script: &Element) {
        let source = script.attr("src").is_some_and(|source| self.addresses.script(source));
        let data = script.attr("src").is_none() && script.attr("type") == Some("application/ld+json");
        if !(source && script.attr("type").is_none() || data && self.addresses.is_site()) {
            let hint = "leave it out: the web site has the program's own script, a patient's page none; a script of others could \
                        change the warnings, so that who wants to count readers names a picture (`trackers` of clinic.yaml)";
            self.found.push(Refused::tag("script", "a page may not run a script of its own", hint));
        }
    }

    fn meta(&mut self, meta: &Element) {
        let content = meta.attr("content").unwrap_or_default();
        let (http, name) = (meta.attr("http-equiv"), meta.attr("name").unwrap_or_default());
        let refused = match http.map(str::to_ascii_lowercase).as_deref() {
            None if name.eq_ignore_ascii_case("viewport") && squeezed(content) != squeezed(VIEWPORT) => {
                Some((
                    "viewport",
                    "the page's own width is the reader's device",
                    "leave the line out: the program writes it",
                ))
            }
            None => None,
            Some("content-type") => None,
            Some("content-security-policy") if self.is_own_policy(content) => None,
            Some("content-security-policy") => Some((
                "Content-Security-Policy",
                "this is not the page's policy",
                "leave the line out: the program writes the policy into every page",
            )),
            Some("refresh") => Some((
                "refresh",
                "`refresh` leads away from the page, and could take the patient's words along",
                "leave the line out",
            )),
            Some(_) => Some((
                "http-equiv",
                "a page may not give orders to the browser by `http-equiv`",
                "leave the line out",
            )),
        };
        self.found.extend(refused.map(|(words, message, hint)| Refused::words(words, message, hint)));
    }

    /// With or without the part for the script: a page of the site without it has the same template.
    fn is_own_policy(&self, policy: &str) -> bool {
        let policy = squeezed(policy);
        match self.addresses.is_site() {
            true => {
                let policy = policy.strip_suffix(&squeezed(SCRIPT_POLICY)).unwrap_or(&policy);
                [SITE_POLICY, EARLIER_SITE_POLICY].iter().any(|own| policy == squeezed(own))
            }
            false => policy == squeezed(COPY_POLICY),
        }
    }

    fn link_element(&mut self, link: &Element) {
        let relation = link.attr("rel").unwrap_or_default();
        if !self.addresses.resource(relation, link.attr("href").unwrap_or_default()) {
            let hint = "leave it out: a page has its style and its icon, and asks no server for more";
            self.found.push(Refused::attribute(
                "link",
                "rel",
                "a page may not load or prepare anything from elsewhere",
                hint,
            ));
        }
    }
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
