//! Sending pictures, own and carried ones: run after run, each where headquarters has come to. And sealing own ones to be
//! carried by others.

use crate::exchange::Road;
use crate::runs::Runs;
use crate::{
    Credentials, Journal, JournalError, Outcome, PendingPicture, Progress, Step, SyncError,
};
use baqylau_domain::{AttachmentHash, IdSource, PhotoRef};
use baqylau_protocol::{
    Config, PictureError, PictureHead, PictureReply, PictureVerdict, ReceiptError, SealedHash,
    SignedEnvelope, SignedPictureReceipt, SyncApi, seal_picture,
};
use std::collections::BTreeSet;

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
    runs: Runs,
}

/// Own pictures that were sealed to go through hands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PackedPictures {
    /// Those that there was room for, in the order in which they go.
    pub pictures: Vec<PackedPicture>,
    /// How many more were wanted: there was no room for them, or they cannot be read.
    pub left: u32,
}

/// An own picture, sealed to be carried by anybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedPicture {
    /// The picture.
    pub picture: AttachmentHash,
    /// Its name on the road.
    pub name: SealedHash,
    /// The same bytes as on every other road.
    pub sealed: Vec<u8>,
}

/// What became of a picture that this device delivered for somebody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveredPicture {
    /// What headquarters said last.
    pub verdict: PictureVerdict,
    /// The receipt for its device, in an envelope.
    pub envelope: Option<SignedEnvelope>,
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
        let run = current.runs.next(&credentials.key);
        let sent = run.bytes.len();
        let PictureReply {
            server_epoch,
            verdict,
            receipt,
            ..
        } = road.api.picture(run).await?;
        outcome.picture_bytes += sent as u64;
        if server_epoch != road.journal.cursor()?.server_epoch {
            // Restored in this very moment: the next exchange asks first where headquarters is.
            return Err(SyncError::Contradiction);
        }
        match verdict {
            PictureVerdict::More { held } => {
                if current.runs.is_at(held, sent)? {
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
                let seed = fresh_seed(road.random);
                road.journal.keep_picture_seed(&hash, &seed)?;
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

fn fresh_seed(random: &dyn IdSource) -> [u8; 32] {
    let mut seed = [0; 32];
    random.fill(&mut seed);
    seed
}

/// Seals what waits and is `wanted`, as far as `room` (bytes) goes, to be carried by anybody. A picture that cannot be read
/// costs the rest nothing.
///
/// # Errors
/// [`SyncError::NotEnrolled`], or what the store or the sealing could not do.
pub fn pack_pictures(
    journal: &dyn Journal,
    random: &dyn IdSource,
    room: usize,
    wanted: &dyn Fn(&AttachmentHash) -> bool,
) -> Result<PackedPictures, SyncError> {
    let (credentials, config) = Credentials::of(journal)?;
    let mut packed = PackedPictures::default();
    let mut left = room;
    let pending = journal.pending_pictures()?;
    for pending in pending.into_iter().filter(|it| wanted(&it.photo.hash)) {
        let is_hopeless = pending.photo.bytes > left as u64;
        let sealed = if is_hopeless {
            None
        } else {
            match seal(&pending, journal, random, &credentials, &config) {
                Ok(sealed) => Some(sealed),
                Err(SyncError::Journal(JournalError::Damaged)) => None,
                Err(error) => return Err(error),
            }
        };
        match sealed.filter(|sealed| sealed.len() <= left) {
            Some(sealed) => {
                left -= sealed.len();
                packed.pictures.push(PackedPicture {
                    picture: pending.photo.hash,
                    name: SealedHash::of(&sealed),
                    sealed,
                });
            }
            None => packed.left += 1,
        }
    }
    Ok(packed)
}

/// Delivers another device's picture in this device's name, from where headquarters has come to, until it says what became
/// of it. `goes_on` is asked before each run but the first: when it says no, headquarters' last word is that it wants more.
///
/// # Errors
/// [`SyncError::Api`] when a run got no answer: what arrived need not be sent again.
pub async fn deliver_picture(
    journal: &dyn Journal,
    api: &dyn SyncApi,
    sealed: Vec<u8>,
    goes_on: &(dyn Fn() -> bool + Sync),
) -> Result<DeliveredPicture, SyncError> {
    let (credentials, _) = Credentials::of(journal)?;
    let mut runs = Runs::of(sealed, false);
    loop {
        let run = runs.next(&credentials.key);
        let sent = run.bytes.len();
        let PictureReply {
            verdict, envelope, ..
        } = api.picture(run).await?;
        if let PictureVerdict::More { held } = verdict
            && runs.is_at(held, sent)?
            && goes_on()
        {
            continue;
        }
        return Ok(DeliveredPicture { verdict, envelope });
    }
}

/// Takes in headquarters' receipt for an own picture that somebody brought. `false` when it says nothing new.
///
/// # Errors
/// As [`crate::receive`].
pub(crate) fn receive_picture(
    journal: &dyn Journal,
    (credentials, config): (&Credentials, &Config),
    signed: &SignedPictureReceipt,
    photo: &PhotoRef,
) -> Result<bool, SyncError> {
    let device = credentials.key.public().id();
    let verified = signed.verify(&config.hq, &credentials.event, &device, &photo.hash)?;
    let said = verified.receipt();
    if said.bytes != photo.bytes {
        // One bad receipt among many that somebody brought, and not an answer that contradicts itself.
        return Err(ReceiptError::WrongJournal.into());
    }
    if said.server_epoch < journal.cursor()?.server_epoch {
        return Ok(false);
    }
    if journal.revoked_in()? == Some(said.server_epoch) {
        return Err(SyncError::Revoked);
    }
    journal.record_picture_receipt(&verified)?;
    Ok(true)
}

/// A pending picture's sealed bytes: the same on every road and at every attempt.
fn seal(
    picture: &PendingPicture,
    journal: &dyn Journal,
    random: &dyn IdSource,
    credentials: &Credentials,
    config: &Config,
) -> Result<Vec<u8>, SyncError> {
    let hash = &picture.photo.hash;
    let bytes = journal.picture(hash)?.ok_or(JournalError::Damaged)?;
    let seed = match picture.seed {
        Some(seed) => seed,
        None => {
            let seed = fresh_seed(random);
            journal.keep_picture_seed(hash, &seed)?;
            seed
        }
    };
    let head = PictureHead {
        event: credentials.event.clone(),
        device: credentials.key.public().id(),
        seq: picture.seq,
        photo: picture.photo.clone(),
    };
    match seal_picture(&head, &bytes, &seed, &config.seal_key()?) {
        Ok(sealed) => Ok(sealed),
        Err(PictureError::Other) => Err(JournalError::Damaged.into()),
        Err(error) => Err(error.into()),
    }
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
        let sealed = seal(&picture, road.journal, road.random, credentials, config)?;
        Ok(Some(Self {
            runs: Runs::of(sealed, picture.seed.is_none()),
            picture,
        }))
    }

    fn note(&self, road: &Road<'_>) -> Result<(), SyncError> {
        let (sent, of) = self.runs.position();
        let picture = self.picture.photo.hash;
        road.journal.record_picture_sent(&picture, sent, of)?;
        road.progress
            .step(Step::SendingPicture { picture, sent, of });
        Ok(())
    }
}
