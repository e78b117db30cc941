//! Faults on purpose.
//!
//! [`campaign`] runs schedules: devices, carriers and a headquarters in one simulated world in which connections are
//! cut, processes killed, disks lose power, backups are restored and people lie. The protocol, the sync loop, intake
//! and the ledger are the real ones; only time, randomness, disk and network are made here. A schedule follows from
//! its seed, bit for bit.

pub mod campaign;
pub mod disk;
pub mod random;
pub mod world;
