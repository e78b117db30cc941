//! Key slots: the database's random key, wrapped under what a PIN derives, alone or with a secret in the operating
//! system's key store (`docs/adr/0014-the-computers-key-store.md`).
//!
//! The file is a list. Beside the PIN's slot may lie the same key sealed to headquarters
//! (`docs/adr/0013-a-forgotten-pin.md`).

use crate::StoreError;
use crate::files::write_atomically;
use crate::keystore::Secret;
use argon2::{Algorithm, Argon2, Params, Version};
use baqylau_domain::IdSource;
use baqylau_protocol::{AnswerSecret, RecoverySlot};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use data_encoding::{BASE64, HEXLOWER};
use hkdf::Hkdf;
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
/// Slots of PINs alone, which every version reads. A slot that earlier versions know nothing of has a higher number: they
/// must say that they are too old for it.
const FORMAT: u32 = 1;
const FORMAT_WITH_RECOVERY: u32 = 2;
const FORMAT_WITH_KEY_STORE: u32 = 3;

/// What each derivation is for: none gives the key of another.
const PIN_ALONE: &[u8] = b"baqylau pin slot 1";
const PIN_AND_KEY_STORE: &[u8] = b"baqylau pin and key store slot 1";
const KEPT_FOR_BACKUPS: &[u8] = b"baqylau pin slot kept for backups 1";
const NAME_OF_SECRET: &[u8] = b"baqylau name of a key store's secret 1";

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
    /// What the PIN opens alone.
    Pin(Wrapped),
    /// What the PIN opens with a secret in the key store, kept there under this name.
    PinAndKeyStore {
        secret: String,
        #[serde(flatten)]
        wrapped: Wrapped,
    },
    /// Beside it: what the PIN opens alone, under the database's own key. It goes into backups, which must open on
    /// another computer, and back in its place when the key store is no longer to be asked.
    ForBackups { nonce: String, sealed: String },
    /// The key, sealed to headquarters ([`RecoverySlot`]).
    Recovery { sealed: String },
}

/// Argon2id over the PIN, mixed by HKDF with the key store's secret if there is one; ChaCha20-Poly1305 over the key.
#[derive(Debug, Serialize, Deserialize)]
struct Wrapped {
    kdf: Kdf,
    salt: String,
    nonce: String,
    wrapped: String,
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
    /// Wraps `key` under `pin`, and under the key store's secret if one is given.
    pub(crate) fn seal(
        key: &DatabaseKey,
        pin: &str,
        secret: Option<&Secret>,
        kdf: Kdf,
        ids: &dyn IdSource,
    ) -> Result<Self, StoreError> {
        let alone = Wrapped::seal(key, pin, None, kdf, ids)?;
        let slots = match secret {
            None => vec![Slot::Pin(alone)],
            Some(secret) => vec![
                Slot::PinAndKeyStore {
                    secret: name_of(secret),
                    wrapped: Wrapped::seal(key, pin, Some(secret), kdf, ids)?,
                },
                Slot::for_backups(&alone, key, ids)?,
            ],
        };
        Ok(Self::of(slots))
    }

    fn of(slots: Vec<Slot>) -> Self {
        let needs = |slot: &Slot| match slot {
            Slot::Pin(_) => FORMAT,
            Slot::Recovery { .. } => FORMAT_WITH_RECOVERY,
            Slot::PinAndKeyStore { .. } | Slot::ForBackups { .. } => FORMAT_WITH_KEY_STORE,
        };
        let version = slots.iter().map(needs).max().unwrap_or(FORMAT);
        Self { version, slots }
    }

    /// Reads the file's bytes.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        #[derive(Deserialize)]
        struct Versioned {
            version: u32,
        }
        let versioned: Versioned =
            serde_json::from_slice(bytes).map_err(|_| Refusal::Unreadable)?;
        if versioned.version > FORMAT_WITH_KEY_STORE {
            return Err(Refusal::TooNew);
        }
        serde_json::from_slice(bytes).map_err(|_| Refusal::Unreadable)
    }

    /// The file's bytes.
    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>, StoreError> {
        Ok(serde_json::to_vec_pretty(self)?)
    }

    /// Makes the slots durable in place of those before.
    pub(crate) fn write(&self, path: &Path) -> Result<(), StoreError> {
        Ok(write_atomically(path, &self.to_bytes()?)?)
    }

    /// The key, if `pin` opens a slot, alone or with the key store's secret.
    pub(crate) fn open(&self, pin: &str, secret: Option<&Secret>) -> Result<DatabaseKey, Refusal> {
        let mut refusal = Refusal::Unreadable;
        for slot in &self.slots {
            let opened = match (slot, secret) {
                (Slot::Pin(wrapped), _) => wrapped.open(pin, None),
                (Slot::PinAndKeyStore { wrapped, .. }, Some(_)) => wrapped.open(pin, secret),
                _ => continue,
            };
            match opened {
                Ok(key) => return Ok(key),
                Err(reason) => refusal = reason,
            }
        }
        Err(refusal)
    }

    /// The name of the secret in the key store without which the PIN opens nothing, if there is one.
    pub(crate) fn secret_name(&self) -> Option<&str> {
        self.slots.iter().find_map(|slot| match slot {
            Slot::PinAndKeyStore { secret, .. } => Some(secret.as_str()),
            _ => None,
        })
    }

    /// The same slots without the key store: the PIN alone opens them. Needs the database's key.
    pub(crate) fn unbound(self, key: &DatabaseKey) -> Result<Self, Refusal> {
        let mut slots = Vec::with_capacity(self.slots.len());
        for slot in self.slots {
            match slot {
                Slot::PinAndKeyStore { .. } => {}
                Slot::ForBackups { nonce, sealed } => {
                    let kept = decrypted(&expanded(key, KEPT_FOR_BACKUPS), &nonce, &sealed, b"")
                        .ok_or(Refusal::Unreadable)?;
                    let alone = serde_json::from_slice(&kept).map_err(|_| Refusal::Unreadable)?;
                    slots.push(Slot::Pin(alone));
                }
                slot => slots.push(slot),
            }
        }
        Ok(Self::of(slots))
    }

    /// The key as it is sealed to headquarters, if it is.
    pub(crate) fn recovery(&self) -> Option<RecoverySlot> {
        self.slots.iter().find_map(|slot| match slot {
            Slot::Recovery { sealed } => {
                let bytes = BASE64.decode(sealed.as_bytes()).ok()?;
                RecoverySlot::from_bytes(&bytes).ok()
            }
            _ => None,
        })
    }

    /// The same slots with this one for headquarters, or with none.
    pub(crate) fn with_recovery(self, slot: Option<&RecoverySlot>) -> Self {
        let mut slots = self.slots;
        slots.retain(|slot| !matches!(slot, Slot::Recovery { .. }));
        slots.extend(slot.map(|slot| Slot::Recovery {
            sealed: BASE64.encode(slot.as_bytes()),
        }));
        Self::of(slots)
    }
}

impl Slot {
    fn for_backups(
        alone: &Wrapped,
        key: &DatabaseKey,
        ids: &dyn IdSource,
    ) -> Result<Self, StoreError> {
        let kept = serde_json::to_vec(alone)?;
        let (nonce, sealed) = encrypted(&expanded(key, KEPT_FOR_BACKUPS), &kept, b"", ids)?;
        Ok(Self::ForBackups { nonce, sealed })
    }
}

impl Wrapped {
    fn seal(
        key: &DatabaseKey,
        pin: &str,
        secret: Option<&Secret>,
        kdf: Kdf,
        ids: &dyn IdSource,
    ) -> Result<Self, StoreError> {
        let mut salt = [0_u8; 16];
        ids.fill(&mut salt);
        let kek = slot_key(pin, secret, &salt, kdf).ok_or(StoreError::Kdf)?;
        let (nonce, wrapped) = encrypted(
            &kek,
            key.as_slice(),
            &bound(secret.is_some(), kdf, &salt),
            ids,
        )?;
        Ok(Self {
            kdf,
            salt: BASE64.encode(&salt),
            nonce,
            wrapped,
        })
    }

    fn open(&self, pin: &str, secret: Option<&Secret>) -> Result<DatabaseKey, Refusal> {
        let decode = |text: &str| {
            BASE64
                .decode(text.as_bytes())
                .map_err(|_| Refusal::Unreadable)
        };
        let salt = decode(&self.salt)?;
        if self.kdf.memory_kib > MOST_MEMORY_KIB
            || decode(&self.wrapped)?.len() != 48
            || decode(&self.nonce)?.len() != 12
        {
            return Err(Refusal::Unreadable);
        }
        let kek = slot_key(pin, secret, &salt, self.kdf).ok_or(Refusal::Unreadable)?;
        let bound = bound(secret.is_some(), self.kdf, &salt);
        let key = decrypted(&kek, &self.nonce, &self.wrapped, &bound).ok_or(Refusal::WrongPin)?;
        let mut bytes = Zeroizing::new([0_u8; 32]);
        bytes.copy_from_slice(&key);
        Ok(bytes)
    }
}

/// The name that a secret has in the key store: from it and to nothing else, so that another secret under this name is
/// found out before a PIN is tried. It tells nothing of the secret.
pub(crate) fn name_of(secret: &Secret) -> String {
    HEXLOWER.encode(&expanded(secret, NAME_OF_SECRET)[..16])
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

/// What wraps the key: what the PIN derives, or HKDF over it with the key store's secret, each useless without the other.
fn slot_key(
    pin: &str,
    secret: Option<&Secret>,
    salt: &[u8],
    kdf: Kdf,
) -> Option<Zeroizing<[u8; 32]>> {
    let derived = derive(pin, salt, kdf)?;
    Some(match secret {
        None => derived,
        Some(secret) => mixed(&derived, Some(secret.as_slice()), PIN_AND_KEY_STORE),
    })
}

/// A key for one purpose out of another key.
fn expanded(key: &Zeroizing<[u8; 32]>, purpose: &[u8]) -> Zeroizing<[u8; 32]> {
    mixed(key, None, purpose)
}

fn mixed(key: &Zeroizing<[u8; 32]>, with: Option<&[u8]>, purpose: &[u8]) -> Zeroizing<[u8; 32]> {
    let mut out = Zeroizing::new([0_u8; 32]);
    let expanded = Hkdf::<Sha256>::new(with, key.as_slice()).expand(purpose, out.as_mut_slice());
    debug_assert!(
        expanded.is_ok(),
        "32 bytes are never too many for HKDF-SHA256"
    );
    out
}

/// Nonce and ciphertext, in Base64.
fn encrypted(
    key: &[u8; 32],
    plain: &[u8],
    bound: &[u8],
    ids: &dyn IdSource,
) -> Result<(String, String), StoreError> {
    let mut nonce = [0_u8; 12];
    ids.fill(&mut nonce);
    let payload = Payload {
        msg: plain,
        aad: bound,
    };
    let sealed = ChaCha20Poly1305::new(&Key::from(*key))
        .encrypt(&Nonce::from(nonce), payload)
        .map_err(|_| StoreError::Kdf)?;
    Ok((BASE64.encode(&nonce), BASE64.encode(&sealed)))
}

fn decrypted(
    key: &[u8; 32],
    nonce: &str,
    sealed: &str,
    bound: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    let nonce: [u8; 12] = BASE64.decode(nonce.as_bytes()).ok()?.try_into().ok()?;
    let sealed = BASE64.decode(sealed.as_bytes()).ok()?;
    let payload = Payload {
        msg: &sealed,
        aad: bound,
    };
    let plain = ChaCha20Poly1305::new(&Key::from(*key)).decrypt(&Nonce::from(nonce), payload);
    plain.ok().map(Zeroizing::new)
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
fn bound(has_secret: bool, kdf: Kdf, salt: &[u8]) -> Vec<u8> {
    let kind = if has_secret {
        PIN_AND_KEY_STORE
    } else {
        PIN_ALONE
    };
    let mut bytes = kind.to_vec();
    for number in [kdf.memory_kib, kdf.passes, kdf.lanes] {
        bytes.extend(number.to_be_bytes());
    }
    bytes.extend(salt);
    bytes
}
