//! A hand-over by the network in the room: one device shows a code and waits, the other comes to it.

use crate::cases::carriers::hand::{Waiting, label};
use crate::cases::carriers::load::{answer, pack};
use crate::cases::carriers::picture;
use crate::cases::carriers::take_in::take_in;
use crate::commands::{HandOverArgs, ListenArgs, Nothing};
use crate::core::{Opened, blocking};
use crate::error::ErrorCode;
use crate::view::{Event, Failure, HandedOver, Listening, Load};
use baqylau_domain::{Moment, Road, TeamCode};
use baqylau_protocol::{Bundle, HandoverCode, SegmentHash};
use baqylau_sync::Listener;
use std::collections::BTreeSet;
use std::time::Duration;

/// How long a code is good that nobody uses.
const PATIENCE: Duration = Duration::from_secs(600);

/// Begins to wait for one hand-over.
pub(crate) async fn listen(opened: Opened, args: ListenArgs) -> Result<Listening, Failure> {
    let label = label(args.label.as_deref())?;
    let inner = &opened.core.0;
    if inner.hands.listening.lock().is_some() {
        return Err(ErrorCode::AlreadyListening.failure());
    }
    let listener = Listener::open(&inner.connector.addresses(), &*inner.ids).await?;
    let now = opened.core.now();
    let patience = i64::try_from(PATIENCE.as_millis()).unwrap_or(0);
    let shown = Listening {
        code: picture::draw(0, listener.code().to_text())?,
        addresses: listener
            .code()
            .addresses
            .iter()
            .map(ToString::to_string)
            .collect(),
        label: label.clone(),
        until: Moment {
            utc_ms: now.utc_ms + patience,
            ..now
        },
    };
    let mut listening = inner.hands.listening.lock();
    if listening.is_some() {
        return Err(ErrorCode::AlreadyListening.failure());
    }
    let task = tokio::spawn(wait(opened.clone(), listener, label)).abort_handle();
    *listening = Some(Waiting {
        shown: shown.clone(),
        task,
    });
    Ok(shown)
}

/// Waits no longer.
pub(crate) fn stop_listening(opened: &Opened, nothing: Nothing) -> Result<Nothing, Failure> {
    if let Some(waiting) = opened.core.0.hands.listening.lock().take() {
        waiting.task.abort();
    }
    opened.core.emit(Event::CarriersChanged);
    Ok(nothing)
}

async fn wait(opened: Opened, listener: Listener, label: Option<String>) {
    let take = |bundle: Vec<u8>| {
        let (opened, label) = (opened.clone(), label.clone());
        async move {
            blocking(move || take(&opened, &bundle, label))
                .await
                .map_err(|failure| failure.code)
        }
    };
    let served = tokio::select! {
        served = tokio::time::timeout(PATIENCE, listener.serve(take)) => served.ok(),
        () = opened.session.left() => None,
    };
    if let Some(Err(error)) = served {
        tracing::warn!(%error, "a hand-over ended badly");
    }
    opened.core.0.hands.listening.lock().take();
    opened.core.emit(Event::CarriersChanged);
}

/// Takes a bundle over; it is on disk before the answer with this device's word goes back.
fn take(opened: &Opened, bytes: &[u8], label: Option<String>) -> Result<Vec<u8>, Failure> {
    let taken = take_in(opened, bytes, label, Road::Network)?;
    let reply = answer(opened, &taken.names)?;
    *opened.core.0.hands.arrived.lock() = Some(taken.said);
    Ok(reply)
}

/// Hands everything to the carrier whose screen shows the code, and takes in what comes back.
pub(crate) async fn hand_over(opened: Opened, args: HandOverArgs) -> Result<HandedOver, Failure> {
    let code = HandoverCode::from_text(&args.code).map_err(|error| {
        tracing::info!(code = error.code(), "the code of a hand-over was mistyped");
        ErrorCode::BadHandoverCode.failure()
    })?;
    let packing = opened.clone();
    let packed = blocking(move || pack(&packing, Load::All, Road::Network)).await?;
    let reply = tokio::select! {
        reply = baqylau_sync::hand_over(&code, &packed.bytes) => reply?,
        () = opened.session.left() => return Err(ErrorCode::Locked.failure()),
    };
    blocking(move || {
        let wanted: BTreeSet<SegmentHash> = packed.own.into_iter().chain(packed.carried).collect();
        let (by, named) = signed_for(&opened, &reply, &wanted)?;
        let taken = take_in(&opened, &reply, None, Road::Network)?.said;
        let pictures = packed.own_pictures.iter().chain(&packed.carried_pictures);
        // The carrier may have no room for all of them, or know of none: what it has not signed for, it has not taken.
        let left = pictures.filter(|name| !named.contains(*name)).count();
        let left = u32::try_from(left).unwrap_or(u32::MAX);
        let mut holds = packed.holds;
        holds.pictures = holds.pictures.saturating_sub(left);
        holds.pictures_left = holds.pictures_left.saturating_add(left);
        Ok(HandedOver { by, holds, taken })
    })
    .await
}

/// The team that signed for all of these segments, and all that it signed for. Without that nothing was handed over,
/// whatever was sent.
fn signed_for(
    opened: &Opened,
    reply: &[u8],
    wanted: &BTreeSet<SegmentHash>,
) -> Result<(TeamCode, BTreeSet<SegmentHash>), Failure> {
    let bundle = Bundle::decode(reply)?;
    let config = opened.session.library().config.clone();
    let mut named = BTreeSet::new();
    let mut by = None;
    for word in &bundle.custody {
        let (carrier, custody) = word.verify(&config)?;
        named.extend(custody.segments);
        by = Some(carrier.team);
    }
    by.filter(|_| wanted.is_subset(&named))
        .map(|by| (by, named))
        .ok_or_else(|| ErrorCode::CarrierNotBelieved.failure())
}
