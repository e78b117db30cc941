//! A bad network on purpose: a TCP relay between a device and headquarters that delays,
//! throttles, cuts connections and swallows replies, deterministically from a seed.
//!
//! It stands in for `tc netem`, which needs a kernel module that neither CI nor most laptops have.

use parking_lot::Mutex;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::Instant;

/// How bad the link is.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// How long everything is on its way, each way; opening a connection takes twice that.
    pub delay: Duration,
    /// Bytes a second in each direction; `None`: as fast as it goes.
    pub bytes_per_second: Option<u64>,
    /// Share of connections cut after a random number of bytes, 0..=1.
    pub cut: f64,
    /// Share of connections whose request arrives and whose reply is swallowed, 0..=1.
    pub lose_reply: f64,
    /// Upper bound of the bytes after which a doomed connection is cut.
    pub cut_within_bytes: u64,
}

impl Shape {
    /// A link that only relays.
    pub const CLEAR: Self = Self {
        delay: Duration::ZERO,
        bytes_per_second: None,
        cut: 0.0,
        lose_reply: 0.0,
        cut_within_bytes: 0,
    };
}

/// What a link has done so far.
#[derive(Debug, Default)]
pub struct Tally {
    /// Connections taken.
    pub connections: AtomicU64,
    /// Connections cut in the middle.
    pub cut: AtomicU64,
    /// Replies swallowed after the request had arrived.
    pub replies_lost: AtomicU64,
}

/// A running relay; it ends when dropped.
#[derive(Debug)]
pub struct Link {
    /// Where devices connect.
    pub address: SocketAddr,
    /// What it has done.
    pub tally: Arc<Tally>,
    shape: Arc<Mutex<Shape>>,
    task: JoinHandle<()>,
}

impl Drop for Link {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// What befalls one connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Relay,
    CutAfter(u64),
    SwallowReply,
    Cut(Cut),
}

/// Where every connection is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// After so many bytes from the device.
    Up(u64),
    /// After so many bytes from headquarters.
    Down(u64),
}

/// Says where connections that are taken from now on are cut; `None`: nowhere.
#[derive(Debug, Clone, Default)]
pub struct Knife(Arc<Mutex<Option<Cut>>>);

impl Knife {
    /// Sets it.
    pub fn set(&self, cut: Option<Cut>) {
        *self.0.lock() = cut;
    }
}

impl Link {
    /// Starts relaying to `upstream` from a free port of the loopback interface.
    ///
    /// # Errors
    /// When no port can be bound.
    pub async fn start(upstream: SocketAddr, shape: Shape, seed: u64) -> std::io::Result<Self> {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        Self::take(upstream, shape, move |shape| draw_fate(shape, &mut rng)).await
    }

    /// Changes how bad it is for connections that are taken from now on.
    pub fn reshape(&self, shape: Shape) {
        *self.shape.lock() = shape;
    }

    /// The same, without delay, and with connections cut where the knife says.
    ///
    /// # Errors
    /// When no port can be bound.
    pub async fn under(upstream: SocketAddr, knife: &Knife) -> std::io::Result<Self> {
        let knife = knife.clone();
        let fate = move |_: &Shape| knife.0.lock().map_or(Fate::Relay, Fate::Cut);
        Self::take(upstream, Shape::CLEAR, fate).await
    }

    async fn take(
        upstream: SocketAddr,
        shape: Shape,
        mut fate: impl FnMut(&Shape) -> Fate + Send + 'static,
    ) -> std::io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let tally = Arc::new(Tally::default());
        let counted = Arc::clone(&tally);
        let shape = Arc::new(Mutex::new(shape));
        let shaped = Arc::clone(&shape);
        let task = tokio::spawn(async move {
            while let Ok((device, _)) = listener.accept().await {
                counted.connections.fetch_add(1, Ordering::Relaxed);
                let shape = *shaped.lock();
                let fate = fate(&shape);
                tokio::spawn(relay(device, upstream, shape, fate, Arc::clone(&counted)));
            }
        });
        Ok(Self {
            address,
            tally,
            shape,
            task,
        })
    }
}

fn draw_fate(shape: &Shape, rng: &mut ChaCha8Rng) -> Fate {
    let draw: f64 = rng.random();
    if draw < shape.cut {
        Fate::CutAfter(rng.random_range(1..=shape.cut_within_bytes.max(1)))
    } else if draw < shape.cut + shape.lose_reply {
        Fate::SwallowReply
    } else {
        Fate::Relay
    }
}

/// The TLS handshake takes about this much of the server's bytes; a reply is what comes after it.
const HANDSHAKE_BYTES: u64 = 2_048;

async fn relay(
    device: TcpStream,
    upstream: SocketAddr,
    shape: Shape,
    fate: Fate,
    tally: Arc<Tally>,
) {
    if !shape.delay.is_zero() {
        tokio::time::sleep(2 * shape.delay).await;
    }
    let Ok(server) = TcpStream::connect(upstream).await else {
        return;
    };
    let (from_device, to_device) = device.into_split();
    let (from_server, to_server) = server.into_split();
    let (up_limit, down_limit) = match fate {
        Fate::Relay => (u64::MAX, u64::MAX),
        Fate::CutAfter(bytes) => (bytes, bytes),
        Fate::SwallowReply => (u64::MAX, HANDSHAKE_BYTES),
        Fate::Cut(Cut::Up(bytes)) => (bytes, u64::MAX),
        Fate::Cut(Cut::Down(bytes)) => (u64::MAX, bytes),
    };
    let mut up = tokio::spawn(pump(from_device, to_server, shape, up_limit));
    let mut down = tokio::spawn(pump(from_server, to_device, shape, down_limit));
    let cut = tokio::select! {
        cut = &mut up => cut.unwrap_or(false),
        cut = &mut down => cut.unwrap_or(false),
    };
    if cut {
        let counter = if fate == Fate::SwallowReply {
            &tally.replies_lost
        } else {
            &tally.cut
        };
        counter.fetch_add(1, Ordering::Relaxed);
        up.abort();
        down.abort();
    } else {
        // One side closed in peace: let the other finish what is under way.
        let _ = tokio::join!(drain(up), drain(down));
    }
}

async fn drain(half: JoinHandle<bool>) {
    if !half.is_finished() {
        let _ = half.await;
    }
}

/// Chunks under way in one direction; more wait where they came from.
const UNDER_WAY: usize = 256;

/// Copies one direction: each chunk takes its turn on the line, and then its time on the way. Returns `true` when it
/// stopped because `limit` bytes had passed.
async fn pump(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, shape: Shape, limit: u64) -> bool {
    let (send, mut receive) = mpsc::channel::<(Instant, Vec<u8>)>(UNDER_WAY);
    let read = async move {
        let mut buffer = vec![0_u8; 1_400];
        let mut line_free = Instant::now();
        while let Ok(read @ 1..) = from.read(&mut buffer).await {
            let busy = shape.bytes_per_second.map_or(Duration::ZERO, |rate| {
                Duration::from_secs_f64(read as f64 / rate as f64)
            });
            line_free = line_free.max(Instant::now()) + busy;
            let chunk = (line_free + shape.delay, buffer[..read].to_vec());
            if send.send(chunk).await.is_err() {
                return;
            }
        }
    };
    let write = async move {
        let mut passed = 0_u64;
        while let Some((due, chunk)) = receive.recv().await {
            if due > Instant::now() {
                tokio::time::sleep_until(due).await;
            }
            let length = chunk.len() as u64;
            if passed + length > limit {
                let rest = usize::try_from(limit - passed).unwrap_or(0);
                let _ = to.write_all(&chunk[..rest]).await;
                return true;
            }
            if to.write_all(&chunk).await.is_err() {
                return false;
            }
            passed += length;
        }
        false
    };
    tokio::pin!(write);
    tokio::select! {
        cut = &mut write => cut,
        () = read => write.await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn echo() -> SocketAddr {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                tokio::spawn(async move {
                    let (mut read, mut write) = stream.split();
                    let _ = tokio::io::copy(&mut read, &mut write).await;
                });
            }
        });
        address
    }

    async fn ask(address: SocketAddr, bytes: &[u8]) -> Vec<u8> {
        let mut stream = TcpStream::connect(address).await.expect("the link answers");
        stream.write_all(bytes).await.expect("sent");
        stream.shutdown().await.expect("closed");
        let mut reply = Vec::new();
        let _ = stream.read_to_end(&mut reply).await;
        reply
    }

    #[tokio::test]
    async fn a_clear_link_changes_nothing() {
        let link = Link::start(echo().await, Shape::CLEAR, 1)
            .await
            .expect("starts");
        let sent = vec![7_u8; 100_000];
        assert_eq!(ask(link.address, &sent).await, sent);
    }

    #[tokio::test]
    async fn a_doomed_connection_gives_less_than_was_sent_and_is_counted() {
        let shape = Shape {
            cut: 1.0,
            cut_within_bytes: 5_000,
            ..Shape::CLEAR
        };
        let link = Link::start(echo().await, shape, 2).await.expect("starts");
        let sent = vec![7_u8; 100_000];
        assert!(ask(link.address, &sent).await.len() <= 5_000);
        assert_eq!(link.tally.cut.load(Ordering::Relaxed), 1);
    }

    #[tokio::test]
    async fn a_swallowed_reply_still_lets_the_request_through() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let upstream = listener.local_addr().expect("an address");
        let heard = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("one connection");
            let mut request = vec![0_u8; 10_000];
            stream
                .read_exact(&mut request)
                .await
                .expect("the whole request");
            let _ = stream.write_all(&vec![1_u8; 50_000]).await;
            request.len()
        });
        let shape = Shape {
            lose_reply: 1.0,
            ..Shape::CLEAR
        };
        let link = Link::start(upstream, shape, 3).await.expect("starts");
        let mut stream = TcpStream::connect(link.address)
            .await
            .expect("the link answers");
        stream.write_all(&[9_u8; 10_000]).await.expect("sent");
        let mut reply = Vec::new();
        let _ = stream.read_to_end(&mut reply).await;
        assert_eq!(heard.await.expect("heard"), 10_000);
        assert!(reply.len() as u64 <= HANDSHAKE_BYTES);
    }
}
