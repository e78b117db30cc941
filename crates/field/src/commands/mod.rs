//! The commands: their table, their arguments and the dispatcher.

mod args;
mod backing_up;
mod carrying;
mod recovering;
mod table;

pub use args::{
    AnswerArgs, ChangePinArgs, EnrolArgs, FinishArgs, NoteArgs, Nothing, PhotoArgs, PictureArgs,
    PinArgs, ReasonArgs, RemovePictureArgs, ReportArgs, Reports, SettingsArgs, StartVisitArgs,
    StationsArgs,
};
pub use backing_up::{BackUpArgs, EarlierReportArgs, OpenEarlierArgs, RestoreArgs};
pub use carrying::{
    CodeFrameArgs, HandOverArgs, ListenArgs, LoadArgs, MakeFileArgs, TakeBytesArgs, TakeCodeArgs,
    TakeFileArgs, TakePictureArgs,
};
pub use recovering::{AllowRecoveryArgs, RecoverArgs};
pub(crate) use table::for_each_command;

use crate::cases::carriers::{codes, file, hand, network, team};
use crate::cases::{
    backup, binding, day, earlier, enrol, evidence, exchange, pictures, places, recovery, reports,
    session, visit, wipe,
};
use crate::core::{Core, Opened};
use crate::error::ErrorCode;
use crate::view::Failure;
use baqylau_domain::Role;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use table::{ANYONE, LEADERS};

/// One command as a host sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Command {
    /// Its name: what [`Core::call`] takes, and the last part of `POST /api/{command}`.
    pub name: &'static str,
    /// Roles that may call it.
    pub roles: &'static [Role],
    /// Whether it works while the store is locked or was never made.
    pub works_locked: bool,
    /// Whether it means that somebody is at the screen.
    pub by_hand: bool,
}

macro_rules! works_locked {
    (anytime) => {
        true
    };
    (open) => {
        false
    };
    (road) => {
        false
    };
}

macro_rules! by_hand {
    (hand) => {
        true
    };
    (page) => {
        false
    };
}

macro_rules! run {
    (anytime, $core:ident, $command:ident, $args:ident, $case:path) => {
        $case($core, $args).await?
    };
    (open, $core:ident, $command:ident, $args:ident, $case:path) => {{
        let opened = authorise($core, $command)?;
        crate::core::blocking(move || $case(&opened, $args)).await?
    }};
    (road, $core:ident, $command:ident, $args:ident, $case:path) => {{
        let opened = authorise($core, $command)?;
        $case(opened, $args).await?
    }};
}

macro_rules! dispatcher {
    ($(#[doc = $doc:literal] $name:ident: $args:ident => $result:ident, $roles:ident, $when:ident, $by:ident = $module:ident::$function:ident;)*) => {
        /// Every command.
        pub const COMMANDS: &[Command] = &[$(Command {
            name: stringify!($name),
            roles: $roles,
            works_locked: works_locked!($when),
            by_hand: by_hand!($by),
        }),*];

        pub(crate) async fn dispatch(core: &Core, name: &str, args: Value) -> Result<Value, Failure> {
            let command = find(name)?;
            core.lock_when_idle();
            if command.by_hand {
                core.touch();
            }
            match name {
                $(stringify!($name) => {
                    let args: $args = read(args)?;
                    write(&run!($when, core, command, args, $module::$function))
                })*
                _ => Err(ErrorCode::UnknownCommand.with("command", name)),
            }
        }
    };
}
for_each_command!(dispatcher);

fn find(name: &str) -> Result<&'static Command, Failure> {
    COMMANDS
        .iter()
        .find(|command| command.name == name)
        .ok_or_else(|| ErrorCode::UnknownCommand.with("command", name))
}

/// The unlocked core, if this holder's role may call the command.
fn authorise(core: &Core, command: &Command) -> Result<Opened, Failure> {
    let opened = core.opened()?;
    if may(opened.role(), command) {
        Ok(opened)
    } else {
        Err(ErrorCode::NotAllowed.failure())
    }
}

fn may(role: Role, command: &Command) -> bool {
    command.roles.contains(&role)
}

fn read<T: DeserializeOwned>(args: Value) -> Result<T, Failure> {
    let args = if args.is_null() {
        Value::Object(serde_json::Map::new())
    } else {
        args
    };
    // The detail names fields and types; serde never quotes more of the input than one value.
    serde_json::from_value(args).map_err(|error| ErrorCode::BadArguments.with("detail", error))
}

fn write<T: Serialize>(result: &T) -> Result<Value, Failure> {
    serde_json::to_value(result).map_err(|error| ErrorCode::StorageFailed.with("detail", error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_that_a_command_does_not_name_is_refused() {
        let command = Command {
            name: "team",
            roles: &[Role::TeamLeader],
            works_locked: false,
            by_hand: false,
        };
        assert!(may(Role::TeamLeader, &command));
        assert!(!may(Role::Observer, &command));
        assert!(!may(Role::LongTermObserver, &command));
    }

    #[test]
    fn what_works_while_locked_shows_no_evidence() {
        let locked: Vec<_> = COMMANDS
            .iter()
            .filter(|command| command.works_locked)
            .map(|command| command.name)
            .collect();
        assert_eq!(
            locked,
            [
                "status",
                "enrol",
                "unlock",
                "begin_anew",
                "lock",
                "wipe",
                "recovery_request",
                "recover",
                "set_settings",
                "backup_places",
                "restore",
                "leave",
                "touch"
            ]
        );
    }

    #[test]
    fn a_page_that_refreshes_itself_does_not_keep_the_app_unlocked() {
        for name in [
            "status", "today", "report", "reports", "outbox", "sync", "carriers", "team", "leave",
            "pictures", "picture", "earlier",
        ] {
            assert!(find(name).is_ok_and(|command| !command.by_hand), "{name}");
        }
    }
}
