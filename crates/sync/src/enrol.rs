//! Enrolment: from a code to a certificate.

use baqylau_protocol::{ApiError, Certificate, Config, ConfigError, DeviceKey, EnrolCode, SignedCertificate, SignedConfig, SyncApi};
use thiserror::Error;

/// What a device keeps of its enrolment; everything in it is verified.
#[derive(Debug)]
pub struct Enrolment {
    /// The configuration as signed.
    pub config: SignedConfig,
    /// What it says.
    pub parsed_config: Config,
    /// The certificate as signed.
    pub certificate: SignedCertificate,
    /// What it says.
    pub parsed_certificate: Certificate,
    /// Headquarters' epoch.
    pub server_epoch: u64,
}

/// Why a device was not enrolled.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EnrolError {
    /// No answer, or a refusal.
    #[error(transparent)]
    Api(#[from] ApiError),
    /// The answer is not signed by the code's root, or is for another device.
    #[error(transparent)]
    Config(#[from] ConfigError),
}

impl EnrolError {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        unimplemented!()
    }
}

/// Asks headquarters to enrol the device with this key, and checks the answer down to the code's root key.
/// Records nothing.
pub async fn enrol(api: &dyn SyncApi, code: &EnrolCode, key: &DeviceKey) -> Result<Enrolment, EnrolError> {
    let _ = (api.enrol, code, key);
    unimplemented!()
}
