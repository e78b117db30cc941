//! Everything that arrived, sent again: another device brings every segment of the day several times, in any order, and
//! headquarters must be none the wiser.

use crate::error::RehearsalError;
use crate::headquarters::Headquarters;
use baqylau_field::SystemIds;
use baqylau_hq::HqError;
use baqylau_hq::evidence::Export;
use baqylau_hq::export;
use baqylau_hq::system::SystemClock;
use baqylau_protocol::{
    DeviceKey, EnrolCode, Entropy, PROTOCOL, Signature, SyncApi as _, SyncRequest, Verdict, limits,
};
use baqylau_sync::Enrolment;
use baqylau_sync::http::HttpApi;
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use serde::Serialize;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What came of sending everything again.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Again {
    /// How often everything was sent.
    pub times: u32,
    /// Segments of the day.
    pub segments: usize,
    /// Segments that headquarters keeps now and did not keep before.
    pub new_rows: usize,
    /// Segments that headquarters did not call known.
    pub not_known: usize,
    /// Files of the export that differ, are new or are gone.
    pub changed_files: Vec<String>,
}

impl Again {
    /// Whether nothing changed.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.new_rows == 0 && self.not_known == 0 && self.changed_files.is_empty()
    }
}

/// Enrols one more device, and lets it bring everything that arrived once more.
pub(super) async fn send(
    headquarters: &Headquarters,
    team: &str,
    times: u32,
    seed: u64,
) -> Result<Again, RehearsalError> {
    let postman = Postman::enrol(headquarters, team).await?;
    postman.bring(headquarters, times, seed).await
}

/// A device that wrote nothing and brings what others wrote.
struct Postman {
    key: DeviceKey,
    enrolment: Enrolment,
    api: HttpApi,
}

impl Postman {
    /// Enrols it, past the bad network.
    async fn enrol(headquarters: &Headquarters, team: &str) -> Result<Self, RehearsalError> {
        let codes = headquarters.codes(std::iter::once(team))?;
        let code = EnrolCode::from_text(&codes[0]).map_err(|error| refused(&error))?;
        let mut endpoints = code.pinned_endpoints();
        for endpoint in &mut endpoints {
            endpoint.url = format!("https://{}", headquarters.address);
        }
        let api = HttpApi::new(endpoints).map_err(|error| refused(&error))?;
        let key = DeviceKey::generate(&mut Entropy(&SystemIds));
        let enrolment = baqylau_sync::enrol(&api, &code, &key)
            .await
            .map_err(|error| refused(&error))?;
        Ok(Self {
            key,
            enrolment,
            api,
        })
    }

    /// Brings every segment that headquarters has kept `times` times.
    async fn bring(
        &self,
        headquarters: &Headquarters,
        times: u32,
        seed: u64,
    ) -> Result<Again, RehearsalError> {
        let (segments, before) = kept(headquarters)?;
        let mut again: Vec<&Vec<u8>> = (0..times).flat_map(|_| &segments).collect();
        again.shuffle(&mut ChaCha8Rng::seed_from_u64(seed));
        let mut not_known = 0;
        for some in again.chunks(limits::REQUEST_SEGMENTS) {
            not_known += self.send(some).await?;
        }
        let (kept, after) = kept(headquarters)?;
        Ok(Again {
            times,
            segments: segments.len(),
            new_rows: kept.len().abs_diff(segments.len()),
            not_known,
            changed_files: changed(&before, &after),
        })
    }

    /// One request; how many of its segments headquarters did not know.
    async fn send(&self, segments: &[&Vec<u8>]) -> Result<usize, RehearsalError> {
        let config = &self.enrolment.parsed_config;
        let request = SyncRequest {
            protocol: PROTOCOL,
            capabilities: 0,
            device: self.key.public().id(),
            server_epoch: self.enrolment.server_epoch,
            cursor: 1,
            config_version: config.version,
            segments: segments.iter().map(|segment| (*segment).clone()).collect(),
            certificate: None,
            config: None,
            proof: Signature([0; 64]),
        };
        let reply = self.api.sync(request.signed(&self.key)).await;
        let reply = reply.map_err(|error| refused(&error))?;
        let known = reply
            .verdicts
            .iter()
            .filter(|verdict| **verdict == Verdict::Duplicate);
        Ok(segments.len() - known.count())
    }
}

/// Every segment in headquarters' ledger, as it arrived, and its export. Made beside the server, because an export that
/// somebody orders is itself an event that the next one tells of.
fn kept(headquarters: &Headquarters) -> Result<(Vec<Vec<u8>>, Export), RehearsalError> {
    let desk = baqylau_hq::Headquarters::reopen(
        headquarters.data(),
        Arc::new(SystemClock),
        Arc::new(baqylau_hq::system::SystemIds),
    )
    .map_err(|error| refused(&error))?;
    let mut segments = Vec::new();
    let read = desk.ledger.read(|read| {
        read.each_segment(|row| -> Result<(), HqError> {
            segments.push(row.sealed);
            Ok(())
        })
    });
    read.map_err(|error| refused(&error))?;
    let export = export::whole(&desk).map_err(|error| refused(&error))?;
    Ok((segments, export))
}

/// Names of the files that two exports do not have alike.
fn changed(before: &Export, after: &Export) -> Vec<String> {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let differs = |name: &&String| before.get(*name) != after.get(*name);
    names.into_iter().filter(differs).cloned().collect()
}

fn refused(error: &dyn std::fmt::Display) -> RehearsalError {
    RehearsalError::Headquarters {
        what: error.to_string(),
    }
}
