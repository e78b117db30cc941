//! A hand-over in one room: a carrier listens once, another device brings its bundle and takes what is for it back.
//!
//! Inside TLS 1.3 under a key that was made for this one hand-over: the token (16 bytes); whether it is good (1 byte);
//! the length of the bundle (4 bytes) and the bundle; whether it was taken (1 byte), a length (4 bytes) and that many
//! bytes of answer. Nothing is announced: address, key and token stand in a code on the carrier's screen.

use crate::http::pin::client_config;
use baqylau_domain::IdSource;
use baqylau_protocol::{Entropy, HandoverCode, HandoverToken, SpkiHash, limits};
use rcgen::{CertificateParams, KeyPair, PublicKeyData as _};
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer, ServerName};
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use subtle::ConstantTimeEq as _;
use thiserror::Error;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tokio_rustls::server::TlsStream;
use tokio_rustls::{TlsAcceptor, TlsConnector};

/// Reaching an address in the same room, and saying who one is.
const GREETING: Duration = Duration::from_secs(10);
/// Bringing a bundle over, or taking it in.
const TRANSFER: Duration = Duration::from_secs(180);
/// Wrong tokens that are borne: whoever reads the code right needs one try.
const WRONG_TOKENS: u32 = 5;
/// Bytes read at a time, so that a length that somebody claims reserves nothing.
const CHUNK: usize = 64 * 1024;

const GOOD_TOKEN: u8 = 1;
const WRONG_TOKEN: u8 = 2;
const TAKEN: u8 = 3;
const REFUSED: u8 = 4;

/// Why a hand-over did not happen.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum HandoverError {
    /// Nobody answers at any of the code's addresses.
    #[error("unreachable")]
    Unreachable,
    /// Somebody answers with another key. Nothing was sent.
    #[error("another key")]
    OtherKey,
    /// The code was used, or is of another hand-over.
    #[error("the token is not good")]
    BadToken,
    /// The carrier took nothing, with its code.
    #[error("refused: {0}")]
    Refused(String),
    /// The connection broke in the middle. The carrier may have taken the bundle: repeating it changes nothing.
    #[error("broken off")]
    Broken,
    /// A bundle or an answer beyond the limits.
    #[error("too large")]
    TooLarge,
    /// This machine has no network to listen on.
    #[error("no local network")]
    NoNetwork,
    /// Five wrong tokens: somebody is guessing.
    #[error("too many wrong tokens")]
    Guessed,
    /// TLS could not be set up.
    #[error("no TLS")]
    Tls,
}

/// A carrier that listens for one hand-over.
pub struct Listener {
    code: HandoverCode,
    listener: TcpListener,
    acceptor: TlsAcceptor,
}

impl Listener {
    /// Listens on a random port. `addresses` are what the code names; with one alone, only that one is listened on.
    ///
    /// # Errors
    /// [`HandoverError::NoNetwork`] and [`HandoverError::Tls`].
    pub async fn open(addresses: &[IpAddr], random: &dyn IdSource) -> Result<Self, HandoverError> {
        let on = match addresses {
            [] => return Err(HandoverError::NoNetwork),
            [one] => *one,
            _ => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        };
        let listener = TcpListener::bind((on, 0))
            .await
            .map_err(|_| HandoverError::NoNetwork)?;
        let port = listener
            .local_addr()
            .map_err(|_| HandoverError::NoNetwork)?
            .port();
        let (config, spki) = fresh_identity().ok_or(HandoverError::Tls)?;
        let addresses = addresses
            .iter()
            .filter(|address| addresses.len() == 1 || address.is_ipv4())
            .map(|address| SocketAddr::new(*address, port))
            .take(HandoverCode::ADDRESSES)
            .collect();
        Ok(Self {
            code: HandoverCode {
                token: HandoverToken::generate(&mut Entropy(random)),
                spki,
                addresses,
            },
            listener,
            acceptor: TlsAcceptor::from(config),
        })
    }

    /// What the carrier's screen shows.
    #[must_use]
    pub fn code(&self) -> &HandoverCode {
        &self.code
    }

    /// Waits for the one device that has the token, hands its bundle to `take`, and answers with what that returns: a
    /// bundle, or a code of refusal. The token is good once: afterwards nobody listens any more.
    ///
    /// A connection that breaks before the bundle is whole uses nothing up.
    ///
    /// # Errors
    /// [`HandoverError::Guessed`], [`HandoverError::NoNetwork`]; [`HandoverError::Broken`] when the bundle was taken and
    /// the answer did not get through.
    pub async fn serve<T, F>(self, mut take: T) -> Result<(), HandoverError>
    where
        T: FnMut(Vec<u8>) -> F,
        F: Future<Output = Result<Vec<u8>, String>>,
    {
        let mut wrong_tokens = 0;
        loop {
            let (stream, _) = self
                .listener
                .accept()
                .await
                .map_err(|_| HandoverError::NoNetwork)?;
            let Ok(Ok(mut stream)) = timeout(GREETING, self.acceptor.accept(stream)).await else {
                continue;
            };
            let Ok(Ok(is_good)) = timeout(GREETING, self.greet(&mut stream)).await else {
                continue;
            };
            if !is_good {
                wrong_tokens += 1;
                if wrong_tokens >= WRONG_TOKENS {
                    return Err(HandoverError::Guessed);
                }
                continue;
            }
            // Too large or broken off: whoever has the token may try again.
            let Ok(Ok(bundle)) = timeout(TRANSFER, read_block(&mut stream)).await else {
                continue;
            };
            // From here on nobody else gets in.
            drop(self.listener);
            let (verdict, reply) = match take(bundle).await {
                Ok(reply) => (TAKEN, reply),
                Err(code) => (REFUSED, code.into_bytes()),
            };
            return match timeout(TRANSFER, answer(&mut stream, verdict, &reply)).await {
                Ok(Ok(())) => Ok(()),
                _ => Err(HandoverError::Broken),
            };
        }
    }

    /// Reads a token and says whether it is the one.
    async fn greet(&self, stream: &mut TlsStream<TcpStream>) -> io::Result<bool> {
        let mut token = [0; 16];
        stream.read_exact(&mut token).await?;
        let is_good = bool::from(token.ct_eq(self.code.token.as_bytes()));
        let said = if is_good { GOOD_TOKEN } else { WRONG_TOKEN };
        stream.write_all(&[said]).await?;
        stream.flush().await?;
        if !is_good {
            stream.shutdown().await?;
        }
        Ok(is_good)
    }
}

/// Hands a bundle to the carrier that shows `code`, and returns the bundle that comes back.
///
/// # Errors
/// [`HandoverError`]. Before the carrier's key was seen to be the code's, nothing is sent.
pub async fn hand_over(code: &HandoverCode, bundle: &[u8]) -> Result<Vec<u8>, HandoverError> {
    let config = client_config(code.spki).map_err(|_| HandoverError::Tls)?;
    let connector = TlsConnector::from(Arc::new(config));
    let mut failure = HandoverError::Unreachable;
    for address in &code.addresses {
        let Ok(Ok(stream)) = timeout(GREETING, TcpStream::connect(address)).await else {
            continue;
        };
        let name = ServerName::IpAddress(address.ip().into());
        let stream = match timeout(GREETING, connector.connect(name, stream)).await {
            Ok(Ok(stream)) => stream,
            Ok(Err(error)) => {
                failure = meaning(&error);
                continue;
            }
            Err(_) => continue,
        };
        let exchange = bring(stream, &code.token, bundle);
        return timeout(TRANSFER, exchange)
            .await
            .unwrap_or(Err(HandoverError::Broken));
    }
    Err(failure)
}

async fn bring(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    token: &HandoverToken,
    bundle: &[u8],
) -> Result<Vec<u8>, HandoverError> {
    let length = u32::try_from(bundle.len()).map_err(|_| HandoverError::TooLarge)?;
    let broken = |_| HandoverError::Broken;
    let mut said = [0];
    stream.write_all(token.as_bytes()).await.map_err(broken)?;
    stream.flush().await.map_err(broken)?;
    stream.read_exact(&mut said).await.map_err(broken)?;
    if said != [GOOD_TOKEN] {
        return Err(HandoverError::BadToken);
    }
    stream
        .write_all(&length.to_be_bytes())
        .await
        .map_err(broken)?;
    stream.write_all(bundle).await.map_err(broken)?;
    stream.flush().await.map_err(broken)?;
    stream.read_exact(&mut said).await.map_err(broken)?;
    let answer = read_block(&mut stream).await?;
    if said == [TAKEN] {
        Ok(answer)
    } else {
        let code = String::from_utf8_lossy(&answer).chars().take(40).collect();
        Err(HandoverError::Refused(code))
    }
}

async fn answer(
    stream: &mut (impl AsyncWrite + Unpin),
    verdict: u8,
    block: &[u8],
) -> io::Result<()> {
    let length = u32::try_from(block.len()).map_err(io::Error::other)?;
    stream
        .write_all(&[[verdict].as_slice(), &length.to_be_bytes(), block].concat())
        .await?;
    stream.flush().await?;
    stream.shutdown().await
}

/// A length and that many bytes, never more than a bundle may have.
async fn read_block(stream: &mut (impl AsyncRead + Unpin)) -> Result<Vec<u8>, HandoverError> {
    let broken = |_| HandoverError::Broken;
    let mut length = [0; 4];
    stream.read_exact(&mut length).await.map_err(broken)?;
    let mut missing = u32::from_be_bytes(length) as usize;
    if missing > limits::BUNDLE_BYTES {
        return Err(HandoverError::TooLarge);
    }
    let mut block = Vec::new();
    while missing > 0 {
        let begin = block.len();
        block.resize(begin + missing.min(CHUNK), 0);
        stream
            .read_exact(&mut block[begin..])
            .await
            .map_err(broken)?;
        missing -= block.len() - begin;
    }
    Ok(block)
}

/// A key that nobody has seen before, and its certificate.
fn fresh_identity() -> Option<(Arc<ServerConfig>, SpkiHash)> {
    let pair = KeyPair::generate().ok()?;
    let certificate = CertificateParams::new(Vec::new())
        .and_then(|params| params.self_signed(&pair))
        .ok()?;
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(pair.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13])
        .ok()?
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .ok()?;
    let spki = SpkiHash::of(&pair.subject_public_key_info());
    Some((Arc::new(config), spki))
}

/// A TLS failure at the other side's key is not the same as nobody being there.
fn meaning(error: &io::Error) -> HandoverError {
    let tls = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<rustls::Error>());
    match tls {
        Some(rustls::Error::InvalidCertificate(_)) => HandoverError::OtherKey,
        _ => HandoverError::Unreachable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    /// What is read of these bytes, which takes a moment at most.
    fn read(bytes: Vec<u8>) -> Result<Vec<u8>, HandoverError> {
        let (tell, told) = mpsc::channel();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().build();
            let mut stream = bytes.as_slice();
            let reading = read_block(&mut stream);
            let _ = tell.send(runtime.expect("a runtime").block_on(reading));
        });
        let most = Duration::from_secs(10);
        told.recv_timeout(most).expect("reading comes to its end")
    }

    fn block(length: usize, bytes: &[u8]) -> Vec<u8> {
        let length = u32::try_from(length).expect("small");
        [&length.to_be_bytes(), bytes].concat()
    }

    #[test]
    fn a_block_is_read_whole_and_nothing_after_it() {
        for length in [0, 1, CHUNK, CHUNK + 1, 3 * CHUNK] {
            let bytes: Vec<u8> = (0..=250).cycle().take(length).collect();
            let with_more = [block(length, &bytes), vec![9; 9]].concat();
            assert_eq!(read(with_more), Ok(bytes), "{length}");
        }
    }

    #[test]
    fn a_block_is_as_long_as_a_bundle_may_be_and_no_longer() {
        let broken = read(block(limits::BUNDLE_BYTES, &[7; 100]));
        assert_eq!(broken, Err(HandoverError::Broken), "the rest is missing");
        let too_large = read(block(limits::BUNDLE_BYTES + 1, &[7; 100]));
        assert_eq!(too_large, Err(HandoverError::TooLarge));
    }
}
