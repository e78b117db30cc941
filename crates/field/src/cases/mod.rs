//! The use cases, by what they are about. Each is called by one row of the command table.

pub(crate) mod backup;
pub(crate) mod binding;
pub(crate) mod carriers;
pub(crate) mod day;
pub(crate) mod earlier;
pub(crate) mod enrol;
pub(crate) mod evidence;
pub(crate) mod exchange;
pub(crate) mod pictures;
pub(crate) mod places;
pub(crate) mod recovery;
pub(crate) mod reports;
pub(crate) mod sealing;
pub(crate) mod session;
pub(crate) mod visit;
pub(crate) mod wipe;
