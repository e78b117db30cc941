//! What of a disk survives a power cut: one draw of many, from a seed.

use crate::disk::{Change, Disk, Names, Node, What, walk};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// What a drive writes whole or not at all, in bytes; such pieces begin at multiples of it in the file.
const SECTOR: usize = 512;

/// What became of a change that was not durable.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Fate {
    Kept,
    /// Only these bytes of a write.
    Torn(Range<usize>),
    /// All bytes of a write but these.
    Holed(Range<usize>),
    /// The file has grown for it, but its bytes are zeros.
    Grown,
}

/// What became of everything that was not durable. Two that are equal leave the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Fates {
    generation: u64,
    /// Operations whose change of names was kept.
    names: Vec<u64>,
    /// Operations whose change of a file was kept, in whole or in part.
    changes: Vec<(u64, Fate)>,
}

/// What lies on the disk when the power is back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Image {
    /// Folders by path, outer ones first.
    pub folders: Vec<String>,
    /// Files by path.
    pub files: BTreeMap<String, Arc<Vec<u8>>>,
}

/// How the unsynced changes of one power cut hang together.
#[derive(Debug, Clone, Copy)]
enum Style {
    /// None is kept.
    Nothing,
    /// All are.
    Everything,
    /// All up to one operation, which is torn; none after it. So does a journal that writes in order.
    InOrder(u64),
    /// Each is kept so many times in a hundred, whatever became of those before it.
    EachForItself(u32),
}

impl Fates {
    /// Only what was durable is left.
    #[must_use]
    pub fn nothing(disk: &Disk) -> Self {
        Self::of(disk, Style::Nothing, &mut ChaCha8Rng::seed_from_u64(0))
    }

    /// Everything is left, as after a mere kill of the process.
    #[must_use]
    pub fn everything(disk: &Disk) -> Self {
        Self::of(disk, Style::Everything, &mut ChaCha8Rng::seed_from_u64(0))
    }

    /// The `number`-th draw for a power cut now. The first two are the extremes, the others random.
    #[must_use]
    pub fn draw(disk: &Disk, seed: u64, number: u32) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream((disk.operations() << 16) | u64::from(number));
        let style = match number {
            0 => Style::Nothing,
            1 => Style::Everything,
            _ if random.random_bool(0.3) => {
                let unsynced = disk.unsynced();
                let upto = random.random_range(0..=unsynced.len());
                Style::InOrder(unsynced.get(upto).copied().unwrap_or(u64::MAX))
            }
            _ => Style::EachForItself(random.random_range(10..=90)),
        };
        Self::of(disk, style, &mut random)
    }

    fn of(disk: &Disk, style: Style, random: &mut ChaCha8Rng) -> Self {
        let mut names = disk.durable_names.clone();
        let mut kept_names = Vec::new();
        for change in &disk.pending_names {
            if style.keeps(change.operation, random) {
                change.apply(&mut names);
                kept_names.push(change.operation);
            }
        }
        let mut changes = Vec::new();
        for file in reached(disk, &names) {
            let mut length = disk.files[&file].durable.len();
            for change in &disk.files[&file].pending {
                let fate = style.fate(change, length, random);
                length = change.length_after(length, fate.as_ref());
                changes.extend(fate.map(|fate| (change.operation, fate)));
            }
        }
        Self {
            generation: disk.generation,
            names: kept_names,
            changes,
        }
    }
}

impl Style {
    fn keeps(self, operation: u64, random: &mut ChaCha8Rng) -> bool {
        match self {
            Self::Nothing => false,
            Self::Everything => true,
            Self::InOrder(last) => operation < last,
            Self::EachForItself(percent) => random.random_ratio(percent, 100),
        }
    }

    /// `None`: the change is lost.
    fn fate(self, change: &Change, length: usize, random: &mut ChaCha8Rng) -> Option<Fate> {
        if self.keeps(change.operation, random) {
            return Some(Fate::Kept);
        }
        let may_be_torn = match self {
            Self::Nothing | Self::Everything => false,
            Self::InOrder(last) => change.operation == last,
            Self::EachForItself(_) => random.random_ratio(1, 2),
        };
        let What::Write { offset, bytes } = &change.what else {
            return None;
        };
        if !may_be_torn {
            return None;
        }
        match random.random_range(0..3) {
            0 => torn(*offset, bytes.len(), random).map(Fate::Torn),
            1 => torn(*offset, bytes.len(), random).map(Fate::Holed),
            _ => (offset + bytes.len() > length).then_some(Fate::Grown),
        }
    }
}

/// A run of whole sectors of a write, not all of them, as a range of its bytes; `None` when it lies in one.
fn torn(offset: usize, length: usize, random: &mut ChaCha8Rng) -> Option<Range<usize>> {
    let sectors = (offset + length).div_ceil(SECTOR) - offset / SECTOR;
    if sectors < 2 {
        return None;
    }
    let count = random.random_range(1..sectors);
    let first = random.random_range(0..=sectors - count);
    let begin = |sector: usize| ((offset / SECTOR + sector) * SECTOR).saturating_sub(offset);
    Some(begin(first)..begin(first + count).min(length))
}

impl Change {
    fn length_after(&self, length: usize, fate: Option<&Fate>) -> usize {
        match (&self.what, fate) {
            (_, None) => length,
            (What::Truncate(size), Some(_)) => *size,
            (What::Write { offset, .. }, Some(Fate::Torn(part))) => length.max(offset + part.end),
            (What::Write { offset, bytes }, Some(Fate::Holed(part))) if part.end == bytes.len() => {
                length.max(offset + part.start)
            }
            (What::Write { offset, bytes }, Some(_)) => length.max(offset + bytes.len()),
        }
    }

    fn leave(&self, fate: &Fate, file: &mut Vec<u8>) {
        match fate {
            Fate::Kept => self.what.apply(file, 0..usize::MAX),
            Fate::Torn(part) => self.what.apply(file, part.clone()),
            Fate::Holed(part) => {
                self.what.apply(file, 0..part.start);
                self.what.apply(file, part.end..usize::MAX);
            }
            Fate::Grown => {
                let length = self.length_after(file.len(), Some(fate));
                file.resize(length, 0);
            }
        }
    }
}

impl Disk {
    /// Operations that are not durable, in order.
    fn unsynced(&self) -> Vec<u64> {
        let names = self.pending_names.iter().map(|change| change.operation);
        let files = self.files.values().flat_map(|file| &file.pending);
        let mut all: Vec<u64> = names.chain(files.map(|change| change.operation)).collect();
        all.sort_unstable();
        all
    }

    /// What is left of it.
    #[must_use]
    pub fn image(&self, fates: &Fates) -> Image {
        let mut names = self.durable_names.clone();
        for change in &self.pending_names {
            if fates.names.contains(&change.operation) {
                change.apply(&mut names);
            }
        }
        let changes: BTreeMap<u64, &Fate> = fates
            .changes
            .iter()
            .map(|(operation, fate)| (*operation, fate))
            .collect();
        let mut image = Image::default();
        for (path, node) in walk(&names) {
            let Some(file) = self.files.get(&node) else {
                image.folders.push(path);
                continue;
            };
            let mut content = Arc::clone(&file.durable);
            for change in &file.pending {
                if let Some(fate) = changes.get(&change.operation) {
                    change.leave(fate, Arc::make_mut(&mut content));
                }
            }
            image.files.insert(path, content);
        }
        image
    }
}

/// Files that have a name, each once.
fn reached(disk: &Disk, names: &Names) -> Vec<Node> {
    let mut found: Vec<Node> = walk(names).into_iter().map(|(_, node)| node).collect();
    found.retain(|node| disk.files.contains_key(node));
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::Operation;
    use std::collections::BTreeSet;

    fn overwritten(offset: usize) -> Disk {
        let mut disk = Disk::default();
        let write = |offset, byte, length| Operation::Write {
            path: "a".to_owned(),
            offset,
            bytes: vec![byte; length],
        };
        for operation in [
            Operation::Create("a".to_owned()),
            write(0, 1, 8192),
            Operation::Sync("a".to_owned()),
            Operation::Sync(String::new()),
            write(offset, 2, 4096),
        ] {
            disk.act(&operation).expect("a complete record");
        }
        disk
    }

    #[test]
    fn a_write_is_kept_lost_or_torn_at_sectors_of_the_file() {
        let disk = overwritten(24);
        let mut lengths = BTreeSet::new();
        for number in 0..400 {
            let file = &disk.image(&Fates::draw(&disk, 1, number)).files["a"];
            assert_eq!(file.len(), 8192);
            for (index, pair) in file.windows(2).enumerate() {
                let is_edge = index + 1 == 24 || index + 1 == 24 + 4096;
                assert!(
                    pair[0] == pair[1] || is_edge || (index + 1) % SECTOR == 0,
                    "torn within a sector at {index}"
                );
            }
            lengths.insert(file.iter().filter(|byte| **byte == 2).count());
        }
        assert!(lengths.contains(&0) && lengths.contains(&4096) && lengths.len() > 5);
    }

    #[test]
    fn a_draw_is_repeated_by_its_seed_and_number() {
        let disk = overwritten(0);
        for number in 0..50 {
            assert_eq!(Fates::draw(&disk, 7, number), Fates::draw(&disk, 7, number));
        }
        let distinct: BTreeSet<String> = (0..50)
            .map(|number| format!("{:?}", Fates::draw(&disk, 7, number)))
            .collect();
        assert!(distinct.len() > 5);
    }

    #[test]
    fn a_file_may_grow_without_what_made_it_grow() {
        let mut disk = overwritten(0);
        disk.act(&Operation::Write {
            path: "a".to_owned(),
            offset: 8192,
            bytes: vec![3; 1024],
        })
        .expect("a complete record");
        let is_grown = |number| {
            let file = &disk.image(&Fates::draw(&disk, 1, number)).files["a"];
            file.len() == 9216 && file[8192..].iter().all(|byte| *byte == 0)
        };
        assert!((0..200).any(is_grown));
    }
}
