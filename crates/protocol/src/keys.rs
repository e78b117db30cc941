//! Keys. Secret halves are wiped when dropped and cannot be printed.

use crate::Checkpoint;
use baqylau_domain::DeviceId;
use ed25519_dalek::Signer as _;
use hmac::{Hmac, KeyInit as _, Mac as _};
use hpke::{Kem, Serializable as _, kem::X25519HkdfSha256};
use rand_core::CryptoRng;
use sha2::{Digest as _, Sha256};
use std::fmt;
use zeroize::Zeroizing;

/// An Ed25519 signature.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Signature(pub [u8; 64]);

macro_rules! signing_pair {
    ($(#[$doc:meta])* $secret:ident, $(#[$public_doc:meta])* $public:ident) => {
        $(#[$doc])*
        pub struct $secret(ed25519_dalek::SigningKey);

        $(#[$public_doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $public(pub [u8; 32]);

        impl $secret {
            /// A fresh key.
            pub fn generate(rng: &mut impl CryptoRng) -> Self {
                Self(ed25519_dalek::SigningKey::generate(rng))
            }

            /// The key that [`Self::to_bytes`] gave.
            #[must_use]
            pub fn from_bytes(bytes: &[u8; 32]) -> Self {
                Self(ed25519_dalek::SigningKey::from_bytes(bytes))
            }

            /// The secret, for an encrypted place to keep it in.
            #[must_use]
            pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
                Zeroizing::new(self.0.to_bytes())
            }

            /// The public half.
            #[must_use]
            pub fn public(&self) -> $public {
                $public(self.0.verifying_key().to_bytes())
            }

            pub(crate) fn sign(&self, domain: &[u8], message: &[u8]) -> Signature {
                Signature(self.0.sign(&[domain, message].concat()).to_bytes())
            }
        }

        impl $public {
            pub(crate) fn verifies(&self, domain: &[u8], message: &[u8], signature: &Signature) -> bool {
                let signature = ed25519_dalek::Signature::from_bytes(&signature.0);
                ed25519_dalek::VerifyingKey::from_bytes(&self.0)
                    .is_ok_and(|key| key.verify_strict(&[domain, message].concat(), &signature).is_ok())
            }
        }

        impl fmt::Debug for $public {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($public), "("))?;
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))?;
                f.write_str(")")
            }
        }
    };
}

signing_pair!(
    /// A device's signing key: made on the device, never leaves it.
    DeviceKey,
    /// A device's public key.
    DevicePublic
);
signing_pair!(
    /// Headquarters' key for receipts and device certificates.
    HqKey,
    /// The public half of headquarters' key.
    HqPublic
);
signing_pair!(
    /// The event's root key, kept offline: signs the configuration.
    RootKey,
    /// The public half of the root key; in every enrolment code.
    RootPublic
);

/// What a device and headquarters share to make mailbox tags.
pub struct Mailbox(Zeroizing<[u8; 32]>);

/// Tells whoever has a device's mailbox secret that a segment is that device's, and a carrier nothing: no two have anything
/// in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MailboxTag(pub [u8; 16]);

/// Headquarters' key to open segments with.
pub struct SealSecret {
    id: u32,
    secret: Zeroizing<[u8; 32]>,
}

/// Suite 1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305.
pub(crate) const SUITE_X25519: u8 = 1;

/// The public key that devices seal to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SealKey {
    /// Its id in the outer header.
    pub id: u32,
    /// The cipher suite; 1 is X25519, HKDF-SHA256, ChaCha20-Poly1305.
    pub suite: u8,
    /// The public key.
    pub public: [u8; 32],
}

impl DeviceKey {
    /// The secret behind its segments' tags (sent to headquarters once, at enrolment).
    #[must_use]
    pub fn mailbox(&self) -> Mailbox {
        let secret = Sha256::new()
            .chain_update(b"obs-mailbox-v1")
            .chain_update(self.to_bytes().as_slice())
            .finalize();
        Mailbox(Zeroizing::new(secret.into()))
    }

    pub(crate) fn agree(&self, hq: &HqPublic) -> Option<Zeroizing<[u8; 32]>> {
        agree(&self.0, &hq.0)
    }
}

impl HqKey {
    pub(crate) fn agree(&self, device: &DevicePublic) -> Option<Zeroizing<[u8; 32]>> {
        agree(&self.0, &device.0)
    }

    /// Signs a checkpoint's text as it stands: other tools, which know no domain words, check such notes.
    ///
    /// It cannot pass for any other signature of this key, nor another for it: a checkpoint's text begins with
    /// `baqylau/`, everything else that is signed here with a domain word, and each of those with `obs-`. That no
    /// other text is ever signed bare is why this takes a checkpoint and not bytes.
    pub(crate) fn sign_checkpoint(&self, checkpoint: &Checkpoint) -> Signature {
        self.sign(b"", checkpoint.text().as_bytes())
    }
}

impl DevicePublic {
    /// The device's id: the first 16 bytes of SHA-256 over its public key.
    #[must_use]
    pub fn id(&self) -> DeviceId {
        DeviceId(first_16(&Sha256::digest(self.0).into()))
    }
}

impl Mailbox {
    /// A mailbox secret from its bytes.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Its bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        self.0.clone()
    }

    /// The tag of the segment with this encapsulated key, which no other segment has.
    #[must_use]
    pub fn tag(&self, encapped: &[u8; 32]) -> MailboxTag {
        MailboxTag(first_16(&hmac(&self.0, encapped)))
    }
}

impl SealSecret {
    /// A fresh key.
    pub fn generate(id: u32, rng: &mut impl CryptoRng) -> Self {
        let mut secret = Zeroizing::new([0; 32]);
        rng.fill_bytes(secret.as_mut());
        Self { id, secret }
    }

    /// The key that [`Self::to_bytes`] gave.
    #[must_use]
    pub fn from_bytes(id: u32, bytes: [u8; 32]) -> Self {
        Self {
            id,
            secret: Zeroizing::new(bytes),
        }
    }

    /// The secret, for a protected place to keep it in.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        self.secret.clone()
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.id
    }

    pub(crate) fn private(&self) -> <X25519HkdfSha256 as Kem>::PrivateKey {
        X25519HkdfSha256::derive_keypair(self.secret.as_ref()).0
    }

    /// The public half, as the configuration announces it.
    #[must_use]
    pub fn public(&self) -> SealKey {
        let public = X25519HkdfSha256::derive_keypair(self.secret.as_ref())
            .1
            .to_bytes()
            .into();
        SealKey {
            id: self.id,
            suite: SUITE_X25519,
            public,
        }
    }
}

/// HMAC-SHA-256. It fills a short key up with zeros; doing so here leaves no length to be wrong.
pub(crate) fn hmac(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    let mut filled = Zeroizing::new([0; 64]);
    filled[..32].copy_from_slice(key);
    let mac = Hmac::<Sha256>::new((&*filled).into()).chain_update(message);
    mac.finalize().into_bytes().into()
}

/// The secret that two Ed25519 keys have in common: X25519 over the same points. `None` for what is no key, or one that
/// would make the secret known to all.
fn agree(secret: &ed25519_dalek::SigningKey, public: &[u8; 32]) -> Option<Zeroizing<[u8; 32]>> {
    let public = ed25519_dalek::VerifyingKey::from_bytes(public).ok()?;
    let shared = public
        .to_montgomery()
        .mul_clamped(*Zeroizing::new(secret.to_scalar_bytes()));
    (!public.is_weak()).then(|| Zeroizing::new(shared.to_bytes()))
}

fn first_16(hash: &[u8; 32]) -> [u8; 16] {
    let mut first = [0; 16];
    first.copy_from_slice(&hash[..16]);
    first
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signature(")?;
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))?;
        f.write_str(")")
    }
}
