//! The field app's core. A host (the window, `field-host`, a test) makes a [`Core`] and calls
//! commands by name; the core pushes [`view::Event`]s. Nothing here knows who is asking or what a
//! mission's questions are called.

mod books;
mod cases;
mod check;
pub mod commands;
mod core;
mod entries;
pub mod error;
mod failure;
#[cfg(any(target_os = "linux", target_os = "windows", target_os = "macos"))]
mod keystore;
mod library;
mod machine;
mod page;
mod prefill;
mod session;
mod settings;
mod strip;
pub mod typescript;
pub mod view;

pub use crate::core::{Connector, Core, HttpsConnector};
pub use baqylau_store::Kdf;
#[cfg(any(target_os = "linux", target_os = "windows", target_os = "macos"))]
pub use keystore::SystemKeyStore;
pub use machine::{SystemClock, SystemIds, forbid_memory_dumps};
