//! What the field app's screens are told. One type a thing; ids and codes, never sentences.

mod carriers;
mod earlier;
mod lost;
mod pictures;
mod sealing;

pub use carriers::{
    BundleFile, Carried, Carriers, CarryPlace, CarryPlaces, CodePicture, CodeTaken, Codes,
    HandedNote, HandedOver, Holds, Listening, Load, MadeFile, PictureTaken, Reading, RefusedPart,
    TakenIn, TeamPage, TeamRow,
};

pub use sealing::{FinishedAnswers, Sealing};

pub use earlier::{EarlierJournal, EarlierJournals, EndReason, MadeBackup, Origin};
pub use lost::{AtStake, KeyStoreState};
pub use pictures::{Picture, PictureBytes, PictureCounts, PictureState, Pictures};

use baqylau_domain::{
    DeliveryState, EntryRef, FormId, Moment, ObserverCode, ReportState, Role, StationCode, TeamCode,
};
use baqylau_forms::{FormSheet, FormView};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// Text in the mission's languages, by language code.
pub type Localised = BTreeMap<String, String>;

/// What the app is able to do right now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Never enrolled.
    New,
    /// Enrolled, and the store is locked.
    Locked,
    /// Unlocked.
    Open,
}

/// The first thing any screen asks.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Status {
    /// What the app can do now.
    pub phase: Phase,
    /// The app's version.
    pub app_version: String,
    /// Language, theme and text size; readable while locked.
    pub settings: Settings,
    /// Who holds the device; only while unlocked.
    pub holder: Option<Holder>,
    /// Seconds until another PIN may be tried; 0 when at once.
    #[ts(type = "number")]
    pub retry_in_s: u64,
    /// Wrong PINs until everything is destroyed; `None`: that was not asked for, or the app is not locked.
    pub tries_left: Option<u32>,
    /// Journals that came before and that no PIN has opened yet: restored from a backup, or set aside.
    pub earlier_closed: u32,
    /// Whether headquarters has seen this journal go on in two ways; only while unlocked.
    pub forked: bool,
    /// Whether headquarters can help when the PIN is forgotten.
    pub recoverable: bool,
    /// Whether the PIN opens nothing without this computer's key store.
    pub bound: bool,
}

/// Settings that hold nothing secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Settings {
    /// `en`, `ru` or `kk`.
    pub language: String,
    /// Colours.
    pub theme: Theme,
    /// Minutes without a touch until the app locks itself.
    pub lock_after_min: u16,
    /// Seconds until the app locks itself after it was left; 0: at once; `None`: only as if untouched.
    #[serde(default = "half_a_minute")]
    pub lock_on_leave_s: Option<u16>,
    /// Wrong PINs in a row that destroy everything: 5, 10 or 20; `None`: none do.
    #[serde(default)]
    pub wipe_after: Option<u32>,
    /// What becomes of the plain answers of a finished report.
    #[serde(default)]
    pub finished_answers: FinishedAnswers,
    /// Minutes after finishing in which a report may still be corrected, before its plain answers may go.
    #[serde(default = "an_hour")]
    pub edit_window_min: u16,
    /// The proxy on the way to headquarters, `http://host:port` or `socks5h://host:port`; `None`: there is none.
    #[serde(default)]
    pub proxy: Option<String>,
}

/// For settings that an earlier version wrote.
fn an_hour() -> u16 {
    60
}

/// For settings that an earlier version wrote.
#[allow(clippy::unnecessary_wraps)] // The field's own type.
fn half_a_minute() -> Option<u16> {
    Some(30)
}

/// Colours of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system has it.
    System,
    /// Paper.
    Light,
    /// Night.
    Dark,
    /// Sunlight.
    Sun,
}

/// Who holds this device, and for which mission.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Holder {
    /// The mission's name in its languages.
    pub mission: Localised,
    /// Whether register, teams and answers are synthetic, and must be labelled so.
    pub synthetic: bool,
    /// The mission's languages in order.
    pub languages: Vec<String>,
    /// What the holder may do.
    pub role: Role,
    /// The team.
    pub team: TeamCode,
    /// The team's observers.
    pub observers: Vec<ObserverCode>,
    /// The team's area in words.
    pub area: Localised,
    /// The mission's forms in the order of the day.
    pub forms: Vec<FormBrief>,
}

/// A form the holder may begin.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FormBrief {
    /// Its id.
    pub id: FormId,
    /// Its letter on paper, `B`.
    pub letter: String,
    /// Its title in the mission's languages.
    pub title: Localised,
    /// Which place it is about.
    pub place: PlaceKind,
    /// Sent before everything else.
    pub urgent: bool,
    /// The time of day from which it is expected, local minutes after midnight; `None`: any time.
    pub from_min: Option<u16>,
    /// How many a team files on the day at most; `None`: as many as there are visits.
    pub per_team: Option<u16>,
}

/// Which place a form is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// A polling station.
    Station,
    /// A commission above the stations.
    Commission,
    /// Anywhere; a place may be named.
    Anywhere,
}

/// The day at a glance.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Today {
    /// Local date of the day shown, `2011-04-03`.
    pub date: String,
    /// The steps of the day, in order, one a form that has a place in it.
    pub steps: Vec<DayStep>,
    /// Reports still open, latest first.
    pub drafts: Vec<ReportRow>,
    /// The state of the evidence.
    pub evidence: Evidence,
}

/// One step of the day's line.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DayStep {
    /// The form.
    pub form: FormId,
    /// Finished reports of it.
    pub finished: u32,
    /// Drafts of it.
    pub drafts: u32,
    /// Whether this is what to do next.
    pub next: bool,
}

/// The state of the evidence, in figures for one sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Evidence {
    /// When an answer was last made durable; `None`: never.
    pub saved_at: Option<Moment>,
    /// Finished reports.
    pub finished: u32,
    /// Of these, those headquarters has signed for.
    pub held: u32,
    /// Of these, those that wait to be sent or to be confirmed.
    pub waiting: u32,
    /// Of those that wait, what is in other hands; headquarters has confirmed none of it.
    pub carried: u32,
    /// When the last exchange with headquarters succeeded.
    pub last_exchange: Option<Moment>,
    /// The error code of the last attempt, if it failed.
    pub last_error: Option<String>,
}

/// A place found in the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StationHit {
    /// Its code.
    pub code: StationCode,
    /// Its number as painted on the door.
    pub number: String,
    /// Name and address in the mission's languages.
    pub name: Localised,
    /// District and region in the mission's languages.
    pub within: Localised,
    /// Its type's code (`regular`, `hospital` …).
    pub kind: String,
    /// Whether it lies in the team's area.
    pub in_area: bool,
    /// Reports this device already has about it.
    pub reports_here: u32,
}

/// What a search of the register found.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StationHits {
    /// Best first.
    pub hits: Vec<StationHit>,
    /// Places that matched; more than `hits` when the list was cut.
    pub matched: u32,
    /// Places in the register.
    pub total: u32,
}

/// One report in a list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReportRow {
    /// The local id (`UUIDv7`), which exists before anything is in the journal.
    pub id: String,
    /// What to say on the phone: `T014-B-07`.
    pub spoken_id: String,
    /// The form.
    pub form: FormId,
    /// The place, if it is in the register.
    pub station: Option<StationHit>,
    /// The place as typed, if it is not.
    pub place: Option<String>,
    /// Where it stands.
    pub state: ReportState,
    /// How far it has travelled.
    pub delivery: DeliveryState,
    /// Revisions finished so far.
    pub revision: u32,
    /// When it was begun.
    pub begun_at: Moment,
    /// When an answer was last saved.
    pub saved_at: Moment,
    /// Answered questions.
    pub answered: u32,
    /// Questions that apply.
    pub applicable: u32,
    /// Findings worth a look (warn and worse).
    pub findings: u32,
    /// Its first journal entry, once finished.
    pub entry: Option<EntryRef>,
    /// Whether its plain answers go, or have gone; `None`: they stay.
    pub sealing: Option<Sealing>,
    /// The earlier journal that a draft came from; `None`: it was begun in this one.
    pub origin: Option<Origin>,
}

/// A report with everything its screen shows.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReportPage {
    /// The row.
    pub row: ReportRow,
    /// The form's texts in the device's language.
    pub sheet: FormSheet,
    /// The evaluated answers.
    pub view: FormView,
    /// Notes, oldest first.
    pub notes: Vec<Note>,
    /// Pictures, oldest first.
    pub pictures: Vec<Picture>,
    /// Earlier revisions, oldest first.
    pub revisions: Vec<Revision>,
    /// Earlier reports about the same place that are sealed: checks against them are headquarters' alone.
    pub sealed_before: u32,
}

/// What an answer did.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Saved {
    /// When it was durable on this device.
    pub saved_at: Moment,
    /// The answers, evaluated again.
    pub view: FormView,
}

/// A remark of the observers on a question or on the whole report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Note {
    /// The question's name; `None`: the whole report.
    pub question: Option<String>,
    /// The text.
    pub text: String,
    /// When it was written.
    pub at: Moment,
}

/// One finished revision of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Revision {
    /// 1 for the first.
    pub number: u32,
    /// Why it replaced the one before; empty for the first.
    pub reason: String,
    /// When it was finished.
    pub at: Moment,
    /// The observers who confirmed it.
    pub confirmed_by: Vec<ObserverCode>,
    /// Names of the questions whose answers it changed.
    pub changed: Vec<String>,
}

/// What finishing came to.
#[allow(clippy::large_enum_variant)] // One exists at a time, on its way into JSON.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum FinishOutcome {
    /// It is in the journal.
    Finished {
        /// Its row now.
        row: ReportRow,
    },
    /// Something blocks it; nothing was lost.
    Blocked {
        /// The answers, evaluated; `findings` holds the reasons.
        view: FormView,
    },
}

/// The outbox.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Outbox {
    /// The state of the evidence.
    pub evidence: Evidence,
    /// Reports not yet held by headquarters, in the order they go.
    pub waiting: Vec<ReportRow>,
    /// Bytes the next exchange would send, padding included.
    #[ts(type = "number")]
    pub next_bytes: u64,
    /// Whether an exchange is under way.
    pub sending: Option<SyncProgress>,
    /// How the pictures stand.
    pub pictures: PictureCounts,
}

/// How far an exchange has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SyncProgress {
    /// `connect`, `send`, `confirm`, `fetch`, `picture`, `deliver`.
    pub step: String,
    /// Done so far, bytes or items as the step counts.
    #[ts(type = "number")]
    pub done: u64,
    /// Out of; 0 when not known.
    #[ts(type = "number")]
    pub total: u64,
}

/// What an exchange came to.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SyncOutcome {
    /// Entries headquarters newly confirmed.
    #[ts(type = "number")]
    pub confirmed: u64,
    /// The state of the evidence after it.
    pub evidence: Evidence,
    /// New forms, register or teams came with it.
    pub updated: bool,
    /// Segments of others that were brought to headquarters.
    pub delivered: u32,
    /// Pictures that headquarters newly signed for.
    pub pictures: u32,
}

/// Pushed to the screen when something changed; the screen then asks again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// Reports, drafts or receipts changed.
    ReportsChanged,
    /// An exchange moved.
    SyncMoved(SyncProgress),
    /// Enrolment moved (`connect`, `fetch`).
    EnrolMoved(SyncProgress),
    /// A backup or its restoration moved (`copy`, `write`, `check`).
    BackupMoved(SyncProgress),
    /// The store was locked.
    Locked,
    /// Settings changed.
    SettingsChanged,
    /// What is carried, what is in whose hands, or a hand-over under way changed.
    CarriersChanged,
}

/// A refusal or failure as the screen sees it: a code and its arguments. The sentence is in the locales (`error-<code>`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Failure {
    /// A code of the closed list in `error.rs`.
    pub code: String,
    /// Arguments of the sentence.
    pub args: BTreeMap<String, String>,
}
