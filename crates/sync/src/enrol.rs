//! Enrolment: from a code to a certificate.

use baqylau_protocol::{
    ApiError, Certificate, Config, ConfigError, DeviceKey, EnrolCode, EnrolRequest,
    SignedCertificate, SignedConfig, SyncApi,
};
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

/// Requests of one enrolment: a lost answer must not use the code up, and asking again with the same key is free.
const ATTEMPTS: u32 = 3;

impl EnrolError {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Api(error) => error.code(),
            Self::Config(_) => "enrolment_invalid",
        }
    }
}

/// Asks headquarters to enrol the device with this key, and checks the answer down to the code's root key.
/// Records nothing.
pub async fn enrol(
    api: &dyn SyncApi,
    code: &EnrolCode,
    key: &DeviceKey,
) -> Result<Enrolment, EnrolError> {
    let mut attempt = 1;
    let reply = loop {
        match api.enrol(EnrolRequest::new(code.secret.clone(), key)).await {
            Err(error) if attempt < ATTEMPTS && error.is_temporary() => attempt += 1,
            answer => break answer?,
        }
    };
    let parsed_config = reply.config.verify(&code.root)?;
    parsed_config.seal_key()?;
    let parsed_certificate = reply.certificate.verify(&parsed_config.hq)?;
    if parsed_certificate.event != parsed_config.event {
        return Err(ConfigError::WrongEvent.into());
    }
    if parsed_certificate.public != key.public() {
        return Err(ConfigError::WrongDevice.into());
    }
    Ok(Enrolment {
        config: reply.config,
        parsed_config,
        certificate: reply.certificate,
        parsed_certificate,
        server_epoch: reply.server_epoch,
    })
}
