//! What the commands about carriers are given.

use crate::view::Load;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A bundle to make.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LoadArgs {
    /// What it is to hold.
    pub load: Load,
}

/// A file to write.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MakeFileArgs {
    /// The folder to write it to.
    pub folder: String,
    /// What it is to hold.
    pub load: Load,
}

/// A file to take in.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TakeFileArgs {
    /// The file.
    pub path: String,
    /// What the holder calls whoever brought it, such as a team's code; it stays on this device.
    pub label: Option<String>,
}

/// A file that the page has read.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TakeBytesArgs {
    /// Its bytes, standard base64 with padding.
    pub base64: String,
    /// As in [`TakeFileArgs`].
    pub label: Option<String>,
}

/// A code of the series that is being shown.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CodeFrameArgs {
    /// The series.
    pub set: String,
    /// The code's number, from 0, without end.
    pub number: u32,
}

/// A code that a camera has read.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TakeCodeArgs {
    /// What it says.
    pub text: String,
    /// As in [`TakeFileArgs`].
    pub label: Option<String>,
}

/// A picture with codes in it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TakePictureArgs {
    /// A JPEG's or PNG's bytes, standard base64 with padding.
    pub base64: String,
    /// As in [`TakeFileArgs`].
    pub label: Option<String>,
}

/// A hand-over by network to wait for.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListenArgs {
    /// As in [`TakeFileArgs`].
    pub label: Option<String>,
}

/// A hand-over by network to make.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct HandOverArgs {
    /// The code on the carrier's screen.
    pub code: String,
}
