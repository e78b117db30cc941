//! The one table of commands. The dispatcher, the roles, what works while locked, and the
//! TypeScript map are all written from it.

use baqylau_domain::Role;

/// Every role.
pub(crate) const ANYONE: &[Role] = &[Role::Observer, Role::LongTermObserver, Role::TeamLeader];

/// Whoever coordinates teams in an area.
pub(crate) const LEADERS: &[Role] = &[Role::LongTermObserver, Role::TeamLeader];

/// Hands every row of the table to the macro `$with`.
///
/// A row: what it does, `name: Arguments => Result, roles, when, by = use case`.
///
/// * `anytime` works in every phase, and its use case is given the core; `open` and `road` work only
///   while the store is unlocked: `open` blocks for milliseconds, `road` waits for a network.
/// * `hand` is somebody at the screen and keeps the app from locking itself; `page` is the page asking
///   by itself.
macro_rules! for_each_command {
    ($with:ident) => {
        $with! {
            /// What the app can do now.
            status: Nothing => Status, ANYONE, anytime, page = session::status;
            /// Enrols a new device: fetches the mission, then makes the store.
            enrol: EnrolArgs => Status, ANYONE, anytime, hand = enrol::enrol;
            /// Opens the store.
            unlock: PinArgs => Status, ANYONE, anytime, hand = session::unlock;
            /// Begins a new journal in place of one that forked: a fresh code, and the PIN that locks the device.
            begin_anew: EnrolArgs => Status, ANYONE, anytime, hand = enrol::begin_anew;
            /// Closes the store and forgets its key.
            lock: Nothing => Status, ANYONE, anytime, page = session::lock;
            /// Destroys everything this device keeps: the keys at once, then the files. Cannot be taken back.
            wipe: Nothing => Status, ANYONE, anytime, hand = wipe::wipe;
            /// What only this device holds, before it is destroyed.
            at_stake: Nothing => AtStake, ANYONE, open, page = wipe::at_stake;
            /// Replaces the PIN.
            change_pin: ChangePinArgs => Status, ANYONE, open, hand = session::change_pin;
            /// Lets headquarters help when the PIN is forgotten, or does so no longer.
            allow_recovery: AllowRecoveryArgs => Status, ANYONE, open, hand = recovery::allow_recovery;
            /// What the computer's key store can do for this device.
            key_store: Nothing => KeyStoreState, ANYONE, road, page = binding::key_store;
            /// From now on the PIN opens nothing without the computer's key store.
            bind: PinArgs => Status, ANYONE, road, hand = binding::bind;
            /// The PIN opens everything alone again.
            unbind: Nothing => Status, ANYONE, road, hand = binding::unbind;
            /// What to bring to headquarters for a device whose PIN was forgotten.
            recovery_request: PinArgs => CodePicture, ANYONE, anytime, hand = recovery::recovery_request;
            /// Replaces a forgotten PIN by headquarters' answer, and opens the store.
            recover: RecoverArgs => Status, ANYONE, anytime, hand = recovery::recover;
            /// Puts settings in force; those that guard the device only while it is unlocked.
            set_settings: SettingsArgs => Status, ANYONE, anytime, hand = session::set_settings;
            /// Folders that a backup may be written to, and backups that lie there.
            backup_places: Nothing => CarryPlaces, ANYONE, anytime, page = backup::backup_places;
            /// Writes a backup of everything to a file, reads it back and compares.
            back_up: BackUpArgs => MadeBackup, ANYONE, road, hand = backup::back_up;
            /// Puts a backup on a device without a store; enrolling then takes it over.
            restore: RestoreArgs => Status, ANYONE, anytime, hand = backup::restore;
            /// Journals that came before this one.
            earlier: Nothing => EarlierJournals, ANYONE, open, page = earlier::earlier;
            /// A report of one of them.
            earlier_report: EarlierReportArgs => ReportPage, ANYONE, open, page = earlier::earlier_report;
            /// Opens one of them with the PIN it had.
            open_earlier: OpenEarlierArgs => EarlierJournals, ANYONE, open, hand = earlier::open_earlier;
            /// The day at a glance.
            today: Nothing => Today, ANYONE, open, page = day::today;
            /// Searches the register.
            stations: StationsArgs => StationHits, ANYONE, open, hand = places::stations;
            /// Begins a report.
            start_visit: StartVisitArgs => ReportPage, ANYONE, open, hand = visit::start_visit;
            /// A report with everything its screen shows.
            report: ReportArgs => ReportPage, ANYONE, open, page = reports::report;
            /// Saves one answer; durable before it returns.
            answer: AnswerArgs => Saved, ANYONE, open, hand = visit::answer;
            /// Adds a note.
            note: NoteArgs => ReportPage, ANYONE, open, hand = visit::note;
            /// Adds a picture to a question.
            photo: PhotoArgs => ReportPage, ANYONE, open, hand = pictures::photo;
            /// Takes a picture away that no entry names.
            remove_picture: RemovePictureArgs => ReportPage, ANYONE, open, hand = pictures::remove_picture;
            /// All pictures of this device, each with its state.
            pictures: Nothing => Pictures, ANYONE, open, page = pictures::pictures;
            /// A picture's bytes.
            picture: PictureArgs => PictureBytes, ANYONE, open, page = pictures::picture;
            /// Finishes a draft or a correction.
            finish: FinishArgs => FinishOutcome, ANYONE, open, hand = evidence::finish;
            /// Begins a correction of a finished report.
            correct: ReasonArgs => ReportPage, ANYONE, open, hand = evidence::correct;
            /// Gives a correction up; the finished revision stands.
            drop_correction: ReportArgs => ReportPage, ANYONE, open, hand = evidence::drop_correction;
            /// Takes a finished report back.
            withdraw: ReasonArgs => ReportPage, ANYONE, open, hand = evidence::withdraw;
            /// Throws an unfinished draft away.
            discard: ReportArgs => Nothing, ANYONE, open, hand = evidence::discard;
            /// All reports of this device.
            reports: Nothing => Reports, ANYONE, open, page = reports::reports;
            /// What waits to be sent.
            outbox: Nothing => Outbox, ANYONE, open, page = reports::outbox;
            /// One exchange with headquarters.
            sync: Nothing => SyncOutcome, ANYONE, road, page = exchange::sync;
            /// What goes by hand: own and carried, who has what, what is under way.
            carriers: Nothing => Carriers, ANYONE, open, page = hand::carriers;
            /// Folders that a file may be written to, and bundles that lie there.
            carry_places: Nothing => CarryPlaces, ANYONE, open, page = file::carry_places;
            /// Writes a bundle to a file, reads it back and compares.
            make_file: MakeFileArgs => MadeFile, ANYONE, open, hand = file::make_file;
            /// Takes a bundle in from a file.
            take_file: TakeFileArgs => TakenIn, ANYONE, open, hand = file::take_file;
            /// Takes a bundle in that the page has read from a file.
            take_bytes: TakeBytesArgs => TakenIn, ANYONE, open, hand = file::take_bytes;
            /// Makes a bundle into a series of codes.
            make_codes: LoadArgs => Codes, ANYONE, open, hand = codes::make_codes;
            /// One code of the series as a picture.
            code_frame: CodeFrameArgs => CodePicture, ANYONE, open, hand = codes::code_frame;
            /// Takes in a code that a camera has read.
            take_code: TakeCodeArgs => CodeTaken, ANYONE, open, hand = codes::take_code;
            /// Takes in the codes that a picture shows.
            take_picture: TakePictureArgs => PictureTaken, ANYONE, open, hand = codes::take_picture;
            /// Waits for one hand-over by the network in the room.
            listen: ListenArgs => Listening, ANYONE, road, hand = network::listen;
            /// Waits no longer.
            stop_listening: Nothing => Nothing, ANYONE, open, hand = network::stop_listening;
            /// Hands everything to the carrier whose screen shows the code.
            hand_over: HandOverArgs => HandedOver, ANYONE, road, hand = network::hand_over;
            /// The teams of the leader's area, as far as they went through these hands.
            team: Nothing => TeamPage, LEADERS, open, page = team::team;
            /// The app was left: the time begins after which it locks itself.
            leave: Nothing => Nothing, ANYONE, anytime, page = session::leave;
            /// Somebody is at the screen: the idle timer starts again.
            touch: Nothing => Nothing, ANYONE, anytime, hand = session::touch;
        }
    };
}
pub(crate) use for_each_command;
