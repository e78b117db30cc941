//! The command line as somebody at a terminal meets it, in a process of its own.

use crate::device::Device;
use crate::office::mission;
use baqylau_hq::Headquarters;
use baqylau_hq::system::{SystemClock, SystemIds};
use serde_json::Value;
use std::io::{BufRead as _, BufReader};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use tempfile::TempDir;

fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_baqylau-hq"));
    command
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env("LANG", "C")
        .env_remove("RUST_LOG");
    command
}

fn run(arguments: &[&str]) -> Output {
    command().args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A server in its own process; killed when dropped.
struct Served {
    child: Child,
    said: Value,
}

impl Served {
    fn start(data: &Path) -> Self {
        let mut child = command()
            .args(["serve", "--json", "--listen", "127.0.0.1:0", "--mission"])
            .arg(mission())
            .arg("--data")
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap())
            .read_line(&mut line)
            .unwrap();
        Self {
            child,
            said: serde_json::from_str(&line).unwrap(),
        }
    }

    fn token(&self) -> &str {
        self.said["admin_link"]
            .as_str()
            .unwrap()
            .split("token=")
            .nth(1)
            .unwrap()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // Already ended when the test ended it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn write(folder: &TempDir, name: &str, bytes: impl AsRef<[u8]>) -> String {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    path.to_str().unwrap().to_owned()
}

/// The rows of the single-file CSV as a workbook.
fn workbook(csv: &str) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(csv.as_bytes());
    let mut row_number = 0;
    for record in reader.records().map(Result::unwrap) {
        if !record[0].is_empty() {
            book.add_worksheet().set_name(&record[0]).unwrap();
            row_number = 0;
            continue;
        }
        let sheet = book.worksheets_mut().last_mut().unwrap();
        for (column, cell) in record
            .iter()
            .skip(1)
            .enumerate()
            .filter(|(_, cell)| !cell.is_empty())
        {
            sheet.write(row_number, column as u16, cell).unwrap();
        }
        row_number += 1;
    }
    book.save_to_buffer().unwrap()
}

fn good() -> String {
    std::fs::read_to_string(mission().join("forms/visit.csv")).unwrap()
}

fn broken() -> String {
    good()
        .replace("${rating} = '1'", "${rating} = ")
        .replace("select_one yn,", "select_one maybe,")
}

#[test]
fn whoever_reaches_a_new_headquarters_finds_it_ready_to_enrol() {
    let data = TempDir::new().unwrap();
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let mut child = command()
        .args([
            "serve",
            "--json",
            "--listen",
            &format!("127.0.0.1:{port}"),
            "--mission",
        ])
        .arg(mission())
        .arg("--data")
        .arg(data.path())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(
            child.try_wait().unwrap().is_none(),
            "it ended before it listened"
        );
    }
    let enrolled = run(&[
        "enrol",
        "--data",
        data.path().to_str().unwrap(),
        "--team",
        "T1",
    ]);
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(enrolled.status.success(), "{}", text(&enrolled.stderr));
}

#[test]
fn a_good_workbook_is_summed_up() {
    let folder = TempDir::new().unwrap();
    for file in [
        write(&folder, "a.csv", good()),
        write(&folder, "a.xlsx", workbook(&good())),
    ] {
        let output = run(&["forms", "check", &file]);
        let said = text(&output.stdout);
        assert!(output.status.success(), "{file}: {said}");
        for word in ["Questions: ", "Languages: en, ru", "Rules: "] {
            assert!(said.contains(word), "{file}: {said}");
        }
    }
}

#[test]
fn a_broken_workbook_is_refused_with_sheet_row_column_and_what_to_do() {
    let folder = TempDir::new().unwrap();
    for file in [
        write(&folder, "b.csv", broken()),
        write(&folder, "b.xlsx", workbook(&broken())),
    ] {
        let output = run(&["forms", "check", &file]);
        let said = text(&output.stdout);
        assert_eq!(output.status.code(), Some(1), "{file}: {said}");
        assert!(
            said.contains("sheet survey, row ") && said.contains("column relevant"),
            "{file}: {said}"
        );
        let output = run(&["forms", "check", "--json", &file]);
        let json: Value = serde_json::from_slice(&output.stdout).unwrap();
        let problems = json["problems"].as_array().unwrap();
        assert!(
            problems
                .iter()
                .all(|problem| problem["text"] != "" && problem["fix"] != Value::Null),
            "{json}"
        );
    }
}

#[test]
fn what_is_wrong_is_said_in_the_language_asked_for() {
    let folder = TempDir::new().unwrap();
    let file = write(&folder, "b.csv", broken());
    for (language, word) in [("ru", "строка"), ("kk", "жол"), ("en", "row")] {
        let said = text(&run(&["--lang", language, "forms", "check", &file]).stdout);
        assert!(said.contains(word), "{said}");
    }
}

#[test]
fn other_files_are_refused() {
    let folder = TempDir::new().unwrap();
    let output = run(&["forms", "check", &write(&folder, "form.pdf", "%PDF")]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains(".xlsx"));
    let output = run(&["forms", "check", &write(&folder, "empty.xlsx", "")]);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn commands_say_when_headquarters_was_never_started() {
    let folder = TempDir::new().unwrap();
    let output = run(&["indicators", "--data", folder.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("serve"));
}

#[test]
fn the_command_line_works_beside_a_running_server() {
    let data = TempDir::new().unwrap();
    let folder = data.path().to_str().unwrap();
    let served = Served::start(data.path());
    let output = run(&["enrol", "--data", folder, "--team", "T1"]);
    let code = text(&output.stdout).lines().next().unwrap().to_owned();
    let code = baqylau_protocol::EnrolCode::from_text(&code).unwrap();
    assert_eq!(code.endpoints, [served.said["address"].as_str().unwrap()]);
    assert_eq!(
        run(&["enrol", "--data", folder, "--team", "T9"])
            .status
            .code(),
        Some(1)
    );
    let output = run(&["indicators", "--data", folder, "--json"]);
    let figures: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(figures["indicators"].as_array().unwrap().len(), 4);
    assert!(run(&["verify", "--data", folder]).status.success());
}

#[test]
fn an_export_needs_signing_in_and_each_link_gives_one() {
    let (data, out) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let (folder, into) = (data.path().to_str().unwrap(), out.path().to_str().unwrap());
    let served = Served::start(data.path());
    let export =
        |token: &[&str]| run(&[&["export", "--data", folder, "--out", into], token].concat());
    assert_eq!(export(&[]).status.code(), Some(1));
    // One token in 64 begins like an option.
    for guess in ["guess", "-Tguess", "--guess"] {
        let refused = export(&["--token", guess]);
        assert_eq!(refused.status.code(), Some(1), "{}", text(&refused.stderr));
    }
    assert!(std::fs::read_dir(&out).unwrap().next().is_none());
    let output = export(&["--token", served.token()]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    for name in [
        "reports.jsonl",
        "entries.jsonl",
        "contributions.jsonl",
        "codebook.csv",
        "reports-visit.csv",
        "MANIFEST",
    ] {
        assert!(out.path().join(name).exists(), "{name}");
    }
    assert_eq!(export(&["--token", served.token()]).status.code(), Some(1));
}

#[test]
fn whoever_receives_an_export_checks_it_without_headquarters() {
    let (data, out) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let (folder, into) = (data.path().to_str().unwrap(), out.path().to_str().unwrap());
    let served = Served::start(data.path());
    let token = served.token().to_owned();
    let exported = run(&["export", "--data", folder, "--out", into, "--token", &token]);
    assert!(exported.status.success(), "{}", text(&exported.stderr));
    let root = text(&exported.stderr);
    let root = root.trim().rsplit(' ').next().unwrap().to_owned();
    // Nothing of headquarters is left.
    drop((served, data));

    let good = run(&["verify", into, "--root", &root]);
    let said = text(&good.stdout);
    assert!(good.status.success(), "{said}");
    assert!(said.contains("Everything holds."), "{said}");
    let unknown = run(&["--lang", "ru", "verify", into]);
    assert!(unknown.status.success());
    assert!(text(&unknown.stdout).contains(&root));
    let other = run(&["verify", into, "--root", &"0".repeat(64)]);
    assert_eq!(other.status.code(), Some(1));

    let file = out.path().join("audit.jsonl");
    let audit = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, audit.replacen("headquarters", "nobody", 1)).unwrap();
    let altered = run(&["verify", into, "--root", &root]);
    assert_eq!(altered.status.code(), Some(1));
    let said = text(&altered.stdout);
    assert!(said.contains("audit.jsonl, line 1: "), "{said}");
    let json = run(&["verify", into, "--json"]);
    let json: Value = serde_json::from_slice(&json.stdout).unwrap();
    let fault = &json["faults"][0];
    assert_eq!(
        (&fault["file"], &fault["line"], &fault["code"]),
        (&"audit.jsonl".into(), &1.into(), &"altered".into())
    );
    assert_eq!(run(&["verify"]).status.code(), Some(2));
}

#[test]
fn a_killed_server_comes_back_with_everything_it_receipted() {
    let data = TempDir::new().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    for round in 1..=3_u64 {
        let mut served = Served::start(data.path());
        runtime.block_on(async {
            let address = served.said["address"].as_str().unwrap().to_owned();
            let spki: [u8; 32] = data_encoding::HEXLOWER
                .decode(served.said["spki"].as_str().unwrap().as_bytes())
                .unwrap()
                .try_into()
                .unwrap();
            let endpoint = baqylau_protocol::Endpoint {
                url: address,
                spki: baqylau_protocol::SpkiHash(spki),
            };
            let api = baqylau_sync::http::HttpApi::new(vec![endpoint]).unwrap();
            // Codes are made in the same data folder by another process: this one.
            let (clock, ids) = (Arc::new(SystemClock), Arc::new(SystemIds));
            let headquarters = Headquarters::reopen(data.path(), clock, ids);
            let mut device = Device::enrol_with(&headquarters.unwrap(), &api, "T1").await;
            device.visit("S1", "4");
            let reply = device.send(&api, vec![device.segment(1, 3)]).await;
            assert!(reply.receipt.is_some());
        });
        served.child.kill().unwrap();
        served.child.wait().unwrap();
        let output = run(&["verify", "--data", data.path().to_str().unwrap(), "--json"]);
        let found: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(
            (&found["entries"], &found["receipts"]),
            (&(round * 3).into(), &round.into()),
            "{found}"
        );
        assert!(output.status.success());
    }
}
