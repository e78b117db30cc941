//! One POST a form over the same road, as form collectors send: an XML document in a multipart body, the next one when
//! the answer to the last has come, all over one connection as long as it holds.

use super::ROAD;
use crate::error::RehearsalError;
use crate::link::Link;
use axum::Router;
use axum::http::StatusCode;
use axum::routing::post as on_post;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use serde::Serialize;
use std::net::SocketAddr;
use std::sync::atomic::Ordering;
use std::time::Instant;

const BOUNDARY: &str = "----------a-boundary-as-long-as-they-are";
/// A form is tried so often; each try is a new connection.
const PATIENCE: u32 = 40;

/// What it took.
#[derive(Debug, Clone, Serialize)]
pub struct Posts {
    /// Forms posted.
    pub forms: usize,
    /// Bytes of their bodies.
    pub bytes: usize,
    /// From the first byte to the last answer.
    pub seconds: f64,
    /// Connections that were cut.
    pub cut: u64,
}

/// Posts all forms, one after the other.
pub(super) async fn post(forms: Vec<Vec<u8>>, seed: u64) -> Result<Posts, RehearsalError> {
    // Refused only if one is installed already, and then that one serves.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let handle = Handle::new();
    let upstream = receiver(&handle).await?;
    let link = Link::start(upstream, ROAD, seed).await?;
    let client = reqwest::Client::builder()
        // What is measured is how long it takes, not whom it goes to.
        .tls_danger_accept_invalid_certs(true)
        .build()
        .map_err(failed)?;
    let bodies: Vec<Vec<u8>> = forms.iter().map(|form| multipart(form)).collect();
    let started = Instant::now();
    for body in &bodies {
        submit(&client, link.address, body).await?;
    }
    let seconds = started.elapsed().as_secs_f64();
    handle.shutdown();
    Ok(Posts {
        forms: bodies.len(),
        bytes: bodies.iter().map(Vec::len).sum(),
        seconds,
        cut: link.tally.cut.load(Ordering::Relaxed),
    })
}

async fn submit(
    client: &reqwest::Client,
    address: SocketAddr,
    body: &[u8],
) -> Result<(), RehearsalError> {
    let mut tries = 1;
    loop {
        let request = client
            .post(format!("https://{address}/submission"))
            .header("X-OpenRosa-Version", "1.0")
            .header(
                "Content-Type",
                format!("multipart/form-data; boundary={BOUNDARY}"),
            )
            .body(body.to_vec());
        match request.send().await {
            Ok(reply) if reply.status() == StatusCode::CREATED => return Ok(()),
            Ok(reply) => return Err(failed(reply.status())),
            Err(error) if tries == PATIENCE => return Err(failed(error)),
            Err(_) => tries += 1,
        }
    }
}

/// A server that takes any form and says so.
async fn receiver(handle: &Handle<SocketAddr>) -> Result<SocketAddr, RehearsalError> {
    let made = rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned()]).map_err(failed)?;
    let pem = (made.cert.pem(), made.signing_key.serialize_pem());
    let tls = RustlsConfig::from_pem(pem.0.into_bytes(), pem.1.into_bytes()).await?;
    let answer = |body: axum::body::Bytes| async move {
        if body.is_empty() {
            StatusCode::BAD_REQUEST
        } else {
            StatusCode::CREATED
        }
    };
    let router = Router::new().route("/submission", on_post(answer));
    let server = axum_server::bind_rustls(SocketAddr::from(([127, 0, 0, 1], 0)), tls);
    let server = server.handle(handle.clone());
    tokio::spawn(server.serve(router.into_make_service()));
    let address = handle.listening().await;
    address.ok_or_else(|| failed("no address"))
}

fn multipart(form: &[u8]) -> Vec<u8> {
    let head = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"xml_submission_file\"; filename=\"submission.xml\"\r\n\
         Content-Type: text/xml\r\nContent-Transfer-Encoding: binary\r\n\r\n"
    );
    let tail = format!("\r\n--{BOUNDARY}--\r\n");
    [head.as_bytes(), form, tail.as_bytes()].concat()
}

fn failed(error: impl std::fmt::Display) -> RehearsalError {
    RehearsalError::Headquarters {
        what: error.to_string(),
    }
}
