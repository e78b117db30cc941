//! Headquarters over HTTPS with pinned keys: never the system's trust store.

mod client;
mod failure;
pub(crate) mod pin;
mod proxy;

pub use client::{HttpApi, HttpError};
pub use proxy::Proxy;
