//! What devices are told in headquarters' name: the signed configuration, with seal keys and revocations in it.

use crate::dictionary;
use crate::error::HqError;
use crate::headquarters::{Headquarters, Published};
use crate::ledger::{AuditEvent, LedgerError, StoredBundle, StoredConfig};
use baqylau_domain::DeviceId;
use baqylau_protocol::{
    BlobHash, BlobKind, BlobRef, Config, Endpoint, Limits, PROTOCOL, SealKey, SealSecret,
    SignedConfig,
};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;

/// The reason of a revocation that a restored ledger had lost; the first reason went with it.
pub(crate) const REVOKED_BEFORE: &str = "revoked_before_restore";

impl Headquarters {
    /// Signs the configuration for devices; the version goes up only when something in it has changed.
    ///
    /// # Errors
    /// [`HqError`] from the ledger.
    pub fn publish(&self, endpoints: &[String]) -> Result<(), HqError> {
        let bundles = self.plan().bundles()?;
        let newest = self.ledger.read(|read| read.newest_config())?;
        let revoked = self.revoked(newest.as_ref())?;
        let mut config = Config {
            version: 0,
            event: self.intake.event.clone(),
            issued_at_ms: 0,
            hq: self.keys.hq.public(),
            seal_keys: self.newest_seal_key().into_iter().collect(),
            endpoints: endpoints
                .iter()
                .map(|url| Endpoint {
                    url: url.clone(),
                    spki: self.keys.tls.spki,
                })
                .collect(),
            blobs: bundles.iter().map(blob_ref).collect(),
            limits: Limits::default(),
            min_protocol: PROTOCOL.0,
            closed: false,
            revoked,
        };
        let content = self.content_hash(config.clone());
        if newest.as_ref().is_none_or(|(_, hash, _)| *hash != content) {
            let now_ms = self.now_ms();
            config.version = newest.map_or(1, |(version, ..)| version + self.step());
            config.issued_at_ms = now_ms;
            let bytes = config.sign(&self.keys.root).as_bytes().to_vec();
            self.ledger.write_now(move |write| {
                write.add_config(config.version, &content, &bytes, now_ms)?;
                write.audit(&AuditEvent::new(
                    now_ms,
                    "headquarters",
                    "config.signed",
                    config.version.to_string(),
                ))
            })?;
        }
        self.load_published()
    }

    /// Devices that are revoked, those included that this ledger does not know any more: nobody is taken back by
    /// restoring a backup.
    fn revoked(&self, newest: Option<&StoredConfig>) -> Result<Vec<DeviceId>, HqError> {
        let mut revoked = self.ledger.read(|read| read.revoked_devices())?;
        if let Some((_, _, bytes)) = newest {
            let signed = SignedConfig::from_bytes(bytes.clone());
            revoked.extend(signed.verify(&self.keys.root.public())?.revoked);
        }
        revoked.sort_unstable();
        revoked.dedup();
        Ok(revoked)
    }

    /// Learns from a device a configuration that this ledger has lost, because it was restored from a backup. The next
    /// one gets a higher number, or devices would refuse it; and what was revoked stays revoked.
    ///
    /// # Errors
    /// [`HqError`] from the ledger. A configuration that is not ours, or no news, is no error.
    pub(crate) fn learn_config(&self, signed: &SignedConfig) -> Result<(), HqError> {
        let Ok(config) = signed.verify(&self.keys.root.public()) else {
            return Ok(());
        };
        let newest = self.ledger.read(|read| read.newest_config())?;
        let is_news = newest.is_none_or(|(version, ..)| version < config.version);
        if config.event != self.intake.event || !is_news {
            return Ok(());
        }
        let (version, revoked) = (config.version, config.revoked.clone());
        let content = self.content_hash(config);
        let (bytes, now_ms) = (signed.as_bytes().to_vec(), self.now_ms());
        self.ledger
            .write_now(move |write| -> Result<(), LedgerError> {
                write.add_config(version, &content, &bytes, now_ms)?;
                for device in revoked {
                    if write.read().device(device)?.is_some() {
                        write.revoke(device, REVOKED_BEFORE, now_ms)?;
                    }
                }
                write.audit(&AuditEvent::new(
                    now_ms,
                    "headquarters",
                    "config.learnt",
                    version.to_string(),
                ))
            })?;
        self.publish(&self.endpoints())
    }

    /// The same for two configurations that say the same, whatever their numbers.
    fn content_hash(&self, config: Config) -> [u8; 32] {
        let config = Config {
            version: 0,
            issued_at_ms: 0,
            ..config
        };
        // The signature is deterministic: equal content gives equal bytes.
        Sha256::digest(config.sign(&self.keys.root).as_bytes()).into()
    }

    /// Revokes a device: what it sends from now on is kept and set aside. Devices learn it with the configuration.
    ///
    /// # Errors
    /// [`HqError`] from the ledger.
    pub fn revoke(&self, device: DeviceId, reason: &str, actor: &str) -> Result<(), HqError> {
        let (now_ms, reason, actor) = (self.now_ms(), reason.to_owned(), actor.to_owned());
        self.ledger.write_now(move |write| {
            write.revoke(device, &reason, now_ms)?;
            write.audit(
                &AuditEvent::new(now_ms, &actor, "device.revoked", device.to_string()).with(reason),
            )
        })?;
        self.publish(&self.endpoints())
    }

    /// Makes a new seal key and announces it. What was sealed to older ones still opens, until
    /// [`Headquarters::forget_older_seal_keys`].
    ///
    /// # Errors
    /// [`HqError`] when the key cannot be kept or the configuration not be signed.
    pub fn rotate_seal_key(&self, actor: &str) -> Result<u32, HqError> {
        let newest = self.intake.secrets.read().last().map_or(0, SealSecret::id);
        let secret = self.keys.new_seal(newest + 1, &*self.ids)?;
        let id = secret.id();
        self.intake.secrets.write().push(secret);
        self.note(actor, "seal_key.made", id.to_string())?;
        self.publish(&self.endpoints())?;
        Ok(id)
    }

    /// The key that devices are told to seal to.
    #[must_use]
    pub fn newest_seal_key(&self) -> Option<SealKey> {
        self.intake.secrets.read().last().map(SealSecret::public)
    }

    /// Destroys every seal key but the newest. Devices seal again what was on its way under an older one. Segments under
    /// the destroyed keys no longer open, and so a later audit cannot see that their entries were signed.
    ///
    /// # Errors
    /// [`HqError`] when a key cannot be removed.
    pub fn forget_older_seal_keys(&self, actor: &str) -> Result<(), HqError> {
        let older: Vec<u32> = {
            let mut secrets = self.intake.secrets.write();
            let newest = secrets.len().saturating_sub(1);
            secrets.drain(..newest).map(|secret| secret.id()).collect()
        };
        for id in older {
            self.keys.destroy_seal(id)?;
            self.note(actor, "seal_key.destroyed", id.to_string())?;
        }
        Ok(())
    }

    fn note(&self, actor: &str, action: &str, subject: String) -> Result<(), HqError> {
        let event = AuditEvent::new(self.now_ms(), actor, action, subject);
        Ok(self.ledger.write_now(move |write| write.audit(&event))?)
    }

    pub(crate) fn endpoints(&self) -> Vec<String> {
        self.published()
            .map(|published| {
                published
                    .config
                    .endpoints
                    .iter()
                    .map(|endpoint| endpoint.url.clone())
                    .collect()
            })
            .unwrap_or_default()
    }

    /// Puts the newest signed configuration of the ledger in force.
    ///
    /// # Errors
    /// [`HqError`] when it cannot be read or is not signed by our root key.
    pub fn load_published(&self) -> Result<(), HqError> {
        let Some((_, _, bytes)) = self.ledger.read(|read| read.newest_config())? else {
            return Ok(());
        };
        let signed = SignedConfig::from_bytes(bytes);
        let config = Arc::new(signed.verify(&self.keys.root.public())?);
        *self.published.write() = Some(Published { config, signed });
        Ok(())
    }
}

fn blob_ref(bundle: &StoredBundle) -> BlobRef {
    let kind = match bundle.kind.as_str() {
        "form" => BlobKind::Form,
        "register" => BlobKind::Register,
        dictionary::KIND => BlobKind::Dictionary,
        _ => BlobKind::Mission,
    };
    BlobRef {
        kind,
        id: bundle.name.clone(),
        hash: BlobHash(bundle.hash),
        bytes: bundle.bytes.len() as u64,
    }
}
