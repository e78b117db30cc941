//! A hand-over in one room, over real sockets on loopback.

use baqylau_protocol::{HandoverCode, HandoverToken, SpkiHash};
use baqylau_sync::testing::SeededRandom;
use baqylau_sync::{HandoverError, Listener, hand_over};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio::time::timeout;

const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
/// This machine by another of its addresses.
const ALSO_LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 2));

/// What came of serving, which ends by itself.
async fn ended(serving: JoinHandle<Result<(), HandoverError>>) -> Result<(), HandoverError> {
    let most = Duration::from_secs(15);
    let ended = timeout(most, serving).await.expect("it ends");
    ended.expect("it does not panic")
}

async fn listener() -> Listener {
    Listener::open(&[LOOPBACK], &SeededRandom::new(3))
        .await
        .expect("loopback is there")
}

#[tokio::test]
async fn a_bundle_goes_over_and_the_answer_comes_back_once() {
    let listener = listener().await;
    let code = HandoverCode::from_text(&listener.code().to_text())
        .unwrap_or_else(|error| panic!("{error}"));
    let serving =
        tokio::spawn(listener.serve(|bundle| async move { Ok([&bundle[..], b"!"].concat()) }));
    let bundle = vec![7; 300_000];
    let answer = hand_over(&code, &bundle).await.expect("taken");
    assert_eq!((answer.len(), answer.last()), (300_001, Some(&b'!')));
    assert_eq!(ended(serving).await, Ok(()));
    assert_eq!(
        hand_over(&code, &bundle).await,
        Err(HandoverError::Unreachable),
        "a second use of the token finds nobody"
    );
}

#[tokio::test]
async fn another_token_is_refused_and_guessing_ends_it() {
    let listener = listener().await;
    let code = listener.code().clone();
    let wrong = HandoverCode {
        token: HandoverToken::from_bytes([0; 16]),
        ..code.clone()
    };
    let serving = tokio::spawn(listener.serve(|_| async { Ok(Vec::new()) }));
    for _ in 0..4 {
        assert_eq!(hand_over(&wrong, b"x").await, Err(HandoverError::BadToken));
    }
    assert_eq!(hand_over(&wrong, b"x").await, Err(HandoverError::BadToken));
    assert_eq!(ended(serving).await, Err(HandoverError::Guessed));
    assert_eq!(
        hand_over(&code, b"x").await,
        Err(HandoverError::Unreachable)
    );
}

#[tokio::test]
async fn another_key_gets_nothing_and_uses_nothing_up() {
    let listener = listener().await;
    let code = listener.code().clone();
    let elsewhere = HandoverCode {
        spki: SpkiHash([9; 32]),
        ..code.clone()
    };
    let serving = tokio::spawn(listener.serve(|bundle| async move { Ok(bundle) }));
    assert_eq!(
        hand_over(&elsewhere, b"x").await,
        Err(HandoverError::OtherKey)
    );
    assert_eq!(hand_over(&code, b"x").await, Ok(b"x".to_vec()));
    assert_eq!(ended(serving).await, Ok(()));
}

#[tokio::test]
async fn what_the_carrier_refuses_comes_back_as_its_code() {
    let listener = listener().await;
    let code = listener.code().clone();
    let serving = tokio::spawn(listener.serve(|_| async { Err("carry_full".to_owned()) }));
    assert_eq!(
        hand_over(&code, b"x").await,
        Err(HandoverError::Refused("carry_full".to_owned()))
    );
    assert_eq!(ended(serving).await, Ok(()));
}

#[tokio::test]
async fn without_an_address_there_is_nothing_to_listen_on() {
    let refused = Listener::open(&[], &SeededRandom::new(3)).await.err();
    assert_eq!(refused, Some(HandoverError::NoNetwork));
}

#[tokio::test]
async fn the_code_names_the_addresses_that_are_listened_on() {
    let named = async |addresses: &[IpAddr]| -> Vec<IpAddr> {
        let listener = Listener::open(addresses, &SeededRandom::new(3)).await;
        let listener = listener.expect("loopback is there");
        let named = &listener.code().addresses;
        assert!(named.iter().all(|it| it.port() == named[0].port()));
        named.iter().map(SocketAddr::ip).collect()
    };
    let new = IpAddr::V6(Ipv6Addr::LOCALHOST);
    let two = [LOOPBACK, ALSO_LOOPBACK];
    assert_eq!(named(&[LOOPBACK]).await, [LOOPBACK]);
    assert_eq!(named(&two).await, two);
    // With several it listens on every address of the older kind.
    assert_eq!(named(&[LOOPBACK, new, ALSO_LOOPBACK]).await, two);
}

#[tokio::test]
async fn with_one_address_nobody_gets_in_by_another() {
    let listener = listener().await;
    let code = listener.code().clone();
    let port = code.addresses[0].port();
    let elsewhere = HandoverCode {
        addresses: vec![SocketAddr::new(ALSO_LOOPBACK, port)],
        ..code.clone()
    };
    let serving = tokio::spawn(listener.serve(|bundle| async move { Ok(bundle) }));
    let nobody = Err(HandoverError::Unreachable);
    assert_eq!(hand_over(&elsewhere, b"x").await, nobody);
    assert_eq!(hand_over(&code, b"x").await, Ok(b"x".to_vec()));
    assert_eq!(ended(serving).await, Ok(()));
}
