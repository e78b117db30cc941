//! What headquarters told this device: configuration, certificate, mission, teams, register, forms.
//! Opened from the store's content-addressed blobs; the same content is held in memory once a process.

use crate::error::ErrorCode;
use crate::view::{Failure, FormBrief, Holder, Localised, PlaceKind};
use baqylau_domain::{FormHash, FormId};
use baqylau_forms::Form;
use baqylau_mission::{FormEntry, MissionPack, RegisterTables, Team, Text};
use baqylau_protocol::{BlobKind, BlobRef, Certificate, Config};
use parking_lot::Mutex;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Weak};

type Address = [u8; 32];

/// Content by address while somebody uses it: a rehearsal of a hundred devices holds one register.
static REGISTERS: Shelf<RegisterTables> = Shelf::new();
static MISSIONS: Shelf<MissionPack> = Shelf::new();
static FORMS: Shelf<Form> = Shelf::new();

struct Shelf<T>(LazyLock<Mutex<BTreeMap<Address, Weak<T>>>>);

impl<T> Shelf<T> {
    const fn new() -> Self {
        Self(LazyLock::new(Mutex::default))
    }

    fn get(
        &self,
        address: Address,
        open: impl FnOnce() -> Result<T, Failure>,
    ) -> Result<Arc<T>, Failure> {
        let mut shelf = self.0.lock();
        if let Some(here) = shelf.get(&address).and_then(Weak::upgrade) {
            return Ok(here);
        }
        let opened = Arc::new(open()?);
        shelf.retain(|_, content| content.strong_count() > 0);
        shelf.insert(address, Arc::downgrade(&opened));
        Ok(opened)
    }
}

/// Where blobs come from: the store, or the memory of an enrolment under way.
pub(crate) type Blobs<'a> = dyn Fn(&Address) -> Result<Option<Vec<u8>>, Failure> + 'a;

/// Everything headquarters told this device.
pub(crate) struct Library {
    pub(crate) config: Config,
    pub(crate) certificate: Certificate,
    pub(crate) pack: Arc<MissionPack>,
    pub(crate) register: Arc<RegisterTables>,
    pub(crate) register_address: Address,
    pub(crate) team: Team,
    forms: Mutex<BTreeMap<FormHash, Arc<Form>>>,
}

impl Library {
    /// Opens what `config` names. Fails when a blob is missing or cannot be read.
    pub(crate) fn open(
        config: Config,
        certificate: Certificate,
        blobs: &Blobs<'_>,
    ) -> Result<Self, Failure> {
        let mission = named(&config, BlobKind::Mission)?.hash.0;
        let register_address = named(&config, BlobKind::Register)?.hash.0;
        let pack = MISSIONS.get(mission, || {
            MissionPack::from_bytes(&here(blobs, &mission)?)
                .map_err(|error| unreadable("mission", error))
        })?;
        let register = REGISTERS.get(register_address, || {
            RegisterTables::from_bytes(&here(blobs, &register_address)?)
                .map_err(|error| unreadable("register", error))
        })?;
        let team = pack
            .team(&certificate.team)
            .ok_or_else(|| ErrorCode::BadReply.with("detail", "team"))?
            .clone();
        let library = Self {
            config,
            certificate,
            pack,
            register,
            register_address,
            team,
            forms: Mutex::default(),
        };
        for hash in library.pack.forms.values() {
            library.form(*hash, blobs)?;
        }
        Ok(library)
    }

    /// A form by content address, the mission's present one or an older one.
    pub(crate) fn form(&self, hash: FormHash, blobs: &Blobs<'_>) -> Result<Arc<Form>, Failure> {
        if let Some(form) = self.forms.lock().get(&hash) {
            return Ok(Arc::clone(form));
        }
        let form = FORMS.get(hash.0, || {
            Form::from_bytes(&here(blobs, &hash.0)?).map_err(|error| unreadable("form", error))
        })?;
        self.forms.lock().insert(hash, Arc::clone(&form));
        Ok(form)
    }

    /// The mission's row about a form, and its present definition's address.
    pub(crate) fn entry(&self, id: &FormId) -> Option<(&FormEntry, FormHash)> {
        let entry = self.pack.about.forms.iter().find(|entry| &entry.id == id)?;
        Some((entry, *self.pack.forms.get(id)?))
    }

    /// Whether reports on a form must not wait behind others: incidents.
    pub(crate) fn is_urgent(&self, form: &FormId) -> bool {
        self.entry(form).is_some_and(|(entry, _)| entry.urgent)
    }

    /// The team's own region.
    pub(crate) fn area(&self) -> Option<&str> {
        self.team.areas.first().map(String::as_str)
    }

    /// Who holds the device.
    pub(crate) fn holder(&self) -> Holder {
        let about = &self.pack.about;
        let region = self.area().and_then(|code| self.register.region(code));
        Holder {
            mission: localised(&about.name),
            synthetic: about.synthetic,
            languages: about.languages.clone(),
            role: self.certificate.role,
            team: self.team.code.clone(),
            observers: self
                .team
                .observers
                .iter()
                .map(|observer| observer.code.clone())
                .collect(),
            area: region
                .map(|region| localised(&region.name))
                .unwrap_or_default(),
            forms: about
                .forms
                .iter()
                .filter_map(|entry| self.brief(entry))
                .collect(),
        }
    }

    fn brief(&self, entry: &FormEntry) -> Option<FormBrief> {
        let form = Arc::clone(self.forms.lock().get(self.pack.forms.get(&entry.id)?)?);
        let titles = form
            .languages()
            .iter()
            .map(|language| (language.clone(), form.title(language).to_owned()));
        Some(FormBrief {
            id: entry.id.clone(),
            letter: entry.letter.clone(),
            title: titles.collect(),
            place: place_kind(entry.place),
            urgent: entry.urgent,
            from_min: entry.from_min(),
            per_team: per_team(entry),
        })
    }
}

/// How many a team files at most. The mission plans an average: more than one a team means "as many as there are visits".
pub(crate) fn per_team(entry: &FormEntry) -> Option<u16> {
    (entry.counts_as.is_some() && entry.per_team > 0.0 && entry.per_team <= 1.0).then_some(1)
}

pub(crate) fn place_kind(kind: baqylau_mission::PlaceKind) -> PlaceKind {
    match kind {
        baqylau_mission::PlaceKind::Station => PlaceKind::Station,
        baqylau_mission::PlaceKind::Commission => PlaceKind::Commission,
        baqylau_mission::PlaceKind::Anywhere => PlaceKind::Anywhere,
    }
}

pub(crate) fn localised(text: &Text) -> Localised {
    text.iter()
        .map(|(language, text)| (language.to_owned(), text.to_owned()))
        .collect()
}

/// What a device pulls of a configuration: what the exchange pulls too.
pub(crate) fn wanted(config: &Config) -> impl Iterator<Item = &BlobRef> {
    config.blobs.iter().filter(|blob| blob.kind.is_known())
}

/// The name a blob is kept under.
pub(crate) fn kind_name(kind: BlobKind) -> &'static str {
    match kind {
        BlobKind::Form => "form",
        BlobKind::Register => "register",
        BlobKind::Mission => "mission",
        BlobKind::Dictionary => "dictionary",
        BlobKind::Unknown(_) => "unknown",
    }
}

fn named(config: &Config, kind: BlobKind) -> Result<&BlobRef, Failure> {
    let found = config.blobs.iter().find(|blob| blob.kind == kind);
    found.ok_or_else(|| ErrorCode::BadReply.with("detail", kind_name(kind)))
}

fn here(blobs: &Blobs<'_>, address: &Address) -> Result<Vec<u8>, Failure> {
    blobs(address)?.ok_or_else(|| ErrorCode::BadReply.with("detail", "blob"))
}

fn unreadable(what: &str, error: impl std::fmt::Display) -> Failure {
    tracing::warn!(what, %error, "a downloaded blob cannot be read");
    ErrorCode::BadReply.with("detail", what)
}
