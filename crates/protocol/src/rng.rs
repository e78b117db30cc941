//! The domain's source of randomness as the cryptographic crates want it.

use baqylau_domain::IdSource;
use rand_core::{Infallible, TryCryptoRng, TryRng};

/// An [`IdSource`] as a cryptographic random number generator.
pub struct Entropy<'a>(pub &'a dyn IdSource);

impl TryRng for Entropy<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.0.fill(&mut bytes);
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, dst: &mut [u8]) -> Result<(), Infallible> {
        self.0.fill(dst);
        Ok(())
    }
}

impl TryCryptoRng for Entropy<'_> {}
