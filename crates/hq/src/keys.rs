//! Headquarters' own keys: made at first start, kept in the data folder, readable by their owner only.

use baqylau_domain::IdSource;
use baqylau_protocol::{Entropy, HqKey, RootKey, SealSecret, SpkiHash};
use rcgen::{CertificateParams, KeyPair, PublicKeyData as _};
use sha2::{Digest as _, Sha256};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use thiserror::Error;
use zeroize::Zeroizing;

/// Why the keys cannot be had.
#[derive(Debug, Error)]
pub enum KeysError {
    /// A file cannot be read or written.
    #[error("{file}: {error}", file = .file.display())]
    File {
        /// Which.
        file: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// A file holds something else than a key.
    #[error("{} holds no key", .0.display())]
    Damaged(PathBuf),
    /// The TLS certificate cannot be made.
    #[error("the TLS certificate: {0}")]
    Certificate(#[from] rcgen::Error),
}

/// All of headquarters' keys.
pub struct Keys {
    /// Signs the configuration. To be taken offline once the mission runs.
    pub root: RootKey,
    /// Signs receipts and certificates.
    pub hq: HqKey,
    /// Open segments, oldest first; devices seal to the last. Never empty.
    pub seals: Vec<SealSecret>,
    /// The TLS key and certificate.
    pub tls: Tls,
    folder: PathBuf,
}

/// The TLS key, its certificate, and what devices pin.
pub struct Tls {
    /// Certificate, DER.
    pub certificate: Vec<u8>,
    /// Private key, PKCS #8 DER.
    pub key: Zeroizing<Vec<u8>>,
    /// SHA-256 over the public key.
    pub spki: SpkiHash,
}

/// The first seal key of an event; later ones get the next numbers.
const FIRST_SEAL_KEY: u32 = 1;

impl Keys {
    /// Reads the keys of a data folder; makes those that are missing.
    ///
    /// # Errors
    /// [`KeysError`]; a key that is there is never replaced.
    pub fn open(data: &Path, ids: &dyn IdSource) -> Result<Self, KeysError> {
        let folder = data.join("keys");
        make_private_folder(&folder)?;
        let mut rng = Entropy(ids);
        let root = secret(&folder.join("root.key"), || {
            RootKey::generate(&mut rng).to_bytes()
        })?;
        let hq = secret(&folder.join("headquarters.key"), || {
            HqKey::generate(&mut rng).to_bytes()
        })?;
        let mut numbers = seal_key_numbers(&folder)?;
        if numbers.is_empty() {
            numbers.push(FIRST_SEAL_KEY);
        }
        let seals = numbers
            .into_iter()
            .map(|id| seal_key(&folder, id, &mut rng))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            root: RootKey::from_bytes(&root),
            hq: HqKey::from_bytes(&hq),
            seals,
            tls: tls(&folder.join("tls.der"))?,
            folder,
        })
    }

    /// A further seal key, kept before anybody seals to it.
    ///
    /// # Errors
    /// [`KeysError`]; then nothing is to be sealed to it.
    pub(crate) fn new_seal(&self, id: u32, ids: &dyn IdSource) -> Result<SealSecret, KeysError> {
        seal_key(&self.folder, id, &mut Entropy(ids))
    }

    /// Destroys a seal key: what was recorded on its way can never be opened again, by anybody.
    ///
    /// # Errors
    /// [`KeysError::File`] when it cannot be removed.
    pub(crate) fn destroy_seal(&self, id: u32) -> Result<(), KeysError> {
        let file = self.folder.join(seal_key_name(id));
        match fs::remove_file(&file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(KeysError::File { file, error })
            }
            _ => Ok(()),
        }
    }
}

fn seal_key_name(id: u32) -> String {
    format!("seal-{id}.key")
}

fn seal_key(folder: &Path, id: u32, rng: &mut Entropy<'_>) -> Result<SealSecret, KeysError> {
    let bytes = secret(&folder.join(seal_key_name(id)), || {
        SealSecret::generate(id, rng).to_bytes()
    })?;
    Ok(SealSecret::from_bytes(id, *bytes))
}

/// Numbers of the seal keys in a folder, ascending.
fn seal_key_numbers(folder: &Path) -> Result<Vec<u32>, KeysError> {
    let failed = |error| KeysError::File {
        file: folder.to_owned(),
        error,
    };
    let mut numbers = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let name = entry.map_err(failed)?.file_name();
        let number = name
            .to_str()
            .and_then(|name| name.strip_prefix("seal-")?.strip_suffix(".key"));
        numbers.extend(number.and_then(|number| number.parse::<u32>().ok()));
    }
    numbers.sort_unstable();
    Ok(numbers)
}

/// The certificate only carries the key that devices pin; names in it serve browsers on this machine.
fn tls(file: &Path) -> Result<Tls, KeysError> {
    let der = match read(file)? {
        Some(der) => der,
        None => {
            let der = Zeroizing::new(KeyPair::generate()?.serialize_der());
            write_private(file, &der)?;
            der
        }
    };
    let pair =
        KeyPair::try_from(der.as_slice()).map_err(|_| KeysError::Damaged(file.to_owned()))?;
    let names = ["localhost", "127.0.0.1", "::1"]
        .map(str::to_owned)
        .to_vec();
    let certificate = CertificateParams::new(names)?
        .self_signed(&pair)?
        .der()
        .to_vec();
    let spki = SpkiHash(Sha256::digest(pair.subject_public_key_info()).into());
    Ok(Tls {
        certificate,
        key: der,
        spki,
    })
}

fn secret(
    file: &Path,
    make: impl FnOnce() -> Zeroizing<[u8; 32]>,
) -> Result<Zeroizing<[u8; 32]>, KeysError> {
    if let Some(bytes) = read(file)? {
        let bytes: [u8; 32] = bytes
            .as_slice()
            .try_into()
            .map_err(|_| KeysError::Damaged(file.to_owned()))?;
        return Ok(Zeroizing::new(bytes));
    }
    let made = make();
    write_private(file, made.as_ref())?;
    Ok(made)
}

fn read(file: &Path) -> Result<Option<Zeroizing<Vec<u8>>>, KeysError> {
    match fs::read(file) {
        Ok(bytes) => Ok(Some(Zeroizing::new(bytes))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(KeysError::File {
            file: file.to_owned(),
            error,
        }),
    }
}

/// Written beside, flushed, then renamed: a crash leaves a whole key or none.
fn write_private(file: &Path, bytes: &[u8]) -> Result<(), KeysError> {
    let failed = |error| KeysError::File {
        file: file.to_owned(),
        error,
    };
    let fresh = file.with_extension("new");
    // Left by a crash before the rename: it was never used.
    let _ = fs::remove_file(&fresh);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut handle = options.open(&fresh).map_err(failed)?;
    handle
        .write_all(bytes)
        .and_then(|()| handle.sync_all())
        .map_err(failed)?;
    fs::rename(&fresh, file).map_err(failed)?;
    if let Some(folder) = file.parent() {
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(failed)?;
    }
    Ok(())
}

/// Makes a folder that only its owner may enter.
///
/// # Errors
/// [`KeysError::File`] when it cannot be made.
pub fn make_private_folder(folder: &Path) -> Result<(), KeysError> {
    let failed = |error| KeysError::File {
        file: folder.to_owned(),
        error,
    };
    fs::create_dir_all(folder).map_err(failed)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).map_err(failed)?;
    }
    Ok(())
}
