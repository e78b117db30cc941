//! Device certificates: headquarters' word on whose device a key is.

use crate::cbor::{MapReader, MapWriter};
use crate::{ConfigError, DecodeError, DevicePublic, EventId, HqKey, HqPublic, Signed, limits};
use baqylau_domain::{Role, TeamCode};

const DOMAIN: &[u8] = b"obs-cert-v1";

/// A device's certificate under headquarters' key.
pub type SignedCertificate = Signed<Certificate>;

/// What headquarters says about an enrolled device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// The event.
    pub event: EventId,
    /// The device's key.
    pub public: DevicePublic,
    /// A name that tells nobody who the holder is.
    pub pseudonym: String,
    /// The team.
    pub team: TeamCode,
    /// What its holder is.
    pub role: Role,
    /// Valid from, UTC milliseconds.
    pub from_ms: i64,
    /// Valid until, UTC milliseconds.
    pub until_ms: i64,
}

impl Certificate {
    /// Signs it.
    #[must_use]
    pub fn sign(&self, hq: &HqKey) -> SignedCertificate {
        let payload = MapWriter::default()
            .text(0, &self.event.0)
            .bytes(1, &self.public.0)
            .text(2, &self.pseudonym)
            .text(3, self.team.as_str())
            .uint(4, role_number(self.role))
            .int(5, self.from_ms)
            .int(6, self.until_ms)
            .finish();
        Signed::of(&hq.sign(DOMAIN, &payload), &payload)
    }

    fn decode(payload: &[u8]) -> Result<Self, DecodeError> {
        let mut map = MapReader::read(payload)?;
        Ok(Self {
            event: EventId(map.text(0)?),
            public: DevicePublic(map.array(1)?),
            pseudonym: map.text(2)?,
            team: TeamCode(map.text(3)?),
            role: role_of(map.uint(4)?).ok_or(DecodeError::Malformed)?,
            from_ms: map.int(5)?,
            until_ms: map.int(6)?,
        })
    }
}

impl SignedCertificate {
    /// Checks the signature, then reads.
    ///
    /// # Errors
    /// [`ConfigError`] when it is unreadable or not by `hq`.
    pub fn verify(&self, hq: &HqPublic) -> Result<Certificate, ConfigError> {
        let (signature, payload) = self.parts(limits::CERTIFICATE_BYTES)?;
        if !hq.verifies(DOMAIN, payload, &signature) {
            return Err(ConfigError::BadSignature);
        }
        Ok(Certificate::decode(payload)?)
    }
}

fn role_number(role: Role) -> u64 {
    match role {
        Role::Observer => 0,
        Role::LongTermObserver => 1,
        Role::TeamLeader => 2,
    }
}

fn role_of(number: u64) -> Option<Role> {
    [Role::Observer, Role::LongTermObserver, Role::TeamLeader]
        .into_iter()
        .find(|role| role_number(*role) == number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_is_certified_as_what_it_is() {
        let hq = HqKey::from_bytes(&[7; 32]);
        for role in [Role::Observer, Role::LongTermObserver, Role::TeamLeader] {
            let certificate = Certificate {
                event: EventId("kz-2011".into()),
                public: DevicePublic([1; 32]),
                pseudonym: "T001-1".into(),
                team: TeamCode("T001".into()),
                role,
                from_ms: -1,
                until_ms: 9,
            };
            let signed = certificate.sign(&hq);
            assert_eq!(signed.verify(&hq.public()), Ok(certificate));
            let stranger = HqKey::from_bytes(&[8; 32]).public();
            assert_eq!(signed.verify(&stranger), Err(ConfigError::BadSignature));
        }
        assert_eq!(role_of(3), None, "a role of a later version");
    }
}
