//! How long evidence takes over the worst road that still is one: 20 kbit/s, a second there and back, and one connection
//! in twenty cut. Beside it, over the same road, one POST a form as form collectors make them.

mod posts;

use crate::device::Device;
use crate::error::RehearsalError;
use crate::link::Shape;
use crate::stage::{Scene, Stage};
use baqylau_domain::Value;
use baqylau_field::view::ReportPage;
use serde::Serialize;
use std::fmt::Write as _;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

pub use posts::Posts;

/// 20 kbit/s, 1 s there and back, 5 % of connections cut.
pub const ROAD: Shape = Shape {
    delay: Duration::from_millis(500),
    bytes_per_second: Some(2_500),
    cut: 0.05,
    lose_reply: 0.0,
    // Every exchange has more bytes than this from headquarters, so that one that is to be cut is cut.
    cut_within_bytes: 1_500,
};

/// One report must be there within this, at the median.
const ONE_S: f64 = 10.0;
/// And so many reports within this.
const MANY_S: f64 = 60.0;
/// How many.
pub const MANY: usize = 200;

/// What a measurement needs.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where, and where cuts begin.
    pub scene: Scene,
    /// Deliveries of each size.
    pub runs: usize,
    /// Forms posted one by one.
    pub posts: usize,
}

/// Seconds from the first byte until headquarters' receipt was checked.
#[derive(Debug, Clone, Serialize)]
pub struct Deliveries {
    /// Reports delivered at once.
    pub reports: usize,
    /// The middle one.
    pub median_s: f64,
    /// The slowest.
    pub worst_s: f64,
    /// All of them, ascending.
    pub all_s: Vec<f64>,
    /// Connections that were cut.
    pub cut: u64,
}

/// What came of it.
#[derive(Debug, Clone, Serialize)]
pub struct Outcome {
    /// One report.
    pub one: Deliveries,
    /// Many.
    pub many: Deliveries,
    /// The same many, one POST a form.
    pub posts: Posts,
}

impl Outcome {
    /// Whether both medians keep their limit.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.one.median_s <= ONE_S && self.many.median_s <= MANY_S
    }
}

/// Measures. The three roads are separate and used side by side: none is busy with anything but waiting.
///
/// # Errors
/// Whatever stopped it.
pub async fn bad_road(options: &Options) -> Result<Outcome, RehearsalError> {
    let one = Stage::prepare(&options.scene, "one", 1).await?;
    let many = Stage::prepare(&options.scene, "many", MANY).await?;
    let forms = many.pages.iter().cycle().take(options.posts);
    let forms = forms.map(|page| submission(page).into_bytes()).collect();
    let (one, many, posts) = tokio::join!(
        deliver(&one, options.runs),
        deliver(&many, options.runs),
        posts::post(forms, options.scene.seed)
    );
    Ok(Outcome {
        one: one?,
        many: many?,
        posts: posts?,
    })
}

impl Deliveries {
    fn of(reports: usize, mut all_s: Vec<f64>, cut: u64) -> Self {
        all_s.sort_by(f64::total_cmp);
        let at = |place: usize| all_s.get(place).copied().unwrap_or(f64::NAN);
        Self {
            reports,
            median_s: at(all_s.len() / 2),
            worst_s: at(all_s.len().saturating_sub(1)),
            cut,
            all_s,
        }
    }
}

/// Exchanges tried before the road counts as none.
const PATIENCE: u32 = 40;

/// Delivers everything, each time from the same beginning.
async fn deliver(stage: &Stage, runs: usize) -> Result<Deliveries, RehearsalError> {
    stage.link.reshape(ROAD);
    let mut all_s = Vec::with_capacity(runs);
    for run in 0..runs {
        let (headquarters, device) = stage.again(&format!("run-{run}")).await?;
        all_s.push(deliver_once(&device).await?);
        device.lock().await?;
        headquarters.stop().await?;
    }
    let cut = stage.link.tally.cut.load(Ordering::Relaxed);
    Ok(Deliveries::of(stage.pages.len(), all_s, cut))
}

async fn deliver_once(device: &Device) -> Result<f64, RehearsalError> {
    let started = Instant::now();
    for _ in 0..PATIENCE {
        // A connection that was cut is tried again at once, as a person would press the button.
        let _ = device.sync().await;
        if device.waiting().await? == 0 {
            return Ok(started.elapsed().as_secs_f64());
        }
    }
    Err(RehearsalError::Headquarters {
        what: format!("not delivered in {PATIENCE} exchanges"),
    })
}

/// A report as form collectors send it: one element a question of the form, empty where nothing was answered.
fn submission(page: &ReportPage) -> String {
    let sheet = &page.sheet;
    let mut xml = format!(
        "<?xml version='1.0' ?><data id=\"{}\" version=\"{}\" xmlns:orx=\"http://openrosa.org/xforms\">",
        sheet.id, sheet.version
    );
    // Writing to a string cannot fail.
    for question in sheet.sections.iter().flat_map(|section| &section.questions) {
        let state = page.view.questions.get(question);
        let text = state
            .and_then(|state| state.value.as_ref())
            .map_or_else(String::new, plain);
        let _ = write!(xml, "<{question}>{text}</{question}>");
    }
    let id = &page.row.id;
    let _ = write!(
        xml,
        "<orx:meta><orx:instanceID>uuid:{id}</orx:instanceID></orx:meta></data>"
    );
    xml
}

fn plain(value: &Value) -> String {
    match value {
        Value::Text(text) | Value::Choice(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Decimal(number) => number.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Time(time) => format!("{time}.000+06:00"),
        Value::Choices(codes) => codes.join(" "),
        Value::Acknowledged => "OK".to_owned(),
        other => format!("{other:?}"),
    }
}
