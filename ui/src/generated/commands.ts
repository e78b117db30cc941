// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { AllowRecoveryArgs } from "./AllowRecoveryArgs";
import type { AnswerArgs } from "./AnswerArgs";
import type { AtStake } from "./AtStake";
import type { BackUpArgs } from "./BackUpArgs";
import type { Carriers } from "./Carriers";
import type { CarryPlaces } from "./CarryPlaces";
import type { ChangePinArgs } from "./ChangePinArgs";
import type { CodeFrameArgs } from "./CodeFrameArgs";
import type { CodePicture } from "./CodePicture";
import type { CodeTaken } from "./CodeTaken";
import type { Codes } from "./Codes";
import type { EarlierJournals } from "./EarlierJournals";
import type { EarlierReportArgs } from "./EarlierReportArgs";
import type { EnrolArgs } from "./EnrolArgs";
import type { FinishArgs } from "./FinishArgs";
import type { FinishOutcome } from "./FinishOutcome";
import type { HandOverArgs } from "./HandOverArgs";
import type { HandedOver } from "./HandedOver";
import type { KeyStoreState } from "./KeyStoreState";
import type { ListenArgs } from "./ListenArgs";
import type { Listening } from "./Listening";
import type { LoadArgs } from "./LoadArgs";
import type { MadeBackup } from "./MadeBackup";
import type { MadeFile } from "./MadeFile";
import type { MakeFileArgs } from "./MakeFileArgs";
import type { NoteArgs } from "./NoteArgs";
import type { Nothing } from "./Nothing";
import type { OpenEarlierArgs } from "./OpenEarlierArgs";
import type { Outbox } from "./Outbox";
import type { PhotoArgs } from "./PhotoArgs";
import type { PictureArgs } from "./PictureArgs";
import type { PictureBytes } from "./PictureBytes";
import type { PictureTaken } from "./PictureTaken";
import type { Pictures } from "./Pictures";
import type { PinArgs } from "./PinArgs";
import type { ReasonArgs } from "./ReasonArgs";
import type { RecoverArgs } from "./RecoverArgs";
import type { RemovePictureArgs } from "./RemovePictureArgs";
import type { ReportArgs } from "./ReportArgs";
import type { ReportPage } from "./ReportPage";
import type { Reports } from "./Reports";
import type { RestoreArgs } from "./RestoreArgs";
import type { Saved } from "./Saved";
import type { SettingsArgs } from "./SettingsArgs";
import type { StartVisitArgs } from "./StartVisitArgs";
import type { StationHits } from "./StationHits";
import type { StationsArgs } from "./StationsArgs";
import type { Status } from "./Status";
import type { SyncOutcome } from "./SyncOutcome";
import type { TakeBytesArgs } from "./TakeBytesArgs";
import type { TakeCodeArgs } from "./TakeCodeArgs";
import type { TakeFileArgs } from "./TakeFileArgs";
import type { TakePictureArgs } from "./TakePictureArgs";
import type { TakenIn } from "./TakenIn";
import type { TeamPage } from "./TeamPage";
import type { Today } from "./Today";

/** Every command of the core: what it takes and what it gives. */
export type Commands = {
  /** What the app can do now. */
  status: { args: Nothing; result: Status };
  /** Enrols a new device: fetches the mission, then makes the store. */
  enrol: { args: EnrolArgs; result: Status };
  /** Opens the store. */
  unlock: { args: PinArgs; result: Status };
  /** Begins a new journal in place of one that forked: a fresh code, and the PIN that locks the device. */
  begin_anew: { args: EnrolArgs; result: Status };
  /** Closes the store and forgets its key. */
  lock: { args: Nothing; result: Status };
  /** Destroys everything this device keeps: the keys at once, then the files. Cannot be taken back. */
  wipe: { args: Nothing; result: Status };
  /** What only this device holds, before it is destroyed. */
  at_stake: { args: Nothing; result: AtStake };
  /** Replaces the PIN. */
  change_pin: { args: ChangePinArgs; result: Status };
  /** Lets headquarters help when the PIN is forgotten, or does so no longer. */
  allow_recovery: { args: AllowRecoveryArgs; result: Status };
  /** What the computer's key store can do for this device. */
  key_store: { args: Nothing; result: KeyStoreState };
  /** From now on the PIN opens nothing without the computer's key store. */
  bind: { args: PinArgs; result: Status };
  /** The PIN opens everything alone again. */
  unbind: { args: Nothing; result: Status };
  /** What to bring to headquarters for a device whose PIN was forgotten. */
  recovery_request: { args: PinArgs; result: CodePicture };
  /** Replaces a forgotten PIN by headquarters' answer, and opens the store. */
  recover: { args: RecoverArgs; result: Status };
  /** Puts settings in force; those that guard the device only while it is unlocked. */
  set_settings: { args: SettingsArgs; result: Status };
  /** Folders that a backup may be written to, and backups that lie there. */
  backup_places: { args: Nothing; result: CarryPlaces };
  /** Writes a backup of everything to a file, reads it back and compares. */
  back_up: { args: BackUpArgs; result: MadeBackup };
  /** Puts a backup on a device without a store; enrolling then takes it over. */
  restore: { args: RestoreArgs; result: Status };
  /** Journals that came before this one. */
  earlier: { args: Nothing; result: EarlierJournals };
  /** A report of one of them. */
  earlier_report: { args: EarlierReportArgs; result: ReportPage };
  /** Opens one of them with the PIN it had. */
  open_earlier: { args: OpenEarlierArgs; result: EarlierJournals };
  /** The day at a glance. */
  today: { args: Nothing; result: Today };
  /** Searches the register. */
  stations: { args: StationsArgs; result: StationHits };
  /** Begins a report. */
  start_visit: { args: StartVisitArgs; result: ReportPage };
  /** A report with everything its screen shows. */
  report: { args: ReportArgs; result: ReportPage };
  /** Saves one answer; durable before it returns. */
  answer: { args: AnswerArgs; result: Saved };
  /** Adds a note. */
  note: { args: NoteArgs; result: ReportPage };
  /** Adds a picture to a question. */
  photo: { args: PhotoArgs; result: ReportPage };
  /** Takes a picture away that no entry names. */
  remove_picture: { args: RemovePictureArgs; result: ReportPage };
  /** All pictures of this device, each with its state. */
  pictures: { args: Nothing; result: Pictures };
  /** A picture's bytes. */
  picture: { args: PictureArgs; result: PictureBytes };
  /** Finishes a draft or a correction. */
  finish: { args: FinishArgs; result: FinishOutcome };
  /** Begins a correction of a finished report. */
  correct: { args: ReasonArgs; result: ReportPage };
  /** Gives a correction up; the finished revision stands. */
  drop_correction: { args: ReportArgs; result: ReportPage };
  /** Takes a finished report back. */
  withdraw: { args: ReasonArgs; result: ReportPage };
  /** Throws an unfinished draft away. */
  discard: { args: ReportArgs; result: Nothing };
  /** All reports of this device. */
  reports: { args: Nothing; result: Reports };
  /** What waits to be sent. */
  outbox: { args: Nothing; result: Outbox };
  /** One exchange with headquarters. */
  sync: { args: Nothing; result: SyncOutcome };
  /** What goes by hand: own and carried, who has what, what is under way. */
  carriers: { args: Nothing; result: Carriers };
  /** Folders that a file may be written to, and bundles that lie there. */
  carry_places: { args: Nothing; result: CarryPlaces };
  /** Writes a bundle to a file, reads it back and compares. */
  make_file: { args: MakeFileArgs; result: MadeFile };
  /** Takes a bundle in from a file. */
  take_file: { args: TakeFileArgs; result: TakenIn };
  /** Takes a bundle in that the page has read from a file. */
  take_bytes: { args: TakeBytesArgs; result: TakenIn };
  /** Makes a bundle into a series of codes. */
  make_codes: { args: LoadArgs; result: Codes };
  /** One code of the series as a picture. */
  code_frame: { args: CodeFrameArgs; result: CodePicture };
  /** Takes in a code that a camera has read. */
  take_code: { args: TakeCodeArgs; result: CodeTaken };
  /** Takes in the codes that a picture shows. */
  take_picture: { args: TakePictureArgs; result: PictureTaken };
  /** Waits for one hand-over by the network in the room. */
  listen: { args: ListenArgs; result: Listening };
  /** Waits no longer. */
  stop_listening: { args: Nothing; result: Nothing };
  /** Hands everything to the carrier whose screen shows the code. */
  hand_over: { args: HandOverArgs; result: HandedOver };
  /** The teams of the leader's area, as far as they went through these hands. */
  team: { args: Nothing; result: TeamPage };
  /** The app was left: the time begins after which it locks itself. */
  leave: { args: Nothing; result: Nothing };
  /** Somebody is at the screen: the idle timer starts again. */
  touch: { args: Nothing; result: Nothing };
};

export type CommandName = keyof Commands;
