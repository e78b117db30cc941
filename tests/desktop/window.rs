//! The real window, through its driver: only what an observer can see and touch.

use crate::programs::{Program, free_port, ours};
use crate::words::Words;
use anyhow::{Context as _, Result, bail};
use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// How long a screen may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long a tap takes to show.
const MOMENT: Duration = Duration::from_secs(2);

/// Where a web view, and the libraries that draw, leave what they keep between two starts, and their temporary files:
/// below the app's own folder here, so that all of it can be searched.
pub(crate) const WEB_VIEW: &str = "web-view";
const FOLDERS: [(&str, &str); 4] = [
    ("XDG_DATA_HOME", "data"),
    ("XDG_CACHE_HOME", "cache"),
    ("XDG_CONFIG_HOME", "config"),
    ("TMPDIR", "tmp"),
];

/// The window and what drives it.
pub(crate) struct Window {
    client: Client,
    words: Words,
    _driver: Program,
}

impl Window {
    /// Opens the app on a data folder.
    pub(crate) async fn open(data: &Path, language: &str) -> Result<Self> {
        let (port, native) = (free_port()?, free_port()?);
        let driver = env::var_os("BAQYLAU_DRIVER")
            .map_or_else(|| PathBuf::from("tauri-driver"), PathBuf::from);
        let mut command = Command::new(driver);
        command
            .args([
                "--port",
                &port.to_string(),
                "--native-port",
                &native.to_string(),
            ])
            .env("BAQYLAU_DATA", data);
        for (variable, folder) in FOLDERS {
            let folder = data.join(WEB_VIEW).join(folder);
            std::fs::create_dir_all(&folder)?;
            command.env(variable, folder);
        }
        // The driver takes sessions before the one behind it does, and drops those that come too early.
        let driver = Program::start(&mut command, &[port, native])?.ends_when_asked();
        let wanted = json!({
            "browserName": "wry",
            "tauri:options": { "application": ours("baqylau-app") },
        });
        let wanted = wanted.as_object().cloned().unwrap_or_default();
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(wanted)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .context("the window does not open")?;
        Ok(Self {
            client,
            words: Words::of(language)?,
            _driver: driver,
        })
    }

    /// Closes the window.
    pub(crate) async fn close(self) -> Result<()> {
        Ok(self.client.close().await?)
    }

    /// What the window's title bar says.
    pub(crate) async fn title(&self) -> Result<String> {
        Ok(self.client.title().await?)
    }

    /// A sentence of the interface in the language it is in.
    pub(crate) fn say(&self, id: &str) -> Result<&str> {
        self.words.say(id)
    }

    /// Waits for an element.
    pub(crate) async fn find(&self, xpath: &str) -> Result<Element> {
        let waiting = self
            .client
            .wait()
            .at_most(PATIENCE)
            .every(Duration::from_millis(50));
        match waiting.for_element(Locator::XPath(xpath)).await {
            Ok(element) => Ok(element),
            Err(reason) => {
                let shown = self.client.find(Locator::Css("body")).await?.text().await?;
                bail!("{xpath}: {reason}; the screen shows: {shown}")
            }
        }
    }

    /// Waits a moment for what may come, or not.
    pub(crate) async fn give_time_to(&self, css: &str) {
        let waiting = self.client.wait().at_most(MOMENT);
        let waiting = waiting.every(Duration::from_millis(50));
        let _ = waiting.for_element(Locator::Css(css)).await;
    }

    /// Waits until a sentence is on the screen.
    pub(crate) async fn reads(&self, id: &str) -> Result<()> {
        let sentence = self.say(id)?.to_owned();
        self.find(&format!(
            "//*[contains(normalize-space(.), \"{sentence}\")]"
        ))
        .await
        .map(drop)
    }

    /// Taps what a selector leads to, once it is in the middle of the screen.
    pub(crate) async fn tap(&self, xpath: &str) -> Result<()> {
        let element = self.find(xpath).await?;
        let target = serde_json::to_value(&element)?;
        self.client
            .execute(
                "arguments[0].scrollIntoView({ block: 'center' })",
                vec![target],
            )
            .await?;
        element
            .click()
            .await
            .with_context(|| format!("tapping {xpath}"))
    }

    /// Taps the button with these words.
    pub(crate) async fn press(&self, id: &str) -> Result<()> {
        let words = self.say(id)?.to_owned();
        self.tap(&format!("//button[normalize-space(.)=\"{words}\"]"))
            .await
    }

    /// Types into the field with this label.
    pub(crate) async fn write(&self, label: &str, text: &str) -> Result<()> {
        let words = self.say(label)?.to_owned();
        let field = format!("//*[@id=//label[normalize-space(.)=\"{words}\"]/@for]");
        Ok(self.find(&field).await?.send_keys(text).await?)
    }

    /// Two taps, from anywhere.
    pub(crate) async fn speak(&mut self, language: &str, name: &str) -> Result<()> {
        let switch = self.say("language-switch")?.to_owned();
        self.tap(&format!("//button[contains(@aria-label, \"{switch}\")]"))
            .await?;
        self.tap(&format!("//button[normalize-space(.)=\"{name}\"]"))
            .await?;
        self.words = Words::of(language)?;
        let switch = self.say("language-switch")?.to_owned();
        self.find(&format!("//button[contains(@aria-label, \"{switch}\")]"))
            .await
            .map(drop)
    }

    /// One of the four places of the bar.
    pub(crate) async fn go(&self, place: &str) -> Result<()> {
        self.tap(&format!("//nav//a[@href=\"#/{place}\"]")).await?;
        self.find(&format!(
            "//nav//a[@href=\"#/{place}\"][@aria-current=\"page\"]"
        ))
        .await
        .map(drop)
    }

    /// How many elements a selector leads to now.
    pub(crate) async fn count(&self, xpath: &str) -> Result<usize> {
        Ok(self.client.find_all(Locator::XPath(xpath)).await?.len())
    }

    /// Reads something off the screen. Only for looking: whatever is done is done by taps and keys.
    pub(crate) async fn ask<T: DeserializeOwned>(
        &self,
        script: &str,
        arguments: Vec<Value>,
    ) -> Result<T> {
        let answer = self.client.execute(script, arguments).await?;
        Ok(serde_json::from_value(answer)?)
    }
}
