//! A page that stands in a frame of somebody else's, and what is pasted there to show it.

use super::Syndicated;
use crate::html::view::escaped;

/// The script of the page in the frame: it tells the page around how high it is, and nothing else.
pub(in crate::html) const FRAME_SCRIPT: &str = include_str!("embed-frame.js");
/// The script of the page around: it gives the frame that height, and the page's own colour scheme.
pub(in crate::html) const HOST_SCRIPT: &str = include_str!("embed.js");

const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; base-uri 'none'; form-action 'none'";

/// Dark where the address ends in `#dark`, for pages that are: a frame's own choice would be that of the reader's device,
/// whatever the page around looks like.
const SCHEME: &str = "html{color-scheme:light}html:has(body:target){color-scheme:dark}body{margin:0}";

/// Pixels of the frame where no script tells how high its page is: the answer and the first warnings.
const HEIGHT: u32 = 900;

/// `script`: the address of the frame's script; `page`: of the page that it is a copy of.
pub(in crate::html) fn frame(text: &Syndicated<'_>, script: &str, page: &str) -> String {
    let meta = text.document.meta();
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<title>{}</title>\n<link rel=\"canonical\" href=\"{}\">\n\
         <style>{SCHEME}</style>\n<script src=\"{script}\" defer></script>\n</head>\n<body id=\"dark\">\n{}</body>\n</html>\n",
        escaped(meta.language.tag()),
        meta.direction.name(),
        escaped(&meta.title),
        escaped(page),
        text.fragment(),
    )
}

/// What is pasted into a page: the frame, and the script that gives it its height. Without the script it scrolls.
pub(in crate::html) fn snippet(text: &Syndicated<'_>, frame: &str, script: &str) -> String {
    let title = escaped(&text.document.meta().title);
    format!(
        "<iframe src=\"{}\" title=\"{title}\" width=\"100%\" height=\"{HEIGHT}\" style=\"border:0;max-width:45rem\" \
         data-aftercare></iframe>\n<script src=\"{}\" async></script>\n<!-- {} -->\n",
        escaped(frame),
        escaped(script),
        text.mark,
    )
}
