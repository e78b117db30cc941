//! What devices download: content-addressed blobs.

use crate::{About, Mission, Problem, RegisterTables, Team};
use baqylau_domain::{FormHash, FormId, TeamCode};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use thiserror::Error;

/// Compression for a blob made once and downloaded by every device.
const ZSTD_LEVEL: i32 = 19;
/// No mission is as large as this unpacked; more is an attack on the device's memory.
const UNPACKED_LIMIT: u64 = 64 << 20;

/// What a blob holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BundleKind {
    /// One form's canonical definition.
    Form,
    /// Regions, districts and stations.
    Register,
    /// `mission.toml` and the teams.
    Mission,
}

/// A blob with its content address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// SHA-256 over [`Self::bytes`].
    pub hash: [u8; 32],
    /// What it holds.
    pub kind: BundleKind,
    /// The form's id; `register` or `mission` for the others.
    pub id: String,
    /// The blob.
    pub bytes: Vec<u8>,
}

/// Why a blob cannot be opened.
#[derive(Debug, Error)]
pub enum PackError {
    /// Not a compressed blob of ours, or larger than any mission.
    #[error("not a mission blob")]
    Compression(#[source] std::io::Error),
    /// The content is not what this version writes.
    #[error("mission blob of another layout")]
    Layout(#[source] serde_json::Error),
    /// The register inside has problems.
    #[error("{} problems in the register", .0.len())]
    Register(Vec<Problem>),
}

/// `mission.toml` and the teams as a device holds them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MissionPack {
    /// `mission.toml`.
    pub about: About,
    /// Content addresses of the forms by id.
    pub forms: BTreeMap<FormId, FormHash>,
    /// All teams.
    pub teams: Vec<Team>,
}

#[derive(Serialize, Deserialize)]
struct RegisterPack {
    languages: Vec<String>,
    files: BTreeMap<String, String>,
}

impl MissionPack {
    /// Opens a mission blob.
    ///
    /// # Errors
    /// [`PackError`] when it is none.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PackError> {
        serde_json::from_slice(&unpack(bytes)?).map_err(PackError::Layout)
    }

    /// A team by code.
    #[must_use]
    pub fn team(&self, code: &TeamCode) -> Option<&Team> {
        self.teams.iter().find(|team| &team.code == code)
    }
}

impl RegisterTables {
    /// Opens a register blob.
    ///
    /// # Errors
    /// [`PackError`] when it is none.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PackError> {
        let pack: RegisterPack =
            serde_json::from_slice(&unpack(bytes)?).map_err(PackError::Layout)?;
        let file = |name: &str| pack.files.get(name).map_or(&[][..], |text| text.as_bytes());
        let [regions, districts, stations] = crate::register::FILES;
        Self::read(
            &pack.languages,
            file(regions),
            file(districts),
            file(stations),
        )
        .map_err(PackError::Register)
    }

    /// The register as one blob.
    ///
    /// # Errors
    /// [`PackError`] when compression fails.
    pub fn to_bytes(&self) -> Result<Vec<u8>, PackError> {
        let files = crate::register::FILES
            .iter()
            .zip(self.files())
            .map(|(name, bytes)| {
                (
                    (*name).to_owned(),
                    String::from_utf8_lossy(bytes).into_owned(),
                )
            })
            .collect();
        pack(&RegisterPack {
            languages: self.languages().to_vec(),
            files,
        })
    }
}

impl Mission {
    /// Every blob a device needs: the forms, the register, the mission with its teams.
    ///
    /// # Errors
    /// [`PackError`] when compression fails.
    pub fn bundles(&self) -> Result<Vec<Bundle>, PackError> {
        let mut bundles: Vec<_> = self
            .forms
            .iter()
            .map(|form| {
                Bundle::new(
                    BundleKind::Form,
                    form.entry.id.as_str(),
                    form.form.to_bytes(),
                )
            })
            .collect();
        bundles.push(Bundle::new(
            BundleKind::Register,
            "register",
            self.register.to_bytes()?,
        ));
        bundles.push(Bundle::new(
            BundleKind::Mission,
            "mission",
            pack(&self.pack())?,
        ));
        Ok(bundles)
    }

    /// SHA-256 over everything that [`Self::bundles`] is made from: missions with the same one have the same bundles,
    /// without packing them to find that out.
    ///
    /// # Errors
    /// [`PackError`] when the mission cannot be written down.
    pub fn fingerprint(&self) -> Result<[u8; 32], PackError> {
        let mut hash = Sha256::new();
        // Forms are in it by their content address.
        let pack = serde_json::to_vec(&self.pack()).map_err(PackError::Layout)?;
        let languages = serde_json::to_vec(self.register.languages()).map_err(PackError::Layout)?;
        for part in [&*pack, &*languages]
            .into_iter()
            .chain(self.register.files().iter().map(Vec::as_slice))
        {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        Ok(hash.finalize().into())
    }

    /// The mission as a device will hold it.
    #[must_use]
    pub fn pack(&self) -> MissionPack {
        MissionPack {
            about: self.about.clone(),
            forms: self
                .forms
                .iter()
                .map(|form| (form.entry.id.clone(), form.form.hash()))
                .collect(),
            teams: self.teams.clone(),
        }
    }
}

impl Bundle {
    fn new(kind: BundleKind, id: &str, bytes: Vec<u8>) -> Self {
        Self {
            hash: Sha256::digest(&bytes).into(),
            kind,
            id: id.to_owned(),
            bytes,
        }
    }
}

fn pack<T: Serialize>(value: &T) -> Result<Vec<u8>, PackError> {
    let json = serde_json::to_vec(value).map_err(PackError::Layout)?;
    zstd::encode_all(&*json, ZSTD_LEVEL).map_err(PackError::Compression)
}

fn unpack(bytes: &[u8]) -> Result<Vec<u8>, PackError> {
    use std::io::Read as _;
    let mut unpacked = Vec::new();
    zstd::Decoder::new(bytes)
        .and_then(|decoder| decoder.take(UNPACKED_LIMIT).read_to_end(&mut unpacked))
        .map_err(PackError::Compression)?;
    Ok(unpacked)
}
