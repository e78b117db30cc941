//! The core killed at random instants, again and again in the same folder: nothing acknowledged is
//! lost, nothing readable is left on the disk, and the journal stays whole.

use crate::common::{PIN, Seeded, StillClock, leaks, spellings, vault};
use baqylau_domain::IdSource;
use baqylau_domain::Value;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// What a child acknowledged before it was killed.
#[derive(Default)]
struct Acknowledged {
    answers: BTreeMap<(Uuid, String), u64>,
    highest: u64,
    last_seq: u64,
}

impl Acknowledged {
    fn hear(&mut self, line: &str) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["a", report, question, number] => {
                let number = number.parse().expect("a number");
                self.highest = self.highest.max(number);
                self.answers.insert(
                    (report.parse().expect("an id"), (*question).to_owned()),
                    number,
                );
            }
            ["f", _, seq] => self.last_seq = self.last_seq.max(seq.parse().expect("a number")),
            _ => {}
        }
    }
}

/// Lets a child work for about `life` after its first acknowledged answers, kills it, and hears what it said.
fn run_and_kill(
    dir: &Path,
    tmp: &Path,
    seed: u64,
    lines: usize,
    life: Duration,
    acknowledged: &mut Acknowledged,
) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_crash_child"))
        .arg(dir)
        .arg(seed.to_string())
        .env("TMPDIR", tmp)
        .env("SQLITE_TMPDIR", tmp)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the child starts");
    let mut said = BufReader::new(child.stdout.take().expect("its output"));
    let mut line = String::new();
    for _ in 0..lines {
        line.clear();
        if said.read_line(&mut line).expect("a line") == 0 {
            let mut complaint = String::new();
            child
                .stderr
                .take()
                .expect("its errors")
                .read_to_string(&mut complaint)
                .expect("text");
            panic!("the child stopped by itself (seed {seed}): {complaint}");
        }
        acknowledged.hear(&line);
    }
    let killed_at = Instant::now() + life;
    while Instant::now() < killed_at {
        std::hint::spin_loop();
    }
    child.kill().expect("killed");
    child.wait().expect("gone");
    // A line without its end was not acknowledged to anybody.
    let mut rest = String::new();
    said.read_to_string(&mut rest).expect("text");
    rest.split_inclusive('\n')
        .filter(|line| line.ends_with('\n'))
        .for_each(|line| acknowledged.hear(line));
}

fn number(value: &Value) -> u64 {
    match value {
        Value::Text(text) => text
            .rsplit(' ')
            .next()
            .and_then(|number| number.parse().ok())
            .expect("a number"),
        other => panic!("not what the child writes: {other:?}"),
    }
}

fn assert_nothing_lost(dir: &Path, acknowledged: &Acknowledged) {
    let store = vault(dir)
        .unlock(PIN, &StillClock::new())
        .expect("unlocks after the kill");
    for ((report, question), acknowledged_number) in &acknowledged.answers {
        let answers = store.answers(*report).expect("the report is there");
        let stored = number(answers.get(question).expect("the answer is there"));
        assert!(
            stored >= *acknowledged_number,
            "{question}: {stored} instead of {acknowledged_number}"
        );
        assert!(stored <= acknowledged.highest + 1, "an answer nobody gave");
    }
    store.verify_journal().expect("the chain holds");
    assert!(
        store.head().expect("a head").next_seq > acknowledged.last_seq,
        "an acknowledged finish is in the journal"
    );
}

#[test]
fn killed_at_random_instants_nothing_acknowledged_is_lost_and_nothing_leaks() {
    const KILLS: u64 = 40;
    let home = tempfile::tempdir().expect("a folder");
    let tmp = tempfile::tempdir().expect("a folder");
    let dir = home.path().join("store");
    let ids = Seeded::new(0);
    let mut key = [0_u8; 32];
    ids.fill(&mut key);
    let mut needles = spellings(&key);
    needles.push(b"CANARY".to_vec());
    let mut acknowledged = Acknowledged::default();
    for kill in 0..KILLS {
        let mut draw = [0_u8; 4];
        Seeded::new(1000 + kill).fill(&mut draw);
        let lines = 1 + usize::from(draw[0] % 40);
        let life = Duration::from_micros(u64::from(u16::from_be_bytes([draw[1], draw[2]])) / 4);
        run_and_kill(&dir, tmp.path(), kill, lines, life, &mut acknowledged);
        assert_eq!(leaks(home.path(), &needles), [], "after kill {kill}");
        assert_eq!(
            leaks(tmp.path(), &needles),
            [],
            "in the temporary folder after kill {kill}"
        );
        assert_nothing_lost(&dir, &acknowledged);
    }
    assert!(acknowledged.highest > KILLS, "the children did work");
    assert!(acknowledged.last_seq > 0, "some reports were finished");
}
