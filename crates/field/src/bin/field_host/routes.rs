//! `POST /api/{command}`, `GET /api/events`, and the built interface.

use crate::{HostClock, guard};
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::sse::{Event as SseEvent, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router, middleware};
use baqylau_domain::Moment;
use baqylau_field::Core;
use baqylau_field::view::Event;
use futures_util::Stream;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::path::Path as FilePath;
use std::sync::Arc;
use tokio::sync::broadcast::error::RecvError;
use tower_http::services::{ServeDir, ServeFile};
use tower_http::set_header::SetResponseHeaderLayer;

/// A bundle of the largest size in base64, and the rest of the request.
const BODY_BYTES: usize = 88 * 1024 * 1024;
/// The same walls as the window's: nothing from elsewhere, nothing inside a frame.
const CONTENT_SECURITY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'none'";

/// The whole host.
pub(crate) fn app(
    core: Core,
    ui: Option<&FilePath>,
    address: SocketAddr,
    control: Option<Arc<HostClock>>,
) -> Router {
    let mut app = Router::new()
        .route("/api/events", get(events))
        .route("/api/{command}", post(call))
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .with_state(core);
    if let Some(clock) = control {
        app = app.merge(
            Router::new()
                .route("/control/clock", post(set_clock))
                .with_state(clock),
        );
    }
    if let Some(ui) = ui {
        let page = ui.join("field.html");
        app = app
            .route_service("/", ServeFile::new(page))
            .fallback_service(ServeDir::new(ui));
    }
    let set =
        |name, value| SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value));
    app.layer(set(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY))
        .layer(set(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(set(header::REFERRER_POLICY, "no-referrer"))
        .layer(set(header::CACHE_CONTROL, "no-store"))
        .layer(middleware::from_fn_with_state(
            address,
            guard::own_pages_only,
        ))
}

async fn call(
    State(core): State<Core>,
    Path(command): Path<String>,
    Json(args): Json<serde_json::Value>,
) -> Response {
    match core.call(&command, args).await {
        Ok(result) => Json(result).into_response(),
        Err(failure) => (StatusCode::UNPROCESSABLE_ENTITY, Json(failure)).into_response(),
    }
}

async fn events(State(core): State<Core>) -> Sse<impl Stream<Item = Result<SseEvent, Infallible>>> {
    let stream = futures_util::stream::unfold(core.subscribe(), |mut events| async move {
        let event = match events.recv().await {
            Ok(event) => event,
            // A slow page missed some: it asks for everything again.
            Err(RecvError::Lagged(_)) => Event::ReportsChanged,
            Err(RecvError::Closed) => return None,
        };
        let message = SseEvent::default().json_data(event).unwrap_or_default();
        Some((Ok(message), events))
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}

async fn set_clock(State(clock): State<Arc<HostClock>>, Json(to): Json<Moment>) -> StatusCode {
    clock.set(to);
    StatusCode::NO_CONTENT
}
