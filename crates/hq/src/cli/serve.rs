//! `baqylau-hq serve`.

use super::Serve;
use super::output::Output;
use crate::error::HqError;
use crate::server::{Options, Server};
use serde_json::json;
use std::process::ExitCode;

pub(super) fn run(serve: Serve, output: &mut Output) -> Result<ExitCode, HqError> {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into()),
        )
        .init();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(HqError::Listen)?;
    runtime.block_on(listen(serve, output))
}

async fn listen(serve: Serve, output: &mut Output) -> Result<ExitCode, HqError> {
    let Serve {
        mission,
        data,
        listen,
        endpoint,
        ui,
        json,
    } = serve;
    let options = Options {
        listen,
        endpoints: endpoint,
        ui,
        ..Options::new(mission, data)
    };
    let mut running = Server::start(options).await?;
    let link = running.make_admin_link().await?;
    let address = format!("https://{}", running.addr);
    let spki = data_encoding::HEXLOWER.encode(&running.spki.0);
    if json {
        output.print(&json!({ "address": address, "spki": spki, "admin_link": link }).to_string());
    } else {
        output.say("serve-listening", &[("address", &address)]);
        output.say("serve-key", &[("spki", &spki)]);
        output.say("serve-link", &[("link", &link)]);
        if !running.addr.ip().is_loopback() {
            output.complain("serve-not-loopback", &[("address", &address)]);
        }
    }
    tokio::select! {
        ended = running.ended() => {
            ended?;
            return Ok(ExitCode::SUCCESS);
        }
        () = asked_to_stop() => {}
    }
    running.stop().await;
    if !json {
        output.say("serve-stopped", &[]);
    }
    Ok(ExitCode::SUCCESS)
}

/// Ctrl-C, or the system's polite request.
async fn asked_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    // Without a way to be told, the process is ended from outside, which the ledger survives.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
