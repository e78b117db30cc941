//! A small HTTPS server on loopback: the reference headquarters behind it, and every byte of HTTP counted.

use baqylau_protocol::{
    ApiError, BlobHash, Endpoint, EnrolRequest, PictureRun, SpkiHash, SyncApi, SyncRequest,
};
use baqylau_sync::testing::ReferenceHq;
use rcgen::{CertificateParams, KeyPair, PublicKeyData as _};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// A key and a certificate for it.
pub(crate) struct Identity {
    key: KeyPair,
    certificate: CertificateDer<'static>,
}

/// A running server.
pub(crate) struct Server {
    address: SocketAddr,
    http_bytes: Arc<AtomicUsize>,
    connections: Arc<AtomicUsize>,
}

impl Identity {
    /// A new key with a certificate that ends in so many days (negative: it has ended).
    pub(crate) fn new(days: i64) -> Self {
        let key = KeyPair::generate().expect("a key");
        let mut params =
            CertificateParams::new(vec!["localhost".into(), "127.0.0.1".into()]).expect("names");
        let today = time::OffsetDateTime::now_utc();
        params.not_before = today - time::Duration::days(400);
        params.not_after = today + time::Duration::days(days);
        let certificate = params
            .self_signed(&key)
            .expect("a certificate")
            .der()
            .clone();
        Self { key, certificate }
    }

    pub(crate) fn spki(&self) -> SpkiHash {
        SpkiHash::of(&self.key.subject_public_key_info())
    }

    pub(crate) fn tls(
        &self,
        versions: &[&'static rustls::SupportedProtocolVersion],
    ) -> Arc<ServerConfig> {
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(self.key.serialize_der()));
        let config =
            ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
                .with_protocol_versions(versions)
                .expect("versions")
                .with_no_client_auth()
                .with_single_cert(vec![self.certificate.clone()], key)
                .expect("key and certificate belong together");
        Arc::new(config)
    }
}

impl Server {
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn endpoint(&self, spki: SpkiHash) -> Endpoint {
        Endpoint {
            url: format!("https://{}", self.address),
            spki,
        }
    }

    /// Bytes that came through TLS.
    pub(crate) fn http_bytes(&self) -> usize {
        self.http_bytes.load(Ordering::SeqCst)
    }

    /// How often somebody came, whether TLS came about or not.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

/// Serves the reference headquarters.
pub(crate) async fn serve(hq: Arc<ReferenceHq>, identity: &Identity) -> Server {
    let tls = identity.tls(&[&rustls::version::TLS13]);
    listen(tls, move |request| {
        let hq = Arc::clone(&hq);
        async move { answer(&hq, &request).await }
    })
    .await
}

/// Serves one fixed answer to everything.
pub(crate) async fn serve_fixed(tls: Arc<ServerConfig>, answer: &'static str) -> Server {
    listen(tls, move |_| async move { answer.as_bytes().to_vec() }).await
}

/// Begins an answer to one request, and hangs up.
pub(crate) async fn serve_once(tls: Arc<ServerConfig>, begun: impl Into<Vec<u8>>) -> Server {
    let begun = begun.into();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback");
    let address = listener.local_addr().expect("bound");
    let http_bytes = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&http_bytes);
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.expect("a connection");
        let mut stream = TlsAcceptor::from(tls).accept(stream).await.expect("TLS");
        let mut chunk = [0; 16 * 1024];
        let read = stream.read(&mut chunk).await.expect("a request");
        counter.fetch_add(read, Ordering::SeqCst);
        // Whoever has read enough hangs up first.
        let _ = stream.write_all(&begun).await;
        let _ = stream.shutdown().await;
    });
    Server {
        address,
        http_bytes,
        connections: Arc::default(),
    }
}

/// Answers plain text where TLS is expected.
pub(crate) async fn serve_plain(answer: &'static str) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback");
    let address = listener.local_addr().expect("bound");
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut hello = [0; 64];
            let _ = stream.read(&mut hello).await;
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    Server {
        address,
        http_bytes: Arc::default(),
        connections: Arc::default(),
    }
}

async fn listen<F, A>(tls: Arc<ServerConfig>, answer: F) -> Server
where
    F: Fn(Request) -> A + Clone + Send + Sync + 'static,
    A: Future<Output = Vec<u8>> + Send,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback");
    let address = listener.local_addr().expect("bound");
    let http_bytes = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&http_bytes);
    let connections = Arc::new(AtomicUsize::new(0));
    let came = Arc::clone(&connections);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            came.fetch_add(1, Ordering::SeqCst);
            let (tls, answer, counter) = (Arc::clone(&tls), answer.clone(), Arc::clone(&counter));
            tokio::spawn(async move { one_connection(stream, tls, answer, &counter).await });
        }
    });
    Server {
        address,
        http_bytes,
        connections,
    }
}

async fn one_connection<F, A>(
    stream: TcpStream,
    tls: Arc<ServerConfig>,
    answer: F,
    counter: &AtomicUsize,
) where
    F: Fn(Request) -> A,
    A: Future<Output = Vec<u8>>,
{
    let Ok(mut stream) = TlsAcceptor::from(tls).accept(stream).await else {
        return;
    };
    let mut held = Vec::new();
    loop {
        if let Some((request, used)) = Request::read(&held) {
            held.drain(..used);
            if stream.write_all(&answer(request).await).await.is_err() {
                return;
            }
            continue;
        }
        let mut chunk = [0; 16 * 1024];
        match stream.read(&mut chunk).await {
            Ok(read) if read > 0 => {
                counter.fetch_add(read, Ordering::SeqCst);
                held.extend_from_slice(&chunk[..read]);
            }
            _ => return,
        }
    }
}

/// One HTTP request.
pub(crate) struct Request {
    path: String,
    body: Vec<u8>,
}

impl Request {
    fn read(held: &[u8]) -> Option<(Self, usize)> {
        let end = held.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
        let head = std::str::from_utf8(&held[..end]).ok()?;
        let length = head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
            .map_or(0, |(_, value)| value.trim().parse().unwrap_or(0));
        let body = held.get(end..end + length)?.to_vec();
        let path = head.split(' ').nth(1)?.to_owned();
        Some((Self { path, body }, end + length))
    }
}

async fn answer(hq: &ReferenceHq, request: &Request) -> Vec<u8> {
    let result = match request.path.as_str() {
        "/v1/enrol" => match EnrolRequest::decode(&request.body) {
            Ok(request) => hq.enrol(request).await.map(|reply| reply.encode()),
            Err(_) => Err(ApiError::Refused(baqylau_protocol::Refusal::Malformed)),
        },
        "/v1/sync" => match SyncRequest::decode(&request.body) {
            Ok(request) => hq.sync(request).await.map(|reply| reply.encode()),
            Err(_) => Err(ApiError::Refused(baqylau_protocol::Refusal::Malformed)),
        },
        "/v1/picture" => match PictureRun::decode(&request.body) {
            Ok(run) => SyncApi::picture(hq, run).await.map(|reply| reply.encode()),
            Err(_) => Err(ApiError::Refused(baqylau_protocol::Refusal::Malformed)),
        },
        path => {
            let hash = path
                .strip_prefix("/v1/blob/")
                .and_then(BlobHash::from_hex)
                .expect("a blob's address");
            hq.blob(hash, &|_, _| ()).await
        }
    };
    match result {
        Ok(body) => response(200, "application/cbor", &body),
        Err(ApiError::Refused(refusal)) => {
            response(refusal.status(), "text/plain", refusal.code().as_bytes())
        }
        Err(_) => response(500, "text/plain", b""),
    }
}

fn response(status: u16, kind: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 {status} X\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}
