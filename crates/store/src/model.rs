//! What goes in and comes out of the store.

use baqylau_domain::{
    Answers, AttachmentHash, DeviceId, FormHash, FormId, Moment, ObserverCode, PhotoRef,
    ReportState, Road, StationCode, TeamCode,
};
use uuid::Uuid;
use zeroize::Zeroizing;

/// What a report is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// A polling station of the register.
    Station(StationCode),
    /// A commission of the register.
    Commission(StationCode),
    /// A place typed in, because it is not in the register.
    Free(String),
    /// No place.
    Anywhere,
}

/// A draft about to begin.
#[derive(Debug, Clone)]
pub struct NewReport {
    /// The local id (`UUIDv7`); never travels.
    pub id: Uuid,
    /// The form.
    pub form: FormId,
    /// The definition it is filled in with, for its whole life.
    pub form_hash: FormHash,
    /// What it is about.
    pub place: Place,
    /// The team's visit number for this form, from 1 ([`crate::Store::next_visit`]).
    pub visit: u16,
    /// When it was begun.
    pub at: Moment,
}

/// A report as the store holds it.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The local id.
    pub id: Uuid,
    /// The form.
    pub form: FormId,
    /// The definition it is filled in with.
    pub form_hash: FormHash,
    /// What it is about.
    pub place: Place,
    /// The visit number.
    pub visit: u16,
    /// Where it stands.
    pub state: ReportState,
    /// When it was begun.
    pub begun_at: Moment,
    /// When something of it was last made durable.
    pub saved_at: Moment,
    /// Finished revisions so far.
    pub revision: u32,
    /// The reason of the correction under way.
    pub correction_reason: Option<String>,
    /// Its `open` entry, once finished.
    pub open_seq: Option<u64>,
    /// Its latest entry.
    pub last_seq: Option<u64>,
    /// When its latest revision was finished.
    pub finished_at: Option<Moment>,
    /// When it was sealed: of its answers and notes nothing is left here that this device could open.
    pub sealed_at: Option<Moment>,
    /// Questions with an answer now; of a sealed report, as many as there were.
    pub answered: u32,
    /// Figures for lists, as last given.
    pub tally: Tally,
}

/// Figures for lists that only the form engine knows; kept so that a list needs no evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Questions that apply.
    pub applicable: u32,
    /// Findings worth a look.
    pub findings: u32,
}

/// A remark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its local id (`UUIDv7`).
    pub id: Uuid,
    /// The question's name; `None`: the whole report.
    pub question: Option<String>,
    /// The text.
    pub text: String,
    /// When it was written.
    pub at: Moment,
    /// Its journal entry, once appended.
    pub seq: Option<u64>,
}

/// A finished revision.
#[derive(Debug, Clone, PartialEq)]
pub struct Revision {
    /// 1 for the first.
    pub number: u32,
    /// Its `revision` entry.
    pub seq: u64,
    /// Why it replaced the one before; empty for the first.
    pub reason: String,
    /// When it was finished.
    pub at: Moment,
    /// Who confirmed it.
    pub confirmed_by: Vec<ObserverCode>,
    /// Names of the questions whose answers it changed.
    pub changed: Vec<String>,
    /// All answers as of this revision.
    pub answers: Answers,
}

/// What a journal entry does to the store's own tables. Its bytes are the protocol's business.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryRole {
    /// Begins a report.
    Open,
    /// A set of changed answers.
    Revision,
    /// Confirms a revision.
    Finalise,
    /// Takes a report back.
    Withdraw,
    /// Carries the note with this local id.
    Note(Uuid),
    /// Carries the manifest of this attachment.
    Attachment(AttachmentHash),
}

/// An entry to append: canonical bytes and what they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// What it is.
    pub role: EntryRole,
    /// Its canonical bytes.
    pub bytes: Vec<u8>,
}

/// An entry in the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number, from 1 without gaps.
    pub seq: u64,
    /// The report it belongs to (local id).
    pub report: Uuid,
    /// Its canonical bytes; empty when the report is sealed.
    pub bytes: Vec<u8>,
    /// The chain's hash after it.
    pub hash: [u8; 32],
}

/// The journal's end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The number the next entry gets; 1 for an empty journal.
    pub next_seq: u64,
    /// The chain's hash after the last entry (the genesis hash for an empty journal).
    pub hash: [u8; 32],
}

/// Numbers that the entries of a step need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbering {
    /// The number the first of the new entries gets; the others follow without gaps.
    pub first_seq: u64,
    /// The report's `open` entry; `None`: it is to be the first of the new entries.
    pub open_seq: Option<u64>,
    /// The revision being made, from 1 (for a withdrawal or a note: the latest one).
    pub revision: u32,
    /// The `revision` entry that a new one supersedes.
    pub supersedes: Option<u64>,
}

/// A report at the moment of finishing, read inside the transaction that appends it.
#[derive(Debug)]
pub struct Finishing<'a> {
    /// The report.
    pub report: &'a Report,
    /// Numbers for its entries.
    pub numbering: Numbering,
    /// Answers as they are now.
    pub answers: &'a Answers,
    /// Answers as of the revision before; empty for the first.
    pub before: &'a Answers,
    /// Notes that no entry carries yet, oldest first.
    pub notes: &'a [Note],
    /// Attachments that no entry of this report carries yet, with the question they answer.
    pub attachments: &'a [Attachment],
}

/// A picture kept in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// SHA-256 of its bytes.
    pub hash: AttachmentHash,
    /// `image/jpeg` or `image/png`.
    pub media_type: String,
    /// Its length.
    pub bytes: u64,
    /// The question it answers.
    pub question: String,
    /// When it was taken in.
    pub at: Moment,
}

/// A picture of a report, and how far it has travelled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The report (local id).
    pub report: Uuid,
    /// The report's form.
    pub form: FormId,
    /// The question's name.
    pub question: String,
    /// The picture.
    pub photo: PhotoRef,
    /// When it was taken in.
    pub at: Moment,
    /// Whether it stands beside the answer and is not the answer itself.
    pub beside: bool,
    /// The entry that names it, once there is one.
    pub seq: Option<u64>,
    /// What it is sealed with, once sending has begun.
    pub seed: Option<[u8; 32]>,
    /// Bytes of the sealed picture that headquarters has.
    pub sent: u64,
    /// Of how many; 0 before sending has begun.
    pub total: u64,
    /// Why headquarters keeps it apart.
    pub code: Option<String>,
    /// The newest receipt.
    pub receipt: Option<PictureReceipt>,
    /// In whose hands a copy is; of several, a carrier's before a file, and the latest.
    pub in_hands: Option<InHands>,
    /// Whether its bytes are still here: of a sealed report they go when headquarters has signed for them.
    pub is_here: bool,
}

/// Where a copy of an own picture is that was handed over. It says nothing about headquarters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InHands {
    /// The carrier's team; `None`: a file.
    pub by: Option<TeamCode>,
    /// The road.
    pub road: Road,
    /// When.
    pub at: Moment,
}

/// What a verified receipt of a picture says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PictureReceipt {
    /// Headquarters' epoch: after a restore from a backup it is not believed any more.
    pub server_epoch: u64,
    /// When headquarters says it received the last of it, UTC milliseconds.
    pub received_at_ms: i64,
}

/// Who this device is. Set once, at enrolment; the key never leaves the database.
#[derive(Clone)]
pub struct Identity {
    /// The device.
    pub device: DeviceId,
    /// The chain's hash before the first entry.
    pub genesis: [u8; 32],
    /// The secret signing key, as the protocol writes it.
    pub device_key: Zeroizing<Vec<u8>>,
    /// The certificate, as the protocol writes it.
    pub certificate: Vec<u8>,
}

/// A signed, versioned document of headquarters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedBlob {
    /// Its version; never goes back.
    pub version: u64,
    /// As signed.
    pub bytes: Vec<u8>,
}

/// What headquarters last said it wants. May go back when its epoch rises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// Headquarters' epoch; 0 before the first exchange.
    pub server_epoch: u64,
    /// The entry it wants next.
    pub next_seq: u64,
    /// The last entry handed to a road.
    pub sent_upto: u64,
}

/// How the last exchanges went.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exchange {
    /// When one last succeeded.
    pub succeeded_at: Option<Moment>,
    /// The code of the last attempt's failure; `None`: it succeeded.
    pub error: Option<String>,
}

/// A receipt whose signature the caller has verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Headquarters' epoch when it signed.
    pub server_epoch: u64,
    /// It holds every entry up to this one …
    pub upto_seq: u64,
    /// … which has this chain hash.
    pub hash: [u8; 32],
    /// When headquarters says it received it.
    pub received_at_ms: i64,
    /// As signed.
    pub bytes: Vec<u8>,
}

/// A sealed segment in the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Its first entry.
    pub first_seq: u64,
    /// How many entries it holds.
    pub count: u32,
    /// As sealed: what travels.
    pub sealed: Vec<u8>,
}

/// What is left of an entry whose report is sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SealedCopy {
    /// The segment that holds it, compared with its hash just now.
    Whole(Segment),
    /// The segment's file is damaged or gone.
    Lost,
}

/// What headquarters said about a run of entries, other than holding it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SegmentVerdict {
    /// The first entry concerned.
    pub first_seq: u64,
    /// How many entries.
    pub count: u32,
    /// The code it gave (`quarantined` codes, `too_large`, …); `None` takes an earlier one back.
    pub code: Option<String>,
}

/// The state of the evidence, in figures.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evidence {
    /// When something was last made durable.
    pub saved_at: Option<Moment>,
    /// Reports with at least one finished revision.
    pub finished: u32,
    /// Of these, those whose every entry headquarters has signed for.
    pub held: u32,
    /// Of these, the others.
    pub waiting: u32,
    /// Of those that wait, what is in other hands; headquarters has confirmed none of it.
    pub carried: u32,
    /// How the last exchanges went.
    pub exchange: Exchange,
}
