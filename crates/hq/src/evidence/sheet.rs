//! The faults that were found so far, and the files that they are in.

use super::lines::to_text;
use super::{EvidenceFault, Export, Layer};
use baqylau_domain::DeviceId;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::str;

/// A line of a file: where it stands and what it says.
pub(super) struct Line<T> {
    pub(super) number: u64,
    pub(super) says: T,
}

/// Where in an export something does not hold.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) file: &'static str,
    pub(super) line: Option<u64>,
    pub(super) device: Option<DeviceId>,
    pub(super) seq: Option<u64>,
}

impl Place {
    /// A whole file.
    pub(super) fn file(file: &'static str) -> Self {
        Self {
            file,
            line: None,
            device: None,
            seq: None,
        }
    }

    /// A line of a file.
    pub(super) fn line(file: &'static str, line: u64) -> Self {
        Self {
            line: Some(line),
            ..Self::file(file)
        }
    }

    pub(super) fn of(self, device: DeviceId) -> Self {
        Self {
            device: Some(device),
            ..self
        }
    }

    pub(super) fn at(self, seq: u64) -> Self {
        Self {
            seq: Some(seq),
            ..self
        }
    }
}

/// Collects what does not hold.
#[derive(Default)]
pub(super) struct Sheet {
    pub(super) faults: Vec<EvidenceFault>,
}

impl Sheet {
    /// Something that signatures, chains or the log show.
    pub(super) fn fault(&mut self, place: Place, code: &'static str) {
        self.faults.push(EvidenceFault {
            layer: Layer::Evidence,
            file: place.file.to_owned(),
            line: place.line,
            code,
            device: place.device,
            seq: place.seq,
        });
    }

    /// Something that only the manifest shows.
    pub(super) fn altered(&mut self, file: &str, line: Option<u64>, code: &'static str) {
        self.faults.push(EvidenceFault {
            layer: Layer::Manifest,
            file: file.to_owned(),
            line,
            code,
            device: None,
            seq: None,
        });
    }

    /// The lines of a file. One that headquarters would have written otherwise is a fault, even if it says the same.
    pub(super) fn read<T>(&mut self, export: &Export, file: &'static str) -> Vec<Line<T>>
    where
        T: Serialize + DeserializeOwned,
    {
        let Some(bytes) = export.get(file) else {
            self.fault(Place::file(file), "missing");
            return Vec::new();
        };
        let mut lines = Vec::new();
        for (number, bytes) in (1_u64..).zip(bytes.split_inclusive(|byte| *byte == b'\n')) {
            let says = bytes
                .strip_suffix(b"\n")
                .and_then(|line| str::from_utf8(line).ok())
                .and_then(|line| {
                    let says: T = serde_json::from_str(line).ok()?;
                    (to_text(&says) == line).then_some(says)
                });
            match says {
                Some(says) => lines.push(Line { number, says }),
                None => self.fault(Place::line(file, number), "unreadable"),
            }
        }
        lines
    }
}
