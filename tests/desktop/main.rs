//! The visit in the real window: enrol, a voting report without a network, another language in the middle, the
//! window closed and opened again, finished, delivered, corrected, delivered again.
//!
//! `cargo xtask desktop` builds everything and runs this on a virtual display.

mod left_behind;
mod observer;
mod programs;
mod window;
mod words;

use anyhow::{Result, ensure};
use observer::Morning;
use programs::Headquarters;
use std::collections::BTreeSet;
use std::path::Path;
use window::Window;

const TEAM: &str = "T001";
const PIN: &str = "204811";
/// Question and code that a correction changes, in the form's second section.
const CORRECTION: (&str, &str) = ("B02", "no");
const REASON: &str = "Counted again together";

#[tokio::main]
async fn main() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let mut headquarters = Headquarters::open(folder.path())?;
    let device = folder.path().join("device");

    let window = enrol(&headquarters, &device).await?;
    said("enrolled, everything is on the device");
    headquarters.stop();
    let (window, answers) = fill_in(window, &Morning::read()?).await?;
    said("a whole report filled in without headquarters, the language switched in the middle");
    let window = reopen(window, &device, &answers).await?;
    said("the window closed and opened again, every answer is there");
    finish(&window, "finish").await?;
    window.reads("delivery-waiting").await?;
    said("finished, waits to be sent");
    headquarters.start()?;
    send(&window).await?;
    said("headquarters has signed for it");
    correct(&window).await?;
    send(&window).await?;
    said("corrected, and headquarters has signed for the correction");
    let at_work = left_behind::search(&device, REASON)?;
    window.close().await?;
    let files = at_work + left_behind::search(&device, REASON)?;
    said(&format!(
        "nothing of it can be read in {files} files that the app and its web view kept"
    ));
    eprintln!("7 passed, 0 failed");
    Ok(())
}

fn said(step: &str) {
    eprintln!("ok  {step}");
}

async fn enrol(headquarters: &Headquarters, device: &Path) -> Result<Window> {
    let code = headquarters.enrolment_code(TEAM)?;
    let window = Window::open(device, "en").await?;
    ensure!(
        window.title().await? == "Baqylau",
        "the title bar must say nothing but the name"
    );
    window.write("enrol-code", &code).await?;
    window.write("pin-new", PIN).await?;
    window.write("pin-again", PIN).await?;
    window.press("enrol").await?;
    window.reads("ready-offline").await?;
    window.press("begin").await?;
    Ok(window)
}

/// Fills in a whole report; the language changes in the middle.
async fn fill_in(mut window: Window, morning: &Morning) -> Result<(Window, BTreeSet<String>)> {
    window.go("today").await?;
    window
        .tap(&format!("//main//a[@href=\"#/start/{}\"]", morning.form))
        .await?;
    window.tap("(//main//ul//button[@aria-pressed])[1]").await?;
    window
        .find("//main//button[@aria-pressed=\"true\"]")
        .await?;
    window
        .tap("//*[contains(@class, \"action\")]//button")
        .await?;
    window.find("//article[@data-question]").await?;
    window.fill_in(morning, 2).await?;
    let answers = window.chosen_everywhere().await?;
    ensure!(
        answers.len() > 20,
        "hardly anything was answered: {answers:?}"
    );
    Ok((window, answers))
}

async fn reopen(window: Window, device: &Path, answers: &BTreeSet<String>) -> Result<Window> {
    window.close().await?;
    let window = Window::open(device, "en").await?;
    window.write("pin", PIN).await?;
    window.press("unlock").await?;
    window.go("reports").await?;
    window
        .tap("//main//a[starts-with(@href, \"#/report/\")]")
        .await?;
    window.find("//article[@data-question]").await?;
    ensure!(
        window.chosen_everywhere().await? == *answers,
        "answers were lost with the window"
    );
    Ok(window)
}

/// Reviews, lets both observers confirm, and finishes.
async fn finish(window: &Window, button: &str) -> Result<()> {
    window.press("review").await?;
    let title = window.say("confirm-title")?.to_owned();
    let boxes = format!(
        "//section[.//h2[normalize-space(.)=\"{title}\"]]//label[.//input[@type=\"checkbox\"]]"
    );
    for place in 1..=2 {
        window.tap(&format!("({boxes})[{place}]")).await?;
    }
    window.press(button).await?;
    window.reads("receipt").await
}

/// Sends, and waits until nothing waits any more.
async fn send(window: &Window) -> Result<()> {
    window.go("outbox").await?;
    window.press("send-now").await?;
    window.reads("outbox-empty").await
}

/// Gives another answer, with a reason.
async fn correct(window: &Window) -> Result<()> {
    window.go("reports").await?;
    window
        .tap("//main//a[starts-with(@href, \"#/report/\")]")
        .await?;
    window.reads("receipt-held").await?;
    window.press("correct").await?;
    window.write("reason", REASON).await?;
    window.press("correct-begin").await?;
    window.reads("state-correcting").await?;
    window.turn_to(2).await?;
    let (question, code) = CORRECTION;
    window.choose(question, code).await?;
    window.reads("saved-at").await?;
    finish(window, "finish-correction").await
}
