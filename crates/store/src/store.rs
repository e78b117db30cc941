//! The unlocked database.

use crate::register::{Hit, Hits, Query, RegisterRows};
use crate::*;
use baqylau_domain::{
    Answers, AttachmentHash, DeliveryState, FormId, Moment, ObserverCode, PhotoRef, StationCode, Value,
};
use uuid::Uuid;

/// The unlocked database. `Send + Sync`; every method blocks for milliseconds at most, unless said.
/// A method that changes something returns only after the change is durable.
pub struct Store {}

/// Drafts and answers.
impl Store {
    /// Begins a draft, with the answers it starts with (prefill).
    pub fn begin(&self, new: &NewReport, answers: &Answers, tally: Tally) -> Result<Report, StoreError> { unimplemented!() }
    /// The visit number for the next report with this form.
    pub fn next_visit(&self, form: &FormId) -> Result<u16, StoreError> { unimplemented!() }
    /// Saves (`None`: clears) one answer of a draft or correction. Durable when it returns.
    pub fn save_answer(&self, report: Uuid, question: &str, value: Option<&Value>, at: Moment, tally: Option<Tally>) -> Result<(), StoreError> { unimplemented!() }
    /// The same for several answers in one commit.
    pub fn save_answers(&self, report: Uuid, changes: &[(String, Option<Value>)], at: Moment, tally: Option<Tally>) -> Result<(), StoreError> { unimplemented!() }
    /// One report.
    pub fn report(&self, report: Uuid) -> Result<Option<Report>, StoreError> { unimplemented!() }
    /// All reports, latest begun first.
    pub fn reports(&self) -> Result<Vec<Report>, StoreError> { unimplemented!() }
    /// Reports about one place, latest begun first.
    pub fn reports_at(&self, place: &Place) -> Result<Vec<Report>, StoreError> { unimplemented!() }
    /// How many reports there are at each station or commission.
    pub fn reports_by_place(&self) -> Result<std::collections::BTreeMap<StationCode, u32>, StoreError> { unimplemented!() }
    /// A report's answers as they are now (the draft's, or the latest revision's).
    pub fn answers(&self, report: Uuid) -> Result<Answers, StoreError> { unimplemented!() }
    /// Deletes a draft that was never finished. The only deletion of answers there is.
    pub fn discard(&self, report: Uuid) -> Result<(), StoreError> { unimplemented!() }
    /// Adds a note. In a finished report it waits for [`Store::append_notes`].
    pub fn add_note(&self, report: Uuid, id: Uuid, question: Option<&str>, text: &str, at: Moment) -> Result<(), StoreError> { unimplemented!() }
    /// A report's notes, oldest first.
    pub fn notes(&self, report: Uuid) -> Result<Vec<Note>, StoreError> { unimplemented!() }
}

/// Steps that append to the journal. `build` runs inside the transaction and must not call the store;
/// when it fails, nothing has happened.
impl Store {
    /// Finishes a draft or a correction: entries, state and revision in one transaction.
    /// `build` returns, in order, an `Open` (only when `numbering.open_seq` is `None`), exactly one `Revision`,
    /// any `Note`s and `Attachment`s, and a `Finalise`.
    pub fn finish<E: From<StoreError>>(&self, report: Uuid, at: Moment, confirmed_by: &[ObserverCode], tally: Option<Tally>, build: impl FnOnce(&Finishing<'_>) -> Result<Vec<NewEntry>, E>) -> Result<Report, E> { unimplemented!() }
    /// Begins a correction; the draft answers are those of the latest revision.
    pub fn correct(&self, report: Uuid, reason: &str, at: Moment) -> Result<Report, StoreError> { unimplemented!() }
    /// Gives a correction up: the answers are again those of the latest revision.
    pub fn drop_correction(&self, report: Uuid, at: Moment) -> Result<Report, StoreError> { unimplemented!() }
    /// Takes a finished report back. `build` returns one `Withdraw`.
    pub fn withdraw<E: From<StoreError>>(&self, report: Uuid, at: Moment, build: impl FnOnce(&Numbering) -> Result<NewEntry, E>) -> Result<Report, E> { unimplemented!() }
    /// Appends the notes of a report that has an `open` entry and that no entry carries yet; `build` returns a `Note` each.
    pub fn append_notes<E: From<StoreError>>(&self, report: Uuid, at: Moment, build: impl FnOnce(&Numbering, &[Note]) -> Result<Vec<NewEntry>, E>) -> Result<(), E> { unimplemented!() }
    /// A report's finished revisions, oldest first.
    pub fn revisions(&self, report: Uuid) -> Result<Vec<Revision>, StoreError> { unimplemented!() }
    /// For checks across the forms of one place: reports there with a finished revision that were not
    /// withdrawn, and their latest finished answers; latest finished first.
    pub fn finished_at(&self, place: &Place) -> Result<Vec<(Report, Answers)>, StoreError> { unimplemented!() }
}

/// The journal, its delivery and headquarters' word.
impl Store {
    /// Makes the device somebody. Once.
    pub fn enrol(&self, identity: &Identity, config: &SignedBlob, at: Moment) -> Result<(), StoreError> { unimplemented!() }
    /// Who the device is.
    pub fn identity(&self) -> Result<Option<Identity>, StoreError> { unimplemented!() }
    /// Replaces the certificate (renewed for the same key).
    pub fn set_certificate(&self, certificate: &[u8]) -> Result<(), StoreError> { unimplemented!() }
    /// The signed configuration.
    pub fn config(&self) -> Result<Option<SignedBlob>, StoreError> { unimplemented!() }
    /// Takes a newer configuration (its signature checked by the caller); an older one is refused.
    pub fn set_config(&self, config: &SignedBlob, at: Moment) -> Result<(), StoreError> { unimplemented!() }
    /// The journal's end.
    pub fn head(&self) -> Result<Head, StoreError> { unimplemented!() }
    /// The chain's hash after entry `seq` (0: genesis).
    pub fn hash_at(&self, seq: u64) -> Result<Option<[u8; 32]>, StoreError> { unimplemented!() }
    /// Entries from `from_seq`, at most `limit`.
    pub fn entries(&self, from_seq: u64, limit: u32) -> Result<Vec<Entry>, StoreError> { unimplemented!() }
    /// Recomputes the whole chain.
    pub fn verify_journal(&self) -> Result<(), StoreError> { unimplemented!() }
    /// What headquarters last wanted.
    pub fn cursor(&self) -> Result<Cursor, StoreError> { unimplemented!() }
    /// Remembers what headquarters wants and what was sent.
    pub fn set_cursor(&self, cursor: Cursor) -> Result<(), StoreError> { unimplemented!() }
    /// Remembers how an exchange went (`error: None`: it succeeded).
    pub fn note_exchange(&self, at: Moment, error: Option<&str>) -> Result<(), StoreError> { unimplemented!() }
    /// Keeps a receipt, after comparing its hash with the journal's own.
    pub fn record_receipt(&self, receipt: &Receipt, at: Moment) -> Result<(), StoreError> { unimplemented!() }
    /// The last entry headquarters is known to hold; 0: none.
    pub fn held_upto(&self) -> Result<u64, StoreError> { unimplemented!() }
    /// Receipts, oldest first.
    pub fn receipts(&self) -> Result<Vec<Receipt>, StoreError> { unimplemented!() }
    /// Remembers a verdict other than holding.
    pub fn record_verdict(&self, verdict: &SegmentVerdict, at: Moment) -> Result<(), StoreError> { unimplemented!() }
    /// How far a report has travelled.
    pub fn delivery(&self, report: &Report) -> Result<DeliveryState, StoreError> { unimplemented!() }
    /// The state of the evidence.
    pub fn evidence(&self) -> Result<Evidence, StoreError> { unimplemented!() }
    /// Keeps a sealed segment as an immutable, synced file.
    pub fn put_segment(&self, segment: &Segment, at: Moment) -> Result<(), StoreError> { unimplemented!() }
    /// Sealed segments that hold `from_seq` or later entries, in order.
    pub fn segments(&self, from_seq: u64) -> Result<Vec<Segment>, StoreError> { unimplemented!() }
}

/// Content by address, pictures, the register.
impl Store {
    /// Keeps content under its SHA-256, which is checked.
    pub fn put_blob(&self, kind: &str, hash: [u8; 32], bytes: &[u8], at: Moment) -> Result<(), StoreError> { unimplemented!() }
    /// Content by address.
    pub fn blob(&self, hash: &[u8; 32]) -> Result<Option<Vec<u8>>, StoreError> { unimplemented!() }
    /// Whether it is here.
    pub fn has_blob(&self, hash: &[u8; 32]) -> Result<bool, StoreError> { unimplemented!() }
    /// Takes a picture in as the answer to a question of a draft or correction (same commit).
    pub fn put_photo(&self, report: Uuid, question: &str, media_type: &str, bytes: &[u8], at: Moment, tally: Option<Tally>) -> Result<PhotoRef, StoreError> { unimplemented!() }
    /// A picture's bytes.
    pub fn photo(&self, hash: &AttachmentHash) -> Result<Option<Vec<u8>>, StoreError> { unimplemented!() }
    /// Replaces the register in one transaction (tens to hundreds of milliseconds).
    pub fn load_register(&self, rows: &RegisterRows, at: Moment) -> Result<(), StoreError> { unimplemented!() }
    /// The content address of the register loaded.
    pub fn register_hash(&self) -> Result<Option<[u8; 32]>, StoreError> { unimplemented!() }
    /// Searches the register.
    pub fn search(&self, query: &Query<'_>) -> Result<Hits, StoreError> { unimplemented!() }
    /// One station or commission by code.
    pub fn place(&self, code: &str) -> Result<Option<Hit>, StoreError> { unimplemented!() }
}
