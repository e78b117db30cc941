//! Settings: outside the encrypted store, because the unlock screen needs them. Nothing secret is in them.

use crate::error::ErrorCode;
use crate::view::{Failure, FinishedAnswers, Settings, Theme};
use baqylau_sync::http::Proxy;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

const FILE: &str = "settings.json";
/// New settings until they take the place of the old ones.
const NEXT: &str = "settings.json.next";
const LOCK_AFTER_MIN: std::ops::RangeInclusive<u16> = 1..=120;
/// At most an hour; longer is "never".
const LOCK_ON_LEAVE_S: u16 = 3600;
/// Longer than a day is "kept".
const EDIT_WINDOW_MIN: u16 = 24 * 60;
/// Fewer would destroy a day's work for a slip in gloves.
const WIPE_AFTER: [u32; 3] = [5, 10, 20];

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: "en".to_owned(),
            theme: Theme::System,
            lock_after_min: 5,
            lock_on_leave_s: Some(30),
            wipe_after: None,
            proxy: None,
            finished_answers: FinishedAnswers::Kept,
            edit_window_min: 60,
        }
    }
}

impl Settings {
    /// The proxy to go through.
    pub(crate) fn proxy(&self) -> Result<Option<Proxy>, Failure> {
        Ok(self.proxy.as_deref().map(str::parse).transpose()?)
    }

    /// What a wipe leaves: whoever stands there must be able to read the screen, so language and colours stay.
    pub(crate) fn after_a_wipe(self) -> Self {
        Self {
            language: self.language,
            theme: self.theme,
            ..Self::default()
        }
    }

    /// Whether these guard the device as those do.
    pub(crate) fn guards_like(&self, other: &Self) -> bool {
        // A proxy is told where headquarters is.
        let guards = |it: &Self| {
            (
                it.lock_after_min,
                it.lock_on_leave_s,
                it.wipe_after,
                it.finished_answers,
                it.edit_window_min,
                it.proxy.clone(),
            )
        };
        guards(self) == guards(other)
    }
}

/// The settings in `dir`; the defaults when there are none, or none that can be read. What was being saved when the app
/// was killed was never said to be saved, and goes.
pub(crate) fn load(dir: &Path) -> Settings {
    let _ = fs::remove_file(dir.join(NEXT));
    let read = || serde_json::from_slice(&fs::read(dir.join(FILE)).ok()?).ok();
    read()
        .filter(|settings| check(settings).is_ok())
        .unwrap_or_default()
}

/// Replaces the settings file in one step.
pub(crate) fn save(dir: &Path, settings: &Settings) -> io::Result<()> {
    fs::create_dir_all(dir)?;
    let next = dir.join(NEXT);
    let mut file = File::create(&next)?;
    file.write_all(&serde_json::to_vec_pretty(settings)?)?;
    file.sync_all()?;
    fs::rename(next, dir.join(FILE))
}

/// Whether these settings make sense.
pub(crate) fn check(settings: &Settings) -> Result<(), Failure> {
    let language = &settings.language;
    let is_code =
        (2..=3).contains(&language.len()) && language.bytes().all(|byte| byte.is_ascii_lowercase());
    let leaves_time = settings
        .lock_on_leave_s
        .is_none_or(|after_s| after_s <= LOCK_ON_LEAVE_S);
    let is_wipe = settings
        .wipe_after
        .is_none_or(|most| WIPE_AFTER.contains(&most));
    settings.proxy()?;
    let is_window = settings.edit_window_min <= EDIT_WINDOW_MIN;
    if is_code
        && leaves_time
        && is_wipe
        && is_window
        && LOCK_AFTER_MIN.contains(&settings.lock_after_min)
    {
        Ok(())
    } else {
        Err(ErrorCode::BadSettings.failure())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_file_means_the_defaults() {
        let dir = tempfile::tempdir().expect("a folder");
        fs::write(
            dir.path().join(FILE),
            b"{\"language\":\"../..\",\"theme\":\"dark\",\"lock_after_min\":5}",
        )
        .expect("written");
        assert_eq!(load(dir.path()), Settings::default());
    }

    #[test]
    fn what_was_saved_is_there_again() {
        let dir = tempfile::tempdir().expect("a folder");
        let settings = Settings {
            language: "kk".to_owned(),
            theme: Theme::Sun,
            lock_after_min: 2,
            lock_on_leave_s: Some(0),
            wipe_after: Some(10),
            proxy: Some("socks5h://127.0.0.1:9050".to_owned()),
            finished_answers: FinishedAnswers::Sealed,
            edit_window_min: 0,
        };
        save(dir.path(), &settings).expect("saved");
        assert_eq!(load(dir.path()), settings);
    }
}
