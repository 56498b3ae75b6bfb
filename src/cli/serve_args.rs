//! The arguments of `serve`, as typed.

use clap::ValueHint;
use std::path::PathBuf;

/// Open the clinician's page: choose, see, print
///
/// The page is served on this machine only and keeps nothing. With `--host` it can be reached from others, and then
/// asks each for the token; the network between should be one that you trust.
#[derive(clap::Args)]
pub struct ServeArgs {
    /// The port; 0 lets the system choose
    #[arg(long, default_value_t = 8017)]
    pub port: u16,

    /// The address to serve on; one beyond this machine needs a token
    #[arg(long, value_name = "ADDRESS", default_value_t = std::net::IpAddr::from([127, 0, 0, 1]))]
    pub host: std::net::IpAddr,

    /// A file whose first line is what other machines must say once, at least 16 characters; AFTERCARE_TOKEN does the same
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "token")]
    pub token_file: Option<PathBuf>,

    /// The same in the call itself, where other users of this machine can read it: better use a file
    #[arg(long, value_name = "TOKEN")]
    pub token: Option<String>,

    /// The address under which a TLS proxy shows the page, e.g. `https://sheets.example.org`
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url)]
    pub public_url: Option<String>,
}

impl std::fmt::Debug for ServeArgs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ServeArgs")
            .field("port", &self.port)
            .field("host", &self.host)
            .finish_non_exhaustive()
    }
}
