//! Through a proxy: it is asked, it learns where to, and nothing else.

use crate::loopback::{Identity, Server, serve, serve_fixed};
use baqylau_protocol::{ApiError, Endpoint, SpkiHash};
use baqylau_sync::http::{HttpApi, Proxy};
use baqylau_sync::testing::{ReferenceHq, TestDevice};
use parking_lot::Mutex;
use rustls::version::TLS13;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// How a proxy of these tests behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    Connect,
    Socks,
    Refuses,
}

/// A proxy, and where it was asked to go.
struct Between {
    proxy: Proxy,
    asked: Arc<Mutex<Vec<String>>>,
}

/// A proxy that leads every connection to `server`, whatever it is asked for.
async fn proxy(manner: Manner, server: SocketAddr) -> Between {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback");
    let address = listener.local_addr().expect("bound");
    let asked = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&asked);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let heard = Arc::clone(&heard);
            tokio::spawn(async move {
                let mut stream = BufReader::new(stream);
                let wanted = match manner {
                    Manner::Socks => socks(&mut stream).await,
                    Manner::Connect => connect(&mut stream, "200 OK").await,
                    Manner::Refuses => connect(&mut stream, "407 Say who you are").await,
                };
                heard.lock().push(wanted);
                if manner != Manner::Refuses {
                    let mut onward = TcpStream::connect(server).await.expect("the server");
                    // Either side may hang up first.
                    let _ = tokio::io::copy_bidirectional(&mut stream, &mut onward).await;
                }
            });
        }
    });
    let scheme = if manner == Manner::Socks {
        "socks5"
    } else {
        "http"
    };
    Between {
        proxy: format!("{scheme}://{address}").parse().expect("an address"),
        asked,
    }
}

async fn connect(stream: &mut BufReader<TcpStream>, answer: &str) -> String {
    let mut first = String::new();
    stream.read_line(&mut first).await.expect("a request line");
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.expect("a header");
        if line.trim().is_empty() {
            break;
        }
    }
    let answer = format!("HTTP/1.1 {answer}\r\n\r\n");
    stream.write_all(answer.as_bytes()).await.expect("answered");
    first.trim().to_owned()
}

/// RFC 1928, without a name and a password.
async fn socks(stream: &mut BufReader<TcpStream>) -> String {
    let mut greeting = [0; 2];
    stream.read_exact(&mut greeting).await.expect("a greeting");
    let mut methods = vec![0; usize::from(greeting[1])];
    stream.read_exact(&mut methods).await.expect("methods");
    stream.write_all(&[5, 0]).await.expect("answered");
    let mut request = [0; 5];
    stream.read_exact(&mut request).await.expect("a request");
    assert_eq!(request[..4], [5, 1, 0, 3], "CONNECT to a name");
    let mut name = vec![0; usize::from(request[4])];
    stream.read_exact(&mut name).await.expect("a name");
    let port = stream.read_u16().await.expect("a port");
    let granted = [5, 0, 0, 1, 0, 0, 0, 0, 0, 0];
    stream.write_all(&granted).await.expect("answered");
    format!("{}:{port}", String::from_utf8_lossy(&name))
}

/// An address that only the proxy can find.
fn elsewhere(spki: SpkiHash) -> Vec<Endpoint> {
    vec![Endpoint {
        url: "https://headquarters.invalid:4443".into(),
        spki,
    }]
}

async fn ask(server: &Server, manner: Manner, pin: SpkiHash) -> (ApiError, usize) {
    let between = proxy(manner, server.address()).await;
    let api = HttpApi::through(elsewhere(pin), Some(&between.proxy)).expect("a road");
    let hq = ReferenceHq::new(1);
    let refused = TestDevice::enrolled(1, &api, &hq.code()).await.err();
    match refused {
        Some(baqylau_sync::EnrolError::Api(error)) => (error, between.asked.lock().len()),
        other => panic!("{:?}", other.map(|error| error.to_string())),
    }
}

#[tokio::test]
async fn evidence_goes_through_a_proxy_that_looks_the_name_up() {
    for (manner, wanted) in [
        (
            Manner::Connect,
            "CONNECT headquarters.invalid:4443 HTTP/1.1",
        ),
        (Manner::Socks, "headquarters.invalid:4443"),
    ] {
        let identity = Identity::new(365);
        let hq = Arc::new(ReferenceHq::new(1));
        let server = serve(Arc::clone(&hq), &identity).await;
        let between = proxy(manner, server.address()).await;
        let api = HttpApi::through(elsewhere(identity.spki()), Some(&between.proxy));
        let api = api.expect("a road");
        let device = TestDevice::enrolled(1, &api, &hq.code())
            .await
            .expect("enrolled");
        device.append([b"entry".to_vec()]);
        assert_eq!(device.exchange(&api).await.held_seq, 1, "{manner:?}");
        assert_eq!(between.asked.lock()[0], wanted);
    }
}

#[tokio::test]
async fn a_proxy_that_refuses_or_is_not_there_is_named() {
    let identity = Identity::new(365);
    let server = serve(Arc::new(ReferenceHq::new(1)), &identity).await;
    let (error, asked) = ask(&server, Manner::Refuses, identity.spki()).await;
    assert_eq!(error, ApiError::Proxy);
    assert!(asked > 0, "it was asked");
    // Port 1 of loopback: nothing listens there.
    let nobody: Proxy = "127.0.0.1:1".parse().expect("an address");
    let api = HttpApi::through(elsewhere(identity.spki()), Some(&nobody)).expect("a road");
    let blob = baqylau_protocol::BlobHash([0; 32]);
    let error = baqylau_protocol::SyncApi::blob(&api, blob, &|_, _| ()).await;
    assert_eq!(error.err(), Some(ApiError::Proxy));
}

#[tokio::test]
async fn a_proxy_that_opens_tls_gets_nothing() {
    let page = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 0\r\n\r\n";
    let server = serve_fixed(Identity::new(365).tls(&[&TLS13]), page).await;
    let ours = Identity::new(365).spki();
    for manner in [Manner::Connect, Manner::Socks] {
        let (error, _) = ask(&server, manner, ours).await;
        assert_eq!(error, ApiError::Intercepted, "{manner:?}");
        assert_eq!(server.http_bytes(), 0);
    }
}
