//! The machine's own clock and randomness, for hosts.

use baqylau_domain::{Clock, IdSource, Moment};
use baqylau_store::Vault;
use chrono::{Local, Offset as _};
use std::net::IpAddr;
use std::path::Path;

/// The machine's clock and time zone.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

/// The machine's source of randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemIds;

impl Clock for SystemClock {
    fn now(&self) -> Moment {
        let now = Local::now();
        let offset_min = now.offset().fix().local_minus_utc() / 60;
        Moment {
            utc_ms: now.timestamp_millis(),
            offset_min: i16::try_from(offset_min).unwrap_or(0),
        }
    }
}

impl IdSource for SystemIds {
    /// # Panics
    /// When the machine has no randomness to give: no key may be made then.
    #[expect(
        clippy::expect_used,
        reason = "a device without randomness must make no key at all"
    )]
    fn fill(&self, buffer: &mut [u8]) {
        getrandom::fill(buffer).expect("the machine gives random bytes");
    }
}

/// The vault of the app whose data are in `dir`, with the key store of whoever is logged in.
pub(crate) fn vault(dir: &Path) -> Vault {
    let vault = Vault::at(dir.join("store"));
    #[cfg(any(target_os = "linux", target_os = "windows", target_os = "macos"))]
    let vault = vault.with_key_store(std::sync::Arc::new(crate::SystemKeyStore));
    vault
}

/// The machine's addresses that another device in the same room can reach, those of version 4 first. Nothing is sent to
/// find them.
pub(crate) fn addresses() -> Vec<IpAddr> {
    let found = if_addrs::get_if_addrs().unwrap_or_default();
    let mut addresses: Vec<IpAddr> = found
        .iter()
        .filter(|interface| !interface.is_loopback() && !interface.is_link_local())
        .map(if_addrs::Interface::ip)
        .collect();
    addresses.sort_by_key(|address| !address.is_ipv4());
    addresses
}

/// Keeps the system from writing this program's memory, and that of programs it starts, to the disk when one of them
/// crashes: what is open on the screen would lie there in plain text. For the first line of a program that holds a
/// [`crate::Core`].
///
/// The limit is one byte, not none: Linux ignores a limit of none where dumps go to another program, and takes one as a
/// word that there shall be no dump at all; a file of one byte is not begun.
pub fn forbid_memory_dumps() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let most = getrlimit(Resource::Core).maximum;
        let limit = Some(most.map_or(1, |most| most.min(1)));
        let forbidden = setrlimit(
            Resource::Core,
            Rlimit {
                current: limit,
                maximum: limit,
            },
        );
        if let Err(error) = forbidden {
            tracing::warn!(%error, "dumps of the memory could not be forbidden");
        }
    }
}
