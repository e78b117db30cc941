//! Schedules that once failed, as the campaign printed them when it had made them short, pass now.

use baqylau_campaign::campaign::{Failure, rerun};
use std::path::Path;

#[test]
fn what_failed_once_fails_no_more() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mission = here.join("../hq/tests/mission");
    let mut replayed = 0;
    for entry in std::fs::read_dir(here.join("tests/past")).expect("the folder of failures") {
        let path = entry.expect("an entry").path();
        let text = std::fs::read(&path).expect("a failure");
        let failure: Failure = serde_json::from_slice(&text).expect("a failure as it is printed");
        let still = rerun(&mission, failure.seed, &failure.acts).expect("a world");
        assert_eq!(still, None, "{}", path.display());
        replayed += 1;
    }
    assert!(replayed > 0);
}
