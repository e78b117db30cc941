//! Identifiers as newtypes, so that a station's code cannot be handed over as a team's.

use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;
use ts_rs::TS;
use uuid::Uuid;

/// Why a text is no identifier.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum IdError {
    /// Not the hexadecimal of the right number of bytes.
    #[error("expected {expected} hexadecimal digits")]
    Hex {
        /// Digits expected.
        expected: usize,
    },
}

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        #[serde(transparent)]
        #[ts(type = "string")]
        pub struct $name(pub String);

        impl $name {
            /// The code as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

text_id!(
    /// A form's id within its mission, for example `voting`.
    FormId
);
text_id!(
    /// A polling station's, or a commission's, code in the register.
    StationCode
);
text_id!(
    /// An observer team's code: never a person's name.
    TeamCode
);
text_id!(
    /// An observer's code: never a person's name.
    ObserverCode
);

macro_rules! byte_id {
    ($(#[$doc:meta])* $name:ident, $len:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, TS)]
        #[ts(type = "string")]
        pub struct $name(pub [u8; $len]);

        impl $name {
            /// Reads lower- or upper-case hexadecimal.
            ///
            /// # Errors
            /// [`IdError::Hex`] when the text is not exactly the hexadecimal of this id.
            pub fn from_hex(text: &str) -> Result<Self, IdError> {
                const ERROR: IdError = IdError::Hex { expected: $len * 2 };
                if text.len() != $len * 2 || !text.is_ascii() {
                    return Err(ERROR);
                }
                let mut bytes = [0_u8; $len];
                for (index, byte) in bytes.iter_mut().enumerate() {
                    *byte = u8::from_str_radix(&text[index * 2..index * 2 + 2], 16)
                        .map_err(|_| ERROR)?;
                }
                Ok(Self(bytes))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::from_hex(&text).map_err(serde::de::Error::custom)
            }
        }
    };
}

byte_id!(
    /// A device: the first 16 bytes of SHA-256 over its public key.
    DeviceId, 16
);
byte_id!(
    /// SHA-256 over a form definition's canonical bytes: its content address.
    FormHash, 32
);
byte_id!(
    /// The first four bytes of a [`FormHash`]: enough to name one form among a mission's, and short on the wire.
    FormRef, 4
);
byte_id!(
    /// SHA-256 over an attachment's bytes: its content address.
    AttachmentHash, 32
);

impl FormHash {
    /// The short name of this form on the wire.
    #[must_use]
    pub fn short(self) -> FormRef {
        let [a, b, c, d, ..] = self.0;
        FormRef([a, b, c, d])
    }
}

/// One entry of one device's journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
pub struct EntryRef {
    /// The device that wrote it.
    pub device: DeviceId,
    /// Its number in that device's journal, from 1.
    #[ts(type = "number")]
    pub seq: u64,
}

/// A report as people and programs outside name it: a `UUIDv8` made from the device and the
/// sequence number of the report's `open` entry, so that no random id travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
#[ts(type = "string")]
pub struct ReportId(pub Uuid);

impl ReportId {
    /// The id of the report that `open` began: ten bytes of the device, six of the sequence number
    /// (a journal of 2⁴² entries does not exist).
    #[must_use]
    pub fn of(open: EntryRef) -> Self {
        let mut bytes = [0_u8; 16];
        bytes[..10].copy_from_slice(&open.device.0[..10]);
        bytes[10..].copy_from_slice(&open.seq.to_be_bytes()[2..]);
        Self(Uuid::new_v8(bytes))
    }
}

impl fmt::Display for ReportId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn hexadecimal_goes_there_and_back(bytes: [u8; 16]) {
            let id = DeviceId(bytes);
            prop_assert_eq!(DeviceId::from_hex(&id.to_string()), Ok(id));
        }

        #[test]
        fn reports_of_one_device_never_share_an_id(device: [u8; 16], a in 1_u64..1 << 40, b in 1_u64..1 << 40) {
            let id = |seq| ReportId::of(EntryRef { device: DeviceId(device), seq });
            prop_assert_eq!(id(a) == id(b), a == b);
        }
    }

    #[test]
    fn text_that_is_not_hexadecimal_is_refused() {
        assert_eq!(
            FormRef::from_hex("00ff00"),
            Err(IdError::Hex { expected: 8 })
        );
        assert_eq!(
            FormRef::from_hex("00ff00zz"),
            Err(IdError::Hex { expected: 8 })
        );
        assert_eq!(FormRef::from_hex("ққққ"), Err(IdError::Hex { expected: 8 }));
    }
}
