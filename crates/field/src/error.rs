//! What can go wrong, as a closed list of codes; each has a sentence in every language
//! (`assets/locales/<lang>/errors.ftl`, message `error-<code>`).

use crate::view::Failure;
use std::collections::BTreeMap;

macro_rules! error_codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal $(($($arg:literal),+))?;)*) => {
        /// Every code a [`Failure`] may carry.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ErrorCode { $($(#[doc = $doc])+ $name,)* }

        impl ErrorCode {
            /// All codes.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The code as it travels.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// Names of the arguments its sentence may use.
            #[must_use]
            pub const fn args(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$($($arg),+)?],)* }
            }
        }
    };
}

error_codes! {
    /// No command has this name.
    UnknownCommand = "unknown_command" ("command");
    /// The arguments are not those of the command.
    BadArguments = "bad_arguments" ("detail");
    /// The device was never enrolled.
    NotEnrolled = "not_enrolled";
    /// The device is enrolled already.
    AlreadyEnrolled = "already_enrolled";
    /// The store is locked.
    Locked = "locked";
    /// The holder's role does not allow it.
    NotAllowed = "not_allowed";
    /// The PIN is wrong.
    WrongPin = "wrong_pin" ("retry_in_s");
    /// Too many wrong PINs: wait.
    PinDelay = "pin_delay" ("retry_in_s");
    /// Too many wrong PINs, or a wipe: everything on this device was destroyed.
    Wiped = "wiped";
    /// Only one try is left until everything is destroyed; it is kept for the lock screen.
    LastTry = "last_try";
    /// The key is bound to the computer's key store, which does not answer. No PIN was tried.
    KeyStoreSilent = "key_store_silent";
    /// The key is bound to the computer's key store, which does not have its secret. No PIN was tried.
    KeyStoreMissing = "key_store_missing";
    /// The new PIN is too short, or not digits only.
    WeakPin = "weak_pin" ("least");
    /// A forgotten PIN cannot be replaced here: that was not allowed.
    RecoveryNotAllowed = "recovery_not_allowed";
    /// Headquarters' answer was mistyped or is none.
    BadRecoveryAnswer = "bad_recovery_answer";
    /// The answer was given to another request, or for another new PIN.
    RecoveryUnfit = "recovery_unfit";
    /// The answer's key is not that of this device.
    RecoveryOtherKey = "recovery_other_key";
    /// The enrolment code was mistyped or is none.
    BadEnrolCode = "bad_enrol_code";
    /// Headquarters refused the enrolment: used, expired or revoked.
    EnrolRefused = "enrol_refused" ("reason");
    /// No endpoint of headquarters answers.
    Unreachable = "unreachable";
    /// The connection broke while something was on its way.
    Interrupted = "interrupted";
    /// The proxy is not there, or lets nothing through.
    ProxyFailed = "proxy_failed";
    /// That is no address of a proxy, or one with a password.
    BadProxy = "bad_proxy";
    /// The network's own page answers in place of headquarters.
    CaptivePortal = "captive_portal";
    /// Somebody other than headquarters answered: the pinned key does not match.
    NotHeadquarters = "not_headquarters";
    /// Headquarters is busy and asks to wait.
    Busy = "busy" ("retry_in_s");
    /// What headquarters said cannot be trusted or read.
    BadReply = "bad_reply" ("detail");
    /// An exchange is under way.
    AlreadySyncing = "already_syncing";
    /// Headquarters keeps what this device sent apart.
    SetAside = "set_aside" ("reason");
    /// Headquarters has seen this device's journal go on in two ways: a new one must begin.
    JournalForked = "journal_forked";
    /// This device's journal is whole: there is no reason to begin another.
    JournalWhole = "journal_whole";
    /// There is no such earlier journal, or it is open already.
    UnknownJournal = "unknown_journal";
    /// There is a store on this device; a backup never takes its place.
    StoreExists = "store_exists";
    /// This backup was restored on this device already.
    AlreadyRestored = "already_restored";
    /// The file is no backup.
    NotABackup = "not_a_backup";
    /// The backup is cut off or was changed.
    BackupDamaged = "backup_damaged";
    /// The backup was made by a newer version of the app.
    BackupTooNew = "backup_too_new";
    /// The backup is of another event.
    BackupOtherEvent = "backup_other_event";
    /// There is no room on the medium that was chosen.
    MediumFull = "medium_full";
    /// Something in the journal cannot be packed for sending.
    CannotSend = "cannot_send" ("detail");
    /// Headquarters no longer takes anything from this device.
    DeviceRevoked = "device_revoked";
    /// This version of the app is too old for the mission.
    AppTooOld = "app_too_old";
    /// The mission has no such form.
    UnknownForm = "unknown_form" ("form");
    /// The register has no such place.
    UnknownPlace = "unknown_place" ("place");
    /// The form is about a place, and none was named.
    PlaceNeeded = "place_needed";
    /// This device has no such report.
    UnknownReport = "unknown_report";
    /// The form has no such question.
    UnknownQuestion = "unknown_question" ("question");
    /// The question does not take this kind of answer.
    WrongKind = "wrong_kind" ("question");
    /// The question cannot be answered by hand.
    ReadOnly = "read_only" ("question");
    /// The answer is not one of the question's choices.
    NotAChoice = "not_a_choice" ("question");
    /// The text is longer than is taken.
    TooLong = "too_long" ("most");
    /// The report is finished: it changes only through a correction.
    Finished = "finished";
    /// The report is sealed: this device can no longer open it, change it or add to it.
    Sealed = "sealed";
    /// Headquarters cannot open the sealed packet that alone holds a report.
    SealedNotOpened = "sealed_not_opened";
    /// The sealed packet that alone held a report is damaged or gone.
    SealedLost = "sealed_lost";
    /// The report's state does not allow it.
    WrongState = "wrong_state" ("state");
    /// A reason is needed.
    ReasonNeeded = "reason_needed";
    /// Not every observer of the team confirmed.
    ConfirmationNeeded = "confirmation_needed" ("missing");
    /// Somebody who is not of the team confirmed.
    UnknownObserver = "unknown_observer" ("observer");
    /// Nothing was changed since the last revision.
    NothingChanged = "nothing_changed";
    /// A note without words.
    EmptyNote = "empty_note";
    /// Neither a JPEG nor a PNG.
    NotAPicture = "not_a_picture";
    /// The picture has too many bytes.
    PictureTooLarge = "picture_too_large" ("most_kb");
    /// This device has no such picture, or it is in the journal already.
    UnknownPicture = "unknown_picture";
    /// There is nothing to carry.
    NothingToCarry = "nothing_to_carry";
    /// This device carries as much for others as it may; nothing was taken.
    CarryFull = "carry_full";
    /// The name for whoever brought something is too long.
    BadLabel = "bad_label" ("most");
    /// The file or the bytes are no bundle.
    NotABundle = "not_a_bundle";
    /// The bundle is cut off or was changed.
    BundleDamaged = "bundle_damaged";
    /// The bundle was made by a newer version of the app.
    BundleTooNew = "bundle_too_new";
    /// The bundle is larger than is taken, or would be.
    BundleTooLarge = "bundle_too_large";
    /// The bundle is of another event.
    BundleOtherEvent = "bundle_other_event";
    /// The file could not be written.
    FileNotWritten = "file_not_written" ("detail");
    /// What was read back is not what was written; the file was removed.
    FileDiffers = "file_differs";
    /// The file could not be read.
    FileNotRead = "file_not_read" ("detail");
    /// More than codes on a screen are good for.
    CodesTooLarge = "codes_too_large" ("kb", "most_kb");
    /// The series of codes is no longer shown.
    CodesEnded = "codes_ended";
    /// The code is none of ours.
    NotACode = "not_a_code";
    /// The codes do not come together: read them anew.
    CodesDamaged = "codes_damaged";
    /// No code of ours is in the picture.
    NoCodeInPicture = "no_code_in_picture";
    /// The code of a hand-over was mistyped or is none.
    BadHandoverCode = "bad_handover_code";
    /// A hand-over is waited for already.
    AlreadyListening = "already_listening";
    /// This device is in no local network.
    NoLocalNetwork = "no_local_network";
    /// The carrier's device does not answer.
    CarrierUnreachable = "carrier_unreachable";
    /// Another device answers in the carrier's place: nothing was sent.
    NotTheCarrier = "not_the_carrier";
    /// The code was used already, or is of another hand-over.
    HandoverOver = "handover_over";
    /// The carrier took nothing.
    CarrierRefused = "carrier_refused" ("reason");
    /// The connection broke: it is not known whether the carrier took anything.
    HandoverBroken = "handover_broken";
    /// Headquarters has not certified this carrier, or it signed for something else.
    CarrierNotBelieved = "carrier_not_believed";
    /// A setting that does not exist.
    BadSettings = "bad_settings";
    /// The device's storage is full.
    DiskFull = "disk_full";
    /// The device's storage failed.
    StorageFailed = "storage_failed" ("detail");
    /// The store is damaged; it was moved aside and kept.
    StoreDamaged = "store_damaged";
    /// The store was written by a newer version of the app.
    StoreTooNew = "store_too_new";
    /// Another window or program has the store open.
    StoreInUse = "store_in_use";
}

impl ErrorCode {
    /// A failure with this code and no arguments.
    #[must_use]
    pub fn failure(self) -> Failure {
        Failure {
            code: self.as_str().to_owned(),
            args: BTreeMap::new(),
        }
    }

    /// A failure with this code and one argument of its sentence.
    #[must_use]
    pub fn with(self, name: &str, value: impl ToString) -> Failure {
        debug_assert!(
            self.args().contains(&name),
            "{} takes no {name}",
            self.as_str()
        );
        let mut failure = self.failure();
        failure.args.insert(name.to_owned(), value.to_string());
        failure
    }
}
