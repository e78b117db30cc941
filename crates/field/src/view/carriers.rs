//! What the screens Carry, Receive and Team are told. Counts, sizes, times and teams: a carrier knows no more.

use crate::view::Evidence;
use baqylau_domain::{Moment, Road, TeamCode};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a bundle is to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Load {
    /// This device's own reports.
    Own,
    /// Those, and everything carried for others: their segments, receipts for them, this device's word on what it holds.
    All,
    /// Only what goes back: receipts and this device's word.
    Back,
}

/// Everything about evidence that goes by hand.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Carriers {
    /// The state of this device's own evidence; `carried` counts what is in other hands.
    pub evidence: Evidence,
    /// Bytes of this device's own reports that headquarters lacks, about.
    #[ts(type = "number")]
    pub own_bytes: u64,
    /// What is carried for others.
    pub carried: Carried,
    /// Hand-overs of this device's own reports, latest first.
    pub handed: Vec<HandedNote>,
    /// The hand-over by network that this device waits for.
    pub listening: Option<Listening>,
    /// What the last hand-over by network brought, since the app was unlocked.
    pub arrived: Option<TakenIn>,
    /// Codes that are being read, since the app was unlocked.
    pub reading: Vec<Reading>,
    /// Bytes that codes on a screen hold at most.
    pub most_code_bytes: u32,
}

/// What is carried for others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Carried {
    /// Segments on their way to headquarters.
    pub waiting: u32,
    /// Pictures on their way to headquarters.
    pub waiting_pictures: u32,
    /// The bytes of these segments.
    #[ts(type = "number")]
    pub waiting_bytes: u64,
    /// The bytes of these pictures.
    #[ts(type = "number")]
    pub waiting_picture_bytes: u64,
    /// Of these segments, handed on to another carrier or to a file too.
    pub handed_on: u32,
    /// Segments that this device brought to headquarters.
    pub delivered: u32,
    /// Pictures that this device brought to headquarters.
    pub delivered_pictures: u32,
    /// Receipts to bring back.
    pub receipts: u32,
    /// Segments that can still be taken over.
    pub room: u32,
}

/// One hand-over of this device's own reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HandedNote {
    /// The carrier's team, as its certificate says; `None`: a file.
    pub by: Option<TeamCode>,
    /// The road.
    pub road: Road,
    /// Segments.
    pub segments: u32,
    /// Entries in them.
    #[ts(type = "number")]
    pub entries: u64,
    /// Pictures.
    pub pictures: u32,
    /// When.
    pub at: Moment,
}

/// A bundle written to a file, read back and found right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MadeFile {
    /// The file.
    pub path: String,
    /// What is in it.
    pub holds: Holds,
}

/// What a bundle holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Holds {
    /// Its bytes.
    #[ts(type = "number")]
    pub bytes: u64,
    /// This device's own finished reports that headquarters lacks.
    pub reports: u32,
    /// This device's own segments.
    pub own: u32,
    /// Segments of others.
    pub carried: u32,
    /// Receipts to bring back.
    pub receipts: u32,
    /// Receipts that codes had no room for; they stay here.
    pub receipts_left: u32,
    /// Pictures, this device's own and others'.
    pub pictures: u32,
    /// Pictures that it had no room for; they stay here. Codes have room for none.
    pub pictures_left: u32,
}

/// Folders that a file may be written to, and bundles that lie there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CarryPlaces {
    /// Sticks and cards first.
    pub places: Vec<CarryPlace>,
}

/// A folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CarryPlace {
    /// Its path.
    pub path: String,
    /// Whether it is a stick or a card, and not a folder of this machine.
    pub removable: bool,
    /// Bundles in it, latest first.
    pub bundles: Vec<BundleFile>,
}

/// The file of a bundle or of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BundleFile {
    /// Its path.
    pub path: String,
    /// Its name.
    pub name: String,
    /// Its bytes.
    #[ts(type = "number")]
    pub bytes: u64,
    /// When it was last written, by the medium's own word; `None`: it has none.
    pub written_at: Option<Moment>,
}

/// What a bundle brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TakenIn {
    /// By which road it came.
    pub road: Road,
    /// What the holder called whoever brought it.
    pub label: Option<String>,
    /// When it was taken in.
    pub at: Moment,
    /// Own reports that headquarters is newly known to hold.
    pub confirmed: u32,
    /// Segments newly taken over.
    pub new: u32,
    /// Segments carried already.
    pub known: u32,
    /// This device's own segments, come back; nothing is done with them.
    pub own: u32,
    /// Pictures newly taken over.
    pub pictures_new: u32,
    /// Pictures carried already.
    pub pictures_known: u32,
    /// This device's own pictures, come back; nothing is done with them.
    pub pictures_own: u32,
    /// Own pictures that headquarters is newly known to hold.
    pub pictures_confirmed: u32,
    /// Receipts newly kept for others.
    pub receipts_new: u32,
    /// Receipts that say no more than what is known.
    pub receipts_known: u32,
    /// Own or carried segments for which a carrier's word came.
    pub in_custody: u32,
    /// Own or carried pictures for which one came.
    pub pictures_in_custody: u32,
    /// The teams of those carriers.
    pub custody_by: Vec<TeamCode>,
    /// Whether a newer configuration came and is in force now.
    pub updated: bool,
    /// What was not taken, and why.
    pub refused: Vec<RefusedPart>,
}

/// Parts of a bundle that were not taken. The rest of it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RefusedPart {
    /// `segment`, `picture`, `receipt`, `custody`, `config`.
    pub what: String,
    /// Why: a stable code.
    pub code: String,
    /// How many.
    pub count: u32,
}

/// A bundle as a series of codes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Codes {
    /// The series' name.
    pub set: String,
    /// The least number of codes that can be enough. Those after them repair what was missed, without end.
    pub needed: u32,
    /// What the bundle holds.
    pub holds: Holds,
}

/// One code as a picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CodePicture {
    /// Its number in the series, from 0; 0 for a code that stands alone.
    pub number: u32,
    /// What it says.
    pub text: String,
    /// Modules of a side, the quiet ones around it included.
    pub size: u32,
    /// The dark modules as the path of an SVG picture of that size.
    pub path: String,
}

/// A series of codes that is being read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Reading {
    /// The series' name.
    pub set: String,
    /// Different codes read.
    pub have: u32,
    /// The least number that can be enough.
    pub needed: u32,
}

/// What a code that was read came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CodeTaken {
    /// How far its series is.
    pub reading: Reading,
    /// What the bundle brought, with the code that completed it.
    pub taken: Option<TakenIn>,
    /// Whether the series was complete before.
    pub complete: bool,
}

/// What the codes in a picture came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PictureTaken {
    /// Codes of ours that were found.
    pub found: u32,
    /// What the last of them came to.
    pub code: Option<CodeTaken>,
    /// The code of a hand-over by network, if that is what was found: for `hand_over`.
    pub handover: Option<String>,
}

/// A hand-over by network that this device waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Listening {
    /// The code to show.
    pub code: CodePicture,
    /// Addresses of this device in it, for whoever looks why it is not found.
    pub addresses: Vec<String>,
    /// What the holder calls whoever is to bring something.
    pub label: Option<String>,
    /// When it ends by itself.
    pub until: Moment,
}

/// A bundle that a carrier took over and signed for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HandedOver {
    /// The carrier's team, as its certificate says.
    pub by: TeamCode,
    /// What was handed over.
    pub holds: Holds,
    /// What came back.
    pub taken: TakenIn,
}

/// The teams of a leader's area, as far as they went through the leader's hands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TeamPage {
    /// Teams of the area, by code.
    pub teams: Vec<TeamRow>,
    /// What came under other labels, or under none.
    pub others: Vec<TeamRow>,
    /// All that is carried.
    pub carried: Carried,
}

/// What was taken over from one team. What its reports say, and how many there are, nobody but headquarters can see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TeamRow {
    /// The team; `None` for what has no team's label.
    pub team: Option<TeamCode>,
    /// The label; `None`: none was given.
    pub label: Option<String>,
    /// Segments taken over.
    pub segments: u32,
    /// Pictures taken over.
    pub pictures: u32,
    /// The bytes of both.
    #[ts(type = "number")]
    pub bytes: u64,
    /// Segments still here, on their way.
    pub waiting: u32,
    /// Of these, handed on too.
    pub handed_on: u32,
    /// Segments brought to headquarters by this device.
    pub delivered: u32,
    /// Pictures still here, on their way.
    pub waiting_pictures: u32,
    /// When something was last taken over; `None`: never.
    pub last_at: Option<Moment>,
}
