//! A picture that a test device sends.

use baqylau_domain::PhotoRef;
use baqylau_protocol::VerifiedPictureReceipt;

/// A picture of a test device, and what is known of its way.
#[derive(Debug, Clone)]
pub(super) struct TestPicture {
    pub(super) photo: PhotoRef,
    pub(super) seq: u64,
    pub(super) bytes: Vec<u8>,
    pub(super) seed: Option<[u8; 32]>,
    /// How far it has gone, as screens are told: bytes that headquarters has, of how many.
    pub(super) sent: Option<(u64, u64)>,
    pub(super) receipt: Option<VerifiedPictureReceipt>,
    pub(super) aside: Option<String>,
}

impl TestPicture {
    pub(super) fn new(photo: PhotoRef, seq: u64, bytes: &[u8]) -> Self {
        Self {
            photo,
            seq,
            bytes: bytes.to_vec(),
            seed: None,
            sent: None,
            receipt: None,
            aside: None,
        }
    }

    /// Whether headquarters signed for it in this epoch.
    pub(super) fn is_held(&self, epoch: u64) -> bool {
        let receipt = self.receipt.as_ref();
        receipt.is_some_and(|it| it.receipt().server_epoch >= epoch)
    }
}
