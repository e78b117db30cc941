//! One answer of one report, from a thumb on a device to a figure at headquarters: the road of the replay, with few
//! teams and a good network.

use baqylau_rehearsal::link::Shape;
use baqylau_rehearsal::replay::{Alteration, Figure, Options, Outcome, Watcher, replay};
use std::path::Path;
use std::time::Duration;

/// Nothing to see.
struct Nobody;

impl Watcher for Nobody {
    fn planned(&self, _: u64) {}
    fn visited(&self) {}
}

const GOOD_NETWORK: Shape = Shape {
    delay: Duration::ZERO,
    bytes_per_second: None,
    cut: 0.0,
    lose_reply: 0.0,
    cut_within_bytes: 0,
};

/// One team's day.
async fn a_day(carriers_only: bool, alter: Option<Alteration>) -> Outcome {
    let work = tempfile::tempdir().expect("a folder");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    // Tests lie in `deps`, below the folder of the programs.
    let beside = std::env::current_exe().expect("this program");
    let program = beside
        .ancestors()
        .nth(2)
        .expect("a folder")
        .join("baqylau-hq");
    assert!(
        program.is_file(),
        "build the workspace first: {}",
        program.display()
    );
    let options = Options {
        mission: root.join("assets/missions/kz-2011"),
        program,
        work: work.path().to_owned(),
        shape: GOOD_NETWORK,
        carriers_only,
        seed: None,
        teams: Some(1),
        alter,
    };
    let outcome = replay(&options, std::sync::Arc::new(Nobody))
        .await
        .expect("a day");
    assert!(outcome.reckoning.is_clean(), "{:?}", outcome.reckoning);
    outcome
}

fn figure<'a>(outcome: &'a Outcome, id: &str) -> &'a Figure {
    let mut figures = outcome.figures.iter();
    figures.find(|figure| figure.id == id).expect("the figure")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_answer_changed_on_a_device_changes_its_figure_by_one_and_no_other() {
    let alteration = Alteration {
        form: "voting".to_owned(),
        question: "B44".to_owned(),
        from: "no".to_owned(),
        to: "yes".to_owned(),
    };
    let (usual, other) = tokio::join!(a_day(false, None), a_day(false, Some(alteration)));
    let number = |outcome: &Outcome| figure(outcome, "I07").numerator.as_f64().expect("a number");
    assert_eq!(
        number(&other),
        number(&usual) + 1.0,
        "group voting was seen once more"
    );
    let others = |outcome: &Outcome| {
        let rest = outcome.figures.iter().filter(|figure| figure.id != "I07");
        rest.map(|it| (it.id.clone(), it.numerator.clone(), it.denominator.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(others(&other), others(&usual));
}

/// The same team, with and without a network.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_figures_come_out_when_no_observer_ever_has_a_network() {
    let (sent, carried) = tokio::join!(a_day(false, None), a_day(true, None));
    let counted = |outcome: &Outcome| {
        let figures = outcome.figures.iter();
        figures
            .map(|it| (it.id.clone(), it.numerator.clone(), it.denominator.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(counted(&carried), counted(&sent));
    assert_eq!(carried.reckoning.reports, sent.reckoning.reports);
    let (files, codes, network) = carried.carried;
    assert!(
        files + codes + network >= 10,
        "five leaders on the way, and back again"
    );
}
