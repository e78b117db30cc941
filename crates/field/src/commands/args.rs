//! What each command is given. Field names are the wire's; a field that is not known is refused.

use crate::view::{PlaceKind, ReportRow, Settings};
use baqylau_domain::{AttachmentHash, FormId, ObserverCode, StationCode, Value};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// No arguments, or nothing to tell.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(type = "Record<string, never>")]
pub struct Nothing {}

/// What enrolment takes.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct EnrolArgs {
    /// The enrolment code as scanned or pasted.
    pub code: String,
    /// The PIN that will lock the device.
    pub pin: String,
}

/// A PIN.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PinArgs {
    /// As typed.
    pub pin: String,
}

/// A PIN and the one that replaces it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ChangePinArgs {
    /// The PIN in force.
    pub old: String,
    /// The PIN that replaces it.
    pub new: String,
}

/// Settings to put in force.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SettingsArgs {
    /// All of them.
    pub settings: Settings,
}

/// A search of the register.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct StationsArgs {
    /// Number or name as typed; empty: the team's own area first.
    pub query: String,
    /// Stations, or the commissions above them.
    pub place: PlaceKind,
    /// Hits wanted.
    pub limit: u32,
}

/// A visit to begin.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct StartVisitArgs {
    /// The form.
    pub form: FormId,
    /// The place, when it is in the register.
    pub station: Option<StationCode>,
    /// The place in words, when it is not.
    pub place: Option<String>,
}

/// A report.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReportArgs {
    /// Its local id.
    pub id: String,
}

/// An answer.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AnswerArgs {
    /// The report's local id.
    pub id: String,
    /// The question's name.
    pub question: String,
    /// The answer; `null` clears it.
    pub value: Option<Value>,
}

/// A note.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NoteArgs {
    /// The report's local id.
    pub id: String,
    /// The question's name; `null`: the whole report.
    pub question: Option<String>,
    /// The note.
    pub text: String,
}

/// A picture.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PhotoArgs {
    /// The report's local id.
    pub id: String,
    /// The question's name.
    pub question: String,
    /// `image/jpeg` or `image/png`.
    pub media_type: String,
    /// The picture's bytes, standard base64 with padding.
    pub base64: String,
}

/// A picture to look at.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PictureArgs {
    /// SHA-256 of its bytes.
    pub hash: AttachmentHash,
}

/// A picture to take away.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RemovePictureArgs {
    /// The report's local id.
    pub id: String,
    /// The question's name.
    pub question: String,
    /// SHA-256 of its bytes.
    pub hash: AttachmentHash,
}

/// What finishing takes.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FinishArgs {
    /// The report's local id.
    pub id: String,
    /// The observers who confirm it: all of the team's.
    pub confirmed_by: Vec<ObserverCode>,
}

/// A report and why something is done to it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReasonArgs {
    /// The report's local id.
    pub id: String,
    /// Why, in the observers' words.
    pub reason: String,
}

/// All reports of this device.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Reports {
    /// Latest first.
    pub rows: Vec<ReportRow>,
}
