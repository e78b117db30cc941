//! A hand-over in one room, over real sockets on loopback.

use baqylau_protocol::{HandoverCode, HandoverToken, SpkiHash};
use baqylau_sync::testing::SeededRandom;
use baqylau_sync::{HandoverError, Listener, hand_over};
use std::net::{IpAddr, Ipv4Addr};

const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

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
    assert_eq!(serving.await.expect("it ends"), Ok(()));
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
    assert_eq!(serving.await.expect("it ends"), Err(HandoverError::Guessed));
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
    assert_eq!(serving.await.expect("it ends"), Ok(()));
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
    assert_eq!(serving.await.expect("it ends"), Ok(()));
}
