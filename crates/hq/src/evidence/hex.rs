//! Bytes as lower-case hexadecimal digits, and nothing else that might read alike.

use data_encoding::HEXLOWER;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serializer};

pub(super) fn serialize<T: AsRef<[u8]>, S: Serializer>(
    bytes: &T,
    to: S,
) -> Result<S::Ok, S::Error> {
    to.serialize_str(&HEXLOWER.encode(bytes.as_ref()))
}

pub(super) fn deserialize<'de, T: TryFrom<Vec<u8>>, D: Deserializer<'de>>(
    from: D,
) -> Result<T, D::Error> {
    let text = String::deserialize(from)?;
    let bytes = HEXLOWER
        .decode(text.as_bytes())
        .map_err(|_| D::Error::custom("not hexadecimal"))?;
    T::try_from(bytes).map_err(|_| D::Error::custom("another length"))
}
