//! What a batch weighs on the wire against zstd-19 of the same entries.

use baqylau_domain::{FormRef, Moment, ObserverCode, StationCode, WireChange, WireValue};
use baqylau_protocol::*;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

const WORDS: [&str; 24] = [
    "семейное",
    "голосование",
    "наблюдатель",
    "был",
    "удалён",
    "на",
    "несколько",
    "минут",
    "председатель",
    "отказал",
    "в",
    "копии",
    "протокола",
    "очередь",
    "у",
    "входа",
    "бюллетени",
    "без",
    "подписи",
    "ящик",
    "не",
    "опечатан",
    "дауыс",
    "берушілер",
];

fn below(rng: &mut ChaCha20Rng, limit: u64) -> u64 {
    rng.next_u64() % limit
}

fn answer(rng: &mut ChaCha20Rng, question: u16) -> Option<WireChange> {
    let value = match question % 10 {
        // One question in ten is a count, one in twenty a time; a remark is rare.
        3 => WireValue::Integer(i64::try_from(below(rng, 1800)).ok()?),
        7 if question % 20 == 7 => {
            WireValue::Time(u32::try_from(7 * 3_600_000 + below(rng, 600) * 60_000).ok()?)
        }
        9 if below(rng, 12) == 0 => {
            let count = 4 + below(rng, 8);
            let words: Vec<&str> = (0..count)
                .map(|_| WORDS[usize::try_from(below(rng, 24)).unwrap_or(0)])
                .collect();
            WireValue::Text(words.join(" "))
        }
        9 => return None,
        // Most answers are the expected one.
        _ => WireValue::Choice(if below(rng, 100) < 88 {
            0
        } else {
            u16::try_from(1 + below(rng, 3)).ok()?
        }),
    };
    Some((question, Some(value)))
}

/// One voting report of 78 questions: opened, filled in, confirmed.
fn report(rng: &mut ChaCha20Rng, first_seq: u64, start_ms: i64) -> Vec<Vec<u8>> {
    let minutes = |rng: &mut ChaCha20Rng| i64::try_from(below(rng, 2_400_000)).unwrap_or(0);
    let at = |ms: i64| Moment {
        utc_ms: start_ms + ms,
        offset_min: 360,
    };
    let open = EntryKind::Open {
        form: FormRef([0xa1, 0xb2, 0xc3, 0xd4]),
        place: Place::Station(StationCode(format!("{}", 10_000 + below(rng, 9725)))),
        visit: u16::try_from(first_seq / 3 + 1).unwrap_or(1),
    };
    let changes: Vec<WireChange> = (0..78)
        .filter_map(|question| answer(rng, question))
        .collect();
    let revision = EntryKind::Revision {
        report: first_seq,
        number: 1,
        changes,
        reason: None,
        supersedes: None,
    };
    let confirmed_by = vec![ObserverCode("S041A".into()), ObserverCode("S041B".into())];
    let finalise = EntryKind::Finalise {
        report: first_seq,
        revision: 1,
        confirmed_by,
    };
    let took = minutes(rng);
    [(0, open), (took, revision), (took + 4_000, finalise)]
        .into_iter()
        .map(|(ms, kind)| Entry::new(at(ms), kind).encode())
        .collect()
}

/// Wire bytes over zstd-19 bytes, wire bytes, and payload bytes under zstd-19.
fn measure(reports: u64, seed: u64) -> (f64, usize, usize) {
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    let entries: Vec<Vec<u8>> = (0..reports)
        .flat_map(|n| {
            report(
                &mut rng,
                3 * n + 1,
                1_301_790_000_000 + i64::try_from(n).unwrap_or(0) * 2_700_000,
            )
        })
        .collect();
    let payload = zstd::bulk::compress(&entries.concat(), 19)
        .expect("a vector")
        .len();
    let key = DeviceKey::generate(&mut rng);
    let secret = SealSecret::generate(1, &mut rng);
    let event = EventId("kz-2011".into());
    let before = Chain::start(&key.public(), &event).hash;
    let body = SegmentBody {
        event,
        device: key.public().id(),
        first_seq: 1,
        before,
        entries,
    };
    let wire = seal(&body, &key, &secret.public(), Packing::default(), &mut rng)
        .expect("one segment")
        .len();
    #[expect(clippy::cast_precision_loss, reason = "a few thousand bytes")]
    let ratio = wire as f64 / payload as f64;
    (ratio, wire, payload)
}

fn median(reports: u64) -> (f64, usize, usize) {
    let mut all: Vec<_> = (0..15).map(|seed| measure(reports, seed)).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    all[all.len() / 2]
}

#[test]
fn the_envelope_of_a_batch_stays_small() {
    // Header, seal, signature, inner header and lengths: a constant and 1 to 2 bytes an entry before
    // compression; the rest of the difference is padding.
    for (reports, most) in [(20, 1.35), (50, 1.15), (100, 1.09)] {
        let (ratio, wire, payload) = median(reports);
        eprintln!(
            "{reports} reports: {wire} B on the wire, {payload} B under zstd-19, ratio {ratio:.3}"
        );
        assert!(
            ratio <= most,
            "{reports} reports: ratio {ratio:.3} above {most}"
        );
    }
}
