//! The page on a port: who is connected, for how long, and how it ends.

use super::connection::Peer;
use super::places::Places;
use super::slow::Watched;
use super::{AccessGuard, Site, app, sheet};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// A client has this long for its request's head, and a connection may be silent as long; where places are scarce, less.
const HEAD: Duration = Duration::from_secs(15);
const SHORT_HEAD: Duration = Duration::from_secs(5);
/// After this a connection is asked to end, so that nobody holds a place for good.
const LIFETIME: Duration = Duration::from_secs(300);
/// What is under way when the end comes has this long.
const GRACE: Duration = Duration::from_secs(5);
/// Bytes that are read ahead of one connection.
const BUFFER: usize = 64 << 10;

/// Why the page could not be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Somebody else has the port.
    #[error("port {0} is taken: another program, perhaps another `aftercare serve`, is using it")]
    PortTaken(u16),
    /// The address cannot be served.
    #[error("{0} cannot be served: {1}")]
    Address(std::net::SocketAddr, io::Error),
    /// The system gave no threads or no clock.
    #[error("the page cannot be served: {0}")]
    System(io::Error),
}

/// Serves until `stop` is ready. `stop` is called once the port is open, inside the runtime; then `ready` is told where,
/// because who knows the address may also ask for the end.
///
/// A panic in a request ends that request only. What is written of a panic, and which signals end the page, is for the
/// program to say: both are the whole process's.
///
/// # Errors
/// The port is taken, or the address is not this machine's; the system gives no threads, or `stop` is refused.
pub fn serve<S: Future<Output = ()>>(
    site: Site,
    stop: impl FnOnce() -> io::Result<S>,
    ready: impl FnOnce(&AccessGuard),
) -> Result<(), ServeError> {
    let runtime = threads()?;
    runtime.block_on(async {
        let (listener, site) = bound(site).await?;
        let stop = stop().map_err(ServeError::System)?;
        ready(&site.access);
        listen(listener, site, stop).await
    })?;
    runtime.shutdown_timeout(GRACE);
    Ok(())
}

/// The runtime panics where the system gives it no threads.
fn threads() -> Result<tokio::runtime::Runtime, ServeError> {
    let built = std::panic::catch_unwind(|| tokio::runtime::Builder::new_multi_thread().enable_all().build());
    let refused = || io::Error::other("this machine lets it start no threads");
    built.unwrap_or_else(|_| Err(refused())).map_err(ServeError::System)
}

async fn bound(site: Site) -> Result<(TcpListener, Site), ServeError> {
    let wanted = site.access.address();
    let listener = TcpListener::bind(wanted).await.map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => ServeError::PortTaken(wanted.port()),
        _ => ServeError::Address(wanted, error),
    })?;
    let given = listener.local_addr().map_err(|error| ServeError::Address(wanted, error))?;
    let access: AccessGuard = site.access.at(given);
    Ok((listener, site.behind(access)))
}

async fn listen(listener: TcpListener, site: Site, stop: impl Future<Output = ()>) -> Result<(), ServeError> {
    let site = Arc::new(site);
    let warming = site.clone();
    tokio::task::spawn_blocking(move || sheet::warm(&warming));
    let access = site.access.clone();
    let router = app(site);
    let places = Arc::new(Places::default());
    let (ending, end) = watch::channel(false);
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener) => accepted,
            () = &mut stop => break,
        };
        let Some((stream, address)) = accepted else { continue };
        let place = places.take(address, access.is_proxy(address));
        tokio::spawn(converse(
            stream,
            router.clone(),
            Peer { address: Some(address), place: Some(place) },
            end.clone(),
        ));
    }
    drop(listener);
    drop(end);
    // Nobody listens when nobody is connected; that is as good.
    let _ = ending.send(true);
    let _ = tokio::time::timeout(GRACE, ending.closed()).await;
    Ok(())
}

/// The next connection, and where it comes from.
async fn accept(listener: &TcpListener) -> Option<(TcpStream, IpAddr)> {
    match listener.accept().await {
        Ok((stream, address)) => Some((stream, address.ip().to_canonical())),
        Err(_) => {
            // Out of file handles, most often: others must end first.
            tokio::time::sleep(Duration::from_millis(100)).await;
            None
        }
    }
}

/// One connection, to its end. What goes wrong on it is its client's business.
async fn converse(stream: TcpStream, router: axum::Router, from: Peer, mut end: watch::Receiver<bool>) {
    let _ = stream.set_nodelay(true);
    let Some(place) = from.place.clone() else { return };
    let router = TowerToHyperService::new(router);
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(from.clone());
        router.call(request)
    });
    let mut connection = std::pin::pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(if place.is_reserved() { SHORT_HEAD } else { HEAD })
            .max_buf_size(BUFFER)
            .serve_connection(TokioIo::new(Watched::new(stream)), service)
    );
    tokio::select! {
        _ = &mut connection => return,
        () = place.gone() => return,
        _ = tokio::time::sleep(LIFETIME) => {}
        _ = end.changed() => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = tokio::time::timeout(GRACE, connection).await;
}
