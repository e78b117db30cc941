//! Sending pictures: run after run, each where headquarters has come to.

use crate::exchange::Road;
use crate::{
    Credentials, Journal, JournalError, Outcome, PendingPicture, Progress, Step, SyncError,
};
use baqylau_domain::{AttachmentHash, IdSource};
use baqylau_protocol::{
    Config, PROTOCOL, PictureError, PictureHead, PictureReply, PictureRun, PictureVerdict,
    SealedHash, Signature, SignedPictureReceipt, SyncApi, limits, seal_picture,
};
use std::collections::BTreeSet;

/// How often headquarters may name another place than the one that was sent to, before this exchange leaves the picture.
const CORRECTIONS: u32 = 3;

/// The pictures of one exchange.
#[derive(Default)]
pub(crate) struct Pictures {
    under_way: Option<UnderWay>,
    /// What this exchange can do nothing more for.
    left: BTreeSet<AttachmentHash>,
}

/// A picture of which headquarters has not said yet that it holds it.
struct UnderWay {
    picture: PendingPicture,
    sealed: Vec<u8>,
    name: SealedHash,
    /// Where the next run begins.
    offset: usize,
    /// Whether headquarters was asked, or need not be, how many bytes it has.
    knows_offset: bool,
    corrections: u32,
}

impl Pictures {
    /// Names of what can be sent, in the order in which it goes.
    pub(crate) fn waiting(
        &self,
        journal: &dyn Journal,
    ) -> Result<Vec<AttachmentHash>, JournalError> {
        let pending = journal.pending_pictures()?;
        let names = pending.into_iter().map(|picture| picture.photo.hash);
        Ok(names.filter(|hash| !self.left.contains(hash)).collect())
    }

    /// One run of a picture. Everything else that has come to wait meanwhile goes before the next.
    pub(crate) async fn send(
        &mut self,
        hash: AttachmentHash,
        road: &Road<'_>,
        (credentials, config): (&Credentials, &Config),
        outcome: &mut Outcome,
    ) -> Result<(), SyncError> {
        let mut current = match self.under_way.take() {
            Some(current) if current.picture.photo.hash == hash => current,
            _ => match UnderWay::begin(hash, road, credentials, config)? {
                Some(current) => current,
                None => {
                    self.left.insert(hash);
                    return Ok(());
                }
            },
        };
        let run = current.run(credentials);
        let sent = run.bytes.len();
        let PictureReply {
            server_epoch,
            verdict,
            receipt,
        } = road.api.picture(run).await?;
        outcome.picture_bytes += sent as u64;
        if server_epoch != road.journal.cursor()?.server_epoch {
            // Restored in this very moment: the next exchange asks first where headquarters is.
            return Err(SyncError::Contradiction);
        }
        match verdict {
            PictureVerdict::More { held } => {
                if current.is_at(held, sent)? {
                    current.note(road)?;
                    self.under_way = Some(current);
                } else {
                    self.left.insert(hash);
                }
            }
            PictureVerdict::Held => {
                let receipt = receipt.ok_or(SyncError::Contradiction)?;
                hold(&receipt, &current, road, credentials, config, outcome)?;
            }
            PictureVerdict::Waits | PictureVerdict::UnknownKey => {
                self.left.insert(hash);
            }
            PictureVerdict::OtherBytes => {
                // Damage on one of the two sides: under another seed it is another sealed picture.
                road.journal.keep_picture_seed(&hash, &fresh_seed(road))?;
                self.left.insert(hash);
            }
            PictureVerdict::TooLarge | PictureVerdict::Quarantined { .. } => {
                road.journal.record_picture_aside(&hash, verdict.code())?;
                self.left.insert(hash);
            }
        }
        Ok(())
    }
}

/// Sends the pictures that entries of a journal name and headquarters has not signed for; of a journal that ended, whose
/// entries others carry. A picture whose entry headquarters lacks waits.
pub async fn send_pictures(
    journal: &dyn Journal,
    api: &dyn SyncApi,
    random: &dyn IdSource,
    progress: &dyn Progress,
) -> Outcome {
    let mut outcome = Outcome::default();
    let road = Road {
        journal,
        api,
        random,
        progress,
    };
    outcome.stopped_by = send_waiting(&road, &mut outcome).await.err();
    outcome
}

async fn send_waiting(road: &Road<'_>, outcome: &mut Outcome) -> Result<(), SyncError> {
    let (credentials, config) = Credentials::of(road.journal)?;
    let mut pictures = Pictures::default();
    while let Some(hash) = pictures.waiting(road.journal)?.first().copied() {
        let by = (&credentials, &config);
        pictures.send(hash, road, by, outcome).await?;
    }
    Ok(())
}

fn hold(
    receipt: &SignedPictureReceipt,
    current: &UnderWay,
    road: &Road<'_>,
    credentials: &Credentials,
    config: &Config,
    outcome: &mut Outcome,
) -> Result<(), SyncError> {
    let device = credentials.key.public().id();
    let photo = &current.picture.photo;
    let verified = receipt.verify(&config.hq, &credentials.event, &device, &photo.hash)?;
    let said = verified.receipt();
    if said.server_epoch != road.journal.cursor()?.server_epoch || said.bytes != photo.bytes {
        return Err(SyncError::Contradiction);
    }
    road.journal.record_picture_receipt(&verified)?;
    outcome.held_pictures += 1;
    road.progress.step(Step::PictureHeld {
        picture: photo.hash,
    });
    Ok(())
}

fn fresh_seed(road: &Road<'_>) -> [u8; 32] {
    let mut seed = [0; 32];
    road.random.fill(&mut seed);
    seed
}

impl UnderWay {
    /// Seals the picture as it was sealed before, if it was; `None` when it is pending no more.
    fn begin(
        hash: AttachmentHash,
        road: &Road<'_>,
        credentials: &Credentials,
        config: &Config,
    ) -> Result<Option<Self>, SyncError> {
        let pending = road.journal.pending_pictures()?;
        let found = pending.into_iter().find(|it| it.photo.hash == hash);
        let Some(picture) = found else {
            return Ok(None);
        };
        let bytes = road.journal.picture(&hash)?.ok_or(JournalError::Damaged)?;
        let seed = match picture.seed {
            Some(seed) => seed,
            None => {
                let seed = fresh_seed(road);
                road.journal.keep_picture_seed(&hash, &seed)?;
                seed
            }
        };
        let head = PictureHead {
            event: credentials.event.clone(),
            device: credentials.key.public().id(),
            seq: picture.seq,
            photo: picture.photo.clone(),
        };
        let sealed = match seal_picture(&head, &bytes, &seed, &config.seal_key()?) {
            Ok(sealed) => sealed,
            Err(PictureError::Other) => return Err(JournalError::Damaged.into()),
            Err(error) => return Err(error.into()),
        };
        Ok(Some(Self {
            name: SealedHash::of(&sealed),
            sealed,
            offset: 0,
            knows_offset: picture.seed.is_none(),
            corrections: 0,
            picture,
        }))
    }

    /// The next run; an empty one asks.
    fn run(&self, credentials: &Credentials) -> PictureRun {
        let upto = if self.knows_offset {
            (self.offset + limits::PICTURE_RUN_BYTES).min(self.sealed.len())
        } else {
            self.offset
        };
        PictureRun {
            protocol: PROTOCOL,
            device: credentials.key.public().id(),
            picture: self.name,
            total: self.sealed.len() as u64,
            offset: self.offset as u64,
            proof: Signature([0; 64]),
            bytes: self.sealed[self.offset..upto].to_vec(),
        }
        .signed(&credentials.key)
    }

    /// Goes on from where headquarters has come to; `false` when it contradicts itself too often.
    fn is_at(&mut self, held: u64, sent: usize) -> Result<bool, SyncError> {
        let held = usize::try_from(held).map_err(|_| SyncError::Contradiction)?;
        if held > self.sealed.len() {
            return Err(SyncError::Contradiction);
        }
        let was_asked = !self.knows_offset;
        let is_expected = sent > 0 && held == self.offset + sent;
        self.corrections += u32::from(!was_asked && !is_expected);
        (self.offset, self.knows_offset) = (held, true);
        Ok(self.corrections <= CORRECTIONS)
    }

    fn note(&self, road: &Road<'_>) -> Result<(), SyncError> {
        let (sent, of) = (self.offset as u64, self.sealed.len() as u64);
        let picture = self.picture.photo.hash;
        road.journal.record_picture_sent(&picture, sent, of)?;
        road.progress
            .step(Step::SendingPicture { picture, sent, of });
        Ok(())
    }
}
