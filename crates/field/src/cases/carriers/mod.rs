//! Evidence through other hands: files, codes on a screen, the network in the room.

pub(crate) mod codes;
pub(crate) mod deliver;
pub(crate) mod file;
pub(crate) mod hand;
mod load;
pub(crate) mod network;
mod photos;
pub(crate) mod picture;
pub(crate) mod places;
mod take_in;
pub(crate) mod team;
