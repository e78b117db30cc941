//! Pictures beside answers, and how far every picture has travelled.

use crate::custody::{carrier, road};
use crate::drafts::editable;
use crate::photos::{keep_pieces, keep_use};
use crate::rows::{id, moment, touch};
use crate::{InHands, Picture, PictureReceipt, Store, StoreError};
use baqylau_domain::{AttachmentHash, FormId, Moment, PhotoRef};
use rusqlite::{Connection, Row, named_params};
use sha2::{Digest, Sha256};
use uuid::Uuid;

impl Store {
    /// Takes a picture in beside the answer to a question of a draft or correction, in one commit.
    ///
    /// # Errors
    /// As [`Store::save_answer`].
    pub fn add_picture(
        &self,
        report: Uuid,
        question: &str,
        media_type: &str,
        bytes: &[u8],
        at: Moment,
    ) -> Result<PhotoRef, StoreError> {
        let photo = PhotoRef {
            hash: AttachmentHash(Sha256::digest(bytes).into()),
            media_type: media_type.to_owned(),
            bytes: bytes.len() as u64,
        };
        self.write(|tx| {
            editable(tx, report)?;
            keep_pieces(tx, &photo, bytes)?;
            keep_use(tx, report, question, &photo.hash, at, true)?;
            touch(tx, report, at, None)
        })?;
        Ok(photo)
    }

    /// Takes a picture away that stands beside an answer and that no entry names; `false` when there is none.
    ///
    /// # Errors
    /// As [`Store::save_answer`].
    pub fn remove_picture(
        &self,
        report: Uuid,
        question: &str,
        hash: &AttachmentHash,
        at: Moment,
    ) -> Result<bool, StoreError> {
        self.write(|tx| {
            editable(tx, report)?;
            let gone = take_away(tx, report, Some(question), Some(hash))?;
            touch(tx, report, at, None)?;
            Ok(gone)
        })
    }

    /// Pictures of one report, or of all, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn pictures(&self, report: Option<Uuid>) -> Result<Vec<Picture>, StoreError> {
        self.read(|tx| {
            let mut statement =
                tx.prepare_cached(include_str!("../sql/attachment_use/list.sql"))?;
            let report = report.map(Uuid::into_bytes);
            let pictures = statement
                .query_map(named_params! {":report": report}, picture)?
                .collect::<Result<_, _>>()?;
            Ok(pictures)
        })
    }

    /// Keeps what a picture is sealed with, in place of what was kept before.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn keep_picture_seed(
        &self,
        hash: &AttachmentHash,
        seed: &[u8; 32],
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.prepare_cached(include_str!("../sql/picture_road/keep_seed.sql"))?
                .execute(named_params! {":hash": hash.0, ":seed": seed})?;
            Ok(())
        })
    }

    /// Notes how many bytes of a sealed picture headquarters has, and of how many.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn note_picture_sent(
        &self,
        hash: &AttachmentHash,
        sent: u64,
        total: u64,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.prepare_cached(
                "UPDATE picture_road SET sent = min(:sent, :total), total = :total WHERE hash = :hash",
            )?
            .execute(named_params! {":hash": hash.0, ":sent": sent, ":total": total})?;
            Ok(())
        })
    }

    /// Keeps a verified receipt of a picture.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn record_picture_receipt(
        &self,
        hash: &AttachmentHash,
        receipt: &PictureReceipt,
        signed: &[u8],
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.prepare_cached(include_str!("../sql/picture_receipt/insert.sql"))?
                .execute(named_params! {
                    ":hash": hash.0, ":server_epoch": receipt.server_epoch,
                    ":received_at_ms": receipt.received_at_ms, ":body": signed,
                })?;
            Ok(())
        })
    }

    /// Notes why headquarters keeps a picture apart.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn set_picture_aside(&self, hash: &AttachmentHash, code: &str) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.prepare_cached("UPDATE picture_road SET code = :code WHERE hash = :hash")?
                .execute(named_params! {":hash": hash.0, ":code": code})?;
            Ok(())
        })
    }
}

/// Takes pictures away that no entry names; without a question or a hash, all of the report's.
pub(crate) fn take_away(
    connection: &Connection,
    report: Uuid,
    question: Option<&str>,
    hash: Option<&AttachmentHash>,
) -> Result<bool, StoreError> {
    let gone = connection.execute(
        include_str!("../sql/attachment_use/take_away.sql"),
        named_params! {
            ":report": report.as_bytes(), ":question": question, ":hash": hash.map(|hash| hash.0),
        },
    )?;
    connection.execute(include_str!("../sql/attachment/delete_unused.sql"), [])?;
    Ok(gone > 0)
}

fn picture(row: &Row<'_>) -> rusqlite::Result<Picture> {
    let epoch: Option<u64> = row.get("server_epoch")?;
    let receipt = epoch
        .map(|server_epoch| {
            Ok::<_, rusqlite::Error>(PictureReceipt {
                server_epoch,
                received_at_ms: row.get("received_at_ms")?,
            })
        })
        .transpose()?;
    let handed_at_ms: Option<i64> = row.get("hands_at_ms")?;
    let in_hands = handed_at_ms
        .map(|_| {
            Ok::<_, rusqlite::Error>(InHands {
                by: carrier(row)?,
                road: road(row)?,
                at: moment(row, "hands_at_ms", "hands_offset_min")?,
            })
        })
        .transpose()?;
    Ok(Picture {
        report: id(row, "report")?,
        form: FormId(row.get("form")?),
        question: row.get("question")?,
        photo: PhotoRef {
            hash: AttachmentHash(row.get("hash")?),
            media_type: row.get("media_type")?,
            bytes: row.get("bytes")?,
        },
        at: moment(row, "at_ms", "at_offset_min")?,
        beside: row.get("beside")?,
        seq: row.get("seq")?,
        seed: row.get("seed")?,
        sent: row.get::<_, Option<u64>>("sent")?.unwrap_or(0),
        total: row.get::<_, Option<u64>>("total")?.unwrap_or(0),
        code: row.get("code")?,
        receipt,
        in_hands,
        is_here: row.get("is_here")?,
    })
}
