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
    /// Opens segments.
    pub seal: SealSecret,
    /// The TLS key and certificate.
    pub tls: Tls,
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

/// The one seal key of an event so far; a second gets the next number.
const SEAL_KEY_ID: u32 = 1;

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
        let seal = secret(&folder.join("seal-1.key"), || {
            SealSecret::generate(SEAL_KEY_ID, &mut rng).to_bytes()
        })?;
        Ok(Self {
            root: RootKey::from_bytes(&root),
            hq: HqKey::from_bytes(&hq),
            seal: SealSecret::from_bytes(SEAL_KEY_ID, *seal),
            tls: tls(&folder.join("tls.der"))?,
        })
    }
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
