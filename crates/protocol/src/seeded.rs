//! Known bugs of protocols like this one, planted on purpose so that the campaign of faults can show that it finds them.
//!
//! Without the feature `seeded-bugs`, which only the campaign's crate asks for, every switch is the constant `false`
//! and the compiler removes what hangs on it. With it, nothing but [`plant`] turns one on.

#[cfg(all(feature = "seeded-bugs", not(debug_assertions)))]
compile_error!(
    "seeded-bugs is for development builds: nothing that is shipped may carry the switches"
);

/// A bug that can be planted, each a mistake that real systems have made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Bug {
    /// A receipt is believed without looking at its signature.
    ReceiptUnsigned = 1,
    /// A receipt is believed although headquarters holds something else under the number.
    ReceiptOtherHash,
    /// A receipt from before headquarters was restored is believed.
    ReceiptStale,
    /// A receipt speaks of one entry more than is held.
    ReceiptBeyond,
    /// Headquarters answers before its commit.
    ReceiptEarly,
    /// An older configuration replaces a newer one.
    ConfigRolledBack,
    /// A segment is taken without looking at its signature.
    SegmentUnsigned,
    /// The cursor never goes back.
    CursorStays,
    /// What was sent counts as held.
    SentIsHeld,
    /// The device goes on one entry too far.
    EntrySkipped,
    /// Segments sealed to a key that is gone are sent for ever.
    OldSealKept,
    /// Headquarters appends behind a gap.
    GapAccepted,
    /// Headquarters takes another entry under a number for the one it has.
    ForkIsDuplicate,
    /// The other branch of a fork is thrown away.
    ForkDropped,
    /// What is set aside is thrown away.
    AsideDropped,
    /// A revoked device is taken in like any other.
    RevokedAccepted,
    /// The ledger's commits are not synced.
    CommitUnsynced,
    /// Headquarters believes the device about where its journal stands.
    CursorBelieved,
    /// A segment need not continue the chain.
    ChainUnchecked,
    /// A segment that cannot be opened is called accepted.
    UnknownKeyAccepted,
    /// Entries are appended, and the head stays.
    HeadForgotten,
    /// The epoch stays after a restore.
    EpochKept,
    /// What went ahead of its journal counts as held, and everything before it.
    AheadIsHeld,
}

impl Bug {
    /// All of them.
    pub const ALL: [Self; 23] = [
        Self::ReceiptUnsigned,
        Self::ReceiptOtherHash,
        Self::ReceiptStale,
        Self::ReceiptBeyond,
        Self::ReceiptEarly,
        Self::ConfigRolledBack,
        Self::SegmentUnsigned,
        Self::CursorStays,
        Self::SentIsHeld,
        Self::EntrySkipped,
        Self::OldSealKept,
        Self::GapAccepted,
        Self::ForkIsDuplicate,
        Self::ForkDropped,
        Self::AsideDropped,
        Self::RevokedAccepted,
        Self::CommitUnsynced,
        Self::CursorBelieved,
        Self::ChainUnchecked,
        Self::UnknownKeyAccepted,
        Self::HeadForgotten,
        Self::EpochKept,
        Self::AheadIsHeld,
    ];
}

#[cfg(feature = "seeded-bugs")]
static PLANTED: std::sync::atomic::AtomicU8 = std::sync::atomic::AtomicU8::new(0);

/// Plants one bug in the whole process, or removes it.
#[cfg(feature = "seeded-bugs")]
pub fn plant(bug: Option<Bug>) {
    PLANTED.store(
        bug.map_or(0, |bug| bug as u8),
        std::sync::atomic::Ordering::SeqCst,
    );
}

/// Whether a bug is planted.
#[cfg(feature = "seeded-bugs")]
#[must_use]
pub fn is_planted(bug: Bug) -> bool {
    PLANTED.load(std::sync::atomic::Ordering::Relaxed) == bug as u8
}

/// Whether a bug is planted: never.
#[cfg(not(feature = "seeded-bugs"))]
#[must_use]
#[inline(always)]
pub const fn is_planted(_: Bug) -> bool {
    false
}
