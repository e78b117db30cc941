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

#[cfg(test)]
mod tests {
    use super::*;
    use baqylau_protocol::Refusal;

    #[test]
    fn of_two_failures_the_more_telling_is_kept() {
        let rising = [
            ApiError::Unreachable,
            ApiError::TimedOut,
            ApiError::Interrupted,
            ApiError::Proxy,
            ApiError::Unreadable,
            ApiError::CaptivePortal,
            ApiError::Server { status: 500 },
            ApiError::Intercepted,
            ApiError::Busy {
                retry_after_s: None,
            },
            ApiError::Refused(Refusal::Version),
        ];
        for (place, one) in rising.iter().enumerate() {
            for other in &rising[place..] {
                let kept = more_telling(one.clone(), other.clone());
                assert_eq!(&kept, other);
                let kept = more_telling(other.clone(), one.clone());
                assert_eq!(&kept, other);
            }
        }
        let (first, second) = (500, 502);
        let server = |status| ApiError::Server { status };
        let kept = more_telling(server(first), server(second));
        assert_eq!(kept, server(first), "of two alike the first");
    }

    #[test]
    fn plain_text_is_a_portal_and_another_key_somebody_in_between() {
        use rustls::{CertificateError, InvalidMessage};
        let plain = rustls::Error::InvalidMessage(InvalidMessage::InvalidContentType);
        assert_eq!(of_tls(&plain), ApiError::CaptivePortal);
        for error in [
            rustls::Error::InvalidCertificate(CertificateError::BadSignature),
            rustls::Error::AlertReceived(rustls::AlertDescription::HandshakeFailure),
            rustls::Error::NoCertificatesPresented,
        ] {
            assert_eq!(of_tls(&error), ApiError::Intercepted);
        }
        let ours = rustls::Error::FailedToGetCurrentTime;
        assert_eq!(of_tls(&ours), ApiError::Unreachable);
    }
}
