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

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives 1, 2, 3 …, one byte after the other.
    #[derive(Default)]
    struct Counting(std::sync::atomic::AtomicU8);

    impl IdSource for Counting {
        fn fill(&self, buffer: &mut [u8]) {
            for byte in buffer {
                *byte = 1 + self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            }
        }
    }

    #[test]
    fn every_number_comes_from_the_source() {
        let source = Counting::default();
        let mut entropy = Entropy(&source);
        assert_eq!(entropy.try_next_u32(), Ok(0x0403_0201));
        assert_eq!(entropy.try_next_u64(), Ok(0x0c0b_0a09_0807_0605));
        let mut bytes = [0; 3];
        assert_eq!(entropy.try_fill_bytes(&mut bytes), Ok(()));
        assert_eq!(bytes, [13, 14, 15]);
    }
}
