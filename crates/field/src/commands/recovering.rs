//! What the commands about a forgotten PIN are given.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Whether headquarters may help when the PIN is forgotten.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AllowRecoveryArgs {
    /// Whether it may.
    pub allowed: bool,
}

/// Headquarters' answer to a request.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RecoverArgs {
    /// The answer, `BA1-…`.
    pub answer: String,
    /// The new PIN that the request was made with.
    pub pin: String,
}
