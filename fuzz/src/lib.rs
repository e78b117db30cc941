//! What has to hold of any bytes that reach this program from outside, one property for each fuzz target.
//!
//! Random bytes never carry a good signature and never open under a key. So most targets take a first byte that says how
//! much is done for them: nothing, or everything up to the part that is of interest (signing, sealing, hashing).

pub mod codes;
pub mod forms;
pub mod keys;
pub mod pictures;
pub mod wire;

use std::alloc::System;

/// Heap that everything together may hold at any instant, bytes: half of what a whole process may take (goal X14). The
/// other half is the program itself and the fuzzer's own tables. What goes beyond ends the process, which counts as a
/// crash.
pub const HEAP_BYTES: usize = 32 << 20;

#[global_allocator]
static HEAP: cap::Cap<System> = cap::Cap::new(System, HEAP_BYTES);

/// Splits off the byte that says how much is done for an input.
fn mode(bytes: &[u8], modes: u8) -> Option<(u8, &[u8])> {
    let (first, rest) = bytes.split_first()?;
    Some((first % modes, rest))
}
