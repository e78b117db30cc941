//! The contract suite against the reference headquarters, in process and over pinned TLS.

use crate::loopback::{Identity, serve};
use async_trait::async_trait;
use baqylau_domain::{AttachmentHash, DeviceId, FormRef};
use baqylau_protocol::{BlobKind, EnrolCode, SyncApi};
use baqylau_sync::http::HttpApi;
use baqylau_sync::testing::ReferenceHq;
use baqylau_sync::testing::contract::{Headquarters, suite};
use std::sync::Arc;

struct UnderTest {
    hq: Arc<ReferenceHq>,
    api: Arc<dyn SyncApi>,
}

#[async_trait]
impl Headquarters for UnderTest {
    fn api(&self) -> &dyn SyncApi {
        self.api.as_ref()
    }

    async fn code(&self) -> EnrolCode {
        self.hq.code()
    }

    fn form(&self) -> FormRef {
        FormRef([1, 2, 3, 4])
    }

    async fn journal(&self, device: &DeviceId) -> Vec<Vec<u8>> {
        self.hq.journal(device)
    }

    async fn picture(&self, device: &DeviceId, picture: &AttachmentHash) -> Option<Vec<u8>> {
        self.hq.picture(device, picture)
    }

    async fn revoke(&self, device: &DeviceId) {
        self.hq.reconfigure(|config| config.revoked.push(*device));
    }
}

fn headquarters() -> Arc<ReferenceHq> {
    let hq = Arc::new(ReferenceHq::new(1));
    hq.offer(BlobKind::Form, "voting", &[7; 5000]);
    hq.offer(BlobKind::Register, "register", &vec![9; 300_000]);
    hq
}

#[tokio::test]
async fn in_process() {
    let hq = headquarters();
    suite(&UnderTest {
        api: hq.clone(),
        hq,
    })
    .await;
}

#[tokio::test]
async fn over_http() {
    let hq = headquarters();
    let identity = Identity::new(365);
    let server = serve(Arc::clone(&hq), &identity).await;
    let api = HttpApi::new(vec![server.endpoint(identity.spki())]).expect("a good endpoint");
    suite(&UnderTest {
        api: Arc::new(api),
        hq,
    })
    .await;
}
