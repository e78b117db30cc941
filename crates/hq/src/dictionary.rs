//! The dictionary that segments are packed with: learnt from made-up reports of the mission's own forms, so that no
//! batch has to explain over again what every report of that form looks like.
//!
//! It depends on the mission alone. A newer program may learn another one; then both are published, and segments
//! packed with either still open.

use crate::ledger::StoredBundle;
use baqylau_domain::{Answers, Moment, StationCode, Value};
use baqylau_forms::{ChoiceSheet, Form, Question, QuestionKind};
use baqylau_mission::{Mission, Station, Team};
use baqylau_protocol::{Dictionary, Entry, EntryKind, Place};
use chrono::NaiveTime;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// Its kind among the ledger's bundles.
pub(crate) const KIND: &str = "dictionary";
/// What a device downloads once; more saves hardly anything.
const MOST_BYTES: usize = 6 * 1024;
/// Made-up reports of each form.
const REPORTS: u64 = 120;
/// Reports of one made-up batch: what they have in common is learnt, what each repeats of the one before is not.
const BATCH: u64 = 4;

/// The mission's dictionary; none when its forms are too few or too small to learn from.
pub(crate) fn of(mission: &Mission) -> Option<StoredBundle> {
    let mut sampler = Sampler {
        mission,
        random: ChaCha8Rng::seed_from_u64(0),
    };
    let samples = sampler.samples();
    let bytes = Dictionary::train(&samples, MOST_BYTES).ok()?.bytes;
    Some(StoredBundle {
        hash: Sha256::digest(&bytes).into(),
        kind: KIND.to_owned(),
        name: KIND.to_owned(),
        bytes,
    })
}

/// A form's choice lists by name.
type Choices = BTreeMap<String, Vec<ChoiceSheet>>;

struct Sampler<'a> {
    mission: &'a Mission,
    random: ChaCha8Rng,
}

impl Sampler<'_> {
    fn below(&mut self, limit: usize) -> usize {
        let limit = (limit as u64).max(1);
        usize::try_from(self.random.next_u64() % limit).unwrap_or(0)
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn samples(&mut self) -> Vec<Vec<u8>> {
        let mission = self.mission;
        let mut samples = Vec::new();
        for form in &mission.forms {
            let choices = form.form.sheet("").choices;
            for _ in 0..REPORTS / BATCH {
                let mut batch = Vec::new();
                let team = mission.teams.get(self.below(mission.teams.len()));
                for number in 0..BATCH {
                    let stations = mission.register.stations();
                    let station = stations.get(self.below(stations.len()));
                    batch.extend(self.report(&form.form, &choices, team, station, 3 * number + 1));
                }
                samples.push(batch);
            }
        }
        samples
    }

    /// A report's entries as they stand in a batch: opened, filled in, confirmed.
    fn report(
        &mut self,
        form: &Form,
        choices: &Choices,
        team: Option<&Team>,
        station: Option<&Station>,
        seq: u64,
    ) -> Vec<u8> {
        let about = &self.mission.about;
        let opening = about.dates.election.and_time(about.voting_hours.from);
        let offset_min = about.utc_offset_min;
        let mut at = opening.and_utc().timestamp_millis() - i64::from(offset_min) * 60_000;
        at += i64::try_from(self.below(16 * 3600)).unwrap_or(0) * 1000;
        let code = station.map_or_else(String::new, |station| station.code.0.clone());
        let answers = self.answers(form, choices, team, station);
        let changes = form
            .encode_changes(&Answers::new(), &answers)
            .unwrap_or_default();
        let observers = team.map_or(&[][..], |team| &team.observers);
        let kinds = [
            EntryKind::Open {
                form: form.hash().short(),
                place: Place::Station(StationCode(code)),
                visit: u16::try_from(seq / 3 + 1).unwrap_or(1),
            },
            EntryKind::Revision {
                report: seq,
                number: 1,
                changes,
                reason: None,
                supersedes: None,
            },
            EntryKind::Finalise {
                report: seq,
                revision: 1,
                confirmed_by: observers.iter().map(|who| who.code.clone()).collect(),
            },
        ];
        let mut bytes = Vec::new();
        for kind in kinds {
            at += i64::try_from(self.below(1_800_000)).unwrap_or(0);
            let at = Moment {
                utc_ms: at,
                offset_min,
            };
            bytes.extend(Entry::new(at, kind).encode());
        }
        bytes
    }

    fn answers(
        &mut self,
        form: &Form,
        choices: &Choices,
        team: Option<&Team>,
        station: Option<&Station>,
    ) -> Answers {
        let mut answers = Answers::new();
        for question in form.questions() {
            let codes = question.list.as_ref().and_then(|list| choices.get(list));
            let codes: Vec<&str> = codes.map_or_else(Vec::new, |choices| {
                choices.iter().map(|choice| choice.code.as_str()).collect()
            });
            let known = question.prefill.as_deref();
            let value = match known.and_then(|source| known_value(source, question, team, station))
            {
                Some(value) => Some(value),
                None if question.takes_answer => self.answer(question, &codes),
                None => None,
            };
            if let Some(value) = value {
                answers.insert(question.name.clone(), value);
            }
        }
        answers
    }

    /// Most answers are the first of their list, most counts are small, and remarks are rare.
    fn answer(&mut self, question: &Question, codes: &[&str]) -> Option<Value> {
        if self.chance(12) {
            return None;
        }
        match question.kind {
            QuestionKind::SelectOne if question.register.is_none() && !codes.is_empty() => {
                let place = if self.chance(75) {
                    0
                } else {
                    self.below(codes.len())
                };
                Some(Value::Choice(codes[place].to_owned()))
            }
            QuestionKind::SelectMultiple if !codes.is_empty() => {
                let place = self.below(codes.len());
                Some(Value::Choices(vec![codes[place].to_owned()]))
            }
            QuestionKind::Integer => {
                let most = if self.chance(50) { 12 } else { 2_000 };
                Some(Value::Integer(i64::try_from(self.below(most)).unwrap_or(0)))
            }
            QuestionKind::Time => {
                let minutes = u32::try_from(7 * 60 + self.below(14 * 60)).unwrap_or(0);
                NaiveTime::from_hms_opt(minutes / 60, minutes % 60, 0).map(Value::Time)
            }
            QuestionKind::Acknowledge => Some(Value::Acknowledged),
            _ => None,
        }
    }
}

/// What a device fills in by itself, see the field core's prefill.
fn known_value(
    source: &str,
    question: &Question,
    team: Option<&Team>,
    station: Option<&Station>,
) -> Option<Value> {
    let observer = |place: usize| Some(team?.observers.get(place)?.code.0.clone());
    let text = match source {
        "team.number" => team?.number.to_string(),
        "team.code" => team?.code.0.clone(),
        "team.observer1" => observer(0)?,
        "team.observer2" => observer(1)?,
        "visit.number" => "1".to_owned(),
        "station.region" => station?.region.clone(),
        "station.district" => station?.district.clone(),
        "station.code" => station?.code.0.clone(),
        "station.number" => station?.number.to_string(),
        "station.kind" => station?.kind.clone(),
        "station.area" => station?.area.clone(),
        "station.voters" => station?.voters.to_string(),
        _ => return None,
    };
    match question.kind {
        QuestionKind::Integer => text.parse().ok().map(Value::Integer),
        QuestionKind::SelectOne => Some(Value::Choice(text)),
        QuestionKind::Text => Some(Value::Text(text)),
        _ => None,
    }
}
