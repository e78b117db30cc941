//! How far the evidence has travelled: cursor, receipts, verdicts.

use crate::custody::in_other_hands;
use crate::journal::hash_at;
use crate::rows::moment;
use crate::{Cursor, Evidence, Exchange, Receipt, Report, SegmentVerdict, Store, StoreError};
use baqylau_domain::{DeliveryState, Moment};
use rusqlite::{Connection, OptionalExtension, named_params};

impl Store {
    /// What headquarters last wanted.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn cursor(&self) -> Result<Cursor, StoreError> {
        self.read(|tx| {
            let cursor = tx
                .prepare_cached("SELECT server_epoch, next_seq, sent_upto FROM exchange")?
                .query_row([], |row| {
                    Ok(Cursor {
                        server_epoch: row.get("server_epoch")?,
                        next_seq: row.get("next_seq")?,
                        sent_upto: row.get("sent_upto")?,
                    })
                })?;
            Ok(cursor)
        })
    }

    /// Headquarters itself has named the epoch that is known.
    ///
    /// # Errors
    /// When it could not be made durable.
    pub fn note_told_epoch(&self) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.execute("UPDATE exchange SET told_epoch = server_epoch", [])?;
            Ok(())
        })
    }

    /// Whether the epoch is known by a receipt alone that somebody brought, and headquarters itself has not named it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn is_epoch_hearsay(&self) -> Result<bool, StoreError> {
        self.read(|tx| {
            let sql = "SELECT server_epoch > told_epoch FROM exchange";
            Ok(tx.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
        })
    }

    /// Remembers what headquarters wants (which goes back after it was restored from a backup) and what was sent.
    ///
    /// # Errors
    /// When it could not be made durable.
    pub fn set_cursor(&self, cursor: Cursor) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.prepare_cached(include_str!("../sql/exchange/set_cursor.sql"))?.execute(named_params! {
                ":server_epoch": cursor.server_epoch, ":next_seq": cursor.next_seq, ":sent_upto": cursor.sent_upto,
            })?;
            Ok(())
        })
    }

    /// The epoch in which headquarters last said that this device is revoked; `None` when it never did.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn revoked_epoch(&self) -> Result<Option<u64>, StoreError> {
        self.read(|tx| {
            Ok(tx
                .prepare_cached("SELECT revoked_epoch FROM exchange")?
                .query_row([], |row| row.get("revoked_epoch"))?)
        })
    }

    /// Remembers that headquarters said so in this epoch.
    ///
    /// # Errors
    /// When it could not be made durable.
    pub fn record_revoked(&self, server_epoch: u64) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.execute(
                "UPDATE exchange SET revoked_epoch = :server_epoch",
                named_params! {":server_epoch": server_epoch},
            )?;
            Ok(())
        })
    }

    /// Remembers how an exchange went (`error: None`: it succeeded).
    ///
    /// # Errors
    /// When it could not be made durable.
    pub fn note_exchange(&self, at: Moment, error: Option<&str>) -> Result<(), StoreError> {
        self.write(|tx| {
            match error {
                Some(code) => tx.execute(
                    "UPDATE exchange SET error = :error",
                    named_params! {":error": code},
                )?,
                None => tx.execute(
                    include_str!("../sql/exchange/succeed.sql"),
                    named_params! {":at_ms": at.utc_ms, ":at_offset_min": at.offset_min},
                )?,
            };
            Ok(())
        })
    }

    /// Keeps a receipt (its signature checked by the caller), after comparing its hash with the
    /// journal's own. The same receipt twice is kept once.
    ///
    /// # Errors
    /// [`StoreError::ReceiptMismatch`] when headquarters signed for entries this journal does not have.
    pub fn record_receipt(&self, receipt: &Receipt, at: Moment) -> Result<(), StoreError> {
        self.write(|tx| {
            if hash_at(tx, receipt.upto_seq)? != Some(receipt.hash) {
                return Err(StoreError::ReceiptMismatch { upto_seq: receipt.upto_seq });
            }
            if receipt.upto_seq == 0 {
                return Ok(());
            }
            tx.prepare_cached(include_str!("../sql/receipt/insert.sql"))?.execute(named_params! {
                ":server_epoch": receipt.server_epoch, ":upto_seq": receipt.upto_seq, ":hash": receipt.hash,
                ":received_at_ms": receipt.received_at_ms, ":body": receipt.bytes,
                ":at_ms": at.utc_ms, ":at_offset_min": at.offset_min,
            })?;
            Ok(())
        })
    }

    /// The last entry headquarters is known to hold; 0: none.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn held_upto(&self) -> Result<u64, StoreError> {
        self.read(|tx| held_upto(tx))
    }

    /// Notes that headquarters does not hold, those of drafts among them.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn notes_unheld(&self) -> Result<u32, StoreError> {
        self.read(|tx| {
            let held_upto = held_upto(tx)?;
            Ok(tx
                .prepare_cached(include_str!("../sql/note/count_unheld.sql"))?
                .query_row(named_params! {":held_upto": held_upto}, |row| row.get(0))?)
        })
    }

    /// Receipts, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn receipts(&self) -> Result<Vec<Receipt>, StoreError> {
        self.read(|tx| {
            let mut statement = tx.prepare_cached(
                "SELECT server_epoch, upto_seq, hash, received_at_ms, body FROM receipt ORDER BY id",
            )?;
            let receipts = statement
                .query_map([], |row| {
                    Ok(Receipt {
                        server_epoch: row.get("server_epoch")?,
                        upto_seq: row.get("upto_seq")?,
                        hash: row.get("hash")?,
                        received_at_ms: row.get("received_at_ms")?,
                        bytes: row.get("body")?,
                    })
                })?
                .collect::<Result<_, _>>()?;
            Ok(receipts)
        })
    }

    /// Remembers a verdict other than holding, or takes one back.
    ///
    /// # Errors
    /// When it could not be made durable.
    pub fn record_verdict(&self, verdict: &SegmentVerdict, at: Moment) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.prepare_cached(include_str!("../sql/verdict/insert.sql"))?
                .execute(named_params! {
                    ":first_seq": verdict.first_seq, ":count": verdict.count, ":code": verdict.code,
                    ":at_ms": at.utc_ms, ":at_offset_min": at.offset_min,
                })?;
            Ok(())
        })
    }

    /// How far a report has travelled, judged by its latest entry.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn delivery(&self, report: &Report) -> Result<DeliveryState, StoreError> {
        let Some(last_seq) = report.last_seq else {
            return Ok(DeliveryState::OnDevice);
        };
        self.read(|tx| {
            let code: Option<String> = tx
                .prepare_cached(include_str!("../sql/verdict/of_report.sql"))?
                .query_row(named_params! {":report": report.id.as_bytes()}, |row| {
                    row.get(0)
                })
                .optional()?;
            if let Some(code) = code {
                return Ok(DeliveryState::Quarantined { code });
            }
            if last_seq <= held_upto(tx)? {
                let received_at_ms = tx
                    .prepare_cached(include_str!("../sql/receipt/first_over.sql"))?
                    .query_row(named_params! {":seq": last_seq}, |row| row.get(0))?;
                return Ok(DeliveryState::Held { received_at_ms });
            }
            if let Some(carried) = in_other_hands(tx, report, last_seq)? {
                return Ok(carried);
            }
            let sent_upto: u64 = tx
                .prepare_cached("SELECT sent_upto FROM exchange")?
                .query_row([], |row| row.get(0))?;
            Ok(if last_seq <= sent_upto {
                DeliveryState::Sent
            } else {
                DeliveryState::Waiting
            })
        })
    }

    /// The state of the evidence.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn evidence(&self) -> Result<Evidence, StoreError> {
        self.read(|tx| {
            let saved_at = tx
                .prepare_cached(include_str!("../sql/report/last_saved.sql"))?
                .query_row([], |row| moment(row, "saved_at_ms", "saved_offset_min"))
                .optional()?;
            let (finished, held, carried): (u32, u32, u32) = tx
                .prepare_cached(include_str!("../sql/report/evidence.sql"))?
                .query_row(named_params! {":held_upto": held_upto(tx)?}, |row| {
                    Ok((row.get("finished")?, row.get("held")?, row.get("carried")?))
                })?;
            let exchange = tx
                .prepare_cached(
                    "SELECT succeeded_at_ms, succeeded_offset_min, error FROM exchange",
                )?
                .query_row([], |row| {
                    let succeeded: Option<i64> = row.get("succeeded_at_ms")?;
                    let succeeded_at = succeeded
                        .map(|_| moment(row, "succeeded_at_ms", "succeeded_offset_min"))
                        .transpose()?;
                    Ok(Exchange {
                        succeeded_at,
                        error: row.get("error")?,
                    })
                })?;
            Ok(Evidence {
                saved_at,
                finished,
                held,
                waiting: finished - held,
                carried,
                exchange,
            })
        })
    }
}

pub(crate) fn held_upto(connection: &Connection) -> Result<u64, StoreError> {
    Ok(connection
        .prepare_cached(include_str!("../sql/receipt/held_upto.sql"))?
        .query_row([], |row| row.get(0))?)
}
