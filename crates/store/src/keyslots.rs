//! Key slots: the database's random key, wrapped under what a PIN derives.
//!
//! The file is a list. Beside the PIN's slot may lie the same key sealed to headquarters (`docs/adr/0013-a-forgotten-pin.md`);
//! other slots, such as an operating system's key store, can stand there too.

use crate::StoreError;
use crate::files::write_atomically;
use argon2::{Algorithm, Argon2, Params, Version};
use baqylau_domain::IdSource;
use baqylau_protocol::{AnswerSecret, RecoverySlot};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use data_encoding::BASE64;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::path::Path;
use zeroize::Zeroizing;

/// Cost of deriving a key from a PIN (Argon2id).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kdf {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Default for Kdf {
    /// 64 MiB and three passes: a seventh of a second on one desktop core, several times that on a phone.
    fn default() -> Self {
        Self {
            memory_kib: 64 * 1024,
            passes: 3,
            lanes: 1,
        }
    }
}

/// More memory than this in a file is damage or an attempt to stop the app, not a slot of ours.
const MOST_MEMORY_KIB: u32 = 1024 * 1024;
/// Slots of PINs alone, which every version reads.
const FORMAT: u32 = 1;
/// With a slot that earlier versions know nothing of: they must say that they are too old for it.
const FORMAT_WITH_RECOVERY: u32 = 2;

/// The database's key. Wiped from memory when dropped.
pub(crate) type DatabaseKey = Zeroizing<[u8; 32]>;

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct KeySlots {
    version: u32,
    slots: Vec<Slot>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Slot {
    /// Argon2id over the PIN; ChaCha20-Poly1305 over the key.
    Pin {
        kdf: Kdf,
        salt: String,
        nonce: String,
        wrapped: String,
    },
    /// The key, sealed to headquarters ([`RecoverySlot`]).
    Recovery { sealed: String },
}

/// Why key slots gave no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The PIN is wrong.
    WrongPin,
    /// Not a file of ours, or not any more.
    Unreadable,
    /// A newer program's.
    TooNew,
}

impl KeySlots {
    /// Wraps `key` under `pin`.
    pub(crate) fn seal(
        key: &DatabaseKey,
        pin: &str,
        kdf: Kdf,
        ids: &dyn IdSource,
    ) -> Result<Self, StoreError> {
        let (mut salt, mut nonce) = ([0_u8; 16], [0_u8; 12]);
        ids.fill(&mut salt);
        ids.fill(&mut nonce);
        let kek = derive(pin, &salt, kdf).ok_or(StoreError::Kdf)?;
        let wrapped = cipher(&kek)
            .encrypt(
                &Nonce::from(nonce),
                Payload {
                    msg: key.as_slice(),
                    aad: &bound(kdf, &salt),
                },
            )
            .map_err(|_| StoreError::Kdf)?;
        let slot = Slot::Pin {
            kdf,
            salt: BASE64.encode(&salt),
            nonce: BASE64.encode(&nonce),
            wrapped: BASE64.encode(&wrapped),
        };
        Ok(Self {
            version: FORMAT,
            slots: vec![slot],
        })
    }

    /// Reads the file's bytes.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        #[derive(Deserialize)]
        struct Versioned {
            version: u32,
        }
        let versioned: Versioned =
            serde_json::from_slice(bytes).map_err(|_| Refusal::Unreadable)?;
        if versioned.version > FORMAT_WITH_RECOVERY {
            return Err(Refusal::TooNew);
        }
        serde_json::from_slice(bytes).map_err(|_| Refusal::Unreadable)
    }

    /// Makes the slots durable in place of those before.
    pub(crate) fn write(&self, path: &Path) -> Result<(), StoreError> {
        Ok(write_atomically(path, &serde_json::to_vec_pretty(self)?)?)
    }

    /// The key, if `pin` opens a slot.
    pub(crate) fn open(&self, pin: &str) -> Result<DatabaseKey, Refusal> {
        let mut refusal = Refusal::Unreadable;
        for slot in &self.slots {
            let Slot::Pin {
                kdf,
                salt,
                nonce,
                wrapped,
            } = slot
            else {
                continue;
            };
            match open_slot(pin, *kdf, salt, nonce, wrapped) {
                Ok(key) => return Ok(key),
                Err(reason) => refusal = reason,
            }
        }
        Err(refusal)
    }

    /// The key as it is sealed to headquarters, if it is.
    pub(crate) fn recovery(&self) -> Option<RecoverySlot> {
        self.slots.iter().find_map(|slot| match slot {
            Slot::Recovery { sealed } => {
                let bytes = BASE64.decode(sealed.as_bytes()).ok()?;
                RecoverySlot::from_bytes(&bytes).ok()
            }
            Slot::Pin { .. } => None,
        })
    }

    /// The same slots with this one for headquarters, or with none.
    pub(crate) fn with_recovery(mut self, slot: Option<&RecoverySlot>) -> Self {
        self.slots.retain(|slot| matches!(slot, Slot::Pin { .. }));
        self.version = FORMAT;
        if let Some(slot) = slot {
            self.version = FORMAT_WITH_RECOVERY;
            self.slots.push(Slot::Recovery {
                sealed: BASE64.encode(slot.as_bytes()),
            });
        }
        self
    }
}

/// What opens headquarters' answer about this slot, made from the new PIN at the cost that guessing it is to have.
pub(crate) fn answer_secret(
    slot: &RecoverySlot,
    new_pin: &str,
    kdf: Kdf,
) -> Result<AnswerSecret, StoreError> {
    let salt: [u8; 32] = Sha256::new()
        .chain_update(b"baqylau recovery 1")
        .chain_update(slot.as_bytes())
        .finalize()
        .into();
    let derived = derive(new_pin, &salt, kdf).ok_or(StoreError::Kdf)?;
    Ok(AnswerSecret::from_derived(derived))
}

fn open_slot(
    pin: &str,
    kdf: Kdf,
    salt: &str,
    nonce: &str,
    wrapped: &str,
) -> Result<DatabaseKey, Refusal> {
    let decode = |text: &str| {
        BASE64
            .decode(text.as_bytes())
            .map_err(|_| Refusal::Unreadable)
    };
    let (salt, wrapped) = (decode(salt)?, decode(wrapped)?);
    let nonce: [u8; 12] = decode(nonce)?.try_into().map_err(|_| Refusal::Unreadable)?;
    if kdf.memory_kib > MOST_MEMORY_KIB || wrapped.len() != 48 {
        return Err(Refusal::Unreadable);
    }
    let kek = derive(pin, &salt, kdf).ok_or(Refusal::Unreadable)?;
    let payload = Payload {
        msg: &wrapped,
        aad: &bound(kdf, &salt),
    };
    let key = Zeroizing::new(
        cipher(&kek)
            .decrypt(&Nonce::from(nonce), payload)
            .map_err(|_| Refusal::WrongPin)?,
    );
    let mut bytes = Zeroizing::new([0_u8; 32]);
    bytes.copy_from_slice(&key);
    Ok(bytes)
}

fn cipher(kek: &[u8; 32]) -> ChaCha20Poly1305 {
    ChaCha20Poly1305::new(&Key::from(*kek))
}

fn derive(pin: &str, salt: &[u8], kdf: Kdf) -> Option<Zeroizing<[u8; 32]>> {
    let params = Params::new(kdf.memory_kib, kdf.passes, kdf.lanes, Some(32)).ok()?;
    let mut kek = Zeroizing::new([0_u8; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(pin.as_bytes(), salt, kek.as_mut_slice())
        .ok()?;
    Some(kek)
}

/// What the wrapping is bound to, so that a slot cannot be passed off as one of another cost or kind.
fn bound(kdf: Kdf, salt: &[u8]) -> Vec<u8> {
    let mut bytes = b"baqylau pin slot 1".to_vec();
    for number in [kdf.memory_kib, kdf.passes, kdf.lanes] {
        bytes.extend(number.to_be_bytes());
    }
    bytes.extend(salt);
    bytes
}
