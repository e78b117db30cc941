//! What batches of the day's reports weigh on the wire, against the best that compression alone can do with the same
//! entries: signature, seal and padding included.

use crate::error::RehearsalError;
use crate::stage::{Scene, Stage, renumbered};
use baqylau_protocol::{
    Chain, DeviceKey, Dictionary, Entry, EntryKind, EventId, Packing, SealKey, SealSecret,
    SegmentBody, limits, seal, unpadded_bytes,
};
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::Serialize;
use std::collections::BTreeSet;

/// The level of zstd that the figures are held against.
const LEVEL: i32 = 19;
/// Reports of one device, of all the day's forms, that batches are drawn from.
const REPORTS: usize = 240;
/// What is asked of batches of so many reports: wire bytes over bytes under zstd alone, at the median.
const LIMITS: [(usize, f64); 2] = [(20, 1.12), (100, 1.06)];
/// Before padding, never more than this above what compression alone leaves.
const MOST_ABOVE: i64 = 320;
/// Sizes that padding leaves between its floor and the largest segment.
const MOST_SIZES: usize = 120;

/// What it needs.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where.
    pub scene: Scene,
    /// Batches of each size that a median is taken of.
    pub batches: usize,
    /// Batches of any size that sizes are counted over.
    pub sizes_over: usize,
}

/// Batches of one size.
#[derive(Debug, Clone, Serialize)]
pub struct Batches {
    /// Reports in each.
    pub reports: usize,
    /// Wire bytes over zstd bytes: the median.
    pub ratio: f64,
    /// What it may be at most.
    pub limit: f64,
    /// Wire bytes: the median.
    pub wire_bytes: usize,
    /// Bytes under zstd alone: the median.
    pub zstd_bytes: usize,
    /// The same ratio without the mission's dictionary.
    pub ratio_without_dictionary: f64,
}

/// What came of it.
#[derive(Debug, Clone, Serialize)]
pub struct Outcome {
    /// By size.
    pub batches: Vec<Batches>,
    /// Before padding: the most bytes above zstd alone, over all batches.
    pub most_above_zstd: i64,
    /// Different sizes on the wire.
    pub sizes: usize,
    /// Over so many random batches of one report to as many as a segment takes.
    pub sizes_over: usize,
    /// Bytes of the dictionary, fetched once.
    pub dictionary_bytes: usize,
}

impl Outcome {
    /// Whether every figure keeps its limit.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.batches.iter().all(|batch| batch.ratio <= batch.limit)
            && self.most_above_zstd <= MOST_ABOVE
            && self.sizes <= MOST_SIZES
    }
}

/// Measures.
///
/// # Errors
/// Whatever stopped it.
pub async fn wire(options: &Options, told: impl Fn(usize)) -> Result<Outcome, RehearsalError> {
    let stage = Stage::prepare(&options.scene, "wire", REPORTS).await?;
    let (entries, dictionary) = stage.journal()?;
    let mut scales = Scales::new(&entries, dictionary, options.scene.seed)?;
    let mut batches = Vec::new();
    for (reports, limit) in LIMITS {
        let mut all = Vec::with_capacity(options.batches);
        for _ in 0..options.batches {
            all.push(scales.weigh(reports)?);
        }
        batches.push(median(reports, limit, all));
    }
    let mut sizes = BTreeSet::new();
    for done in 0..options.sizes_over {
        let reports = scales.random.random_range(1..=limits::SEGMENT_ENTRIES / 3);
        let batch = scales.batch(reports)?;
        let body = scales.body(batch);
        sizes.insert(scales.sealed(&body)?);
        told(done + 1);
    }
    Ok(Outcome {
        batches,
        most_above_zstd: scales.most_above,
        sizes: sizes.len(),
        sizes_over: options.sizes_over,
        dictionary_bytes: scales
            .dictionary
            .map_or(0, |dictionary| dictionary.bytes.len()),
    })
}

/// One batch on the scales.
struct Weight {
    wire: usize,
    plain: usize,
    zstd: usize,
}

struct Scales {
    reports: Vec<Vec<Entry>>,
    dictionary: Option<Dictionary>,
    random: ChaCha8Rng,
    key: DeviceKey,
    to: SealKey,
    most_above: i64,
}

impl Scales {
    fn new(
        entries: &[Vec<u8>],
        dictionary: Option<Dictionary>,
        seed: u64,
    ) -> Result<Self, RehearsalError> {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let mut reports: Vec<Vec<Entry>> = Vec::new();
        for bytes in entries {
            let entry = Entry::decode(bytes).map_err(failed)?;
            match (&entry.kind, reports.last_mut()) {
                (EntryKind::Open { .. }, _) | (_, None) => reports.push(vec![entry]),
                (_, Some(report)) => report.push(entry),
            }
        }
        Ok(Self {
            reports,
            dictionary,
            key: DeviceKey::generate(&mut random),
            to: SealSecret::generate(1, &mut random).public(),
            random,
            most_above: i64::MIN,
        })
    }

    /// Random reports, numbered as one journal would.
    fn batch(&mut self, reports: usize) -> Result<Vec<Vec<u8>>, RehearsalError> {
        let mut entries: Vec<Vec<u8>> = Vec::new();
        for _ in 0..reports {
            let report = self.reports.choose(&mut self.random);
            let report = report.ok_or_else(|| failed("no reports"))?;
            let open = entries.len() as u64 + 1;
            for entry in report {
                entries.push(renumbered(entry, open).encode());
            }
        }
        Ok(entries)
    }

    fn weigh(&mut self, reports: usize) -> Result<Weight, RehearsalError> {
        let entries = self.batch(reports)?;
        let zstd = zstd::bulk::compress(&entries.concat(), LEVEL)?.len();
        let body = self.body(entries);
        let unpadded = unpadded_bytes(&body, &self.key, self.packing()).map_err(failed)?;
        self.most_above = self.most_above.max(unpadded as i64 - zstd as i64);
        let wire = self.sealed(&body)?;
        let kept = self.dictionary.take();
        let plain = self.sealed(&body);
        self.dictionary = kept;
        Ok(Weight {
            plain: plain?,
            wire,
            zstd,
        })
    }

    fn body(&self, entries: Vec<Vec<u8>>) -> SegmentBody {
        let event = EventId("wire".to_owned());
        SegmentBody {
            before: Chain::start(&self.key.public(), &event).hash,
            device: self.key.public().id(),
            event,
            first_seq: 1,
            entries,
        }
    }

    fn packing(&self) -> Packing<'_> {
        Packing {
            dictionary: self.dictionary.as_ref(),
            ..Packing::default()
        }
    }

    /// Wire bytes of one segment.
    fn sealed(&mut self, body: &SegmentBody) -> Result<usize, RehearsalError> {
        let packing = Packing {
            dictionary: self.dictionary.as_ref(),
            ..Packing::default()
        };
        let segment = seal(body, &self.key, &self.to, packing, &mut self.random);
        Ok(segment.map_err(failed)?.len())
    }
}

fn median(reports: usize, limit: f64, all: Vec<Weight>) -> Batches {
    let middle = |pick: &dyn Fn(&Weight) -> f64| {
        let mut values: Vec<f64> = all.iter().map(pick).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
    };
    Batches {
        reports,
        limit,
        ratio: middle(&|weight| weight.wire as f64 / weight.zstd as f64),
        ratio_without_dictionary: middle(&|weight| weight.plain as f64 / weight.zstd as f64),
        wire_bytes: middle(&|weight| weight.wire as f64) as usize,
        zstd_bytes: middle(&|weight| weight.zstd as f64) as usize,
    }
}

fn failed(error: impl std::fmt::Display) -> RehearsalError {
    RehearsalError::Plan {
        what: error.to_string(),
    }
}
