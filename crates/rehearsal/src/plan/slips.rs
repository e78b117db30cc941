//! Which reports are first finished with one wrong answer and corrected later.

use baqylau_domain::{Answers, FindingLevel, Moment, Value};
use baqylau_forms::{Env, FormView, QuestionKind, evaluate};
use baqylau_mission::rehearsal::RehearsedForm;
use baqylau_mission::{Mission, MissionForm};
use rand::RngExt;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;

/// How often another question is tried before a report goes without a slip.
const TRIES: u32 = 12;

/// For each report the question answered wrongly at first, and the wrong answer.
///
/// A slip must leave the form as it is: no question appears or goes, nothing blocks finishing.
pub(super) fn draw(
    mission: &Mission,
    known: &MissionForm,
    form: &RehearsedForm,
    settled: &[Answers],
    percent: u32,
    rng: &mut ChaCha8Rng,
) -> Vec<Option<(String, Value)>> {
    let sheet = known.form.sheet(&mission.about.languages[0]);
    // Questions whose answers are counted make the slips worth correcting.
    let counted: Vec<(&str, Vec<&str>)> = form
        .questions
        .iter()
        .filter(|row| !row.quota.is_empty())
        .filter(|row| {
            sheet
                .questions
                .get(&row.name)
                .is_some_and(|face| face.kind == QuestionKind::SelectOne)
        })
        .map(|row| {
            let values = row.quota.iter().filter_map(|quota| quota.value.as_deref());
            let values: BTreeSet<&str> =
                values.chain(row.rest.keys().map(String::as_str)).collect();
            (
                row.name.as_str(),
                values
                    .into_iter()
                    .filter(|value| !value.is_empty())
                    .collect(),
            )
        })
        .collect();
    let view = |answers: &Answers| {
        let env = Env {
            register: &*mission.register,
            ..Env::bare(Moment {
                utc_ms: 0,
                offset_min: 0,
            })
        };
        evaluate(&known.form, answers, &env)
    };
    settled
        .iter()
        .map(|right| {
            if rng.random_range(0..100) >= percent {
                return None;
            }
            let before = view(right);
            (0..TRIES).find_map(|_| {
                let (question, values) = counted.choose(rng)?;
                let wrong = Value::Choice((*values.choose(rng)?).to_owned());
                let given = right.get(*question)?;
                let shown = before
                    .questions
                    .get(*question)
                    .is_some_and(|state| state.relevant);
                let mut slipped = right.clone();
                slipped.insert((*question).to_owned(), wrong.clone());
                let harmless = shown && *given != wrong && same_shape(&before, &view(&slipped));
                harmless.then(|| ((*question).to_owned(), wrong))
            })
        })
        .collect()
}

/// Whether the same questions show and the same rules block.
fn same_shape(a: &FormView, b: &FormView) -> bool {
    let relevant = |view: &FormView| -> Vec<bool> {
        view.questions
            .values()
            .map(|state| state.relevant)
            .collect()
    };
    let blocks = |view: &FormView| -> BTreeSet<(String, Vec<String>)> {
        let blocking = view
            .findings
            .iter()
            .filter(|finding| finding.level == FindingLevel::Block);
        blocking
            .map(|finding| (finding.code.clone(), finding.fields.clone()))
            .collect()
    };
    relevant(a) == relevant(b) && blocks(a) == blocks(b)
}
