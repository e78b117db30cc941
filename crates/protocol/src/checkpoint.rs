//! Checkpoints: headquarters' signature under its whole log, in the text that witnesses and auditors exchange.
//!
//! The format is C2SP's `tlog-checkpoint` within a `signed-note`: origin, size and root a line each, an empty line,
//! then a line for each signature. Others may add theirs below; only headquarters' own is read here.

use crate::{EventId, HqKey, HqPublic, LogHash, Signature};
use data_encoding::BASE64;
use sha2::{Digest as _, Sha256};
use thiserror::Error;

/// What headquarters' log was at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The event.
    pub event: EventId,
    /// Leaves.
    pub size: u64,
    /// The root over them.
    pub root: LogHash,
}

/// Why a checkpoint proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CheckpointError {
    /// Not a signed note with a checkpoint in it.
    #[error("not a checkpoint")]
    Malformed,
    /// Of another log.
    #[error("another log")]
    WrongOrigin,
    /// Not signed by headquarters.
    #[error("bad signature")]
    BadSignature,
}

/// The kind of an Ed25519 signature in a note.
const ED25519: u8 = 1;
/// What begins a signature's line: an em dash, not a hyphen.
const DASH: &str = "\u{2014} ";

/// The log's name, and its key's. A note's names know no spaces and no plus signs.
fn origin(event: &EventId) -> String {
    let event = event
        .0
        .replace(|it: char| it.is_whitespace() || it == '+', "-");
    format!("baqylau/{event}")
}

/// The four bytes by which a note's reader finds the key.
fn key_hash(name: &str, key: &HqPublic) -> [u8; 4] {
    let hash = Sha256::new()
        .chain_update(name)
        .chain_update([b'\n', ED25519])
        .chain_update(key.0)
        .finalize();
    let [a, b, c, d, ..] = <[u8; 32]>::from(hash);
    [a, b, c, d]
}

impl Checkpoint {
    /// The note's text: what is signed, its last line's end included.
    #[must_use]
    pub fn text(&self) -> String {
        let (origin, root) = (origin(&self.event), BASE64.encode(&self.root));
        format!("{origin}\n{}\n{root}\n", self.size)
    }

    /// The whole note under headquarters' key. The same log gives the same bytes.
    #[must_use]
    pub fn sign(&self, hq: &HqKey) -> String {
        let (text, name) = (self.text(), origin(&self.event));
        let signature = hq.sign_checkpoint(self);
        let hash = key_hash(&name, &hq.public());
        let line = BASE64.encode(&[hash.as_slice(), &signature.0].concat());
        format!("{text}\n{DASH}{name} {line}\n")
    }

    /// Reads a note and checks headquarters' signature under it.
    ///
    /// # Errors
    /// [`CheckpointError`] for anything that headquarters has not signed for this event's log.
    pub fn verify(note: &str, event: &EventId, hq: &HqPublic) -> Result<Self, CheckpointError> {
        let name = origin(event);
        let (text, signatures) = note
            .rfind("\n\n")
            .map(|end| (&note[..=end], &note[end + 2..]))
            .ok_or(CheckpointError::Malformed)?;
        let signatures = signatures
            .strip_suffix('\n')
            .ok_or(CheckpointError::Malformed)?;
        let mut lines = text.lines();
        let mut next = || lines.next().ok_or(CheckpointError::Malformed);
        let (said, size, root) = (next()?, next()?, next()?);
        if said != name {
            return Err(CheckpointError::WrongOrigin);
        }
        let size: u64 = size
            .parse()
            .ok()
            .filter(|number: &u64| number.to_string() == size)
            .ok_or(CheckpointError::Malformed)?;
        let root = BASE64
            .decode(root.as_bytes())
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or(CheckpointError::Malformed)?;
        let signature = own_signature(signatures, &name, hq)?;
        // Lines that a later version puts below the root are signed with it.
        if hq.verifies(b"", text.as_bytes(), &signature) {
            Ok(Self {
                event: event.clone(),
                size,
                root,
            })
        } else {
            Err(CheckpointError::BadSignature)
        }
    }
}

/// The first signature under headquarters' name and key; that of others is theirs to check.
fn own_signature(lines: &str, name: &str, hq: &HqPublic) -> Result<Signature, CheckpointError> {
    let hash = key_hash(name, hq);
    for line in lines.split('\n') {
        let (signer, value) = line
            .strip_prefix(DASH)
            .and_then(|rest| rest.split_once(' '))
            .ok_or(CheckpointError::Malformed)?;
        let value = BASE64
            .decode(value.as_bytes())
            .map_err(|_| CheckpointError::Malformed)?;
        if signer == name
            && let Some(signature) = value.strip_prefix(&hash)
        {
            return signature
                .try_into()
                .map(Signature)
                .map_err(|_| CheckpointError::Malformed);
        }
    }
    Err(CheckpointError::BadSignature)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checkpoint() -> (Checkpoint, HqKey) {
        let event = EventId("kz-2011".to_owned());
        let key = HqKey::from_bytes(&[7; 32]);
        (
            Checkpoint {
                event,
                size: 42,
                root: [9; 32],
            },
            key,
        )
    }

    #[test]
    fn a_checkpoint_is_the_note_that_c2sp_describes() {
        let (checkpoint, key) = checkpoint();
        let note = checkpoint.sign(&key);
        let lines: Vec<_> = note.split('\n').collect();
        assert_eq!(
            lines[..4],
            [
                "baqylau/kz-2011",
                "42",
                "CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=",
                ""
            ]
        );
        let signature = lines[4]
            .strip_prefix("\u{2014} baqylau/kz-2011 ")
            .expect("the signature's line");
        let signature = BASE64.decode(signature.as_bytes()).expect("base 64");
        assert_eq!((signature.len(), &lines[5..]), (68, &[""][..]));
        let read = Checkpoint::verify(&note, &checkpoint.event, &key.public());
        assert_eq!(read, Ok(checkpoint));
    }

    #[test]
    fn what_headquarters_did_not_sign_is_refused() {
        let (checkpoint, key) = checkpoint();
        let (note, event) = (checkpoint.sign(&key), &checkpoint.event);
        let other = HqKey::from_bytes(&[8; 32]);
        let refused = |note: &str| Checkpoint::verify(note, event, &key.public());
        assert_eq!(
            Checkpoint::verify(&note, event, &other.public()),
            Err(CheckpointError::BadSignature)
        );
        assert_eq!(
            Checkpoint::verify(&note, &EventId("kz-2012".to_owned()), &key.public()),
            Err(CheckpointError::WrongOrigin)
        );
        assert_eq!(
            refused(&note.replace("\n42\n", "\n41\n")),
            Err(CheckpointError::BadSignature)
        );
        for broken in ["", "\n\n", &note[..20], &note.replace("\n42\n", "\n042\n")] {
            assert_eq!(refused(broken), Err(CheckpointError::Malformed));
        }
        for at in 0..note.len() {
            let mut bytes = note.clone().into_bytes();
            bytes[at] ^= 1;
            let changed = String::from_utf8(bytes);
            assert!(changed.map_or(true, |note| refused(&note).is_err()), "{at}");
        }
    }

    #[test]
    fn a_logs_name_has_neither_spaces_nor_plus_signs() {
        let (checkpoint, key) = checkpoint();
        let event = EventId("kz 2011+1".to_owned());
        let named = Checkpoint {
            event: event.clone(),
            ..checkpoint
        };
        let note = named.sign(&key);
        assert!(note.starts_with("baqylau/kz-2011-1\n"), "{note}");
        assert_eq!(Checkpoint::verify(&note, &event, &key.public()), Ok(named));
    }

    #[test]
    fn a_witness_may_sign_below() {
        let (checkpoint, key) = checkpoint();
        let note = checkpoint.sign(&key);
        let witness = format!("{DASH}witness.example {}\n", BASE64.encode(&[1; 76]));
        let read = |note: String| Checkpoint::verify(&note, &checkpoint.event, &key.public());
        assert!(read(format!("{note}{witness}")).is_ok());
        let (text, _) = note.split_once("\n\n").expect("parted");
        assert_eq!(
            read(format!("{text}\n\n{witness}")),
            Err(CheckpointError::BadSignature)
        );
    }
}
