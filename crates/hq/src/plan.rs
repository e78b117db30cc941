//! The mission as headquarters works with it: forms by their short name on the wire (old versions too),
//! teams, register, definitions of the figures.

use crate::dictionary;
use crate::ledger::StoredBundle;
use baqylau_domain::{FormId, FormRef};
use baqylau_forms::{Form, FormSheet};
use baqylau_mission::{BundleKind, FormEntry, Mission, PackError, Team};
use baqylau_protocol::Dictionary;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;

/// The mission and every form version that was ever published for it.
pub struct Plan {
    /// The mission folder.
    pub mission: Mission,
    forms: HashMap<FormRef, Arc<Form>>,
    teams: HashMap<String, usize>,
    sheets: Mutex<HashMap<FormRef, Arc<Vec<FormSheet>>>>,
    bundles: Mutex<Option<Arc<Vec<StoredBundle>>>>,
    dictionaries: Vec<Dictionary>,
}

impl Plan {
    /// A plan of the mission alone; older forms are added with [`Plan::add_form`].
    #[must_use]
    pub fn new(mission: Mission) -> Self {
        let forms = mission
            .forms
            .iter()
            .map(|form| (form.form.hash().short(), Arc::clone(&form.form)))
            .collect();
        let teams = mission
            .teams
            .iter()
            .enumerate()
            .map(|(index, team)| (team.code.0.clone(), index))
            .collect();
        Self {
            mission,
            forms,
            teams,
            sheets: Mutex::default(),
            bundles: Mutex::default(),
            dictionaries: Vec::new(),
        }
    }

    /// Adds a dictionary that segments may be packed with: every one that was ever published stays in use.
    pub fn add_dictionary(&mut self, bytes: Vec<u8>) {
        self.dictionaries.push(Dictionary { bytes });
    }

    /// Dictionaries that segments may be packed with.
    #[must_use]
    pub fn dictionaries(&self) -> &[Dictionary] {
        &self.dictionaries
    }

    /// Adds a form version published earlier. Bytes that this version cannot read stay in the ledger, and reports
    /// filled in with them are set aside as of an unknown form.
    pub fn add_form(&mut self, bytes: &[u8]) {
        match Form::from_bytes(bytes) {
            Ok(form) => {
                self.forms
                    .entry(form.hash().short())
                    .or_insert_with(|| Arc::new(form));
            }
            Err(error) => tracing::warn!(%error, "a form published earlier cannot be read"),
        }
    }

    /// The definition behind a short name.
    #[must_use]
    pub fn form(&self, short: FormRef) -> Option<&Arc<Form>> {
        self.forms.get(&short)
    }

    /// What the mission says about a form.
    #[must_use]
    pub fn entry(&self, form: &FormId) -> Option<&FormEntry> {
        self.mission.form(form).map(|form| &form.entry)
    }

    /// A team by code.
    #[must_use]
    pub fn team(&self, code: &str) -> Option<&Team> {
        self.teams
            .get(code)
            .map(|index| &self.mission.teams[*index])
    }

    /// A form's texts in every language of the mission, made once.
    #[must_use]
    pub fn sheets(&self, form: &Form) -> Arc<Vec<FormSheet>> {
        let mut sheets = self.sheets.lock();
        let make = || {
            Arc::new(
                self.mission
                    .about
                    .languages
                    .iter()
                    .map(|language| form.sheet(language))
                    .collect(),
            )
        };
        Arc::clone(sheets.entry(form.hash().short()).or_insert_with(make))
    }

    /// Takes over what was packed for the same mission before.
    pub(crate) fn adopt(&self, packed: Vec<StoredBundle>) {
        *self.bundles.lock() = Some(Arc::new(packed));
    }

    /// What devices download, packed once.
    ///
    /// # Errors
    /// [`PackError`] when compression fails.
    pub fn bundles(&self) -> Result<Arc<Vec<StoredBundle>>, PackError> {
        let mut bundles = self.bundles.lock();
        if let Some(bundles) = &*bundles {
            return Ok(Arc::clone(bundles));
        }
        let stored = |bundle: baqylau_mission::Bundle| StoredBundle {
            hash: bundle.hash,
            kind: kind_name(bundle.kind).to_owned(),
            name: bundle.id,
            bytes: bundle.bytes,
        };
        let mut packed: Vec<StoredBundle> =
            self.mission.bundles()?.into_iter().map(stored).collect();
        packed.extend(dictionary::of(&self.mission));
        let packed = Arc::new(packed);
        *bundles = Some(Arc::clone(&packed));
        Ok(packed)
    }
}

fn kind_name(kind: BundleKind) -> &'static str {
    match kind {
        BundleKind::Form => "form",
        BundleKind::Register => "register",
        BundleKind::Mission => "mission",
    }
}
