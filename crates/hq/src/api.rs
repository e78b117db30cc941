//! Headquarters' side of the protocol: enrol, sync, blob.

use crate::headquarters::Headquarters;
use crate::intake::{Prepared, Taken};
use crate::ledger::{
    AuditEvent, DeviceRow, EnrolledDevice, EnrolmentRefusal, Head, LedgerError, Read, Write,
};
use crate::pictures::{self, Received};
use crate::publishing::REVOKED_BEFORE;
use async_trait::async_trait;
use baqylau_domain::{DeviceId, TeamCode};
use baqylau_protocol::seeded::{Bug, is_planted};
use baqylau_protocol::{
    ApiError, BlobHash, BlobProgress, Certificate, Chain, ChainHash, DevicePublic, EnrolReply,
    EnrolRequest, PROTOCOL, PictureReply, PictureRun, Refusal, SetAside, SignedCertificate,
    SyncApi, SyncReply, SyncRequest, limits,
};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;

/// How long a certificate is valid: an event and its late deliveries.
const CERTIFICATE_MS: i64 = 400 * 24 * 60 * 60 * 1000;
/// Clocks of devices may be this much behind.
const CERTIFICATE_SLACK_MS: i64 = 24 * 60 * 60 * 1000;

/// Headquarters as devices reach it, in process or behind HTTP.
#[derive(Clone)]
pub struct Api(pub Arc<Headquarters>);

/// Why a request got no answer, before it is put into the protocol's words.
#[derive(Debug)]
enum Failure {
    Ledger(LedgerError),
    Refused(Refusal),
}

impl From<LedgerError> for Failure {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl From<Failure> for ApiError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(refusal) => Self::Refused(refusal),
            Failure::Ledger(error) => {
                tracing::error!(%error, "request failed");
                Self::Server { status: 503 }
            }
        }
    }
}

#[async_trait]
impl SyncApi for Api {
    async fn enrol(&self, request: EnrolRequest) -> Result<EnrolReply, ApiError> {
        let headquarters = &self.0;
        let now_ms = headquarters.now_ms();
        headquarters
            .enrolments
            .check(now_ms)
            .map_err(|seconds| ApiError::Busy {
                retry_after_s: Some(seconds),
            })?;
        if request.protocol.0 > PROTOCOL.1 {
            return Err(ApiError::Refused(Refusal::Version));
        }
        if !request.is_proven() {
            return Err(ApiError::Refused(Refusal::Malformed));
        }
        let Some(published) = headquarters.published() else {
            return Err(ApiError::Server { status: 503 });
        };
        let asked = Arc::clone(headquarters);
        let result = headquarters
            .ledger
            .write(move |write| enrol(&asked, write, &request, now_ms))
            .await;
        match result {
            Ok((certificate, server_epoch)) => {
                headquarters.changed();
                Ok(EnrolReply {
                    config: published.signed,
                    certificate,
                    server_epoch,
                })
            }
            Err(failure) => {
                if matches!(failure, Failure::Refused(_)) {
                    headquarters.enrolments.failed(now_ms);
                }
                Err(failure.into())
            }
        }
    }

    async fn sync(&self, request: SyncRequest) -> Result<SyncReply, ApiError> {
        let headquarters = &self.0;
        if request.protocol.0 > PROTOCOL.1 {
            return Err(ApiError::Refused(Refusal::Version));
        }
        if request.segments.len() > limits::REQUEST_SEGMENTS {
            return Err(ApiError::Refused(Refusal::TooLarge));
        }
        let (protocol, config_version) = (request.protocol, request.config_version);
        let (device, request_epoch, cursor) =
            (request.device, request.server_epoch, request.cursor);
        let preparing = Arc::clone(headquarters);
        let (row, segments) = tokio::task::spawn_blocking(move || prepare(&preparing, request))
            .await
            .unwrap_or(Err(Failure::Ledger(LedgerError::Stopped)))?;
        let Some(published) = headquarters.published() else {
            return Err(ApiError::Server { status: 503 });
        };
        let now_ms = headquarters.now_ms();
        let taking = Arc::clone(headquarters);
        let revoked = row.revoked;
        let (taken, server_epoch) = headquarters
            .ledger
            .write(move |write| -> Result<(Taken, u64), Failure> {
                enter_introduced(&taking, write, &row, now_ms)?;
                believe(write, device, cursor)?;
                let taken = taking.intake.take(write, device, segments, now_ms)?;
                let epoch = write.read().epoch()?;
                let is_ahead = (1..=limits::EPOCH_LEAP)
                    .contains(&request_epoch.saturating_sub(epoch))
                    || (request_epoch == epoch && cursor > taken.head.next_seq);
                if revoked || !is_ahead {
                    return Ok((taken, epoch));
                }
                let raised = epoch.max(request_epoch) + taking.step();
                Ok((taken, raise_epoch(write, device, raised, now_ms)?))
            })
            .await?;
        if taken.changed {
            headquarters.changed();
        }
        // Durable by now: only here is anything signed.
        let receipt = taken
            .receipt
            .map(|row| headquarters.receipt(&row).sign(&headquarters.keys.hq));
        let envelopes = headquarters.enclosed(taken.carried);
        let envelopes = envelopes.await.map_err(Failure::from)?;
        Ok(SyncReply {
            server_epoch,
            next_seq: taken.head.next_seq,
            head: ChainHash(taken.head.hash),
            verdicts: taken.verdicts,
            receipt,
            config: (config_version < published.config.version).then_some(published.signed),
            set_aside: taken
                .set_aside
                .into_iter()
                .map(|(seq, code)| SetAside { seq, code })
                .collect(),
            revoked,
            upgrade: protocol.1 < published.config.min_protocol,
            back_off_s: None,
            wants_config: config_version > published.config.version,
            envelopes,
        })
    }

    async fn picture(&self, run: PictureRun) -> Result<PictureReply, ApiError> {
        let headquarters = &self.0;
        if run.protocol.0 > PROTOCOL.1 {
            return Err(ApiError::Refused(Refusal::Version));
        }
        let (device, name) = (run.device, run.picture);
        let now_ms = headquarters.now_ms();
        let asked = Arc::clone(headquarters);
        let (received, epoch) = headquarters
            .ledger
            .write(move |write| -> Result<_, Failure> {
                let row = write.read().device(run.device)?;
                let is_by = |row: &DeviceRow| {
                    run.is_by(&DevicePublic(row.public_key)) && is_certified(&asked, row)
                };
                if !row.is_some_and(|row| is_by(&row)) {
                    return Err(Failure::Refused(Refusal::NotEnrolled));
                }
                let received = pictures::receive(write, &run, now_ms)?;
                Ok((received, write.read().epoch()?))
            })
            .await?;
        let (judged, epoch) = match received {
            Received::Judged(judged) => (judged, epoch),
            Received::Whole(upload) => {
                let judging = pictures::judge(headquarters, device, name, upload, now_ms);
                judging.await.map_err(Failure::from)?
            }
        };
        if judged.changed {
            headquarters.changed();
        }
        // Durable by now: only here is anything signed.
        let (receipt, envelope) = match judged.held {
            None => (None, None),
            Some(held) if held.device == device => {
                (Some(headquarters.sign_picture(epoch, &held)), None)
            }
            Some(held) => {
                let enclosing = Arc::clone(headquarters);
                let reading = move |read: &Read<'_>| enclosing.enclose_picture(read, epoch, &held);
                let enclosed = headquarters.ledger.read_apart(reading).await;
                (None, enclosed.map_err(Failure::from)?)
            }
        };
        Ok(PictureReply {
            server_epoch: epoch,
            verdict: judged.verdict,
            receipt,
            envelope,
        })
    }

    async fn blob(&self, hash: BlobHash, progress: &BlobProgress<'_>) -> Result<Vec<u8>, ApiError> {
        let found = self
            .0
            .ledger
            .read_apart(move |read| read.bundle(&hash.0))
            .await
            .map_err(Failure::from)?;
        let bytes = found.ok_or(ApiError::Refused(Refusal::NoSuchBlob))?.bytes;
        progress(bytes.len() as u64, Some(bytes.len() as u64));
        Ok(bytes)
    }
}

impl Api {
    /// The log as it stands, signed.
    ///
    /// # Errors
    /// [`ApiError::Server`] when the ledger cannot be read.
    pub async fn checkpoint(&self) -> Result<String, ApiError> {
        let tree = self.0.ledger.read_apart(|read| read.log()).await;
        Ok(self.0.sign_log(&tree.map_err(Failure::from)?))
    }
}

/// Checks who asks, opens what they brought.
fn prepare(
    headquarters: &Headquarters,
    request: SyncRequest,
) -> Result<(DeviceRow, Vec<Prepared>), Failure> {
    if let Some(config) = &request.config {
        // It is signed by our root key or it is ignored; who shows it does not matter.
        headquarters
            .learn_config(config)
            .map_err(|_| Failure::Ledger(LedgerError::Damaged("configuration")))?;
    }
    headquarters.ledger.read(|read| {
        let row = match read.device(request.device)? {
            Some(row) => row,
            None => {
                introduced(headquarters, &request).ok_or(Failure::Refused(Refusal::NotEnrolled))?
            }
        };
        if !request.is_by(&DevicePublic(row.public_key)) || !is_certified(headquarters, &row) {
            return Err(Failure::Refused(Refusal::NotEnrolled));
        }
        let segments = request
            .segments
            .into_iter()
            .map(|sealed| {
                headquarters
                    .intake
                    .prepare(sealed, |id| -> Result<_, Failure> {
                        // A carrier may bring another device's segments.
                        if id == row.id {
                            Ok(Some(row.clone()))
                        } else {
                            Ok(read.device(id)?)
                        }
                    })
            })
            .collect::<Result<_, _>>()?;
        Ok((row, segments))
    })
}

/// A device that this ledger does not know (any more) and that shows a certificate of ours.
fn introduced(headquarters: &Headquarters, request: &SyncRequest) -> Option<DeviceRow> {
    let signed = request.certificate.as_ref()?;
    let certificate = signed.verify(&headquarters.keys.hq.public()).ok()?;
    let row = DeviceRow {
        id: certificate.public.id(),
        public_key: certificate.public.0,
        certificate: signed.as_bytes().to_vec(),
        team: certificate.team.0,
        revoked: headquarters
            .published()
            .is_some_and(|published| published.config.revoked.contains(&certificate.public.id())),
    };
    (row.id == request.device && certificate.event == headquarters.intake.event).then_some(row)
}

/// Enters a device that introduced itself with its certificate.
fn enter_introduced(
    headquarters: &Headquarters,
    write: &Write<'_>,
    row: &DeviceRow,
    now_ms: i64,
) -> Result<(), LedgerError> {
    if write.read().device(row.id)?.is_some() {
        return Ok(());
    }
    let device = EnrolledDevice {
        id: row.id,
        public_key: row.public_key,
        // Sent at enrolment only; segments of this device are known by their content alone.
        mailbox: [0; 32],
        certificate: row.certificate.clone(),
        team: row.team.clone(),
        label: String::new(),
        enrolled_at_ms: now_ms,
    };
    let start = Chain::start(&DevicePublic(row.public_key), &headquarters.intake.event);
    write.add_device(&device, &start.hash.0)?;
    if row.revoked {
        write.revoke(row.id, REVOKED_BEFORE, now_ms)?;
    }
    write.audit(&AuditEvent::new(
        now_ms,
        &row.id.to_string(),
        "device.introduced",
        row.team.clone(),
    ))
}

fn is_certified(headquarters: &Headquarters, row: &DeviceRow) -> bool {
    SignedCertificate::from_bytes(row.certificate.clone())
        .verify(&headquarters.keys.hq.public())
        .is_ok_and(|certificate| {
            certificate.public.0 == row.public_key
                && certificate.event == headquarters.intake.event
                && certificate.team.0 == row.team
        })
}

fn enrol(
    headquarters: &Headquarters,
    write: &Write<'_>,
    request: &EnrolRequest,
    now_ms: i64,
) -> Result<(SignedCertificate, u64), Failure> {
    let hash: [u8; 32] = Sha256::digest(request.secret.as_bytes()).into();
    let id = request.public.id();
    let epoch = write.read().epoch()?;
    let grant = match write.enrolment(&hash, now_ms)? {
        Ok(grant) => grant,
        // The device asks again because the answer was lost on the way: it gets the same certificate.
        Err(EnrolmentRefusal::Used) if write.enrolled_with(&hash)? == Some(id) => {
            let row = write
                .read()
                .device(id)?
                .ok_or(LedgerError::Damaged("device"))?;
            return Ok((SignedCertificate::from_bytes(row.certificate), epoch));
        }
        Err(EnrolmentRefusal::Used) => return Err(Failure::Refused(Refusal::CodeUsed)),
        Err(EnrolmentRefusal::Expired) => return Err(Failure::Refused(Refusal::CodeExpired)),
        Err(EnrolmentRefusal::Unknown) => return Err(Failure::Refused(Refusal::CodeUnknown)),
    };
    if write.read().device(id)?.is_some() {
        return Err(Failure::Refused(Refusal::CodeUsed));
    }
    let Some(team) = headquarters.plan().team(&grant.team) else {
        return Err(Failure::Refused(Refusal::CodeUnknown));
    };
    let certificate = Certificate {
        event: headquarters.intake.event.clone(),
        public: request.public,
        pseudonym: format!("{}-{}", team.code, &id.to_string()[..4]),
        team: TeamCode(grant.team.clone()),
        role: team.role,
        from_ms: now_ms - CERTIFICATE_SLACK_MS,
        until_ms: now_ms + CERTIFICATE_MS,
    }
    .sign(&headquarters.keys.hq);
    let device = EnrolledDevice {
        id,
        public_key: request.public.0,
        mailbox: *request.mailbox.to_bytes(),
        certificate: certificate.as_bytes().to_vec(),
        team: grant.team.clone(),
        label: grant.label,
        enrolled_at_ms: now_ms,
    };
    write.add_device(
        &device,
        &Chain::start(&request.public, &headquarters.intake.event)
            .hash
            .0,
    )?;
    write.use_enrolment(&hash, &id.0, now_ms)?;
    write.audit(&AuditEvent::new(
        now_ms,
        &id.to_string(),
        "device.enrolled",
        grant.team,
    ))?;
    Ok((certificate, epoch))
}

/// Nothing, unless the bug is planted: headquarters never believes a device about where its journal stands.
fn believe(write: &Write<'_>, device: DeviceId, cursor: u64) -> Result<(), LedgerError> {
    if is_planted(Bug::CursorBelieved)
        && let Some(head) = write.read().head(device)?
        && head.next_seq < cursor
    {
        let next_seq = cursor;
        write.advance(device, Head { next_seq, ..head })?;
    }
    Ok(())
}

/// A device that has seen more than this ledger holds tells that the ledger was restored from a backup: the epoch goes
/// up, and every device sends again what is missing.
fn raise_epoch(
    write: &Write<'_>,
    device: DeviceId,
    epoch: u64,
    now_ms: i64,
) -> Result<u64, LedgerError> {
    if is_planted(Bug::EpochKept) {
        return write.read().epoch();
    }
    write.raise_epoch(epoch)?;
    write.audit(&AuditEvent::new(
        now_ms,
        &device.to_string(),
        "epoch.raised",
        epoch.to_string(),
    ))?;
    Ok(epoch)
}
