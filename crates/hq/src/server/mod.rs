//! Headquarters on the network: one TLS listener for devices (`/v1`), pages' data (`/api`) and the pages themselves.

mod answer;
mod detail;
mod enrolments;
mod events;
mod exports;
mod figures;
mod headers;
mod overview;
mod pictures;
mod session;
mod v1;

use crate::api::Api;
use crate::error::HqError;
use crate::headquarters::Headquarters;
use crate::system::{SystemClock, SystemIds};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use baqylau_domain::{Clock, IdSource};
use baqylau_protocol::{SpkiHash, limits};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpSocket};
use tokio::task::JoinHandle;
use tower_http::services::{ServeDir, ServeFile};

pub(crate) use figures::display;

/// How long open requests may take to end when the server stops.
const GRACE: Duration = Duration::from_secs(3);
/// Bytes of a page's request.
const PAGE_REQUEST_BYTES: usize = 64 * 1024;
/// Connections that may wait to be accepted: a mission's devices when a signal returns to a valley.
const BACKLOG: u32 = 1024;
/// The port that is listened on unless told otherwise.
pub const DEFAULT_PORT: u16 = 8443;

/// How to start a server.
pub struct Options {
    /// The mission folder.
    pub mission: PathBuf,
    /// The data folder: ledger and keys.
    pub data: PathBuf,
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Addresses that devices are told, when they differ from `listen`.
    pub endpoints: Vec<String>,
    /// The built pages.
    pub ui: Option<PathBuf>,
    /// Where "now" comes from.
    pub clock: Arc<dyn Clock>,
    /// Where randomness comes from.
    pub ids: Arc<dyn IdSource>,
}

impl Options {
    /// On loopback, with the machine's clock, without pages.
    #[must_use]
    pub fn new(mission: impl Into<PathBuf>, data: impl Into<PathBuf>) -> Self {
        Self {
            mission: mission.into(),
            data: data.into(),
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), DEFAULT_PORT),
            endpoints: Vec::new(),
            ui: None,
            clock: Arc::new(SystemClock),
            ids: Arc::new(SystemIds),
        }
    }
}

fn bind(address: SocketAddr) -> std::io::Result<TcpSocket> {
    let socket = if address.is_ipv4() {
        TcpSocket::new_v4()?
    } else {
        TcpSocket::new_v6()?
    };
    // As the standard library does it: connections of a server that has just ended do not block its address.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    Ok(socket)
}

/// Starts servers.
pub struct Server;

/// A running server.
pub struct Running {
    /// Where it listens.
    pub addr: SocketAddr,
    /// SHA-256 over its TLS key.
    pub spki: SpkiHash,
    /// Headquarters behind it.
    pub headquarters: Arc<Headquarters>,
    handle: Handle<SocketAddr>,
    task: JoinHandle<std::io::Result<()>>,
}

impl Server {
    /// Opens headquarters and begins to listen.
    ///
    /// # Errors
    /// [`HqError`] when headquarters cannot be opened or the address not listened on.
    pub async fn start(options: Options) -> Result<Running, HqError> {
        let Options {
            mission,
            data,
            listen,
            endpoints,
            ui,
            clock,
            ids,
        } = options;
        let opened = tokio::task::spawn_blocking(move || -> Result<_, HqError> {
            let headquarters = Headquarters::open(&mission, &data, clock, ids)?;
            // The address is taken first, since devices are told it; nobody is let in before the mission is published.
            let socket = bind(listen).map_err(HqError::Listen)?;
            let addr = socket.local_addr().map_err(HqError::Listen)?;
            let endpoints = if endpoints.is_empty() {
                vec![format!("https://{addr}")]
            } else {
                endpoints
            };
            headquarters.publish(&endpoints)?;
            let listener = socket
                .listen(BACKLOG)
                .and_then(TcpListener::into_std)
                .map_err(HqError::Listen)?;
            Ok((Arc::new(headquarters), listener, addr))
        });
        let (headquarters, listener, addr) = match opened.await {
            Ok(opened) => opened?,
            Err(panic) => std::panic::resume_unwind(panic.into_panic()),
        };
        let tls = RustlsConfig::from_config(Arc::new(tls(&headquarters)?));
        let handle = Handle::new();
        let app = routes(Arc::clone(&headquarters), ui);
        let server = axum_server::from_tcp_rustls(listener, tls)
            .map_err(HqError::Listen)?
            .handle(handle.clone());
        let task = tokio::spawn(server.serve(app.into_make_service()));
        Ok(Running {
            addr,
            spki: headquarters.keys.tls.spki,
            headquarters,
            handle,
            task,
        })
    }
}

impl Running {
    /// A new one-time link for the administrator.
    ///
    /// # Errors
    /// [`HqError`] from the ledger.
    pub async fn make_admin_link(&self) -> Result<String, HqError> {
        let headquarters = Arc::clone(&self.headquarters);
        let made = tokio::task::spawn_blocking(move || headquarters.make_sign_in_token()).await;
        let token = made.unwrap_or(Err(crate::ledger::LedgerError::Stopped.into()))?;
        Ok(admin_link(&format!("https://{}", self.addr), &token))
    }

    /// Lets open requests end and stops.
    pub async fn stop(self) {
        self.handle.graceful_shutdown(Some(GRACE));
        // Whether the listener ended well or not, it has ended.
        let _ = self.task.await;
    }

    /// Waits until the server ends by itself.
    ///
    /// # Errors
    /// [`HqError::Listen`] when the listener failed.
    pub async fn ended(&mut self) -> Result<(), HqError> {
        match (&mut self.task).await {
            Ok(Err(error)) => Err(HqError::Listen(error)),
            _ => Ok(()),
        }
    }
}

/// The link that signs a browser in.
#[must_use]
pub fn admin_link(address: &str, token: &str) -> String {
    format!("{address}/#/sign-in?token={token}")
}

fn tls(headquarters: &Headquarters) -> Result<rustls::ServerConfig, HqError> {
    let tls = &headquarters.keys.tls;
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(tls.key.to_vec()));
    let chain = vec![CertificateDer::from(tls.certificate.clone())];
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

/// All routes. Everything under `/api` but signing in itself wants a session.
fn routes(headquarters: Arc<Headquarters>, ui: Option<PathBuf>) -> Router {
    let signed_in = Router::new()
        .route("/session", get(session::show).delete(session::sign_out))
        .route("/overview", get(overview::show))
        .route("/indicators", get(figures::list))
        .route("/indicators/{id}/reports", get(figures::reports))
        .route("/reports/{report}", get(detail::show))
        .route("/pictures/{device}/{hash}", get(pictures::show))
        .route("/events", get(events::stream))
        .route("/enrolments", post(enrolments::make))
        .route("/export/{file}", get(exports::file))
        .fallback(answer::not_found)
        .layer(from_fn_with_state(
            Arc::clone(&headquarters),
            session::require,
        ));
    let pages = Router::new()
        .nest("/api", signed_in)
        .route("/api/sign-in", post(session::sign_in))
        .layer(DefaultBodyLimit::max(PAGE_REQUEST_BYTES))
        .with_state(Arc::clone(&headquarters));
    let devices = Router::new()
        .route("/v1/enrol", post(v1::enrol))
        .route("/v1/sync", post(v1::sync))
        .route("/v1/picture", post(v1::picture))
        .route("/v1/blob/{hash}", get(v1::blob))
        .route("/v1/checkpoint", get(v1::checkpoint))
        .layer(DefaultBodyLimit::max(limits::REQUEST_BYTES))
        .with_state(v1::Door::new(Api(headquarters)));
    let app = pages.merge(devices);
    let app = match ui {
        Some(folder) => app
            .route_service("/", ServeFile::new(folder.join("hq.html")))
            .fallback_service(ServeDir::new(folder).append_index_html_on_directories(false)),
        None => app.fallback(answer::not_found),
    };
    app.layer(from_fn(headers::add))
}
