//! Random numbers that stay the same whatever version of a library draws them.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

/// A seeded source. Only raw 64-bit words come from the library: how it picks from ranges may
/// change between versions, and then committed files would be stale for no reason.
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    pub(super) fn seeded(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// A number below `bound` (0 when there is none).
    pub(super) fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.0.next_u64()) * bound as u128) >> 64) as usize
    }

    /// A number between the two, both included.
    pub(super) fn between(&mut self, least: u32, most: u32) -> u32 {
        least + self.below((most.saturating_sub(least) + 1) as usize) as u32
    }

    /// `weight` made up to 40 % smaller or larger, in hundredths so that no rounding differs.
    pub(super) fn vary(&mut self, weight: u64) -> u64 {
        weight * u64::from(self.between(60, 140))
    }

    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

/// Shares out `total` by weight, whole and exact: what rounding leaves goes to the largest remainders.
pub(super) fn share_out(total: u64, weights: &[u64]) -> Vec<u64> {
    let sum: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
    if sum == 0 {
        return vec![0; weights.len()];
    }
    let exact = |weight: u64| u128::from(total) * u128::from(weight);
    let mut shares: Vec<u64> = weights
        .iter()
        .map(|weight| (exact(*weight) / sum) as u64)
        .collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|index| (std::cmp::Reverse(exact(weights[*index]) % sum), *index));
    let left = total - shares.iter().sum::<u64>();
    for index in order.into_iter().take(left as usize) {
        shares[index] += 1;
    }
    shares
}
