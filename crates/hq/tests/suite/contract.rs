//! The suite that every headquarters passes, in process and over TLS with the device's own client.

use crate::office::{Office, serve};
use async_trait::async_trait;
use baqylau_domain::{AttachmentHash, DeviceId, FormRef};
use baqylau_hq::Headquarters;
use baqylau_protocol::{Endpoint, EnrolCode, SyncApi};
use baqylau_sync::http::HttpApi;
use baqylau_sync::testing::contract;
use std::sync::Arc;
use tempfile::TempDir;

struct Tested<A> {
    headquarters: Arc<Headquarters>,
    api: A,
}

#[async_trait]
impl<A: SyncApi> contract::Headquarters for Tested<A> {
    fn api(&self) -> &dyn SyncApi {
        &self.api
    }

    async fn code(&self) -> EnrolCode {
        EnrolCode::from_text(&self.headquarters.make_code("T1", "", "test").unwrap().text).unwrap()
    }

    fn form(&self) -> FormRef {
        self.headquarters.plan().mission.forms[0]
            .form
            .hash()
            .short()
    }

    async fn journal(&self, device: &DeviceId) -> Vec<Vec<u8>> {
        let rows = self
            .headquarters
            .ledger
            .read(|read| read.entries(*device))
            .unwrap();
        rows.into_iter().map(|row| row.bytes).collect()
    }

    async fn picture(&self, device: &DeviceId, picture: &AttachmentHash) -> Option<Vec<u8>> {
        let found = self
            .headquarters
            .ledger
            .read(|read| read.picture(*device, picture.0));
        found.unwrap().map(|row| row.body)
    }

    async fn revoke(&self, device: &DeviceId) {
        self.headquarters.revoke(*device, "stolen", "test").unwrap();
    }
}

#[test]
fn in_process() {
    let office = Office::open();
    let api = office.api();
    let tested = Tested {
        headquarters: Arc::clone(&office.headquarters),
        api,
    };
    runtime().block_on(contract::suite(&tested));
}

#[test]
fn over_tls_on_loopback() {
    let data = TempDir::new().unwrap();
    runtime().block_on(async {
        let running = serve(data.path(), None).await;
        let endpoint = Endpoint {
            url: format!("https://{}", running.addr),
            spki: running.spki,
        };
        let api = HttpApi::new(vec![endpoint]).unwrap();
        contract::suite(&Tested {
            headquarters: Arc::clone(&running.headquarters),
            api,
        })
        .await;
        running.stop().await;
    });
}

#[test]
fn a_key_that_is_not_the_pinned_one_gets_no_request() {
    let data = TempDir::new().unwrap();
    runtime().block_on(async {
        let running = serve(data.path(), None).await;
        let mut spki = running.spki;
        spki.0[0] ^= 1;
        let api = HttpApi::new(vec![Endpoint {
            url: format!("https://{}", running.addr),
            spki,
        }])
        .unwrap();
        let missing = api
            .blob(baqylau_protocol::BlobHash([1; 32]), &|_, _| {})
            .await;
        assert_eq!(missing, Err(baqylau_protocol::ApiError::Intercepted));
        running.stop().await;
    });
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap()
}
