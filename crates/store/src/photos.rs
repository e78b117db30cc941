//! Pictures: encrypted at rest as pieces inside the database.

use crate::drafts::editable;
use crate::rows::{moment, put_answer, touch};
use crate::{Attachment, Store, StoreError, Tally};
use baqylau_domain::{AttachmentHash, Moment, PhotoRef, Value};
use rusqlite::{Connection, OptionalExtension, named_params};
use sha2::{Digest, Sha256};
use uuid::Uuid;

const PIECE_BYTES: usize = 256 * 1024;

impl Store {
    /// Takes a picture in as the answer to a question of a draft or correction, in one commit.
    ///
    /// # Errors
    /// As [`Store::save_answer`].
    pub fn put_photo(
        &self,
        report: Uuid,
        question: &str,
        media_type: &str,
        bytes: &[u8],
        at: Moment,
        tally: Option<Tally>,
    ) -> Result<PhotoRef, StoreError> {
        let hash = AttachmentHash(Sha256::digest(bytes).into());
        let photo = PhotoRef {
            hash,
            media_type: media_type.to_owned(),
            bytes: bytes.len() as u64,
        };
        self.write(|tx| {
            editable(tx, report)?;
            keep_pieces(tx, &photo, bytes)?;
            keep_use(tx, report, question, &hash, at, false)?;
            put_answer(tx, report, question, Some(&Value::Photo(photo.clone())), at)?;
            touch(tx, report, at, tally)
        })?;
        Ok(photo)
    }

    /// A picture's bytes; `None` also when they were removed ([`Store::remove_held_pictures`]).
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn photo(&self, hash: &AttachmentHash) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|tx| {
            let length: Option<usize> = tx
                .query_row(
                    "SELECT bytes FROM attachment WHERE hash = :hash",
                    named_params! {":hash": hash.0},
                    |row| row.get(0),
                )
                .optional()?;
            let Some(length) = length else {
                return Ok(None);
            };
            let mut bytes = Vec::with_capacity(length);
            let mut statement = tx.prepare_cached(
                "SELECT body FROM attachment_piece WHERE hash = :hash ORDER BY number",
            )?;
            let mut rows = statement.query(named_params! {":hash": hash.0})?;
            while let Some(row) = rows.next()? {
                bytes.extend_from_slice(
                    row.get_ref("body")?
                        .as_blob()
                        .map_err(rusqlite::Error::from)?,
                );
            }
            // A sealed report's pictures are gone once headquarters has signed for them.
            Ok((bytes.len() == length).then_some(bytes))
        })
    }
}

/// Ties a picture to a question of a report: `beside` its answer, or as its answer.
pub(crate) fn keep_use(
    connection: &Connection,
    report: Uuid,
    question: &str,
    hash: &AttachmentHash,
    at: Moment,
    beside: bool,
) -> Result<(), StoreError> {
    connection.execute(
        include_str!("../sql/attachment_use/insert.sql"),
        named_params! {
            ":report": report.as_bytes(), ":question": question, ":hash": hash.0,
            ":at_ms": at.utc_ms, ":at_offset_min": at.offset_min, ":beside": beside,
        },
    )?;
    Ok(())
}

pub(crate) fn keep_pieces(
    connection: &Connection,
    photo: &PhotoRef,
    bytes: &[u8],
) -> Result<(), StoreError> {
    let known: bool = connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM attachment WHERE hash = :hash)",
        named_params! {":hash": photo.hash.0},
        |row| row.get(0),
    )?;
    if known {
        return Ok(());
    }
    connection.execute(
        "INSERT INTO attachment (hash, media_type, bytes) VALUES (:hash, :media_type, :bytes)",
        named_params! {":hash": photo.hash.0, ":media_type": photo.media_type, ":bytes": photo.bytes},
    )?;
    let mut statement = connection.prepare_cached(
        "INSERT INTO attachment_piece (hash, number, body) VALUES (:hash, :number, :body)",
    )?;
    for (number, piece) in (0_u32..).zip(bytes.chunks(PIECE_BYTES)) {
        statement
            .execute(named_params! {":hash": photo.hash.0, ":number": number, ":body": piece})?;
    }
    Ok(())
}

/// Pictures a report's answers name and that no entry of it carries yet.
pub(crate) fn unsent_attachments(
    connection: &Connection,
    report: Uuid,
) -> Result<Vec<Attachment>, StoreError> {
    let mut statement =
        connection.prepare_cached(include_str!("../sql/attachment_use/list_unsent.sql"))?;
    let attachments = statement
        .query_map(named_params! {":report": report.as_bytes()}, |row| {
            Ok(Attachment {
                hash: AttachmentHash(row.get("hash")?),
                media_type: row.get("media_type")?,
                bytes: row.get("bytes")?,
                question: row.get("question")?,
                at: moment(row, "at_ms", "at_offset_min")?,
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(attachments)
}
