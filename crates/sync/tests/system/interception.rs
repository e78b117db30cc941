//! Nobody in between gets a byte of HTTP (X7), and the user is told what is in the way.

use crate::loopback::{Identity, Server, serve, serve_fixed, serve_once, serve_plain};
use baqylau_protocol::{
    ApiError, DeviceKey, EnrolCode, EnrolRequest, EnrolSecret, Entropy, RootPublic, SpkiHash,
    SyncApi, limits,
};
use baqylau_sync::http::{HttpApi, HttpError};
use baqylau_sync::testing::{ReferenceHq, SeededRandom, TestDevice};
use rustls::version::{TLS12, TLS13};
use std::sync::Arc;

const PAGE: &str =
    "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 16\r\n\r\n<h1>Sign in</h1>";
const REDIRECT: &str =
    "HTTP/1.1 302 Found\r\nlocation: https://example.org/\r\ncontent-length: 0\r\n\r\n";
const BUSY: &str = "HTTP/1.1 503 Busy\r\nretry-after: 17\r\ncontent-length: 0\r\n\r\n";

fn request() -> EnrolRequest {
    let key = DeviceKey::generate(&mut Entropy(&SeededRandom::new(3)));
    EnrolRequest::new(EnrolSecret::from_bytes([1; 16]), &key)
}

async fn ask(server: &Server, pin: SpkiHash) -> ApiError {
    let api = HttpApi::new(vec![server.endpoint(pin)]).expect("a good endpoint");
    api.enrol(request())
        .await
        .expect_err("nothing good answers here")
}

#[tokio::test]
async fn another_key_another_date_and_an_older_protocol_get_nothing() {
    let ours = Identity::new(365);
    let cases = [
        (
            "another key for the same name",
            Identity::new(365).tls(&[&TLS13]),
        ),
        (
            "an expired certificate of another key",
            Identity::new(-30).tls(&[&TLS13]),
        ),
        (
            "another key, TLS 1.2 too",
            Identity::new(365).tls(&[&TLS12, &TLS13]),
        ),
        ("our own key over TLS 1.2 only", ours.tls(&[&TLS12])),
        (
            "another key over TLS 1.2 only",
            Identity::new(365).tls(&[&TLS12]),
        ),
    ];
    for (case, tls) in cases {
        let server = serve_fixed(tls, PAGE).await;
        assert_eq!(
            ask(&server, ours.spki()).await,
            ApiError::Intercepted,
            "{case}"
        );
        assert_eq!(server.http_bytes(), 0, "{case}");
    }
}

#[tokio::test]
async fn the_pinned_key_is_enough_whatever_the_devices_clock_says() {
    let identity = Identity::new(-30);
    let hq = Arc::new(ReferenceHq::new(1));
    let server = serve(Arc::clone(&hq), &identity).await;
    let api = HttpApi::new(vec![server.endpoint(identity.spki())]).expect("a good endpoint");
    assert!(TestDevice::enrolled(1, &api, &hq.code()).await.is_ok());
    assert!(server.http_bytes() > 0, "the counter counts");
}

#[tokio::test]
async fn a_portal_is_called_a_portal() {
    let identity = Identity::new(365);
    let plain = serve_plain(PAGE).await;
    assert_eq!(ask(&plain, identity.spki()).await, ApiError::CaptivePortal);
    for answer in [PAGE, REDIRECT] {
        let server = serve_fixed(identity.tls(&[&TLS13]), answer).await;
        assert_eq!(ask(&server, identity.spki()).await, ApiError::CaptivePortal);
    }
}

#[tokio::test]
async fn a_busy_headquarters_says_how_long_to_wait() {
    let identity = Identity::new(365);
    let server = serve_fixed(identity.tls(&[&TLS13]), BUSY).await;
    assert_eq!(
        ask(&server, identity.spki()).await,
        ApiError::Busy {
            retry_after_s: Some(17)
        }
    );
}

#[tokio::test]
async fn a_connection_that_breaks_in_the_middle_may_have_brought_the_request() {
    let identity = Identity::new(365);
    let half = "HTTP/1.1 200 OK\r\ncontent-type: application/cbor\r\ncontent-length: 900\r\n\r\n";
    let server = serve_once(identity.tls(&[&TLS13]), half).await;
    assert_eq!(ask(&server, identity.spki()).await, ApiError::Interrupted);
    assert!(server.http_bytes() > 0, "the request had begun");
}

/// What is made of an answer with so many bytes after these lines.
async fn answered(lines: &str, bytes: usize) -> ApiError {
    let identity = Identity::new(365);
    let mut answer = format!("HTTP/1.1 {lines}\r\n\r\n").into_bytes();
    answer.resize(answer.len() + bytes, b'x');
    let server = serve_once(identity.tls(&[&TLS13]), answer).await;
    ask(&server, identity.spki()).await
}

#[tokio::test]
async fn an_answer_is_read_up_to_its_limit_and_no_further() {
    let most = limits::REPLY_BYTES;
    let announced = |bytes: usize| {
        format!("200 OK\r\ncontent-type: application/cbor\r\ncontent-length: {bytes}")
    };
    let broken = answered(&announced(most), 9).await;
    assert_eq!(broken, ApiError::Interrupted, "it might have been good");
    let too_long = answered(&announced(most + 1), 9).await;
    assert_eq!(too_long, ApiError::Unreadable, "nothing of it is read");
    let busy = ApiError::Busy {
        retry_after_s: Some(17),
    };
    let unannounced = "503 Busy\r\nretry-after: 17\r\nconnection: close";
    assert_eq!(answered(unannounced, most).await, busy);
    assert_eq!(answered(unannounced, most + 1).await, ApiError::Unreadable);
}

#[tokio::test]
async fn a_long_request_goes_through() {
    let identity = Identity::new(365);
    let hq = Arc::new(ReferenceHq::new(1));
    let server = serve(Arc::clone(&hq), &identity).await;
    let api = HttpApi::new(vec![server.endpoint(identity.spki())]).expect("a good endpoint");
    let device = TestDevice::enrolled(1, &api, &hq.code()).await;
    let device = device.expect("enrolled");
    device.append(crate::verdicts::noise(300));
    let outcome = device.exchange(&api).await;
    assert_eq!((outcome.stopped_by, outcome.held_seq), (None, 300));
    assert_eq!(outcome.requests, 1);
    assert!(outcome.sent_bytes > 100_000);
}

#[tokio::test]
async fn the_next_endpoint_is_tried() {
    let identity = Identity::new(365);
    let hq = Arc::new(ReferenceHq::new(1));
    let good = serve(Arc::clone(&hq), &identity).await;
    let impostor = serve_fixed(Identity::new(365).tls(&[&TLS13]), PAGE).await;
    let pin = identity.spki();
    let api =
        HttpApi::new(vec![impostor.endpoint(pin), good.endpoint(pin)]).expect("good endpoints");
    let device = TestDevice::enrolled(1, &api, &hq.code())
        .await
        .expect("the second answers");
    device.append([b"entry".to_vec()]);
    assert_eq!(device.exchange(&api).await.held_seq, 1);
    assert_eq!(device.exchange(&api).await.stopped_by, None);
    assert_eq!(impostor.http_bytes(), 0);
    assert_eq!(
        impostor.connections(),
        1,
        "the road that worked stays first"
    );
}

#[tokio::test]
async fn an_unreachable_headquarters_is_unreachable() {
    let api = HttpApi::new(vec![baqylau_protocol::Endpoint {
        // Port 1 of loopback: nothing listens there.
        url: "https://127.0.0.1:1".into(),
        spki: SpkiHash([0; 32]),
    }])
    .expect("a good endpoint");
    assert_eq!(
        api.enrol(request()).await.err(),
        Some(ApiError::Unreachable)
    );
}

#[test]
fn endpoints_without_tls_are_refused() {
    let code = EnrolCode {
        endpoints: Vec::new(),
        spki: SpkiHash([0; 32]),
        root: RootPublic([0; 32]),
        secret: EnrolSecret::from_bytes([0; 16]),
    };
    let endpoint = |url: &str| baqylau_protocol::Endpoint {
        url: url.into(),
        spki: code.spki,
    };
    for url in ["http://127.0.0.1", "ftp://127.0.0.1", "", "https://"] {
        assert_eq!(
            HttpApi::new(vec![endpoint(url)]).err(),
            Some(HttpError::Endpoint),
            "{url}"
        );
    }
    assert_eq!(HttpApi::new(Vec::new()).err(), Some(HttpError::Endpoint));
}
