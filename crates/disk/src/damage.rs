//! Damages a store's files at random and looks whether opening it notices, keeps everything, and shows nothing else
//! than what was given.

use crate::look::{Facts, NO_PIN, begins_anew, lay_out, open_once};
use crate::promise::{Promise, Said};
use crate::record::RecordError;
use crate::session::{Part, STORE, Session};
use crate::survival::Image;
use parking_lot::Mutex;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// A page of the database.
const PAGE: usize = 4096;

/// How to damage.
#[derive(Debug, Clone)]
pub struct Options {
    /// An empty folder.
    pub work: PathBuf,
    /// Answers in the store.
    pub answers: u64,
    /// How often.
    pub damages: u64,
    /// Where the random choices begin.
    pub seed: u64,
    /// How many stores are opened side by side.
    pub workers: usize,
}

/// What became of a damage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    /// Found, and everything was moved aside and kept; the app begins anew.
    Found,
    /// A segment's file is damaged: it is not sent, its entries are sealed again from the journal.
    SealedAgain,
    /// The damage hit nothing that counts: everything is there.
    Harmless,
    /// The end of the write-ahead log is gone, as if the last acts had not been. What is there is true.
    RolledBack,
    /// The key slots open for no PIN any more. Nothing was moved.
    Locked,
    /// Something else than what was given is shown.
    Altered,
    /// Set aside, but not all of it kept, or no new store could be made.
    NotKept,
    /// The store refused in another way.
    Refused,
}

/// What the campaign came to.
#[derive(Debug, Default)]
pub struct Outcome {
    verdicts: BTreeMap<&'static str, u64>,
    /// Damages that ended as none may, with the seed's number of each.
    pub failures: Vec<(u64, String)>,
    /// How long it took.
    pub took: Duration,
}

impl Outcome {
    /// Whether nothing that was not given is shown, and everything was kept.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.failures.is_empty() && self.verdicts.get("found") > Some(&0)
    }

    /// For programs.
    #[must_use]
    pub fn json(&self) -> Json {
        let mut json = json!({});
        for name in Verdict::ALL.map(Verdict::name) {
            json[name] = json!(self.verdicts.get(name).copied().unwrap_or(0));
        }
        json["seconds"] = json!(self.took.as_secs_f64());
        json
    }
}

impl Verdict {
    const ALL: [Self; 8] = [
        Self::Found,
        Self::SealedAgain,
        Self::Harmless,
        Self::RolledBack,
        Self::Locked,
        Self::Altered,
        Self::NotKept,
        Self::Refused,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::SealedAgain => "sealed_again",
            Self::Harmless => "harmless",
            Self::RolledBack => "rolled_back",
            Self::Locked => "locked",
            Self::Altered => "altered",
            Self::NotKept => "not_kept",
            Self::Refused => "refused",
        }
    }
}

/// A store's files, as a kill left them and as closing left them, and what it had acknowledged.
struct Stores {
    images: [Image; 2],
    promise: Promise,
}

/// Makes the store and damages it again and again. `progress` hears how often so far.
///
/// # Errors
/// When the store cannot be made, or a folder not be written.
pub fn damage(options: &Options, progress: impl Fn(u64) + Sync) -> Result<Outcome, RecordError> {
    let started = Instant::now();
    let stores = stores(options)?;
    let (next, done) = (AtomicU64::new(0), AtomicU64::new(0));
    let outcome = Mutex::new(Outcome::default());
    let error = Mutex::new(None);
    std::thread::scope(|scope| {
        for worker in 0..options.workers {
            let folder = options.work.join(worker.to_string());
            let (stores, next, done, outcome) = (&stores, &next, &done, &outcome);
            let (error, progress) = (&error, &progress);
            scope.spawn(move || {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= options.damages {
                        return;
                    }
                    match one(stores, options.seed, number, &folder) {
                        Ok((verdict, what)) => outcome.lock().take(number, verdict, what),
                        Err(failed) => {
                            *error.lock() = Some(failed);
                            return;
                        }
                    }
                    progress(done.fetch_add(1, Ordering::Relaxed) + 1);
                }
            });
        }
    });
    if let Some(error) = error.into_inner() {
        return Err(error.into());
    }
    let mut outcome = outcome.into_inner();
    outcome.failures.sort_unstable();
    outcome.took = started.elapsed();
    Ok(outcome)
}

impl Outcome {
    fn take(&mut self, number: u64, verdict: Verdict, what: String) {
        *self.verdicts.entry(verdict.name()).or_default() += 1;
        if verdict >= Verdict::Altered {
            let what = format!("{}: {what}", verdict.name());
            self.failures.push((number, what));
        }
    }
}

fn stores(options: &Options) -> Result<Stores, RecordError> {
    let folder = options.work.join("whole");
    let mut promise = Promise::default();
    // Two thirds of the answers are given in the part that begins a session.
    let mut session = Session::new(&folder, options.answers, |said: Said| {
        promise.hear(&said);
        Ok(())
    });
    let store = session
        .run(Part::Begin)
        .map_err(|error| RecordError::Failed(error.to_string()))?;
    drop(session);
    let mut killed = Image::default();
    take_in(&folder, &folder, &mut killed)?;
    drop(store);
    let mut closed = Image::default();
    take_in(&folder, &folder, &mut closed)?;
    Ok(Stores {
        images: [killed, closed],
        promise,
    })
}

fn take_in(root: &Path, folder: &Path, image: &mut Image) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy();
        if path.is_dir() {
            image.folders.push(name.into_owned());
            take_in(root, &path, image)?;
        } else if !name.ends_with("-shm") && !name.ends_with(".lock") {
            let bytes = Arc::new(fs::read(&path)?);
            image.files.insert(name.into_owned(), bytes);
        }
    }
    Ok(())
}

/// One damage and its verdict.
fn one(stores: &Stores, seed: u64, number: u64, folder: &Path) -> io::Result<(Verdict, String)> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(number);
    let mut image = stores.images[random.random_range(0..2)].clone();
    let name = victim(&image, &mut random);
    let bytes = Arc::make_mut(image.files.entry(name.clone()).or_default());
    let how = hurt(bytes, &mut random);
    lay_out(&image, folder)?;
    let verdict = match open_once(folder) {
        Facts::Refused(reason) if reason == NO_PIN => Verdict::Locked,
        Facts::Refused(_) => Verdict::Refused,
        Facts::Open(found) if !stores.promise.has_given_all_of(&found) => Verdict::Altered,
        facts @ Facts::Open(_) => {
            if stores.promise.judge(&facts).is_none() {
                Verdict::Harmless
            } else if name.contains("/outbox/") {
                Verdict::SealedAgain
            } else {
                Verdict::RolledBack
            }
        }
        Facts::Aside(_) | Facts::Nothing { .. } | Facts::With(_) => {
            if is_kept(&image, folder)? && begins_anew(folder) {
                Verdict::Found
            } else {
                Verdict::NotKept
            }
        }
    };
    Ok((verdict, format!("{name}: {how}")))
}

/// The file to damage: most often the database, then its log, then another.
fn victim(image: &Image, random: &mut ChaCha8Rng) -> String {
    let mut names: Vec<&String> = Vec::new();
    for name in image.files.keys() {
        let weight = match name.rsplit('/').next().unwrap_or_default() {
            "baqylau.db" => 12,
            "baqylau.db-wal" => 6,
            _ => 1,
        };
        names.extend(std::iter::repeat_n(name, weight));
    }
    names[random.random_range(0..names.len())].clone()
}

/// Damages bytes; says how.
fn hurt(bytes: &mut Vec<u8>, random: &mut ChaCha8Rng) -> String {
    let length = bytes.len();
    if length == 0 {
        bytes.push(1);
        return "a byte more".to_owned();
    }
    let at = random.random_range(0..length);
    match random.random_range(0..6) {
        0 | 1 => {
            bytes[at] ^= 1 << random.random_range(0..8);
            format!("a bit at {at}")
        }
        2 => {
            let until = (at + random.random_range(1..=600)).min(length);
            random.fill_bytes(&mut bytes[at..until]);
            format!("noise from {at} to {until}")
        }
        3 => {
            let page = at / PAGE * PAGE..(at / PAGE * PAGE + PAGE).min(length);
            bytes[page].fill(0);
            format!("zeros in the page of {at}")
        }
        4 => {
            bytes.truncate(at);
            format!("cut off at {at}")
        }
        _ => {
            let pages = length / PAGE;
            let (from, to) = (at / PAGE, random.random_range(0..pages.max(1)));
            let page = bytes[from * PAGE..(from * PAGE + PAGE).min(length)].to_vec();
            let end = (to * PAGE + page.len()).min(length);
            bytes[to * PAGE..end].copy_from_slice(&page[..end - to * PAGE]);
            // The same page is no damage.
            bytes[at] ^= u8::from(from == to);
            format!("page {from} also as page {to}")
        }
    }
}

/// Whether everything that was there is kept aside; key slots and segments byte for byte. (The database may have
/// taken up what its log still held.)
fn is_kept(image: &Image, folder: &Path) -> io::Result<bool> {
    let mut kept = Image::default();
    let aside = folder.join(STORE).join("aside");
    for one in fs::read_dir(&aside)? {
        let one = one?.path();
        take_in(&one, &one, &mut kept)?;
    }
    let prefix = format!("{STORE}/");
    Ok(image.files.iter().all(|(path, bytes)| {
        let name = path.strip_prefix(&prefix).unwrap_or(path);
        let is_database = name.starts_with("baqylau.db");
        match kept.files.get(name) {
            Some(kept) => is_database || kept == bytes,
            None => name == "baqylau.db-wal",
        }
    }))
}
