//! Where errors of the crates below become codes: here, once, with the log line.

use crate::error::ErrorCode;
use crate::view::Failure;
use baqylau_domain::ReportState;
use baqylau_forms::WireError;
use baqylau_protocol::{
    ApiError, BundleError, ConfigError, CustodyError, DecodeError, EnrolCodeError, FrameError,
    QuarantineCode, Refusal,
};
use baqylau_store::{
    AsideReason, ChangePinError, CreateError, KeyStoreError, StoreError, UnlockError,
};
use baqylau_sync::http::HttpError;
use baqylau_sync::{EnrolError, HandoverError, JournalError, SyncError};
use thiserror::Error;

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        use StoreError as E;
        match &error {
            E::NoReport(_) => return ErrorCode::UnknownReport.failure(),
            E::Transition(refused) => return wrong_state(refused.from),
            E::Sealed => return ErrorCode::Sealed.failure(),
            E::NotEditable(state) => return wrong_state(*state),
            E::NotDiscardable => return wrong_state(ReportState::Finished),
            E::NotEnrolled => return ErrorCode::NotEnrolled.failure(),
            E::AlreadyEnrolled => return ErrorCode::AlreadyEnrolled.failure(),
            E::CarriedFull => return ErrorCode::CarryFull.failure(),
            E::DiskFull => {
                tracing::error!("the disk is full");
                return ErrorCode::DiskFull.failure();
            }
            E::ConfigRollback { .. } | E::HashMismatch | E::ReceiptMismatch { .. } => {
                tracing::error!(%error, "headquarters sent what must not be kept");
                return ErrorCode::BadReply.with("detail", &error);
            }
            E::Corrupt => {
                tracing::error!("the store is damaged");
                return ErrorCode::StoreDamaged.failure();
            }
            _ => {}
        }
        tracing::error!(?error, "the store failed");
        ErrorCode::StorageFailed.with("detail", &error)
    }
}

/// What a state that does not allow it comes to: most often somebody edits what is finished.
pub(crate) fn wrong_state(state: ReportState) -> Failure {
    match state {
        ReportState::Finished => ErrorCode::Finished.failure(),
        ReportState::Draft => ErrorCode::WrongState.with("state", "draft"),
        ReportState::Correcting => ErrorCode::WrongState.with("state", "correcting"),
        ReportState::Withdrawn => ErrorCode::WrongState.with("state", "withdrawn"),
    }
}

impl From<UnlockError> for Failure {
    fn from(error: UnlockError) -> Self {
        match error {
            UnlockError::None => ErrorCode::NotEnrolled.failure(),
            UnlockError::WrongPin { retry_in_s, .. } => {
                ErrorCode::WrongPin.with("retry_in_s", retry_in_s)
            }
            UnlockError::Wait { retry_in_s } => ErrorCode::PinDelay.with("retry_in_s", retry_in_s),
            UnlockError::SetAside { reason, .. } => {
                tracing::error!(?reason, "the store was set aside");
                match reason {
                    AsideReason::TooNew => ErrorCode::StoreTooNew.failure(),
                    AsideReason::Corrupt
                    | AsideReason::Incomplete
                    | AsideReason::Forked
                    | AsideReason::Restored => ErrorCode::StoreDamaged.failure(),
                }
            }
            UnlockError::Wiped => {
                tracing::warn!("the last allowed PIN was wrong: everything was destroyed");
                ErrorCode::Wiped.failure()
            }
            UnlockError::KeyStore(error) => {
                tracing::warn!(%error, "the PIN was not tried");
                match error {
                    KeyStoreError::Silent => ErrorCode::KeyStoreSilent.failure(),
                    KeyStoreError::Missing => ErrorCode::KeyStoreMissing.failure(),
                }
            }
            UnlockError::InUse => ErrorCode::StoreInUse.failure(),
            UnlockError::Store(error) => error.into(),
        }
    }
}

impl From<CreateError> for Failure {
    fn from(error: CreateError) -> Self {
        match error {
            CreateError::Exists => ErrorCode::AlreadyEnrolled.failure(),
            CreateError::InUse => ErrorCode::StoreInUse.failure(),
            CreateError::EmptyPin => ErrorCode::WeakPin.with("least", 1),
            CreateError::Store(error) => error.into(),
        }
    }
}

impl From<ChangePinError> for Failure {
    fn from(error: ChangePinError) -> Self {
        match error {
            ChangePinError::EmptyPin => ErrorCode::WeakPin.with("least", 1),
            ChangePinError::Old(error) => error.into(),
            ChangePinError::Store(error) => error.into(),
        }
    }
}

impl From<EnrolCodeError> for Failure {
    fn from(error: EnrolCodeError) -> Self {
        tracing::info!(code = error.code(), "an enrolment code was mistyped");
        ErrorCode::BadEnrolCode.failure()
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        tracing::error!(%error, "headquarters' configuration or certificate is not to be believed");
        ErrorCode::BadReply.with("detail", error)
    }
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        tracing::info!(code = error.code(), "headquarters did not answer as hoped");
        match error {
            ApiError::Unreachable => ErrorCode::Unreachable.failure(),
            ApiError::TimedOut | ApiError::Interrupted => ErrorCode::Interrupted.failure(),
            ApiError::Proxy => ErrorCode::ProxyFailed.failure(),
            ApiError::Intercepted => ErrorCode::NotHeadquarters.failure(),
            ApiError::CaptivePortal => ErrorCode::CaptivePortal.failure(),
            ApiError::Busy { retry_after_s } => {
                ErrorCode::Busy.with("retry_in_s", retry_after_s.unwrap_or(0))
            }
            ApiError::Refused(refusal) => refused(refusal),
            ApiError::Server { .. } | ApiError::Unreadable => {
                ErrorCode::BadReply.with("detail", error.code())
            }
        }
    }
}

fn refused(refusal: Refusal) -> Failure {
    match refusal {
        Refusal::CodeUnknown | Refusal::CodeUsed | Refusal::CodeExpired => {
            ErrorCode::EnrolRefused.with("reason", refusal.code())
        }
        Refusal::NotEnrolled => ErrorCode::DeviceRevoked.failure(),
        Refusal::Version => ErrorCode::AppTooOld.failure(),
        _ => ErrorCode::BadReply.with("detail", refusal.code()),
    }
}

impl From<EnrolError> for Failure {
    fn from(error: EnrolError) -> Self {
        match error {
            EnrolError::Api(error) => error.into(),
            EnrolError::Config(error) => error.into(),
        }
    }
}

impl From<SyncError> for Failure {
    fn from(error: SyncError) -> Self {
        match error {
            SyncError::Api(error) => return error.into(),
            SyncError::Journal(JournalError::DiskFull) => return ErrorCode::DiskFull.failure(),
            SyncError::Journal(JournalError::Damaged) => return ErrorCode::StoreDamaged.failure(),
            SyncError::Journal(JournalError::Locked) => return ErrorCode::Locked.failure(),
            SyncError::SealedNotOpened(_) => return ErrorCode::SealedNotOpened.failure(),
            SyncError::SealedLost(_) => return ErrorCode::SealedLost.failure(),
            SyncError::NotEnrolled => return ErrorCode::NotEnrolled.failure(),
            SyncError::Revoked => return ErrorCode::DeviceRevoked.failure(),
            SyncError::Journal(JournalError::Storage) => {
                return ErrorCode::StorageFailed.with("detail", error);
            }
            _ => {}
        }
        tracing::error!(%error, "the exchange was stopped");
        match error {
            SyncError::Quarantined(QuarantineCode::Fork | QuarantineCode::BadChain) => {
                ErrorCode::JournalForked.failure()
            }
            SyncError::Quarantined(code) => ErrorCode::SetAside.with("reason", code.as_str()),
            SyncError::EntryTooLarge(_) | SyncError::Seal(_) | SyncError::Picture(_) => {
                ErrorCode::CannotSend.with("detail", error.code())
            }
            _ => ErrorCode::BadReply.with("detail", error.code()),
        }
    }
}

impl From<BundleError> for Failure {
    fn from(error: BundleError) -> Self {
        tracing::info!(code = error.code(), "a bundle was not taken in");
        match error {
            BundleError::NotABundle => ErrorCode::NotABundle.failure(),
            BundleError::UnknownMajor(_) => ErrorCode::BundleTooNew.failure(),
            BundleError::TooLarge | BundleError::Decode(DecodeError::TooLarge) => {
                ErrorCode::BundleTooLarge.failure()
            }
            BundleError::Damaged | BundleError::Decode(_) => ErrorCode::BundleDamaged.failure(),
        }
    }
}

impl From<FrameError> for Failure {
    fn from(error: FrameError) -> Self {
        match error {
            FrameError::TooLarge => ErrorCode::BundleTooLarge.failure(),
            FrameError::NotAFrame | FrameError::Damaged => ErrorCode::NotACode.failure(),
            FrameError::OtherSet | FrameError::Inconsistent => ErrorCode::CodesDamaged.failure(),
        }
    }
}

impl From<CustodyError> for Failure {
    fn from(error: CustodyError) -> Self {
        tracing::warn!(%error, "a carrier's word is not to be believed");
        ErrorCode::CarrierNotBelieved.failure()
    }
}

impl From<HandoverError> for Failure {
    fn from(error: HandoverError) -> Self {
        tracing::info!(%error, "a hand-over did not happen");
        match error {
            HandoverError::Unreachable => ErrorCode::CarrierUnreachable.failure(),
            HandoverError::OtherKey => ErrorCode::NotTheCarrier.failure(),
            HandoverError::BadToken | HandoverError::Guessed => ErrorCode::HandoverOver.failure(),
            HandoverError::Refused(reason) => ErrorCode::CarrierRefused.with("reason", reason),
            HandoverError::Broken => ErrorCode::HandoverBroken.failure(),
            HandoverError::TooLarge => ErrorCode::BundleTooLarge.failure(),
            HandoverError::NoNetwork | HandoverError::Tls => ErrorCode::NoLocalNetwork.failure(),
        }
    }
}

impl From<HttpError> for Failure {
    fn from(error: HttpError) -> Self {
        tracing::error!(%error, "an address cannot be used");
        match error {
            HttpError::Proxy => ErrorCode::BadProxy.failure(),
            HttpError::Endpoint | HttpError::Tls => ErrorCode::BadReply.with("detail", error),
        }
    }
}

/// Why a step was not appended to the journal.
#[derive(Debug, Error)]
pub(crate) enum StepError {
    /// The store refused or failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An answer does not fit the form it was given in.
    #[error(transparent)]
    Answers(#[from] WireError),
}

impl From<StepError> for Failure {
    fn from(error: StepError) -> Self {
        match error {
            StepError::Store(error) => error.into(),
            StepError::Answers(error) => {
                tracing::error!(%error, "saved answers do not fit their form");
                ErrorCode::StorageFailed.with("detail", error)
            }
        }
    }
}
