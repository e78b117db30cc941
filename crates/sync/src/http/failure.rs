//! What a failed connection means.

use baqylau_protocol::ApiError;
use std::error::Error;

/// The error that a failed request stands for. Connections through a proxy are the proxy's to refuse.
pub(super) fn meaning(error: &reqwest::Error, has_proxy: bool) -> ApiError {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(current) = cause {
        if let Some(tls) = current.downcast_ref() {
            return of_tls(tls);
        }
        cause = inside(current);
    }
    if error.is_connect() {
        // Also when connecting took too long: no byte of the request has left.
        if has_proxy {
            ApiError::Proxy
        } else {
            ApiError::Unreachable
        }
    } else if error.is_timeout() {
        ApiError::TimedOut
    } else {
        ApiError::Interrupted
    }
}

/// The next error inwards. An I/O error's `source` would step over the error it carries.
fn inside<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    let carried = error
        .downcast_ref::<std::io::Error>()
        .and_then(std::io::Error::get_ref);
    carried.map_or_else(|| error.source(), |carried| Some(carried))
}

fn of_tls(error: &rustls::Error) -> ApiError {
    match error {
        // Plain text where TLS was expected: a portal that answers for everybody.
        rustls::Error::InvalidMessage(_) => ApiError::CaptivePortal,
        rustls::Error::InvalidCertificate(_)
        | rustls::Error::PeerIncompatible(_)
        | rustls::Error::PeerMisbehaved(_)
        | rustls::Error::AlertReceived(_)
        | rustls::Error::InvalidEncryptedClientHello(_)
        | rustls::Error::NoCertificatesPresented
        | rustls::Error::UnsupportedNameType => ApiError::Intercepted,
        _ => ApiError::Unreachable,
    }
}

/// Which of two failures tells the user more.
pub(super) fn more_telling(a: ApiError, b: ApiError) -> ApiError {
    fn rank(error: &ApiError) -> u8 {
        match error {
            ApiError::Unreachable => 0,
            ApiError::TimedOut => 1,
            ApiError::Interrupted => 2,
            ApiError::Proxy => 3,
            ApiError::Unreadable => 4,
            ApiError::CaptivePortal => 5,
            ApiError::Server { .. } => 6,
            ApiError::Intercepted => 7,
            ApiError::Busy { .. } => 8,
            ApiError::Refused(_) => 9,
        }
    }
    if rank(&b) > rank(&a) { b } else { a }
}
