//! Settings: outside the encrypted store, because the unlock screen needs them. Nothing secret is in them.

use crate::error::ErrorCode;
use crate::view::{Failure, Settings, Theme};
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

const FILE: &str = "settings.json";
const LOCK_AFTER_MIN: std::ops::RangeInclusive<u16> = 1..=120;

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: "en".to_owned(),
            theme: Theme::System,
            lock_after_min: 5,
        }
    }
}

/// The settings in `dir`; the defaults when there are none, or none that can be read.
pub(crate) fn load(dir: &Path) -> Settings {
    let read = || serde_json::from_slice(&fs::read(dir.join(FILE)).ok()?).ok();
    read()
        .filter(|settings| check(settings).is_ok())
        .unwrap_or_default()
}

/// Replaces the settings file in one step.
pub(crate) fn save(dir: &Path, settings: &Settings) -> io::Result<()> {
    fs::create_dir_all(dir)?;
    let next = dir.join("settings.json.next");
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
    if is_code && LOCK_AFTER_MIN.contains(&settings.lock_after_min) {
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
        };
        save(dir.path(), &settings).expect("saved");
        assert_eq!(load(dir.path()), settings);
    }
}
