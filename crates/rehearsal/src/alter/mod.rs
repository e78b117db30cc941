//! Alters an export at random, over and over, and looks whether its auditor finds each alteration.

mod ledger;

use crate::error::RehearsalError;
use baqylau_hq::evidence::{self, Expected, Export, Layer, names, verify};
use baqylau_hq::export;
use baqylau_hq::testing::{Dice, alter as alter_one};
use baqylau_protocol::{HqKey, Manifest};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

/// What to alter, and how often.
#[derive(Debug, Clone)]
pub struct Options {
    /// The mission folder.
    pub mission: PathBuf,
    /// An empty folder for headquarters' data.
    pub work: PathBuf,
    /// How often.
    pub alterations: u32,
    /// Where the random choices begin.
    pub seed: u64,
}

/// What was tried and found.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// Files of the export.
    pub files: usize,
    /// Their bytes.
    pub bytes: usize,
    /// Entries in it.
    pub entries: u64,
    /// Alterations of any file.
    pub alterations: u32,
    /// Those that were found.
    pub found: u32,
    /// Alterations of what devices signed, with the manifest signed again by headquarters' own key.
    pub resigned: u32,
    /// Those that were found, by signatures of devices, chains and receipts alone.
    pub resigned_found: u32,
    /// How often each kind was drawn.
    pub kinds: BTreeMap<String, u32>,
    /// Codes of the first fault of each, and how often.
    pub codes: BTreeMap<&'static str, u32>,
    /// What was not found.
    pub missed: Vec<String>,
    /// How long it took.
    pub seconds: f64,
}

impl Outcome {
    /// Whether everything was found.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.missed.is_empty() && self.alterations > 0
    }

    /// For other programs.
    #[must_use]
    pub fn json(&self) -> Value {
        json!({
            "alterations": self.alterations, "found": self.found,
            "resigned": self.resigned, "resigned_found": self.resigned_found,
            "files": self.files, "bytes": self.bytes, "entries": self.entries,
            "kinds": self.kinds, "codes": self.codes, "missed": self.missed, "seconds": self.seconds,
        })
    }
}

/// Makes a ledger, exports it, and alters the export.
///
/// # Errors
/// [`RehearsalError`] when the ledger cannot be made, or when the untouched export does not hold.
pub async fn alter(
    options: &Options,
    mut watch: impl FnMut(u32),
) -> Result<Outcome, RehearsalError> {
    let headquarters = ledger::fill(&options.mission, &options.work).await?;
    let export = export::whole(&headquarters).map_err(|error| told(error.to_string()))?;
    let untouched = verify(&export, &Expected::default());
    if !untouched.faults.is_empty() {
        return Err(told(format!("untouched: {:?}", untouched.faults)));
    }
    let key = std::fs::read(options.work.join("keys/headquarters.key"))?;
    let key: [u8; 32] = key.try_into().map_err(|_| told("no key".to_owned()))?;
    let begun = Instant::now();
    let mut outcome = Outcome {
        files: export.len(),
        bytes: export.values().map(Vec::len).sum(),
        entries: untouched.entries,
        ..Outcome::default()
    };
    let mut dice = Dice::new(options.seed);
    let everything: Vec<_> = export.keys().cloned().collect();
    let signed = [names::ENTRIES, names::SET_ASIDE].map(str::to_owned);
    for number in 1..=options.alterations {
        outcome.try_one(&export, &everything, &mut dice);
        outcome.try_resigned(&export, &signed, &HqKey::from_bytes(&key), &mut dice)?;
        watch(number);
    }
    outcome.seconds = begun.elapsed().as_secs_f64();
    Ok(outcome)
}

impl Outcome {
    /// Somebody alters a file that they received.
    fn try_one(&mut self, export: &Export, files: &[String], dice: &mut Dice) {
        let mut altered = export.clone();
        let (file, kind) = alter_one(&mut altered, files, dice);
        let faults = verify(&altered, &Expected::default()).faults;
        self.alterations += 1;
        *self.kinds.entry(format!("{kind:?}")).or_default() += 1;
        match faults.first() {
            Some(fault) => {
                self.found += 1;
                *self.codes.entry(fault.code).or_default() += 1;
            }
            None => self.missed.push(format!("{kind:?} {file}")),
        }
    }

    /// Headquarters itself alters what devices signed, and signs the manifest again.
    fn try_resigned(
        &mut self,
        export: &Export,
        files: &[String],
        hq: &HqKey,
        dice: &mut Dice,
    ) -> Result<(), RehearsalError> {
        let mut altered = export.clone();
        let (file, kind) = alter_one(&mut altered, files, dice);
        let text = String::from_utf8_lossy(&altered[names::MANIFEST]).into_owned();
        let (manifest, _) = Manifest::read(&text).map_err(|error| told(error.to_string()))?;
        evidence::sign(&mut altered, &manifest.event, manifest.root, hq);
        let faults = verify(&altered, &Expected::default()).faults;
        self.resigned += 1;
        if faults.iter().any(|fault| fault.layer == Layer::Evidence) {
            self.resigned_found += 1;
        } else {
            self.missed.push(format!("{kind:?} {file}, signed again"));
        }
        Ok(())
    }
}

fn told(what: String) -> RehearsalError {
    RehearsalError::Headquarters { what }
}
