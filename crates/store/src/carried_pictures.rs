//! Pictures on their way through hands: others' that this device carries, and its own that it has handed over.

use crate::{Store, StoreError};
use baqylau_domain::{AttachmentHash, Moment, Road};
use rusqlite::{OptionalExtension, Transaction, named_params};
use sha2::{Digest, Sha256};

/// Bytes of the pictures that one device carries for others at most, those that headquarters has judged not counted.
pub const CARRIED_PICTURE_BYTES: u64 = 256 * 1024 * 1024;
/// How many they are at most, those that headquarters has judged counted as well: their names stay.
const CARRIED_PICTURES: u64 = 50_000;

/// A picture carried for somebody. Its bytes are many, so they are asked for when they go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CarriedPicture {
    /// SHA-256 of its sealed bytes.
    pub name: [u8; 32],
    /// How many there are.
    pub bytes: u64,
    /// Whether somebody else has a copy, or a file.
    pub is_handed_on: bool,
}

/// What became of pictures that were offered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeptPictures {
    /// Taken to be carried; also what headquarters had judged before and is offered again.
    pub new: u32,
    /// Carried already.
    pub known: u32,
    /// This device's own, come back.
    pub own: u32,
    /// Not taken: there is no room for them.
    pub no_room: u32,
    /// Names of those that this device now carries.
    pub names: Vec<[u8; 32]>,
}

impl Store {
    /// Takes sealed pictures over to carry them, as many as there is room for; what is known already changes nothing.
    ///
    /// # Errors
    /// When it could not be made durable; then none was taken.
    pub fn carry_pictures(
        &self,
        sealed: &[Vec<u8>],
        label: Option<&str>,
        road: Road,
        at: Moment,
    ) -> Result<KeptPictures, StoreError> {
        self.write(|tx| {
            let mut kept = KeptPictures::default();
            let (mut carried, mut count): (u64, u64) = tx.query_row(
                "SELECT coalesce(sum(bytes) FILTER (WHERE verdict IS NULL), 0), count(*) FROM carried_picture",
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?;
            for sealed in sealed {
                let name: [u8; 32] = Sha256::digest(sealed).into();
                let bytes = sealed.len() as u64;
                if own(tx, &name)?.is_some() {
                    kept.own += 1;
                    continue;
                }
                if waits(tx, &name)? {
                    kept.known += 1;
                } else if carried + bytes > CARRIED_PICTURE_BYTES || count >= CARRIED_PICTURES {
                    kept.no_room += 1;
                    continue;
                } else {
                    tx.prepare_cached(include_str!("../sql/carried_picture/insert.sql"))?
                        .execute(named_params! {
                            ":name": name, ":bytes": bytes, ":sealed": sealed, ":label": label,
                            ":road": road.as_str(), ":at_ms": at.utc_ms, ":at_offset_min": at.offset_min,
                        })?;
                    kept.new += 1;
                    carried += bytes;
                    count += 1;
                }
                kept.names.push(name);
            }
            Ok(kept)
        })
    }

    /// Pictures carried of which headquarters has not said what became of them; those last that were handed on too, otherwise
    /// oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn carried_pictures(&self) -> Result<Vec<CarriedPicture>, StoreError> {
        self.read(|tx| {
            let mut statement = tx.prepare_cached(
                "SELECT name, bytes, handed_at_ms IS NOT NULL AS handed FROM carried_picture WHERE verdict IS NULL
                 ORDER BY handed_at_ms IS NOT NULL, at_ms, rowid",
            )?;
            let pictures = statement
                .query_map([], |row| {
                    Ok(CarriedPicture {
                        name: row.get("name")?,
                        bytes: row.get("bytes")?,
                        is_handed_on: row.get("handed")?,
                    })
                })?
                .collect::<Result<_, _>>()?;
            Ok(pictures)
        })
    }

    /// A carried picture's bytes; `None` when they have gone.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn carried_picture(&self, name: &[u8; 32]) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|tx| {
            let sealed: Option<Option<Vec<u8>>> = tx
                .prepare_cached("SELECT sealed FROM carried_picture WHERE name = :name")?
                .query_row(named_params! {":name": name}, |row| row.get(0))
                .optional()?;
            Ok(sealed.flatten())
        })
    }

    /// Names of pictures taken over, the latest first: of all that are on their way ([`CARRIED_PICTURE_BYTES`] is no more than
    /// this many of the smallest), and of as many others as a carrier's words have room for.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn carried_picture_names(&self) -> Result<Vec<[u8; 32]>, StoreError> {
        self.read(|tx| {
            let mut statement = tx.prepare_cached(
                "SELECT name FROM carried_picture
                 ORDER BY verdict IS NOT NULL, at_ms DESC, rowid DESC LIMIT 16384",
            )?;
            let names = statement
                .query_map([], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            Ok(names)
        })
    }

    /// Headquarters has said for good what became of a carried picture: its bytes go, and the verdict (`held`, or why not)
    /// stays.
    ///
    /// # Errors
    /// When it could not be made durable.
    pub fn note_picture_delivered(
        &self,
        name: &[u8; 32],
        verdict: &str,
        at: Moment,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.prepare_cached(include_str!("../sql/carried_picture/deliver.sql"))?
                .execute(named_params! {
                    ":name": name, ":verdict": verdict,
                    ":at_ms": at.utc_ms, ":at_offset_min": at.offset_min,
                })?;
            Ok(())
        })
    }

    /// Keeps the names under which own pictures were sealed, to know them when a carrier speaks of them or they come back.
    ///
    /// # Errors
    /// When it could not be made durable.
    pub fn keep_picture_names(
        &self,
        names: &[([u8; 32], AttachmentHash)],
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            for (name, hash) in names {
                tx.prepare_cached(
                    "INSERT INTO picture_name (name, hash) VALUES (:name, :hash) ON CONFLICT (name) DO NOTHING",
                )?
                .execute(named_params! {":name": name, ":hash": hash.0})?;
            }
            Ok(())
        })
    }
}

/// The picture of this device's own that was sealed under a name.
pub(crate) fn own(tx: &Transaction<'_>, name: &[u8; 32]) -> Result<Option<[u8; 32]>, StoreError> {
    Ok(tx
        .prepare_cached("SELECT hash FROM picture_name WHERE name = :name")?
        .query_row(named_params! {":name": name}, |row| row.get(0))
        .optional()?)
}

/// Notes that an own picture is in somebody's hands (`carrier`: a team) or on a file.
pub(crate) fn enter(
    tx: &Transaction<'_>,
    hash: &[u8; 32],
    road: Road,
    carrier: &str,
    statement: Option<&[u8; 32]>,
    at: Moment,
) -> Result<(), StoreError> {
    tx.prepare_cached(include_str!("../sql/picture_custody/insert.sql"))?
        .execute(named_params! {
            ":hash": hash, ":road": road.as_str(), ":carrier": carrier, ":statement": statement,
            ":at_ms": at.utc_ms, ":at_offset_min": at.offset_min,
        })?;
    Ok(())
}

/// Whether somebody of this name has an own picture in hand already.
pub(crate) fn is_entered(
    tx: &Transaction<'_>,
    hash: &[u8; 32],
    carrier: &str,
) -> Result<bool, StoreError> {
    const SQL: &str = "SELECT 1 FROM picture_custody WHERE hash = :hash AND carrier = :carrier";
    Ok(tx
        .prepare_cached(SQL)?
        .exists(named_params! {":hash": hash, ":carrier": carrier})?)
}

fn waits(tx: &Transaction<'_>, name: &[u8; 32]) -> Result<bool, StoreError> {
    const SQL: &str = "SELECT 1 FROM carried_picture WHERE name = :name AND verdict IS NULL";
    Ok(tx
        .prepare_cached(SQL)?
        .exists(named_params! {":name": name})?)
}
