//! Keeps other pages of the same browser, and names that resolve to this machine, away from the core.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use std::net::SocketAddr;

/// Lets a request through only when it names this very address and, if a page made it, one of ours.
pub(crate) async fn own_pages_only(
    State(address): State<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    if is_ours(request.headers(), address.port()) {
        next.run(request).await
    } else {
        StatusCode::FORBIDDEN.into_response()
    }
}

fn is_ours(headers: &HeaderMap, port: u16) -> bool {
    let names = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    // A foreign name that resolves to 127.0.0.1 comes with that name in `Host`.
    let host = text(header::HOST).is_some_and(|host| names.iter().any(|name| name == host));
    // Browsers name the page's origin on every POST and every cross-origin request; programs send none.
    let origin = match headers.get(header::ORIGIN) {
        None => true,
        Some(_) => text(header::ORIGIN)
            .and_then(|origin| origin.strip_prefix("http://"))
            .is_some_and(|origin| names.iter().any(|name| name == origin)),
    };
    let site = match headers.get("sec-fetch-site") {
        None => true,
        Some(site) => site == "same-origin" || site == "none",
    };
    host && origin && site
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderName;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| {
                (
                    HeaderName::from_static(name),
                    value.parse().expect("a value"),
                )
            })
            .collect()
    }

    #[test]
    fn our_own_page_and_a_program_on_this_machine_get_through() {
        assert!(is_ours(&headers(&[("host", "127.0.0.1:80")]), 80));
        assert!(is_ours(
            &headers(&[
                ("host", "localhost:80"),
                ("origin", "http://localhost:80"),
                ("sec-fetch-site", "same-origin")
            ]),
            80
        ));
    }

    #[test]
    fn other_pages_and_foreign_names_do_not() {
        for refused in [
            &[("host", "evil.example:80")][..],
            &[("host", "127.0.0.1:80"), ("origin", "https://evil.example")],
            &[("host", "127.0.0.1:80"), ("origin", "null")],
            &[("host", "127.0.0.1:80"), ("origin", "http://127.0.0.1:81")],
            &[("host", "127.0.0.1:80"), ("sec-fetch-site", "cross-site")],
            &[],
        ] {
            assert!(!is_ours(&headers(refused), 80), "{refused:?}");
        }
    }
}
