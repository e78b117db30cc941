//! The manifest of an export: which files left headquarters, with what content, under whose keys.

use crate::{BlobHash, EventId, HqKey, HqPublic, RootPublic, Signature};
use data_encoding::HEXLOWER;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use thiserror::Error;

/// What an export consisted of when it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// The event.
    pub event: EventId,
    /// The event's root key, as headquarters states it: to be compared with what is known from elsewhere.
    pub root: RootPublic,
    /// Headquarters' key, which signs this and which the root key must have named in a configuration.
    pub hq: HqPublic,
    /// Every other file: its name and the SHA-256 of its bytes.
    pub files: BTreeMap<String, BlobHash>,
}

/// It cannot be read as a manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a manifest")]
pub struct NotAManifest;

const DOMAIN: &[u8] = b"obs-export-v1";
const FIRST_LINE: &str = "baqylau export 1";

impl Manifest {
    /// The text, signed. The lines in the middle are what `sha256sum` writes and checks.
    #[must_use]
    pub fn sign(&self, hq: &HqKey) -> String {
        let mut text = self.text();
        let signature = hq.sign(DOMAIN, text.as_bytes());
        // Writing to a string cannot fail.
        let _ = writeln!(text, "signature {}", HEXLOWER.encode(&signature.0));
        text
    }

    fn text(&self) -> String {
        let (root, hq) = (HEXLOWER.encode(&self.root.0), HEXLOWER.encode(&self.hq.0));
        let mut text = format!(
            "{FIRST_LINE}\nevent {}\nroot {root}\nheadquarters {hq}\n\n",
            self.event.0
        );
        for (name, hash) in &self.files {
            let _ = writeln!(text, "{hash}  {name}");
        }
        text.push('\n');
        text
    }

    /// Reads a manifest, and says whether the key that it names has signed it. Whether that key is headquarters' must
    /// be shown by a configuration under the root key. An auditor reads on without a signature, to say what else does
    /// not hold.
    ///
    /// # Errors
    /// [`NotAManifest`], also when it is written otherwise than headquarters writes it.
    pub fn read(text: &str) -> Result<(Self, bool), NotAManifest> {
        let (manifest, signature) = read(text).ok_or(NotAManifest)?;
        // One content has one spelling: nothing can be hidden between the lines.
        let signed = manifest.text();
        if !text.starts_with(&signed) {
            return Err(NotAManifest);
        }
        let is_signed = manifest.hq.verifies(DOMAIN, signed.as_bytes(), &signature);
        Ok((manifest, is_signed))
    }
}

fn read(text: &str) -> Option<(Manifest, Signature)> {
    let mut lines = text.strip_suffix('\n')?.split('\n');
    let mut field = |name: &str| lines.next()?.strip_prefix(name);
    field(FIRST_LINE).filter(|rest| rest.is_empty())?;
    let event = EventId(field("event ")?.to_owned());
    let root = RootPublic(bytes(field("root ")?)?);
    let hq = HqPublic(bytes(field("headquarters ")?)?);
    field("").filter(|rest| rest.is_empty())?;
    let mut files = BTreeMap::new();
    for line in lines.by_ref().take_while(|line| !line.is_empty()) {
        let (hash, name) = line.split_once("  ")?;
        files.insert(name.to_owned(), BlobHash(bytes(hash)?));
    }
    let signature = Signature(bytes(lines.next()?.strip_prefix("signature ")?)?);
    let manifest = Manifest {
        event,
        root,
        hq,
        files,
    };
    lines.next().is_none().then_some((manifest, signature))
}

fn bytes<const N: usize>(hex: &str) -> Option<[u8; N]> {
    HEXLOWER.decode(hex.as_bytes()).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_says_again_what_was_signed_and_nothing_else() {
        let key = HqKey::from_bytes(&[7; 32]);
        let files = ["reports.jsonl", "entries.jsonl"]
            .map(|name| (name.to_owned(), BlobHash::of(name.as_bytes())));
        let manifest = Manifest {
            event: EventId("kz-2011".to_owned()),
            root: RootPublic([1; 32]),
            hq: key.public(),
            files: files.into(),
        };
        let text = manifest.sign(&key);
        assert_eq!(Manifest::read(&text), Ok((manifest.clone(), true)));
        for at in 0..text.len() {
            let mut changed = text.clone().into_bytes();
            changed[at] ^= 1;
            let changed = String::from_utf8(changed).expect("one bit of ASCII");
            let is_believed = Manifest::read(&changed).is_ok_and(|(_, is_signed)| is_signed);
            assert!(!is_believed, "{at}: {changed}");
        }
        let forged = manifest.sign(&HqKey::from_bytes(&[8; 32]));
        assert_eq!(Manifest::read(&forged), Ok((manifest, false)));
        for longer in [format!("{text}\n"), format!("\n{text}"), String::new()] {
            assert_eq!(Manifest::read(&longer), Err(NotAManifest));
        }
    }
}
